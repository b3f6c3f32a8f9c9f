#!/usr/bin/env python3
"""Whether `convene import` gives the dates of each calendar in tests/import that recurring-ical-events gives.

    tests/readers/imported.py PROGRAM [FILE…]
"""
import argparse, datetime, json, pathlib, subprocess, sys, tempfile, warnings, zoneinfo
import icalendar, recurring_ical_events

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIRST, LAST = datetime.date(2025, 12, 25), datetime.date(2028, 1, 10)
DAYS = datetime.timedelta(days=2)

# What icalendar cannot read, or reads as something else than is meant; and what content cannot have. Each has a
# note of the import, which tests/suite/import looks at.
KNOWN = {
    "apple-until-date": "UNTIL is a day: its meeting is one of the series; the library ends the day before, in UTC",
    "google-private": "a private event is left out, and the title of all later dates is the series': each with a note",
    "hand-clock-gap": "two series begin at a time of the night that the clock skips or has twice: refused, with a note",
    "hand-cr-only": "lines end with CR alone: the library finds no calendar",
    "hand-duplicate-uid": "two events have one UID: the library shows the last alone",
    "hand-fold-in-character": "lines are folded within characters: the library decodes before it unfolds",
    "hand-latin1": "the title is in Latin-1: the library has other letters for it",
    "hand-lengths": "an event ends before it begins: the library starts it at its end",
    "hand-missing-end": "an event has no END: the library refuses the file",
    "hand-nasty-lines": "spaces between dates: the library refuses the line",
    "hand-rule-refused": "a rule of weeks of the year: refused, with a note",
    "hand-zones-of-all-kinds": "a zone's name in lower case: the library takes the time for UTC",
    "outlook-unquoted-zone": "a zone with a colon lacks its quotes: the library cannot take the line apart",
}


def run(program, *arguments):
    done = subprocess.run([program, *arguments, "--as-of", "2026-01-01T00:00:00Z"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


def ours(program, file):
    """Start and title of each meeting that takes place, by the content that was made."""
    with tempfile.TemporaryDirectory() as folder:
        into = ["--url", "https://calendar.example.org", "--domain", "example.org"]
        run(program, "import", str(file), "--into", folder, *into)
        found = set()
        for series in pathlib.Path(folder, "meetings").iterdir():
            dates = run(program, "dates", series.name, "--content", folder, "--json", "--from", str(FIRST - DAYS), "--to", str(LAST + DAYS))
            for meeting in json.loads(dates):
                start = meeting["utc_start"] if "T" in meeting["start"] else meeting["start"]
                if meeting["status"] == "confirmed" and str(FIRST) <= start[:10] < str(LAST):
                    found.add((start, meeting["title"]))
        return found


def cancelled(event):
    """Whether STATUS says so, or the title, as Outlook writes it."""
    return event.get("STATUS") == "CANCELLED" or event.get("SUMMARY", "").lower().startswith(("canceled:", "cancelled:"))


def theirs(file):
    found = set()
    for calendar in icalendar.Calendar.from_ical(file.read_bytes(), multiple=True):
        zone = zoneinfo.ZoneInfo(str(calendar.get("X-WR-TIMEZONE", "UTC")))
        for event in recurring_ical_events.of(calendar).between(FIRST - DAYS, LAST + DAYS):
            start = event["DTSTART"].dt
            if cancelled(event):
                continue
            if isinstance(start, datetime.datetime):
                start = start if start.tzinfo else start.replace(tzinfo=zone)
                start = start.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            found.add((str(start), " ".join(str(event.get("SUMMARY", "Meeting")).split())))
    return {one for one in found if str(FIRST) <= one[0][:10] < str(LAST)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    # That it guesses zones with a vendor's path, as is meant.
    warnings.filterwarnings("ignore", module="icalendar")
    files = args.files or sorted((ROOT / "tests/import").glob("*.ics"))
    wrong, dates = [], 0
    for file in files:
        own = ours(args.program, file)
        dates += len(own)
        try:
            other = theirs(file)
        except Exception as error:
            other = {(type(error).__name__, str(error)[:60])}
        if (own != other) != (file.stem in KNOWN):
            wrong.append(f"{file.name}: only imported {sorted(own - other)[:4]}, only expanded {sorted(other - own)[:4]}")
    for line in wrong:
        print(line)
    print(f"imported: {len(files)} calendars with {dates} dates, {len(files) - len(KNOWN)} as recurring-ical-events has them")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
