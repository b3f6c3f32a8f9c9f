"""ical, as Home Assistant's remote calendars use it: the compatibility mode, one calendar, its timeline."""

import zoneinfo

from ical.calendar_stream import IcsCalendarStream
from ical.compat import enable_compat_mode

import protocol


def read(text, first, last):
    with enable_compat_mode(text) as compatible:
        calendar = IcsCalendarStream.calendar_from_ics(compatible)
    timeline = calendar.timeline_tz(zoneinfo.ZoneInfo("UTC"))
    for event in timeline.overlapping(protocol.midnight(first), protocol.midnight(last)):
        status = event.status.value if event.status else None
        yield protocol.event(event.start, event.end, event.summary, status)


protocol.run(read)
