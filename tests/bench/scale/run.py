"""Whether the server's cost grows in a straight line with the number of series.

usage: run.py CONVENE [--sizes 10,100,1000,10000] [--crawl full|sample|none] [--limit-seconds N]
              [--limit-mb N] [--seed TEXT]

For each size a folder is written by generate.py and served. Times are seen by a client over one kept
connection that takes gzip; processor time and memory are the kernel's account of the server. What
takes longer than the limit, or needs more memory than it to start, is shown as `–`. Prints tables in
Markdown.
"""

import argparse
import contextlib
import os
import pathlib
import random
import statistics
import sys
import tempfile
import threading
import time

import crawl
import generate
import tables
from client import Client
from server import TooMuch, serving

COLD, EDITS, PROBES = 300, 5, 200
# Where a start takes less than this many seconds in all, it is repeated, and the median counts.
STARTS, STARTS_SECONDS = 5, 10

MONTH = f"/calendar/{generate.TODAY:%Y-%m}/"
BIG = ["/", "/scale.ics", "/feed.xml", "/archive/", MONTH, f"/tags/{generate.TAGS[0]}.ics", "/sitemap.xml"]
KINDS = {
    "a series' page": lambda series, date: f"/meetings/{series.slug}/",
    "a meeting's page": lambda series, date: f"/meetings/{series.slug}/{date}/",
    "a meeting's event.ics": lambda series, date: f"/meetings/{series.slug}/{date}/event.ics",
    "a series' calendar": lambda series, date: f"/meetings/{series.slug}.ics",
    "a series' feed": lambda series, date: f"/meetings/{series.slug}/feed.xml",
}


class Size:
    """The measurements of one size; what could not be measured is not there."""

    def __init__(self, count):
        self.count, self.got, self.kinds, self.big = count, {}, {}, {}

    @contextlib.contextmanager
    def within_limits(self, what):
        try:
            yield
        except (TooMuch, TimeoutError) as error:
            print(f"{self.count} series, {what}: {str(error) or 'no answer in time'}", file=sys.stderr)


def measure(args, count, work):
    """All of one size."""
    size, folder = Size(count), pathlib.Path(work) / str(count)
    say(f"{count} series: writing")
    every = generate.write(folder, count, args.seed)
    size.got["content"] = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    with size.within_limits("starting"):
        say(f"{count} series: starting")
        seconds, processor = [], []
        while True:
            with serving(args.convene, folder, generate.AS_OF, args.limit_seconds, args.limit_mb << 20) as (server, address, begin):
                client = Client(address, args.limit_seconds)
                answered(client, every[0])
                seconds.append(time.perf_counter() - begin)
                processor.append(server.cpu())
                if len(seconds) < STARTS and sum(seconds) < STARTS_SECONDS:
                    continue
                size.got["start"] = statistics.median(seconds)
                size.got["start cpu"] = statistics.median(processor)
                running(args, size, folder, every, server, client)
                break
    return size


def answered(client, series):
    """Asks for a calendar until there is an answer: the port is open a little later than it is told."""
    until = time.monotonic() + client.limit
    while time.monotonic() < until:
        with contextlib.suppress(ConnectionError):
            return client.get(f"/meetings/{series.slug}.ics").needed("a calendar")
        time.sleep(0.001)
    raise TooMuch("no answer in time")


def running(args, size, folder, every, server, client):
    """What is measured of a server that has been started."""
    rng = random.Random(args.seed)
    with size.within_limits("coming to rest"):
        server.settle(args.limit_seconds)
        size.got["idle"], size.got["idle anonymous"] = server.memory(), server.anonymous()
    say(f"{size.count} series: cold paths")
    with size.within_limits("cold paths"):
        cold(size, every, client, rng)
    for path in BIG:
        with size.within_limits(path):
            first, second = (client.get(path).needed(path).milliseconds for _ in range(2))
            size.big[path] = [first], [second]
    say(f"{size.count} series: edits")
    for name, way in (("renamed", rename_over), ("in place", write_in_place)):
        with size.within_limits(f"an edit, {name}"):
            edits(size, name, way, folder, rng.sample(every, min(EDITS, len(every))), server, client)
    if args.crawl != "none":
        say(f"{size.count} series: crawling")
        with size.within_limits("crawling"):
            crawled(args, size, every, server, client, rng)


