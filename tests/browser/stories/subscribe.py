"""Subscribing: the links of applications, copying, and the chooser of what is in the calendar."""

import contextlib
import functools
import http.server
import subprocess
import tempfile
import threading
import urllib.parse

NOW = "2026-11-23T12:00:00Z"
SITE = "https://calendar.opencontainers.org"
WEEKLY, AUTH, EVENTS = "oci-weekly", "oci-wg-auth", "oci-events"
GERMAN = "tests/cases/in-german/content"
# Applications by what they are called, Yahoo apart: it has no address that subscribes.
OUTLOOKS = {"Outlook.com": "https://outlook.live.com", "Microsoft 365": "https://outlook.office.com"}


def enc(text):
    return urllib.parse.quote(text, safe="-._~")


def links(page):
    return {link.inner_text(): link.get_attribute("href") for link in page.locator(".applications a").all()}


def expect_addresses(page, path, name, site=SITE):
    """Whether every address of the panel is that of the calendar at a path."""
    bare = site.split("://")[1]
    webcal = f"webcal://{bare}{path}"
    expected = {
        "Google Calendar": f"https://calendar.google.com/calendar/u/0/r?cid={enc(webcal)}",
        "Apple Calendar": webcal,
        "Thunderbird or any other": webcal,
        "Yahoo Calendar": "https://www.yahoo.com/calendar",
    } | {title: f"{host}/calendar/0/addfromweb/?url={enc(site + path)}&name={enc(name)}" for title, host in OUTLOOKS.items()}
    assert links(page) == expected, links(page)
    assert page.locator(".whole").inner_text() == site + path
    assert page.get_by_role("link", name="Download the calendar").get_attribute("href") == path


def calendar(page, path=None):
    """The calendar at a path of the server, or at the address that is shown, line by line."""
    address = path or page.locator(".whole").inner_text().removeprefix(SITE)
    answer = page.context.request.get(page.root + address)
    assert answer.status == 200, (address, answer.text())
    return answer.text().replace("\r\n ", "").splitlines()


def series_in(lines):
    return {line.split("/")[4] for line in lines if line.startswith(f"URL:{SITE}/meetings/")}


def open_chooser(page):
    page.locator(".chooser summary").click()


def tick(page, name, *values):
    for value in values:
        page.locator(f"[name={name}][value={value}]").check()


@contextlib.contextmanager
def exported(desk, content="content"):
    """The same site as plain files, on a server that knows nothing of calendars; a page of it is open."""
    with tempfile.TemporaryDirectory() as folder:
        command = [desk.binary, "build", "--content", content, "--as-of", NOW, "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
        handler.func.log_message = lambda *_: None
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever).start()
        context = desk.browser.new_context(viewport={"width": 360, "height": 800})
        page = context.new_page()
        page.root = f"http://127.0.0.1:{server.server_port}"
        page.goto(page.root)
        try:
            yield page
        finally:
            context.close()
            server.shutdown()
            server.server_close()


def a_reader_subscribes_from_their_application(desk):
    with desk.page() as page:
        expect_addresses(page, "/oci.ics", "Open Container Initiative")
        page.goto(page.root + "/meetings/oci-weekly/")
        expect_addresses(page, "/meetings/oci-weekly.ics", "OCI weekly discussion")


def a_reader_clicks_anywhere_in_an_application_s_row(desk):
    with desk.page(width=360) as page:
        row = page.locator(".applications li", has_text="Yahoo")
        page.context.route("https://www.yahoo.com/**", lambda route: route.fulfill(body="Yahoo"))
        page.allowed.append("https://www.yahoo.com/")
        row.click(position={"x": 20, "y": row.bounding_box()["height"] - 8})
        page.wait_for_url("https://www.yahoo.com/calendar")


def a_reader_finds_every_feed(desk):
    with desk.page() as page:
        hrefs = [link.get_attribute("href") for link in page.locator(".feeds a").all()]
        feeds = ["/feed.xml", "/feed.atom", "/feed.json", "/reminders.xml", "/reminders.atom", "/reminders.json"]
        assert hrefs == [*feeds, "/follow.opml"], hrefs
        assert all(page.context.request.get(page.root + href).status == 200 for href in hrefs)


def a_reader_copies_the_address(desk):
    with desk.page() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        button = page.get_by_role("button", name="Copy address")
        width = button.bounding_box()["width"]
        button.click()
        page.get_by_role("button", name="Copied address").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{SITE}/oci.ics"
        assert page.locator(".copying").inner_text() == "Copied"
        assert page.get_by_role("button", name="Copied address").bounding_box()["width"] == width
        page.clock.run_for(3000)
        button.wait_for()


