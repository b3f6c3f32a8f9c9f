"""Whether a reader read a calendar as Convene says it is."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What came of one reader and one calendar."""

    reader: str
    calendar: str
    content: str
    missing: list = field(default_factory=list)  # said by Convene, not read
    extra: list = field(default_factory=list)  # read, not said by Convene
    error: str | None = None
    known: list = field(default_factory=list)  # the reader's mistakes that explain all of it

    @property
    def right(self):
        return not (self.missing or self.extra or self.error)

    @property
    def word(self):
        return "ok" if self.right else "known" if self.known else "FAIL"


def compare(reader, calendar, wanted, answer):
    """The outcome of an answer; without any answer the reader forgot the calendar."""
    if answer is None:
        return Outcome(reader, calendar.name, calendar.content.name, error="no answer for this calendar")
    want = Counter(wanted)
    got = Counter((event["start"], event["end"], event["title"], event["status"]) for event in answer["events"])
    missing, extra = sorted((want - got).elements()), sorted((got - want).elements())
    return Outcome(reader, calendar.name, calendar.content.name, missing, extra, answer["error"])


def restrictions(reader, calendar, answer):
    """The outcome of the check that a reader makes of a calendar: right where it complains of nothing."""
    answer = answer or {"error": "no answer for this calendar"}
    complaints = [*answer.get("complaints", []), *filter(None, [answer["error"]])]
    return Outcome(f"{reader}'s check", calendar.name, calendar.content.name, error="; ".join(complaints) or None)
