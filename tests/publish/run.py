"""Publish to a real S3 API on loopback, moto's, and look at what is there: after a run, while it is going on, after it
was killed anywhere, beside another, and where the store fails.

usage: run.py CONVENE CONTENT [--kills N] [--only NAME…]
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import threading
import time

import equal
import site_states as site
from store import MANIFEST, Proxy, moto, until

AS_OF = "2026-11-23T12:00:00Z"


class Convene:
    """The program, with the content's states and the store that it is told of."""

    def __init__(self, binary, folder, proxy):
        self.binary, self.folder, self.proxy = str(pathlib.Path(binary).resolve()), folder, proxy
        self.states = {which: site.state(folder / which, which) for which in "abc"}
        self.trees = {which: self.build(content) for which, content in self.states.items()}

    def build(self, content, as_of=AS_OF):
        """The tree that `convene build` writes, by name."""
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([self.binary, "build", "--out", out, "--content", content, "--as-of", as_of],
                           check=True, stdout=subprocess.DEVNULL)
            return equal.files(out)

    def start(self, content, target, *options, as_of=AS_OF):
        moment = ["--as-of", as_of] if as_of else []
        return subprocess.Popen(
            [self.binary, "publish", target, "--content", content, *moment, *options], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.proxy.environment())

    def publish(self, content, target="s3://bucket/www", *options, fails=False):
        """What a run says of itself, once it has ended; or its complaint where it is to fail."""
        self.proxy.seen.clear()
        run = self.start(content, target, "--json", *options)
        out, log = run.communicate(timeout=300)
        assert run.returncode == (1 if fails else 0), (run.returncode, log)
        return log if fails else json.loads(out)


def is_tree(store, tree, more=(), prefix="www/"):
    """Fails unless the store has exactly that."""
    there = store.tree(prefix)
    differ = [key for key in sorted(tree | there) if tree.get(key) != there.get(key) and key not in more]
    assert not differ, f"{len(differ)} objects are not as they are built: {differ[:5]}"


def headers(convene, store):
    """Every object has the type, the name and the time to be kept that the server gives it."""
    convene.publish(convene.states["a"])
    with equal.serving(convene.binary, convene.states["a"], AS_OF) as server:
        for key in convene.trees["a"]:
            served, there = server.get(equal.path_of(key)), store.headers("www/" + key)
            if served.status == 301:
                assert there["content-type"].startswith(("text/html", "text/calendar")), key
                continue
            for name in ("content-type", "cache-control", "content-disposition"):
                wanted = served.headers.get(name)
                if name == "cache-control":
                    # The server's is bounded by when the document is no longer true.
                    assert int(wanted.split("=")[1]) <= 300
                    wanted = "public, max-age=300"
                assert there.get(name) == wanted, (key, name, there.get(name), wanted)
            assert there.get("content-encoding") is None, key
    assert store.headers("www/" + MANIFEST)["cache-control"] == "no-store"


def changes(convene, store):
    """The second run sends nothing; a change sends what it touches, and removes what is gone."""
    store.clear()
    store.put("www/mine.html", b"mine")
    store.put("other/theirs.html", b"theirs")
    proxy, a, b = convene.proxy, convene.trees["a"], convene.trees["b"]
    plan = convene.publish(convene.states["a"], "s3://bucket/www", "--dry-run")
    assert (plan["written"], store.keys("www/")) == (len(a), ["mine.html"]), plan
    first = convene.publish(convene.states["a"])
    assert first == {"written": len(a), "unchanged": 0, "removed": 0, "bytes": sum(map(len, a.values()))}, first
    is_tree(store, a, ["mine.html"])
    again = convene.publish(convene.states["a"])
    assert again == {"written": 0, "unchanged": len(a), "removed": 0, "bytes": 0}, again
    assert [method for method, _ in proxy.seen] == ["GET", "GET"], f"it only looks: {proxy.seen}"
    second = convene.publish(convene.states["b"])
    touched = sorted(f"www/{key}" for key in b if a.get(key) != b[key])
    assert proxy.writes() == touched, "exactly what differs is sent"
    gone = set(a) - set(b)
    assert (second["written"], second["removed"]) == (len(touched), len(gone)), second
    is_tree(store, b, ["mine.html"])
    assert store.get("www/mine.html") == b"mine" and store.get("other/theirs.html") == b"theirs"
    # What somebody removed or cut is mended.
    store.delete("www/example.ics")
    store.put("www/index.html", b"")
    assert convene.publish(convene.states["b"])["written"] == 2
    is_tree(store, b, ["mine.html"])


