"""vobject: it expands rules; overrides are put in place by their RECURRENCE-ID, as its users do."""

import datetime as dt
import itertools

import vobject

import protocol


def read(text, first, last):
    forget_zones()
    calendar = vobject.readOne(text)
    events = calendar.contents.get("vevent", [])
    for _, group in itertools.groupby(events, lambda event: event.uid.value):
        components = list(group)
        overrides = {event.recurrence_id.value: event for event in components if hasattr(event, "recurrence_id")}
        for event in overrides.values():
            yield as_event(event, event.dtstart.value)
        for master in components:
            if not hasattr(master, "recurrence_id"):
                starts = [start for start in starts_of(master, last) if start not in overrides]
                yield from (as_event(master, start) for start in starts)


def forget_zones():
    """The first VTIMEZONE of a name would stand for those of every later calendar of this process."""
    vars(vobject.icalendar)["__tzidMap"].clear()
    vobject.icalendar.registerTzid("UTC", vobject.icalendar.utc)


def starts_of(event, last):
    """The starts that the rules of a component give, its EXDATEs taken away."""
    start = event.dtstart.value
    rules = event.getrruleset(addRDate=True)
    if rules is None:
        return [start]
    if not isinstance(start, dt.datetime):
        end = dt.datetime.combine(last, dt.time())
        return [found.date() for found in itertools.takewhile(lambda found: found < end, rules)]
    end = protocol.midnight(last)
    return list(itertools.takewhile(lambda found: found < end, rules))


def as_event(component, start):
    """The component's event at a start; it lasts exactly as long as the component, over any change of clocks."""
    lasts = exact(component.dtend.value) - exact(component.dtstart.value)
    status = getattr(component, "status", None)
    return protocol.event(start, exact(start) + lasts, component.summary.value, status and status.value)


def exact(value):
    """A time in UTC, since Python subtracts times of one zone by their clock; a date as it is."""
    return value.astimezone(dt.timezone.utc) if isinstance(value, dt.datetime) else value


protocol.run(read)
