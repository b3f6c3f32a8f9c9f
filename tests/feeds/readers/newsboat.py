"""newsboat: subscribes over HTTP and keeps what it has read in a database, which is its list of articles."""

import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from datetime import datetime, timezone

from feeds import Answer, Entry, utc

# The fields of an article; in the order in which newsboat loads them, which is the feed's own.
ARTICLES = """
    select guid, title, url, pubDate, author, content from rss_item
    where feedurl = ? and deleted = 0 order by pubDate desc, id desc
"""


class Newsboat:
    """newsboat in a home of its own."""

    def __init__(self, home, urls):
        self.home = pathlib.Path(home)
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "config").write_text("")
        (self.home / "urls").write_text("".join(url + "\n" for url in urls))

    def run(self, *arguments):
        """What newsboat prints."""
        files = ["-C", self.home / "config", "-u", self.home / "urls", "-c", self.home / "cache.db"]
        environment = {**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        ran = subprocess.run(["newsboat", *files, *arguments], env=environment, capture_output=True, text=True)
        if ran.returncode:
            raise RuntimeError(f"newsboat: exit {ran.returncode}: {ran.stdout[-200:]} {ran.stderr[-200:]}")
        return ran.stdout

    def reload(self):
        """Fetches every feed."""
        self.run("-x", "reload")

    def rows(self, query, *values):
        with closing(sqlite3.connect(self.home / "cache.db")) as database, database:
            return database.execute(query, values).fetchall()

    def answer(self, url):
        """What it has of a feed."""
        titles = self.rows("select title from rss_feed where rssurl = ?", url)
        if not titles:
            return Answer(error="not read")
        return Answer(titles[0][0], [entry(row) for row in self.rows(ARTICLES, url)])

    def unread_titles(self):
        """The titles of what is new to its reader, who then has read them."""
        titles = [title for title, in self.rows("select title from rss_item where unread and not deleted order by id")]
        self.rows("update rss_item set unread = 0")
        return titles


def entry(row):
    id, title, link, published, author, content = row
    return Entry(id, title, link, utc(datetime.fromtimestamp(published, timezone.utc)), author, content)


def read(feeds):
    """Has newsboat read feeds that share no entry together: an article is in one feed alone, the last that had it."""
    answers = {}
    with tempfile.TemporaryDirectory() as scratch:
        for number, batch in enumerate(disjoint(feeds)):
            newsboat = Newsboat(f"{scratch}/{number}", [feed.url for feed in batch])
            newsboat.reload()
            answers |= {feed: newsboat.answer(feed.url) for feed in batch}
    return answers


def disjoint(feeds):
    """The feeds in as few lists as it goes, so that no id is twice in one."""
    batches = []
    for feed in feeds:
        ids = set(re.findall(r">(tag:[^<]+)<", feed.file.read_text()))
        fitting = next((batch for batch in batches if not batch[0] & ids), None)
        if fitting is None:
            batches.append((fitting := (set(), [])))
        fitting[0].update(ids)
        fitting[1].append(feed)
    return [batch for _, batch in batches]


def outlines(file):
    """The addresses that it subscribes to when given an OPML file; no text goes with them."""
    with tempfile.TemporaryDirectory() as home:
        newsboat = Newsboat(home, [])
        newsboat.run("-i", file)
        lines = (newsboat.home / "urls").read_text().splitlines()
        return [(None, line.split()[0].strip('"')) for line in lines if line.strip()]
