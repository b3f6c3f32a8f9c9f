"""Restart the server again and again under load, with a socket that outlives it: no request may fail.

usage: restart.py CONVENE CONTENT [--restarts 50] [--clients 8]
       restart.py --command 'systemctl restart convene' --at 127.0.0.1:8080 [--restarts 50]

In the first form this program holds the socket and passes it on, as systemd does. In the second
somebody else does, and the command restarts the server; the content must not change meanwhile.

Half of the clients open a connection for each request, the others ask on one as long as it is kept.
A kept connection that ends before any byte of an answer, without having said so, is asked anew on another,
as every HTTP client does (RFC 9110, section 9.2.2); how often that happened is told.
"""

import argparse
import contextlib
import hashlib
import http.client
import itertools
import os
import pathlib
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
import time

AS_OF = "2026-11-23T12:00:00Z"
PATHS = ["/", "/oci.ics", "/calendar.ics", "/feed.xml", "/feed.json", "/next.json", "/archive/", "/follow.opml"]
CODINGS = ["identity", "gzip"]
# On a machine that is busy with other things.
PATIENCE = 30


class Supervisor:
    """Holds a socket and runs one server after the other on it."""

    def __init__(self, convene, content, folder):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.address = self.socket.getsockname()
        self.told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.told.settimeout(PATIENCE)
        self.told.bind(f"{folder}/notify")
        self.log = open(f"{folder}/log", "w+b")
        self.command = [convene, "serve", "--content", content, "--as-of", AS_OF]
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("WATCHDOG")
        } | {"LISTEN_FDS": "1", "NOTIFY_SOCKET": f"{folder}/notify"}
        self.server = None

    def start(self):
        """Start a server and wait until it says that it is ready."""
        script = 'LISTEN_PID=$$ exec "$@" 3<&0 </dev/null'
        self.server = subprocess.Popen(
            ["sh", "-c", script, "sh", *self.command],
            stdin=self.socket.fileno(), stdout=subprocess.DEVNULL, stderr=self.log, env=self.environment,
        )
        while b"READY=1" not in self.told.recv(4096):
            pass

    def stop(self):
        self.server.terminate()
        if self.server.wait(PATIENCE) != 0:
            raise SystemExit(f"the server ended with {self.server.returncode}: {self.log.name}")

    def restart(self):
        self.stop()
        self.start()


class Counts:
    """What the clients have seen."""

    def __init__(self):
        self.lock = threading.Lock()
        self.requests = self.again = 0
        self.slowest = 0.0
        self.failures = []
        self.mismatches = []

    def add(self, seconds):
        with self.lock:
            self.requests += 1
            self.slowest = max(self.slowest, seconds)


def ask(connection, path, coding, tag=None):
    """One request: status, entity tag, hash of the body, whether the connection ends."""
    headers = {"Accept-Encoding": coding} | ({"If-None-Match": tag} if tag else {})
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    ends = (answer.getheader("Connection") or "").lower() == "close"
    return answer.status, answer.getheader("ETag"), hashlib.sha256(body).hexdigest(), ends


def known(address):
    """What is at each path in each coding, while all is quiet."""
    found = {}
    for path, coding in itertools.product(PATHS, CODINGS):
        with contextlib.closing(http.client.HTTPConnection(*address, timeout=PATIENCE)) as connection:
            status, tag, digest, _ = ask(connection, path, coding)
        if status == 200:
            found[path, coding] = (tag, digest)
    if not found:
        raise SystemExit("nothing is served")
    return found


def client(address, expected, keeps, place, counts, stop):
    """Ask for one thing after the other until told to stop."""
    connection, used = None, False
    for (path, coding), (tag, digest) in itertools.islice(itertools.cycle(expected.items()), place, None):
        if stop.is_set():
            return
        condition = tag if place % 3 == 2 else None
        began = time.monotonic()
        for attempt in range(2):
            try:
                if connection is None:
                    connection, used = http.client.HTTPConnection(*address, timeout=PATIENCE), False
                got = ask(connection, path, coding, condition)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
                connection.close()
                connection = None
                if used and attempt == 0:
                    with counts.lock:
                        counts.again += 1
                    continue
                counts.failures.append(f"{path}: {error!r}")
                break
            except (OSError, http.client.HTTPException) as error:
                connection = None
                counts.failures.append(f"{path}: {error!r}")
                break
            counts.add(time.monotonic() - began)
            status, got_tag, got_digest, ends = got
            if condition:
                right = (status, got_tag) == (304, tag)
            else:
                right = (status, got_tag, got_digest) == (200, tag, digest)
            if not right:
                counts.mismatches.append(f"{path}: {status} {got_tag}, not {tag}")
            used = True
            if ends or not keeps:
                connection.close()
                connection = None
            break


def under_load(address, restart, restarts, clients, pause):
    """Restart so often while the clients ask; what they saw."""
    expected, counts, stop = known(address), Counts(), threading.Event()
    threads = [
        threading.Thread(target=client, args=(address, expected, place % 2 == 1, place, counts, stop))
        for place in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in range(restarts):
            before = counts.requests
            # Each server answers some before it has to go.
            while counts.requests < before + 20 * clients and not counts.failures:
                time.sleep(0.01)
            time.sleep(pause)
            restart()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("convene", nargs="?")
    parser.add_argument("content", nargs="?", type=pathlib.Path)
    parser.add_argument("--restarts", type=int, default=50)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0.1, help="seconds between two restarts")
    parser.add_argument("--command")
    parser.add_argument("--at")
    args = parser.parse_args()
    if args.command:
        host, port = args.at.rsplit(":", 1)
        restart = lambda: subprocess.run(shlex.split(args.command), check=True)  # noqa: E731
        counts = under_load((host, int(port)), restart, args.restarts, args.clients, args.pause)
    else:
        with tempfile.TemporaryDirectory() as folder:
            supervisor = Supervisor(args.convene, args.content, folder)
            try:
                supervisor.start()
                counts = under_load(
                    supervisor.address, supervisor.restart, args.restarts, args.clients, args.pause
                )
                supervisor.stop()
            finally:
                if supervisor.server and supervisor.server.poll() is None:
                    supervisor.server.kill()
                    supervisor.server.wait()
    print(
        f"{args.restarts} restarts: {counts.requests} requests, {len(counts.failures)} failures, "
        f"{len(counts.mismatches)} bodies or tags that differ; {counts.again} asked anew on another "
        f"connection; the slowest took {counts.slowest:.1f} s"
    )
    for line in (counts.failures + counts.mismatches)[:20]:
        print(line, file=sys.stderr)
    return 1 if counts.failures or counts.mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
