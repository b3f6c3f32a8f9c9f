// How long it is until a meeting starts or ends, in `<p class="countdown" data-start data-end …>`; what
// `#now` shows is replaced when its meeting is over.

const relative = new Intl.RelativeTimeFormat(page);
const ASK_AGAIN = MINUTE / 2;
let asked = 0;

/** `in 2 days`; the largest unit of which there are two, so that none is far from the truth. */
function distance(left) {
  if (left < 2 * MINUTE) return relative.format(Math.ceil(left / 1000), 'second');
  if (left < 2 * HOUR) return relative.format(Math.ceil(left / MINUTE), 'minute');
  if (left < 48 * HOUR) return relative.format(Math.floor(left / HOUR), 'hour');
  return relative.format(Math.floor(left / (24 * HOUR)), 'day');
}

/** What a countdown says at a moment, and whether its meeting goes on and is over. */
function counted({ start, end, starts, ends, over }, now) {
  const [begins, stops] = [Date.parse(start), Date.parse(end)];
  if (now < begins) return { text: starts.replace('{}', distance(begins - now)) };
  if (now < stops) return { text: ends.replace('{}', distance(stops - now)), running: true };
  return { text: over, ended: true };
}

/** Writes every countdown anew, and says how soon that is worth doing again. */
function count() {
  const now = Date.now();
  let soonest = MINUTE / 4;
  for (const line of document.querySelectorAll('.countdown')) {
    const { text, running, ended } = counted(line.dataset, now);
    if (line.textContent !== text) line.textContent = text;
    const state = line.closest('#now')?.querySelector('[data-running]');
    if (running && state) state.textContent = state.dataset.running;
    if (ended && now - asked > ASK_AGAIN) lookAgain(now);
    const left = Math.min(...[line.dataset.start, line.dataset.end].map(Date.parse).filter((at) => at > now)) - now;
    if (left <= 2 * MINUTE + soonest) soonest = 1000;
  }
  return soonest;
}

/** Shows what the page says by now, unless a reader is at one of its links. */
async function lookAgain(now) {
  asked = now;
  try {
    const answer = await fetch(location.href, { cache: 'no-cache' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('now');
    const stale = document.getElementById('now');
    const isNew = fresh && fresh.querySelector('.countdown')?.dataset.start !== stale.querySelector('.countdown')?.dataset.start;
    if (!answer.ok || !isNew || stale.contains(document.activeElement)) return;
    stale.replaceWith(fresh);
    showOwnTimes(fresh);
    count();
  } catch {
    // What is shown stays; it says that the meeting is over.
  }
}

function tick() {
  setTimeout(tick, count());
}

tick();
document.addEventListener('visibilitychange', () => document.hidden || count());
