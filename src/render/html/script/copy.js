// Buttons that copy the code before them: `<code>…</code><button class="copy" data-copied="…">`, whose
// first element is its word. What happened is said for all of a section by its `.copying`.

/** How long a button says what it did, in milliseconds. */
const COPIED_FOR = 2500;

/** Whether the text of an element was copied; where the browser does not let it, it is selected. */
async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    // Without https, or where the reader forbids it, there is only the old way.
    getSelection().selectAllChildren(element);
    return document.execCommand('copy');
  }
}

/** Copies, and says so: in the button for a moment, and aloud. */
async function copyBeside(button) {
  const [word] = button.children;
  const said = button.closest('section').querySelector('.copying');
  button.dataset.word ??= word.textContent;
  said.textContent = '';
  const happened = (await copyText(button.previousElementSibling)) ? 'copied' : 'selected';
  word.textContent = button.dataset[happened];
  said.textContent = said.dataset[happened];
  clearTimeout(button.dataset.timer);
  button.dataset.timer = setTimeout(() => (word.textContent = button.dataset.word), COPIED_FOR);
}

for (const button of document.querySelectorAll('button.copy')) {
  button.addEventListener('click', () => copyBeside(button));
}