def foreign(convene, store):
    """An object in the way that others wrote is not written over, unless that is asked for."""
    store.clear()
    store.put("www/index.html", b"theirs")
    log = convene.publish(convene.states["a"], fails=True)
    assert "`index.html`" in log and "--adopt" in log, log
    assert store.keys("www/") == ["index.html"] and store.get("www/index.html") == b"theirs"
    convene.publish(convene.states["a"], "s3://bucket/www", "--adopt")
    is_tree(store, convene.trees["a"])


def precompressed(convene, store):
    """Coded forms are beside what they pay for, and go with it."""
    store.clear()
    convene.publish(convene.states["a"], "s3://bucket/www", "--precompressed")
    tree, there = convene.trees["a"], store.tree("www/")
    assert {key: there[key] for key in tree} == tree
    coded = {key for key in there if key not in tree}
    assert {"index.html.gz", "index.html.br"} <= coded and all(key[:-3] in tree for key in coded)
    for key in coded:
        found = store.headers("www/" + key)
        assert found["content-encoding"] == {"gz": "gzip", "br": "br"}[key[-2:]], key
        assert found["content-type"] == store.headers("www/" + key[:-3])["content-type"], key
        assert key[-2:] != "gz" or equal.gunzip(there[key]) == tree[key[:-3]], key
    convene.publish(convene.states["a"])
    is_tree(store, tree)


def in_order(convene, store):
    """Somebody who follows links all the time never misses anything, whatever is published."""
    store.clear()
    convene.publish(convene.states["a"])
    done, missed, looked = threading.Event(), [], []

    def follow():
        while not done.is_set():
            missed.extend(site.follow(store, convene.trees["a"], "www/", looked))
    reader = threading.Thread(target=follow)
    reader.start()
    # So slow that the reader sees much of what is in between.
    convene.proxy.hook = lambda method, key: time.sleep(0.01) if method in ("PUT", "POST") else None
    try:
        for which in "bcab":
            convene.publish(convene.states[which])
    finally:
        done.set()
        reader.join()
        convene.proxy.hook = lambda method, key: None
    assert not missed, f"linked and not there: {missed[:5]}"
    print(f"  in_order: a reader looked at {len(looked)} objects during 4 runs and missed nothing", flush=True)


def kills(convene, store, count, seed):
    """Killed before or after any request, it leaves nothing linked that is missing, and the next run mends all."""
    chance = random.Random(seed)
    store.clear()
    store.put("www/mine.html", b"mine")
    convene.publish(convene.states["a"])
    # What has been there all the time: what went and comes again is not yet led to, as what is new.
    now, killed, stayed = "a", 0, set(convene.trees["a"])
    for i in range(count):
        which = chance.choice([state for state in "abc" if state != now])
        left = [chance.randrange(1, 110)]
        run, lost = [None], chance.random() < 0.5

        def hook(method, key):
            left[0] -= 1
            if left[0] == 0 and run[0]:
                run[0].kill()
                return "lost" if lost else "reset"
            return "reset" if left[0] < 0 else None
        # The first request waits until there is somebody to kill.
        convene.proxy.hook = lambda method, key: (until("it runs", lambda: run[0]), hook(method, key))[1]
        run[0] = convene.start(convene.states[which], "s3://bucket/www")
        run[0].communicate(timeout=300)
        convene.proxy.quiet()
        convene.proxy.hook = lambda method, key: None
        killed += run[0].returncode == -signal.SIGKILL
        stayed &= set(convene.trees[which])
        missing = site.follow(store, stayed, "www/")
        assert not missing, f"kill {i}: linked and not there: {missing[:5]}"
        # Half of the time another state is published next, and that is killed too.
        if chance.random() < 0.5:
            now = chance.choice("abc")
            convene.publish(convene.states[now])
            is_tree(store, convene.trees[now], ["mine.html"])
            assert convene.publish(convene.states[now])["written"] == 0
            stayed = set(convene.trees[now])
        else:
            now = which
    convene.publish(convene.states["a"])
    is_tree(store, convene.trees["a"], ["mine.html"])
    assert killed > count / 2, f"only {killed} of {count} were killed before they ended"
    print(f"  kills: {killed} runs killed, nothing linked was missing, every next run mended", flush=True)


def at_once(convene, store):
    """Several at once leave what one of them published, whole."""
    for pair in ("aa", "ab", "abc"):
        store.clear()
        convene.publish(convene.states["c"])
        runs = [convene.start(convene.states[which], "s3://bucket/www") for which in pair]
        for run in runs:
            _, log = run.communicate(timeout=300)
            assert run.returncode == 0, log
        missing = site.follow(store, store.tree("www/"), "www/")
        assert not missing, f"{pair}: linked and not there: {missing[:5]}"
        there = store.tree("www/")
        assert any(there == convene.trees[which] for which in pair), f"{pair}: a mixture"
        which = next(which for which in pair if there == convene.trees[which])
        assert convene.publish(convene.states[which])["written"] == 0, f"{pair}: the manifest is wrong"


