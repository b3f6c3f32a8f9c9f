// The reader's own time, in the place of UTC: `<time class="own" datetime="…Z" data-end="…Z">` beside
// the time in the meeting's zone, which starts at `data-local`.

const page = document.documentElement.lang || 'en';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clocks = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** A function that gives the parts of a moment on the reader's clock. */
function reader(options, locale = page) {
  const format = new Intl.DateTimeFormat(locale, options);
  return (moment) => Object.fromEntries(format.formatToParts(moment).map((part) => [part.type, part.value]));
}

// Each language has names for its own region's zones alone, and `GMT+1` for all others.
const regions = [page, 'en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'ja'].map((locale) => reader({ timeZoneName: 'short' }, locale));

/** What the reader's zone is called at that moment: `CET`, or `GMT+14` where it has no such name. */
function zoneName(moment) {
  const names = regions.map((region) => region(moment).timeZoneName);
  return names.find((name) => !/^(GMT|UTC).|^$/.test(name)) ?? names[0];
}

const clockOf = reader(clocks, 'en-GB');
const dayOf = reader({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
const long = new Intl.DateTimeFormat(page, { weekday: 'short', day: 'numeric', month: 'short', ...clocks });
const weekdayOf = reader({ weekday: 'short' });

/** `19:00`. */
function clock(moment) {
  const { hour, minute } = clockOf(moment);
  return `${hour}:${minute}`;
}

/** `2026-11-26`. */
function day(moment) {
  const { year, month, day } = dayOf(moment);
  return `${year}-${month}-${day}`;
}

/** `19:00–20:00 CET` for `18:00–19:00 UTC`, with its days where they are not the one beside it. */
function ownTime(start, end, known, utc) {
  if (end - start >= 24 * HOUR) return `${long.formatRange(start, end)} ${zoneName(start)}`;
  // As the page writes it: `–` in English, `～` in Japanese.
  const [, dash, after] = /\d(\D+)\d\d:\d\d(\D*)UTC$/.exec(utc) ?? [, '–', ' '];
  const weekday = day(start) === known ? '' : `${weekdayOf(start).weekday} `;
  return `${weekday}${clock(start)}${dash}${clock(end)}${after}${zoneName(start)}`;
}

/** Shows the reader's own times in an element; none where the meeting's zone has the same clock. */
function showOwnTimes(root) {
  for (const element of root.querySelectorAll('time.own')) {
    const { end, local } = element.dataset;
    const [start, known] = [new Date(element.dateTime), local.split('T')[0]];
    element.textContent = ownTime(start, new Date(end), known, element.textContent);
    element.parentElement.hidden = `${day(start)}T${clock(start)}` === local;
  }
}

/** Says below every page whose times are shown. */
function nameOwnZone(line) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) line.textContent = line.dataset.own.replace('{}', zone.replaceAll('_', ' '));
}

showOwnTimes(document);
document.querySelectorAll('.zones').forEach(nameOwnZone);
