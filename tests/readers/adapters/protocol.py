"""What the adapters in Python share: the calendars in, the events out.

An adapter is a command `ADAPTER FROM TO`. It reads a JSON list of calendars on standard input and prints
an object with the events that each has from the date FROM up to TO; tests/readers/README.md has the shapes.
"""

import datetime as dt
import json
import sys


def run(read):
    """The whole adapter; `read(text, first, last)` gives `event(…)`s of a calendar, some outside the window."""
    first, last = map(dt.date.fromisoformat, sys.argv[1:3])
    answers = {}
    for calendar in json.load(sys.stdin):
        with open(calendar["file"], encoding="utf-8", newline="") as file:
            text = file.read()
        try:
            found = [event for event in read(text, first, last) if str(first) <= event["start"] < str(last)]
            answers[calendar["name"]] = {"events": found, "error": None}
        except Exception as error:  # whatever a foreign reader throws is its answer
            answers[calendar["name"]] = {"events": [], "error": f"{type(error).__name__}: {error}"[:300]}
    json.dump(answers, sys.stdout)


def event(start, end, title, status):
    """One event in the protocol's shape; dates are whole days, the rest must know its zone."""
    status = str(status or "CONFIRMED").lower()
    return {"start": moment(start), "end": moment(end), "title": str(title), "status": status}


def moment(value):
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise ValueError(f"{value} has no zone")
    return value.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def midnight(date):
    """The beginning of a date in UTC."""
    return dt.datetime.combine(date, dt.time(), dt.timezone.utc)
