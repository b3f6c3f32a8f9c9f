"""What happens to the community in the scenario, and what its followers are told of it."""

import pathlib
from dataclasses import dataclass, field

# What there is at first, and the moment.
CONTENT = pathlib.Path(__file__).resolve().parent / "story" / "content"
AS_OF = "2026-11-24T12:00:00Z"

SERIES = "meetings/weekly/series.md"
RECORDS = "meetings/weekly/records.toml"


@dataclass(frozen=True)
class Step:
    """What is done, and how the titles of the items begin that are new then."""

    words: str
    titles: tuple = ()
    files: dict = field(default_factory=dict)  # that are written, by their path
    restart: bool = False
    as_of: str | None = None  # from then on; it takes a restart
    note: str | None = None  # that `convene collect` reads
    edits: bool = False  # whether words of items change that are there already

    @property
    def changes(self):
        """Whether any octet of the feeds may be another, and then one has to be."""
        return bool(self.titles) or self.edits

    def is_told_by(self, titles):
        return len(titles) == len(self.titles) and all(
            title.startswith(wanted) for title, wanted in zip(sorted(titles), sorted(self.titles)))


def at(words, as_of, title):
    return Step(words, (title,), restart=True, as_of=as_of)


def dated(date, lines, body=""):
    return {f"meetings/weekly/{date}.md": f"+++\n{lines}\n+++\n{body}\n"}


def records(lines):
    return {RECORDS: (CONTENT / RECORDS).read_text() + lines}


CANCELLED = 'cancelled = "No topics"\nannounced = 2026-11-24T10:00:00Z'
MOVED = "moved-to = 2026-12-16T09:00:00\nannounced = 2026-11-24T10:30:00Z"
ADDED = 'added = true\nat = "08:00"\nannounced = 2026-11-24T10:45:00Z'
RECORDED = """
[[record]]
date = 2026-11-19
recording = "https://videos.example.org/20261119"
published = 2026-11-24T11:00:00Z
"""
WITH_MINUTES = RECORDED + """minutes = "https://notes.example.org/20261119"
minutes-published = 2026-11-24T11:15:00Z
"""
TWICE_RECORDED = WITH_MINUTES.replace(
    '"https://videos.example.org/20261119"', '["https://videos.example.org/20261119", "https://videos.example.org/2"]'
).replace("2026-11-24T11:00:00Z", "[2026-11-24T11:00:00Z, 2026-11-24T11:30:00Z]")

NOTE = """# Weekly call

## November 12, 2026

**Recording**: https://youtu.be/abcdefghijk

### Notes:
We talked.
"""
NOTE_CANCELS = NOTE.replace("## November 12", "## December 24, 2026\n\nCanceled for the holidays.\n\n## November 12")

STEPS = [
    Step("nothing"),
    Step("a cancellation", ("Cancelled: Weekly call, Thursday 10 December 2026",), dated("2026-12-10", CANCELLED)),
    Step("a move", ("Moved: Weekly call, Thursday 17 December 2026",), dated("2026-12-17", MOVED)),
    Step("an added meeting", ("Added: Weekly call, Tuesday 22 December 2026",), dated("2026-12-22", ADDED)),
    Step("a recording", ("Recording: Weekly call, Thursday 19 November 2026",), records(RECORDED)),
    Step("the same record again", (), records(RECORDED)),
    Step("a restart", restart=True),
    Step("another reason", (), dated("2026-12-10", CANCELLED.replace("No topics", "Nobody has time")), edits=True),
    Step("a note", (), dated("2026-12-17", MOVED, "A day early, for once."), edits=True),
    Step("another title", (), dated("2026-12-22", ADDED + '\ntitle = "Extra call"'), edits=True),
    Step(
        "minutes, during a restart", ("Minutes: Weekly call, Thursday 19 November 2026",), records(WITH_MINUTES),
        restart=True,
    ),
    Step("another recording", ("Another recording: Weekly call, Thursday 19 November 2026",), records(TWICE_RECORDED)),
    Step("the same records, a restart", (), records(TWICE_RECORDED), restart=True),
    Step(
        "a cancellation taken back", ("On again: Weekly call, Thursday 10 December 2026",),
        dated("2026-12-10", CANCELLED + "\nrestored = 2026-11-24T11:45:00Z"),
    ),
    Step("collecting", tuple(f"{kind}: Weekly call, Thursday 12 November 2026" for kind in ("Minutes", "Recording")), note=NOTE),
    Step("collecting again, a restart", note=NOTE, restart=True),
    Step("collecting a cancellation", ("Cancelled: Weekly call, Thursday 24 December 2026",), note=NOTE_CANCELS),
    Step("collecting it again", note=NOTE_CANCELS),
    at("a day before", "2026-11-25T18:30:00Z", "Tomorrow: Weekly call, Thursday 26 November 2026"),
    at("an hour before", "2026-11-26T17:30:00Z", "In one hour: Weekly call, Thursday 26 November 2026"),
    at("an agenda opens", "2026-11-26T18:30:00Z", "Agenda open: Weekly call, Thursday 3 December 2026"),
    Step(
        "a cancellation, the agenda open", ("Cancelled: Weekly call, Thursday 3 December 2026",),
        dated("2026-12-03", CANCELLED.replace("2026-11-24T10:00", "2026-11-26T18:15")),
    ),
    Step("a day before that", restart=True, as_of="2026-12-02T18:30:00Z"),
    Step("the series renamed", (), {SERIES: (CONTENT / SERIES).read_text().replace("Weekly call", "Open call")}, edits=True),
    Step("a restart then", restart=True),
]
