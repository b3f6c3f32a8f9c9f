"""The real server, and requests to it that say what they are to say and nothing else."""

import socket
import subprocess
import time

# Many times what anything takes on a machine that is busy with other things.
PATIENCE = 60


class Server:
    """Convene on a port of its own, which also collects, from where nobody answers."""

    def __init__(self, binary, content):
        # A port on which nobody listens, since nobody else knows it.
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            port = nobody.getsockname()[1]
        self.process = subprocess.Popen(
            [binary, "serve", "--listen", "127.0.0.1:0", "--content", content, "--log-format", "json",
             "--collect-every", "1d", "--fetch-from", f"127.0.0.1:{port}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        start = line.find("127.0.0.1:")
        if start < 0:
            raise SystemExit(f"the server did not start: {self.process.stderr.read()}")
        self.address = ("127.0.0.1", int(line[start:].split("/")[0].rpartition(":")[2]))
        self.log = ""

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.terminate()
        try:
            _, self.log = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def send(address, request):
    """The whole answer to those bytes, up to the end of the connection."""
    with socket.create_connection(address, timeout=PATIENCE) as client:
        client.sendall(request)
        answer = b""
        while some := client.recv(1 << 16):
            answer += some
        return answer


def request(method, path, headers):
    """A request after which the connection ends."""
    lines = [f"{method} {path} HTTP/1.1", "Host: calendar.example", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def fetch(address, path, headers):
    """The media type and the text at that path."""
    head, _, body = send(address, request("GET", path, headers)).partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    return {name.lower(): value for name, value in fields.items()}["content-type"], body.decode()


def until(what, is_so):
    """Ask again and again until it is so."""
    began = time.monotonic()
    while not (found := is_so()):
        if time.monotonic() - began > PATIENCE:
            raise SystemExit(f"not within {PATIENCE} seconds: {what}")
        time.sleep(0.1)
    return found
