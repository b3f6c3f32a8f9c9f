// ical.js 2, from text or from jCal: zones from the calendar's own VTIMEZONEs, overrides related to their masters.

import { event, instant, load, run } from "./protocol.mjs";

const ICAL = load("ical.js").default ?? load("ical.js");

run((text, first, last) => {
  const calendar = new ICAL.Component(text.startsWith("[") ? JSON.parse(text) : ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const components = calendar.getAllSubcomponents("vevent");
  const masters = components.filter((component) => !component.hasProperty("recurrence-id"));
  return masters.flatMap((master) => eventsOf(new ICAL.Event(master, { exceptions: components.filter(
    (other) => other.hasProperty("recurrence-id") && uid(other) === uid(master)) }), last));
});

function uid(component) {
  return component.getFirstPropertyValue("uid");
}

function eventsOf(master, last) {
  if (!master.isRecurring()) return [one(master, master.startDate, master.endDate)];
  const found = [];
  const iterator = master.iterator();
  for (let next = iterator.next(); next && asText(next) < last; next = iterator.next()) {
    const { item, startDate, endDate } = master.getOccurrenceDetails(next);
    found.push(one(item, startDate, endDate));
  }
  return found;
}

function one(item, start, end) {
  return event(asText(start), asText(end), item.summary, item.component.getFirstPropertyValue("status"));
}

function asText(time) {
  return time.isDate ? time.toString() : instant(time.toJSDate());
}
