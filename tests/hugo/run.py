"""Build a small site with Hugo and the layouts of deploy/hugo, and open it as its readers would.

usage: run.py CONVENE CONTENT [--shots FOLDER]

The site and the meetings are served from two origins, and the site allows nothing but its own style
and what the README says that the meetings need.
"""

import argparse
import contextlib
import functools
import http.server
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "browser"))
from look import CHROMIUM, QUIET  # noqa: E402
from server import serving  # noqa: E402

LAYOUTS = HERE.parent.parent / "deploy/hugo/layouts"

# Two days before a weekly call on a holiday that nobody has decided about, and before a cancelled one.
PLANNED = "2026-11-24T12:00:00Z"
CANCELLED = "2025-11-25T12:00:00Z"
POLICY = "default-src 'none'; style-src 'self'; img-src {0} data:; script-src {0}; connect-src {0}; frame-src {0}"


class Site(http.server.SimpleHTTPRequestHandler):
    """The built site, with the strictest policy that lets the meetings be shown."""

    policy = ""

    def end_headers(self):
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_):
        pass


def build(folder, meetings):
    """Build the site for meetings at that address; the folder of what was built."""
    site = folder / "site"
    shutil.copytree(HERE / "site", site)
    shutil.copytree(LAYOUTS, site / "layouts", dirs_exist_ok=True)
    for name in ["config.toml", "static/framed.html"]:
        file = site / name
        file.write_text(file.read_text().replace("CONVENE", meetings))
    subprocess.run(["hugo", "--quiet", "--source", site, "--destination", folder / "public"], check=True)
    return folder / "public"


class Reader:
    """A browser somewhere, which notes errors and what it asks others for."""

    def __init__(self, browser, root, as_of, **context):
        context = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/Berlin"} | context
        self.root, self.context = root, browser.new_context(**context)
        self.page = self.context.new_page()
        self.errors, self.foreign = [], []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.foreign.append(request.url) if not request.url.startswith(("http://127.0.0.1:", "data:")) else None)
        self.page.clock.install(time=as_of)

    def open(self, path="/community/"):
        self.page.goto(self.root + path, wait_until="networkidle")
        return self.page

    def text(self, index=0):
        return " ".join(self.page.locator("convene-next [part=card]").nth(index).inner_text().split())

    def close(self):
        self.context.close()
        assert not self.errors, self.errors
        assert not self.foreign, self.foreign


def has(text, *wanted):
    for piece in wanted:
        assert piece in text, f"{piece!r} is not in {text!r}"


def hugo_keeps_its_rules(public):
    """Raw HTML is dropped, the script is there once, and the head says what can be subscribed to."""
    text = (public / "community/index.html").read_text()
    assert 'id="dropped"' not in text
    assert text.count("<script") == 1, text
    for media_type in ["text/calendar", "application/rss+xml", "application/atom+xml", "application/feed+json"]:
        assert f'rel="alternate" type="{media_type}"' in text, media_type
    assert "<p><convene-next" not in text and "ZgotmplZ" not in text


def in_los_angeles(browser, root):
    reader = Reader(browser, root, PLANNED, timezone_id="America/Los_Angeles", locale="en-US")
    reader.open()
    has(reader.text(0), "NEXT MEETING", "OCI weekly discussion", "Thu, Nov 26, 10:00", "11:00 AM PST", "Starts in 2 days", "A holiday (Thanksgiving Day)")
    assert "meeting’s zone" not in reader.text(0), reader.text(0)
    has(reader.text(0), "OCI FreeBSD runtime working group", "Mon, Nov 30", "Join", "Agenda")
    reader.close()


def in_berlin(browser, root):
    reader = Reader(browser, root, PLANNED)
    page = reader.open()
    has(reader.text(0), "Thu 26 Nov, 19:00–20:00 CET", "CET 10:00–11:00 PST in the meeting’s zone")
    has(reader.text(1), "NÄCHSTES TREFFEN", "Do., 26. Nov., 19:00–20:00 Uhr MEZ", "Beginnt in 2 Tagen", "in der Zeitzone des Treffens", "Teilnehmen")
    join = page.locator("convene-next").first.get_by_role("link", name="Join")
    assert join.get_attribute("href") == "https://zoom.us/my/opencontainers"
    badge = page.get_by_role("img", name="When the next weekly call is")
    assert badge.evaluate("image => image.naturalWidth") > 200
    reader.close()


def a_cancelled_one(browser, root):
    reader = Reader(browser, root, CANCELLED)
    page = reader.open("/weekly/")
    has(reader.text(), "CANCELLED", "Thu 27 Nov, 19:00", "Cancelled: ", "Thu 4 Dec, 19:00")
    card = page.locator("convene-next")
    assert card.get_by_role("link", name="Join").count() == 0
    assert card.locator("time").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"
    reader.close()


def through_a_meeting(browser, root):
    """It begins and ends before the reader's eyes, who keeps the link that has the focus."""
    reader = Reader(browser, root, "2026-11-26T17:58:00Z")
    page = reader.open("/weekly/")
    has(reader.text(), "NEXT MEETING", "Starts in 2 minutes")
    page.clock.fast_forward(60_000)
    has(reader.text(), "Starts in 1 minute")
    agenda = page.locator("convene-next").get_by_role("link", name="Agenda")
    agenda.focus()
    page.clock.fast_forward(90_000)
    has(reader.text(), "HAPPENING NOW", "Ends in 60 minutes", "Join")
    assert agenda.evaluate("e => e.getRootNode().activeElement === e")
    with page.expect_request("**/next.json"):
        page.clock.fast_forward(60 * 60_000)
    has(reader.text(), "NEXT MEETING", "Thu 3 Dec, 19:00")
    reader.close()


