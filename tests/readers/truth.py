"""What Convene itself says takes place: `convene dates --json`."""

import datetime as dt
import json
import subprocess
import tomllib

import yaml

# Wide enough for meetings that were moved into or out of any window.
FIRST, LAST = "2000-01-01", "2040-12-31"

# What stands before the title of a cancelled meeting where those are shown, by the community's language.
MARKS = {"en": "Cancelled: ", "de": "Abgesagt: ", "ja": "【中止】"}

# How long those are shown, and how far a flat calendar reaches back and ahead.
MEMORY = dt.timedelta(days=366)


def events_of_series(binary, content):
    """The events of each series, cancelled ones too: (start, end, title, status, page)."""
    return {folder.name: events(binary, content, folder.name) for folder in (content.folder / "meetings").iterdir()}


def events(binary, content, series):
    command = [binary, "dates", series, "--json", "--from", FIRST, "--to", LAST, *content.args()]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [event(row) for row in rows]


def event(row):
    timed = "T" in row["start"]
    start, end = (row["utc_start"], row["utc_end"]) if timed else (row["start"], row["end"])
    return start, end, row["title"], row["status"], row["page"]


def wanted(calendar, by_series, first, last):
    """The events that a calendar must have from the date `first` up to `last`."""
    found = [event for series in series_of(calendar, by_series) for event in by_series[series]]
    found = [event for event in found if first <= event[0] < last and shows(calendar, event)]
    return [(start, end, marked(calendar, title, status), status) for start, end, title, status, _ in found]


def shows(calendar, event):
    """Whether a meeting is in the calendar: cancelled ones are only in a marked one, and for a year."""
    start, end, _, status, page = event
    if calendar.is_meeting:
        return page.endswith("/" + calendar.path.removesuffix("event.ics"))
    present = dt.datetime.fromisoformat(calendar.content.as_of)
    recent = instant(end) > present - MEMORY
    if calendar.flat:
        return status == "confirmed" and recent and instant(start) <= present + MEMORY
    return status == "confirmed" or calendar.marked and recent


def instant(text):
    """A time in UTC; a date begins at midnight there, which is near enough to tell a year by."""
    return dt.datetime.fromisoformat(text if "T" in text else text + "T00:00:00Z")


def marked(calendar, title, status):
    return mark(calendar.content) + title if calendar.marked and status == "cancelled" else title


def mark(content):
    language = tomllib.loads((content.folder / "site.toml").read_text())["language"]
    return MARKS[language.split("-")[0]]


def series_of(calendar, by_series):
    if calendar.is_meeting:
        return [calendar.path.split("/")[1]]
    folder, _, name = calendar.path.removesuffix(".ics").rpartition("/")
    match folder:
        case "":
            return list(by_series)
        case "meetings":
            return [name]
        case "tags":
            meetings = calendar.content.folder / "meetings"
            return [series for series in by_series if name in tags(meetings / series / "series.md")]
    raise RuntimeError(f"{calendar.name}: no telling which meetings belong there")


def tags(file):
    """The tags in a series' front matter, which is TOML between `+++` or YAML between `---`."""
    text = file.read_text()
    fence = text[:3]
    front = text.split(fence + "\n")[1]
    return (tomllib.loads(front) if fence == "+++" else yaml.safe_load(front)).get("tags", [])
