"""Hostile text in every field of the content: refused with file and line, or published as mere text.

Each text is put into all fields at once; the fields in which `convene check` refuses it get a harmless one,
until the rest is taken. What is then published has the components, properties, elements and keys of the
harmless content, and foreign readers find every meeting in its calendars.
"""

import collections
import datetime
import json
import pathlib
import re
import resource
import subprocess
import sys
import time
from xml.etree import ElementTree

import pages
from servers import AS_OF, ROOT, table

sys.path[:0] = [str(ROOT / "tests" / "readers")]

LONG, OVERRIDES = 1_000_000, 10_000
TEXTS = {
    "CR": "a\rb", "LF": "a\nb", "CR LF and a property": "a\r\nATTENDEE:mailto:a@example.org\r\nX-A:b", "NUL": "a\0b", "BEL": "a\ab", "ESC": "a\x1b[31mb",
    "tab": "a\tb", "DEL": "a\x7fb", "NEL (C1)": "a\x85b", "CSI (C1)": "a\x9bb", "U+2028": "a\u2028b", "U+2029": "a\u2029b", "U+202E": "a\u202eb",
    "U+2066": "a\u2066b", "U+200E": "a\u200eb", "byte order mark": "a\ufeffb", "noncharacter": "a\ufffeb", "last noncharacter": "a\U0010ffffb",
    "end of CDATA": "a]]>b", "script": "<script>alert(1)</script>", "end of a script": "</script><script>alert(1)</script>", "comment": "<!-- a -- b -->",
    "javascript:": "javascript:alert(1)", "link to javascript:": "[a](javascript:alert(1)) [b](JaVaScRiPt&colon;alert(1)) <javascript:alert(1)>",
    "picture with onerror": '<img src=x onerror=alert(1)> ![a](x"onerror="alert(1))', "attribute": "\" onmouseover=\"alert(1)\" x='", "data:": "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "frame": "<iframe src=//evil.example></iframe><svg/onload=alert(1)><math><style><!--</style><img src onerror=alert(1)>", "entity": "&lt;script&gt; &#0; &#x85; &nbsp; &evil;",
    "path upwards": "../../../etc/passwd", "encoded line end": "a%0d%0aSet-Cookie: a=b", "calendar": "BEGIN:VEVENT", "property": "END:VCALENDAR\\nBEGIN:VALARM;X=\"",
    "template": "{{ 7*7 }} ${7*7} %s", "quotes": "\\ \" ' ` \\n \\; \\,", "formula": "=cmd|' /C calc'!A0",
}
FULL_TEXTS = {"long line": "a" * LONG, "long line of quotes": "\"\\;,<&" * (LONG // 6), "long line of brackets": "[" * LONG}
ADDRESS, LINE, BODY = "https://meet.example.org/x", "A line", "A body."
# In the order of their lines: file, key, kind, and what is there when nothing hostile is.
FIELDS = [
    ("site.toml", "name", LINE), ("site.toml", "description", LINE), ("site.toml", "url", "https://meet.example.org"), ("site.toml", "uid-domain", "example.org"), ("site.toml", "language", "en"),
    ("site.toml", "[[follow]]", None), ("site.toml", "title", LINE), ("site.toml", "feed", ADDRESS), ("site.toml", "page", ADDRESS),
    ("holidays/us.toml", "name", LINE),
    ("community.md", "title", LINE), ("community.md", "aliases", ["/old/"]), ("community.md", "", BODY),
    ("meetings/weekly/series.md", "title", LINE), ("meetings/weekly/series.md", "join", ADDRESS), ("meetings/weekly/series.md", "agenda", ADDRESS),
    ("meetings/weekly/series.md", "location", LINE), ("meetings/weekly/series.md", "tags", ["developer"]), ("meetings/weekly/series.md", "", BODY),
    ("meetings/weekly/2026-11-12.md", "title", LINE), ("meetings/weekly/2026-11-12.md", "join", ADDRESS), ("meetings/weekly/2026-11-12.md", "agenda", ADDRESS),
    ("meetings/weekly/2026-11-12.md", "location", LINE), ("meetings/weekly/2026-11-12.md", "", BODY),
    ("meetings/weekly/2026-11-19.md", "cancelled", LINE), ("meetings/weekly/2026-11-19.md", "", BODY),
    ("meetings/weekly/2026-11-21.md", "title", LINE), ("meetings/weekly/2026-11-21.md", "location", LINE), ("meetings/weekly/2026-11-21.md", "", BODY),
    ("meetings/weekly/records.toml", "minutes", ADDRESS), ("meetings/weekly/records.toml", "recording", ADDRESS), ("meetings/weekly/records.toml", "topics", [LINE]),
]
# What stands before and after the fields of a file; the fence of front matter is written where it has a body.
BEFORE = {
    "site.toml": 'slug = "example"\nzone = "America/Los_Angeles"\n', "holidays/us.toml": "[[holiday]]\ndate = 2026-11-26\n",
    "meetings/weekly/series.md": 'updated = 2026-01-01T00:00:00Z\nholidays = ["us"]\n', "meetings/weekly/2026-11-19.md": "announced = 2026-10-01T00:00:00Z\n",
    "meetings/weekly/2026-11-21.md": 'added = true\nat = "12:00"\nannounced = 2026-10-01T00:00:00Z\n',
    "meetings/weekly/records.toml": "[[record]]\ndate = 2026-10-29\npublished = 2026-10-29T20:00:00Z\n",
}
AFTER = {"meetings/weekly/series.md": '[[slot]]\nfrom = 2026-10-29\nuntil = 2026-11-26\nevery = "week"\non = "Thursday"\nat = "10:00"\n'}
# Readers that need no long start, each a library that whole clients are built on.
READERS = ["recurring-ical-events", "vobject", "ical.js", "libical"]


def quoted(text):
    """A basic string of TOML."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if " " <= c <= "~" else f"\\U{ord(c):08X}" for c in plain) + '"'


def write(folder, text, harmless):
    """The content with that text in all fields but the harmless ones; the field of each line of each file."""
    lines, places = collections.defaultdict(str), {}
    for file in dict.fromkeys(file for file, *_ in FIELDS):
        lines[file] = ("+++\n" if file.endswith(".md") else "") + BEFORE.get(file, "")
        for field in [field for field in FIELDS if field[0] == file]:
            _, key, good = field
            if key == "":
                lines[file] += AFTER.get(file, "") + "+++\n"
            places[file, lines[file].count("\n") + 1] = field[:2]
            value = good if field[:2] in harmless else [text] if isinstance(good, list) else text
            if good is None:
                lines[file] += key + "\n"
            elif key == "":
                lines[file] += value
            else:
                lines[file] += f"{key} = {'[' + quoted(value[0]) + ']' if isinstance(good, list) else quoted(value)}\n"
    for file, written in lines.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(written, encoding="utf-8", newline="")
    return places


def field_at(places, path, line):
    """The field that begins on that line or, where it is a body, somewhere above it."""
    return next((places[path, at] for at in range(line, 0, -1) if (path, at) in places), None)


def mistakes(convene, folder):
    """What `convene check` says, and whether it ended as it should."""
    ran = subprocess.run([convene, "check", "--json", "--content", folder, "--as-of", AS_OF], capture_output=True, timeout=60)
    said = json.loads(ran.stdout or b"[]")
    errors = [each for each in said if each["severity"] == "error"]
    if ran.returncode not in (0, 1) or (ran.returncode == 1) != bool(errors):
        raise RuntimeError(f"check ended with {ran.returncode}: {ran.stderr[-300:]}")
    return errors


def taken(convene, folder, text):
    """Put the text wherever it is taken; the fields that refuse it, and refusals that name no place."""
    harmless, wrong = set(), []
    for _ in range(10):
        places = write(folder, text, harmless)
        errors = mistakes(convene, folder)
        if not errors:
            return harmless, wrong
        named = {field_at(places, each["path"], each.get("line") or 0) for each in errors} - {None}
        if not named - harmless:
            return harmless, [*wrong, f"refused without its place: {errors[:3]}"]
        harmless |= named
    return harmless, [*wrong, "refused again and again"]


def shape(path, body):
    """How often each component, property, element or key is there; a page's is what is wrong with it."""
    if path.endswith(".ics"):
        text = body.decode()
        if re.search(r"(?<!\r)\n|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
            raise ValueError("a bare line end or a control character")
        lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
        return collections.Counter(re.match(r"(BEGIN:\w+|END:\w+|[A-Z0-9-]+(?=[;:])|$)", line)[0] for line in lines)
    if path.endswith((".xml", ".atom", ".opml", ".svg")):
        return collections.Counter(element.tag for element in ElementTree.fromstring(body).iter())
    if path.endswith(".json"):
        return collections.Counter(keys(json.loads(body)))
    if path.endswith(".html"):
        page = pages.Page(ADDRESS)
        page.feed(body.decode())
        if page.wrong:
            raise ValueError(f"{page.wrong[:3]}")
    return None


def keys(value):
    if isinstance(value, dict):
        yield from value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(each)


def published(convene, folder, out):
    """Every file that is published, by path."""
    subprocess.run([convene, "build", "--out", out, "--content", folder, "--as-of", AS_OF], check=True, capture_output=True, timeout=60)
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def injected(files, baseline):
    """What is published otherwise than of harmless content, but for the text."""
    # The names of aliases are the content's own.
    for path in sorted(set(files) ^ set(baseline)):
        if not path.endswith(".html") or ".." in path:
            yield f"{path} is there only once"
    for path in sorted(set(files) & set(baseline)):
        try:
            found, expected = shape(path, files[path]), shape(path, baseline[path])
        except (ValueError, UnicodeError, ElementTree.ParseError, TypeError) as error:
            yield f"{path}: {error!r}"
            continue
        # What is a link in a text, or a paragraph, comes and goes with the text; these may not.
        if path.endswith(".ics") and found != expected:
            yield f"{path}: {dict((found - expected) + (expected - found))}"
        if path.endswith((".xml", ".atom", ".opml")) and found != expected:
            yield f"{path}: {dict((found - expected) + (expected - found))}"


def read_by_others(convene, folders, work):
    """What foreign readers find otherwise than `convene dates` says; nothing where they are not installed."""
    import readers
    import run as reading

    reading.READERS = [reader for reader in readers.READERS if reader.name in READERS]
    wanted = {}
    for folder in folders:
        content = reading.served.Content(folder, folder.name, AS_OF)
        site = work / "sites" / folder.name
        with reading.served.Server(convene, content) as server:
            said = reading.truth.events_of_series(convene, content)
            for calendar in reading.served.calendars(server, content, site, work / "calendars"):
                wanted[calendar] = reading.truth.wanted(calendar, said, readers.FIRST, readers.LAST)
    outcomes = list(reading.read_all(wanted))
    reading.known.explain(outcomes)
    return len(outcomes), [f"{each.reader}, {each.calendar}: {each.error or each.missing or each.extra}"[:500] for each in outcomes if each.word == "FAIL"]


def structures(convene, work):
    """Content that is strange as a whole: what became of it, and whether that is right."""
    every = {field[:2] for field in FIELDS}
    folder = work / "overrides"
    write(folder, "", every)
    daily = folder / "meetings" / "daily"
    daily.mkdir()
    (daily / "series.md").write_text('+++\ntitle = "Daily"\nupdated = 1999-01-01T00:00:00Z\n[[slot]]\nfrom = 2000-01-01\nrrule = "FREQ=DAILY"\nat = "10:00"\n+++\n')
    for number in range(OVERRIDES):
        date = datetime.date(2000, 1, 1) + datetime.timedelta(number)
        (daily / f"{date}.md").write_text(f'+++\ntitle = "Number {number}"\n+++\n')
    start = time.monotonic()
    calendar = published(convene, folder, work / "sites" / "overrides")["meetings/daily.ics"].decode()
    seconds, found = time.monotonic() - start, len(re.findall(r"\nRECURRENCE-ID[;:]", calendar))
    yield f"{OVERRIDES:,} overrides", f"published in {seconds:.1f} s with all its pages: {found:,} overrides in {len(calendar) / 1e6:.1f} MB", found == OVERRIDES
    slots = '[[slot]]\nfrom = 2000-01-01\nrrule = "FREQ=DAILY"\nat = "10:00"\nuid = "a@example.org"\n'
    for name, more in {"a UID twice in a series": slots + slots.replace("10:00", "12:00"), "a UID of another series": slots}.items():
        (daily / "series.md").write_text(f'+++\ntitle = "Daily"\nupdated = 1999-01-01T00:00:00Z\n{more}+++\n')
        for file in daily.glob("2*.md"):
            file.unlink()
        other = folder / "meetings" / "other"
        other.mkdir(exist_ok=True)
        (other / "series.md").write_text(f'+++\ntitle = "Other"\nupdated = 1999-01-01T00:00:00Z\n{slots}+++\n')
        errors = mistakes(convene, folder)
        told = [f"{each['path']}:{each['line']}: {each['message']}" for each in errors]
        yield name, f"refused: {told[0]}" if told else "taken", any("uid" in each.lower() for each in told)


def costs(convene, work):
    """Milliseconds of CPU that a megabyte in one field takes beyond a harmless text: the least of three checks."""
    every = {field[:2] for field in FIELDS}

    def check(text, harmless):
        folder = work / "cost"
        write(folder, text, harmless)
        times = []
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([convene, "check", "--content", folder, "--as-of", AS_OF], capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
        return min(times)

    nothing = check("", every)
    for name, text in FULL_TEXTS.items():
        took = {field: check(text, every - {field}) - nothing for field in every if field[1] != "[[follow]]"}
        for is_body in (False, True):
            field = max((field for field in took if (field[1] == "") == is_body), key=took.get)
            yield name, took[field], "{}, {}".format(*(part or "body" for part in field))


def run(options):
    # All fields together have to fit into a file.
    texts = TEXTS | ({name: text[:100_000] for name, text in FULL_TEXTS.items()} if options.is_full else {})
    folders, rows, wrong = [], [], []
    every = {field[:2] for field in FIELDS}
    write(options.work / "harmless", "", every)
    baseline = published(options.convene, options.work / "harmless", options.work / "sites" / "harmless")
    for number, (name, text) in enumerate(texts.items()):
        folder = options.work / f"hostile-{number}"
        harmless, failed = taken(options.convene, folder, text)
        if not failed:
            files = published(options.convene, folder, options.work / "sites" / folder.name)
            failed = list(injected(files, baseline))
            folders.append(folder)
        rows.append((name, len(harmless - {("site.toml", "[[follow]]")}), len(every) - 1 - len(harmless - {("site.toml", "[[follow]]")}), len(failed)))
        wrong += [f"{name}: {each}" for each in failed[:3]]
    count, failed = read_by_others(options.convene, folders if options.is_full else folders[::4], options.work)
    options.fail(wrong + failed[:10])
    yield from table(("text", "fields that refuse it", "that publish it", "injected or unreadable"), rows if options.is_full else [("all %d" % len(rows), *(sum(row[at] for row in rows) for at in (1, 2, 3)))])
    yield f"{len(READERS)} foreign readers read {count} calendars of it: {count - len(failed)} right."
    if options.is_full:
        found = list(structures(options.convene, options.work))
        options.fail([f"{name}: {what}" for name, what, is_right in found if not is_right])
        yield ""
        yield from table(("content", "what becomes of it"), [row[:2] for row in found])
        yield ""
        yield from table(("a megabyte as", "takes at most", "in"), [(name, f"{took:.0f} ms", field) for name, took, field in costs(options.convene, options.work)])
