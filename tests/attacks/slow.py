"""Clients that are slow, or never say a word: 5,000 at once, of five kinds, and slowhttptest's.

Every one is to be cut within 12 seconds of its last sign of life, at no more than 30 KB of the
server's memory each, while a good client beside them is always answered.
"""

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
        # On a busy machine the last wait with the system for a while.
        while server.descriptors() < self.base + count and time.monotonic() < self.sent + 5:
            time.sleep(0.1)

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
    """Resident memory once it has done what it does at first."""
    server.get(LARGE)
    server.rest()
    return server.memory()


def by_slowhttptest(server, name, count, limit):
    """The same for one of slowhttptest's attacks, as the server's descriptors tell it: who reads slowly learns late that it was cut."""
    memory, base = settled(server), server.descriptors() + 1
    most_memory, most, left, last = memory, 0, 0, 0.0
    command = ["slowhttptest", *SLOWHTTPTEST[name], "-c", str(count), "-r", str(count), "-l", str(limit), "-u", f"http://127.0.0.1:{server.port}{LARGE}"]
    with Good(server) as good, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT) as process:
        start = time.monotonic()
        while process.poll() is None and time.monotonic() < start + limit:
            most_memory = max(most_memory, server.memory())
            left = max(0, server.descriptors() - base)
            most, last = max(most, left), time.monotonic() - start if left else last
            time.sleep(0.1)
        process.kill()
    return name, most, most - left, last, (most_memory - memory) / count, good


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
    tests = list(SLOWHTTPTEST) if options.is_full else []
    assert not tests or shutil.which("slowhttptest"), "slowhttptest is not installed"
    attacks = [(attacked, kind) for kind in kinds] + [(by_slowhttptest, name) for name in tests]
    # Each at a server of its own, whose memory has not grown yet.
    for attack, name in attacks:
        with convene(options.convene, content, options.work) as ours:
            result = attack(ours, name, count, 45 if attack is attacked else 90)
            rows.append(row(ours, result))
            # A machine that is busy with other tests is late; slowhttptest takes a while to open all connections.
            options.fail(judge(result, LIMIT + 3 if options.is_full and attack is attacked else 60))
            options.fail(ours.panics())
    if options.is_full:
        public = export(options.convene, content, options.work / "large-public")
        for attack, name in attacks:
            with nginx(public, options.work) as theirs:
                rows.append(row(theirs, attack(theirs, name, count, 90)))
    yield from table(("server", "clients", "cut", "the last after", "memory of each", "failures of a good client"), rows)
