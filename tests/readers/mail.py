#!/usr/bin/env python3
"""Whether `convene announce --ics` is a mail as Python's own reader and icalendar understand it.

    mail.py CONVENE CONTENT...     the next meetings of every series, as of each folder's moment
"""

import email
import email.policy
import json
import pathlib
import subprocess
import sys

import icalendar

TO = "list@example.org"


def convene(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True).stdout


def check(program, content, at, series, date):
    options = ["announce", series, date, "--content", content, "--as-of", at]
    told = json.loads(convene(program, *options, "--json"))
    raw = convene(program, *options, "--ics", "--to", TO, "--from", "chair@example.org")
    where = f"{content}: {series} {date}"
    # A message-id cannot be folded.
    lines = [line for line in raw.split(b"\r\n") if not line.startswith(b"Message-ID: ")]
    assert all(len(line) <= 78 and b"\n" not in line and b"\r" not in line for line in lines), where
    mail = email.message_from_bytes(raw, policy=email.policy.SMTP)
    assert not mail.defects and not any(part.defects for part in mail.walk()), where
    assert mail["Subject"] == told["subject"], (where, mail["Subject"])
    assert [a.addr_spec for a in mail["To"].addresses] == [TO], where
    assert mail["Date"].datetime is not None and mail["Message-ID"].endswith(">"), where
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.rstrip("\n") == told["text"].rstrip("\n"), where
    [attached] = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar" and attached.get_filename() == "event.ics", where
    calendar = icalendar.Calendar.from_ical(attached.get_payload(decode=True))
    [event] = calendar.walk("VEVENT")
    assert "METHOD" not in calendar and event["SUMMARY"], where


def main(program, *contents):
    mails = 0
    for content in contents:
        moment = pathlib.Path(content).parent / "as-of.txt"
        at = moment.read_text().strip() if moment.exists() else "2026-11-25T12:00:00Z"
        for folder in sorted(pathlib.Path(content, "meetings").iterdir()):
            options = ["--from", at[:10], "--content", content, "--as-of", at, "--json"]
            dates = json.loads(convene(program, "dates", folder.name, *options))
            for one in dates[:3]:
                date = one["recurrence_id"]
                check(program, content, at, folder.name, date)
                mails += 1
    assert mails > 20, mails
    print(f"{mails} mails are read as they were meant")


main(*sys.argv[1:])
