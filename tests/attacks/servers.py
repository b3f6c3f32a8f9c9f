"""Convene and nginx on loopback, and what the kernel says of each."""

import contextlib
import os
import pathlib
import resource
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "tests" / "bench" / "scale"), str(ROOT / "tests")]
import generate  # noqa: E402
from ports import free_port  # noqa: E402

AS_OF = "2026-11-23T12:00:00Z"
TICKS = os.sysconf("SC_CLK_TCK")
# A calendar of half a megabyte, for clients that do not take their answer.
LARGE_SERIES, LARGE = 19, "/scale.ics"


class Server:
    """A server that runs: where it is, and what it takes."""

    def __init__(self, name, process, port, log):
        self.name, self.process, self.port, self.log = name, process, port, log

    def pids(self):
        """The process and its children."""
        pid = self.process.pid
        return [pid, *(int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]

    def memory(self):
        """Resident bytes."""
        pages = (int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids())
        return sum(pages) * os.sysconf("SC_PAGE_SIZE")

    def descriptors(self):
        """Open descriptors."""
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.pids())

    def cpu(self):
        """Seconds that all threads have run for."""
        stats = (pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.pids())
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS

    def panics(self):
        """The lines of its log that tell of a bug."""
        return [line for line in self.log.read_text(errors="replace").splitlines() if "panicked" in line or "a bug" in line]

    def rest(self):
        """Wait until it has done what it does of itself after it has started."""
        for _ in range(60):
            before = self.cpu()
            time.sleep(0.5)
            if self.cpu() - before <= 0.01:
                return

    def is_alive(self):
        return self.process.poll() is None

    def connect(self, timeout=10.0, receive_buffer=None):
        """A client's socket."""
        return connect(self.port, timeout, receive_buffer)

    def get(self, path, headers=(), timeout=10.0):
        """Status, headers and body of one answer on a connection of its own."""
        with self.connect(timeout) as client:
            lines = [f"GET {path} HTTP/1.1", "Host: x", "Connection: close", *headers]
            client.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
            return parsed(everything(client))


def connect(port, timeout=10.0, receive_buffer=None):
    """A client's socket at that port."""
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(timeout)
    client.connect(("127.0.0.1", port))
    return client


def everything(client):
    """All bytes up to the end of the connection."""
    pieces = []
    while piece := client.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)


def parsed(answer):
    """Status, headers by lower-case name, and body, which has the length that is told."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    status = int(status.split()[1])
    length = headers.get("content-length")
    if status != 304 and length is not None and int(length) != len(body):
        raise ValueError(f"{len(body)} bytes of {length}")
    return status, headers, body


@contextlib.contextmanager
def convene(binary, content, work, *args, descriptors=None, name="Convene", as_of=AS_OF):
    """Our server over the content; `descriptors` is its limit of them."""
    log = work / f"{time.monotonic_ns()}.log"
    moment = ["--as-of", as_of] if as_of else []
    command = [binary, "serve", "--listen", "127.0.0.1:0", "--content", content, *moment, *args]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True,
            env=os.environ | {"RUST_LOG": "warn"}, preexec_fn=limiting(descriptors))
    try:
        address = next((word for line in process.stdout for word in line.split() if word.startswith("http://127.0.0.1:")), None)
        if not address:
            raise SystemExit(f"the server did not start: {log.read_text()}")
        server = Server(name, process, int(address.split(":")[2].split("/")[0]), log)
        wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def nginx(folder, work, descriptors=None):
    """nginx over the files of a folder, with Debian's settings but for the number of connections."""
    work = work / f"nginx-{time.monotonic_ns()}"
    work.mkdir()
    port = free_port()
    conf = work / "nginx.conf"
    conf.write_text((HERE / "nginx.conf").read_text().replace("FOLDER", str(folder)).replace("WORK", str(work)).replace("PORT", str(port)))
    process = subprocess.Popen(
        ["nginx", "-c", conf, "-p", work, "-e", work / "error.log"],
        stderr=subprocess.DEVNULL, preexec_fn=limiting(descriptors))
    try:
        server = Server("nginx", process, port, work / "error.log")
        wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def limiting(descriptors):
    """What a child does first: take a limit of descriptors, hard and soft."""
    if descriptors is None:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))


def export(binary, content, folder):
    """What Convene serves, as files for nginx."""
    subprocess.run([binary, "build", "--out", folder, "--content", content, "--as-of", AS_OF], check=True, stdout=subprocess.DEVNULL)
    return folder


def large_content(work):
    """A content folder with a large calendar, at `LARGE`."""
    folder = work / "large"
    if not folder.exists():
        generate.write(folder, LARGE_SERIES, "bench")
    return folder


def wait_for(server):
    """Ask until it answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return server.get("/robots.txt")
        time.sleep(0.02)
    raise SystemExit(f"{server.name} does not answer")


def own_descriptors():
    """Take as many descriptors as the system gives to this program, and tell how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def table(heads, rows):
    """A table in Markdown."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
