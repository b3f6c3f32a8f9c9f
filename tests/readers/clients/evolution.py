#!/usr/bin/env python3
"""Evolution's backend, which GNOME Calendar uses too, on a message bus of its own.

This program makes the bus and runs inside/evolution_session.py on it.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys

import protocol

SECONDS = 270
# Debian's own Python is the one that Debian's bindings of Evolution's libraries are for.
SESSION = ["dbus-run-session", "--", "/usr/bin/python3", str(protocol.HERE / "inside" / "evolution_session.py")]


def read(calendars, first, end):
    with protocol.home() as (folder, environment):
        environment |= {"GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local", "no_proxy": "127.0.0.1"}
        (folder / "calendars.json").write_text(json.dumps(calendars))
        run(folder, [*SESSION, str(folder), first, end], environment)
        answers = json.loads((folder / "answers.json").read_text())
    return {name: ([protocol.event(*event) for event in answer["events"]], answer["error"])
            for name, answer in answers.items()}


def run(folder, command, environment):
    """Run the session to its end, and stop the services that the bus started: some outlive it."""
    with (folder / "log").open("w") as log:
        session = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   start_new_session=True)
    try:
        ended = session.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        ended = f"nothing after {SECONDS} s"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(session.pid, signal.SIGKILL)
    if ended != 0:
        print((folder / "log").read_text(errors="replace"), file=sys.stderr)
        raise RuntimeError(f"Evolution's session ended with {ended}")


if __name__ == "__main__":
    protocol.answer(read)
