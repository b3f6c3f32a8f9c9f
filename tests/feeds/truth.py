"""What is in a feed, read off its JSON with nothing but Python's own parser; and the laws of feeds."""

import json

from feeds import Answer, Entry


def wanted(feed):
    """What every reader must make of a feed, in whatever format it is."""
    said = json.loads(feed.file.with_suffix(".json").read_bytes())
    author = said["authors"][0]["name"]
    return Answer(said["title"], [entry(item, author) for item in said["items"]])


def entry(item, author):
    return Entry(item["id"], item["title"], item["url"], item["date_published"], author, item["content_html"])


def broken_laws(answer, as_of):
    """What no feed may have, whatever the meetings: in words, none where all is well."""
    entries = answer.entries
    dates = [entry.published for entry in entries]
    laws = [
        (answer.title, "no title"),
        (len(entries) <= 50, "more than 50 entries"),
        (len({entry.id for entry in entries}) == len(entries), "two entries with one id"),
        (all(entry.id.startswith("tag:") for entry in entries), "an id that is no tag: URI"),
        (dates == sorted(dates, reverse=True), "not newest first"),
        (all(date <= as_of for date in dates), "an entry from the future"),
        (all(entry.title and entry.author and entry.content for entry in entries), "an entry without words"),
        (all(entry.link.startswith("https://") for entry in entries), "a link that is not absolute"),
    ]
    return [message for fine, message in laws if not fine]
