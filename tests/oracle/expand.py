"""Recurrence rules and what python-dateutil makes of them, for Convene's tests to agree with.

usage: expand.py            writes rules.txt beside this file again
       expand.py --check    fails if that would change it

Every rule is built around its start, a date between 2020 and 2040, so that it falls on it; it is
expanded to the end of 2040 in local time, and each local time becomes an instant by zoneinfo with
the tzdata package: of a time that is skipped by the offset before (RFC 5545 section 3.3.5), of a
time that is shown twice the first.
"""

import calendar
import datetime as dt
import hashlib
import itertools
import pathlib
import random
import sys
import zoneinfo

from dateutil.rrule import rrulestr

COUNT = 2400
FIRST, END = dt.date(2020, 1, 1), dt.datetime(2041, 1, 1)
FILE = pathlib.Path(__file__).with_name("rules.txt")
HEADER = """\
# Made by expand.py; do not edit. Each line is a rule and what python-dateutil makes of it to 2040:
# start | zone | RECUR value | the same as `every` and `on` or - | how many | first three .. last | hash
# The hash is the start of the SHA-256 of all instants, each as eight bytes: seconds since 1970, the lowest byte first.
"""
# Summer time of an hour and of half an hour, on both hemispheres, on two sides of UTC, by rules
# that move with Ramadan, at midnight, given up in the meantime, and none at all.
ZONES = """America/Los_Angeles America/New_York America/St_Johns America/Sao_Paulo America/Santiago
    America/Nuuk America/Vancouver Africa/Cairo Africa/Casablanca Europe/London Europe/Berlin
    Asia/Jerusalem Asia/Tehran Asia/Kolkata Asia/Tokyo Australia/Sydney Australia/Lord_Howe
    Pacific/Auckland Pacific/Apia Etc/UTC""".split()
TIMES = [dt.time(10), dt.time(1, 30), dt.time(2, 30), dt.time(23, 30)]
DAYS = "MO TU WE TH FR SA SU".split()
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


