// Calendars by ical-generator; VTIMEZONE is given to it as text, and it has no CONFERENCE.
//
// It writes a native Date by the clock of the process, so TZ has to be the model's zone.

import ical from 'ical-generator';
import { measure } from './measure.mjs';

const date = text => {
    const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(text).map(Number);
    const parts = [year, month - 1, day, hour, minute, second];
    return text.endsWith('Z') ? new Date(Date.UTC(...parts)) : new Date(...parts);
};

function repeating(event) {
    if (!event.rrule) return undefined;
    const parts = Object.fromEntries(event.rrule.split(';').map(part => part.split('=')));
    const rule = { freq: parts.FREQ, byDay: parts.BYDAY.split(',') };
    return event.exdate.length ? { ...rule, exclude: event.exdate.map(date) } : rule;
}

measure(model => {
    const of = Object.fromEntries(model.properties);
    const calendar = {
        prodId: of.prodid, name: of.name, description: of.description, url: of.url, source: of.source,
        ttl: 3600, scale: of.calscale, timezone: { generator: () => model.vtimezone },
        x: Object.entries(of).filter(([name]) => name === 'x-wr-timezone').map(([key, value]) => ({ key: key.toUpperCase(), value })),
    };
    const events = model.events.map(event => ({
        id: event.uid, sequence: event.sequence, stamp: date(event.dtstamp), lastModified: date(event['last-modified']),
        start: date(event.dtstart), end: date(event.dtend), timezone: model.zone, summary: event.summary,
        description: event.description, location: event.location, url: event.url, status: event.status,
        class: event.class, transparency: event.transp, repeating: repeating(event),
        recurrenceId: event['recurrence-id'] ? date(event['recurrence-id']) : undefined,
    }));
    return () => {
        const made = ical(calendar);
        for (const event of events) made.createEvent(event);
        return made.toString();
    };
});
