"""Where a reader is known to be wrong by its own fault. Each cause was found in the reader's code or behaviour."""

import datetime as dt
from dataclasses import dataclass
from typing import Callable

from truth import MARKS


@dataclass(frozen=True)
class Known:
    """A mistake of a reader: in the events with these titles of one content, of this kind, and why."""

    reader: str
    content: str
    titles: tuple
    kind: Callable
    why: str

    def share(self, events):
        """Those of the events that it is about."""
        return [event for event in events if event[2].removeprefix(MARKS["en"]) in self.titles]

    def explains(self, outcome):
        """Whether everything that differs in its share is a mistake of its kind."""
        missing, extra = self.share(outcome.missing), self.share(outcome.extra)
        return bool(missing or extra) and self.kind(missing, extra, outcome.error)


def other_hour(missing, extra, error):
    """Every event is read, but a little earlier or later: zone rules that the reader has of its own, and old ones."""
    return not error and len(missing) == len(extra) and all(
        want[2:] == got[2:] and max(moved(want[0], got[0]), moved(want[1], got[1])) <= dt.timedelta(hours=3)
        for want, got in zip(in_order(missing), in_order(extra))
    )


def other_end(missing, extra, error):
    """Every event is read, but ends an hour early or late."""
    return not error and len(missing) == len(extra) and all(
        (want[0], want[2:]) == (got[0], got[2:]) and moved(want[1], got[1]) == dt.timedelta(hours=1)
        for want, got in zip(in_order(missing), in_order(extra))
    )


def at_most(fewer, more):
    """No more than so many events are missing, and no more than so many are there that do not take place."""
    return lambda missing, extra, error: not error and len(missing) <= fewer and len(extra) <= more


def no_answer(because):
    """There is no answer at all for a calendar with these events."""
    return lambda missing, extra, error: because in (error or "")


def in_order(events):
    return sorted(events, key=lambda event: (event[2:], event))


def moved(want, got):
    """How far apart two times are."""
    return abs(moment(got) - moment(want))


def moment(text):
    return dt.datetime.fromisoformat(text.removesuffix("Z"))


ODD = (
    "]]> </description> BEGIN:VEVENT",
    "Späti, Straße; \"quoted\" <b>bold</b> & back\\slash — 会議の議題を話し合う長い長い長い題名 🎉",
)

OLD_ZONES = (
    "it brings zone rules of 2020 (zones-compiled.json) and prefers them to the calendar's own, which are right"
)
BY_THE_CLOCK = (
    "recurring-ical-events reckons a length by the clock, here that of a first date over a change of clocks; by RFC"
    " 5545, 3.8.5.3, every instance lasts exactly as long as the first"
)
FIRST_UNSEEN = (
    "2.1 never looks for an override or an EXDATE of the first instance (RecurrenceIterator begins with it unseen)"
)
EVERY_OVERRIDE = (
    "it gives ical.js no list of overrides, which then takes those of all series, so that two meetings at one"
    " instant share an override"
)
OVER_THE_GAP = (
    "libical's rules step over a skipped hour to the hour after, where the EXDATE does not hit, and come back only a"
    " week later"
)
LEAP_DAY = (
    "it is built on ical.js 1.5, which gives a yearly rule from 29 February a 1 March in other years (mended in"
    " ical.js 2)"
)

KNOWN = [
    *(
        Known(reader, "across-midnight", ("Hackathon",), other_end, BY_THE_CLOCK)
        for reader in ("recurring-ical-events", "icalendar, jCal")
    ),
    Known(
        "icalevents", "skipped-and-repeated-hours", ("In the repeated hour", "In the skipped hour"), at_most(0, 2),
        "it compares times of two Python zones, which are never equal in a skipped or repeated hour (PEP 495), so"
        " that the original of an override there stays",
    ),
    Known(
        "vobject", "zones-of-the-world", ("Casablanca",), other_hour,
        "it takes a VTIMEZONE for UTC that equals it from 2000 to 2020 (tzinfo_eq), and then puts pytz's zone in its"
        " place, whose offset stays that of the first date",
    ),
    Known("ical-expander", "every-kind-of-rule", ("Over a change of rule",), other_hour, OLD_ZONES),
    Known(
        "ical-expander", "zones-of-the-world",
        ("Apia", "Cairo", "Casablanca", "Havana", "Istanbul, since before its last change", "Nuuk", "Vancouver"),
        other_hour, OLD_ZONES,
    ),
    Known("ical-expander", "every-kind-of-rule", ("Birthday",), at_most(0, 3), LEAP_DAY),
    Known("ical-expander", "whole-days", ("Leap day",), at_most(0, 3), LEAP_DAY),
    Known(
        "ical-expander", "utc-beside-local-time", ("Fixed in London", "Fixed in UTC"), at_most(1, 1), EVERY_OVERRIDE,
    ),
    Known("ical-expander", "whole-days", ("Sprint", "Documentation day"), at_most(1, 1), EVERY_OVERRIDE),
    Known(
        "node-ical", "skipped-and-repeated-hours", ("In the repeated hour",), at_most(0, 1),
        "it reads a RECURRENCE-ID in the repeated hour as the second, though rules give the first (as RFC 5545,"
        " 3.3.5, says), so that the original of the override stays",
    ),
    *(
        Known(reader, "skipped-and-repeated-hours", ("In the skipped hour",), at_most(1, 2), OVER_THE_GAP)
        for reader in ("libical", "Evolution")
    ),
    Known(
        "KCalendarCore", "skipped-and-repeated-hours", ("In the skipped hour",), at_most(1, 0),
        "its rules give no date in a skipped hour, so that an override there takes no instance's place and is not"
        " shown; only a cancelled meeting can be there",
    ),
    Known(
        "sabre/vobject", "skipped-and-repeated-hours", ("In the skipped hour",), at_most(3, 2),
        "its rules step over a skipped hour to the hour after and stay there",
    ),
    Known("sabre/vobject", "text-that-needs-care", ODD, at_most(1, 1), FIRST_UNSEEN),
    Known("sabre/vobject", "across-midnight", ("Hackathon",), other_end, FIRST_UNSEEN),
    Known("sabre/vobject", "suspended", ("Cancelled altogether",), at_most(1, 1), FIRST_UNSEEN),
    Known(
        "sabre/vobject", "first-last-and-fifth", ("Working day before the last",), no_answer("no end after"),
        "2.1 reckons a negative BYSETPOS other than -1 to a place after the last (getMonthlyOccurrences) and looks"
        " there for ever",
    ),
]


def explain(outcomes):
    """Notes in each outcome the mistakes that explain it, where they explain all of it; gives those not met any more."""
    met = set()
    for outcome in outcomes:
        mistakes = [known for known in KNOWN if applies(known, outcome)]
        differing = outcome.missing + outcome.extra
        explained = sum((known.share(differing) for known in mistakes), [])
        if mistakes and (outcome.error or sorted(explained) == sorted(differing)):
            outcome.known = mistakes
            met.update(mistakes)
    seen = {outcome.content for outcome in outcomes}
    return [known for known in KNOWN if known.content in seen and known not in met]


def applies(known, outcome):
    return (known.reader, known.content) == (outcome.reader, outcome.content) and known.explains(outcome)
