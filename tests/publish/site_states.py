"""Small communities to publish, in states that differ in what was added, changed and removed."""

import html.parser
import pathlib
import posixpath
import re
import urllib.parse

SITE = "https://meetings.example.org"

SITE_TOML = f"""
name = "Example Community"
slug = "example"
description = "Meetings of an example."
url = "{SITE}"
uid-domain = "example.org"
zone = "America/Los_Angeles"
language = "en"
"""

PAGE = """+++
title = "Example Community"
aliases = ["/community", "/old.html"]
+++
All are welcome.
"""

SERIES = """+++
title = "{title}"
join = "https://meet.example.org/{slug}"
tags = ["{tag}"]
updated = 2026-01-01T00:00:00Z

[[slot]]
from = {first}
every = "month"
on = "first Thursday"
at = "10:00"
{until}
+++
Text.
"""

CANCELLED = """+++
cancelled = "A holiday"
announced = {announced}
+++
"""


def series(folder, slug, title=None, tag="all", first="2026-08-06", until=""):
    path = pathlib.Path(folder) / "meetings" / slug / "series.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    until = f"until = {until}" if until else ""
    path.write_text(SERIES.format(slug=slug, title=title or slug.title(), tag=tag, first=first, until=until))


def cancel(folder, slug, date, announced="2026-11-20T18:00:00Z"):
    (pathlib.Path(folder) / "meetings" / slug / f"{date}.md").write_text(CANCELLED.format(announced=announced))


def base(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(SITE_TOML)
    (folder / "community.md").write_text(PAGE)


def state(folder, which):
    """One of the states; between any two of them pages come, change and go."""
    base(folder)
    series(folder, "alpha", "Alpha" if which != "b" else "Alpha renamed")
    if which == "a":
        series(folder, "beta", tag="special", until="2027-03-04")
    if which == "b":
        series(folder, "gamma", tag="other", first="2026-09-03")
        cancel(folder, "alpha", "2026-12-03")
    if which == "c":
        series(folder, "beta", tag="special", until="2027-06-03")
        series(folder, "delta", tag="other", until="2026-12-03")
    return folder


class Links(html.parser.HTMLParser):
    """Every address that a page leads to or needs."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src", "action") and value:
                self.found.add(value)


def links(key, body):
    """The addresses that an object leads to."""
    text = body.decode()
    if key.endswith(".html"):
        parser = Links()
        parser.feed(text)
        return parser.found
    if key.startswith("sitemap"):
        return set(re.findall("<loc>(.*?)</loc>", text))
    if key.endswith("feed.xml"):
        return set(re.findall("<link>(.*?)</link>", text))
    return set()


def keys_of(address, key):
    """The keys under which what is at an address may be; none where it is not ours."""
    page = SITE + "/" + key.removesuffix("index.html")
    whole = urllib.parse.urlsplit(urllib.parse.urljoin(page, address))
    if whole.netloc != urllib.parse.urlsplit(SITE).netloc:
        return None
    path = posixpath.normpath(urllib.parse.unquote(whole.path).lstrip("/") or ".")
    if path == ".":
        return ["index.html"]
    if whole.path.endswith("/"):
        return [f"{path}/index.html"]
    return [path, f"{path}/index.html"]


def follow(store, start, prefix="", looked=None):
    """What is linked and not there, as (from, to), of whoever begins at these names and follows every link.

    What nothing leads to yet may lead to what is not there yet."""
    seen, found = set(), []
    queue = [(name, [name], None) for name in ["index.html", *sorted(start)]]
    while queue:
        address, names, origin = queue.pop()
        key, body = next(((name, body) for name in names if (body := store.get(prefix + name)) is not None), (None, None))
        if key is None:
            # Where it is from may have been replaced since it was read: then that is what counts.
            now = origin and store.get(prefix + origin)
            if now and address in links(origin, now):
                found.append((origin, address))
            continue
        for address in links(key, body):
            names = keys_of(address, key)
            if names and names[0] not in seen:
                seen.add(names[0])
                queue.append((address, names, key))
        if looked is not None:
            looked.append(key)
    return found
