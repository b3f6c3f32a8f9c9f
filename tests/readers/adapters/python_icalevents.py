"""icalevents, with `strict` so that whole days stay dates."""

import icalevents.icalevents

import protocol


def read(text, first, last):
    window = {"start": protocol.midnight(first), "end": protocol.midnight(last)}
    for event in icalevents.icalevents.events(string_content=text, strict=True, **window):
        yield protocol.event(event.start, event.end, event.summary, event.status)


protocol.run(read)
