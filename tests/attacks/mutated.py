"""A million requests that are nearly right, of ten seeds: no panic, no 5xx, no hang, no leak.

Each is made of the grammar of requests, with a few mutations of its parts or of its bytes; several are
sent together, with one good request behind them that ends the connection. The same seed sends the same.
"""

import contextlib
import datetime
import random
import re
import signal
from concurrent.futures import ProcessPoolExecutor

from servers import connect, convene, table

PATIENCE = 2.0
METHODS = ["GET"] * 100 + ["HEAD"] * 20 + ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "REPORT", "TRACE", "CONNECT", "PRI", "get", "", "A" * 300]
PATHS = [
    "/", "/oci.ics", "/calendar.ics", "/feed.xml", "/feed.atom", "/feed.json", "/reminders.xml", "/follow.opml", "/sitemap.xml", "/robots.txt",
    "/style.css", "/embed.js", "/embed/", "/next.json", "/next.svg", "/archive/", "/calendar/", "/calendar/2026-11/", "/calendar/9999-99/",
    "/meetings/oci-weekly/", "/meetings/oci-weekly.ics", "/meetings/oci-weekly", "/meetings/oci-weekly/2026-11-26/", "/meetings/oci-weekly/2026-11-26/event.ics",
    "/tags/developer.ics", "/tags/developer/feed.xml", "/oci.jcal.json", "/oci.xcal.xml", "/oci.jscal.json", "/healthz", "/readyz", "/status", "/status.json", "/metrics",
    "/api/series", "/api/occurrences", "/api/openapi.json", "/api/nowhere", "/nowhere", "/meetings/nowhere.ics", "*", "x:80", "http://x/oci.ics", "http://[::1]:80/", "//x/", "",
]
CALENDARS = ["/oci.ics", "/calendar.ics", "/meetings/oci-weekly.ics", "/tags/developer.ics", "/oci.jcal.json", "/oci.xcal.xml", "/oci.jscal.json"]
OPTIONS = {
    "series": ["oci-weekly", "oci-weekly,oci-weekly", "nowhere", ",", "a" * 400],
    "tag": ["developer", "nowhere", "", "%00"],
    "alarm": ["15m", "15m,1d", "1m,2m,3m,4m,5m,6m", "0m", "-5m", "99999999999999999999d", "x"],
    "cancelled": ["mark", "hide", "MARK", "1"],
    "past": ["90d", "all", "0d", "-1d", "36500d", "99999999999999d", "d"],
    "flat": ["utc", "UTC", "Europe/Berlin"],
    "from": ["2026-12-01", "0000-00-00", "2026-02-29", "9999-12-31", "+262143-01-01", "today"],
    "to": ["2026-12-31", "1970-01-01", "9999-12-31", "2026-13-01"],
    "limit": ["1", "100", "0", "-1", "18446744073709551616", "1e9", ""],
    "after": ["oci-weekly", "2026-11-26T10:00:00", "x" * 100],
    "q": ["thanksgiving", "%F0%9F%98%80", "%ff"],
}
HEADERS = {
    "Accept": ["*/*", "text/calendar", "application/calendar+json", "application/calendar+xml;q=0.5, text/calendar;q=0.4", "application/json", ";q=", ",,,", "a/b;q=9", "*/*;q=0." + "9" * 300],
    "Accept-Encoding": ["gzip", "br", "gzip, br;q=1.0", "identity;q=0", "*;q=0", "gzip;q=-1", "gzip;q=NaN", "zstd", ",", "br" * 200],
    "If-None-Match": ["*", '"a"', 'W/"a"', '"a", "b"', '"', 'W/', '"' + "a" * 5000 + '"', ", " * 300],
    "If-Modified-Since": ["Mon, 23 Nov 2026 12:00:00 GMT", "Mon, 99 Nov 9999 99:99:99 GMT", "0", "Sunday, 06-Nov-94 08:49:37 GMT"],
    "If-Match": ["*", '"a"'],
    "If-Unmodified-Since": ["Mon, 23 Nov 2026 12:00:00 GMT"],
    "Range": ["bytes=0-1", "bytes=-1", "bytes=9999999999999999999-", "bytes=0-0,1-1", "lines=1-2"],
    "If-Range": ['"a"'],
    "Cookie": ["a=b", "a" * 3000],
    "User-Agent": ["Google-Calendar-Importer", "Mozilla/5.0 Thunderbird/153.0", "\xff", ""],
    "Connection": ["close", "keep-alive", "Upgrade, HTTP2-Settings", "Host"],
    "Upgrade": ["h2c", "websocket", "TLS/1.0"],
    "Expect": ["100-continue", "200"],
    "Content-Length": ["0", "5", "99999999999999999999", "-1", "0x5", "5,5"],
    "Transfer-Encoding": ["chunked", "gzip, chunked", "identity", "xchunked"],
    "Host": ["y", "", "a b", "[::1", "x:99999999"],
    "Origin": ["https://example.org", "null"],
    "Access-Control-Request-Method": ["GET", "PUT"],
    "Forwarded": ["for=1.2.3.4;host=evil"],
    "X-Forwarded-For": ["1.2.3.4"],
}
VERSIONS = ["HTTP/1.1"] * 150 + ["HTTP/1.0"] * 4 + ["HTTP/0.9", "HTTP/2.0", "HTTP/1.9", "http/1.1", "", "HTTP/"]
BYTES = [b"\0", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b" ", b"\t", b":", b";", b"%", b"%00", b"%2e%2e/", b"/", b"?", b"#", b"&", b"=", b"\x7f", b"\x80", b"\xff", "ü".encode(), b"\xe2\x80\xa8", b"0" * 64]
ENDING = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def address(rng):
    """A path, or a calendar or the API with options."""
    if rng.random() < 0.5:
        path = rng.choice(PATHS)
    else:
        path = rng.choice([*CALENDARS, "/api/occurrences", "/api/occurrences", "/api/series", "/archive/"])
    if rng.random() < 0.6:
        options = [(name, rng.choice(OPTIONS[name])) for name in rng.choices(list(OPTIONS), k=rng.randrange(4))]
        path += "?" + "&".join(f"{name}={value}" for name, value in options)
    return path.replace("/", "%2F") if rng.random() < 0.02 else path


