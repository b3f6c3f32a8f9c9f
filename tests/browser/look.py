"""Open the pages in a real browser, as a reader would, on a phone and on a desk.

usage: look.py CONVENE CONTENT

Follows every link within the site, and fails where a page is missing, scrolls sideways, has no
heading, names a thing twice, logs an error, or asks anybody else for anything.
"""

import sys
import urllib.parse

from playwright.sync_api import sync_playwright
from server import serving

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDTHS = {"phone": 360, "desk": 1280}
# Of the pages of single meetings, which are all alike, this many; and as many of months.
MEETINGS = 25


def look(page, address):
    """What is wrong with the page at an address, as text; the page stays open."""
    errors, foreign = [], []
    on_console = lambda message: errors.append(message.text) if message.type == "error" else None
    on_request = lambda request: foreign.append(request.url) if not request.url.startswith(("http://127.0.0.1:", "data:")) else None
    page.on("console", on_console)
    page.on("request", on_request)
    response = page.goto(address)
    page.remove_listener("console", on_console)
    page.remove_listener("request", on_request)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    checks = [
        (response.status == 200, f"answered {response.status}"),
        (not errors, f"logged {errors}"),
        (not foreign, f"asked for {foreign}"),
        (page.locator("h1").count() == 1, "has not one h1"),
        (page.title(), "has no title"),
        (len(ids) == len(set(ids)), f"has an id twice: {[i for i in ids if ids.count(i) > 1][:3]}"),
        (page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"),
        (page.evaluate("[...document.images].every(i => i.alt !== null && i.complete)"), "has an image without text"),
    ]
    return [message for fine, message in checks if not fine]


def links_within(page, root):
    hrefs = page.evaluate("[...document.querySelectorAll('a[href], link[href]')].map(a => a.href)")
    within = [urllib.parse.urldefrag(href) for href in hrefs if href.startswith(root)]
    for address, fragment in within:
        if fragment and address == page.url.split("#")[0]:
            target = urllib.parse.unquote(fragment)
            assert page.evaluate("id => !!document.getElementById(id)", target), f"{page.url} has no #{target}"
    return {address for address, _ in within}


def crawl(page, context, root):
    """Every page of the site within reach, with what is wrong with it."""
    waiting, seen, meetings, months = [root + "/"], {root + "/"}, 0, 0
    while waiting:
        address = waiting.pop(0)
        path = urllib.parse.urlsplit(address).path
        meetings += path.count("/") == 4
        months += path.startswith("/calendar/")
        if not path.endswith("/"):
            status = context.request.get(address).status
            yield path, [] if status == 200 else [f"answered {status}"]
            continue
        if path.count("/") == 4 and meetings > MEETINGS or path.startswith("/calendar/") and months > MEETINGS:
            status = context.request.get(address).status
            yield path, [] if status == 200 else [f"answered {status}"]
            continue
        yield path, look(page, address)
        for found in sorted(links_within(page, root) - seen):
            seen.add(found)
            waiting.append(found)


def main(binary, content):
    passed = failed = 0
    with serving(binary, content) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, width in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": 800})
            page = context.new_page()
            for path, mistakes in crawl(page, context, root):
                passed, failed = passed + (not mistakes), failed + bool(mistakes)
                if mistakes:
                    print(f"FAIL {name} {path}: {'; '.join(mistakes)}")
        browser.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
