"""The readers, each a command that speaks the protocol which README.md in this folder describes."""

import json
import os
import pathlib
import subprocess
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
BUILT = HERE.parent.parent / "target" / "readers"
PYTHON = str(BUILT / "python" / "bin" / "python")
NODE = str(BUILT / "node")
# Every meeting from the first date up to the last is compared.
FIRST, LAST = "2015-01-01", "2029-01-01"
# Minutes would be a reader that hangs: the slowest needs a third of this.
DEADLINE = 300


@dataclass(frozen=True)
class Reader:
    """A foreign reader of calendars: its name in the table, and the command that runs it."""

    name: str
    command: tuple
    checks: bool = False  # whether it also tells what is wrong with a calendar
    since: str = FIRST  # the first date that it is asked for
    form: str = ".ics"  # the form of calendar that it is given

    def read(self, calendars):
        """Its answer for each calendar by name; why it has none for all of them, where it fails as a whole."""
        given = [{"name": each.name, "file": str(each.file.with_suffix(self.form)), "url": each.url} for each in calendars]
        try:
            ran = subprocess.run(
                [*self.command, self.since, LAST], input=json.dumps(given), capture_output=True, text=True,
                timeout=DEADLINE, env={**os.environ, **ENV})
            if ran.returncode == 0:
                return json.loads(ran.stdout)
            error = f"exit {ran.returncode}: {ran.stderr.strip()[-300:]}"
        except (OSError, ValueError, subprocess.TimeoutExpired) as raised:
            error = f"{type(raised).__name__}: {raised}"[:300]
        return {each.name: {"events": [], "error": error} for each in calendars}


ENV = {
    # No reader may take the machine's zone for that of a calendar.
    "TZ": "UTC",
    # The newest tz data, for Python from its package tzdata, for Node compiled from the system's.
    "PYTHONTZPATH": "",
    "ICU_TIMEZONE_FILES_DIR": str(BUILT / "icu"),
    # Where the adapters in JavaScript find their packages.
    "READERS_MODULES": str(BUILT / "npm"),
}


def adapter(program, file):
    return program, str(HERE / "adapters" / file)


def client(file):
    return PYTHON, str(HERE / "clients" / file)


READERS = [
    # Whole clients first, since they take longest.
    Reader("Thunderbird", client("thunderbird.py")),
    Reader("Evolution", client("evolution.py")),
    # It reads the whole series anew for each date that it lists, so the years before are left to the others.
    Reader("khal", client("khal.py"), since="2024-01-01"),
    Reader("recurring-ical-events", adapter(PYTHON, "python_recurring.py")),
    Reader("ical", adapter(PYTHON, "python_ical.py")),
    Reader("icalevents", adapter(PYTHON, "python_icalevents.py")),
    Reader("vobject", adapter(PYTHON, "python_vobject.py")),
    Reader("ical.js", adapter(NODE, "js_ical.mjs")),
    Reader("ical-expander", adapter(NODE, "js_ical_expander.mjs")),
    Reader("node-ical", adapter(NODE, "js_node_ical.mjs")),
    Reader("icalendar, jCal", adapter(PYTHON, "python_recurring.py"), form=".jcal.json"),
    Reader("ical.js, jCal", adapter(NODE, "js_ical.mjs"), form=".jcal.json"),
    Reader("libical", (str(BUILT / "libical"),), checks=True),
    Reader("KCalendarCore", (str(BUILT / "kcalendarcore"),)),
    Reader("sabre/vobject", adapter("php", "sabre.php")),
]
