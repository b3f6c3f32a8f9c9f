#!/usr/bin/env python3
"""Disks that are full, read-only or broken: what was good is served, and people are told why it is not newer.

    disk.py BINARY

Needs to be root with mount(2) for the small disks; without it those parts are left out and said so.
"""

import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import time

import world
from world import AS_OF, Failed, Server, revision, run, tree, write


@contextlib.contextmanager
def small_disk(at, size):
    """A file system of its own with that many bytes; nothing where the system does not let us."""
    at.mkdir()
    done = run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", at)
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            run("umount", "-l", at)


def needs(is_so, what):
    if not is_so:
        raise Failed(what)


def readyz(server):
    return server.get("/readyz")[2].decode()


def full(binary, top):
    """`collect`, `build` and keeping on a disk without room."""
    with small_disk(top / "disk", 256 << 10) as is_mounted, world.upstream() as address:
        if not is_mounted:
            return "full disks left out"
        disk = top / "disk"
        content = write(disk / "content", "a", 1, world.SOURCES)
        before = tree(content)
        filled = fill(disk)
        done = run(binary, "collect", "--content", content, "--fetch-from", address, "--as-of", AS_OF)
        needs(done.returncode == 1 and "No space left" in done.stderr, f"collect: {done.returncode} {done.stderr}")
        needs("records.toml" in done.stderr, f"collect does not name the file: {done.stderr}")
        needs(tree(content) == before, "collect left something on a full disk")
        done = run(binary, "build", "--content", content, "--out", disk / "out", "--as-of", AS_OF)
        needs(done.returncode == 1 and "No space left" in done.stderr, f"build: {done.returncode} {done.stderr}")
        with Server(binary, content, "--last-good", disk / "kept").needed() as server:
            server.until("it is told", lambda: "No space left" in str(server.content()["last_good"]["error"]))
            needs(server.get("/meetings/call-0.ics")[0] == 200, "nothing is served beside a full disk")
            needs(server.content()["state"] == "ready", "a full disk for the copy makes the content no worse")
            filled.unlink()
            # With room again, the next change is kept.
            write(content, "b", 1, world.SOURCES)
            wanted = revision(content)
            server.until("kept once there is room", lambda: server.content()["last_good"]["revision"] == wanted)
        needs(revision(disk / "kept/content") == wanted, "the copy is another")
        run(binary, "collect", "--content", content, "--fetch-from", address, "--as-of", AS_OF, check=True)
        run(binary, "build", "--content", content, "--out", disk / "out", "--as-of", AS_OF)
        return "full disks (collect, build, last-good)"


def fill(disk):
    """Takes all the room there is."""
    path = disk / "fill"
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(512))
    return path


def read_only(binary, top):
    """The content and the copy on a disk that may not be written."""
    with small_disk(top / "locked", 1 << 20) as is_mounted, world.upstream() as address:
        if not is_mounted:
            return "read-only disks left out"
        disk = top / "locked"
        content = write(disk / "content", "a", 1, world.SOURCES)
        with Server(binary, content, "--last-good", disk / "kept").needed() as server:
            server.until("kept", lambda: server.content()["last_good"]["revision"])
        good = revision(content)
        (content / "site.toml").write_text("nonsense")
        run("mount", "-o", "remount,ro", disk, check=True)
        done = run(binary, "collect", "--content", content, "--fetch-from", address, "--as-of", AS_OF)
        needs(done.returncode == 1 and done.stderr, f"collect: {done.returncode} {done.stderr}")
        done = run(binary, "build", "--content", top / "state-a", "--out", disk / "out", "--as-of", AS_OF)
        needs(done.returncode == 1 and "Read-only" in done.stderr, f"build: {done.returncode} {done.stderr}")
        with Server(binary, content, "--last-good", disk / "kept").needed() as server:
            told = server.content()
            needs(told["revision"] == good and told["state"] == "degraded", f"from a read-only copy: {told}")
        return "read-only disks"


def broken(binary, top):
    """Calls on the content that fail while it is served, from some moment to another."""
    with Server(binary, write(top / "content", "a")).needed() as server:
        before = server.get("/meetings/call-0.ics")[2]
        calls = {"openat": "EIO", "statx": "EIO", "getdents64": "EIO", "read": "EIO"}
        for number, (call, error) in enumerate(calls.items()):
            strace = subprocess.Popen(
                ["strace", "-f", "-qq", "-o", "/dev/null", "-p", str(server.process.pid), "-e", f"trace={call}",
                 "-P", str(top / "content/meetings/call-0"), "-P", str(top / "content/meetings/call-0/series.md"),
                 "-e", f"inject={call}:error={error}"], stderr=subprocess.PIPE)
            try:
                time.sleep(0.5)
                # Edited so that it has to be read.
                write(top / "content", f"e{number}")
                server.until(f"{call} fails and is told", lambda: "call-0" in readyz(server) and "degraded: unreadable" in readyz(server))
                needs("Input/output error" in readyz(server), readyz(server))
                needs(server.get("/meetings/call-0.ics")[2] == before, f"{call}: the last good state is not served")
            finally:
                strace.terminate()
                strace.wait()
            # The disk answers again: what is there is served, without a sign of any change.
            server.until_revision(revision(top / "content"))
            server.until("ready", lambda: readyz(server).startswith("ready"))
            before = server.get("/meetings/call-0.ics")[2]
    return f"I/O errors of {len(calls)} calls"


def half_written(binary, top):
    """A file that is cut off, has holes, or is no text: the old state, and `check` names file and line."""
    content = write(top / "half", "a")
    series = content / "meetings/call-0/series.md"
    text = series.read_bytes()
    cases = {
        "cut off": text[: len(text) // 3], "empty": b"", "zeros, as after a power cut": bytes(len(text)),
        "a hole in the middle": text[:40] + bytes(60) + text[100:], "not UTF-8": text[:20] + b"\xff\xfe" + text[22:],
    }
    with Server(binary, content).needed() as server:
        before = server.get("/meetings/call-0.ics")[2]
        for what, data in cases.items():
            series.write_bytes(data)
            server.until(f"{what} is told", lambda: "series.md:" in readyz(server))
            needs(server.get("/meetings/call-0.ics")[2] == before, f"{what}: the last good state is not served")
            done = run(binary, "check", "--content", content)
            needs(done.returncode == 1 and "series.md:" in done.stderr, f"{what}: check says {done.stderr}")
            needs(any(char.isdigit() for char in done.stderr.split("series.md:")[1][:3]), f"{what}: no line: {done.stderr}")
            series.write_bytes(text)
            server.until("ready", lambda: readyz(server).startswith("ready"))
    return f"{len(cases)} half-written files"


def test():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=pathlib.Path)
    args = parser.parse_args()
    binary = args.binary.resolve()
    with world.folder("disk") as top:
        write(top / "state-a", "a")
        said = [part(binary, top) for part in (full, read_only, half_written, broken)]
    return f"{', '.join(said)}: the last good state was served, and the reason told"


if __name__ == "__main__":
    world.main(test)
