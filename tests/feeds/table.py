"""The tables, and what stands below them."""

from compare import CHECKS

FEW = 3


def of_checks(outcomes, known):
    """One row for each reader and format with the feeds and entries that it read, one column for each check."""
    rows = {}
    for outcome in outcomes:
        rows.setdefault((outcome.reader, outcome.feed.format), []).append(outcome)
    yield grid(
        ["reader", "format", "feeds", "entries", *CHECKS],
        [[*row, str(len(its)), str(sum(each.entries for each in its)), *words(row, its, known)]
         for row, its in rows.items()])


def words(row, outcomes, known):
    wrong = {difference.check for outcome in outcomes for difference in outcome.differences}
    excused = {each.check for each in known if (each.reader, each.format) == row}
    return ["FAIL" if check in wrong else "known" if check in excused else "ok" for check in CHECKS]


def of_lists(checks):
    """One row for each reader of OPML."""
    rows = {}
    for check in checks:
        rows.setdefault(check.reader, []).append(check)
    yield grid(["reader", "lists", "feeds", "texts and addresses"], [
        [reader, str(len(its)), str(sum(each.feeds for each in its)), "FAIL" if any(each.mistakes for each in its) else "ok"]
        for reader, its in rows.items()])


def grid(head, rows):
    """Lines of cells, each column as wide as its widest."""
    widths = [max(map(len, column)) for column in zip(head, *rows)]
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths)).rstrip() for row in (head, *rows))


def failures(outcomes):
    """The first few differences of each reader, format and check."""
    met = {}
    for outcome in outcomes:
        for difference in outcome.differences:
            met.setdefault((outcome.reader, outcome.feed.format, difference.check), []).append((outcome.feed, difference))
    for (reader, form, check), found in met.items():
        yield f"FAIL {reader}, {form}, {check}: {len(found)} differ"
        for feed, difference in found[:FEW]:
            yield f"       {feed.name} {difference.where}"
            yield from (f"         {word} {str(value)[:300]}" for word, value in (
                ("wanted", difference.want), ("read  ", difference.got)))
