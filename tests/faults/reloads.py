#!/usr/bin/env python3
"""Reloads under load: every answer belongs to one state of the content, and none fails.

    reloads.py BINARY [--reloads 200] [--clients 4]

The content goes from one state to another by a link that is turned, by folders that are renamed, and
by git: a switch of branches, a stash, a rebase that stops half-way. 20 reloads by default.
"""

import argparse
import http.client
import json
import pathlib
import threading
import time

import world
from world import AS_OF, Failed, Server, revision, run, tree, write

SERIES = 8
PATHS = ["/", "/example.ics", "/feed.xml", "/next.json", "/meetings/call-0.ics", "/meetings/call-7.ics",
         "/meetings/call-3/", "/meetings/call-5/feed.json", "/sitemap.xml", "/calendar.ics"]


def git(folder, *words, check=True):
    settings = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = run("git", "-C", folder, *settings, *words)
    if check and done.returncode:
        raise Failed(f"git {words}: {done.stderr}")
    return done


class Client(threading.Thread):
    """Asks for one document after another on one connection, and remembers what does not fit."""

    def __init__(self, port, bodies, number):
        super().__init__(daemon=True)
        self.port, self.bodies, self.number = port, bodies, number
        self.asked, self.unchanged, self.wrong, self.etags, self.over = 0, 0, [], {}, False

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=world.LIMIT)
        known = {}
        while not self.over:
            path = PATHS[(self.asked + self.number) % len(PATHS)]
            headers = {"If-None-Match": known[path]} if path in known and self.asked % 3 == 0 else {}
            try:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                body, etag = answer.read(), answer.getheader("etag")
            except Exception as error:
                self.wrong.append(f"{path}: {error!r}")
                connection.close()
                continue
            self.asked += 1
            if answer.status == 304:
                self.unchanged += 1
                if not headers or etag != headers["If-None-Match"]:
                    self.wrong.append(f"{path}: 304 with {etag}")
            elif answer.status != 200:
                self.wrong.append(f"{path}: {answer.status}")
            elif body not in self.bodies[path]:
                self.wrong.append(f"{path}: a body of neither state")
            elif self.etags.setdefault((path, etag), body) != body:
                self.wrong.append(f"{path}: {etag} is of two bodies")
            else:
                known[path] = etag
        connection.close()


class Pairs(threading.Thread):
    """Asks for two documents of one edit between two looks at the revision: all four are of one state."""

    def __init__(self, port, bodies, revisions):
        super().__init__(daemon=True)
        self.port, self.bodies, self.revisions = port, bodies, revisions
        self.judged, self.wrong, self.over = 0, [], False
        # How many changes were begun: with a new one between the two looks, the revision may have become
        # another and the same again.
        self.begun = 0

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=world.LIMIT)

        def get(path):
            connection.request("GET", path)
            return connection.getresponse().read()

        def content():
            return json.loads(get("/status.json"))["content"]["revision"]

        while not self.over:
            begun = self.begun
            try:
                before = content()
                first, second = get("/meetings/call-0.ics"), get("/meetings/call-7.ics")
                after = content()
            except Exception as error:
                self.wrong.append(repr(error))
                connection.close()
                continue
            if before != after or begun != self.begun:
                continue
            self.judged += 1
            if before not in self.revisions:
                self.wrong.append(f"revision {before} is of neither state")
                continue
            state = self.revisions.index(before)
            for path, body in (("/meetings/call-0.ics", first), ("/meetings/call-7.ics", second)):
                if body != self.bodies[path][state]:
                    self.wrong.append(f"{path} is not of revision {before}")


def published(binary, states, top):
    """What `convene build` makes of each state, by path."""
    trees = []
    for number, state in enumerate(states):
        run(binary, "build", "--content", state, "--out", top / f"out-{number}", "--as-of", AS_OF, check=True)
        trees.append(tree(top / f"out-{number}"))
    file = lambda path: path.strip("/") + ("/index.html" if path.endswith("/") else "")
    return {path: [files[file(path).lstrip("/")] for files in trees] for path in PATHS}


