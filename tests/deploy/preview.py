"""Judge the preview of pull requests: preview.sh in real repositories of git, comment.sh with a GitHub of its own.

usage: preview.py CONVENE

Each story begins with the same content on the branch main, and changes it on another. What a revision of git has is
also compared with the same content as folders, and nothing that the repository configures may run.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

DEPLOY = pathlib.Path(__file__).parents[2] / "deploy/github"
AS_OF = "2026-11-25T12:00:00Z"

SITE = """name = "Example Community"
slug = "example"
description = "Meetings of an example."
url = "https://meetings.example.org"
uid-domain = "example.org"
zone = "America/Los_Angeles"
language = "en"
"""
SERIES = """+++
title = "Weekly call"
updated = 2026-01-01T00:00:00Z

[[slot]]
from = 2026-01-01
every = "week"
on = "Thursday"
at = "10:00"
+++
"""
CANCELLED = '+++\ncancelled = "Maintainers travel"\nannounced = 2026-11-24T18:00:00Z\n+++\n'
DATE = "content/meetings/weekly/2026-12-03.md"
WRONG = "content/meetings/weekly/2026-12-04.md"

GH = """#!/usr/bin/env python3
import json, pathlib, sys
store = pathlib.Path(__file__).with_name("comments.json")
comments = json.loads(store.read_text()) if store.exists() else []
words = sys.argv[1:]
body = [pathlib.Path(word.removeprefix("body=@")).read_text() for word in words if word.startswith("body=@")]
if "POST" in words:
    comments.append({"id": 7 + len(comments), "type": "Bot", "body": body[0]})
elif "PATCH" in words:
    number = int(next(word for word in words if "/issues/comments/" in word).rsplit("/", 1)[1])
    next(comment for comment in comments if comment["id"] == number)["body"] = body[0]
else:
    for comment in comments:
        print(comment["id"], comment["type"], comment["body"].split("\\n")[0], sep="\\t")
