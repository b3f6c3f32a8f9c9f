"""Readers follow a community through changes of its content, restarts and time: each fact is one new item for them, once."""

import contextlib
import pathlib
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import collect
import followers
import served
import steps
import table
from feeds import STEMS

MEDIA_TYPES = {".xml": "application/rss+xml", ".atom": "application/atom+xml", ".json": "application/feed+json"}
# A server looks at its content within a second; this many are a failure.
PATIENCE = 20


def main(binary):
    """Goes through the steps and prints a table of them; gives the exit status."""
    rows, wrong = [], []
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        community = stack.enter_context(Community(binary, scratch / "content"))
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=2))
        following = followers.all_followers(scratch / "homes", community.root)
        list(pool.map(lambda follower: follower.new(), following))
        for number, step in enumerate(steps.STEPS, 1):
            before = community.feeds()
            community.take(number, step)
            changed = community.feeds() != before
            new = dict(zip(following, pool.map(lambda follower: follower.new(), following)))
            rows.append([step.words, octets(step, changed), *(count(step, titles) for titles in new.values())])
            wrong += mistakes(step, changed, new)
    print(table.grid(["new items after", "octets", *(follower.name for follower in following)], rows))
    print(*(f"FAIL {each}" for each in wrong), sep="\n", end="\n" if wrong else "")
    print(f"{len(rows) * (1 + len(following)) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong or not rows else 0


def octets(step, changed):
    return "FAIL" if changed != step.changes else "new" if changed else "same"


def count(step, titles):
    return str(len(titles)) if step.is_told_by(titles) else "FAIL"


def mistakes(step, changed, new):
    """What went wrong in a step, in words."""
    if changed != step.changes:
        yield f"{step.words}: the feeds {'changed' if changed else 'did not change'}"
    for follower, titles in new.items():
        if not step.is_told_by(titles):
            yield f"{follower.name}, {step.words}: wanted {list(step.titles)}, new are {titles}"


class Community:
    """A copy of the content, and the server of it, which keeps its address over restarts."""

    def __init__(self, binary, folder):
        shutil.copytree(steps.CONTENT, folder)
        self.binary, self.folder, self.as_of = binary, folder, steps.AS_OF
        self.server = None
        self.listen = "127.0.0.1:0"

    def __enter__(self):
        self.start()
        self.root = self.server.root
        self.listen = self.root.removeprefix("http://").rstrip("/")
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        content = served.Content(self.folder, "story", self.as_of)
        self.server = served.Server(self.binary, content, self.listen)
        self.server.__enter__()

    def stop(self):
        self.server.__exit__()

    def take(self, number, step):
        """Does what the step says, while the server is down if it says so, and waits until that is served."""
        self.as_of = step.as_of or self.as_of
        if step.restart:
            self.stop()
        for path, text in step.files.items():
            (self.folder / path).write_text(text)
        if step.note is not None:
            collect.collect(self.binary, self.folder, self.as_of, step.note)
        # The last to change, so that whoever sees it on the page sees the rest.
        page = self.folder / "community.md"
        page.write_text(page.read_text().replace(f"Step {number - 1}.", f"Step {number}."))
        if step.restart:
            self.start()
        self.wait_for(f"Step {number}.")

    def feeds(self):
        """The bodies of all that is followed."""
        bodies = [self.server.get(stem + suffix, MEDIA_TYPES[suffix]) for stem in STEMS for suffix in MEDIA_TYPES]
        if None in bodies:
            raise RuntimeError(f"a feed is not served under its media type: one of {', '.join(MEDIA_TYPES.values())}")
        return bodies

    def wait_for(self, words):
        deadline = time.monotonic() + PATIENCE
        while words.encode() not in self.server.get("", "text/html"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the page does not say \"{words}\" {PATIENCE} seconds after its file does")
            time.sleep(0.02)
