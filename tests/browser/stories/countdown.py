"""How long it is until the next meeting, over its start and its end."""

import urllib.request

from server import serving

# The weekly call begins on Thursday 26 November 2026 at 18:00 UTC and lasts an hour.
BEFORE, DURING, AFTER = "2026-11-26T17:58:30Z", "2026-11-26T18:30:00Z", "2026-11-26T19:00:01Z"


def lines(page):
    return page.locator("#next").inner_text(), page.locator(".card .countdown").inner_text()


def a_reader_sees_how_long_it_is(desk):
    expected = {
        "2026-11-20T17:59:00Z": "Starts in 6 days",
        "2026-11-24T17:59:00Z": "Starts in 2 days",
        "2026-11-25T11:59:00Z": "Starts in 30 hours",
        "2026-11-26T16:30:00Z": "Starts in 90 minutes",
        "2026-11-26T17:59:20Z": "Starts in 40 seconds",
        "2026-11-26T18:20:00Z": "Ends in 40 minutes",
    }
    for now, words in expected.items():
        with desk.page(as_of="2026-11-20T12:00:00Z", now=now, still=True) as page:
            assert page.locator(".card .countdown").inner_text() == words, now


def a_reader_watches_the_meeting_begin_and_end(desk):
    with serving(desk.binary, "content", AFTER) as later:
        following = urllib.request.urlopen(later + "/").read().decode()
    with desk.page(as_of=BEFORE, still=True) as page:
        assert lines(page) == ("NEXT MEETING", "Starts in 90 seconds"), lines(page)
        page.clock.run_for(30_000)
        assert lines(page) == ("NEXT MEETING", "Starts in 60 seconds"), lines(page)
        page.clock.run_for(61_000)
        assert lines(page) == ("HAPPENING NOW", "Ends in 60 minutes"), lines(page)
        # By then the server has the page after it.
        page.route(page.root + "/", lambda route: route.fulfill(body=following, content_type="text/html"))
        page.clock.run_for(60 * 60_000)
        page.get_by_text("NEXT MEETING").wait_for()
        assert page.locator(".card .name").inner_text() == "OCI FreeBSD runtime working group"
        assert lines(page)[1] == "Starts in 3 days", lines(page)


def a_reader_of_a_copy_that_nobody_renews_sees_that_it_is_over(desk):
    with desk.page(as_of=BEFORE, now="2026-11-26T19:30:00Z") as page:
        assert lines(page)[1] == "This meeting is over."


def a_reader_sees_the_countdown_of_a_single_meeting(desk):
    with desk.page("/meetings/oci-weekly/2026-11-26/", as_of=BEFORE, still=True) as page:
        assert page.locator(".countdown").inner_text() == "Starts in 90 seconds"
        page.clock.run_for(120_000)
        assert page.locator("#state").inner_text() == "Happening now."


def a_reader_in_another_language_is_told_in_that_language(desk):
    expected = {"in-german": "Beginnt in", "in-japanese": "後に開始"}
    for case, words in expected.items():
        as_of = open(f"tests/cases/{case}/as-of.txt").read().strip()
        with desk.page(content=f"tests/cases/{case}/content", as_of=as_of) as page:
            assert words in page.locator(".card .countdown").inner_text(), case


def a_reader_without_script_sees_no_empty_line(desk):
    with desk.page(script=False) as page:
        assert not page.locator(".countdown").is_visible()
