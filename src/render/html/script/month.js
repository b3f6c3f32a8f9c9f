// Today in the table of a month, by the clock that its days are by.

/** Today's date, as `2026-11-26`, in a zone; where the browser does not know it, in the reader's. */
function todayIn(timeZone) {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' };
  try {
    const { year, month, day } = reader({ ...parts, timeZone }, 'en-CA')(Date.now());
    return `${year}-${month}-${day}`;
  } catch {
    return day(Date.now());
  }
}

function markToday(table) {
  const today = table.querySelector(`time.day[datetime="${todayIn(table.dataset.zone)}"]`)?.closest('td');
  const marked = table.querySelector('[aria-current]');
  if (today === marked) return;
  marked?.removeAttribute('aria-current');
  today?.setAttribute('aria-current', 'date');
}

// Some browsers forget what a table is where it is shown as a list.
const PARTS = { 'thead, tbody': 'rowgroup', tr: 'row', th: 'columnheader', td: 'cell' };

function keepRoles(table) {
  table.setAttribute('role', 'table');
  for (const [parts, role] of Object.entries(PARTS)) {
    for (const part of table.querySelectorAll(parts)) part.setAttribute('role', role);
  }
}

for (const table of document.querySelectorAll('table.month')) {
  keepRoles(table);
  markToday(table);
  setInterval(markToday, MINUTE, table);
}