def a_reader_copies_a_line_for_a_bot(desk):
    with desk.page("/meetings/oci-weekly/") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_text("Reminders in Slack and Matrix").click()
        for bot, command in {"Slack": "/feed subscribe", "Matrix": "!hookshot feed"}.items():
            page.get_by_role("button", name=f"Copy {bot}").click()
            page.get_by_role("button", name=f"Copied {bot}").wait_for()
            assert page.evaluate("navigator.clipboard.readText()") == f"{command} {SITE}/meetings/oci-weekly/reminders.xml"


def a_reader_copies_where_the_browser_has_no_clipboard_for_pages(desk):
    with desk.page() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        open_chooser(page)
        tick(page, "series", WEEKLY)
        page.get_by_role("button", name="Copy address").click()
        page.get_by_role("button", name="Copied address").wait_for()
        page.goto(page.root)
        assert page.evaluate("navigator.clipboard.readText()") == f"{SITE}/meetings/oci-weekly.ics"


def a_reader_may_have_to_copy_by_hand(desk):
    with desk.page() as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined }), (document.execCommand = () => false)")
        page.get_by_role("button", name="Copy address").click()
        page.get_by_role("button", name="Selected address").wait_for()
        assert page.evaluate("getSelection().toString()") == f"{SITE}/oci.ics"
        assert "copy it yourself" in page.locator(".copying").inner_text()


def a_reader_chooses_one_series(desk):
    with desk.page() as page:
        open_chooser(page)
        said = page.locator(".chooser output")
        assert said.inner_text() == "The calendar’s address and links are for everything."
        tick(page, "series", WEEKLY)
        expect_addresses(page, "/meetings/oci-weekly.ics", "OCI weekly discussion")
        assert said.inner_text() == "The calendar’s address and links are now for: OCI weekly discussion."
        page.locator(f"[value={WEEKLY}]").uncheck()
        expect_addresses(page, "/oci.ics", "Open Container Initiative")


def a_reader_chooses_several_series_and_gets_just_those(desk):
    with desk.page() as page:
        open_chooser(page)
        tick(page, "series", WEEKLY, AUTH)
        expect_addresses(page, "/oci.ics?series=oci-weekly,oci-wg-auth", "Open Container Initiative")
        assert series_in(calendar(page)) == {WEEKLY, AUTH}
        open_chooser(page)
        shown = page.locator(".chooser summary .quiet").inner_text()
        assert shown == "OCI weekly discussion · OCI auth working group", shown


def a_reader_chooses_a_reminder(desk):
    with desk.page() as page:
        assert not any("VALARM" in line for line in calendar(page))
        open_chooser(page)
        for value, trigger in {"5m": "-PT5M", "30m": "-PT30M", "1h": "-PT1H", "1d": "-P1D"}.items():
            page.get_by_label("Reminder").select_option(value)
            expect_addresses(page, f"/oci.ics?alarm={value}", "Open Container Initiative")
            lines = calendar(page)
            triggers = {line.split(":")[1] for line in lines if line.startswith("TRIGGER")}
            assert triggers == {trigger}, (value, triggers)
            assert lines.count("BEGIN:VALARM") == lines.count("BEGIN:VEVENT")


def a_reader_keeps_cancelled_meetings(desk):
    with desk.page("/meetings/oci-weekly/") as page:
        assert not any(line.startswith("SUMMARY:Cancelled: ") for line in calendar(page))
        open_chooser(page)
        page.get_by_label("Cancelled meetings").select_option("mark")
        page.get_by_label("Reminder").select_option("15m")
        expect_addresses(page, "/meetings/oci-weekly.ics?alarm=15m&cancelled=mark", "OCI weekly discussion")
        lines = calendar(page)
        assert "SUMMARY:Cancelled: OCI weekly discussion" in lines and "STATUS:CANCELLED" in lines
        said = page.locator(".chooser output").inner_text()
        assert said.endswith("Reminder: 15 minutes before · Cancelled meetings: Kept, and marked in the title."), said


def a_reader_chooses_a_tag_and_is_offered_what_has_it(desk):
    with desk.page() as page:
        open_chooser(page)
        tick(page, "series", WEEKLY)
        tick(page, "tag", "working-group")
        expect_addresses(page, "/tags/working-group.ics", "Open Container Initiative: working-group")
        assert page.locator(f"[value={WEEKLY}]").is_disabled() and page.locator(f"[value={AUTH}]").is_enabled()
        assert len(series_in(calendar(page))) == 4
        tick(page, "tag", "developer")
        expect_addresses(page, "/oci.ics?tag=developer,working-group", "Open Container Initiative")
        assert len(series_in(calendar(page))) == 5
        tick(page, "series", AUTH)
        expect_addresses(page, "/meetings/oci-wg-auth.ics", "OCI auth working group")


