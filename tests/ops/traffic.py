"""Clients of every family, and what the server has to count of them."""

from collections import Counter

from served import fetch, request, send, until

# As the clients really name themselves.
AGENTS = {
    "google": "Google-Calendar-Importer",
    "outlook": "Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)",
    "apple": "iOS/26.5 (23F77) dataaccessd/1.0",
    "thunderbird": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.0",
    "evolution": "Evolution/3.60.2",
    "nextcloud": "Nextcloud Webcal Service",
    "davx5": "ICSx5/2.4.3 (ical4j/3.2.19 okhttp/5.3.2 Android/16)",
    "proton": "ProtonCalendar/1.0",
    "feed_reader": "Feedly/1.0 (+http://www.feedly.com/fetcher.html)",
    "browser": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
    "bot": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "monitoring": "kube-probe/1.31",
    "other": "curl/8.14.1",
}

# One address of each kind, with what it is counted as, how it is asked for and what the answer is.
PLACES = [
    ("calendar", "GET", "/calendar.ics", 200),
    ("calendar", "GET", "/calendar.ics?alarm=15m", 200),
    ("calendar", "GET", "/calendar.ics?alarm=never", 400),
    ("calendar", "HEAD", "/calendar.jscal.json", 200),
    ("feed", "GET", "/feed.atom", 200),
    ("reminders", "GET", "/reminders.xml", 200),
    ("page", "GET", "/", 200),
    ("page", "GET", "/archive", 308),
    ("page", "POST", "/", 405),
    ("embed", "GET", "/next.json", 200),
    ("api", "GET", "/api/series", 200),
    ("asset", "GET", "/style.css", 200),
    ("status", "GET", "/readyz", 200),
    ("other", "GET", "/wp-login.php", 404),
]

# What no server can read, with the status of the answer.
UNREADABLE = [
    (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"x" * 20_000 + b"\r\n\r\n", 431),
]


def status(answer):
    return int(answer.split(b" ", 2)[1])


def ask(address):
    """Ask for everything as everybody; how often the server has to have counted what."""
    counts = Counter()

    def one(kind, bytes_sent, expected):
        got = status(send(address, bytes_sent))
        if got != expected:
            raise SystemExit(f"{bytes_sent[:80]!r} is answered with {got} instead of {expected}")
        counts[kind] += 1

    for client, agent in AGENTS.items():
        for route, method, path, expected in PLACES:
            one((route, expected, client), request(method, path, {"User-Agent": agent}), expected)
        known = {"User-Agent": agent, "If-None-Match": "*"}
        for _ in range(3):
            one(("calendar", 304, client), request("GET", "/calendar.ics", known), 304)
    for unreadable, expected in UNREADABLE:
        one(("unread", expected, "other"), unreadable, expected)

    def is_counted():
        """Whether the last is: the HTTP library answers it before anybody here hears of it."""
        counts[("metrics", 200, "other")] += 1
        return 'route="unread",status="431",client="other"} 1\n' in fetch(address, "/metrics", {})[1]

    until("the unreadable request is counted", is_counted)
    return counts
