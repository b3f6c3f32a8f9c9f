"""The months as tables, and on a phone as lists; and what is said while clocks are changed here and not there."""

MONTH = "/calendar/2026-11/"
JAPANESE = "tests/cases/in-japanese/content"
BUSY = "tests/cases/everything-at-once/content"
CLOCKS_DIFFER = "2026-10-26T12:00:00Z"
EARLIER = "One hour earlier than usual in Central Europe"


def roles(page, role):
    """How many things of a role the browser tells a screen reader of."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return sum(node["role"]["value"] == role for node in tree["nodes"] if not node["ignored"])


def marked(page):
    """The day that is marked as today."""
    days = page.locator("td[aria-current=date] time.day")
    return days.get_attribute("datetime") if days.count() else None


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def a_reader_finds_the_month_in_a_table_of_weeks(desk):
    with desk.page("/") as page:
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Calendar").click()
        page.wait_for_url("**/calendar/")
        assert page.locator("h1").inner_text() == "November 2026"
        table = page.get_by_role("table", name="November 2026: Days and times are by the clock of America/Los Angeles.")
        assert [head.inner_text() for head in table.get_by_role("columnheader").all()] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert table.get_by_role("row").count() == 7 and table.get_by_role("cell").count() == 42
        cell = table.get_by_role("cell").filter(has=page.locator("time[datetime='2026-11-26']"))
        assert cell.inner_text().split("\n")[:1] == ["26"], cell.inner_text()
        assert "10:00 PST" in cell.inner_text() and "Thanksgiving Day" in cell.inner_text()
        cell.get_by_role("link", name="OCI weekly discussion").click()
        page.wait_for_url("**/meetings/oci-weekly/2026-11-26/")


def a_reader_goes_through_months_by_the_keyboard(desk):
    with desk.page(MONTH) as page:
        page.get_by_role("link", name="October 2026").focus()
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "December 2026"
        outline = page.locator(":focus").evaluate("link => getComputedStyle(link).outlineStyle")
        assert outline == "solid", outline
        page.keyboard.press("Enter")
        page.wait_for_url("**/calendar/2026-12/")
        page.get_by_role("link", name="This month").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/calendar/")
        page.get_by_role("navigation", name="Other years").get_by_role("link", name="2021").click()
        page.wait_for_url("**/calendar/2021-11/")


def a_reader_on_a_phone_has_a_list_that_is_still_a_table(desk):
    with desk.page(MONTH, width=360) as page:
        assert fits(page)
        assert page.get_by_text("Thu 26 Nov", exact=True).is_visible()
        assert not page.locator("time[datetime='2026-11-24']").is_visible(), "a day without anything"
        assert roles(page, "table") == 1 and roles(page, "row") >= 5 and roles(page, "cell") == 8
        box = page.get_by_role("link", name="OCI weekly discussion").first.bounding_box()
        assert box["height"] >= 24, box


def a_reader_without_script_has_the_same_on_desk_and_phone(desk):
    for width in [1280, 360]:
        with desk.page(MONTH, width=width, script=False) as page:
            assert fits(page)
            assert roles(page, "table") == 1 and roles(page, "cell") == (42 if width == 1280 else 8)
            assert marked(page) is None


def a_reader_sees_which_day_it_is_by_the_clock_of_the_table(desk):
    # Already Thursday in Kiritimati, and still Wednesday in Los Angeles.
    for zone in ["UTC", "Pacific/Kiritimati"]:
        with desk.page(MONTH, now="2026-11-26T07:59:30Z", zone=zone) as page:
            assert marked(page) == "2026-11-25"
            page.clock.run_for(60_000)
            assert marked(page) == "2026-11-26"
    with desk.page("/calendar/2026-12/") as page:
        assert marked(page) is None


def a_reader_sees_nothing_move_when_today_is_marked(desk):
    with desk.page(MONTH) as page:
        place = page.locator("time.number[datetime='2026-11-24']")
        now = place.bounding_box()
        page.evaluate("document.querySelector('time[datetime=\"2026-11-24\"]').closest('td').setAttribute('aria-current', 'date')")
        assert place.bounding_box()["x"] - now["x"] == 0
        assert place.bounding_box()["y"] - now["y"] == 0


def a_reader_in_the_dark_can_tell_today_and_what_is_cancelled(desk):
    with desk.page("/calendar/2026-12/", content=BUSY, now="2026-12-24T18:00:00Z", theme="dark") as page:
        day = page.locator("td[aria-current=date]")
        assert "Cancelled" in day.inner_text() and "Christmas Eve" in day.inner_text()
        struck = day.locator("a.name").evaluate("link => getComputedStyle(link).textDecorationLine")
        assert struck == "line-through", struck
        ground = day.locator(".number").evaluate("number => getComputedStyle(number, '::before').backgroundColor")
        assert ground == "rgb(124, 192, 236)", ground


def a_reader_of_japanese_has_weeks_from_sunday(desk):
    with desk.page(MONTH, content=JAPANESE, language="ja-JP") as page:
        assert page.locator("thead abbr").all_inner_texts() == list("日月火水木金土")
        assert page.locator("thead abbr").first.get_attribute("title") == "日曜日"


def a_reader_prints_a_month_as_a_grid_without_what_is_to_click(desk):
    with desk.page(MONTH) as page:
        page.emulate_media(media="print")
        assert page.locator("thead").is_visible() and page.locator("time[datetime='2026-11-24']").is_visible()
        assert not page.locator("nav.months").is_visible() and not page.locator("nav.years").is_visible()
        assert b"/Count 1" in page.pdf(prefer_css_page_size=True), "it takes more than one sheet"


def a_reader_is_told_that_a_meeting_is_earlier_than_usual(desk):
    for path in ["/", "/meetings/oci-weekly/", "/meetings/oci-weekly/2026-10-29/"]:
        with desk.page(path, as_of=CLOCKS_DIFFER, zone="Europe/Berlin") as page:
            assert page.get_by_text(EARLIER).count() == 1, path
    with desk.page("/meetings/oci-weekly/2026-10-29/", as_of=CLOCKS_DIFFER, zone="Europe/Berlin") as page:
        assert "18:00–19:00 CET" in page.locator(".when").inner_text()
        row = page.get_by_role("row").filter(has_text="Central Europe")
        assert "−1 h" in row.inner_text()
    with desk.page("/meetings/oci-weekly/2026-11-05/", as_of=CLOCKS_DIFFER) as page:
        assert page.get_by_text("than usual").count() == 0
