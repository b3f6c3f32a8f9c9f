#!/usr/bin/env python3
"""Every call of the system that can fail fails once: no panic, nothing lost, and a word on what failed.

    each_call.py BINARY [--all] [--only WORD]

strace has the Nth call of one kind fail, in a run of its own for each N, of check, build, collect,
and of serve through its start, a reload, keeping, and answers. By default at most a few calls of
each kind; with --all each one.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import time

import world
from world import AS_OF, Failed, Server, revision, run, tree, write

# What can fail, and with what.
CALLS = {
    "openat": "EIO", "read": "EIO", "pread64": "EIO", "readlink": "EIO", "statx": "EIO", "newfstatat": "EIO",
    "fstat": "EIO", "getdents64": "EIO", "write": "ENOSPC", "writev": "ENOSPC", "rename": "ENOSPC",
    "renameat": "ENOSPC", "renameat2": "ENOSPC", "unlink": "EIO", "unlinkat": "EIO", "rmdir": "EIO",
    "mkdir": "ENOSPC", "mkdirat": "ENOSPC", "fsync": "EIO", "fdatasync": "EIO", "syncfs": "EIO", "ftruncate": "ENOSPC",
    "fchmod": "EPERM", "chmod": "EPERM", "fchown": "EPERM", "flock": "ENOLCK", "lseek": "EIO",
    "copy_file_range": "EIO", "inotify_init1": "EMFILE", "inotify_add_watch": "ENOSPC", "socket": "EMFILE",
    "socketpair": "EMFILE", "setsockopt": "EINVAL", "bind": "EADDRINUSE", "listen": "EADDRINUSE",
    "getsockname": "ENOBUFS", "connect": "ENETUNREACH", "accept4": "ECONNABORTED", "recvfrom": "ECONNRESET",
    "sendto": "EPIPE", "shutdown": "ENOTCONN", "epoll_create1": "EMFILE", "epoll_ctl": "ENOMEM",
    "eventfd2": "EMFILE", "pipe2": "EMFILE", "fcntl": "EMFILE", "getrandom": "EINTR", "clone3": "EAGAIN",
    "getcwd": "ENOENT", "poll": "EINTR", "epoll_wait": "EINTR", "sched_getaffinity": "EPERM", "prlimit64": "EPERM",
}

# A failure that another kind of machine has, by call; beside the first.
MORE = {"accept4": "EMFILE", "openat": "EMFILE", "write": "EIO", "rename": "EIO"}

LOADER = re.compile("error while loading shared libraries|cannot open shared object|libc.so|libm.so|libgcc_s")
# Tokio stops with a panic where the system gives no pair of sockets for its signals. A pair is asked for
# before, so that this is told; only where that one is given and the next is not does it remain.
# A socket that does not know its own address is told as it was asked for, with port 0.
KNOWN = {("socketpair", 2), ("getsockname", 2)}

# strace lets the call fail that wakes tokio, a write to a counter in memory (eventfd(2)), with an error
# that the kernel never gives there. The same holds for the pair of sockets on which it tells itself of
# signals: both ends are its own.
IMPOSSIBLE = re.compile("failed to wake I/O driver|Bad read on self-pipe")

PANIC = re.compile("panicked|RUST_BACKTRACE|SIGSEGV|SIGABRT|fatal runtime|memory allocation")


def strace(*words):
    return ["strace", "-f", "-qq", "-o", "/dev/null", *words]


def traced(call, error, number):
    return strace("-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}")


def counts(command, log, drive=None):
    """How often each thread calls what, at the most: the failures are counted thread by thread."""
    wrapped = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=" + ",".join(known_calls())]
    if drive:
        drive(wrapped)
    else:
        run(*wrapped, *command)
    most = collections.Counter()
    for line in log.read_text(errors="replace").splitlines():
        found = re.match(r"(\d+) +(\w+)\(", line)
        if found:
            most[found.groups()] += 1
    of_call = collections.Counter()
    for (_, call), number in most.items():
        of_call[call] = max(of_call[call], number)
    return {call: of_call[call] for call in CALLS if of_call[call]}


def known_calls():
    """Those of the list that this processor has."""
    if not hasattr(known_calls, "found"):
        known_calls.found = [
            call for call in CALLS if "invalid" not in run("strace", "-e", f"trace={call}", "true").stderr
        ]
    return known_calls.found


def chosen(number, is_all):
    if is_all or number <= 3:
        return range(1, number + 1)
    return sorted({1, 2, number, number // 2})


class Judge:
    """Counts what was failed, and keeps what went wrong."""

    def __init__(self):
        self.failed, self.outcomes, self.wrong = 0, collections.Counter(), []

    def of(self, what, status, said, named, is_right):
        """Judges one run: its exit status, what it said, and whether the state it left is right."""
        self.failed += 1
        if status == 127 and LOADER.search(said):
            self.outcomes["not started by the loader"] += 1
            return
        if IMPOSSIBLE.search(said):
            self.outcomes["impossible"] += 1
            return
        self.outcomes[{0: "succeeded", 1: "told, 1", 2: "told, 2"}.get(status, f"status {status}")] += 1
        if status not in (0, 1, 2) or PANIC.search(said):
            self.wrong.append(f"{what}: status {status}: {said[-400:]}")
        elif status and not said.strip():
            self.wrong.append(f"{what}: status {status} without a word")
        elif status and not named(said):
            self.wrong.append(f"{what}: nothing is named: {said[-300:]}")
        elif not is_right:
            self.wrong.append(f"{what}: the state it left is wrong: {said[-300:]}")


def names_something(said):
    """Whether a message says which file, address or part failed."""
    return re.search(r"`[^`]+`|/[\w.-]+|127\.0\.0\.1|standard output|the server", said) is not None


RECORDS = "meetings/call-0/records.toml"

# What tells the two states of a server apart.
CHANGED = "meetings/call-2/series.md"


def visible(files):
    """Those that are not hidden, as a file to lock by is where the folder cannot be locked."""
    return {name: data for name, data in files.items() if not pathlib.Path(name).name.startswith(".")}


def lines(data):
    """A record's lines are in the order in which they were found, and so are their moments."""
    return sorted(line for line in data.splitlines() if b"published = " not in line)