class Chance:
    """Choices made by the one method whose results Python promises to keep."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def number(self, first, last):
        return first + int(self.random() * (last - first + 1))

    def one(self, items):
        return items[self.number(0, len(items) - 1)]

    def some(self, items, most):
        """One to `most` of the items, in their order."""
        picked = {self.number(0, len(items) - 1) for _ in range(self.number(1, most))}
        return [items[i] for i in sorted(picked)]

    def with_some(self, value, items, most):
        """The value and maybe some of the items, in no special order but without repeats."""
        others = self.some(items, most) if self.random() < 0.6 else []
        return list(dict.fromkeys([value, *others]))


def month_length(day):
    return calendar.monthrange(day.year, day.month)[1]


def year_length(day):
    return 365 + calendar.isleap(day.year)


def nth(day, first, length):
    """Which such weekday of a period a day is, from its start and from its end."""
    place = (day - first).days
    return place // 7 + 1, -((length - 1 - place) // 7 + 1)


def nth_of_month(day):
    return nth(day, day.replace(day=1), month_length(day))


def nth_of_year(day):
    return nth(day, day.replace(month=1, day=1), year_length(day))


def part(name, values):
    return f"{name}={','.join(map(str, values))}"


def interval(chance, most):
    n = chance.one([1, 1, chance.number(1, most)])
    return n, ([] if n == 1 else [f"INTERVAL={n}"])


def worded(n, unit, days):
    return f"{unit if n == 1 else f'{n} {unit}s'}: {', '.join(map(str, days))}"


def weekly(chance, day):
    """Every n weeks on several days, maybe with weeks that begin on another day than Monday."""
    n, parts = interval(chance, 8)
    days = sorted(chance.with_some(day.weekday(), range(7), 4))
    rule = ["FREQ=WEEKLY", *parts, part("BYDAY", [DAYS[d] for d in days])]
    if chance.random() < 0.3:
        return [*rule, f"WKST={chance.one(DAYS)}"], None
    return rule, worded(n, "week", [calendar.day_name[d] for d in days])


def in_month(chance, day):
    """Days of a month in two forms: as a part and in words."""
    if chance.random() < 0.4:
        numbers = sorted(chance.with_some(day.day, range(1, 32), 3))
        return part("BYMONTHDAY", numbers), numbers
    from_start, from_end = nth_of_month(day)
    own = chance.one([from_start, from_end if from_end == -1 else from_start]), day.weekday()
    others = [(n, d) for n in ORDINALS for d in range(7)]
    days = chance.with_some(own, others, 3)
    words = [f"{ORDINALS[n]} {calendar.day_name[d]}" for n, d in days]
    return part("BYDAY", [f"{n}{DAYS[d]}" for n, d in days]), words


def monthly(chance, day):
    """Numbered days and n-th weekdays of every n months."""
    n, parts = interval(chance, 12)
    days, words = in_month(chance, day)
    return ["FREQ=MONTHLY", *parts, days], worded(n, "month", words)


def yearly(chance, day):
    """The same of one month of every n years."""
    n, parts = interval(chance, 4)
    days, words = in_month(chance, day)
    return ["FREQ=YEARLY", *parts, f"BYMONTH={day.month}", days], worded(n, "year", words)


def bare(chance, day):
    """Rules that leave the day to their start."""
    freq = chance.one(["WEEKLY", "MONTHLY", "YEARLY"])
    rule = [f"FREQ={freq}", *interval(chance, 5)[1]]
    if chance.random() < 0.4:
        rule.append(part("BYMONTH", chance.with_some(day.month, range(1, 13), 5)))
    return rule, None


def daily(chance, day):
    """Every n days, within limits."""
    rule = ["FREQ=DAILY", *interval(chance, 45)[1]]
    return rule + limits(chance, day, 0.5), None


def weekly_within_months(chance, day):
    rule, _ = weekly(chance, day)
    return [*rule, part("BYMONTH", chance.with_some(day.month, range(1, 13), 6))], None


def limits(chance, day, likely):
    """Parts that the day fits, each as likely as that."""
    month_day = chance.one([day.day, day.day - month_length(day) - 1])
    all_parts = [
        part("BYMONTH", chance.with_some(day.month, range(1, 13), 5)),
        part("BYMONTHDAY", chance.with_some(month_day, [*range(-31, 0), *range(1, 32)], 9)),
        part("BYDAY", [DAYS[d] for d in chance.with_some(day.weekday(), range(7), 4)]),
    ]
    return [p for p in all_parts if chance.random() < likely]


def numbered_days(chance, day, of_month):
    """BYDAY with numbers from either end, of the month or the year."""
    places, most = (nth_of_month(day), 5) if of_month else (nth_of_year(day), 53)
    own = chance.one(places), day.weekday()
    others = [(n, d) for n in range(-most, most + 1) if n for d in range(7)]
    return part("BYDAY", [f"{n}{DAYS[d]}" for n, d in chance.with_some(own, others, 6)])


def mixed(chance, day):
    """Any parts that may stand together in months and years."""
    freq = chance.one(["MONTHLY", "YEARLY"])
    rule = [f"FREQ={freq}", *interval(chance, 6)[1]] + limits(chance, day, 0.5)
    has = lambda name: any(p.startswith(name + "=") for p in rule)
    if not has("BYDAY") and chance.random() < 0.6:
        rule.append(numbered_days(chance, day, freq == "MONTHLY" or has("BYMONTH")))
    if freq == "YEARLY" and chance.random() < 0.4:
        place = day.timetuple().tm_yday
        own = chance.one([place, place - year_length(day) - 1])
        rule.append(part("BYYEARDAY", chance.with_some(own, [*range(-366, 0), *range(1, 367)], 30)))
    return rule, None


def positioned(chance, day):
    """BYSETPOS among the days of a month or a year."""
    rule, _ = mixed(chance, day)
    if not any(p.startswith("BY") for p in rule):
        rule.append(part("BYDAY", [DAYS[d] for d in chance.with_some(day.weekday(), range(7), 5)]))
    monthly = rule[0] == "FREQ=MONTHLY"
    first = day.replace(day=1) if monthly else day.replace(month=1, day=1)
    last = day.replace(day=month_length(day)) if monthly else day.replace(month=12, day=31)
    # A rule that leaves the day to its start has to be given it before the start is another.
    if not any(p.startswith(("BYDAY", "BYMONTHDAY", "BYYEARDAY")) for p in rule):
        rule.append(f"BYMONTHDAY={day.day}")
    text = ";".join(p for p in rule if not p.startswith("INTERVAL"))
    days = rrulestr(text, dtstart=dt.datetime.combine(first, dt.time()))
    days = [d.date() for d in itertools.takewhile(lambda d: d.date() <= last, days)]
    place = days.index(day)
    own = chance.one([place + 1, place - len(days)])
    others = [n for n in range(-len(days), len(days) + 1) if n]
    return [*rule, part("BYSETPOS", chance.with_some(own, others, 3))], None


# Each as often as it is here.
KINDS = [weekly] * 5 + [monthly] * 6 + [yearly] * 3 + [bare, daily, weekly_within_months]
KINDS += [mixed] * 5 + [positioned] * 5


def start(chance):
    """A date; every third one where calendars stumble: months' ends, leap days, years' weeks."""
    day = FIRST + dt.timedelta(chance.number(0, 365 * 19))
    return chance.one([
        day, day, day, day,
        day.replace(day=month_length(day)),
        dt.date(chance.one([2020, 2024, 2028, 2032, 2036]), 2, 29),
    ])


def seconds(local, zone):
    return int(local.replace(tzinfo=zone).timestamp())


def shown(instant):
    return dt.datetime.fromtimestamp(instant, dt.timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


def line(chance, kind):
    day, time, name = start(chance), chance.one(TIMES), chance.one(ZONES)
    parts, words = kind(chance, day)
    rule, zone, begin = ";".join(parts), zoneinfo.ZoneInfo(name), dt.datetime.combine(day, time)
    local = list(itertools.takewhile(lambda moment: moment < END, rrulestr(rule, dtstart=begin)))
    if local[0] != begin:
        sys.exit(f"{rule} does not fall on its own start, {begin}")
    instants = [seconds(moment, zone) for moment in local]
    digest = hashlib.sha256(b"".join(i.to_bytes(8, "little", signed=True) for i in instants))
    some = f"{' '.join(map(shown, instants[:3]))} .. {shown(instants[-1])}"
    fields = begin.strftime("%Y-%m-%dT%H:%M"), name, rule, words or "-", str(len(instants)), some
    return " | ".join([*fields, digest.hexdigest()[:16]])


def main():
    # Of the package alone: the system's tz data may be too old.
    zoneinfo.reset_tzpath(to=[])
    chance = Chance(5545)
    lines = [line(chance, KINDS[i % len(KINDS)]) for i in range(COUNT)]
    text = HEADER + "\n".join(lines) + "\n"
    if sys.argv[1:] != ["--check"]:
        FILE.write_text(text, encoding="utf-8")
        return
    recorded = FILE.read_text(encoding="utf-8")
    if recorded != text:
        pairs = zip(recorded.splitlines(), text.splitlines())
        differing = [f"recorded {a}\n     now {b}" for a, b in pairs if a != b]
        sys.exit("\n".join([f"{FILE.name} is not what python-dateutil says:", *differing[:5]]))
    print(f"{COUNT} rules: recorded as python-dateutil expands them")


main()
