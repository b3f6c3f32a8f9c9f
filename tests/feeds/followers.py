"""Those who follow the community in the scenario: each a reader with its own home, started anew for each look."""

import pathlib
from contextlib import closing
from dataclasses import dataclass
from typing import Callable

from feeds import STEMS
from readers import reader_library
from readers.newsboat import Newsboat
from readers.rss2email import Rss2email


@dataclass(frozen=True)
class Follower:
    """A reader that follows all feeds in one format; `new` gives the titles that are new to its user."""

    name: str
    new: Callable


def all_followers(homes, root):
    """Every follower, in a folder of its own, of what is served at `root`."""
    def follower(name, new, suffix):
        home = pathlib.Path(homes) / f"{name}{suffix}"
        return Follower(f"{name} {suffix}", new(home, [f"{root}{stem}{suffix}" for stem in STEMS]))

    return [
        *(follower("newsboat", newsboat, suffix) for suffix in (".xml", ".atom")),
        *(follower("rss2email", rss2email, suffix) for suffix in (".xml", ".atom")),
        *(follower("reader", library, suffix) for suffix in (".xml", ".atom", ".json")),
    ]


def newsboat(home, urls):
    program = Newsboat(home, urls)

    def new():
        program.reload()
        return program.unread_titles()

    return new


def rss2email(home, urls):
    program = Rss2email(home, urls)

    def new():
        program.run("run")
        return [mail["Subject"] for mail in program.mails()]

    return new


def library(home, urls):
    home.mkdir(parents=True)

    def new():
        with closing(reader_library.subscribed(str(home / "reader.sqlite"), urls)) as reader:
            # Of itself it looks once an hour.
            reader.update_feeds(scheduled=False)
            entries = list(reader.get_entries(read=False))
            for entry in entries:
                reader.mark_entry_as_read(entry)
            return [entry.title for entry in entries]

    return new