store.write_text(json.dumps(comments))
"""


class Wrong(Exception):
    """Something is not as it should be."""


def want(is_so, what):
    if not is_so:
        raise Wrong(what)


class Repository:
    """A checkout with content on the branch main, in a folder of its own."""

    def __init__(self, folder, convene):
        self.folder, self.convene = pathlib.Path(folder), convene
        self.git("init", "-q", "-b", "main")
        self.put("content/site.toml", SITE)
        self.put("content/community.md", '+++\ntitle = "Example"\n+++\n')
        self.put("content/meetings/weekly/series.md", SERIES)
        self.put("README.md", "Not content.\n")

    def git(self, *words):
        settings = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *settings, *words], cwd=self.folder, capture_output=True, text=True, check=False)
        want(done.returncode == 0, f"git {words}: {done.stderr}")
        return done.stdout

    def commit(self, message="x"):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def put(self, path, text):
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, command, *words, **more):
        """Runs the program here: its exit status, what it printed and what it complained of."""
        words = [self.convene, command, "--as-of", AS_OF, *words]
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=False, **more)
        return done.returncode, done.stdout, done.stderr

    def preview(self, base="HEAD^1", **more):
        """Runs preview.sh as the action does: its exit status, the Markdown, the summary and the log."""
        markdown, summary = self.folder / ".git/preview.md", self.folder / ".git/summary.md"
        summary.write_text("")
        # The moment is fixed by a program of that name which adds it.
        fixed = self.folder / ".git/convene"
        fixed.write_text(f'#!/bin/sh\ncommand=$1; shift\nexec "{self.convene}" "$command" --as-of {AS_OF} "$@"\n')
        fixed.chmod(0o755)
        environment = os.environ | {"CONVENE": str(fixed), "GITHUB_STEP_SUMMARY": str(summary)} | more
        done = subprocess.run([DEPLOY / "preview.sh", base, markdown], cwd=self.folder, env=environment,
                              capture_output=True, text=True, check=False)
        want(markdown.read_text() == summary.read_text(), "the summary is not the Markdown")
        return done.returncode, markdown.read_text(), done.stdout + done.stderr


def cancelled(repository):
    """A date is cancelled: that is told, and nothing fails."""
    repository.commit()
    repository.put(DATE, CANCELLED)
    repository.commit()
    status, markdown, log = repository.preview()
    want(status == 0, log)
    want(markdown.startswith("<!-- convene preview -->\n### What changes for subscribers\n"), markdown)
    want("**Cancelled:** Thursday, 3 December 2026, 10:00–11:00 PST" in markdown, markdown)
    want("Maintainers travel" in markdown, markdown)


def nothing(repository):
    """Only what is no content changes."""
    repository.commit()
    repository.put("README.md", "Still not content.\n")
    repository.commit()
    status, markdown, log = repository.preview()
    want(status == 0 and "Nothing changes for subscribers" in markdown, log + markdown)


def mistake(repository):
    """A date hits no meeting: that fails, beside its line and in the comment."""
    repository.commit()
    repository.put(WRONG, CANCELLED)
    repository.commit()
    status, markdown, log = repository.preview(GITHUB_ACTIONS="true")
    want(status == 1, log)
    want(f"::error file={WRONG},line=" in log, log)
    want("### 1 mistake in the new content" in markdown, markdown)


def mended(repository):
    """What was wrong before and is mended is no failure."""
    repository.put(WRONG, CANCELLED)
    repository.commit()
    (repository.folder / WRONG).unlink()
    repository.commit()
    status, markdown, log = repository.preview()
    want(status == 0, log)
    want("### 1 mistake in the old content" in markdown and "nothing to compare with" in markdown, markdown)


def all_new(repository):
    """There was no content before."""
    shutil.move(repository.folder / "content", repository.folder / ".git/aside")
    repository.commit()
    shutil.move(repository.folder / ".git/aside", repository.folder / "content")
    repository.commit()
    status, markdown, log = repository.preview()
    want(status == 0 and "All of the content is new" in markdown, log + markdown)


def no_base(repository):
    """A revision that is not there, as in a checkout of one commit alone."""
    repository.commit()
    status, markdown, log = repository.preview("HEAD^1")
    want(status == 2 and "cannot be told" in markdown, log + markdown)
    want("git knows no such revision" in log, log)


def revisions(repository):
    """Revisions by every name, and the same content as folders."""
    repository.commit()
    repository.git("tag", "-a", "-m", "first", "v1")
    shutil.copytree(repository.folder / "content", repository.folder / ".git/old")
    repository.put(DATE, CANCELLED)
    for name in (".hidden.md", "series.md~", "photo.png"):
        repository.put(f"content/meetings/weekly/{name}", "not content")
    repository.commit()
    folders = repository.run("diff", ".git/old", "content", "--json")
    want(folders[0] == 0 and json.loads(folders[1])["changes"][0]["kind"] == "cancelled", folders)
    commit = repository.git("rev-parse", "v1^{commit}").strip()
    for old in ("v1", "HEAD~1", "main~1", commit, commit[:12], "HEAD@{1}"):
        for new in ([], ["main"], ["HEAD"], ["content"]):
            told = repository.run("diff", old, *new, "--json")
            want(told == folders, f"{old} {new}: {told}")
    told = repository.run("diff", "v1", "--json", env=os.environ | {"GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "x"})
    want(told == folders, f"in a hook of git's: {told}")


def refused(repository):
    """What is no revision, and what would be an option of git's."""
    repository.commit()
    for name, why in (
        ("nowhere", "git knows no such revision, and there is no such folder"),
        ("HEAD:content", ""),
        ("", "no revision has such a name"),
    ):
        status, out, error = repository.run("diff", name)
        want(status == 1 and out == "" and why in error and "at the revision" in error, f"{name}: {error}")
    status, out, error = repository.run("diff", "--", "--output=pwned")
    want(status == 1 and "no revision has such a name" in error, error)
    want(not list(repository.folder.rglob("pwned*")), "git took a name for an option")
    status, _, error = repository.run("diff", "HEAD", env={"PATH": "/nowhere"})
    want(status == 1 and "there is no program `git`" in error, error)
    (repository.folder / "content/page.md").symlink_to("community.md")
    repository.commit()
    status, _, error = repository.run("diff", "HEAD")
    want(status == 1 and "`page.md` is a link, which is not followed" in error, error)
    with tempfile.TemporaryDirectory() as alone:
        shutil.copytree(repository.folder / "content", pathlib.Path(alone, "content"))
        status, _, error = repository.run("diff", "HEAD", "--content", f"{alone}/content")
        want(status == 1 and "not a git repository" in error, error)


