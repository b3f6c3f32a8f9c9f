"""Whether feedparser reads the feeds as well-formed, complete, in order and not from the future."""

import time

import feedparser

# What each file is to be read as; feedparser knows no JSON Feed.
VERSIONS = {"feed.xml": "rss20", "feed.atom": "atom10", "reminders.xml": "rss20", "reminders.atom": "atom10"}


def checks(content, site):
    """A pair for each feed of the exported tree: what it is, and its mistakes, none being the empty text."""
    now = time.strptime(content.as_of, "%Y-%m-%dT%H:%M:%SZ")
    for name, version in VERSIONS.items():
        for path in sorted(site.rglob(name)):
            feed = feedparser.parse(path.read_bytes())
            yield f"{content.name}: {path.relative_to(site)}, {len(feed.entries)} entries", mistakes(feed, version, now)


def mistakes(feed, version, now):
    entries = feed.entries
    dates = [entry.get("published_parsed") for entry in entries]
    checks = [
        (not feed.bozo, f"not well-formed: {feed.get('bozo_exception')}"),
        (feed.version == version, f"read as {feed.version}"),
        (feed.feed.get("title") and feed.feed.get("link"), "no title or link"),
        (len({entry.get("id") for entry in entries}) == len(entries), "two entries with one guid"),
        (all(entry.get("title") and entry.get("author") for entry in entries), "an entry without title or author"),
        (all(dates) and dates == sorted(dates, reverse=True), "dates are missing or not newest first"),
        (all(date <= now for date in dates), "an entry from the future"),
        (len(entries) <= 50, "more than 50 entries"),
    ]
    return "; ".join(message for fine, message in checks if not fine)