def repository(folder):
    """A repository with a branch for each state; what its content is, by branch."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "a")
    for branch, state in (("a", "a"), ("b", "b")):
        git(folder, "checkout", "-q", "-B", branch)
        write(folder / "content", state, series=SERIES)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", state)
    git(folder, "checkout", "-q", "a")


def swaps(binary, top, states, bodies, revisions, reloads, clients):
    """Reloads under load, by a link and by renaming."""
    content = top / "content"
    (top / "current").symlink_to(states[0])
    content.symlink_to(top / "current")
    with Server(binary, content).needed() as server:
        pairs = Pairs(server.address, bodies, revisions)
        watchers = [pairs, *(Client(server.address, bodies, number) for number in range(clients))]
        for watcher in watchers:
            watcher.start()
        now = 0
        for number in range(reloads):
            now = 1 - now
            pairs.begun += 1
            if number % 2:
                (top / "new").symlink_to(states[now])
                (top / "new").rename(content)
            else:
                # A folder in the place of a link, then the link again.
                world.shutil.copytree(states[now], top / "copy", dirs_exist_ok=True)
                content.rename(top / "old")
                (top / "copy").rename(content)
                if (top / "old").is_symlink():
                    (top / "old").unlink()
                else:
                    world.shutil.rmtree(top / "old")
            server.until_revision(revisions[now])
            if number % 2 == 0:
                content.rename(top / "old")
                (top / "new").symlink_to(states[now])
                (top / "new").rename(content)
                world.shutil.rmtree(top / "old")
        return finish(watchers)


def branches(binary, top, bodies, revisions, reloads, clients):
    """Reloads under load, by git: what is served is the one branch or the other."""
    checkout = top / "checkout"
    repository(checkout)
    with Server(binary, checkout / "content").needed() as server:
        pairs = Pairs(server.address, bodies, revisions)
        watchers = [pairs, *(Client(server.address, bodies, number) for number in range(clients))]
        for watcher in watchers:
            watcher.start()
        commits = [git(checkout, "rev-parse", branch).stdout.strip() for branch in "ab"]
        now = 0
        for _ in range(reloads):
            now = 1 - now
            pairs.begun += 1
            git(checkout, "checkout", "-q", "ab"[now])
            server.until_revision(revisions[now])
            server.until("the commit", lambda: server.content()["checked_out_commit"] == commits[now])
        said = finish(watchers)
        # A rebase that stops half-way, with the marks of a conflict in every file.
        git(checkout, "checkout", "-q", "-B", "c", "a~0")
        write(checkout / "content", "c", series=1)
        git(checkout, "commit", "-q", "-a", "-m", "c")
        git(checkout, "rebase", "b", check=False)
        server.until("degraded", lambda: server.content()["state"] == "degraded")
        trouble = server.content()["trouble"]
        if not any("call-0/series.md" in line for line in trouble):
            raise Failed(f"nobody is told where the conflict is: {trouble}")
        git(checkout, "rebase", "--abort")
        server.until("ready", lambda: server.content()["state"] == "ready")
        git(checkout, "checkout", "-q", "b")
        server.until_revision(revisions[1])
        write(checkout / "content", "a", series=SERIES)
        server.until_revision(revisions[0])
        git(checkout, "stash", "-q")
        server.until_revision(revisions[1])
        git(checkout, "stash", "pop", "-q")
        server.until_revision(revisions[0])
        git(checkout, "checkout", "-q", "-f", "b")
        server.until_revision(revisions[1])
        # A git that was killed leaves its lock; that is waited for once, for ten seconds.
        (checkout / ".git/index.lock").touch()
        write(checkout / "content", "a", series=SERIES)
        begin = time.monotonic()
        server.until_revision(revisions[0])
        waited = time.monotonic() - begin
        if waited < 9:
            raise Failed(f"git's lock was waited for only {waited:.1f} s")
        begin = time.monotonic()
        write(checkout / "content", "b", series=SERIES)
        server.until_revision(revisions[1])
        if time.monotonic() - begin > 9:
            raise Failed("the same lock was waited for twice")
        (checkout / ".git/index.lock").unlink()
        worktree(binary, top, checkout, revisions)
        return said


def worktree(binary, top, checkout, revisions):
    """A worktree of git's: its own commit and lock."""
    git(checkout, "worktree", "add", "-q", "--detach", top / "tree", "a")
    with Server(binary, top / "tree/content").needed() as server:
        server.until_revision(revisions[0])
        git(top / "tree", "checkout", "-q", "--detach", "b")
        server.until_revision(revisions[1])
        commit = git(checkout, "rev-parse", "b").stdout.strip()
        server.until("the commit", lambda: server.content()["checked_out_commit"] == commit)


def finish(watchers):
    """Ends the clients: how many requests there were, how many not changed, how many pairs."""
    for watcher in watchers:
        watcher.over = True
    for watcher in watchers:
        watcher.join()
    wrong = [line for watcher in watchers for line in watcher.wrong]
    if wrong:
        raise Failed(f"{len(wrong)} wrong: {sorted(set(wrong))[:10]}")
    pairs, *clients = watchers
    if not pairs.judged:
        raise Failed("no pair was looked at")
    return sum(client.asked for client in clients), sum(client.unchanged for client in clients), pairs.judged


def test():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--reloads", type=int, default=20)
    parser.add_argument("--clients", type=int, default=4)
    args = parser.parse_args()
    with world.folder("reloads") as top:
        states = [write(top / f"state-{state}", state, series=SERIES) for state in "ab"]
        revisions = [revision(state) for state in states]
        bodies = published(args.binary, states, top)
        half = args.reloads // 2
        sums = [
            swaps(args.binary, top, states, bodies, revisions, half, args.clients),
            branches(args.binary, top, bodies, revisions, args.reloads - half, args.clients),
        ]
    asked, unchanged, pairs = (sum(column) for column in zip(*sums))
    return (f"{args.reloads} reloads, {asked} requests, {unchanged} of them not changed, {pairs} pairs: "
            "0 failed, 0 bodies of neither state, 0 ETags of two bodies, 0 mixed states")


if __name__ == "__main__":
    world.main(test)