def nothing_runs(repository):
    """Programs that the repository's own configuration names, and attributes that leave files out."""
    repository.put("content/.gitattributes", "*.md export-ignore filter=evil\n")
    repository.commit()
    trap = repository.folder / ".git/trap"
    trap.write_text(f"#!/bin/sh\ntouch {repository.folder}/.git/sprung\ncat\n")
    trap.chmod(0o755)
    repository.put(DATE, CANCELLED)
    repository.commit()
    for key in ("core.fsmonitor", "core.pager", "filter.evil.smudge", "diff.external", "core.sshCommand", "alias.ls-tree"):
        repository.git("config", key, f"!{trap}" if key.startswith("alias") else str(trap))
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(trap, repository.folder / ".git/hooks" / hook)
    status, out, error = repository.run("diff", "HEAD~1", "HEAD")
    want(status == 0 and "cancelled: Thursday, 3 December 2026" in out, error)
    want(not (repository.folder / ".git/sprung").exists(), "the repository's configuration ran a program")


def nothing_is_fetched(repository):
    """A clone that lacks what was before, and could fetch it: it is told, not fetched."""
    repository.commit()
    repository.put(DATE, CANCELLED)
    repository.put("content/meetings/weekly/series.md", SERIES.replace("Weekly", "Our"))
    repository.commit()
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", "--filter=blob:none", f"file://{repository.folder}", ".git/partial")
    where = ("--content", str(repository.folder / ".git/partial/content"))
    status, out, error = repository.run("diff", "HEAD", *where)
    want(status == 0 and out == "nothing changes for subscribers\n", error)
    status, out, error = repository.run("diff", "HEAD~1", *where)
    want(status == 1 and "git does not have `meetings/weekly/series.md` here" in error, out + error)


def comment(repository):
    """One comment, written anew each time; what somebody else wrote stays."""
    repository.commit()
    repository.put(DATE, CANCELLED)
    repository.commit()
    repository.preview()
    programs = repository.folder / ".git/programs"
    programs.mkdir()
    (programs / "gh").write_text(GH)
    (programs / "gh").chmod(0o755)
    comments = programs / "comments.json"
    mine = {"id": 1, "type": "User", "body": "<!-- convene preview -->\nMine."}
    comments.write_text(json.dumps([mine, {"id": 2, "type": "Bot", "body": "Another bot's."}]))
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "GITHUB_REPOSITORY": "o/r", "PULL_REQUEST": "5"}
    markdown = repository.folder / ".git/preview.md"
    for text in (markdown.read_text(), "<!-- convene preview -->\nOtherwise.\n"):
        markdown.write_text(text)
        subprocess.run([DEPLOY / "comment.sh", markdown], env=environment, check=True)
        found = json.loads(comments.read_text())
        want([c["body"] for c in found] == [mine["body"], "Another bot's.", text], found)


STORIES = (cancelled, nothing, mistake, mended, all_new, no_base, revisions, refused, nothing_runs,
           nothing_is_fetched, comment)


def main():
    convene = pathlib.Path(sys.argv[1]).resolve()
    wrong = 0
    for story in STORIES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                story(Repository(folder, convene))
            except Wrong as error:
                wrong += 1
                print(f"{story.__name__}: {error}", file=sys.stderr)
    print(f"{len(STORIES)} stories of pull requests, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
