"""A source of minutes and recordings on loopback that answers badly, each time in another way."""

import contextlib
import gzip
import random
import socket
import socketserver
import threading
import time

HEAD = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
BOMB = gzip.compress(bytes(50_000_000))


def whole(status, kind, body):
    return HEAD % (status, kind, len(body)) + body


# What is sent, piece by piece, with a pause between.
FAULTS = {
    "nothing": ([], 0),
    "silence": ([b"", b""], 15),
    "404": ([whole(b"404 Not Found", b"text/plain", b"no")], 0),
    "429": ([whole(b"429 Too Many Requests", b"text/plain", b"later")], 0),
    "500": ([whole(b"500 Internal Server Error", b"text/html", b"<h1>500</h1>")], 0),
    "HTML for XML": ([whole(b"200 OK", b"text/html", b"<!doctype html><title>Log in</title>")], 0),
    "empty": ([whole(b"200 OK", b"text/xml", b"")], 0),
    "junk": ([random.Random(1).randbytes(5000)], 0),
    "truncated": ([HEAD % (b"200 OK", b"text/xml", 5000) + b"<feed>"], 0),
    "slow drip": ([HEAD % (b"200 OK", b"text/xml", 5000), *[b"<"] * 20], 1),
    "too much": ([b"HTTP/1.1 200 OK\r\nContent-Type: text/markdown\r\n\r\n", *[b"# 2026-01-01\n" * 10_000] * 40], 0),
    "gzip bomb": ([HEAD.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n") % (b"200 OK", b"text/xml", len(BOMB)) + BOMB], 0),
    "laughs": ([whole(b"200 OK", b"text/xml", b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><feed>&b;</feed>')], 0),
    "redirect": ([b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"], 0),
}


class Failing(socketserver.ThreadingTCPServer):
    """Listens until it is closed; `count` is how many requests it has failed."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.port, self.count, self.rng = self.server_address[1], 0, random.Random(1)


class Answer(socketserver.BaseRequestHandler):
    def handle(self):
        self.server.count += 1
        pieces, pause = FAULTS[self.server.rng.choice(list(FAULTS))]
        with contextlib.suppress(OSError):
            self.request.recv(1 << 16)
            for piece in pieces:
                self.request.sendall(piece)
                time.sleep(pause)
            self.request.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def failing():
    with Failing() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