def request(rng):
    """One request of the grammar, mostly with a Host and without a body, with up to three mutations."""
    lines = [f"{rng.choice(METHODS)} {address(rng)} {rng.choice(VERSIONS)}"]
    if rng.random() < 0.97:
        lines.append("Host: x")
    usual = [name for name in HEADERS if name not in ("Host", "Content-Length", "Transfer-Encoding", "Connection")]
    lines += [f"{name}: {rng.choice(HEADERS[name])}" for name in rng.choices(usual, k=rng.randrange(5))]
    if rng.random() < 0.1:
        name = rng.choice(["Host", "Content-Length", "Transfer-Encoding", "Connection"])
        lines.append(f"{name}: {rng.choice(HEADERS[name])}")
    if rng.random() < 0.01:
        lines += [f"X-{number}: a" for number in range(rng.choice([10, 70, 2000]))]
    made = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8" if rng.random() < 0.5 else "latin-1", "replace")
    if rng.random() < 0.05:
        made += rng.choice([b"hello", b"5\r\nhello\r\n0\r\n\r\n", b"\r\n", b"GET / HTTP/1.1\r\n"])
    for _ in range(rng.choice([0, 0, 0, 0, 1, 1, 2, 3])):
        made = mutated(rng, made)
    return made


def mutated(rng, made):
    """The bytes with one change."""
    at = rng.randrange(len(made) + 1)
    kind = rng.randrange(6)
    if kind == 0:
        return made[:at]
    if kind == 1:
        return made[:at] + rng.choice(BYTES) + made[at:]
    if kind == 2:
        return made[:at] + made[at + rng.randrange(1, 9) :]
    if kind == 3:
        return made[:at] + bytes([rng.randrange(256)]) + made[at + 1 :]
    until = min(len(made), at + rng.randrange(1, 40))
    if kind == 4:
        return made[:at] + made[at:until] * rng.choice([2, 3, 200]) + made[until:]
    return made[:at] + made[at:until][::-1] + made[until:]


