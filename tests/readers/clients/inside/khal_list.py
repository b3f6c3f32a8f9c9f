"""What `khal list` does, for all days at once.

usage: khal_list.py CONFIG FROM TO FIELD…

Prints a JSON list of the fields that `khal list --json` has. khal itself goes day by day and parses
an event's whole file again for every date that it shows: minutes, for calendars of this size.
"""

import datetime as dt
import functools
import os
import sys

import khal.icalendar
import khal.khalendar.backend
import khal.khalendar.event
from khal.cli_utils import build_collection
from khal.controllers import get_events_between
from khal.settings import get_config
from khal.utils import json_formatter


def remember_what_was_parsed():
    remembered = functools.cache(khal.icalendar.cal_from_ics)
    khal.khalendar.backend.cal_from_ics = remembered
    khal.khalendar.event.cal_from_ics = remembered


def main(config, first, end, *fields):
    remember_what_was_parsed()
    # khal makes sure that each file is on the disk before it looks at it.
    os.fsync = lambda _file: None
    settings = get_config(config)
    rows = get_events_between(
        build_collection(settings, None), settings["locale"], dt.datetime.fromisoformat(first),
        dt.datetime.fromisoformat(end), json_formatter(fields), notstarted=False, env={}, original_start=None,
        colors=False)
    print(*rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
