"""A soak: edits, failing sources, slow clients and herds at once, for as long as one likes, on loopback.

usage: soak.py CONVENE CONTENT [--minutes N]

A copy of the content is edited all the time, also with mistakes; the collector asks an upstream that
answers badly; and readers check each answer: never an error, and never two bodies with one ETag. At
the end: requests, failures, mismatches, the slope of the memory, descriptors. Exit status 1 where any is bad.
"""

import argparse
import gzip
import hashlib
import pathlib
import random
import re
import shutil
import sys
import tempfile
import threading
import time

import servers
import slow
import upstream

PATHS = [
    "/", "/oci.ics", "/calendar.ics", "/meetings/oci-weekly.ics", "/feed.xml", "/feed.atom", "/feed.json", "/reminders.xml", "/follow.opml",
    "/meetings/oci-weekly/", "/archive/", "/calendar/", "/next.json", "/next.svg", "/embed.js", "/style.css", "/sitemap.xml", "/status.json", "/metrics",
    "/oci.ics?cancelled=mark", "/oci.ics?alarm=15m,1d", "/oci.ics?past=90d", "/oci.ics?flat=utc", "/oci.jcal.json", "/oci.jscal.json",
    "/api/series", "/api/occurrences?from=2026-12-01&to=2026-12-31", "/healthz", "/readyz",
]
READERS, HERD, SLOW = 3, 300, 150
# The most that memory may grow in an hour where the soak is long enough to tell, in MB.
SLOPE, LONG_ENOUGH = 1.0, 15


class Tally:
    """What all readers together have seen."""

    def __init__(self):
        self.lock, self.requests, self.failures, self.mismatches = threading.Lock(), 0, [], []
        self.bodies, self.tags = {}, {}

    def had(self, path):
        """An ETag that some reader got there before."""
        with self.lock:
            return self.tags.get(path)

    def take(self, path, asked, answer):
        """Count an answer to a request that named that ETag, and judge it."""
        status, headers, body = answer
        with self.lock:
            self.requests += 1
            if status == 304:
                # A tag is strong or weak, and names a coding; the state is what is left.
                if asked is None or bare(headers.get("etag")) != bare(asked):
                    self.mismatches.append(f"{path}: 304 with {headers.get('etag')} to {asked}")
                return
            if status != 200 or not body:
                self.failures.append(f"{path}: status {status}, {len(body)} bytes")
                return
            if headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            if "text/calendar" in headers["content-type"] and not (body.startswith(b"BEGIN:VCALENDAR\r\n") and body.endswith(b"END:VCALENDAR\r\n")):
                self.mismatches.append(f"{path}: not a whole calendar")
            if etag := headers.get("etag"):
                self.tags[path] = etag
                digest = hashlib.sha256(body).digest()
                if self.bodies.setdefault((path, bare(etag)), digest) != digest:
                    self.mismatches.append(f"{path}: two bodies with {etag}")

    def fail(self, path, error):
        with self.lock:
            self.requests += 1
            self.failures.append(f"{path}: {error!r}")


def bare(etag):
    """The part of an ETag that all codings of a document share."""
    return re.sub(r"-(gzip|br)$", "", (etag or "").removeprefix("W/").strip('"'))


