"""Past meetings: all of them on one page, those of a series on its own, and one found among many."""

import contextlib
import pathlib
import tempfile

ARCHIVE, SERIES = "/archive/", "/meetings/oci-weekly/"
# Also of years that are out of sight.
SHOWN = ".year[open]:not([hidden]) li:not([hidden])"
GERMAN, JAPANESE = "tests/cases/in-german/content", "tests/cases/in-japanese/content"


def days(page):
    """The days of the meetings that are shown."""
    return page.locator(SHOWN).evaluate_all("rows => rows.map(row => row.dataset.day)")


def years(page):
    """The years that are shown, with what stands beside them."""
    return page.locator(".year:visible summary").all_inner_texts()


def status(page):
    return page.get_by_role("search").get_by_role("status").inner_text()


def query(page):
    return page.evaluate("location.search")


def find(page, words):
    box = page.get_by_role("searchbox")
    box.fill("")
    box.press_sequentially(words)


def a_reader_finds_meetings_by_what_is_said_of_them(desk):
    with desk.page(ARCHIVE) as page:
        everything = status(page)
        assert everything.startswith("7") and "cancelled" in everything, everything
        find(page, "thanksgiving 2025")
        assert days(page) == ["2025-11-27"]
        assert status(page).startswith("1 of 7"), status(page)
        assert [year.split()[:3] for year in years(page)] == [["2025", "1", "of"]]
        find(page, "KÜBECON cancelled")
        found = days(page)
        assert found and all(page.locator(f".past li[data-day='{day}'].cancelled").count() for day in found)
        find(page, "freebsd recording")
        assert days(page) == []
        find(page, "")
        assert status(page) == everything


def a_reader_finds_a_day_however_it_is_written(desk):
    with desk.page(ARCHIVE) as page:
        for words in ["2025-11-06", "6 november 2025", "thursday 6 nov 2025", "NOV 2025 6 "]:
            find(page, words)
            assert days(page) == ["2025-11-06"], (words, days(page))
        find(page, "2025-11")
        assert all(day.startswith("2025-11") for day in days(page)) and len(days(page)) > 3
        find(page, "2025 november")
        assert all(day.startswith("2025-11") for day in days(page)) and len(days(page)) > 3


def a_reader_is_told_that_nothing_was_found_and_sees_all_again(desk):
    with desk.page(ARCHIVE) as page:
        page.locator(".year summary").nth(2).click()
        before = days(page)
        find(page, "xyzzy")
        assert days(page) == [] and years(page) == []
        assert status(page) == "No meeting matches. Fewer words find more."
        page.get_by_role("button", name="Show all").click()
        assert days(page) == before, "the years that were open are open"
        assert page.evaluate("document.activeElement.id") == "find"
        assert query(page) == ""
        assert page.get_by_role("button", name="Show all").is_hidden()


def a_reader_sees_one_series_and_one_kind(desk):
    with desk.page(ARCHIVE) as page:
        page.get_by_label("Series").select_option(label="OCI weekly discussion")
        page.get_by_label("Cancelled").check()
        shown = page.locator(SHOWN)
        assert shown.count() > 20
        assert shown.count() == page.locator(f"{SHOWN}.cancelled[data-series=oci-weekly]").count()
        assert query(page) == "?series=oci-weekly&has=cancelled"
        page.get_by_label("With recording").check()
        names = shown.locator(".links").all_text_contents()
        assert len(names) == shown.count() > 100 and all("Recording" in name for name in names)


def a_reader_shares_and_comes_back_to_what_was_asked(desk):
    with desk.page(ARCHIVE + "?q=kubecon&has=cancelled&utm=x#main") as page:
        assert page.get_by_role("searchbox").input_value() == "kubecon"
        assert page.get_by_label("Cancelled").is_checked()
        found = days(page)
        assert found and "of" in status(page)
        find(page, "kubecon eu")
        assert query(page) == "?has=cancelled&utm=x&q=kubecon+eu" and page.url.endswith("#main"), page.url
        found = days(page)
        page.locator(f"{SHOWN} .date").first.click()
        page.wait_for_url("**/meetings/**")
        page.go_back()
        page.wait_for_url("**/archive/**")
        assert page.get_by_role("searchbox").input_value() == "kubecon eu"
        assert days(page) == found
    with desk.page(ARCHIVE + "?series=nobody&has=nothing") as page:
        assert "of" not in status(page) and page.get_by_label("All", exact=True).is_checked()


