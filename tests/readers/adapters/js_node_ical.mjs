// node-ical, with its own expansion of recurring events.

import { event, instant, load, run } from "./protocol.mjs";

const ical = load("node-ical");

run((text, first, last) => {
  const window = { from: new Date(first), to: new Date(last) };
  const found = Object.values(ical.sync.parseICS(text)).filter(({ type }) => type === "VEVENT");
  return found.flatMap((each) => ical.expandRecurringEvent(each, window)).map(
    ({ start, end, summary, isFullDay, event: { status } }) =>
      event(asText(start, isFullDay), asText(end, isFullDay), summary, status));
});

/** Whole days are local midnights, and the adapter runs in UTC. */
function asText(date, isFullDay) {
  return isFullDay ? date.toISOString().slice(0, 10) : instant(date);
}