def faults(convene, store):
    """A store that fails now and then is asked again; one that is gone is named, and nothing is broken."""
    store.clear()
    chance = random.Random(7)

    def flaky(method, key):
        which = chance.random()
        time.sleep(0.2 if which > 0.97 else 0)
        return 500 if which < 0.08 else 503 if which < 0.1 else "reset" if which < 0.14 else \
            "lost" if which < 0.18 else None
    convene.proxy.hook = flaky
    for which in "ab":
        convene.publish(convene.states[which])
        is_tree(store, convene.trees[which])
    left = [30]

    def gone(method, key):
        left[0] -= 1
        return 403 if left[0] < 0 else None
    convene.proxy.hook = gone
    log = convene.publish(convene.states["c"], fails=True)
    assert "cannot publish to s3://bucket/www" in log and "403" in log, log
    convene.proxy.hook = lambda method, key: None
    assert not site.follow(store, convene.trees["b"], "www/")
    convene.publish(convene.states["c"])
    is_tree(store, convene.trees["c"])
    dead = convene.start(convene.states["c"], "s3://bucket/www")
    dead.kill()
    dead.wait()
    convene.proxy.hook = lambda method, key: "reset"
    began = time.monotonic()
    log = convene.publish(convene.states["c"], fails=True)
    took = time.monotonic() - began
    convene.proxy.hook = lambda method, key: None
    assert "cannot publish to s3://bucket/www" in log and "127.0.0.1" in log and took < 60, (took, log)


def watching(convene, store):
    """It waits for a store that is not there, follows the content and the time, and ends when it is asked to."""
    store.clear()
    content = site.state(convene.folder / "watched", "a")
    convene.proxy.hook = lambda method, key: 403
    run = convene.start(content, "s3://bucket/www", "--watch", as_of=None)
    log = []
    reading = threading.Thread(target=lambda: log.extend(run.stderr), daemon=True)
    reading.start()

    def has_said(text):
        return any(text in line for line in list(log))

    def shows(key, text):
        body = store.get("www/" + key)
        return body is not None and text in body.decode()
    try:
        until("it says that it tries again", lambda: has_said("trying again in"))
        assert not store.keys("www/")
        convene.proxy.hook = lambda method, key: None
        until("it is published", lambda: shows("index.html", "Alpha"))
        site.series(content, "alpha", "Alpha anew")
        until("a change is published", lambda: shows("meetings/alpha.ics", "SUMMARY:Alpha anew"))
        (content / "meetings/alpha/2026-12-04.md").write_text('+++\ncancelled = "No such date"\n+++\n')
        until("a mistake is told", lambda: has_said("meetings/alpha/2026-12-04.md:"))
        assert run.poll() is None and shows("meetings/alpha.ics", "SUMMARY:Alpha anew")
        (content / "meetings/alpha/2026-12-04.md").unlink()
        moment = int(time.time()) + 8
        announced = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
        site.cancel(content, "alpha", coming(), announced)
        until("what is to be known later is published then", lambda: shows("meetings/alpha/feed.xml", "A holiday"))
        assert time.time() >= moment and not has_said("panicked")
        run.send_signal(signal.SIGTERM)
        assert run.wait(timeout=30) == 0, run.returncode
    finally:
        convene.proxy.hook = lambda method, key: None
        run.kill()
        run.wait()
    assert not site.follow(store, store.tree("www/"), "www/")


def coming():
    """The date of a meeting that is ahead by the real clock."""
    day = datetime.date.today() + datetime.timedelta(days=40)
    return next(day for day in (day + datetime.timedelta(days=i) for i in range(40))
                if day.day <= 7 and day.weekday() == 3)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("content")
    parser.add_argument("--kills", type=int, default=15)
    parser.add_argument("--seed", type=int, default=0, help="0 takes another each time")
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    seed = options.seed or int.from_bytes(os.urandom(4), "big")
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = stack.enter_context(moto())
        convene = Convene(options.binary, folder, Proxy(store))
        tests = {
            "headers": lambda: headers(convene, store), "changes": lambda: changes(convene, store),
            "foreign": lambda: foreign(convene, store), "precompressed": lambda: precompressed(convene, store),
            "in_order": lambda: in_order(convene, store), "at_once": lambda: at_once(convene, store),
            "kills": lambda: kills(convene, store, options.kills, seed), "faults": lambda: faults(convene, store),
            "watching": lambda: watching(convene, store),
            "equal": lambda: equal.everywhere(convene, store, options.content, AS_OF),
        }
        for name in options.only or tests:
            began = time.monotonic()
            try:
                tests[name]()
            except BaseException:
                print(f"{name} failed (--seed {seed})", flush=True)
                raise
            print(f"{name}: passed in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
