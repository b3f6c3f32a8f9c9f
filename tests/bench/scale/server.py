"""A server to be measured: what it uses of the processor and of memory, by the kernel's account."""

import contextlib
import os
import pathlib
import queue
import subprocess
import threading
import time


class TooMuch(Exception):
    """The server takes longer, or more memory, than it may."""


class Server:
    """A running `convene serve` of a folder."""

    def __init__(self, process):
        self.process, self.folder = process, pathlib.Path(f"/proc/{process.pid}")
        # The clock of another process' processor time: CPUCLOCK_SCHED of its id, as
        # clock_getcpuclockid(3) makes it. Threads that have ended are in it.
        self.clock = (~process.pid << 3) | 2

    def cpu(self):
        """Seconds of processor time, of all threads that there are or were."""
        return time.clock_gettime(self.clock)

    def memory(self, name="VmRSS"):
        """Bytes of memory: `VmRSS`, its anonymous part `RssAnon`, its greatest `VmHWM`."""
        for line in (self.folder / "status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
        raise SystemExit("the server has ended")

    def anonymous(self):
        """Bytes that no file on disk backs."""
        for line in (self.folder / "smaps_rollup").read_text().splitlines():
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) * 1024
        raise SystemExit("the server has ended")

    def settle(self, limit):
        """Waits until nothing goes on in the background any more."""
        until = time.monotonic() + limit
        while time.monotonic() < until:
            before = self.cpu()
            time.sleep(0.1)
            if self.cpu() - before < 0.0005:
                return
        raise TooMuch("it does not come to rest")


@contextlib.contextmanager
def serving(binary, content, as_of, limit_seconds, limit_bytes):
    """Starts the server on a free port: the server, its address and the moment it was started."""
    command = [binary, "serve", "--listen", "127.0.0.1:0", "--content", content, "--as-of", as_of]
    quiet = os.environ | {"CONVENE_LOG": "warn"}
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=quiet)
    try:
        server = Server(process)
        yield server, address(server, limit_seconds, limit_bytes), begin
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        process.wait()


def address(server, limit_seconds, limit_bytes):
    """What it prints that it can be asked at."""
    found = queue.SimpleQueue()
    threading.Thread(target=read_out, args=(server.process.stdout, found), daemon=True).start()
    until = time.monotonic() + limit_seconds
    while time.monotonic() < until:
        with contextlib.suppress(queue.Empty):
            place = found.get(timeout=0.05)
            if not place:
                raise SystemExit("the server did not start")
            return place
        if server.memory() > limit_bytes:
            raise TooMuch("it takes too much memory")
    raise TooMuch("it takes too long to start")


def read_out(stdout, found):
    """Tells the first address, and reads on, so that the server never waits for a reader."""
    told = False
    for line in stdout:
        at = line.find("http://127.0.0.1:")
        if at >= 0 and not told:
            told = True
            found.put("http://" + line[at:].split()[0].removeprefix("http://").split("/")[0])
    if not told:
        found.put(None)
