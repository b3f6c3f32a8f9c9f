"""What Convene serves of a content folder: every calendar, by address and as a file."""

import json
import pathlib
import subprocess
import tomllib
import urllib.error
import urllib.request
from dataclasses import dataclass

DEFAULT_AS_OF = "2026-11-24T12:00:00Z"


@dataclass(frozen=True)
class Content:
    """A content folder and the moment at which it is looked at."""

    folder: pathlib.Path
    name: str
    as_of: str

    @classmethod
    def at(cls, folder):
        """The folder; its moment is in `as-of.txt` beside it, where there is one."""
        folder = folder.resolve()
        moment = folder.parent / "as-of.txt"
        if not moment.exists():
            slug = tomllib.loads((folder / "site.toml").read_text())["slug"]
            return cls(folder, slug, DEFAULT_AS_OF)
        return cls(folder, folder.parent.name, moment.read_text().strip())

    def args(self):
        """The arguments by which every command of Convene is told of it."""
        return ["--content", str(self.folder), "--as-of", self.as_of]


@dataclass(frozen=True)
class Calendar:
    """One calendar as it was fetched."""

    content: Content
    path: str  # relative to the site: `meetings/weekly.ics`
    query: str
    file: pathlib.Path
    url: str

    @property
    def name(self):
        return f"{self.content.name}: {self.path}{self.query}"

    @property
    def is_meeting(self):
        """Whether it is the file of one meeting."""
        return self.path.count("/") == 3

    @property
    def forms(self):
        """The forms in which it was fetched; that of one meeting there is in text alone."""
        return [".ics"] if self.is_meeting else list(FORMS)

    @property
    def flat(self):
        """Whether every meeting is by itself."""
        return self.query == FLAT

    @property
    def marked(self):
        """Whether it shows cancelled meetings."""
        return self.query == MARKED


# With every meeting by itself.
FLAT = "?flat=utc"
# Each calendar is fetched in these forms, by the media type that is asked for first.
FORMS = {".ics": "text/calendar", ".jcal.json": "application/calendar+json"}
# The form in which the calendar of everything is read too: with cancelled meetings in it.
MARKED = "?cancelled=mark"


class Server:
    """`convene serve` on a free loopback port, or the one asked for, for as long as the block lasts."""

    def __init__(self, binary, content, listen="127.0.0.1:0"):
        command = [binary, "serve", "--listen", listen, "--json", *content.args()]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def __enter__(self):
        self.root = json.loads(self._opening())[0]["url"]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def _opening(self):
        """The JSON that says what is served; the process goes on after it."""
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.rstrip() == "]":
                break
        return "".join(lines)

    def get(self, path, media_type="text/calendar"):
        """The body of a calendar in that form; nothing when the server answers with anything else."""
        request = urllib.request.Request(self.root + path, headers={"Accept": media_type})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.read() if answer.headers.get_content_type() == media_type else None
        except urllib.error.HTTPError:
            return None

    def knows_options(self, path):
        """Whether the query matters: then a value that makes no sense is refused."""
        return self.get(path + "?cancelled=nonsense") is None


def calendars(server, content, site, folder):
    """Every calendar of the exported tree `site`, fetched from `server` into `folder`."""
    for path in sorted(paths(site)):
        yield fetched(server, content, path, "", folder / "plain")
        if "/" not in path and server.knows_options(path):
            yield fetched(server, content, path, MARKED, folder / "marked")
            yield fetched(server, content, path, FLAT, folder / "flat")
    for path in sorted(meetings(site)):
        yield fetched(server, content, path, "", folder / "plain")


def paths(site):
    """Where the calendars are: all but those of one meeting, and one of the two names of the whole."""
    for file in site.rglob("*.ics"):
        path = str(file.relative_to(site))
        if path != "calendar.ics" and path.count("/") <= 1:
            yield path


def meetings(site):
    """The file of one meeting of each series, the last there is."""
    for series in (site / "meetings").iterdir():
        files = sorted(series.glob("*/event.ics")) if series.is_dir() else []
        yield from (str(file.relative_to(site)) for file in files[-1:])


def fetched(server, content, path, query, folder):
    file = folder / content.name / path
    file.parent.mkdir(parents=True, exist_ok=True)
    calendar = Calendar(content, path, query, file, server.root + path + query)
    for form in calendar.forms:
        body = server.get(path + query, FORMS[form])
        if body is None:
            raise RuntimeError(f"{content.name}: {path}{query} is in the tree, but not served as {FORMS[form]}")
        file.with_suffix(form).write_bytes(body)
    return calendar
