"""What the fault tests share: small content in states that can be told apart, servers, an upstream."""

import contextlib
import hashlib
import http.client
import http.server
import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import threading
import time

AS_OF = "2026-11-23T12:00:00Z"
LIMIT = 30

SITE = """name = "Example Community"
slug = "example"
description = "Meetings of an example."
url = "https://meetings.example.org"
uid-domain = "example.org"
zone = "America/Los_Angeles"
language = "en"
"""

SERIES = """+++
title = "{slug} in state {state}"
join = "https://meet.example.org/{slug}"
{more}updated = 2026-01-01T00:00:00Z

[[slot]]
from = 2026-01-01
every = "week"
on = "Thursday"
at = "10:00"
+++
The call of {slug} in state {state}.
"""

SOURCES = 'minutes = { hackmd = "note" }\nrecordings = { youtube = "UCabc" }\n'


def write(folder, state, series=2, more=""):
    """Writes the content in that state: every file of a series has its name in it."""
    folder = pathlib.Path(folder)
    put(folder / "site.toml", SITE)
    put(folder / "community.md", f'+++\ntitle = "Example in state {state}"\n+++\nAll are welcome.\n')
    for number in range(series):
        slug = f"call-{number}"
        put(folder / f"meetings/{slug}/series.md", SERIES.format(slug=slug, state=state, more=more))
    return folder


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def revision(folder):
    """The revision of a content folder, computed apart from the program: 16 hexadecimal digits."""
    parts = {"": []}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".md", ".toml") and not any(part.startswith(".") for part in name.split("/")):
            pieces = name.split("/")
            parts.setdefault(pieces[1] if pieces[0] == "meetings" and len(pieces) == 3 else "", []).append((name, path))
    whole = hashlib.sha256()
    for part, files in sorted(parts.items()):
        digest = hashlib.sha256()
        for name, path in sorted(files, key=lambda file: file[0].encode()):
            add(digest, name.encode())
            add(digest, path.read_bytes())
        add(whole, part.encode())
        whole.update(digest.digest())
    return whole.hexdigest()[:16]


def add(digest, data):
    digest.update(len(data).to_bytes(8, "big"))
    digest.update(data)


def tree(folder):
    """Every file below a folder: its bytes by its path."""
    files = (path for path in pathlib.Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class Failed(Exception):
    """The program did not do what it should."""


def run(*command, **more):
    """Runs a program to its end; its output is text."""
    more = {"capture_output": True, "text": True, "timeout": 120, "errors": "replace"} | more
    return subprocess.run([str(word) for word in command], **more)


class Server:
    """A running `convene serve`, with its log; killed at the end of a `with`."""

    def __init__(self, binary, content, *arguments, wrap=(), env=None, as_of=AS_OF):
        command = [*wrap, binary, "serve", "--listen", "127.0.0.1:0", "--content", content, *arguments]
        command += ["--as-of", as_of] if as_of else []
        self.process = subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="replace", env=os.environ | (env or {}), start_new_session=True,
        )
        self.log, self.place = [], queue.SimpleQueue()
        self.readers = [
            threading.Thread(target=self.read_out, daemon=True),
            threading.Thread(target=self.read_log, daemon=True),
        ]
        for reader in self.readers:
            reader.start()
        self.address = None

    def read_out(self):
        for line in self.process.stdout:
            if "http://127.0.0.1:" in line:
                self.place.put(int(line.split("http://127.0.0.1:")[1].split("/")[0]))
        self.place.put(None)

    def read_log(self):
        for line in self.process.stderr:
            self.log.append(line)

    def started(self, limit=LIMIT):
        """Waits until it listens; `False` where it ended instead."""
        with contextlib.suppress(queue.Empty):
            self.address = self.place.get(timeout=limit)
        return self.address is not None

    def needed(self):
        """The same, where it has started."""
        if not self.started():
            raise Failed("the server did not start:\n" + self.text())
        return self

    def text(self):
        return "".join(self.log)

    def get(self, path, headers=None):
        """Status, headers with lower-case names, and body of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.address, timeout=LIMIT)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def content(self):
        return json.loads(self.get("/status.json")[2])["content"]

    def until(self, what, is_so, limit=LIMIT):
        """Asks again and again until it is so."""
        end = time.monotonic() + limit
        while not is_so():
            if self.process.poll() is not None:
                raise Failed(f"the server ended with {self.process.returncode}; wanted: {what}\n{self.text()}")
            if time.monotonic() > end:
                raise Failed(f"not within {limit} s: {what}\n{self.text()}")
            time.sleep(0.01)

    def until_revision(self, wanted, limit=LIMIT):
        self.until(f"revision {wanted}", lambda: self.content()["revision"] == wanted, limit)

    def kill(self):
        """Kills it as if the power went, with whatever wraps it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait()
        for reader in self.readers:
            reader.join(timeout=5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


NOTE = """# Weekly call

## November 19, 2026

**Recording**: https://youtu.be/aaaaaaaaaaa

### Agenda:
- Plan the release (Alex)

### Notes:
We agreed on a date.

## November 12, 2026

### Agenda:
- Review the specification

### Notes:
It was reviewed.
"""

VIDEOS = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom">
<yt:channelId>UCabc</yt:channelId><title>Calls</title>
<entry><id>yt:video:aaaaaaaaaaa</id><yt:videoId>aaaaaaaaaaa</yt:videoId><yt:channelId>UCabc</yt:channelId>
<title>Weekly call 2026-11-19</title><link rel="alternate" href="https://www.youtube.com/watch?v=aaaaaaaaaaa"/>
<published>2026-11-19T20:00:00+00:00</published><updated>2026-11-19T20:00:00+00:00</updated></entry>
</feed>
"""


@contextlib.contextmanager
def upstream():
    """A source of minutes and recordings on loopback: the address to give to --fetch-from."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            is_note = "/hackmd.io/" in self.path
            body = (NOTE if is_note else VIDEOS).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/markdown" if is_note else "text/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    class Quiet(http.server.ThreadingHTTPServer):
        def handle_error(self, *_):
            """Clients that are killed go away in the middle of an answer."""

    server = Quiet(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def folder(name):
    """A folder of its own, removed at the end."""
    import tempfile

    path = pathlib.Path(tempfile.mkdtemp(prefix=f"convene-{name}-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def main(test):
    """Runs a test and says, in one line, what came of it."""
    begin = time.monotonic()
    try:
        said = test()
    except Failed as failure:
        sys.exit(f"{pathlib.Path(sys.argv[0]).stem}: FAILED: {failure}")
    print(f"{pathlib.Path(sys.argv[0]).stem}: {said} ({time.monotonic() - begin:.0f} s)")