class Soak:
    """The server under test, and the threads that ask it, edit under it and bother it."""

    def __init__(self, server, content, tally):
        self.server, self.content, self.tally = server, content, tally
        self.is_over, self.samples, self.edits, self.herds, self.slow = threading.Event(), [], 0, 0, 0
        self.broken = []

    def run(self, seconds):
        works = [*[self.read] * READERS, self.herd, self.edit, self.bother, self.sample]
        threads = [threading.Thread(target=self.guarded, args=(work, number)) for number, work in enumerate(works)]
        for thread in threads:
            thread.start()
        self.is_over.wait(seconds)
        self.is_over.set()
        for thread in threads:
            thread.join()

    def guarded(self, work, number):
        """A thread that ends with a mistake of this program must not end unseen."""
        try:
            work(random.Random(number))
        except Exception as error:
            self.broken.append(f"{work.__name__} ended: {error!r}")
            self.is_over.set()

    def read(self, rng):
        """A reader that asks for this and that, mostly with what it has, on connections that it keeps for a while."""
        while not self.is_over.is_set():
            with self.server.connect() as client:
                for _ in range(rng.randrange(1, 50)):
                    if not self.ask(client, rng.choice(PATHS), rng) or self.is_over.wait(0.002):
                        break

    def ask(self, client, path, rng):
        """One request on a connection that stays open; whether it does."""
        asked = self.tally.had(path) if rng.random() < 0.5 else None
        try:
            client.sendall(request(path, asked, rng.random() < 0.5))
            answer = one_answer(client)
        except (OSError, ValueError, IndexError) as error:
            self.tally.fail(path, error)
            return False
        self.tally.take(path, asked, answer)
        return answer[1].get("connection") != "close"

    def herd(self, rng):
        """Many clients that ask at the same moment."""
        while not self.is_over.wait(5):
            clients = []
            for _ in range(HERD):
                path = rng.choice(PATHS[:10])
                clients.append((self.server.connect(), path, self.tally.had(path)))
            for client, path, asked in clients:
                client.sendall(request(path, asked, True))
            for client, path, asked in clients:
                try:
                    self.tally.take(path, asked, one_answer(client))
                except (OSError, ValueError, IndexError) as error:
                    self.tally.fail(path, error)
                client.close()
            self.herds += 1

    def bother(self, rng):
        """Clients that say nothing, or little, or read nothing; those that were cut are followed by others."""
        clients = []
        while not self.is_over.wait(1):
            while len(clients) < SLOW:
                first, more = rng.choice(list(slow.KINDS.values()))
                client = self.server.connect()
                client.sendall(first.replace(slow.LARGE.encode(), b"/oci.ics"))
                clients.append((client, more, time.monotonic() + rng.uniform(1, 20)))
                self.slow += 1
            clients = [each for each in clients if self.goes_on(*each)]
        for client, *_ in clients:
            client.close()

    @staticmethod
    def goes_on(client, more, until):
        """Whether a slow client goes on: it is not cut, and does not leave."""
        try:
            client.send(more)
        except OSError:
            until = 0
        if time.monotonic() < until:
            return True
        client.close()
        return False

    def edit(self, rng):
        """The content back and forth between states, two of which have mistakes; at the end as it was."""
        series = self.content / "meetings" / "oci-weekly"
        kept = {file: file.read_text() for file in (series / "series.md", self.content / "community.md", self.content / "site.toml")}
        added = series / "2027-01-14.md"
        while not self.is_over.wait(rng.uniform(0.3, 3)):
            file = rng.choice(list(kept))
            text = kept[file]
            kind = rng.randrange(5)
            if kind == 0:
                put(file, text)
            elif kind == 1:
                put(file, re.sub("OCI weekly discussion|Open Container Initiative", lambda found: found[0] + " (edited)", text, count=1))
            elif kind == 2:
                file.write_text(text[: len(text) // 2])
            elif kind == 3:
                put(added, '+++\ncancelled = "A soak"\nannounced = 2026-11-01T12:00:00Z\n+++\n')
            else:
                added.unlink(missing_ok=True)
            self.edits += 1
            if kind == 2:
                self.is_over.wait(0.5)
                put(file, text)
        for file, text in kept.items():
            put(file, text)
        added.unlink(missing_ok=True)

    def sample(self, _):
        while not self.is_over.wait(1):
            self.samples.append((time.monotonic(), self.server.memory(), self.server.descriptors()))


def put(file, text):
    """Replaces a file as editors do."""
    other = file.with_name(f".{file.name}.new")
    other.write_text(text)
    other.rename(file)


def request(path, etag, is_gzip):
    lines = [f"GET {path} HTTP/1.1", "Host: x"]
    lines += [f"If-None-Match: {etag}"] if etag else []
    lines += ["Accept-Encoding: gzip"] if is_gzip else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def one_answer(client):
    """Status, headers and body of one answer on a connection that stays open."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += more(client)
    head, _, body = received.partition(b"\r\n\r\n")
    status, headers, _ = servers.parsed(re.sub(rb"(?i)\r\ncontent-length: \d+", b"", head) + b"\r\n\r\n")
    told = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    if status == 304:
        return status, headers, body
    if not told:
        raise ValueError("an answer without Content-Length")
    while len(body) < int(told[1]):
        body += more(client)
    if len(body) > int(told[1]):
        raise ValueError("more than the answer")
    return status, headers, body


def more(client):
    piece = client.recv(1 << 16)
    if not piece:
        raise ConnectionError("closed in the middle of an answer")
    return piece


def slope(samples):
    """Memory's growth in MB an hour: least squares over the second half."""
    half = samples[len(samples) // 2 :]
    times, sizes = [at / 3600 for at, *_ in half], [memory / 1e6 for _, memory, _ in half]
    middle, mean = sum(times) / len(half), sum(sizes) / len(half)
    spread = sum((at - middle) ** 2 for at in times)
    return sum((at - middle) * (size - mean) for at, size in zip(times, sizes)) / spread if spread else 0.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("convene")
    parser.add_argument("content")
    parser.add_argument("--minutes", type=float, default=60)
    args = parser.parse_args()
    servers.own_descriptors()
    with tempfile.TemporaryDirectory() as work, upstream.failing() as faults:
        work = pathlib.Path(work)
        content = work / "content"
        shutil.copytree(args.content, content)
        collecting = ["--collect-every", "1m", "--fetch-from", f"127.0.0.1:{faults.port}"]
        with servers.convene(args.convene, content, work, *collecting, as_of=None) as server:
            server.rest()
            base, tally = server.descriptors(), Tally()
            soak = Soak(server, content, tally)
            start = time.monotonic()
            soak.run(args.minutes * 60)
            lasted = (time.monotonic() - start) / 60
            # Slow clients have gone; the server sees that at once.
            server.rest()
            wrong = [*tally.failures[:10], *tally.mismatches[:10], *soak.broken, *server.panics()]
            grows, left = slope(soak.samples), server.descriptors() - base
            if lasted >= LONG_ENOUGH and grows > SLOPE:
                wrong.append(f"memory grows by {grows:.1f} MB an hour")
            if left > 2:
                wrong.append(f"{left} descriptors more than before")
            if not server.is_alive():
                wrong.append("the server has ended")
            memories = [memory / 1e6 for _, memory, _ in soak.samples]
            rows = [
                ("minutes", f"{lasted:.1f}"), ("requests", f"{tally.requests:,}"), ("failures", len(tally.failures)),
                ("body or ETag mismatches", len(tally.mismatches)), ("states seen", f"{len(tally.bodies):,}"), ("edits", f"{soak.edits:,}"),
                ("herds of 300", f"{soak.herds:,}"), ("slow clients", f"{soak.slow:,}"), ("faults of sources", f"{faults.count:,}"),
                ("memory at first, most, at last", f"{memories[0]:.1f}, {max(memories):.1f}, {server.memory() / 1e6:.1f} MB"),
                ("memory slope", f"{grows:+.1f} MB an hour"), ("descriptors", f"{base}, at last {left:+}"),
            ]
    print(*servers.table(("soak", ""), rows), *(f"FAIL {each}" for each in wrong), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
