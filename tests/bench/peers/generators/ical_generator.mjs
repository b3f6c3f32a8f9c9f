// Calendars by ical-generator; VTIMEZONE is given to it as text, and it has no CONFERENCE.
//
// It writes a native Date by the clock of the process, so TZ has to be the model's zone. Where there
// is more than one zone, dates have to be those of a library such as Luxon: `luxon` as last argument.

import ical from 'ical-generator';
import { DateTime } from 'luxon';
import { measure } from './measure.mjs';

const withLuxon = process.argv.includes('luxon');

function date(text, zone) {
    const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(text).map(Number);
    if (withLuxon) return DateTime.fromObject({ year, month, day, hour, minute, second }, { zone: text.endsWith('Z') ? 'utc' : zone });
    const parts = [year, month - 1, day, hour, minute, second];
    return text.endsWith('Z') ? new Date(Date.UTC(...parts)) : new Date(...parts);
}

function repeating(event, zone) {
    if (!event.rrule) return undefined;
    const parts = Object.fromEntries(event.rrule.split(';').map(part => part.split('=')));
    const rule = { freq: parts.FREQ, byDay: parts.BYDAY.split(',') };
    return event.exdate.length ? { ...rule, exclude: event.exdate.map(text => date(text, zone)) } : rule;
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
        start: date(event.dtstart, model.zone), end: date(event.dtend, model.zone), timezone: model.zone, summary: event.summary,
        description: event.description, location: event.location, url: event.url, status: event.status,
        class: event.class, transparency: event.transp, repeating: repeating(event, model.zone),
        recurrenceId: event['recurrence-id'] ? date(event['recurrence-id'], model.zone) : undefined,
    }));
    return () => {
        const made = ical(calendar);
        for (const event of events) made.createEvent(event);
        return made.toString();
    };
});
