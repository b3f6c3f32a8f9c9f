"""Where a reader is known to be wrong by its own fault. Each cause was found in the reader's code or behaviour."""

import datetime as dt
from dataclasses import dataclass
from typing import Callable

from truth import MARK


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
        return [event for event in events if event[2].removeprefix(MARK) in self.titles]

    def explains(self, outcome):
        """Whether everything that differs in its share is a mistake of its kind."""
        missing, extra = self.share(outcome.missing), self.share(outcome.extra)
        return bool(missing or extra) and self.kind(missing, extra)


def other_hour(missing, extra):
    """Every event is read, but a little earlier or later: zone rules that the reader has of its own, and old ones."""
    return len(missing) == len(extra) and all(
        want[2:] == got[2:] and length(want) == length(got) and abs(moved(want, got)) <= dt.timedelta(hours=3)
        for want, got in zip(in_order(missing), in_order(extra))
    )


def other_end(missing, extra):
    """Every event is read, but ends at another time."""
    return [(start, *rest) for start, _, *rest in missing] == [(start, *rest) for start, _, *rest in extra]


def added_only(missing, extra):
    """Nothing is missing, but there are events that do not take place."""
    return not missing


def one_instead(missing, extra):
    """One event that does not take place stands where another should, or none."""
    return len(missing) <= 1 == len(extra)


def in_order(events):
    return sorted(events, key=lambda event: (event[2:], event))


def length(event):
    return moment(event[1]) - moment(event[0])


def moved(want, got):
    return moment(got[0]) - moment(want[0])


def moment(text):
    return dt.datetime.fromisoformat(text.removesuffix("Z"))


ODD = (
    "]]> </description> BEGIN:VEVENT",
    "Späti, Straße; \"quoted\" <b>bold</b> & back\\slash — 会議の議題を話し合う長い長い長い題名 🎉",
)

KNOWN = [
    Known(
        "ical-expander", "every-kind-of-rule", ("Over a change of rule",), other_hour,
        "it brings zone rules of 2020 (zones-compiled.json) and prefers them to the calendar's own, so Vancouver"
        " still changes its clocks after October 2026",
    ),
    Known(
        "ical-expander", "every-kind-of-rule", ("Birthday",), added_only,
        "it is built on ical.js 1.5, which gives a yearly rule from 29 February a 1 March in other years (mended in"
        " ical.js 2)",
    ),
    Known(
        "sabre/vobject", "text-that-needs-care", ODD, one_instead,
        "2.1 never looks for an override or an EXDATE of the first instance (RecurrenceIterator begins with it"
        " unseen)",
    ),
]


def explain(outcomes):
    """Notes in each outcome the mistakes that explain it, where they explain all of it; gives those not met any more."""
    met = set()
    for outcome in outcomes:
        if outcome.right or outcome.error:
            continue
        mistakes = [known for known in KNOWN if applies(known, outcome)]
        explained = [event for known in mistakes for event in known.share(outcome.missing + outcome.extra)]
        if sorted(explained) == sorted(outcome.missing + outcome.extra):
            outcome.known = mistakes
            met.update(mistakes)
    seen = {outcome.content for outcome in outcomes}
    return [known for known in KNOWN if known.content in seen and known not in met]


def applies(known, outcome):
    return (known.reader, known.content) == (outcome.reader, outcome.content) and known.explains(outcome)
