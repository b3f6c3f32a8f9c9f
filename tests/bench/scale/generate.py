"""A content folder of any size: so many series with five years of minutes and recordings.

usage: generate.py N OUTDIR [--seed TEXT]

A quarter of the series meet every week, half every second week and a quarter once a month. Each has a
record of every past meeting, a cancelled and a moved date, and every other one a note on a coming date.
The same seed gives the same bytes, and the first series of a large folder are those of a small one.
"""

import argparse
import base64
import calendar
import datetime
import pathlib
import random
import zoneinfo

AS_OF = "2026-11-24T12:00:00Z"
TODAY = datetime.date(2026, 11, 24)
BEGIN = datetime.date(2021, 11, 24)
SITE = "https://calendar.example.org"
TAGS = ["build", "docs", "governance", "networking", "outreach", "release", "runtime", "security", "storage", "testing"]
ZONES = [
    "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
    "Africa/Nairobi", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
ORDINALS = ["first", "second", "third", "fourth"]
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


class Series:
    """One series, all of it from its number and the seed."""

    def __init__(self, number, seed):
        rng = random.Random(f"{seed}/{number}")
        self.slug, self.tag = f"group-{number:05}", TAGS[number % len(TAGS)]
        self.title = f"{self.tag.capitalize()} group {number}"
        self.zone = rng.choice(ZONES)
        self.at = datetime.time(rng.randrange(8, 20), rng.choice((0, 15, 30, 45)))
        weekday = rng.randrange(5)
        self.every, self.on, self.dates = repeat(number % 4, weekday, rng.randrange(4), rng.randrange(2))
        self.past = [date for date in self.dates if date < TODAY]
        # Neither is the first date, so that both are exceptions of a recurrence that has begun.
        self.cancelled, self.moved = rng.sample(self.past[1:], 2)
        self.noted = next(date for date in self.dates if date > TODAY) if number % 2 else None
        self.videos = rng.randbytes(8 * len(self.past))

    def recorded(self):
        """The past dates that took place."""
        return [date for date in self.past if date != self.cancelled]

    def files(self):
        """Name and text of each file."""
        yield "series.md", self.series()
        yield "records.toml", self.records()
        before = f"announced = {instant(self.cancelled - DAY)}"
        yield f"{self.cancelled}.md", f'+++\ncancelled = "No topics"\n{before}\n+++\n'
        to = datetime.datetime.combine(self.moved, self.at) + HOUR
        before = f"announced = {instant(self.moved - DAY)}"
        yield f"{self.moved}.md", f"+++\nmoved-to = {to.isoformat()}\n{before}\n+++\n"
        if self.noted:
            yield f"{self.noted}.md", f"+++\nupdated = {instant(TODAY - DAY)}\n+++\nA guest from the {self.tag} group next door.\n"

    def series(self):
        return f"""+++
title = "{self.title}"
join = "https://meet.example.org/{self.slug}"
agenda = "https://notes.example.org/{self.slug}"
tags = ["{self.tag}"]
holidays = ["shared"]
updated = {instant(BEGIN - DAY)}

[[slot]]
from = {self.dates[0]}
every = "{self.every}"
on = "{self.on}"
at = "{self.at:%H:%M}"
zone = "{self.zone}"
+++
The {self.tag} group looks after what its name says. **Everyone is welcome:** topics go into the
[agenda](https://notes.example.org/{self.slug}), and minutes and recordings follow within a day.
"""

    def records(self):
        zone, parts = zoneinfo.ZoneInfo(self.zone), []
        for index, date in enumerate(self.past):
            if date == self.cancelled:
                continue
            video = base64.urlsafe_b64encode(self.videos[8 * index : 8 * index + 8])[:11].decode()
            start = datetime.datetime.combine(date, self.at, zone)
            published = datetime.datetime.combine(date, self.at) - start.utcoffset() + 3 * HOUR
            parts.append(
                f'[[record]]\ndate = {date}\nminutes = "https://notes.example.org/{self.slug}/{date}"\n'
                f'recording = "https://youtu.be/{video}"\npublished = {published.isoformat()}Z\n'
            )
        return "\n".join(parts)


def repeat(kind, weekday, ordinal, week):
    """How a series repeats, in the content's words, and its dates until some weeks after today."""
    end = TODAY + 70 * DAY
    if kind == 0:
        ordinal_day = f"{ORDINALS[ordinal]} {WEEKDAYS[weekday]}"
        months = [(BEGIN.year + month // 12, month % 12 + 1) for month in range(BEGIN.month, BEGIN.month + 64)]
        dates = (nth(year, month, weekday, ordinal) for year, month in months)
        return "month", ordinal_day, [date for date in dates if date <= end]
    step = 1 if kind == 1 else 2
    first = BEGIN + (weekday - BEGIN.weekday()) % 7 * DAY + 7 * (week if step == 2 else 0) * DAY
    dates = [first + 7 * step * index * DAY for index in range((end - first).days // (7 * step) + 1)]
    return ("week" if step == 1 else "2 weeks"), WEEKDAYS[weekday], dates


def nth(year, month, weekday, ordinal):
    first = calendar.monthrange(year, month)[0]
    return datetime.date(year, month, 1 + (weekday - first) % 7 + 7 * ordinal)


def instant(date):
    return f"{date}T12:00:00Z"


def write(folder, count, seed="1"):
    """Writes the folder and gives its series."""
    every = [Series(number, seed) for number in range(count)]
    for name, text in community():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for series in every:
        home = folder / "meetings" / series.slug
        home.mkdir(parents=True)
        for name, text in series.files():
            (home / name).write_text(text)
    return every


def community():
    yield "site.toml", f"""name = "Scale"
slug = "scale"
description = "A community as large as one likes."
url = "{SITE}"
uid-domain = "example.org"
zone = "Etc/UTC"
language = "en"
"""
    yield "community.md", "+++\ntitle = \"Scale\"\n+++\nWelcome to every meeting there is.\n"
    days = [(day, name) for day, name in (("01-01", "New Year's Day"), ("05-01", "Labour Day"), ("12-25", "Christmas Day"))]
    listed = [f'[[holiday]]\ndate = {year}-{day}\nname = "{name}"\n' for year in range(2021, 2029) for day, name in days]
    yield "holidays/shared.toml", "\n".join(listed)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("series", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", default="1")
    args = parser.parse_args()
    write(args.folder, args.series, args.seed)


if __name__ == "__main__":
    main()
