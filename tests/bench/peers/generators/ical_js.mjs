// Calendars by ical.js; VTIMEZONE is given to it as text, which is read once, before the time counts.

import ICAL from 'ical.js';
import { measure } from './measure.mjs';

const TEXTS = ['uid', 'summary', 'description', 'location', 'url', 'status', 'class', 'transp', 'sequence'];
const UTC = ['dtstamp', 'last-modified'];
const LOCAL = ['dtstart', 'dtend', 'recurrence-id'];

const time = text => {
    const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(text).map(Number);
    const zone = text.endsWith('Z') ? ICAL.Timezone.utcTimezone : ICAL.Timezone.localTimezone;
    return new ICAL.Time({ year, month, day, hour, minute, second }, zone);
};

function addLocal(component, name, value, zone) {
    const property = new ICAL.Property(name);
    property.setParameter('tzid', zone);
    property.setValue(value);
    component.addProperty(property);
}

function vevent(event, zone) {
    const component = new ICAL.Component('vevent');
    for (const [name, value] of event.plain) component.addPropertyWithValue(name, value);
    for (const [name, value] of event.local) addLocal(component, name, value, zone);
    if (event.rrule) component.addPropertyWithValue('rrule', event.rrule);
    const conference = new ICAL.Property('conference');
    conference.resetType('uri');
    conference.setParameter('label', 'Join');
    conference.setValue(event.conference);
    component.addProperty(conference);
    return component;
}

measure(model => {
    const properties = model.properties.map(([name, value]) => [name, name === 'refresh-interval' ? ICAL.Duration.fromString(value) : value]);
    const zone = JSON.stringify(ICAL.parse(model.vtimezone));
    const events = model.events.map(event => ({
        plain: [...TEXTS.map(name => [name, event[name]]), ...UTC.map(name => [name, time(event[name])])],
        local: [...LOCAL.filter(name => event[name]).map(name => [name, time(event[name])]), ...event.exdate.map(date => ['exdate', time(date)])],
        rrule: event.rrule && ICAL.Recur.fromString(event.rrule),
        conference: event.conference,
    }));
    return () => {
        const calendar = new ICAL.Component('vcalendar');
        for (const [name, value] of properties) calendar.addPropertyWithValue(name, value);
        calendar.addSubcomponent(new ICAL.Component(JSON.parse(zone)));
        for (const event of events) calendar.addSubcomponent(vevent(event, model.zone));
        return calendar.toString();
    };
});
