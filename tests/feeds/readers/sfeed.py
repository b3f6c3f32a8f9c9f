"""sfeed: fetches over HTTP into a file of tab-separated values, the newest first."""

import os
import pathlib
import re
import shlex
import subprocess
import tempfile
from datetime import datetime, timezone

from feeds import Answer, Entry, utc

ESCAPED = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


def read(feeds):
    with tempfile.TemporaryDirectory() as scratch:
        home = pathlib.Path(scratch)
        lines = [f"feed {number} {feed.url}" for number, feed in enumerate(feeds)]
        (home / "sfeedrc").write_text("\n".join([f"sfeedpath={home}/feeds", "feeds() {", *lines, "}", ""]))
        (home / "feeds").mkdir()
        ran = subprocess.run(
            ["sfeed_update", home / "sfeedrc"], env={**os.environ, "HOME": scratch}, capture_output=True, text=True)
        return {feed: answer(home / "feeds" / str(number), ran) for number, feed in enumerate(feeds)}


def answer(file, ran):
    """It keeps nothing of a feed but its entries."""
    if ran.returncode:
        return Answer(error=f"sfeed_update: exit {ran.returncode}: {ran.stderr.strip()[-200:]}")
    return Answer(None, [entry(line.split("\t")) for line in file.read_text().split("\n") if line])


def entry(fields):
    published, title, link, content, _, id, author, *_ = fields
    moment = datetime.fromtimestamp(int(published), timezone.utc) if published else None
    return Entry(id, title, link, utc(moment), author, re.sub(r"\\.", lambda each: ESCAPED[each[0]], content))


def outlines(file):
    """The text and the address of each feed that it subscribes to when given an OPML file."""
    ran = subprocess.run(["sfeed_opml_import"], input=file.read_bytes(), check=True, capture_output=True)
    words = [shlex.split(line) for line in ran.stdout.decode().splitlines() if line.startswith("\tfeed ")]
    return [(text, url) for _, text, url, *_ in words]
