"""atoma: strict classes for RSS, Atom and JSON Feed."""

import atoma

from feeds import Answer, Entry, utc


def read(feeds):
    kinds = {"RSS": rss, "Atom": atom, "JSON Feed": json_feed}
    return {feed: kinds[feed.format](feed.file.read_bytes()) for feed in feeds}


def rss(text):
    feed = atoma.parse_rss_bytes(text)
    return Answer(feed.title or "", [
        Entry(item.guid, item.title, item.link, utc(item.pub_date), item.author or "", item.content_encoded or "")
        for item in feed.items
    ])


def atom(text):
    feed = atoma.parse_atom_bytes(text)
    return Answer(feed.title.value, [
        Entry(entry.id_, entry.title.value, alternate(entry), utc(entry.published), name(entry.authors or feed.authors),
              entry.content.value if entry.content else "")
        for entry in feed.entries
    ])


def alternate(entry):
    """The link of the page; RFC 4287 takes a link without a relation for one."""
    return next((link.href for link in entry.links if link.rel in (None, "alternate")), "")


def name(authors):
    return authors[0].name if authors else ""


def json_feed(text):
    feed = atoma.parse_json_feed_bytes(text)
    return Answer(feed.title, [
        Entry(item.id_, item.title, item.url, utc(item.date_published),
              author.name if (author := item.author or feed.author) else "", item.content_html or "")
        for item in feed.items
    ])
