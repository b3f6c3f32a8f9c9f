"""The table of readers and calendars, and what stands below it."""

from collections import Counter

FEW = 3


def table(counts, outcomes):
    """One row for each calendar with the number of its events, one column for each reader."""
    words = {(outcome.calendar, outcome.reader): outcome.word for outcome in outcomes}
    readers = list(dict.fromkeys(outcome.reader for outcome in outcomes))
    first = max(map(len, counts))
    yield "  ".join([" " * first, "events", *readers])
    for calendar, count in counts.items():
        cells = [f"{words.get((calendar, reader), '-'):{len(reader)}}" for reader in readers]
        yield "  ".join([f"{calendar:{first}}", f"{count:6}", *cells]).rstrip()


def failures(outcomes):
    """What each failure is about: the first few events that differ; an error that repeats is told once."""
    failed = [outcome for outcome in outcomes if outcome.word == "FAIL"]
    errors = Counter((outcome.reader, outcome.error) for outcome in failed if outcome.error)
    for (reader, error), times in errors.items():
        where = next(outcome.calendar for outcome in failed if (outcome.reader, outcome.error) == (reader, error))
        yield f"FAIL {reader}, {where}{f' and {times - 1} more' if times > 1 else ''}: {error}"
    for outcome in failed:
        if not outcome.error:
            yield f"FAIL {outcome.reader}, {outcome.calendar}: {differences(outcome)}"
            yield from (f"       missing {event}" for event in map(in_words, outcome.missing[:FEW]))
            yield from (f"       extra   {event}" for event in map(in_words, outcome.extra[:FEW]))


def differences(outcome):
    return f"{len(outcome.missing)} missing, {len(outcome.extra)} not ours"


def in_words(event):
    start, end, title, status = event
    return f"{start} – {end} {title} ({status})"


def known(outcomes):
    """Each known mistake that was met, with the calendars it was met in; one cause is told once."""
    met = {}
    for outcome in outcomes:
        for mistake in outcome.known:
            met.setdefault((mistake.reader, mistake.why), []).append(outcome.calendar)
    for (reader, why), calendars in met.items():
        yield f"known {reader}: {why}"
        yield from (f"        {calendar}" for calendar in calendars)
