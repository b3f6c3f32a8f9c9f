"""The time of a meeting on the reader's own clock."""

# Thursday 26 November 2026, 10:00 in Los Angeles; in May, an hour nearer to UTC.
WINTER, SUMMER = "/meetings/oci-weekly/2026-11-26/", "/meetings/oci-weekly/2026-05-07/"


def shown(desk, zone, path, **options):
    with desk.page(path, zone=zone, **options) as page:
        return page.locator(".when .clock").inner_text()


def a_reader_sees_their_own_time_beside_that_of_the_meeting(desk):
    expected = {
        "Europe/Berlin": "10:00–11:00 PST · 19:00–20:00 CET",
        "Asia/Kolkata": "10:00–11:00 PST · 23:30–00:30 IST",
        "Asia/Tokyo": "10:00–11:00 PST · Fri 03:00–04:00 JST",
        "Pacific/Kiritimati": "10:00–11:00 PST · Fri 08:00–09:00 GMT+14",
        "America/New_York": "10:00–11:00 PST · 13:00–14:00 EST",
        "Europe/London": "10:00–11:00 PST · 18:00–19:00 GMT",
    }
    for zone, words in expected.items():
        assert shown(desk, zone, WINTER) == words, (zone, shown(desk, zone, WINTER))


def a_reader_sees_the_name_that_their_zone_has_on_that_day(desk):
    assert shown(desk, "Europe/Berlin", SUMMER) == "10:00–11:00 PDT · 19:00–20:00 CEST"
    assert shown(desk, "America/Los_Angeles", SUMMER) == "10:00–11:00 PDT"


def a_reader_in_the_zone_of_the_meeting_sees_its_time_once(desk):
    assert shown(desk, "America/Los_Angeles", WINTER) == "10:00–11:00 PST"


def a_reader_of_another_language_sees_it_written_as_the_page_has_it(desk):
    german, japanese = "tests/cases/in-german/content", "tests/cases/in-japanese/content"
    expected = {
        (german, "/meetings/weekly/2026-12-10/", "Europe/Berlin"): "18:00–19:00 Uhr MEZ",
        (german, "/meetings/weekly/2026-12-10/", "America/New_York"): "18:00–19:00 Uhr MEZ · 12:00–13:00 EST",
        (japanese, "/meetings/weekly/2026-12-10/", "Asia/Tokyo"): "18:00～19:00 JST",
        (japanese, "/meetings/weekly/2026-12-10/", "Europe/Berlin"): "18:00～19:00 JST · 10:00～11:00 CET",
    }
    for (content, path, zone), words in expected.items():
        got = shown(desk, zone, path, content=content, as_of="2026-11-25T12:00:00Z")
        assert got == words, (zone, got)


def a_reader_without_script_sees_utc(desk):
    assert shown(desk, "Europe/Berlin", WINTER, script=False) == "10:00–11:00 PST · 18:00–19:00 UTC"
