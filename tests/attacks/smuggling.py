"""Requests that two programs may read differently: what Convene answers, and what nginx does.

Each is sent with a second request behind it. Convene is at least as strict as nginx where it refuses
and ends the connection, ends the connection after one answer, or answers the very same; or where it
finds nothing at a path, which nginx refuses or tidies up first.
"""

import contextlib
import re
import time

from servers import convene, export, nginx, table

# The path whose answer would tell that a request was hidden in another.
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
NEXT = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def get(headers=b"", line=b"GET /robots.txt HTTP/1.1", host=b"Host: x\r\n", body=b""):
    """A request, good but for what is given."""
    return line + b"\r\n" + host + headers + b"\r\n" + body


def chunked(body):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def length(body):
    return b"Content-Length: %d\r\n" % len(body)


TE = b"Transfer-Encoding: chunked\r\n"
# Each by what is strange about it.
CASES = {
    "nothing": get(),
    "Content-Length and Transfer-Encoding": get(length(HIDDEN) + TE, body=chunked(HIDDEN)),
    "Transfer-Encoding, then Content-Length": get(TE + length(chunked(b"")), body=chunked(b"") + HIDDEN),
    "both, POST": get(length(chunked(HIDDEN)) + TE, line=b"POST /robots.txt HTTP/1.1", body=chunked(HIDDEN)),
    "two different Content-Length": get(b"Content-Length: 0\r\n" + length(HIDDEN), body=HIDDEN),
    "the same, the other way": get(length(HIDDEN) + b"Content-Length: 0\r\n", body=HIDDEN),
    "twice the same Content-Length": get(2 * length(HIDDEN), body=HIDDEN),
    "twice Content-Length: 0": get(b"Content-Length: 0\r\n" * 2),
    "Content-Length: 0, 0": get(b"Content-Length: 0, 0\r\n"),
    "Content-Length: +5": get(b"Content-Length: +5\r\n", body=b"12345"),
    "Content-Length: -1": get(b"Content-Length: -1\r\n"),
    "Content-Length: 0x5": get(b"Content-Length: 0x5\r\n", body=b"12345"),
    "Content-Length: 5 5": get(b"Content-Length: 5 5\r\n", body=b"12345"),
    "Content-Length of 2^64": get(b"Content-Length: 18446744073709551616\r\n"),
    "Content-Length, empty": get(b"Content-Length:\r\n"),
    "Content-Length, a comma": get(b"Content-Length: 5,\r\n", body=b"12345"),
    "body on GET": get(length(HIDDEN), body=HIDDEN),
    "body on HEAD": get(length(HIDDEN), line=b"HEAD /robots.txt HTTP/1.1", body=HIDDEN),
    "body on POST": get(length(HIDDEN), line=b"POST /robots.txt HTTP/1.1", body=HIDDEN),
    "body on GET of nothing": get(length(HIDDEN), line=b"GET /nowhere HTTP/1.1", body=HIDDEN),
    "chunked GET": get(TE, body=chunked(HIDDEN)),
    "chunked POST": get(TE, line=b"POST /robots.txt HTTP/1.1", body=chunked(HIDDEN)),
    "chunk extension": get(TE, body=b"1;a=b\r\nx\r\n0\r\n\r\n"),
    "chunk extension with a bare LF": get(TE, body=b"1;a\nx\r\n0\r\n\r\n"),
    "chunk ended by a bare LF": get(TE, body=b"1\nx\n0\n\n"),
    "chunk size of 17 digits": get(TE, body=b"00000000000000001\r\nx\r\n0\r\n\r\n"),
    "chunk size of 2^64": get(TE, body=b"10000000000000000\r\nx\r\n0\r\n\r\n"),
    "chunk size with a sign": get(TE, body=b"+1\r\nx\r\n0\r\n\r\n"),
    "trailer": get(TE, body=b"0\r\nHost: y\r\n\r\n"),
    "Transfer-Encoding: identity": get(b"Transfer-Encoding: identity\r\n"),
    "Transfer-Encoding: xchunked": get(b"Transfer-Encoding: xchunked\r\n", body=chunked(HIDDEN)),
    "Transfer-Encoding: chunked, identity": get(b"Transfer-Encoding: chunked, identity\r\n", body=chunked(HIDDEN)),
    "Transfer-Encoding: gzip, chunked": get(b"Transfer-Encoding: gzip, chunked\r\n", body=chunked(HIDDEN)),
    "two Transfer-Encoding": get(TE + b"Transfer-Encoding: identity\r\n", body=chunked(HIDDEN)),
    "twice chunked": get(2 * TE, body=chunked(HIDDEN)),
    "Transfer-Encoding, empty": get(b"Transfer-Encoding:\r\n"),
    "Transfer-Encoding with a vertical tab": get(b"Transfer-Encoding:\x0bchunked\r\n", body=chunked(HIDDEN)),
    "Transfer-Encoding folded": get(b"Transfer-Encoding:\r\n chunked\r\n", body=chunked(HIDDEN)),
    "space before Transfer-Encoding's colon": get(b"Transfer-Encoding : chunked\r\n", body=chunked(HIDDEN)),
    "Transfer_Encoding": get(b"Transfer_Encoding: chunked\r\n", body=HIDDEN),
    "Transfer-Encoding in HTTP/1.0": get(TE, line=b"GET /robots.txt HTTP/1.0", body=chunked(HIDDEN)),
    "folded header": get(b"X-A: b\r\n c\r\n"),
    "folded first header": get(host=b" X-A: b\r\nHost: x\r\n"),
    "space before the colon": get(b"X-A : b\r\n"),
    "space in a name": get(b"X A: b\r\n"),
    "no colon": get(b"X-A\r\n"),
    "empty name": get(b": b\r\n"),
    "bare LF at the ends of lines": get(b"X-A: b\r\n").replace(b"\r\n", b"\n"),
    "bare CR in a value": get(b"X-A: b\rX-B: c\r\n"),
    "bare CR at the end of a line": get(b"X-A: b\rHost: y\r\n"),
    "NUL in a value": get(b"X-A: b\0c\r\n"),
    "NUL in a name": get(b"X\0A: b\r\n"),
    "NUL in the path": get(line=b"GET /robots\0.txt HTTP/1.1"),
    "%00 in the path": get(line=b"GET /robots.txt%00 HTTP/1.1"),
    "DEL in a value": get(b"X-A: b\x7fc\r\n"),
    "bytes beyond ASCII in a value": get(b"X-A: \xc3\xbc\xff\r\n"),
    "bytes beyond ASCII in a name": get(b"X-\xc3\xbc: b\r\n"),
    "bytes beyond ASCII in the path": get(line=b"GET /\xc3\xbc HTTP/1.1"),
    "no Host": get(host=b""),
    "two Hosts": get(host=b"Host: x\r\nHost: y\r\n"),
    "the same Host twice": get(host=b"Host: x\r\nHost: x\r\n"),
    "empty Host": get(host=b"Host:\r\n"),
    "Host with a path": get(host=b"Host: a/b\r\n"),
    "Host with a user": get(host=b"Host: u@x\r\n"),
    "Host with a space": get(host=b"Host: a b\r\n"),
    "Host with a comma": get(host=b"Host: a,b\r\n"),
    "Host with a wrong port": get(host=b"Host: x:http\r\n"),
    "Host, folded": get(host=b"Host:\r\n x\r\n"),
    "no Host in HTTP/1.0": get(line=b"GET /robots.txt HTTP/1.0", host=b""),
    "header of 17 KB": get(b"X-A: " + 17_000 * b"b" + b"\r\n"),
    "40 KB of headers": get(b"X-A: " + 4_000 * b"b" + b"\r\n" + 9 * (b"X-B: " + 4_000 * b"c" + b"\r\n")),
    "65 headers": get(64 * b"X-A: b\r\n"),
    "1,000 headers": get(999 * b"X-A: b\r\n"),
    "address of 9 KB": get(line=b"GET /" + 9_000 * b"a" + b" HTTP/1.1"),
    "address of 9 KB, a query": get(line=b"GET /robots.txt?" + 9_000 * b"a" + b" HTTP/1.1"),
    "address of 70 KB": get(line=b"GET /" + 70_000 * b"a" + b" HTTP/1.1"),
    "method of 9 KB": get(line=9_000 * b"A" + b" / HTTP/1.1"),
    "absolute address": get(line=b"GET http://x/robots.txt HTTP/1.1"),
    "absolute address of another host": get(line=b"GET http://y/robots.txt HTTP/1.1"),
    "absolute address with a user": get(line=b"GET http://u@y/robots.txt HTTP/1.1"),
    "absolute address without a host": get(line=b"GET http:///robots.txt HTTP/1.1"),
    "absolute address, ftp": get(line=b"GET ftp://x/robots.txt HTTP/1.1"),
    "address without a slash": get(line=b"GET robots.txt HTTP/1.1"),
    "GET *": get(line=b"GET * HTTP/1.1"),
    "OPTIONS *": get(line=b"OPTIONS * HTTP/1.1"),
    "CONNECT": get(line=b"CONNECT x:80 HTTP/1.1"),
    "TRACE": get(line=b"TRACE /robots.txt HTTP/1.1"),
    "a method of one's own": get(line=b"NONSENSE /robots.txt HTTP/1.1"),
    "method in lower case": get(line=b"get /robots.txt HTTP/1.1"),
    "method with a comma": get(line=b"G,T /robots.txt HTTP/1.1"),
    "no method": get(line=b"/robots.txt HTTP/1.1"),
    "two spaces": get(line=b"GET  /robots.txt HTTP/1.1"),
    "a tab for the space": get(line=b"GET\t/robots.txt HTTP/1.1"),
    "space after the version": get(line=b"GET /robots.txt HTTP/1.1 "),
    "space in the path": get(line=b"GET /robots .txt HTTP/1.1"),
    "fragment in the path": get(line=b"GET /robots.txt#a HTTP/1.1"),
    "empty line before": b"\r\n" + get(),
    "twenty empty lines before": 20 * b"\r\n" + get(),
    "HTTP/0.9": b"GET /robots.txt\r\n",
    "HTTP/1.0": get(line=b"GET /robots.txt HTTP/1.0"),
    "HTTP/1.0, kept open": get(b"Connection: keep-alive\r\n", line=b"GET /robots.txt HTTP/1.0"),
    "HTTP/1.2": get(line=b"GET /robots.txt HTTP/1.2"),
    "HTTP/1.10": get(line=b"GET /robots.txt HTTP/1.10"),
    "HTTP/2.0": get(line=b"GET /robots.txt HTTP/2.0"),
    "HTTP/9.9": get(line=b"GET /robots.txt HTTP/9.9"),
    "http/1.1": get(line=b"GET /robots.txt http/1.1"),
    "preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "Upgrade: h2c": get(b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"),
    "Upgrade: websocket": get(b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"),
    "start of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + 32 * b"\x11" + b"\r\n\r\n",
    "Expect: 100-continue": get(b"Expect: 100-continue\r\n" + length(HIDDEN), line=b"POST /robots.txt HTTP/1.1", body=HIDDEN),
    "Expect: 100-continue on GET": get(b"Expect: 100-continue\r\n"),
    "Expect: something": get(b"Expect: something\r\n"),
    "path with ..": get(line=b"GET /a/../robots.txt HTTP/1.1"),
    "path above the root": get(line=b"GET /../../etc/passwd HTTP/1.1"),
    "path above the root, encoded": get(line=b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1"),
    "path with a broken encoding": get(line=b"GET /%zz HTTP/1.1"),
    "path with a backslash": get(line=b"GET /\\..\\robots.txt HTTP/1.1"),
    "a thousand ranges": get(b"Range: bytes=" + b",".join(b"%d-" % at for at in range(1000)) + b"\r\n"),
    "Connection: close, Host": get(b"Connection: close, Host\r\n"),
    "Connection: Content-Length": get(b"Connection: keep-alive, Content-Length\r\n" + length(HIDDEN), body=HIDDEN),
}


class Answer:
    """What came back: the statuses, whether the hidden request was answered, and whether all ended."""

    def __init__(self, received, ended):
        self.statuses = [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]
        self.is_bare = bool(received) and not self.statuses
        # Without the answer to the request behind it, the connection was ended before.
        self.ended = ended

    @property
    def of_it(self):
        """The answers to the request itself; 100 is none."""
        return [status for status in self.statuses if status != 100]

    @property
    def is_last(self):
        """Whether the request is refused, or one answer ends the connection."""
        return self.ended and len(self.of_it) <= 1 and not self.is_bare

    def __str__(self):
        told = ", ".join(map(str, self.statuses)) or ("a body alone" if self.is_bare else "nothing")
        return told + ("" if self.ended else ", still open")


def sent(server, request, patience=3.0):
    """What comes back when a request is sent with another behind it."""
    received, until = b"", time.monotonic() + patience
    with server.connect(patience) as client, contextlib.suppress(ConnectionError):
        with contextlib.suppress(ConnectionError):
            client.sendall(request + NEXT)
        try:
            while time.monotonic() < until:
                piece = client.recv(1 << 16)
                if not piece:
                    return Answer(received, True)
                received += piece
        except TimeoutError:
            return Answer(received, False)
    return Answer(received, True)


def is_as_strict(ours, theirs):
    """Whether we refuse or end what they do, find nothing, or answer the same."""
    return ours.is_last or ours.of_it == [404, 200] or ours.of_it == theirs.of_it and ours.ended == theirs.ended and not ours.is_bare


def run(options):
    """Compare each case; the lines to print, and what is wrong."""
    with convene(options.convene, options.content, options.work) as ours, nginx(options.public(), options.work) as theirs:
        found = {name: [sent(server, request) for server in (ours, theirs)] for name, request in CASES.items()}
        wrong = [f"{name}: {one}, and nginx {other}" for name, (one, other) in found.items() if not is_as_strict(one, other)]
        wrong += [f"{name}: {one}" for name, (one, _) in found.items() if any(status >= 500 for status in one.statuses) and one.statuses != [505]]
        if any(answer.statuses != [200, 200] for answer in found["nothing"]):
            wrong.append("a good request is not answered")
        wrong += ours.panics()
    stricter = sum(one.is_last and not other.is_last for one, other in found.values())
    rows = [(name, one, other) for name, (one, other) in found.items()]
    yield from table(("request, with another behind it", "Convene", "nginx"), rows)
    yield f"{len(found)} requests: at least as strict as nginx in {len(found) - len(wrong)}, stricter in {stricter}."
    options.fail(wrong)