def without_script(browser, root):
    reader = Reader(browser, root, PLANNED, java_script_enabled=False)
    page = reader.open("/weekly/")
    link = page.get_by_role("link", name="The weekly call")
    assert link.is_visible() and link.get_attribute("href").endswith("/meetings/oci-weekly/")
    reader.close()


def without_an_answer(browser, root):
    """Where the meetings cannot be asked for, or their answer is none, the link stays."""
    answers = ["nonsense", "[]", '{"meetings": [{}, null]}', '{"meetings": [{"utc_end": "2099-01-01T00:00:00Z"}]}']
    for answer in answers:
        reader = Reader(browser, root, PLANNED)
        reader.page.route("**/next.json", lambda route: route.fulfill(
            body=answer, headers={"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}))
        assert reader.open("/weekly/").get_by_role("link", name="The weekly call").is_visible(), answer
        reader.close()


def nothing_in_the_answer_becomes_html(browser, root):
    reader = Reader(browser, root, PLANNED)
    bad = "<img src=x onerror=document.title=1>"
    meeting = dict(title=bad, series="x", recurrence_id="2026-11-26", start="2026-11-26", end="2026-11-27", zone=bad,
                   abbreviation=bad, utc_start="2026-11-26T00:00:00Z", utc_end="2026-11-27T00:00:00Z", status="confirmed",
                   moved=False, reason=bad, holiday=bad, join="javascript:alert(1)", agenda="data:text/html,x", page=" javascript:alert(2)")
    reader.page.route("**/next.json", lambda route: route.fulfill(
        json={"title": bad, "home": "javascript:1", "meetings": [meeting]}, headers={"Access-Control-Allow-Origin": "*"}))
    page = reader.open("/weekly/")
    has(reader.text(), bad, "Thu 26 Nov")
    assert page.locator("convene-next").locator("img, [part] a").count() == 0
    reader.close()


def on_a_phone(browser, root):
    for scheme in ["light", "dark"]:
        reader = Reader(browser, root, PLANNED, viewport={"width": 360, "height": 740}, color_scheme=scheme)
        for path in ["/community/", "/weekly/", "/framed.html"]:
            page = reader.open(path)
            for place in page.frames:
                assert place.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        reader.close()


def in_a_frame(browser, root):
    """The page for frames has what its address asks for; no other page may be framed."""
    reader = Reader(browser, root, PLANNED)
    page = reader.open("/framed.html")
    frame = page.frame_locator("iframe")
    text = " ".join(frame.locator("convene-next [part=card]").inner_text().split())
    has(text, "OCI weekly discussion", "Do., 26. Nov.", "3. Dez.")
    assert "FreeBSD" not in text
    assert page.frames[1].evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    with page.expect_popup() as popup:
        frame.get_by_role("link", name="Alle Treffen und Kalender").click()
    popup.value.close()
    reader.close()
    refused = Reader(browser, root, PLANNED)
    page = refused.open("/framed.html")
    meetings = page.frames[1].url.split("/embed/")[0]
    # The refusal is told a while after the address was set: it is waited for, and nothing else is.
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.evaluate("address => { document.querySelector('iframe').src = address }", meetings + "/meetings/oci-weekly/")
    refused.context.close()


def by_keyboard(browser, root):
    reader = Reader(browser, root, PLANNED)
    page = reader.open("/weekly/")
    names = []
    for _ in range(3):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent"))
    assert names == ["OCI weekly discussion", "Join", "Agenda"], names
    reader.close()


def shoot(browser, roots, shots):
    shots.mkdir(parents=True, exist_ok=True)
    for scheme in ["light", "dark"]:
        for name, width in {"phone": 360, "desk": 1280}.items():
            for what, (root, as_of, path) in {
                "hugo": (roots[0], PLANNED, "/community/"), "framed": (roots[0], PLANNED, "/framed.html"),
                "cancelled": (roots[1], CANCELLED, "/weekly/"),
            }.items():
                reader = Reader(browser, root, as_of, viewport={"width": width, "height": 740}, color_scheme=scheme)
                reader.open(path).screenshot(path=str(shots / f"{what}-{name}-{scheme}.png"), full_page=True)
                reader.close()


PLANNED_CHECKS = [in_los_angeles, in_berlin, through_a_meeting, without_script, without_an_answer,
                  nothing_in_the_answer_becomes_html, on_a_phone, in_a_frame, by_keyboard]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("convene")
    parser.add_argument("content")
    parser.add_argument("--shots", type=pathlib.Path)
    args = parser.parse_args()
    roots, failed = [], 0
    with contextlib.ExitStack() as open_now:
        folder = open_now.enter_context(tempfile.TemporaryDirectory())
        playwright = open_now.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        open_now.callback(browser.close)
        for as_of in [PLANNED, CANCELLED]:
            meetings = open_now.enter_context(serving(args.convene, args.content, as_of))
            public = build(pathlib.Path(folder) / as_of[:4], meetings)
            handler = type("Handler", (Site,), {"policy": POLICY.format(meetings)})
            site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(public)))
            threading.Thread(target=site.serve_forever, daemon=True).start()
            open_now.callback(site.shutdown)
            roots.append(f"http://127.0.0.1:{site.server_port}")
        checks = [(hugo_keeps_its_rules, (public,)), (a_cancelled_one, (browser, roots[1]))]
        checks += [(check, (browser, roots[0])) for check in PLANNED_CHECKS]
        for check, arguments in checks:
            try:
                check(*arguments)
            except Exception as error:
                failed += 1
                print(f"FAIL {check.__name__}: {error}")
        if args.shots:
            shoot(browser, roots, args.shots)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