def of_commands(binary, is_all, only, judge, pool):
    """check, build and collect, each once for each call."""
    with world.folder("calls") as top, world.upstream() as address:
        good = write(top / "good", "a", series=1, more=world.SOURCES)
        other = write(top / "other", "b", series=1, more=world.SOURCES)
        collected = top / "collected"
        shutil.copytree(good, collected)
        fetch = ("--fetch-from", address, "--as-of", AS_OF)
        run(binary, "collect", "--content", collected, *fetch, check=True)
        run(binary, "build", "--content", good, "--out", top / "built", "--as-of", AS_OF, check=True)
        run(binary, "build", "--content", other, "--out", top / "wanted", "--as-of", AS_OF, check=True)
        texts = {name: tree(top / name) for name in ("good", "collected", "built", "wanted")}

        def check(at):
            return [binary, "check", "--content", good, "--as-of", AS_OF], lambda status: True

        def build(at):
            shutil.copytree(top / "built", at / "out")

            def is_right(status):
                found = {name: data for name, data in tree(at / "out").items() if ".convene-" not in name}
                whole = all(data in (texts["built"].get(name), texts["wanted"].get(name)) for name, data in found.items())
                run(binary, "build", "--content", other, "--out", at / "out", "--as-of", AS_OF, check=True)
                return whole and tree(at / "out") == texts["wanted"]

            return [binary, "build", "--content", other, "--out", at / "out", "--as-of", AS_OF], is_right

        def collect(at):
            shutil.copytree(good, at / "content")

            def is_right(status):
                # One source may have failed: records of the other alone are right too.
                found = visible(tree(at / "content"))
                records = found.pop(RECORDS, b"")
                whole = found == texts["good"] and (not records or records.endswith(b"\n"))
                run(binary, "check", "--content", at / "content", check=True)
                run(binary, "collect", "--content", at / "content", *fetch, check=True)
                found = visible(tree(at / "content"))
                return whole and lines(found.pop(RECORDS)) == lines(texts["collected"][RECORDS]) and found == texts["good"]

            return [binary, "collect", "--content", at / "content", *fetch], is_right

        def one(name, prepare, call, error, number):
            at = top / f"{name}-{call}-{error}-{number}"
            at.mkdir()
            command, is_right = prepare(at)
            done = run(*traced(call, error, number), *command)
            status = 128 - done.returncode if done.returncode < 0 else done.returncode
            judge.of(f"{name}: {call} number {number} fails with {error}", status, done.stderr, names_something,
                     is_right(status))
            shutil.rmtree(at, ignore_errors=True)

        for name, prepare in (("check", check), ("build", build), ("collect", collect)):
            if only and only != name:
                continue
            (top / name).mkdir()
            found = counts(prepare(top / name)[0], top / f"{name}.log")
            work = [(call, error, number) for call in found for error in {CALLS[call], MORE.get(call, CALLS[call])}
                    for number in chosen(found[call], is_all) if (call, number) not in KNOWN]
            for done in [pool.submit(one, name, prepare, *item) for item in work]:
                done.result()


