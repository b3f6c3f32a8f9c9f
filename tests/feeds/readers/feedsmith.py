"""feedsmith, by way of Node."""

import json
import subprocess

from feeds import Answer, Entry

from . import BUILT, HERE


def read(feeds):
    answers = asked({"feeds": [{"file": str(feed.file), "format": feed.format} for feed in feeds]})["feeds"]
    return {
        feed: Answer(said.get("title", ""), [Entry(**each) for each in said.get("entries", ())], said.get("error"))
        for feed, said in zip(feeds, answers, strict=True)
    }


def outlines(file):
    """The text and the address of each feed in an OPML file."""
    return [tuple(each) for each in asked({"outlines": str(file)})["outlines"]]


def asked(question):
    command = [str(BUILT / "node"), str(HERE / "feedsmith.mjs"), str(BUILT / "npm")]
    ran = subprocess.run(command, input=json.dumps(question), capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"feedsmith.mjs: exit {ran.returncode}: {ran.stderr.strip()[-300:]}")
    return json.loads(ran.stdout)
