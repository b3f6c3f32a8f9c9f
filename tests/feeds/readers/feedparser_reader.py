"""feedparser, which half of all readers in Python are built on."""

import time

import feedparser

from feeds import Answer, Entry

VERSIONS = {"RSS": "rss20", "Atom": "atom10"}


def read(feeds):
    return {feed: answer(feedparser.parse(feed.file.read_bytes()), VERSIONS[feed.format]) for feed in feeds}


def answer(feed, version):
    if feed.bozo:
        return Answer(error=f"not well-formed: {feed.bozo_exception}")
    if feed.version != version:
        return Answer(error=f"taken for {feed.version or 'nothing it knows'}")
    return Answer(feed.feed.get("title", ""), [entry(each, feed.feed) for each in feed.entries])


def entry(each, feed):
    published, content = each.get("published_parsed"), each.get("content")
    return Entry(
        each.get("id", ""), each.get("title", ""), each.get("link", ""),
        time.strftime("%Y-%m-%dT%H:%M:%SZ", published) if published else "",
        each.get("author") or feed.get("author", ""), content[0].value if content else each.get("summary", ""),
    )
