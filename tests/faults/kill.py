#!/usr/bin/env python3
"""kill -9 at any moment: afterwards there is the old state or the new one, never half of either.

    kill.py BINARY [--times 1000] [--seed 1]

Half of them: a server that takes up a change and keeps it with --last-good, and one that is killed
again while it goes on with that; a quarter each: `convene collect`, `convene build`. 40 times by default.
"""

import argparse
import pathlib
import random
import shutil
import subprocess
import time

import world
from world import AS_OF, Failed, Server, revision, run, tree, write


def killed_after(command, seconds):
    """Whether the program was killed before its end."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True


def duration(command):
    begin = time.monotonic()
    run(*command, check=True)
    return time.monotonic() - begin


def of_reloads(binary, times, dice):
    """Kills while a change is taken up and kept: a start on broken content then serves one of both."""
    old_states, resumed = 0, 0
    with world.folder("kill") as top:
        content, kept = top / "content", top / "kept"
        states = [write(top / f"state-{state}", state, series=40) for state in "ab"]
        revisions = [revision(state) for state in states]
        broken = write(top / "broken", "broken")
        (broken / "site.toml").write_text("nonsense")

        def turn(to):
            (top / "new").symlink_to(to)
            (top / "new").rename(content)

        turn(states[0])
        now, keeping = 0, 0.02
        arguments = ("--last-good", kept)
        with Server(binary, content, *arguments).needed() as server:
            server.until("kept", lambda: server.content()["last_good"]["revision"] == revisions[0])
        for _ in range(times):
            turn(states[now])
            server = Server(binary, content, *arguments).needed()
            server.until("the state", lambda: server.content()["revision"] == revisions[now])
            began = time.monotonic()
            server.until("kept", lambda: server.content()["last_good"]["revision"] == revisions[now])
            # How long it takes from when a state is served until it is kept, as a rule.
            keeping = 0.7 * keeping + 0.3 * min(time.monotonic() - began, 0.5)
            turn(states[1 - now])
            if dice.random() < 0.7:
                # From when the change is served the copy is made: most kills are to hit that.
                server.until("the change", lambda: server.content()["revision"] == revisions[1 - now])
                time.sleep(dice.uniform(0, keeping * 1.5))
            else:
                time.sleep(dice.uniform(0, 0.3))
            server.kill()
            turn(broken)
            if dice.random() < 0.5 and (kept / "next").exists():
                # Killed once more while it goes on with what was begun.
                resumed += 1
                again = Server(binary, content, *arguments)
                time.sleep(dice.uniform(0, 0.03))
                again.kill()
            with Server(binary, content, *arguments).needed() as server:
                told = server.content()
                if told["revision"] not in revisions or told["state"] != "degraded" or not told["is_kept"]:
                    raise Failed(f"torn: {told}, not one of {revisions}")
                if revision(kept / "content") != told["revision"]:
                    raise Failed("the copy is not what is served")
                old_states += told["revision"] == revisions[now]
                titles = {server.get(f"/meetings/call-{n}.ics")[2].split(b" in state ")[1][:1] for n in range(0, 40, 7)}
                if len(titles) != 1:
                    raise Failed(f"mixed: {titles}")
                now = revisions.index(told["revision"])
            now = 1 - now
    return f"{times} reloads ({old_states} left the old state, {resumed} killed again)"


def of_collecting(binary, times, dice):
    """Kills `convene collect`: records.toml is not there, or whole."""
    cut = 0
    with world.folder("kill") as top, world.upstream() as address:
        good = write(top / "good", "a", series=1, more=world.SOURCES)
        command = lambda content: [binary, "collect", "--content", content, "--fetch-from", address, "--as-of", AS_OF]
        whole = top / "whole"
        shutil.copytree(good, whole)
        takes = duration(command(whole))
        before, after = tree(good), tree(whole)
        if before == after:
            raise Failed("nothing is collected")
        for number in range(times):
            content = top / f"c{number}"
            shutil.copytree(good, content)
            cut += killed_after(command(content), dice.uniform(0, takes * 1.2))
            found = {name: data for name, data in tree(content).items() if not pathlib.Path(name).name.startswith(".")}
            if found not in (before, after):
                raise Failed(f"torn: {sorted(found)}")
            run(binary, "check", "--content", content, check=True)
            run(*command(content), check=True)
            if tree(content) != after:
                raise Failed(f"not mended by the next round: {sorted(tree(content))}")
            shutil.rmtree(content)
    return f"{cut} of {times} rounds of collecting"


def of_building(binary, times, dice):
    """Kills `convene build`: each file is the old or the new one, and the next build mends the rest."""
    cut = 0
    with world.folder("kill") as top:
        states = [write(top / f"state-{state}", state, series=3) for state in "ab"]
        command = lambda state, out: [binary, "build", "--content", state, "--out", out, "--as-of", AS_OF]
        takes = duration(command(states[0], top / "a"))
        run(*command(states[1], top / "b"), check=True)
        wanted = [tree(top / "a"), tree(top / "b")]
        shutil.copytree(top / "a", top / "out")
        for number in range(times):
            to = 1 - number % 2
            cut += killed_after(command(states[to], top / "out"), dice.uniform(0, takes * 1.2))
            for name, data in tree(top / "out").items():
                mine = [tree.get(name) for tree in wanted]
                if data not in mine and not name.startswith(".convene-") and not name.endswith(".convene-temporary"):
                    raise Failed(f"torn: {name}")
            run(*command(states[to], top / "out"), check=True)
            left = {name: data for name, data in tree(top / "out").items() if data != wanted[to].get(name)}
            if left or tree(top / "out").keys() != wanted[to].keys():
                raise Failed(f"not mended by the next build: {sorted(left)}")
    return f"{cut} of {times} builds"


def test():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice, half, quarter = random.Random(args.seed), args.times // 2, args.times // 4
    said = [
        of_reloads(args.binary, args.times - 2 * quarter if half else 1, dice),
        of_collecting(args.binary, quarter, dice),
        of_building(args.binary, quarter, dice),
    ]
    return f"killed {args.times} times: {', '.join(said)}; no state was torn"


if __name__ == "__main__":
    world.main(test)
