"""What a reader is told of meetings that are on, moved or cancelled, and of what they left behind."""

SERIES = "/meetings/oci-weekly/"
# One pixel.
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='180'/>"


def a_reader_sees_that_a_meeting_is_cancelled_and_why(desk):
    with desk.page(SERIES + "2025-11-27/", as_of="2025-11-28T12:00:00Z") as page:
        banner = page.locator(".banner").inner_text()
        assert banner.startswith("Cancelled: "), banner
        assert page.locator(".when").evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"
        assert page.get_by_role("link", name="Join").count() == 0
        assert page.locator(".countdown").count() == 0
        history = page.locator(".history").inner_text()
        assert "Cancelled: " in history, history


def a_reader_of_home_sees_what_is_cancelled_before_the_next_meeting(desk):
    with desk.page(as_of="2025-11-26T12:00:00Z") as page:
        assert page.locator(".card .hint", has_text="is cancelled").count() == 1, page.locator(".card").inner_text()
        row = page.locator(".rows .cancelled").first
        assert "Cancelled" in row.inner_text()


def a_reader_sees_where_a_moved_meeting_was(desk):
    with desk.page(SERIES + "2018-09-05/", as_of="2018-09-07T12:00:00Z", zone="Europe/Berlin") as page:
        assert page.locator(".when").inner_text().startswith("Wednesday 12 September 2018")
        assert page.locator(".when .clock").inner_text() == "14:00–15:00 PDT · 23:00–00:00 CEST"
        banner = page.locator(".banner").inner_text()
        assert banner.startswith("Moved from Wednesday 5 September 2018, 14:00 PDT"), banner
        assert page.locator(".banner s").count() == 1
        assert "Moved from " in page.locator(".history").inner_text()


def a_reader_asks_for_the_pictures_of_recordings(desk):
    with desk.page() as page:
        page.allowed.append("https://i.ytimg.com/vi/")
        asked = []
        page.route("https://i.ytimg.com/**", lambda route: (asked.append(route.request), route.fulfill(body=PICTURE, content_type="image/svg+xml")))
        page.wait_for_load_state("networkidle")
        assert not asked and page.locator(".picture img").count() == 0
        page.get_by_role("button", name="Show pictures from YouTube").click()
        page.wait_for_function("() => [...document.querySelectorAll('.picture img')].every((i) => i.complete && i.naturalWidth)")
        assert page.locator(".picture img").count() == page.locator(".tiles li").count() == len(asked)
        assert all("referer" not in request.headers for request in asked)
        assert not page.locator("#pictures").is_visible()


def a_reader_without_script_is_offered_no_button_that_does_nothing(desk):
    with desk.page(script=False) as page:
        assert page.get_by_role("button").count() == 0
        assert page.locator(".tile").count() > 0


def a_reader_goes_from_home_to_the_agenda_by_keys_alone(desk):
    with desk.page() as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        seen = []
        while page.evaluate("document.activeElement.textContent") != "Agenda" and len(seen) < 40:
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.textContent"))
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"nobody sees that they are at {seen[-1]}"
        assert "Join" in seen and seen[-1] == "Agenda", seen


def a_reader_at_night_sees_it_dark(desk):
    grounds = {}
    for theme in ("light", "dark"):
        with desk.page(theme=theme) as page:
            grounds[theme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    lightness = {theme: sum(map(int, rgb[4:-1].split(","))) for theme, rgb in grounds.items()}
    assert lightness["dark"] < 150 < 700 < lightness["light"], grounds
