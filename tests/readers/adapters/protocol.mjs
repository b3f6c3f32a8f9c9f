// What the adapters in JavaScript share: see protocol.py.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

/** Loads a package from where the install script put them. */
export const load = createRequire(`${process.env.READERS_MODULES}/`);

/** The whole adapter; `read(text, first, last)` gives `event(…)`s of a calendar, some outside the window. */
export function run(read) {
  const [first, last] = process.argv.slice(2, 4);
  const answers = {};
  for (const { name, file } of JSON.parse(readFileSync(0, "utf8"))) {
    try {
      const found = read(readFileSync(file, "utf8"), first, last);
      answers[name] = { events: found.filter(({ start }) => first <= start && start < last), error: null };
    } catch (error) { // whatever a foreign reader throws is its answer
      answers[name] = { events: [], error: String(error).slice(0, 300) };
    }
  }
  process.stdout.write(JSON.stringify(answers));
}

/** One event in the protocol's shape. */
export function event(start, end, title, status) {
  return { start, end, title, status: (status ?? "CONFIRMED").toLowerCase() };
}

/** A `Date` as an instant. */
export const instant = (date) => date.toISOString().replace(/\.\d+Z$/, "Z");
