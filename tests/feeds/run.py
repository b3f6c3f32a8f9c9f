"""Have every feed that Convene publishes read by foreign readers, and compare with what is in it.

usage: run.py CONVENE CONTENT [CONTENT ...]

Each CONTENT is a content folder; `as-of.txt` beside it, where there is one, is the moment. Then some
of the readers follow a community through changes. README.md in this folder tells how it is made.
"""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

# What is served is told as for the readers of calendars.
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "readers"))

import feeds
import known
import opml
import scenario
import served
import table
import truth
from compare import compare
from readers import all_readers


def main(binary, folders):
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        os.environ.pop(name, None)  # only loopback is asked
    contents = [served.Content.at(pathlib.Path(folder)) for folder in folders]
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        # Two at a time, since most readers have one thread.
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=2))
        sites = {content: exported(binary, content, scratch) for content in contents}
        wanted, laws = {}, []
        for content, site in sites.items():
            server = stack.enter_context(served.Server(binary, content))
            for feed in feeds.published(content, site, server.root):
                wanted[feed] = truth.wanted(feed)
                laws += [(feed, law) for law in truth.broken_laws(wanted[feed], content.as_of)]
        outcomes = list(read_all(pool, wanted))
        lists = [check for checks in pool.map(opml.checks, sites, sites.values()) for check in checks]
    status = report(wanted, outcomes, laws, lists)
    return scenario.main(binary) or status


def exported(binary, content, scratch):
    """The tree of files that Convene makes of the content."""
    site = scratch / content.name
    subprocess.run([binary, "build", "--out", str(site), *content.args()], check=True, capture_output=True)
    return site


def read_all(pool, wanted):
    """What came of each reader and feed."""
    given = {reader: [feed for feed in wanted if feed.format in reader.formats] for reader in all_readers()}
    answers = pool.map(answers_of, given, given.values())
    for (reader, its), answer in zip(given.items(), answers):
        yield from (compare(reader, feed, wanted[feed], answer.get(feed)) for feed in its)


def answers_of(reader, given):
    """The reader's answers; why it has none for any feed, where it fails as a whole."""
    try:
        return reader.read(given)
    except Exception as raised:
        return dict.fromkeys(given, feeds.Answer(error=f"{type(raised).__name__}: {raised}"[:300]))


def report(wanted, outcomes, laws, lists):
    """Prints everything; gives the exit status."""
    met, stale = known.explain(outcomes)
    print(*table.of_checks(outcomes, met), *table.of_lists(lists), sep="\n\n", end="\n\n")
    told = [
        *(f"known {each.reader}, {each.format}: {each.why}" for each in met),
        *(f"known {reader}, {opml.PATH}: {why}" for reader, (_, why) in known.IMPORTED.items()),
        *table.failures(outcomes),
        *(f"FAIL {each.reader}, {each.format}, {each.check}: known, but it no longer occurs: {each.why}" for each in stale),
        *(f"FAIL {feed.name}: {law}" for feed, law in laws),
        *(f"FAIL {each.reader}, {each.content}, {opml.PATH}: {each.mistakes}" for each in lists if each.mistakes),
    ]
    print(*told, sep="\n")
    fine = [not outcome.differences for outcome in outcomes] + [not each.mistakes for each in lists]
    passed, failed = fine.count(True), fine.count(False) + len(laws) + len(stale)
    print(f"{len(wanted)} feeds: {passed} passed, {failed} failed\n")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
