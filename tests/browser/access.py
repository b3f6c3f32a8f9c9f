"""Have a page of every kind judged by axe-core: can everybody read it, in whatever theme?

usage: access.py CONVENE CONTENT…

Of all pages those are looked at that have something no other before them has: what they are about,
by their JSON-LD, or a class. Each light and dark, on a phone and on a desk, with everything unfolded.
"""

import json
import pathlib
import re
import sys
import urllib.request

from look import CHROMIUM, QUIET, WIDTHS
from playwright.sync_api import sync_playwright
from server import serving

AXE = pathlib.Path("target/browser/npm/node_modules/axe-core/axe.min.js")
THEMES = ["light", "dark"]
# Pages that are in no list, where they are there.
UNLISTED = ["/status", "/embed/"]
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


def read(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def traits(html):
    """What tells a page from those that look the same but for their words."""
    document = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    about = document.get("@type", "WebSite")
    said = {f"{about} {document[key]}" for key in ("eventStatus", "eventAttendanceMode") if key in document}
    return {about} | said | {f"{about} with {key}" for key in document} | set(re.findall(r' class="([^"]*)"', html))


def sample(root, seen):
    """Paths of the pages that have something not seen before."""
    for address in re.findall("<loc>(.*?)</loc>", read(root + "/sitemap.xml")):
        path = re.sub("^https?://[^/]*", "", address)
        found = traits(read(root + path))
        if found - seen:
            seen |= found
            yield path


def exists(address):
    try:
        return bool(read(address))
    except urllib.error.HTTPError:
        return False


def judge(page, address):
    """What axe-core finds, as text."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, rules)", RULES)
    assert found["passes"] or found["violations"], f"nothing was judged at {address}"
    return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:120]} and {len(v['nodes']) - 1} more" for v in found["violations"]]


def main(binary, contents):
    passed, failed, seen = 0, 0, set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        views = {}
        for theme in THEMES:
            for name, width in WIDTHS.items():
                # The policy is `look.py`'s to prove; it would keep the judge out, too.
                context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme, bypass_csp=True)
                views[f"{theme} {name}"] = context.new_page()
        for content in contents:
            with serving(binary, content) as root:
                paths = list(sample(root, seen))
                if content == contents[0]:
                    paths += [path for path in UNLISTED if exists(root + path)]
                for path in paths:
                    for view, page in views.items():
                        violations = judge(page, root + path)
                        passed, failed = passed + (not violations), failed + bool(violations)
                        if violations:
                            print(f"FAIL {view} {content} {path}: {'; '.join(violations)}")
        browser.close()
    print(f"{passed} passed, {failed} failed; {len(seen)} traits of pages")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
