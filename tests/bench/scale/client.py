"""A client that keeps one connection, and says how long each answer took."""

import socket
import time


class Answer:
    """What came back, and after how many milliseconds its last byte was there."""

    def __init__(self, status, headers, body, milliseconds):
        self.status, self.headers, self.body, self.milliseconds = status, headers, body, milliseconds

    def needed(self, path):
        """The same, where it is an answer with a body; the run ends where it is not."""
        if self.status != 200:
            raise SystemExit(f"{path} is answered with {self.status}")
        return self


class Client:
    """HTTP/1.1 over one connection, opened anew only where the server closed it."""

    def __init__(self, address, limit):
        host, port = address.removeprefix("http://").split(":")
        self.address, self.limit, self.socket = (host, int(port)), limit, None

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def get(self, path, headers=("Accept-Encoding: gzip",)):
        """Asks for the path; TimeoutError where the whole answer takes longer than the limit."""
        kept = self.socket is not None
        try:
            return self.ask(path, headers)
        except ConnectionError:
            self.close()
            if not kept:
                raise
            return self.ask(path, headers)

    def ask(self, path, headers):
        self.until = time.monotonic() + self.limit
        if not self.socket:
            self.socket = socket.create_connection(self.address, self.limit)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"GET {path} HTTP/1.1", f"Host: {self.address[0]}:{self.address[1]}", *headers, "", ""]
        request = "\r\n".join(lines).encode()
        begin = time.perf_counter()
        self.socket.sendall(request)
        head, body = self.head()
        status, headers = parsed(head)
        body = b"" if status == 304 else self.rest(headers, body)
        answer = Answer(status, headers, body, (time.perf_counter() - begin) * 1000)
        if headers.get("connection") == "close":
            self.close()
        return answer

    def receive(self):
        left = self.until - time.monotonic()
        if left <= 0:
            self.close()
            raise TimeoutError
        self.socket.settimeout(left)
        try:
            data = self.socket.recv(1 << 18)
        except TimeoutError:
            self.close()
            raise
        if not data:
            raise ConnectionResetError("closed before the end of an answer")
        return data

    def head(self):
        got = b""
        while b"\r\n\r\n" not in got:
            got += self.receive()
        head, _, rest = got.partition(b"\r\n\r\n")
        return head.decode("latin-1"), rest

    def rest(self, headers, body):
        if headers.get("transfer-encoding") == "chunked":
            return self.chunks(body)
        parts, length = [body], len(body)
        while length < int(headers["content-length"]):
            parts.append(self.receive())
            length += len(parts[-1])
        return b"".join(parts)

    def chunks(self, got):
        body = b""
        while True:
            while b"\r\n" not in got:
                got += self.receive()
            size, _, got = got.partition(b"\r\n")
            length = int(size.split(b";")[0], 16)
            while len(got) < length + 2:
                got += self.receive()
            body, got = body + got[:length], got[length + 2 :]
            if not length:
                return body


def parsed(head):
    """Status and headers, their names in lower case."""
    status, *lines = head.split("\r\n")
    pairs = (line.split(":", 1) for line in lines)
    return int(status.split()[1]), {name.lower(): value.strip() for name, value in pairs}
