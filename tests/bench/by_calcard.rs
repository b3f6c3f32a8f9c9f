//! Calendars by `calcard`: a tree of components, built and written.
//!
//! Identity, versions, times and rules come from the model, as ours do; VTIMEZONE and the texts of
//! events, which the crate has no part in, are given to it.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDay, ICalendarEntry,
    ICalendarFrequency, ICalendarParameter, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarValue, ICalendarWeekday,
};
use chrono::{Datelike, Timelike, Weekday};
use convene::model::{Community, Local, Rule, Series, Slot};
use convene::schedule::{Occurrence, Span, Status, Version, exceptional};

/// What the crate works out by itself.
const FROM_MODEL: [ICalendarProperty; 9] = [
    ICalendarProperty::Uid,
    ICalendarProperty::Dtstamp,
    ICalendarProperty::LastModified,
    ICalendarProperty::Sequence,
    ICalendarProperty::Dtstart,
    ICalendarProperty::Dtend,
    ICalendarProperty::Rrule,
    ICalendarProperty::Exdate,
    ICalendarProperty::RecurrenceId,
];

/// Writes a community's calendar, given all but the above from a calendar that was written.
pub(crate) fn writer(written: &str) -> impl Fn(&Community) -> String + 'static {
    let mut model = ICalendar::parse(written).unwrap();
    let is_event = |c: &ICalendarComponent| c.component_type == ICalendarComponentType::VEvent;
    let mut rest = Vec::new();
    for event in model.components.iter().filter(|component| is_event(component)) {
        let mut entries = event.entries.clone();
        entries.retain(|entry| !FROM_MODEL.contains(&entry.name));
        rest.push(entries);
    }
    // Events come last, so that the numbers of all other components stay.
    let others = model.components.iter().position(is_event).unwrap();
    assert!(model.components[others..].iter().all(is_event));
    model.components.truncate(others);
    model.components[0].component_ids.retain(|id| (*id as usize) < others);
    move |community| calendar(community, &model, &rest).to_string()
}

fn calendar(community: &Community, head: &ICalendar, rest: &[Vec<ICalendarEntry>]) -> ICalendar {
    let mut calendar = head.clone();
    let mut rest = rest.iter();
    for series in &community.series {
        for slot in &series.slots {
            push_slot(&mut calendar, series, slot, &mut rest);
        }
    }
    calendar
}

fn push_slot<'a>(
    calendar: &mut ICalendar,
    series: &Series,
    slot: &Slot,
    rest: &mut impl Iterator<Item = &'a Vec<ICalendarEntry>>,
) {
    let version = Version::of_slot(series, slot);
    let differing: Vec<Occurrence<'_>> = exceptional(series, slot).collect();
    let start = slot.recurrence_id(slot.from);
    let mut event = versioned(slot, version);
    let end = Span::of_slot(slot, slot.from).end;
    push_local(&mut event, ICalendarProperty::Dtstart, start, slot);
    push_local(&mut event, ICalendarProperty::Dtend, end, slot);
    event.add_property(ICalendarProperty::Rrule, recur(&slot.rule));
    for cancelled in differing.iter().filter(|o| o.status == Status::Cancelled) {
        push_local(&mut event, ICalendarProperty::Exdate, cancelled.recurrence_id, slot);
    }
    push(calendar, event, rest.next().unwrap());
    for occurrence in differing.iter().filter(|o| o.status == Status::Confirmed) {
        let mut event = versioned(slot, version);
        push_local(&mut event, ICalendarProperty::RecurrenceId, occurrence.recurrence_id, slot);
        push_local(&mut event, ICalendarProperty::Dtstart, occurrence.start, slot);
        push_local(&mut event, ICalendarProperty::Dtend, occurrence.end, slot);
        push(calendar, event, rest.next().unwrap());
    }
}

fn push(calendar: &mut ICalendar, mut event: ICalendarComponent, rest: &[ICalendarEntry]) {
    event.entries.extend(rest.iter().cloned());
    let id = calendar.components.len() as u32;
    calendar.components.push(event);
    calendar.components[0].component_ids.push(id);
}

fn versioned(slot: &Slot, version: Version) -> ICalendarComponent {
    let modified = || PartialDateTime::from_utc_timestamp(version.modified.timestamp());
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_uid(slot.uid.as_str());
    event.add_dtstamp(modified());
    event.add_property(ICalendarProperty::LastModified, modified());
    event.add_sequence(version.sequence.into());
    event
}

fn push_local(event: &mut ICalendarComponent, name: ICalendarProperty, local: Local, slot: &Slot) {
    let moment = local.moment();
    let value = PartialDateTime {
        year: Some(moment.year() as u16),
        month: Some(moment.month() as u8),
        day: Some(moment.day() as u8),
        hour: Some(moment.hour() as u8),
        minute: Some(moment.minute() as u8),
        second: Some(moment.second() as u8),
        ..PartialDateTime::default()
    };
    let zone = ICalendarParameter::tzid(slot.zone.name().to_owned());
    event.add_property_with_params(name, [zone], ICalendarValue::from(value));
}

fn recur(rule: &Rule) -> ICalendarRecurrenceRule {
    let Rule::Weekly { interval: 1, weekdays } = rule else { unreachable!("the calls are weekly") };
    let day = |day: &Weekday| ICalendarDay { ordwk: None, weekday: weekday(*day) };
    ICalendarRecurrenceRule {
        freq: ICalendarFrequency::Weekly,
        byday: weekdays.iter().map(day).collect(),
        ..ICalendarRecurrenceRule::default()
    }
}

fn weekday(day: Weekday) -> ICalendarWeekday {
    match day {
        Weekday::Mon => ICalendarWeekday::Monday,
        Weekday::Tue => ICalendarWeekday::Tuesday,
        Weekday::Wed => ICalendarWeekday::Wednesday,
        Weekday::Thu => ICalendarWeekday::Thursday,
        Weekday::Fri => ICalendarWeekday::Friday,
        Weekday::Sat => ICalendarWeekday::Saturday,
        Weekday::Sun => ICalendarWeekday::Sunday,
    }
}
