"""A herd: 10,000 conditional requests at once over 2,000 connections, as when a release wakes all clients.

Nobody may be refused because of load (Thunderbird drops a calendar on one), and nobody may get an
empty or a foreign body (Evolution and Thunderbird delete every event).
"""

import hashlib
import selectors
import time

from servers import convene, nginx, table

CONNECTIONS, EACH = 2000, 5
PATHS = ["/oci.ics", "/", "/feed.xml", "/meetings/oci-weekly.ics", "/next.json"]


class Client:
    """A connection, what it asks for, and what comes back."""

    def __init__(self, server, requests):
        self.socket = server.connect()
        self.socket.setblocking(False)
        self.wanted, self.asked = list(requests), 0
        self.received = b""

    def ask(self):
        self.socket.send(self.wanted[self.asked][0])

    def read(self):
        """The answer to the request that was asked, once all of it is there."""
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionError("closed")
        self.received += piece
        head, found, rest = self.received.partition(b"\r\n\r\n")
        if not found:
            return None
        lines = head.split(b"\r\n")
        status = int(lines[0].split()[1])
        lengths = [line.split(b": ")[1] for line in lines if line.lower().startswith(b"content-length")]
        length = int(lengths[0]) if lengths and status != 304 else 0
        if len(rest) < length:
            return None
        self.received = rest[length:]
        return status, rest[:length]


def requests(server):
    """What is asked for: half by those who have it, half by those who have something older; with the answer."""
    made = []
    for path in PATHS:
        _, headers, body = server.get(path, ["Accept-Encoding: gzip"])
        known = hashlib.sha256(body).digest()
        for tag, status in ((headers["etag"], 304), ('"older"', 200)):
            head = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nIf-None-Match: {tag}\r\n\r\n"
            made.append((head.encode(), status, hashlib.sha256().digest() if status == 304 else known))
    return made


def herd(server, connections):
    """Seconds until all are answered, how many were, and every failure."""
    made = requests(server)
    clients = [Client(server, [made[(number + turn) % len(made)] for turn in range(EACH)]) for number in range(connections)]
    selector, answered, failures = selectors.DefaultSelector(), 0, []
    for client in clients:
        selector.register(client.socket, selectors.EVENT_READ, client)
    cpu, start = server.cpu(), time.monotonic()
    for client in clients:
        client.ask()
    left = connections
    while left and time.monotonic() < start + 30:
        for key, _ in selector.select(1):
            client = key.data
            try:
                answer = client.read()
                if answer is None:
                    continue
                _, status, body = client.wanted[client.asked]
                if (answer[0], hashlib.sha256(answer[1]).digest()) != (status, body):
                    failures.append(f"{answer[0]} and {len(answer[1])} bytes, where {status} was due")
                answered += 1
                client.asked += 1
                if client.asked < EACH:
                    client.ask()
                    continue
            except (OSError, ValueError, IndexError) as error:
                failures.append(repr(error))
            selector.unregister(client.socket)
            client.socket.close()
            left -= 1
    seconds = time.monotonic() - start
    failures += [f"{left} clients without an answer"] if left else []
    return seconds, answered, failures, server.cpu() - cpu


def run(options):
    """The herd at both; its answers, one by one, are those of a single request."""
    rows = []
    with convene(options.convene, options.content, options.work) as ours, nginx(options.public(), options.work) as theirs:
        for server in (ours, theirs) if options.is_full else (ours,):
            for _ in range(5 if options.is_full else 1):
                seconds, answered, failures, cpu = herd(server, CONNECTIONS)
                rows.append((server.name, f"{CONNECTIONS:,}", f"{answered:,}", len(failures), f"{seconds:.2f} s", f"{cpu:.2f} s"))
                if server is ours:
                    options.fail(sorted(set(failures))[:5])
        options.fail(ours.panics())
    yield from table(("server", "connections", "answers", "failures", "time for all", "CPU of the server"), rows)
