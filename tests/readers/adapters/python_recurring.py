"""icalendar with recurring-ical-events, from text or from jCal."""

import icalendar
import recurring_ical_events

import protocol


def read(text, first, last):
    parse = icalendar.Calendar.from_jcal if text.startswith("[") else icalendar.Calendar.from_ical
    calendar = parse(text)
    for event in recurring_ical_events.of(calendar).between(first, last):
        yield protocol.event(event["DTSTART"].dt, event["DTEND"].dt, event["SUMMARY"], event.get("STATUS"))


protocol.run(read)
