"""Read every calendar that Convene serves with foreign readers, and compare with what Convene says.

usage: run.py CONVENE CONTENT [CONTENT ...]

Each CONTENT is a content folder; `as-of.txt` beside it, where there is one, is the moment. Prints a
table of readers and calendars, then whatever differs. README.md in this folder tells how it is made.
"""

import contextlib
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import known
import served
import table
import truth
from compare import compare, restrictions
from readers import FIRST, LAST, READERS


def main(binary, folders):
    contents = [served.Content.at(pathlib.Path(folder)) for folder in folders]
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        wanted = {}
        for content in contents:
            site = scratch / "sites" / content.name
            subprocess.run([binary, "build", "--out", str(site), *content.args()], check=True, capture_output=True)
            server = stack.enter_context(served.Server(binary, content))
            said = truth.events_of_series(binary, content)
            for calendar in served.calendars(server, content, site, scratch / "calendars"):
                wanted[calendar] = truth.wanted(calendar, said, FIRST, LAST)
        outcomes = list(read_all(wanted))
    return report(wanted, outcomes)


def read_all(wanted):
    """What came of each reader and calendar; two readers at a time, since most of them have one thread."""
    calendars = list(wanted)
    with ThreadPoolExecutor(max_workers=2) as pool:
        given = {reader: [each for each in calendars if reader.form in each.forms] for reader in READERS}
        answers = dict(zip(READERS, pool.map(lambda reader: reader.read(given[reader]), READERS)))
    for reader, answer in answers.items():
        for calendar in given[reader]:
            asked = [event for event in wanted[calendar] if event[0] >= reader.since]
            yield compare(reader.name, calendar, asked, answer.get(calendar.name))
            if reader.checks:
                yield restrictions(reader.name, calendar, answer.get(calendar.name))


def report(wanted, outcomes):
    """Prints everything; gives the exit status."""
    stale = known.explain(outcomes)
    counts = {calendar.name: len(events) for calendar, events in wanted.items()}
    print(*table.table(counts, outcomes), *table.known(outcomes), *table.failures(outcomes), sep="\n")
    for mistake in stale:
        print(f"FAIL {mistake.reader}, {mistake.content}: known, but it no longer occurs: {mistake.why}")
    fine = [outcome.word != "FAIL" for outcome in outcomes]
    passed, failed = fine.count(True), fine.count(False) + len(stale)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
