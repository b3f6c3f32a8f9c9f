"""Drive the pages as readers do: each story of the folder `stories`, in a real browser.

usage: drive.py CONVENE [NAME…]

A story is a function whose name begins with `a_reader`; it is given a `Desk` and asserts. Names on the
command line are parts of stories' names: only those are told.
"""

import contextlib
import dataclasses
import datetime
import importlib
import pathlib
import sys
import traceback

from look import CHROMIUM, QUIET
from playwright.sync_api import sync_playwright
from server import serving

STORIES = pathlib.Path(__file__).parent / "stories"
NOW = "2026-11-23T12:00:00Z"
CASES = pathlib.Path("tests/cases")


@dataclasses.dataclass
class Desk:
    """A browser and the real server, which a story opens pages with."""

    browser: object
    binary: str

    @contextlib.contextmanager
    def page(self, path="/", *, content="content", as_of=NOW, now=None, zone="UTC", theme="light", width=1280, script=True, still=False, clock=True, language="en-GB"):
        """A page opened at a path, in a context of its own; `now` is the moment on the reader's clock,
        which stands `still` until a story turns it; without `clock` it is the real one.

        On leaving it fails where the page logged an error or asked anybody else for anything: what
        else may be asked for is a prefix in `page.allowed`.
        """
        with serving(self.binary, str(content), as_of) as root:
            context = self.browser.new_context(
                viewport={"width": width, "height": 800}, timezone_id=zone, color_scheme=theme, java_script_enabled=script, locale=language
            )
            page, errors, asked = context.new_page(), [], []
            page.allowed = [root, "data:"]
            page.root = root
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("request", lambda request: asked.append(request.url))
            if script and clock:
                moment = datetime.datetime.fromisoformat(now or as_of)
                # It can be stopped in its future alone.
                page.clock.install(time=moment - datetime.timedelta(seconds=10 * still))
                if still:
                    page.clock.pause_at(moment)
            page.goto(path if path.startswith("about:") else root + path)
            yield page
            foreign = [url for url in asked if not url.startswith(tuple(page.allowed))]
            context.close()
            assert not errors, f"logged {errors}"
            assert not foreign, f"asked for {foreign}"


def stories(names):
    sys.path.insert(0, str(STORIES))
    for file in sorted(STORIES.glob("*.py")):
        module = importlib.import_module(file.stem)
        for name, told in list(vars(module).items()):
            if name.startswith("a_reader") and (not names or any(part in name for part in names)):
                yield name, told


def main(binary, names):
    passed, failed = 0, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, told in stories(names):
            try:
                told(Desk(browser, binary))
                passed += 1
            except Exception:
                failed.append(name)
                print(f"FAIL {name.replace('_', ' ')}\n{traceback.format_exc(limit=-2)}")
        browser.close()
    print(f"{passed} stories passed, {len(failed)} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
