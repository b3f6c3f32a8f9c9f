"""reader: a library that subscribes over HTTP, keeps what it has read and does what a reader's interface needs."""

from contextlib import closing

from reader import make_reader

from feeds import Answer, Entry, utc


def read(feeds):
    with closing(subscribed(":memory:", [feed.url for feed in feeds])) as reader:
        reader.update_feeds(workers=2)
        return {feed: answer(reader, feed.url) for feed in feeds}


def subscribed(database, urls):
    """A reader that follows those addresses."""
    reader = make_reader(database)
    for url in urls:
        reader.add_feed(url, exist_ok=True)
    return reader


def answer(reader, url):
    feed = reader.get_feed(url)
    if feed.last_exception:
        return Answer(error=f"{feed.last_exception.type_name}: {feed.last_exception.value_str}")
    return Answer(feed.title, [entry(each) for each in reader.get_entries(feed=url)])


def entry(each):
    content = each.get_content(prefer_summary=False)
    return Entry(
        each.id, each.title or "", each.link or "", utc(each.published),
        each.authors_str or each.feed.authors_str or "", content.value if content else "",
    )
