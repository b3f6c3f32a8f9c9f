// The chooser of what is in a calendar. What is chosen in `.chooser form` becomes the address that
// asks for it, in each link of the section that has `data-link` and in its `.whole`.

/** As RFC 3986 has it: `encodeURIComponent` leaves five of its reserved characters. */
const percentEncoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const ticked = (form, name) => [...form.querySelectorAll(`input[name=${name}]:checked`)];

/** The path and query of what is chosen, in the order in which the server writes them, and its name. */
function wanted(form) {
  const series = ticked(form, 'series');
  // Series that do not have one of the tags cannot be chosen.
  const boxes = series.length ? series : ticked(form, 'tag');
  const [alone] = boxes.length === 1 ? boxes : [];
  const options = [...form.querySelectorAll('select')].map((select) => [select.name, select.value]);
  if (boxes.length > 1) options.push([boxes[0].name, boxes.map((box) => box.value).sort().join(',')]);
  const query = options.filter(([, value]) => value).map((option) => option.join('='));
  const path = alone?.dataset.path ?? form.getAttribute('action');
  return { path: [path, ...(query.length ? [query.join('&')] : [])].join('?'), name: (alone ?? form).dataset.name };
}

/** What is chosen, in the words of the form. */
function inWords(form) {
  const boxes = ticked(form, 'series').length ? ticked(form, 'series') : ticked(form, 'tag');
  const names = boxes.map((box) => box.labels[0].querySelector('span').firstChild.textContent.trim());
  const options = [...form.querySelectorAll('select')].filter((select) => select.value);
  const said = options.map((select) => select.labels[0].firstElementChild.textContent + form.dataset.colon + select.selectedOptions[0].textContent);
  return [...names, ...said].join(' · ');
}

/** Every address of the section, for what is chosen. */
function showWanted(form) {
  const section = form.closest('section');
  const { path, name } = wanted(form);
  const https = form.dataset.site + path;
  const webcal = https.replace(/^[^:]*/, 'webcal');
  const parts = { path, name, webcal, 'encoded-https': percentEncoded(https), 'encoded-webcal': percentEncoded(webcal) };
  for (const link of section.querySelectorAll('[data-link]')) {
    link.href = link.dataset.link.replace(/\{([a-z-]+)\}/g, (_, part) => parts[part]);
  }
  section.querySelector('.whole').textContent = https;
  const words = inWords(form);
  form.querySelector('output').textContent = words ? form.dataset.chosen.replace('{}', () => words) : form.dataset.nothing;
  form.parentElement.querySelector('summary .quiet').textContent = words;
}

/** Offers only series that have one of the tags, where any is chosen. */
function narrow(form) {
  const tags = ticked(form, 'tag').map((box) => box.value);
  for (const box of form.querySelectorAll('[name=series]')) {
    box.disabled = tags.length > 0 && !box.dataset.tags.split(' ').some((tag) => tags.includes(tag));
    box.checked &&= !box.disabled;
  }
}

/** Without a server there is a calendar of each series and of each tag, and no options. */
async function learnWhatIsServed(form) {
  const served = await fetch('/healthz', { cache: 'no-store' }).then((answer) => answer.ok && answer.text(), () => '');
  // Some hosts have a page for whatever they do not know.
  if (served && served.trim() === 'ok') return;
  form.reset();
  form.dataset.alone = '';
  for (const select of form.querySelectorAll('select')) select.disabled = true;
  narrow(form);
  showWanted(form);
  form.querySelector('.no-server').textContent = form.dataset.noServer;
}

for (const form of document.querySelectorAll('.chooser form')) {
  form.addEventListener('change', ({ target }) => {
    if ('alone' in form.dataset) for (const box of form.querySelectorAll('input')) box.checked &&= box === target;
    else narrow(form);
    showWanted(form);
  });
  // With these a choice is made without a script.
  for (const element of form.querySelectorAll('.unscripted, button')) element.remove();
  form.parentElement.addEventListener('toggle', () => learnWhatIsServed(form), { once: true });
  showWanted(form);
}
