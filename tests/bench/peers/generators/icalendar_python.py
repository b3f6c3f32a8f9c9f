"""Calendars by Python's icalendar, which writes VTIMEZONE by itself, or is given it.

usage: icalendar_python.py MODEL OUT ROUNDS SECONDS [given]; prints the best microseconds of a run.
"""

import datetime
import json
import sys
import time
import zoneinfo

from icalendar import Calendar, Event, Timezone, vDuration


def moment(text, zone):
    at = datetime.datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")
    return at.replace(tzinfo=datetime.timezone.utc if text.endswith("Z") else zone)


def values(event, zone):
    """The event's values in types of the language, under the names of their properties."""
    got = {name: event[name] for name in ("uid", "sequence", "summary", "description", "location", "url", "status", "class", "transp")}
    for name in ("dtstamp", "last-modified", "dtstart", "dtend", "recurrence-id"):
        got[name] = event[name] and moment(event[name], zone)
    parts = (part.split("=") for part in event["rrule"].split(";")) if event["rrule"] else ()
    got["rrule"] = {name: value.split(",") for name, value in parts} or None
    got["exdate"] = [moment(date, zone) for date in event["exdate"]] or None
    return [(name, value) for name, value in got.items() if value is not None], event["conference"]


def write(properties, events, zone):
    calendar = Calendar()
    for name, value in properties:
        calendar.add(name, value)
    if zone:
        calendar.add_component(zone)
    for given, conference in events:
        event = Event()
        for name, value in given:
            event.add(name, value)
        event.add("conference", conference, parameters={"VALUE": "URI", "LABEL": "Join"})
        calendar.add_component(event)
    if not zone:
        calendar.add_missing_timezones()
    return calendar.to_ical()


def best(work, rounds, seconds):
    times = []
    for _ in range(rounds + 1):
        begin, runs, taken = time.process_time(), 0, 0
        while taken < seconds or not runs:
            work()
            runs += 1
            taken = time.process_time() - begin
        times.append(taken / runs)
    return min(times[1:]) * 1e6


def main():
    model = json.load(open(sys.argv[1]))
    events = [values(event, zoneinfo.ZoneInfo(model["zone"])) for event in model["events"]]
    properties = [(name, vDuration.from_ical(value) if name == "refresh-interval" else value) for name, value in model["properties"]]
    zone = Timezone.from_ical(model["vtimezone"]) if sys.argv[5:] == ["given"] else None
    with open(sys.argv[2], "wb") as out:
        out.write(write(properties, events, zone))
    print(best(lambda: write(properties, events, zone), int(sys.argv[3]), float(sys.argv[4])))


main()
