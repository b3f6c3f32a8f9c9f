"""Read what Convene publishes with foreign readers, and compare it with what Convene says.

usage: read_back.py CONVENE CONTENT [CONTENT ...]

Each CONTENT is a content folder; `as-of.txt` beside it, where there is one, is the moment.
Calendars are expanded by icalendar + recurring-ical-events and compared, meeting by meeting, with
`convene dates --json`; feeds are read by feedparser.
"""

import datetime as dt
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import feedparser
import icalendar
import recurring_ical_events

DEFAULT_AS_OF = "2026-11-23T12:00:00Z"
FIRST, LAST = dt.date(2004, 1, 1), dt.date(2031, 12, 31)


def convene(binary, *args):
    return subprocess.run([binary, *args], check=True, capture_output=True, text=True).stdout


def said(binary, content, as_of, series):
    """(start, title) of every meeting that takes place, as Convene says it; a date for whole days."""
    out = convene(binary, "dates", series, "--content", content, "--as-of", as_of, "--json",
                  "--from", FIRST.isoformat(), "--to", LAST.isoformat())
    rows = [row for row in json.loads(out) if row["status"] == "confirmed"]
    return sorted((row["utc_start"] if "T" in row["start"] else row["start"], row["title"]) for row in rows)


def read(path):
    """The same of a calendar file, as a foreign reader expands it."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    events = recurring_ical_events.of(calendar).between(FIRST, LAST + dt.timedelta(days=1))
    return sorted((start_of(event), str(event["SUMMARY"])) for event in events)


def start_of(event):
    start = event["DTSTART"].dt
    if not isinstance(start, dt.datetime):
        return start.isoformat()
    return start.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def difference(want, got):
    missing, extra = [w for w in want if w not in got], [g for g in got if g not in want]
    return f"missing {missing[:3]}, not ours {extra[:3]}, {len(want)} said, {len(got)} read"


def check_calendars(binary, content, as_of, site):
    everything = []
    for folder in sorted((content / "meetings").iterdir()):
        want = said(binary, str(content), as_of, folder.name)
        everything += want
        got = read(site / "meetings" / f"{folder.name}.ics")
        yield f"meetings/{folder.name}.ics, {len(want)} meetings", want == got or difference(want, got)
    want, got = sorted(everything), read(site / "calendar.ics")
    yield f"calendar.ics, {len(want)} meetings", want == got or difference(want, got)


def check_feeds(as_of, site):
    now = time.strptime(as_of, "%Y-%m-%dT%H:%M:%SZ")
    for path in sorted(site.rglob("feed.xml")):
        feed = feedparser.parse(path.read_bytes())
        name = f"{path.relative_to(site)}, {len(feed.entries)} entries"
        yield name, mistakes_of_feed(feed, now) or True


def mistakes_of_feed(feed, now):
    entries = feed.entries
    dates = [entry.get("published_parsed") for entry in entries]
    checks = [
        (not feed.bozo, f"not well-formed: {feed.get('bozo_exception')}"),
        (feed.version == "rss20", f"read as {feed.version}"),
        (feed.feed.get("title") and feed.feed.get("link"), "no title or link"),
        (len({entry.get("id") for entry in entries}) == len(entries), "two entries with one guid"),
        (all(entry.get("title") and entry.get("author") for entry in entries), "an entry without title or author"),
        (all(dates) and dates == sorted(dates, reverse=True), "dates are missing or not newest first"),
        (all(date <= now for date in dates), "an entry from the future"),
        (len(entries) <= 50, "more than 50 entries"),
    ]
    return "; ".join(message for fine, message in checks if not fine)


def main(binary, contents):
    passed = failed = 0
    for content in map(pathlib.Path, contents):
        moment = content.parent / "as-of.txt"
        as_of = moment.read_text().strip() if moment.exists() else DEFAULT_AS_OF
        with tempfile.TemporaryDirectory() as folder:
            site = pathlib.Path(folder) / "site"
            convene(binary, "build", "--content", str(content), "--as-of", as_of, "--out", str(site))
            checks = [*check_calendars(binary, content, as_of, site), *check_feeds(as_of, site)]
        for name, outcome in checks:
            passed, failed = passed + (outcome is True), failed + (outcome is not True)
            print("ok  " if outcome is True else "FAIL", f"{content}: {name}", "" if outcome is True else outcome)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
