"""Clients that are slow, or never say a word: 5,000 at once, of five kinds, and slowhttptest's.

Every one is to be cut within 12 seconds of its last sign of life, at no more than 30 KB of the
server's memory each, while a good client beside them is always answered.
"""

import re
import selectors
import shutil
import subprocess
import threading
import time

from servers import LARGE, convene, export, large_content, nginx, table

# Seconds within which each kind has to be cut, and bytes of memory for each client.
LIMIT, MEMORY = 12.0, 30_000
GET = b"GET %s HTTP/1.1\r\nHost: x\r\n"
# What each kind sends at first, and then every second.
KINDS = {
    "says nothing": (b"", b""),
    "a byte of a header each second": (GET % b"/robots.txt" + b"X-A: b", b"c"),
    "a header each second": (GET % b"/robots.txt", b"X-A: b\r\n"),
    "half a head, then nothing": (GET % b"/robots.txt" + b"X-A", b""),
    "asks and never reads": (GET % LARGE.encode() + b"\r\n", b""),
}
# Its options for -H (heads), -B (bodies) and -X (reading), as its manual has them in examples.
SLOWHTTPTEST = {
    "slowhttptest -H": ["-H", "-i", "10", "-x", "24"],
    "slowhttptest -B": ["-B", "-i", "10", "-s", "8192", "-x", "10", "-t", "POST"],
    "slowhttptest -X": ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"],
}


class Good(threading.Thread):
    """A client that asks again and again while the others are there."""

    def __init__(self, server, pause=0.02):
        super().__init__(daemon=True)
        self.server, self.pause, self.is_over = server, pause, threading.Event()
        self.times, self.failures = [], []

    def run(self):
        while not self.is_over.wait(self.pause):
            start = time.monotonic()
            try:
                status, _, body = self.server.get("/robots.txt")
                if status != 200 or not body:
                    self.failures.append(f"status {status}, {len(body)} bytes")
            except (OSError, ValueError, IndexError) as error:
                self.failures.append(repr(error))
            self.times.append(time.monotonic() - start)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.join()

    @property
    def slowest(self):
        return f"{max(self.times) * 1000:.0f} ms"


class Crowd:
    """Many clients of one kind, and when each was cut."""

    def __init__(self, server, kind, count):
        self.server, self.base = server, server.descriptors()
        self.first, self.more = KINDS[kind]
        self.is_reading = kind != "asks and never reads"
        self.selector, self.cut, self.open = selectors.DefaultSelector(), [], {}
        for _ in range(count):
            client = server.connect(receive_buffer=None if self.is_reading else 4096)
            client.sendall(self.first)
            client.setblocking(False)
            if self.is_reading:
                self.selector.register(client, selectors.EVENT_READ)
            self.open[client] = time.monotonic()
        self.sent = time.monotonic()

    def wait(self, limit):
        """Do as that kind does until all are cut, or for so many seconds."""
        until, next_more = self.sent + limit, time.monotonic() + 1
        while self.open and time.monotonic() < until:
            if not self.is_reading:
                self.count()
                continue
            for key, _ in self.selector.select(0.1):
                self.look(key.fileobj)
            if self.more and time.monotonic() >= next_more:
                next_more += 1
                for client in list(self.open):
                    try:
                        client.send(self.more)
                    except OSError:
                        self.end(client)

    def count(self):
        """Who never reads never learns that it was cut: the server's descriptors tell."""
        time.sleep(0.1)
        # One more may be the good client's.
        left = max(0, self.server.descriptors() - self.base - 1)
        for client in list(self.open)[: max(0, len(self.open) - left)]:
            self.cut.append(time.monotonic() - self.open.pop(client))
            client.close()

    def look(self, client):
        """What there is to read; an answer, such as 408, is read up to the end."""
        try:
            if self.is_reading and client.recv(1 << 16):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.end(client)

    def end(self, client):
        self.cut.append(time.monotonic() - self.open.pop(client))
        self.selector.unregister(client)
        client.close()

    def leave(self):
        for client in list(self.open):
            client.close()
        self.selector.close()
        self.open.clear()


def attacked(server, kind, count, limit):
    """A row: the kind, how many were cut, when the last was, memory of each, what a good client saw."""
    base = settled(server)
    with Good(server) as good:
        crowd = Crowd(server, kind, count)
        time.sleep(1)
        each = (server.memory() - base) / count
        crowd.wait(limit)
        cut, last = len(crowd.cut), max(crowd.cut, default=0)
        crowd.leave()
    return kind, count, cut, last, each, good


def settled(server):
    """Resident memory once the clients of before have gone."""
    server.get(LARGE)
    server.rest()
    return server.memory()


def by_slowhttptest(server, name, count, seconds):
    """The same for one of slowhttptest's attacks."""
    base = settled(server)
    most = base
    command = ["slowhttptest", *SLOWHTTPTEST[name], "-c", str(count), "-r", str(count // 2), "-l", str(seconds), "-u", f"http://127.0.0.1:{server.port}{LARGE}"]
    with Good(server) as good:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            while process.poll() is None:
                most = max(most, server.memory())
                time.sleep(0.1)
            told = re.sub(r"\x1b\[[\d;]*[A-Za-z]", "", process.stdout.read())
    ended = re.search(r"Exit status:\s*(.*)", told)
    second = re.search(r"Test ended on (\d+)", told)
    left = re.findall(r"connected:\s*(\d+)", told)
    last = int(second[1]) if second else seconds
    cut = count - (int(left[-1]) if left else 0)
    return f"{name} ({ended[1].strip() if ended else 'no status'})", count, cut, last, (most - base) / count, good


def row(server, result):
    kind, count, cut, last, each, good = result
    return server.name, kind, f"{cut:,} of {count:,}", f"{last:.1f} s", f"{each / 1000:.1f} KB", f"{len(good.failures)} of {len(good.times)}, at most {good.slowest}"


def judge(result, limit):
    """What is wrong with what became of a crowd at Convene, whose last has to be cut after so many seconds."""
    kind, count, cut, last, each, good = result
    if cut < count:
        yield f"{kind}: {count - cut} of {count} are still open"
    if last > limit:
        yield f"{kind}: the last was cut after {last:.1f} s"
    if each > MEMORY:
        yield f"{kind}: {each:.0f} bytes for each"
    yield from (f"{kind}: a good client: {failure}" for failure in good.failures[:3])


def run(options):
    """Every kind after the other; in the short form only those that differ most, and nothing of nginx."""
    count, content, rows = 5000, large_content(options.work), []
    kinds = list(KINDS) if options.is_full else ["a byte of a header each second", "asks and never reads"]
    with convene(options.convene, content, options.work) as ours:
        results = [attacked(ours, kind, count, 45) for kind in kinds]
        if options.is_full:
            assert shutil.which("slowhttptest"), "slowhttptest is not installed"
            results += [by_slowhttptest(ours, name, count, 40) for name in SLOWHTTPTEST]
        rows += [row(ours, result) for result in results]
        for result in results:
            # A machine that is busy with other tests is late.
            options.fail(judge(result, LIMIT + 3 if options.is_full else 40))
        options.fail(ours.panics())
    if options.is_full:
        with nginx(export(options.convene, content, options.work / "large-public"), options.work) as theirs:
            rows += [row(theirs, attacked(theirs, kind, count, 90)) for kind in kinds]
            rows += [row(theirs, by_slowhttptest(theirs, name, count, 90)) for name in SLOWHTTPTEST]
    yield from table(("server", "clients", "cut", "the last after", "memory of each", "failures of a good client"), rows)
