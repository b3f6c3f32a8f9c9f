// Gives the element what the address asks for: /embed/?series=weekly&count=3&theme=dark&locale=de
const asked = new URLSearchParams(location.search);
const card = document.querySelector('convene-next');
for (const name of ['series', 'count', 'theme', 'locale']) {
  if (asked.get(name)) card.setAttribute(name, asked.get(name));
}
if (/^(light|dark)$/.test(asked.get('theme'))) document.documentElement.dataset.theme = asked.get('theme');
// What is around the element, in the element's language.
const language = asked.get('locale')?.split('-')[0].toLowerCase();
for (const element of language ? document.querySelectorAll('[data-said]') : []) {
  const said = new Map(JSON.parse(element.dataset.said));
  element.lang = said.has(language) ? language : 'en';
  element.textContent = said.get(element.lang);
}