def a_reader_sees_series_with_dates_first(desk):
    with desk.page() as page:
        labels = page.locator("label:has([name=series])").all_inner_texts()
        resting = ["no date planned" in label for label in labels]
        assert len(labels) == 7 and resting == sorted(resting) and not all(resting), labels


def a_reader_chooses_with_the_keyboard_alone(desk):
    with desk.page() as page:
        focused = lambda selector: page.evaluate("selector => document.activeElement.matches(selector)", selector)

        def tab_to(selector):
            for _ in range(80):
                if focused(selector):
                    return
                page.keyboard.press("Tab")
            raise AssertionError(f"no Tab leads to {selector}")

        tab_to(".chooser summary")
        page.keyboard.press("Enter")
        tab_to(f"[value={WEEKLY}]")
        page.keyboard.press("Space")
        tab_to("[name=alarm]")
        page.keyboard.press("ArrowDown")
        tab_to("[name=cancelled]")
        page.keyboard.press("ArrowDown")
        expect_addresses(page, "/meetings/oci-weekly.ics?alarm=5m&cancelled=mark", "OCI weekly discussion")
        tab_to(".applications a")
        outlined = page.evaluate("getComputedStyle(document.activeElement, '::before').outlineStyle")
        assert outlined == "solid", "the focus is seen around the row"
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab_to(".copy")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Copied address").wait_for()


def a_reader_without_script_downloads_what_they_choose(desk):
    with desk.page(script=False) as page:
        assert page.locator(".copy").first.is_hidden()
        expect_addresses(page, "/oci.ics", "Open Container Initiative")
        open_chooser(page)
        tick(page, "series", WEEKLY, EVENTS)
        page.get_by_label("Reminder").select_option("10m")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download what you chose").click()
        address = urllib.parse.urlsplit(download.value.url)
        assert address.path == "/oci.ics"
        lines = calendar(page, f"{address.path}?{address.query}")
        assert series_in(lines) == {WEEKLY, EVENTS} and any("-PT10M" in line for line in lines)
        with page.expect_download() as download:
            page.goto(page.root + "/meetings/oci-weekly/")
            open_chooser(page)
            page.get_by_role("button", name="Download what you chose").click()
        assert urllib.parse.urlsplit(download.value.url).path == "/meetings/oci-weekly.ics"


def a_reader_of_plain_files_is_offered_what_they_have(desk):
    with exported(desk) as page:
        open_chooser(page)
        page.get_by_text("This site is plain files").wait_for()
        assert all(select.is_disabled() for select in page.locator(".chooser select").all())
        tick(page, "series", WEEKLY)
        expect_addresses(page, "/meetings/oci-weekly.ics", "OCI weekly discussion")
        tick(page, "series", AUTH)
        expect_addresses(page, "/meetings/oci-wg-auth.ics", "OCI auth working group")
        tick(page, "tag", "working-group")
        expect_addresses(page, "/tags/working-group.ics", "Open Container Initiative: working-group")
        assert page.locator(".chooser :checked[type=checkbox]").count() == 1
        assert len(series_in(calendar(page))) == 4
        page.goto(page.root + "/meetings/oci-weekly/")
        open_chooser(page)
        page.get_by_text("without a server that could answer such a choice").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def a_reader_with_a_server_is_offered_everything(desk):
    with desk.page() as page:
        with page.expect_response("**/healthz") as answer:
            open_chooser(page)
        assert answer.value.finished() is None
        page.get_by_label("Reminder").select_option("1d")
        assert page.locator(".no-server").inner_text() == ""
        expect_addresses(page, "/oci.ics?alarm=1d", "Open Container Initiative")


def a_reader_on_a_phone_chooses_without_scrolling_sideways(desk):
    for theme in ["light", "dark"]:
        with desk.page(width=360, theme=theme) as page:
            page.evaluate("document.querySelectorAll('details').forEach(details => (details.open = true))")
            tick(page, "series", WEEKLY, AUTH, EVENTS)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            small = [box.bounding_box() for box in page.locator(".chooser label, .copy, .feeds a").all()]
            assert all(box["height"] >= 24 for box in small), small


def a_reader_of_german_reads_german_words(desk):
    with desk.page(content=GERMAN, language="de-DE") as page:
        open_chooser(page)
        page.locator("[name=series]").first.check()
        page.get_by_label("Erinnerung").select_option("1h")
        said = page.locator(".chooser output").inner_text()
        assert said.startswith("Adresse und Links des Kalenders gelten jetzt für: ") and said.endswith("Erinnerung: 1 Stunde vorher."), said
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Kopieren Adresse").click()
        page.get_by_role("button", name="Kopiert Adresse").wait_for()
