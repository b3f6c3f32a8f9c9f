"""The table of readers: what each is, which formats it reads, and how it is asked."""

import pathlib
from dataclasses import dataclass
from typing import Callable

HERE = pathlib.Path(__file__).resolve().parent
BUILT = HERE.parent.parent.parent / "target" / "feeds"


@dataclass(frozen=True)
class Reader:
    """A foreign reader of feeds; `read` gives an answer for each feed, over HTTP for whole programs."""

    name: str
    formats: tuple
    read: Callable
    sorts: bool = False  # whether it sorts by date alone, so that entries of one moment come in any order
    frames: bool = False  # whether it puts words of its own around a content


def all_readers():
    """Every reader there is."""
    from . import atoma_reader, feedparser_reader, feedsmith, newsboat, reader_library, rss2email, sfeed

    xml, every = ("RSS", "Atom"), ("RSS", "Atom", "JSON Feed")
    return [
        Reader("rss2email", xml, rss2email.read, frames=True),
        Reader("newsboat", xml, newsboat.read),
        Reader("sfeed", xml, sfeed.read, sorts=True),
        Reader("reader", every, reader_library.read),
        Reader("feedparser", xml, feedparser_reader.read),
        Reader("atoma", every, atoma_reader.read),
        Reader("feedsmith", every, feedsmith.read),
    ]
