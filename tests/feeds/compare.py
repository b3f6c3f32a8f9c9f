"""Whether a reader made of a feed what is in it."""

import html
import re
from dataclasses import dataclass, field, fields
from itertools import groupby

from feeds import Entry

# What is compared, in the order of the table's columns.
CHECKS = ("feed", "ids", "order", "title", "published", "link", "author", "content")
OF_ENTRIES = [each.name for each in fields(Entry) if each.name != "id"]


@dataclass(frozen=True)
class Difference:
    """One thing that a reader has otherwise than the feed."""

    check: str
    where: str  # the entry's id, or nothing
    want: object
    got: object


@dataclass
class Outcome:
    """What came of one reader and one feed."""

    reader: str
    feed: object
    entries: int  # that were compared
    differences: list = field(default_factory=list)


def compare(reader, feed, want, answer):
    """The outcome of an answer; its entries are told apart by id."""
    if answer is None or answer.error:
        error = answer.error if answer else "no answer for this feed"
        return Outcome(reader.name, feed, 0, [Difference("feed", "", "no error", error)])
    found = [*differences_of_feed(reader, want, answer), *differences_of_entries(reader, want, answer)]
    return Outcome(reader.name, feed, len(want.entries), found)


def differences_of_feed(reader, want, answer):
    # Some keep nothing of a feed but its entries.
    if answer.title is not None and want.title != answer.title:
        yield Difference("feed", "", want.title, answer.title)
    ids, read = ids_of(want), ids_of(answer)
    if sorted(ids) != sorted(read):
        yield Difference("ids", "", *only(ids, read))
    elif order(reader, want) != order(reader, answer):
        yield Difference("order", "", ids, read)


def differences_of_entries(reader, want, answer):
    read = {entry.id: entry for entry in answer.entries}
    for entry in want.entries:
        other = read.get(entry.id)
        for check in OF_ENTRIES if other else ():
            ours, theirs = getattr(entry, check), getattr(other, check)
            if not same(reader, check, ours, theirs):
                yield Difference(check, entry.id, ours, theirs)


def same(reader, check, ours, theirs):
    """Whether two texts are the same; of a content all letters count, not how it is marked up."""
    if check != "content":
        return ours == theirs
    ours, theirs = letters(ours), letters(theirs)
    return ours != "" and (ours in theirs if reader.frames else ours == theirs)


def letters(markup):
    """The letters and digits of HTML, of which no reader may lose any."""
    return "".join(filter(str.isalnum, html.unescape(re.sub(r"<[^>]*>", " ", markup))))


def order(reader, answer):
    """The ids in order; in groups of one moment each, for a reader that sorts by nothing but the date."""
    if not reader.sorts:
        return ids_of(answer)
    groups = groupby(answer.entries, key=lambda entry: entry.published)
    return [(moment, sorted(entry.id for entry in group)) for moment, group in groups]


def ids_of(answer):
    return [entry.id for entry in answer.entries]


def only(ids, read):
    """The ids that just one of both has, or all where one has an id twice."""
    missing, extra = [id for id in ids if id not in read], [id for id in read if id not in ids]
    return (missing, extra) if missing or extra else (ids, read)
