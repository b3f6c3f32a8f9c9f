// ical-expander, without its bound on iterations, which would end long series early.

import { event, instant, load, run } from "./protocol.mjs";

const IcalExpander = load("ical-expander");

run((text, first, last) => {
  const expander = new IcalExpander({ ics: text, maxIterations: 0 });
  const { events, occurrences } = expander.between(new Date(first), new Date(last));
  return [
    ...events.map((found) => one(found, found.startDate, found.endDate)),
    ...occurrences.map(({ item, startDate, endDate }) => one(item, startDate, endDate)),
  ];
});

function one(item, start, end) {
  return event(asText(start), asText(end), item.summary, item.component.getFirstPropertyValue("status"));
}

function asText(time) {
  return time.isDate ? time.toString() : instant(time.toJSDate());
}
