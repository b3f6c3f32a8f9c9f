#!/usr/bin/env python3
"""khal with vdirsyncer: one downloads the calendars, the other reads and lists them."""

import collections
import datetime as dt
import json
import pathlib
import re
import subprocess
import time

import protocol

PROGRAMS = protocol.INSTALLED / "khal" / "bin"
KHAL_LIST = protocol.HERE / "inside" / "khal_list.py"
DEADLINE = time.monotonic() + 270
FIELDS = ("calendar", "title", "status", "all-day", "start-long-full", "end-long-full")

SETTINGS = """
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%SZ
longdatetimeformat = %Y-%m-%dT%H:%M:%SZ
[calendars]
"""


def read(calendars, first, end):
    with protocol.home() as (folder, environment):
        # An empty path makes Python use the tzdata package instead of the system's rules.
        environment["PYTHONTZPATH"] = ""
        keys = {f"c{number}": calendar for number, calendar in enumerate(calendars)}
        complaints = subscribe(keys, folder, environment)
        listed, more = list_events(keys, first, end, folder, environment)
        return {calendar["name"]: (listed[key], about(key, complaints) or about(key, more))
                for key, calendar in keys.items()}


def subscribe(keys, folder, environment):
    """Download all calendars with vdirsyncer; what it complained of, line by line."""
    config = folder / "vdirsyncer.conf"
    pairs = (pair(key, calendar["url"], folder / "calendars" / key) for key, calendar in keys.items())
    config.write_text(f'[general]\nstatus_path = "{folder}/status"\n' + "".join(pairs))
    complaints = []
    for step in ("discover", "sync"):
        done = run([PROGRAMS / "vdirsyncer", "--verbosity", "WARNING", "--config", config, step], environment)
        complaints += lines_of(done)
    return complaints


def pair(key, url, folder):
    folder.mkdir(parents=True)
    return f"""
[pair {key}]
a = "{key}_remote"
b = "{key}_local"
collections = null
[storage {key}_remote]
type = "http"
url = "{url}"
[storage {key}_local]
type = "filesystem"
path = "{folder}"
fileext = ".ics"
"""


def list_events(keys, first, end, folder, environment):
    """{key: events} as khal lists them, and what it complained of."""
    config = folder / "khal.conf"
    config.write_text(SETTINGS + "".join(f"[[{key}]]\npath = {folder}/calendars/{key}\ntype = calendar\n" for key in keys))
    done = run([PROGRAMS / "python", KHAL_LIST, config, first, end, *FIELDS], environment)
    events = collections.defaultdict(list)
    for row in json.loads(done.stdout or "[]"):
        events[row["calendar"]].append(event_of(row))
    return events, lines_of(done)


def event_of(row):
    start, end = row["start-long-full"], row["end-long-full"]
    if row["all-day"] == "True":
        # khal shows the last day of several, not the one after.
        start, end = start[:10], (dt.date.fromisoformat(end[:10]) + dt.timedelta(days=1)).isoformat()
    return protocol.event(start, end, row["title"], row["status"])


def run(command, environment):
    return subprocess.run(list(map(str, command)), env=environment, input="", capture_output=True, text=True,
                          timeout=DEADLINE - time.monotonic())


def lines_of(done):
    """What a program said on standard error, and that it failed if it did."""
    failed = [f"{pathlib.Path(done.args[0]).name} exited with {done.returncode}"] if done.returncode else []
    return [line for line in done.stderr.splitlines() if line.strip()] + failed


def about(key, complaints):
    """The complaints that name this calendar, or all of them where none names any."""
    names_one = [line for line in complaints if re.search(r"\bc\d+\b", line)]
    ours = [line for line in names_one if re.search(rf"\b{key}\b", line)]
    return "; ".join(ours if names_one else complaints) or None


if __name__ == "__main__":
    protocol.answer(read)