def a_reader_looks_through_the_past_of_a_series(desk):
    with desk.page(SERIES) as page:
        assert page.get_by_label("Series").count() == 0
        page.get_by_label("With minutes").check()
        assert query(page) == "?has=minutes"
        find(page, "2015")
        assert len(days(page)) > 5 and all(day.startswith("2015") for day in days(page))


def a_reader_with_a_keyboard_alone_finds_a_meeting(desk):
    with desk.page(ARCHIVE) as page:
        focused = lambda: page.evaluate("document.activeElement.id || document.activeElement.name || document.activeElement.className")
        for _ in range(20):
            page.keyboard.press("Tab")
            if focused() == "find":
                break
        page.keyboard.type("weekly")
        page.keyboard.press("Enter")
        assert query(page) == "?q=weekly", "nothing is sent"
        page.keyboard.press("Escape")
        assert page.get_by_role("searchbox").input_value() == "" and query(page) == ""
        page.keyboard.type("2025")
        page.keyboard.press("Tab")
        assert focused() == "find-series"
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        assert page.get_by_label("With recording").is_checked()
        outline = page.locator("fieldset label", has_text="With recording").evaluate("label => getComputedStyle(label).outlineStyle")
        assert outline == "solid", "what has the focus is seen"
        page.keyboard.press("Tab")
        assert focused() == "clear"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert focused() == "date"
        page.keyboard.press("Enter")
        page.wait_for_url("**/meetings/**/2025-*/")


def a_reader_without_script_has_a_plain_list(desk):
    for path in (ARCHIVE, SERIES):
        with desk.page(path, script=False) as page:
            assert page.get_by_role("search").count() == 0
            assert page.locator(".finder").is_hidden()
            assert page.locator(".year").count() > 10
            assert page.locator(".past li:visible").count() > 40, "the newest year is open"
            page.locator(".year summary").last.click()
            assert page.locator(".year").last.locator("li:visible").count() > 3


def a_reader_on_a_phone_is_never_led_sideways(desk):
    for path in (ARCHIVE, SERIES):
        with desk.page(path, width=360, theme="dark") as page:
            fits = lambda: page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert fits()
            for words in ["cancelled", "recording 2024", "xyzzy"]:
                find(page, words)
                assert fits(), words
            for box in page.locator(".finder :is(input[type=search], select, label:has(input), .clear):visible").all():
                assert box.bounding_box()["height"] >= 24


def a_reader_of_german_finds_in_german(desk):
    with desk.page(ARCHIVE, content=GERMAN, as_of="2026-11-24T12:00:00Z", language="de-DE") as page:
        assert page.get_by_role("heading", level=1).inner_text() == "Archiv"
        find(page, "november 2026")
        assert days(page) and all(day.startswith("2026-11") for day in days(page))
        assert " von " in status(page) and status(page).endswith("Treffen"), status(page)
        find(page, "xyzzy")
        assert status(page) == "Kein Treffen passt dazu. Weniger Wörter finden mehr."


def a_reader_of_japanese_finds_in_japanese(desk):
    with desk.page(ARCHIVE, content=JAPANESE, as_of="2026-11-24T12:00:00Z", language="ja-JP") as page:
        assert page.get_by_role("heading", level=1).inner_text() == "アーカイブ"
        # As full-width digits, which an input method gives.
        find(page, "２０２６年１１月")
        assert days(page) and all(day.startswith("2026-11") for day in days(page)), days(page)
        assert "回中" in status(page), status(page)
        find(page, "木曜日")
        assert days(page)


@contextlib.contextmanager
def long_past():
    """A content folder with a meeting on every weekday for ten years."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        case = pathlib.Path("tests/cases/weekly-over-clock-changes/content")
        for name in ("site.toml", "community.md"):
            (root / name).write_text((case / name).read_text())
        series = root / "meetings" / "daily" / "series.md"
        series.parent.mkdir(parents=True)
        days = '["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]'
        slot = f'[[slot]]\nfrom = 2017-01-02\nevery = "week"\non = {days}\nat = "10:00"\n'
        series.write_text(f'+++\ntitle = "Daily call"\nupdated = 2017-01-01T00:00:00Z\n\n{slot}+++\n')
        yield root


def a_reader_finds_one_of_two_thousand(desk):
    with long_past() as content, desk.page(ARCHIVE, content=content) as page:
        assert status(page) == "2000 meetings"
        assert "the latest 2000 meetings" in page.locator("main").inner_text()
        find(page, "29 feb 2024")
        assert days(page) == ["2024-02-29"] and status(page) == "1 of 2000 meetings"
        find(page, "daily")
        assert len(days(page)) == 2000
