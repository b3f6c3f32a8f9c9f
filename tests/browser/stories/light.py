"""What a page weighs, and that it stands still while it comes."""

import time

SERIES = "/meetings/oci-weekly/"
PAGES = ["/", SERIES, SERIES + "2026-11-26/", SERIES + "2025-11-27/", "/archive/", "/calendar/"]
# Where a day and a name take the most room.
FAR, NEAR = "Pacific/Kiritimati", "Asia/Kolkata"
HOME_KILOBYTES = 40

# What the browser saw move without being asked, in all, and the largest things it painted, with when
# each was painted and when the script came.
SEEN = """() => new Promise((done) => {
  const seen = { moved: 0, largest: [], script: performance.getEntriesByName(location.origin + '/page.js')[0].responseEnd };
  const watch = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch('layout-shift', (entry) => { seen.moved += entry.value; });
  watch('largest-contentful-paint', (entry) => seen.largest.push({ at: entry.startTime, url: entry.url }));
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0, seen)));
})"""
# How late the script comes, in seconds: late enough for a page to be painted before, on any machine.
LATE = [0.5, 2, 8]


def a_reader_gets_all_of_home_in_few_kilobytes(desk):
    with desk.page("about:blank", script=True) as page:
        sizes = {}
        page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
        page.goto(page.root + "/")
        page.wait_for_load_state("networkidle")
        assert page.root + "/" in sizes and page.root + "/page.js" in sizes, sizes
        weight = sum(sizes.values()) / 1024
        assert weight <= HOME_KILOBYTES, f"{weight:.1f} KB: {sizes}"
        print(f"home: {weight:.1f} KB in {len(sizes)} requests: {sorted(sizes.values(), reverse=True)}")


def seen_though_the_script_is_late(desk, path, width, zone):
    """What was seen where the page was painted before the script came."""
    for late in LATE:
        with desk.page("about:blank", clock=False, width=width, zone=zone) as page:
            page.route("**/page.js", lambda route: (time.sleep(late), route.continue_()))
            page.goto(page.root + path)
            assert zone.split("/")[0] in page.locator(".zones").inner_text(), "the script did not run"
            seen = page.evaluate(SEEN)
            if seen["largest"] and seen["largest"][0]["at"] < seen["script"]:
                return seen
    raise AssertionError(f"nothing was painted before the script came: {seen}")


def a_reader_sees_nothing_jump_though_the_script_is_late(desk):
    for path in PAGES:
        for width, zone in [(360, NEAR), (1280, FAR)]:
            moved = seen_though_the_script_is_late(desk, path, width, zone)["moved"]
            assert moved < 0.001, f"{path} at {width} in {zone}: {moved}"


def a_reader_sees_the_largest_part_in_the_first_response(desk):
    for width in (360, 1280):
        seen = seen_though_the_script_is_late(desk, "/", width, NEAR)
        assert all(part["at"] < seen["script"] and not part["url"] for part in seen["largest"]), seen
