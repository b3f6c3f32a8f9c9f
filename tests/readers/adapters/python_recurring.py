"""icalendar with recurring-ical-events."""

import icalendar
import recurring_ical_events

import protocol


def read(text, first, last):
    calendar = icalendar.Calendar.from_ical(text)
    for event in recurring_ical_events.of(calendar).between(first, last):
        yield protocol.event(event["DTSTART"].dt, event["DTEND"].dt, event["SUMMARY"], event.get("STATUS"))


protocol.run(read)
