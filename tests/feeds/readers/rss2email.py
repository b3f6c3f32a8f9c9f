"""rss2email: fetches over HTTP and sends each new entry as a mail, here into a folder."""

import configparser
import email
import email.policy
import mailbox
import os
import pathlib
import subprocess
import tempfile
from collections import defaultdict
from datetime import timezone

from feeds import Answer, Entry, utc

CONFIG = """
[DEFAULT]
from = feeds@localhost
to = reader@localhost
email-protocol = maildir
maildir-path = {home}
maildir-mailbox = mail
date-header = True
date-header-order = issued, modified, created, expired
html-mail = True
name-format = {{feed-title}}: {{author}}
verbose = warning
"""
# The command of Debian, which runs by Debian's Python.
PROGRAM = "/usr/bin/r2e"


class Rss2email:
    """rss2email in a home of its own."""

    def __init__(self, home, urls):
        self.home = pathlib.Path(home)
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "config").write_text(CONFIG.format(home=self.home) + "".join(map(section, urls)))
        self.seen = set()

    def run(self, *arguments):
        files = ["--config", self.home / "config", "--data", self.home / "data.json"]
        # The Python of an environment has another feedparser than Debian's.
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        ran = subprocess.run([PROGRAM, *files, *arguments], env=environment, capture_output=True, text=True)
        complaints = ran.stderr.strip()
        if ran.returncode or complaints:
            raise RuntimeError(f"rss2email: exit {ran.returncode}: {complaints[-300:]}")

    def mails(self):
        """The mails that it has sent since it was last asked, in the order in which it sent them."""
        box = mailbox.Maildir(self.home / "mail", create=True)
        new = sorted(set(box.keys()) - self.seen, key=lambda key: int(key.split("Q")[1].split(".")[0]))
        self.seen.update(new)
        return [email.message_from_bytes(box.get_bytes(key), policy=email.policy.default) for key in new]


def section(url):
    """The lines that subscribe to a feed, whose name may have letters, digits, dots and dashes."""
    return f"\n[feed.{name(url)}]\nurl = {url}\n"


def name(url):
    return url.replace("http://", "").replace("/", "-").replace(":", "-")


def read(feeds):
    """Has every entry mailed; the oldest comes first."""
    with tempfile.TemporaryDirectory() as home:
        rss2email = Rss2email(home, [feed.url for feed in feeds])
        rss2email.run("run")
        sent = defaultdict(list)
        for mail in rss2email.mails():
            sent[mail["X-RSS-Feed"]].insert(0, mail)
    return {feed: answer(sent[feed.url]) for feed in feeds}


def answer(mails):
    """The feed's title and the author are only told in From, as `name-format` puts them together."""
    senders = [mail["From"].addresses[0].display_name.rpartition(": ") for mail in mails]
    return Answer(senders[0][0] if senders else None, [
        entry(mail, author) for mail, (_, _, author) in zip(mails, senders)
    ])


def entry(mail, author):
    published = mail["Date"].datetime.astimezone(timezone.utc)
    return Entry(
        mail["X-RSS-ID"], mail["Subject"], mail["X-RSS-URL"], utc(published), author, mail.get_content(),
    )


def outlines(file):
    """The addresses that it subscribes to when given an OPML file; its names have no spaces."""
    with tempfile.TemporaryDirectory() as home:
        rss2email = Rss2email(home, [])
        rss2email.run("opmlimport", file)
        config = configparser.ConfigParser(interpolation=None)
        config.read(rss2email.home / "config")
        return [(None, config[name]["url"]) for name in config.sections()]
