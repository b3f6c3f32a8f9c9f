// <convene-next>: the next meetings, on any page.
//
//   <script src="https://calendar.example.org/embed.js" defer></script>
//   <convene-next series="weekly" count="3" theme="dark" locale="en-GB">
//     <a href="https://calendar.example.org/">Our meetings</a>
//   </convene-next>
//
// series  one series; without it all          count   how many meetings, 1 to 10
// theme   light or dark; without it the page's  locale  the language of words and dates, as the page's
// src     the address of another next.json
//
// What is inside shows until the meetings are known, and where they cannot be.
(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
  const home = script?.src ?? document.baseURI;
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;

  /** The words of every language, in which {} is a gap, and the community's own language. */
  const languages = {
    /* LANGUAGES */
  };
  const ownLanguage = /* OWN */ 'en';

  const primary = (tag) => tag.split('-')[0].toLowerCase();
  const fill = (text, gap) => text.replace('{}', () => gap);

  function isTag(text) {
    try {
      return Intl.getCanonicalLocales(text).length > 0;
    } catch {
      return false;
    }
  }

  const style = `
    :host {
      --_ground: var(--convene-ground, light-dark(#fff, #1c2227));
      --_ink: var(--convene-ink, light-dark(#1c2126, #e7eaec));
      --_soft: var(--convene-soft, light-dark(#58626c, #a2acb5));
      --_line: var(--convene-line, light-dark(#e3e6e8, #313940));
      --_accent: var(--convene-accent, light-dark(#0a5c8f, #7cc0ec));
      --_on-accent: var(--convene-on-accent, light-dark(#fff, #0c2333));
      --_bad: var(--convene-bad, light-dark(#a3271f, #ff9d92));
      --_warn: var(--convene-warn, light-dark(#7d5200, #f0c36d));
      display: block;
      line-height: 1.5;
    }
    :host([hidden]) { display: none; }
    :host([theme=light]) { color-scheme: light; }
    :host([theme=dark]) { color-scheme: dark; }
    [hidden] { display: none; }
    [part=card] {
      padding: 1.1em 1.25em;
      border: 1px solid var(--_line);
      border-top: 4px solid var(--_accent);
      border-radius: .75em;
      background: var(--_ground);
      color: var(--_ink);
      overflow-wrap: anywhere;
      text-align: start;
    }
    p, ul { margin: 0; padding: 0; list-style: none; }
    a { color: var(--_accent); text-underline-offset: .18em; }
    a:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; border-radius: 3px; }
    [part=status] { font-size: .8em; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: var(--_accent); }
    .cancelled > [part=status], [part=note].cancelled { color: var(--_bad); }
    [part=card].cancelled { border-top-color: var(--_bad); }
    [part=title] { font-size: 1.3em; font-weight: 650; line-height: 1.3; margin: .2em 0; }
    [part=title] a { color: inherit; text-decoration: none; }
    [part=title] a:hover { text-decoration: underline; }
    time { font-variant-numeric: tabular-nums; }
    [part=time].cancelled time, s { text-decoration: line-through; }
    [part=zone], [part=countdown] { color: var(--_soft); }
    [part=note] { color: var(--_warn); }
    [part=actions] { display: flex; flex-wrap: wrap; gap: .6em; margin-top: .9em; }
    [part=actions]:empty { display: none; }
    [part~=button] { padding: .4em 1em; border: 1px solid var(--_accent); border-radius: .5em; font-weight: 550; text-decoration: none; }
    [part~=join] { background: var(--_accent); color: var(--_on-accent); }
    [part=later] li { padding: .6em 0; border-top: 1px solid var(--_line); }
    [part=later] li:first-child { margin-top: 1em; }
    [part=later] li:last-child { padding-bottom: 0; }
  `;

  /** An element with its part, a class and what is in it: text is never read as HTML. */
  function make(name, part, className, ...children) {
    const element = document.createElement(name);
    if (part) element.setAttribute('part', part);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /** A link where the address is one of the web; otherwise its text, or nothing. */
  function link(address, text, part, otherwise = null) {
    if (!/^https?:\/\//i.test(address ?? '')) return otherwise;
    const anchor = make('a', part, '', text);
    anchor.href = address;
    return anchor;
  }

  class ConveneNext extends HTMLElement {
    static observedAttributes = ['src', 'series', 'count', 'theme', 'locale'];

    #status = make('p', 'status');
    #body = make('div', 'body');
    #card = make('div', 'card', '', this.#status, this.#body);
    #light = document.createElement('slot');
    #known = null;
    #asked = 0;
    #shown = '';
    #timer;

    constructor() {
      super();
      // First what an old browser may refuse: then it goes on to show what is inside.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      this.#status.setAttribute('aria-live', 'polite');
      this.#card.hidden = true;
      root.append(this.#card, this.#light);
    }

    connectedCallback() {
      this.#timer = setInterval(() => this.#tick(), MINUTE / 4);
      document.addEventListener('visibilitychange', this.#tick);
      this.#ask();
    }

    disconnectedCallback() {
      clearInterval(this.#timer);
      document.removeEventListener('visibilitychange', this.#tick);
      this.#timer = undefined;
    }

    attributeChangedCallback(name) {
      if (!this.#timer) return;
      if (name === 'src' || name === 'series') this.#ask();
      else this.#show();
    }

    get #address() {
      const [src, series] = [this.getAttribute('src'), this.getAttribute('series')];
      if (src) return new URL(src, document.baseURI).href;
      return new URL(series ? `meetings/${encodeURIComponent(series)}/next.json` : 'next.json', home).href;
    }

    /** What is asked for; or the page's language, in the reader's own way where they speak it. */
    get #locale() {
      const page = this.closest('[lang]')?.lang || ownLanguage;
      const speaks = (language) => primary(language) === primary(page);
      const wanted = [this.getAttribute('locale'), navigator.languages?.find(speaks), page, ownLanguage];
      return wanted.find((tag) => tag && isTag(tag)) ?? 'en';
    }

    async #ask() {
      const address = this.#address;
      this.#asked = Date.now();
      try {
        const response = await fetch(address, { credentials: 'omit' });
        const known = await response.json();
        if (!response.ok || !Array.isArray(known.meetings)) throw new Error(response.status);
        if (address === this.#address) this.#known = { address, ...known };
      } catch {
        // What is known stays until it is over; of another series nothing is known.
        if (this.#known?.address !== this.#address) this.#known = null;
      }
      this.#show();
    }

    /** Shows what has begun or ended, and asks again where a meeting is over, or after an hour. */
    #tick = () => {
      if (document.hidden) return;
      const before = this.#shown;
      this.#show();
      const since = Date.now() - this.#asked;
      if (since > HOUR || (before !== this.#shown && since > MINUTE)) this.#ask();
    };

    #show() {
      try {
        this.#fill();
      } catch {
        this.#known = null;
      }
      this.#card.hidden = !this.#known;
      this.#light.hidden = !!this.#known;
    }

    #fill() {
      if (!this.#known) return;
      const [now, locale] = [Date.now(), this.#locale];
      const language = primary(locale) in languages ? primary(locale) : 'en';
      const words = languages[language];
      this.#card.lang = language;
      const ahead = this.#known.meetings.filter((meeting) => Date.parse(meeting.utc_end) > now);
      const takesPlace = ahead.findIndex((meeting) => meeting.status !== 'cancelled');
      const count = Math.min(Math.max(parseInt(this.getAttribute('count'), 10) || 1, 1), 10);
      const meetings = ahead.slice(0, Math.max(count, takesPlace + 1));
      const running = meetings.map((meeting) => Date.parse(meeting.utc_start) <= now);
      const shown = JSON.stringify([meetings, running, locale, this.#known.home]);
      // Drawn anew only where something changed: a reader may be on one of the links.
      if (shown !== this.#shown) this.#draw(meetings, running, locale, words);
      this.#shown = shown;
      this.#count(meetings[0], running[0], language);
    }

    #draw(meetings, running, locale, words) {
      const focused = this.shadowRoot.activeElement?.href;
      const [first, ...later] = meetings;
      const cancelled = first?.status === 'cancelled';
      const status = cancelled ? words.cancelled : running[0] ? words.now : words.next;
      if (this.#status.textContent !== status) this.#status.textContent = status;
      this.#card.className = cancelled ? 'cancelled' : '';
      const rows = later.map((meeting) => make('li', 'meeting', '', ...lines(meeting, locale, words, true)));
      this.#body.replaceChildren(
        ...(first ? lines(first, locale, words, false) : [make('p', 'none', '', words.none)]),
        ...(rows.length ? [make('ul', 'later', '', ...rows)] : []),
        ...(first ? [] : [make('p', 'actions', '', link(this.#known.home, words.all, 'button'))]),
      );
      for (const anchor of this.#body.querySelectorAll('a')) if (anchor.href === focused) anchor.focus();
    }

    #count(first, running, language) {
      const line = this.#body.querySelector('[part=countdown]');
      if (!line) return;
      const left = Date.parse(running ? first.utc_end : first.utc_start) - Date.now();
      const [amount, unit] =
        left < 2 * HOUR ? [Math.ceil(left / MINUTE), 'minute']
        : left < 48 * HOUR ? [Math.floor(left / HOUR), 'hour']
        : [Math.floor(left / (24 * HOUR)), 'day'];
      const ahead = new Intl.RelativeTimeFormat(language).format(amount, unit);
      const text = fill(running ? languages[language].ends : languages[language].starts, ahead);
      if (line.textContent !== text) line.textContent = text;
    }
  }

  /** What is said of a meeting; less of one in the list of later ones. */
  function lines(meeting, locale, words, isLater) {
    const cancelled = meeting.status === 'cancelled';
    const className = cancelled ? 'cancelled' : '';
    const title = link(meeting.page, meeting.title, 'link', meeting.title);
    const join = cancelled ? null : link(meeting.join, words.join, 'button join');
    const agenda = link(meeting.agenda, words.agenda, 'button agenda');
    const [own, held] = times(meeting, locale, words.zones);
    const time = make('time', '', '', own);
    time.dateTime = meeting.start.includes('T') ? meeting.utc_start : meeting.start;
    return [
      make('p', isLater ? 'name' : 'title', '', title),
      make('p', 'time', className, time),
      held && !isLater && !cancelled ? make('p', 'zone', '', fill(words.held, held)) : null,
      isLater || cancelled ? null : make('p', 'countdown'),
      note(meeting, locale, words),
      isLater ? null : make('p', 'actions', '', join, agenda),
    ].filter((line) => line !== null);
  }

  function note(meeting, locale, words) {
    if (meeting.status === 'cancelled') {
      const text = meeting.reason ? fill(words.because, meeting.reason) : words.cancelled;
      return make('p', 'note', 'cancelled', text);
    }
    if (meeting.moved) {
      const planned = make('s', '', '', range(meeting.recurrence_id, meeting.recurrence_id, locale));
      const [before, after] = words.moved.split('{}');
      return make('p', 'note', '', before, planned, after);
    }
    return meeting.holiday ? make('p', 'note', '', fill(words.holiday, meeting.holiday)) : null;
  }

  const noClock = { hour: undefined, minute: undefined };
  const noDay = { weekday: undefined, day: undefined, month: undefined, year: undefined };

  /** The meeting's time for the reader and, where their clock shows another, for its own zone. */
  function times(meeting, locale, zones) {
    const { start, end, utc_start, utc_end } = meeting;
    const zone = zones[meeting.abbreviation] ?? meeting.abbreviation;
    const held = range(start, end, locale);
    if (!start.includes('T')) return [held, null];
    const own = (options) => format(new Date(utc_start), new Date(utc_end), locale, options);
    if (own({}) === held) return [`${held} ${zone}`, null];
    const isSameDay = own(noClock) === range(start, end, locale, noClock);
    const clock = isSameDay ? range(start, end, locale, noDay) : held;
    return [own({ timeZoneName: 'short' }), `${clock} ${zone}`];
  }

  /** Local times, or the days from the first to the one before the end, as they were written. */
  function range(start, end, locale, options = {}) {
    const allDay = !start.includes('T');
    const at = (local) => new Date(allDay ? local : `${local}Z`);
    const last = allDay ? new Date(Math.max(at(end) - 24 * HOUR, at(start))) : at(end);
    const day = allDay ? noClock : {};
    return format(at(start), last, locale, { timeZone: 'UTC', ...day, ...options });
  }

  function format(start, end, locale, options) {
    const year = start.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
    const day = { weekday: 'short', day: 'numeric', month: 'short', year };
    const clock = { hour: 'numeric', minute: '2-digit' };
    return new Intl.DateTimeFormat(locale, { ...day, ...clock, ...options }).formatRange(start, end);
  }

  if (!customElements.get('convene-next')) customElements.define('convene-next', ConveneNext);
})();
