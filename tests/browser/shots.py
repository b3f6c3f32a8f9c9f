"""Take pictures of a page of every kind, light and dark, on a phone and on a desk.

usage: shots.py CONVENE CONTENT FOLDER

Those of a site made with Hugo are taken by `tests/hugo/run.py --shots FOLDER`.
"""

import pathlib
import sys

from access import THEMES
from look import CHROMIUM, QUIET, WIDTHS
from playwright.sync_api import sync_playwright
from server import AS_OF, serving

SERIES = "/meetings/oci-weekly/"
PAGES = {
    "front": "/",
    "home": "/",
    "series": SERIES,
    "occurrence": SERIES + "2026-11-26/",
    "cancelled": SERIES + "2025-11-27/",
    "archive": "/archive/",
    "calendar": "/calendar/",
    "embed": "/embed/",
}
# Of a long page, as much as tells what it looks like; the front is the picture in the README.
TALLEST = {"front": 800}


def take(page, root, name, folder):
    for what, path in PAGES.items():
        page.goto(root + path, wait_until="networkidle")
        width = page.viewport_size["width"]
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST.get(what, 2400))
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        page.screenshot(path=folder / f"{what}-{name}.png", full_page=True, clip=clip)


def main(binary, content, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with serving(binary, content) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for theme in THEMES:
            for name, width in WIDTHS.items():
                context = browser.new_context(
                    viewport={"width": width, "height": 800}, color_scheme=theme, locale="en-GB", timezone_id="Europe/Berlin")
                page = context.new_page()
                page.clock.install(time=AS_OF)
                take(page, root, f"{name}-{theme}", folder)
                context.close()
        browser.close()
    taken = len(PAGES) * len(THEMES) * len(WIDTHS)
    print(f"{taken} pictures in {folder}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]))
