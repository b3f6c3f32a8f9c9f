"""Subscribes to calendars through Evolution's data server on the message bus that this runs on.

usage: evolution_session.py FOLDER FROM TO

Reads FOLDER/calendars.json, a list of {"name", "file", "url"}, and writes FOLDER/answers.json,
{name: {"events": [[start, end, title, status]], "error"}}.
"""

import calendar as gregorian
import json
import pathlib
import sys
import time

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
from gi.repository import ECal, EDataServer, GLib, ICalGLib  # noqa: E402

SECONDS_TO_LOAD = 150
# The backend downloads and hangs up, so that waiting for its connection would wait in vain.
WITHOUT_WAITING = 0xFFFFFFFF


class Subscription:
    """One calendar: its source, the client of it, and which of its components have arrived."""

    def __init__(self, name, source, file):
        self.name = name
        self.wanted = pathlib.Path(file).read_text(encoding="utf-8").count("\nBEGIN:VEVENT")
        self.arrived = set()
        self.error = None
        self.client = self.view = None
        try:
            self.open(source)
        except GLib.Error as error:
            self.error = error.message

    def open(self, source):
        self.client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, WITHOUT_WAITING, None)
        _, self.view = self.client.get_view_sync("#t", None)
        self.view.connect("objects-added", self.on_added)
        self.view.start()

    def on_added(self, _view, components):
        self.arrived |= {(each.get_uid(), text_of(each.get_recurrenceid())) for each in components}

    def is_loaded(self):
        """Evolution does not tell when its first refresh has ended: everything in the file must arrive."""
        return self.error or len(self.arrived) >= self.wanted

    def answer(self, first, end):
        if not self.is_loaded():
            self.error = f"{len(self.arrived)} of {self.wanted} components arrived within {SECONDS_TO_LOAD} s"
        events = self.instances(first, end) if self.client else []
        return {"events": events, "error": self.error}

    def instances(self, first, end):
        """What Evolution makes of all components between two days."""
        events = []

        def on_instance(component, start, end, _data, _cancellable):
            try:
                events.append([utc(start), utc(end), component.get_summary(), status_of(component)])
            except Exception as error:  # It would be lost in the C code that calls this.
                self.error = f"an instance cannot be read: {error}"
            return True

        self.client.generate_instances_sync(seconds(first), seconds(end), None, on_instance, None)
        return events


def source_of(number, url):
    """What "Add calendar, on the web" makes of an address."""
    source = EDataServer.Source.new_with_uid(f"subscription-{number}", None)
    source.set_parent("webcal-stub")
    source.set_display_name(f"subscription {number}")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("webcal")
    source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_uri(GLib.Uri.parse(url, GLib.UriFlags.NONE))
    source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION).set_method("none")
    source.get_extension(EDataServer.SOURCE_EXTENSION_OFFLINE).set_stay_synchronized(True)
    return source


def seconds(day):
    return gregorian.timegm(time.strptime(day, "%Y-%m-%d"))


def text_of(when):
    return when.as_ical_string() if when else ""


def utc(when):
    if when.is_date():
        return f"{when.get_year():04}-{when.get_month():02}-{when.get_day():02}"
    instant = when.as_timet_with_zone(when.get_timezone())
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(instant))


def status_of(component):
    status = component.get_first_property(ICalGLib.PropertyKind.STATUS_PROPERTY)
    return status.get_value_as_string() if status else None


def wait_until_loaded(subscriptions):
    """Runs the main loop, in which objects arrive, until all have or the time is over."""
    context = GLib.MainContext.default()
    deadline = time.monotonic() + SECONDS_TO_LOAD
    # Makes the loop turn at least now and then, so that the deadline is seen.
    GLib.timeout_add(200, lambda: True)
    while time.monotonic() < deadline and not all(each.is_loaded() for each in subscriptions):
        context.iteration(True)


def main(folder, first, end):
    calendars = json.loads((folder / "calendars.json").read_text())
    registry = EDataServer.SourceRegistry.new_sync(None)
    sources = [source_of(number, calendar["url"]) for number, calendar in enumerate(calendars)]
    registry.create_sources_sync(sources, None)
    subscriptions = [Subscription(calendar["name"], registry.ref_source(source.get_uid()), calendar["file"])
                     for calendar, source in zip(calendars, sources)]
    wait_until_loaded(subscriptions)
    answers = {each.name: each.answer(first, end) for each in subscriptions}
    (folder / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *sys.argv[2:4])
