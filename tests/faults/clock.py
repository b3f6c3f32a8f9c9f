#!/usr/bin/env python3
"""Jumps of the clock while serving: what is served is right at each present, to the byte.

    clock.py BINARY CONTENT [--all]

libfaketime (Debian's package faketime) puts the running server's clock on and back by an hour and by
ten years, through both nights on which clocks change and over a leap day. At each, every document
asked for is what `convene build --as-of` makes for that moment, and an ETag is another exactly where
the bytes are. Then each start that `convene dates` tells is compared with the system's tz data.
"""

import argparse
import datetime
import json
import pathlib
import zoneinfo

import world
from world import Failed, Server, run, tree

LIBRARIES = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"]

HOUR = datetime.timedelta(hours=1)

# Moments from which the clock jumps, and the minutes around which a clock is changed.
MOMENTS = {
    "an ordinary day": "2026-11-23T12:00:00",
    "before Europe's clocks go back": "2026-10-25T00:59:59",
    "after Europe's clocks went back": "2026-10-25T01:00:01",
    "before America's clocks go back": "2026-11-01T08:59:59",
    "after America's clocks went back": "2026-11-01T09:00:01",
    "before America's clocks go on": "2027-03-14T09:59:59",
    "after America's clocks went on": "2027-03-14T10:00:01",
    "the start of a leap day": "2028-02-29T00:00:00",
    "the end of a leap day": "2028-02-29T23:59:59",
    "the turn of a year": "2026-12-31T23:59:59",
}


def jumps(is_all):
    """Each moment in turn; from some of them by an hour and by ten years, on and back."""
    for number, (name, text) in enumerate(MOMENTS.items()):
        moment = datetime.datetime.fromisoformat(text)
        yield name, moment
        if is_all or number == 0:
            years = lambda n: moment.replace(year=moment.year + n, day=min(moment.day, 28))
            for what, other in (("an hour on", moment + HOUR), ("an hour back", moment - HOUR),
                                ("ten years on", years(10)), ("ten years back", years(-10))):
                yield f"{name}, {what}", other
                yield f"{name}, again", moment


def files(paths):
    return {path: path.strip("/") + ("/index.html" if path.endswith("/") else "") for path in paths}


def served(binary, content, is_all):
    library = next((path for path in LIBRARIES if pathlib.Path(path).exists()), None)
    if not library:
        raise Failed("no libfaketime: apt-get install faketime")
    compared, changes, seen = 0, 0, {}
    with world.folder("clock") as top:
        stamp = top / "time"
        moments = list(jumps(is_all))
        stamp.write_text(moments[0][1].strftime("%Y-%m-%d %H:%M:%S"))
        env = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(stamp), "FAKETIME_NO_CACHE": "1",
               "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1", "TZ": "UTC"}
        with Server(binary, content, env=env, as_of=None).needed() as server:
            site = [line.split('"')[1] for line in (content / "site.toml").read_text().splitlines()
                    if line.startswith("slug")][0]
            names = sorted(path.name for path in (content / "meetings").iterdir())
            paths = ["/", f"/{site}.ics", "/feed.xml", "/feed.json", "/reminders.xml", "/next.json", "/next.svg",
                     *[f"/meetings/{name}{end}" for name in names[:3] for end in (".ics", "/", "/feed.atom")]]
            for name, moment in moments:
                text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
                out = top / text.replace(":", "")
                if not out.exists():
                    run(binary, "build", "--content", content, "--out", out, "--as-of", text, check=True)
                wanted = tree(out)
                (top / "next").write_text(moment.strftime("%Y-%m-%d %H:%M:%S"))
                (top / "next").rename(stamp)
                server.until(f"the clock is at {text}", lambda: server.content()["as_of"] == text)
                for path, file in files(paths).items():
                    status, headers, body = server.get(path)
                    expected = wanted.get(file or "index.html", wanted.get(file.lstrip("/") or "index.html"))
                    if status != 200 or body != expected:
                        raise Failed(f"{path} at {text} ({name}): {status}, not what is built for that moment")
                    compared += 1
                    etag = headers["etag"]
                    before = seen.setdefault(path, {})
                    if before.get(etag, body) != body:
                        raise Failed(f"{path} at {text}: {etag} is of two bodies")
                    if any(other == body and tag != etag for tag, other in before.items()):
                        raise Failed(f"{path} at {text}: one body has two ETags")
                    changes += etag not in before
                    before[etag] = body
    return f"{len(moments)} presents, {compared} documents as they are built, {changes} states with an ETag each"


def instants(binary, content):
    """Every start from 2015 to 2040 against the system's own tz data."""
    zoneinfo.reset_tzpath(["/usr/share/zoneinfo"])
    compared = 0
    for folder in sorted((content / "meetings").iterdir()):
        done = run(binary, "dates", folder.name, "--content", content, "--from", "2015-01-01", "--to", "2040-12-31", "--json")
        if done.returncode:
            raise Failed(done.stderr)
        for date in json.loads(done.stdout):
            local, zone, utc = date["start"], date["zone"], date["utc_start"]
            naive = datetime.datetime.fromisoformat(local).replace(tzinfo=None)
            found = naive.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(datetime.timezone.utc)
            if found != datetime.datetime.fromisoformat(utc.replace("Z", "+00:00")):
                raise Failed(f"{folder.name}: {local} in {zone} is {utc} here and {found} by the system")
            compared += 1
    return f"{compared} starts as the system's tz data has them"


def test():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("content", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    return f"{served(args.binary, args.content, args.all)}; {instants(args.binary, args.content)}"


if __name__ == "__main__":
    world.main(test)
