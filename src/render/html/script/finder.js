// Finds past meetings as one types: `<form class="finder">` and, after it, `<details class="year">` with a
// row for each meeting. What is asked for stands in the address, so that it can be shared and come back to.

const longDay = new Intl.DateTimeFormat(page, { dateStyle: 'full', timeZone: 'UTC' });
const accents = /[\u0300-\u036f]/g;

/** A text without case, accents, and forms of a letter that only look different. */
function folded(text) {
  return text.normalize('NFKD').replace(accents, '').toLowerCase().replaceAll('ß', 'ss');
}

/** Whether a text has a word; one that begins with a digit is a number's first digits, or all once it is whole. */
function wordTest(word, isWhole) {
  const start = /^\d/.test(word) ? '(?:^|\\D)' : '';
  const end = isWhole && /\d$/.test(word) ? '(?!\\d)' : '';
  const pattern = new RegExp(start + word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') + end);
  return (text) => pattern.test(text);
}

/** Whether a row has every word that was typed; `2026-11` is the beginning of a day. */
function wordsTest(typed) {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const tests = words.map((word, i) => {
    const isIn = wordTest(word, i < words.length - 1 || /\s$/.test(typed));
    return /^\d{4}-/.test(word) ? (row) => row.day.startsWith(word) || isIn(row.text) : (row) => isIn(row.text);
  });
  return (row) => tests.every((test) => test(row));
}

function rowOf(element) {
  const { day, series = '', has = '' } = element.dataset;
  const text = folded(`${element.textContent} ${longDay.format(new Date(day))}`);
  return { element, day, series, has: has.split(' '), text };
}

function yearOf(element) {
  const count = element.querySelector('summary .quiet');
  return { element, count, counted: count.textContent, rows: [...element.querySelectorAll('li')].map(rowOf) };
}

/** Shows what the form asks for, whenever that changes. */
function startFinder(form) {
  const { found, none } = form.dataset;
  const [status, clear] = form.querySelectorAll('[role="status"], .clear');
  const all = status.textContent;
  const names = ['q', 'series', 'has'].filter((name) => form.elements[name]);
  const fill = (count, of) => found.replace('{found}', count).replace('{all}', of);
  let years = null;
  // Which years the reader had open, while something is asked for.
  let opened = null;

  const asked = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));

  function show() {
    const { q, series, has } = asked();
    const isAsked = Boolean(q.trim() || series || has);
    if (!isAsked && !opened) return;
    years ??= [...form.parentElement.querySelectorAll('.year')].map(yearOf);
    opened ??= years.filter((year) => year.element.open);
    const hasWords = wordsTest(q);
    const fits = (row) => (!series || row.series === series) && (!has || row.has.includes(has)) && hasWords(row);
    let total = 0;
    let sum = 0;
    for (const year of years) {
      let count = 0;
      for (const row of year.rows) {
        row.element.hidden = !fits(row);
        if (!row.element.hidden) count += 1;
      }
      year.element.hidden = count === 0;
      year.element.open = isAsked ? count > 0 : opened.includes(year);
      year.count.textContent = isAsked ? fill(count, year.rows.length) : year.counted;
      total += year.rows.length;
      sum += count;
    }
    if (!isAsked) opened = null;
    status.textContent = isAsked ? (sum ? fill(sum, total) : none) : all;
    clear.hidden = !isAsked;
    form.classList.toggle('asked', isAsked);
  }

  function keep() {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(asked())) {
      if (value.trim()) address.searchParams.set(name, value.trim());
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  }

  function changed() {
    show();
    keep();
  }

  form.addEventListener('input', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  clear.addEventListener('click', (event) => {
    event.preventDefault();
    form.reset();
    changed();
    form.elements.q.focus();
  });
  form.elements.q.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !event.target.value) return;
    event.preventDefault();
    event.target.value = '';
    changed();
  });

  const parameters = new URLSearchParams(location.search);
  for (const name of names) {
    const field = form.elements[name];
    const options = [...(field.options ?? (field instanceof RadioNodeList ? field : []))].map((option) => option.value);
    const value = parameters.get(name);
    if (value && (!options.length || options.includes(value))) field.value = value;
  }
  show();
}

for (const form of document.querySelectorAll('.finder')) startFinder(form);