class Serving:
    """One server through its life: start, answers, a change, keeping, a broken change, its end."""

    def __init__(self, binary, top):
        self.binary, self.states = binary, [write(top / f"state-{state}", "a", series=3) for state in "ab"]
        # One file differs: of several, written one after the other, a slow machine has both states for a
        # while, and may well keep what it has.
        shutil.copy(write(top / "other", "b", series=3) / CHANGED, self.states[1] / CHANGED)
        self.revisions = [revision(state) for state in self.states]
        self.bodies = []
        for number, state in enumerate(self.states):
            run(binary, "build", "--content", state, "--out", top / f"o{number}", "--as-of", AS_OF, check=True)
            self.bodies.append((top / f"o{number}/meetings/call-2.ics").read_bytes())

    def live(self, at, wrap, is_long):
        """Gives its exit status, what it said, and what was wrong."""
        content, kept = at / "content", at / "kept"
        shutil.copytree(self.states[0], content)
        with Server(self.binary, content, "--last-good", kept, wrap=wrap) as server:
            if not server.started(60):
                server.process.wait(timeout=60)
                server.readers[1].join(timeout=5)
                return server.process.returncode, server.text(), None
            try:
                wrong = self.drive(server, content)
            except Failed as failure:
                with contextlib.suppress(Exception):
                    server.process.wait(timeout=5)
                server.readers[1].join(timeout=5)
                # It says what to open before the last of its threads has started.
                if server.process.poll() == 1 and "cannot start the server" in server.text():
                    return 1, server.text(), None
                return 99, server.text(), str(failure)
            # One for each thread may be lost, where it is the call that tells of it that fails.
            for seconds in [12] * 6:
                with contextlib.suppress(Exception):
                    os.kill(child(server.process.pid), signal.SIGTERM)
                    server.process.wait(timeout=seconds)
                    break
            status = server.process.poll()
            server.kill()
        return (98 if status is None else status), server.text(), wrong

    def drive(self, server, content):
        """Each answer is of one state or the other; a call that failed may cost one connection."""
        lost = 0

        def get():
            nonlocal lost
            while True:
                try:
                    return server.get("/meetings/call-2.ics")
                except OSError as error:
                    lost += 1
                    if lost > 3 or server.process.poll() is not None:
                        raise Failed(f"no answer: {error!r}") from error

        for state in (0, 1):
            if state:
                shutil.copy(self.states[1] / CHANGED, content / CHANGED)
            end = time.monotonic() + 20
            while True:
                status, _, body = get()
                if status != 200 or body not in self.bodies:
                    return f"answered with {status}, {body[:80]}"
                if body == self.bodies[state]:
                    break
                if time.monotonic() > end:
                    return f"the change is not served: {server.get('/readyz')[2].decode()}"
                time.sleep(0.02)
        (content / "site.toml").write_text("nonsense")
        end = time.monotonic() + 20
        while not self.is_degraded(server):
            if time.monotonic() > end:
                return "the mistake is not told"
            time.sleep(0.02)
        if get()[2] != self.bodies[1]:
            return "the last good state is not served"
        return None

    @staticmethod
    def is_degraded(server):
        with contextlib.suppress(OSError, ValueError):
            return server.content()["state"] == "degraded"
        return False


def child(pid):
    """The process that strace runs."""
    found = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(found[0]) if found else pid


def of_serving(binary, is_all, judge, pool):
    with world.folder("calls") as top:
        serving = Serving(binary, top)

        def one(call, error, number):
            at = top / f"{call}-{error}-{number}"
            at.mkdir()
            status, said, wrong = serving.live(at, traced(call, error, number), is_all)
            what = f"serve: {call} number {number} fails with {error}"
            judge.of(what, 0 if status == 99 else status, said + (wrong or ""), names_something, wrong is None)
            kept = at / "kept/content"
            if kept.exists() and not (at / "kept/next").exists() and revision(kept) not in serving.revisions:
                judge.wrong.append(f"{what}: what is kept is torn")
            shutil.rmtree(at, ignore_errors=True)

        (top / "count").mkdir()
        found = counts(None, top / "log", lambda wrap: serving.live(top / "count", wrap, True))
        work = [(call, error, number) for call in found for error in {CALLS[call], MORE.get(call, CALLS[call])}
                for number in chosen(found[call], is_all) if (call, number) not in KNOWN]
        for done in [pool.submit(one, *item) for item in work]:
            done.result()


def test():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", help="check, build, collect or serve")
    args = parser.parse_args()
    judge = Judge()
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        of_commands(args.binary.resolve(), args.all, args.only, judge, pool)
        if args.only in (None, "serve"):
            of_serving(args.binary.resolve(), args.all, judge, pool)
    outcomes = ", ".join(f"{number} {outcome}" for outcome, number in sorted(judge.outcomes.items()))
    if judge.wrong:
        raise Failed(f"{len(judge.wrong)} of {judge.failed} ({outcomes}):\n" + "\n".join(judge.wrong[:40]))
    return f"{judge.failed} calls failed once each ({outcomes}): no panic, nothing lost, all told"


if __name__ == "__main__":
    world.main(test)
