"""What every adapter of a client shares: how it is asked, how it answers, and a home of its own.

An adapter is run as `ADAPTER FROM TO`, with a JSON list of {"name", "file", "url"} on standard
input. It prints {name: {"events": [{"start", "end", "title", "status"}], "error": null or text}}
with what starts in [FROM, TO): instants in UTC as 2026-11-26T18:00:00Z, whole days as dates
with the end exclusive; the status is "confirmed" or "cancelled".
"""

import contextlib
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INSTALLED = HERE.parents[2] / "target" / "clients"


def event(start, end, title, status):
    """One occurrence; any status but cancelled, and none at all, counts as confirmed."""
    cancelled = (status or "").upper() == "CANCELLED"
    return {"start": start, "end": end, "title": title, "status": "cancelled" if cancelled else "confirmed"}


def answer(read):
    """Ask `read(calendars, first, end)` for {name: (events, error)} and print what lies in the window."""
    first, end = sys.argv[1:3]
    calendars = json.load(sys.stdin)
    found = read(calendars, first, end)
    answers = {name: {"events": within(events, first, end), "error": error}
               for name, (events, error) in found.items()}
    json.dump(answers, sys.stdout, ensure_ascii=False, indent=1)
    print()


def within(events, first, end):
    """Dates and instants both begin with their date, so text is compared."""
    return sorted((event for event in events if first <= event["start"][:10] < end),
                  key=lambda event: (event["start"], event["end"], event["title"]))


@contextlib.contextmanager
def home():
    """A folder that is all the client sees of a user, and the environment that says so."""
    with tempfile.TemporaryDirectory(prefix="convene-client-") as folder:
        folder = pathlib.Path(folder)
        places = {"HOME": folder, "XDG_CONFIG_HOME": folder / "config", "XDG_DATA_HOME": folder / "data",
                  "XDG_CACHE_HOME": folder / "cache", "XDG_STATE_HOME": folder / "state",
                  "XDG_RUNTIME_DIR": folder / "run"}
        for place in places.values():
            place.mkdir(mode=0o700, exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "TZDIR", "PYTHONTZPATH") if name in os.environ}
        yield folder, {**kept, **{name: str(place) for name, place in places.items()},
                       "LANG": "C.UTF-8", "TZ": "UTC"}