def cold(size, every, client, rng):
    """The first and the second answer of random paths of each kind, each of a series of its own if there are enough."""
    for name, path in KINDS.items():
        wanted = COLD // len(KINDS)
        some = rng.sample(every, min(wanted, len(every)))
        # Of a few series there are still many meetings.
        dates = 1 if name.startswith("a series") else -(-wanted // len(some))
        paths = [path(series, date) for series in some for date in rng.sample(series.recorded(), dates)][:wanted]
        answers = [[client.get(path).needed(path).milliseconds for _ in range(2)] for path in paths]
        size.kinds[name] = tuple(zip(*answers))


def edits(size, name, way, folder, some, server, client):
    """How soon a new title is served, and what finding that out costs the server."""
    for index, series in enumerate(some):
        server.settle(client.limit)
        path, title = f"/meetings/{series.slug}.ics", f"Edit {name} {index}"
        etag = client.get(path, ()).needed(path).headers["etag"]
        before = server.cpu()
        for _ in range(PROBES):
            client.get(path, (f"If-None-Match: {etag}",))
        probe = (server.cpu() - before) / PROBES
        file = folder / "meetings" / series.slug / "series.md"
        text = "".join(f'title = "{title}"\n' if line.startswith("title = ") else line for line in file.read_text().splitlines(True))
        before, begin = server.cpu(), time.perf_counter()
        way(file, text)
        asked = poll(client, path, etag, title.encode())
        size.got.setdefault(f"edit {name}", []).append(time.perf_counter() - begin)
        server.settle(client.limit)
        size.got.setdefault("edit cpu", []).append(max(server.cpu() - before - asked * probe, 0))


def poll(client, path, etag, wanted):
    """Asks every millisecond until the bytes are there; how often."""
    until = time.monotonic() + client.limit
    for asked in range(1, 1 << 30):
        at = time.perf_counter()
        answer = client.get(path, (f"If-None-Match: {etag}",))
        if answer.status == 200:
            if wanted in answer.body:
                return asked
            etag = answer.headers["etag"]
        if time.monotonic() > until:
            raise TooMuch("the edit is not served in time")
        time.sleep(max(at + 0.001 - time.perf_counter(), 0))


def rename_over(file, text):
    new = file.with_name(".series.md.new")
    new.write_text(text)
    os.replace(new, file)


def write_in_place(file, text):
    file.write_text(text)


def crawled(args, size, every, server, client, rng):
    """Every path, or some, by two clients at once, and the memory after it."""
    paths = crawl.Paths(client, every)
    order = range(len(paths)) if args.crawl == "full" else rng.sample(range(len(paths)), min(crawl.SAMPLE, len(paths)))
    size.got["paths"], done = len(paths), []
    begin, until = time.perf_counter(), time.monotonic() + args.limit_seconds
    host, port = client.address
    threads = [
        threading.Thread(target=crawl.ask_for, args=(Client(f"http://{host}:{port}", client.limit), paths, order[start::2], until, done))
        for start in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(done) != 2:
        raise SystemExit("the crawl has ended early")
    size.got["crawled"], size.got["crawl"] = sum(done), time.perf_counter() - begin
    size.got["after"], size.got["after anonymous"], size.got["most"] = server.memory(), server.anonymous(), server.memory("VmHWM")


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("convene")
    parser.add_argument("--sizes", default="10,100,1000,10000")
    parser.add_argument("--crawl", choices=("full", "sample", "none"), default="sample")
    parser.add_argument("--limit-seconds", type=float, default=600)
    parser.add_argument("--limit-mb", type=int, default=4096)
    parser.add_argument("--seed", default="1")
    args = parser.parse_args()
    sizes = []
    for count in map(int, args.sizes.split(",")):
        with tempfile.TemporaryDirectory() as work:
            sizes.append(measure(args, count, work))
    tables.show(sizes)


if __name__ == "__main__":
    main()
