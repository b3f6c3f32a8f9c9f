#!/usr/bin/env python3
"""Thunderbird without a display, remote-controlled: it subscribes, loads and expands by itself."""

import contextlib
import subprocess
import sys
import time

import protocol
from marionette import Marionette

PROGRAM = "/usr/lib/thunderbird/thunderbird"
SECONDS, SECONDS_TO_LOAD = 270, 150
# Marionette itself turns off updates, telemetry, remote settings and the like.
PREFERENCES = """
user_pref("marionette.port", 0);
// Whatever is not on this machine goes to a port that nobody listens on.
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("network.proxy.no_proxies_on", "127.0.0.1");
user_pref("network.trr.mode", 5);
user_pref("mailnews.start_page.enabled", false);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("mail.inappnotifications.enabled", false);
user_pref("app.donation.eoy.version.viewed", 999);
user_pref("calendar.timezone.useSystemTimezone", false);
user_pref("calendar.timezone.local", "UTC");
// Debian turns this off, which makes all of it half as fast.
user_pref("javascript.options.baselinejit", true);
"""


def read(calendars, first, end):
    script = (protocol.HERE / "inside" / "thunderbird.js").read_text()
    asked = [{"name": calendar["name"], "url": calendar["url"]} for calendar in calendars]
    with protocol.home() as (folder, environment), running(folder, environment) as client:
        client.run("WebDriver:NewSession")
        client.run("WebDriver:SetTimeouts", script=int(client.left() * 1000))
        client.run("Marionette:SetContext", value="chrome")
        found = client.run("WebDriver:ExecuteScript", script=script, args=[asked, first, end, SECONDS_TO_LOAD])["value"]
        client.run("Marionette:Quit", flags=["eForceQuit"])
    return {calendar["name"]: (list(map(event_of, answer["events"])), answer["error"])
            for calendar, answer in zip(calendars, found, strict=True)}


def event_of(item):
    return protocol.event(item["start"], item["end"], item["title"], item["status"])


@contextlib.contextmanager
def running(folder, environment):
    """A Thunderbird with a new profile, connected to; it is gone afterwards."""
    deadline = time.monotonic() + SECONDS
    profile = folder / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(PREFERENCES)
    command = [PROGRAM, "--headless", "--no-remote", "--profile", str(profile),
               "--marionette", "--remote-allow-system-access"]
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield Marionette(port_of(process, profile, deadline), deadline)
        process.wait(timeout=30)
    except Exception:
        print(last_lines(folder / "log"), file=sys.stderr)
        raise
    finally:
        process.kill()
        process.wait()


def port_of(process, profile, deadline):
    """The port, once Thunderbird has written it into its profile."""
    written = profile / "MarionetteActivePort"
    while process.poll() is None and time.monotonic() < deadline:
        if written.exists() and written.read_text():
            return int(written.read_text())
        time.sleep(0.1)
    raise TimeoutError(f"Thunderbird did not start; it exited with {process.poll()}")


def last_lines(log):
    """The end of a log, without GTK's laments over the missing display."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line and "glib" not in line and "Gtk" not in line]
    return "\n".join(lines[-20:])


if __name__ == "__main__":
    protocol.answer(read)
