"""The feeds that Convene publishes, and what is in one, whether by Convene's word or by a reader's."""

import pathlib
from dataclasses import dataclass, field

import served

# What there is in each folder of the tree that has feeds.
STEMS = ("feed", "reminders")
# The formats of each, by the end of the file's name.
FORMATS = {".xml": "RSS", ".atom": "Atom", ".json": "JSON Feed"}


@dataclass(frozen=True)
class Feed:
    """One feed in one format, exported and served."""

    content: str
    path: str  # relative to the site: `meetings/weekly/feed.xml`
    file: pathlib.Path
    url: str

    @property
    def name(self):
        return f"{self.content}: {self.path}"

    @property
    def format(self):
        return FORMATS[self.file.suffix]


@dataclass(frozen=True)
class Entry:
    """One entry: a text for everything, the empty one where there is nothing."""

    id: str
    title: str
    link: str
    published: str  # `2026-11-24T18:00:00Z`
    author: str
    content: str  # HTML


@dataclass
class Answer:
    """What a reader made of a feed."""

    title: str | None = ""
    entries: list = field(default_factory=list)  # in the order in which the reader gives them
    error: str | None = None


def published(content, site, root):
    """Every feed in the exported tree `site`, which is served at `root` too: whatever has a calendar has all feeds."""
    calendars = [path.removesuffix(".ics") for path in sorted(served.paths(site))]
    for folder in ("", *(path + "/" for path in calendars if "/" in path)):
        for path in (folder + stem + suffix for stem in STEMS for suffix in FORMATS):
            file = site / path
            if not file.exists():
                raise RuntimeError(f"{content.name}: {path} is missing, though there is a calendar")
            yield Feed(content.name, path, file, root + path)


def utc(moment):
    """A datetime in UTC, or with an offset, as text."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment and not moment.utcoffset() else str(moment or "")
