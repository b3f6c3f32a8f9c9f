"""Every path there is: what the sitemaps list, each meeting's file, and all calendars and feeds."""

import re
import time

import generate

# So many paths, at random, stand for all of them.
SAMPLE = 20_000

CALENDARS = [".ics"]
FEEDS = [f"/{feed}.{form}" for feed in ("feed", "reminders") for form in ("xml", "atom", "json")]
MEETING = re.compile(r"/meetings/[^/]+/\d{4}-\d{2}-\d{2}[^/]*/$")
LOC = re.compile(rb"<loc>([^<]+)</loc>")


class Paths:
    """All of them by number, without a list of millions of texts that could be made when asked for."""

    def __init__(self, client, every):
        self.pages = listed(client, "/sitemap.xml")
        self.meetings = [index for index, path in enumerate(self.pages) if MEETING.search(path)]
        homes = [f"/meetings/{series.slug}" for series in every]
        homes += [f"/tags/{tag}" for tag in sorted({series.tag for series in every})]
        self.others = [home + end for home in homes for end in CALENDARS + FEEDS] + ["/scale.ics"] + FEEDS

    def __len__(self):
        return len(self.pages) + len(self.meetings) + len(self.others)

    def __getitem__(self, index):
        for some in (self.pages, self.others):
            if index < len(some):
                return some[index]
            index -= len(some)
        return self.pages[self.meetings[index]] + "event.ics"


def listed(client, path):
    """The paths that a sitemap lists, or those of all its parts."""
    text = client.get(path, ()).needed(path).body
    paths = [address.decode().removeprefix(generate.SITE) for address in LOC.findall(text)]
    if b"<sitemapindex" in text:
        return [page for part in paths for page in listed(client, part)]
    return paths


def ask_for(client, paths, order, until, done):
    """Asks for those paths one after another while there is time; adds how many to `done`."""
    asked = 0
    for index in order:
        if time.monotonic() > until:
            break
        client.get(paths[index]).needed(paths[index])
        asked += 1
    done.append(asked)