def batch(work):
    """Sends so many requests of a seed; how many were answered by status, and what is wrong."""
    port, seed, count = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rng, statuses, wrong, sent = random.Random(seed), {}, [], 0
    while sent < count:
        together = [request(rng) for _ in range(min(rng.choice([1, 1, 2, 4, 8]), count - sent))]
        sent += len(together)
        answer, error = answers(port, b"".join(together) + ENDING)
        for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer):
            statuses[int(status)] = statuses.get(int(status), 0) + 1
            if status >= b"500":
                error = f"status {status.decode()}"
        if error:
            wrong.append(f"seed {seed}: {error}: {together}"[:3000])
    return statuses, wrong


def answers(port, sent):
    """All that comes back up to the end of the connection, and why that took too long."""
    received = []
    with contextlib.suppress(ConnectionError), connect(port, PATIENCE) as client:
        with contextlib.suppress(ConnectionError):
            client.sendall(sent)
        try:
            while piece := client.recv(1 << 16):
                received.append(piece)
        except TimeoutError:
            return b"".join(received), "no end after two seconds"
    return b"".join(received), None


def warm(server):
    """Ask for more than is kept of what has options, and for each path in each coding: what is kept has its full size then."""
    paths = [path for path in PATHS if path.startswith("/")]
    for coding in ("identity", "gzip", "br"):
        for path in paths:
            server.get(path, [f"Accept-Encoding: {coding}"], timeout=60)
    for days in range(1, 1000):
        assert server.get(f"/oci.ics?past={days}d&alarm={days}m", timeout=60)[0] == 200
        first = datetime.date(2015, 10, 1) + datetime.timedelta(days)
        assert server.get(f"/api/occurrences?from={first}&to={first + datetime.timedelta(365)}&limit=500", timeout=60)[0] == 200


def run(options):
    # In the short form half of all are a warm-up: what is given back to the allocator finds its size late.
    seeds, each, warming = (10, 100_000, 10) if options.is_full else (2, 20_000, 2)
    # Each seed is sent in parts, by two processes at once.
    parts = 10
    statuses, wrong = {}, []
    with convene(options.convene, options.content, options.work) as server, ProcessPoolExecutor(2) as pool:
        base, memory, most = server.descriptors(), None, 0
        warm(server)
        todo = [(server.port, f"{seed}/{part}", each // parts) for seed in range(seeds) for part in range(parts)]
        for number, (counted, failed) in enumerate(pool.map(batch, todo)):
            for status, count in counted.items():
                statuses[status] = statuses.get(status, 0) + count
            wrong += failed
            most = max(most, server.memory())
            if number + 1 == len(todo) // warming:
                memory, most = server.memory(), 0
        grown = (most - memory) / 1e6
        left = server.descriptors() - base
        if grown > (5 if options.is_full else 15):
            wrong.append(f"memory grew by {grown:.1f} MB after the warm-up, to {most / 1e6:.1f} MB")
        # A connection that has just ended may not be closed yet.
        if left > 2:
            wrong.append(f"{left} descriptors more than before")
        if not server.is_alive():
            wrong.append("the server has ended")
        wrong += server.panics()
    options.fail(wrong[:10])
    told = ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
    row = (f"{seeds * each:,}", seeds, told, len(wrong), f"{memory / 1e6:.1f} MB, then {grown:+.1f} MB", f"{left:+}")
    yield from table(("requests", "seeds", "answers by status", "panics, 5xx, hangs", "memory", "descriptors"), [row])
