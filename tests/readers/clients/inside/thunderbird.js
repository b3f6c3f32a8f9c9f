// Runs inside Thunderbird: subscribes to calendars as its "New Calendar" dialog does, each cached
// for use offline as is the default there, and returns what it shows between two dates.
// arguments: a list of {name, url}; the first day; the day after the last; how many seconds a
// calendar may take to load.
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
const [calendars, first, end, seconds] = arguments;

// Thunderbird takes "404 Not Found" for a calendar that is still empty, so what was answered is noted.
const statuses = new Map();
Services.obs.addObserver(channel => {
  const { URI, responseStatus } = channel.QueryInterface(Ci.nsIHttpChannel);
  statuses.set(URI.spec, responseStatus);
}, "http-on-examine-response");

function subscribe({ name, url }) {
  const calendar = cal.manager.createCalendar("ics", Services.io.newURI(url));
  calendar.name = name;
  calendar.setProperty("cache.enabled", true);
  cal.manager.registerCalendar(calendar);
  // The manager keeps a wrapper, and has only begun to fetch.
  return cal.manager.getCalendarById(calendar.id);
}

function loaded(calendar) {
  return new Promise(resolve => {
    const errors = [];
    setTimeout(() => resolve([...errors, `not loaded within ${seconds} s`]), seconds * 1000);
    calendar.addObserver({
      QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
      onLoad: () => resolve(errors),
      onError: (_, code, text) => errors.push(text || `error 0x${code.toString(16)}`),
      onStartBatch() {},
      onEndBatch() {},
      onAddItem() {},
      onModifyItem() {},
      onDeleteItem() {},
      onPropertyChanged() {},
      onPropertyDeleting() {},
    });
  });
}

function occurrences(calendar) {
  const { ITEM_FILTER_TYPE_EVENT, ITEM_FILTER_CLASS_OCCURRENCES } = Ci.calICalendar;
  const midnight = day => cal.createDateTime(`${day.replaceAll("-", "")}T000000Z`);
  return calendar.getItemsAsArray(ITEM_FILTER_TYPE_EVENT | ITEM_FILTER_CLASS_OCCURRENCES, 0, midnight(first), midnight(end));
}

function when(time) {
  const digits = time.isDate ? time.icalString : time.getInTimezone(cal.dtz.UTC).icalString;
  return digits.replace(/^(\d{4})(\d\d)(\d\d)/, "$1-$2-$3").replace(/T(\d\d)(\d\d)(\d\d)/, "T$1:$2:$3");
}

async function read(calendar) {
  const errors = await loaded(calendar);
  const events = (await occurrences(calendar)).map(item => ({
    start: when(item.startDate),
    end: when(item.endDate),
    title: item.title,
    status: item.status,
  }));
  const status = statuses.get(calendar.uri.spec);
  if (status != 200) {
    errors.push(`fetched with status ${status}`);
  }
  return { events, error: errors.join("; ") || null };
}

return Promise.all(calendars.map(subscribe).map(read));
