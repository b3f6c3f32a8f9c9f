//! A small community made by hand, for tests of what is rendered of it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc, Weekday};
use convene::model::*;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) fn line(text: &str) -> Line {
    Line::new(text).unwrap()
}

pub(crate) fn link(text: &str) -> Link {
    Link::new(text).unwrap()
}

pub(crate) fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

pub(crate) fn markdown(text: &str) -> Markdown {
    Markdown::new(text).unwrap()
}

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `2026-11-26T10:00:00`, or a date.
pub(crate) fn local(text: &str) -> Local {
    text.parse().map(Local::DateTime).unwrap_or_else(|_| Local::Date(day(text)))
}

pub(crate) fn pacific() -> Zone {
    Zone::new("America/Los_Angeles").unwrap()
}

pub(crate) fn domain() -> Domain {
    Domain::new("opencontainers.org").unwrap()
}

pub(crate) fn cancelled(reason: &str, announced: &str) -> Option<Box<Change>> {
    let (reason, announced) = (Some(line(reason)), utc(announced));
    Some(Box::new(Change::Cancelled { reason, announced, restored: None }))
}

pub(crate) fn moved(to: &str, announced: &str) -> Option<Box<Change>> {
    let (to, zone, announced) = (local(to), pacific(), utc(announced));
    Some(Box::new(Change::Moved { to, zone, announced, restored: None }))
}

pub(crate) fn recorded(links: &[&str], published: &str) -> Option<Record> {
    Some(Record {
        minutes: Some(link("https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg#minutes")),
        minutes_published: None,
        recordings: links.iter().map(|l| link(l)).collect(),
        published: Few::one(utc(published)),
        topics: Few::default(),
        found: None,
    })
}

/// A series without slots or dates.
pub(crate) fn series(name: &str, title: &str) -> Series {
    Series {
        slug: slug(name),
        title: line(title),
        join: Some(link("https://zoom.us/my/opencontainers")),
        agenda: Some(link("https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg")),
        location: None,
        color: None,
        minutes: None,
        quiet: Vec::new(),
        trust_minutes: false,
        recordings: None,
        tags: Vec::new(),
        holidays: vec![slug("us")],
        updated: utc("2026-01-01T00:00:00Z"),
        revision: 0,
        description: markdown("The **weekly call**. See the [events](/meetings/oci-events/)."),
        slots: Vec::new(),
        added: BTreeMap::new(),
    }
}

pub(crate) fn weekly(of: &Slug, from: &str, weekday: Weekday, at: &str) -> Slot {
    let from = day(from);
    Slot {
        uid: Uid::of_slot(of, from, None, &domain()),
        from,
        until: None,
        rule: Rule::Weekly { interval: 1, weekdays: vec![weekday] },
        at: Some(at.parse().unwrap()),
        zone: pacific(),
        lasts: TimeDelta::hours(1),
        revision: 0,
        exceptions: Exceptions::default(),
    }
}

pub(crate) fn added(of: &Slug, start: &str, announced: &str) -> Added {
    let start = local(start);
    Added {
        uid: Uid::of_added(of, start, &domain()),
        start,
        zone: pacific(),
        lasts: if start.time().is_some() { TimeDelta::hours(2) } else { TimeDelta::days(1) },
        announced: utc(announced),
        restored: None,
        change: None,
        details: Details::default(),
        record: None,
    }
}

/// A weekly call on Thursdays at 10:00 since October 2026 and, without a date yet, events.
pub(crate) fn community() -> Community {
    let mut calls = series("oci-weekly", "OCI weekly discussion");
    calls.slots.push(weekly(&calls.slug, "2026-10-01", Weekday::Thu, "10:00:00"));
    let mut events = series("oci-events", "OCI event");
    events.description = Markdown::default();
    let thanksgiving = Holiday { date: day("2026-11-26"), name: line("Thanksgiving Day") };
    Community {
        site: Site {
            name: line("Open Container Initiative"),
            slug: slug("oci"),
            description: line("Open meetings on container standards."),
            url: link("https://calendar.opencontainers.org"),
            uid_domain: domain(),
            zone: pacific(),
            language: line("en"),
            color: None,
            quiet: Vec::new(),
            follow: Vec::new(),
            moved: Vec::new(),
            gone: Vec::new(),
        },
        pages: vec![Page {
            path: "/".to_owned(),
            title: line("Community Overview"),
            aliases: vec!["/community".to_owned()],
            toc: true,
            body: markdown("Welcome.\n\n## Chat\n\nSay hello.\n\n## Lists\n\nWrite to us."),
        }],
        series: vec![Arc::new(events), Arc::new(calls)],
        holidays: vec![Holidays { slug: slug("us"), days: vec![thanksgiving] }],
    }
}

/// The weekly call of [`community`].
pub(crate) fn calls(community: &mut Community) -> &mut Series {
    named(community, "oci-weekly")
}

/// The events of [`community`].
pub(crate) fn events(community: &mut Community) -> &mut Series {
    named(community, "oci-events")
}

fn named<'a>(community: &'a mut Community, slug: &str) -> &'a mut Series {
    let mut all = community.series.iter_mut();
    Arc::make_mut(all.find(|series| series.slug.as_str() == slug).unwrap())
}

/// What is special about one date of the weekly call.
pub(crate) fn exception<'a>(community: &'a mut Community, id: &str) -> &'a mut Exception {
    calls(community).slots[0].exceptions.get_or_default(local(id))
}
