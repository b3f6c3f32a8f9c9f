"""Convene and its peers at writing the same calendars; started by `run`, which installs the peers.

usage: run.py BUILT [--quick]

Convene writes the calendars first. What its text says, read by Python's icalendar, is the model that
each peer is given: in a process of its own, in types of its own language, before the time counts. Then
each one's text is read by the same reader, and has to say the same.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

import icalendar

HERE = pathlib.Path(__file__).parent
CASES = {"one": "one series, VTIMEZONE, 10 overrides", "many": "{:,} series, each"}
# What of an event is the same everywhere, by name; times as instants, rules as sets of their parts.
TEXTS = ["uid", "sequence", "summary", "description", "location", "url", "status", "class", "transp"]
TIMES = ["dtstamp", "last-modified", "dtstart", "dtend", "recurrence-id"]
# What a calendar says of itself; a generator writes of these what it knows.
ABOUT = ["version", "prodid", "calscale", "name", "description", "x-wr-timezone", "refresh-interval", "source", "url"]

NAMES = {
    "icalendar-python": "icalendar (Python)",
    "icalendar-python-given": "icalendar (Python), VTIMEZONE given",
    "ical-generator-luxon": "ical-generator (npm) with Luxon ¹ ²",
    "ical-js": "ical.js (npm) ¹",
    "ical-generator": "ical-generator (npm) ¹ ² ⁴",
    "libical": "libical (C)",
    "libical-given": "libical (C), VTIMEZONE given",
    "icalendar-rust": "icalendar (Rust) ¹ ³",
    "calcard": "calcard (Rust) ¹ ³",
    "convene": "Convene",
}
NOTES = [
    "¹ cannot write a VTIMEZONE by itself: it is given it. Those that can write all that the zone ever had.",
    "² has no CONFERENCE, and leaves it out.",
    "³ is given the texts of events as properties that are already made.",
    "⁴ with JavaScript's own dates, which can only be of the zone of the process: for a calendar of one zone.",
]


def block(text, name):
    """A component of the calendar as it was written."""
    begin, end = f"BEGIN:{name}\r\n", f"END:{name}\r\n"
    return text[text.index(begin) : text.index(end) + len(end)]


def model(text):
    """What a calendar says, as JSON for every language."""
    calendar = icalendar.Calendar.from_ical(text)
    events = []
    for event in calendar.walk("VEVENT"):
        plain = {name: str(event[name]) for name in TEXTS}
        times = {name: event[name].to_ical().decode() if name in event else None for name in TIMES}
        repeat = {"rrule": event["rrule"].to_ical().decode() if "rrule" in event else None, "exdate": [date.to_ical().decode() for date in dates(event)]}
        events.append(plain | times | repeat | {"sequence": int(event["sequence"]), "conference": str(event["conference"])})
    properties = [(name, value(calendar[name])) for name in ABOUT if name in calendar]
    return {"zone": str(calendar["x-wr-timezone"]), "vtimezone": block(text, "VTIMEZONE"), "properties": properties, "events": events}


def value(given):
    coded = given.to_ical()
    return str(given) if isinstance(given, str) else coded.decode() if isinstance(coded, bytes) else coded


def dates(event):
    given = event.get("exdate", [])
    return [date for one in (given if isinstance(given, list) else [given]) for date in one.dts]


def said(text):
    """Each event as what is compared, in one order."""
    events = []
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        got = {name: str(event[name]) for name in TEXTS}
        got |= {name: event[name].dt.timestamp() if name in event else 0 for name in TIMES}
        got["rrule"] = sorted((name, sorted(map(str, values))) for name, values in event["rrule"].items()) if "rrule" in event else []
        got["exdate"] = sorted(date.dt.timestamp() for date in dates(event))
        events.append(got)
    return sorted(events, key=lambda event: (event["uid"], event["recurrence-id"]))


def check(name, got, wanted):
    """The run ends where a peer says something else."""
    assert len(got) == len(wanted), f"{name}: {len(got)} events instead of {len(wanted)}"
    for one, other in zip(got, wanted):
        differing = [key for key in other if one[key] != other[key]]
        assert not differing, f"{name}, {other['uid']}: " + "; ".join(f"{key} {one[key]!r} instead of {other[key]!r}" for key in differing)


def in_rust(work, effort):
    """The generators in Rust: case, name and microseconds of each."""
    command = ["cargo", effort.cargo, "--locked", "--quiet", "--bench", "peers", "--", str(work), str(effort.series), *effort.given()]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        case, name, taken = line.split()
        yield case, name, float(taken)


def foreign(built):
    node, modules = str(built / "node"), built / "npm"
    python, libical = [str(built / "python/bin/python"), str(HERE / "generators/icalendar_python.py")], [str(built / "libical")]
    return {
        "icalendar-python": (python, []),
        "icalendar-python-given": (python, ["given"]),
        "ical-js": ([node, str(modules / "ical_js.mjs")], []),
        "ical-generator": ([node, str(modules / "ical_generator.mjs")], []),
        "ical-generator-luxon": ([node, str(modules / "ical_generator.mjs")], ["luxon"]),
        "libical": (libical, []),
        "libical-given": (libical, ["given"]),
    }


class Effort:
    """How many series are written, and how often; what is in Rust is not optimised for a quick try."""

    def __init__(self, quick):
        self.cargo = "test" if quick else "bench"
        self.series, self.rounds, self.seconds = (100, 1, 0.02) if quick else (10_000, 5, 1)

    def given(self):
        return [str(self.rounds), str(self.seconds)]


def measure(built, effort, work):
    taken = {(case, name): best for case, name, best in in_rust(work, effort)}
    for case in CASES:
        written = (work / f"{case}.convene.ics").read_bytes().decode()
        given, wanted = model(written), said(written)
        (work / f"{case}.json").write_text(json.dumps(given))
        # ical-generator writes dates by the clock of its process.
        environment = os.environ | {"TZ": given["zone"]}
        for name, (command, how) in foreign(built).items():
            command = [*command, str(work / f"{case}.json"), str(work / f"{case}.{name}.ics"), *effort.given(), *how]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
            taken[case, name] = float(told)
        for name in NAMES:
            check(name, said((work / f"{case}.{name}.ics").read_bytes().decode()), wanted)
    return taken


def table(taken, effort):
    heads = [text.format(effort.series) for text in CASES.values()]
    print("| generator | " + " | ".join(f"{head}, µs | ÷ Convene" for head in heads) + " |")
    print("| --- |" + " ---: |" * 4)
    for name, label in NAMES.items():
        cells = []
        for case, parts in zip(CASES, (1, effort.series)):
            ours, theirs = (taken[case, of] / parts for of in ("convene", name))
            cells += [f"{theirs:,.1f}" if theirs >= 10 else f"{theirs:.2f}", f"{theirs / ours:,.1f}"]
        print(f"| {label} | " + " | ".join(cells) + " |")
    print()
    if effort.cargo == "test":
        print("A quick try, Rust not optimised: its numbers mean nothing.")
    print("Processor time, the best round; every text read by icalendar (Python) and found to say the same.")
    print("\n".join(NOTES))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("built", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    effort = Effort(args.quick)
    with tempfile.TemporaryDirectory() as work:
        table(measure(args.built.absolute(), effort, pathlib.Path(work)), effort)


if __name__ == "__main__":
    main()
