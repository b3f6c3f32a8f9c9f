//! The files of a series, as a careful person would write them.

use super::details::Details;
use super::draft::{Draft, DraftDate, DraftSlot, Fact, More};
use super::repeat;
use crate::content::SourceFile;
use crate::content::edit::written::{instant, lasts, text};
use crate::model::{CustomRule, Link, Local, Rule, Slot, Slug, Uid, Zone};
use crate::schedule::falls_on;
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeMap;

/// The series' file and those of its dates; what the site says already is left out.
pub(super) fn files(draft: &Draft, slug: &Slug, zone: Zone, usual: TimeDelta) -> Vec<SourceFile> {
    let folder = format!("meetings/{slug}");
    let mut head = pair("title", draft.title.as_str());
    head += &places(&draft.details);
    head += &more(&draft.more);
    head += &format!("updated = {}\n", instant(draft.updated));
    let mut slots: Vec<&DraftSlot> = draft.slots.iter().collect();
    slots.sort_by_key(|slot| (slot.from, slot.at));
    let mut begun = BTreeMap::new();
    for slot in slots {
        head += &of_slot(slot, zone, usual);
        let same_day: &mut usize = begun.entry(slot.from).or_default();
        *same_day += usize::from(slot.uid.is_none());
        if *same_day > 1 && slot.uid.is_none() {
            head += &pair("id", &format!("{}-{same_day}", slot.from));
        }
    }
    let series = file(format!("{folder}/series.md"), &head, &draft.details.body);
    let dates = draft.dates.iter().map(|date| {
        let is_only = meetings_on(draft, date.id.date()) < 2;
        let name = if is_only { date.id.date().to_string() } else { date.id.file_stem() };
        let head = of_date(date, &draft.more, zone, usual);
        file(format!("{folder}/{name}.md"), &head, &date.details.body)
    });
    [series].into_iter().chain(dates).collect()
}

/// How many meetings the series has on that day, added ones too.
fn meetings_on(draft: &Draft, day: NaiveDate) -> usize {
    let planned = draft.slots.iter().filter(|slot| gives(slot, day)).count();
    let is_added = |date: &&DraftDate| matches!(date.fact, Fact::Added(_)) && date.id.date() == day;
    planned + draft.dates.iter().filter(is_added).count()
}

/// Whether the slot has a meeting on that day.
pub(super) fn gives(slot: &DraftSlot, day: NaiveDate) -> bool {
    model(slot).map_or(day == slot.from, |slot| falls_on(&slot, day))
}

/// The slot as the schedule knows it; none for a single date.
pub(super) fn model(slot: &DraftSlot) -> Option<Slot> {
    // Dates do not depend on it.
    let uid = Uid::new("dates")?;
    slot.rule.clone().map(|rule| with_rule(slot, rule, uid))
}

/// The slot with that rule.
fn with_rule(slot: &DraftSlot, rule: CustomRule, uid: Uid) -> Slot {
    Slot {
        uid,
        from: slot.from,
        until: slot.until,
        rule: Rule::Custom(rule),
        at: slot.at,
        zone: slot.zone,
        lasts: slot.lasts,
        revision: 0,
        exceptions: Default::default(),
    }
}

fn of_slot(slot: &DraftSlot, zone: Zone, usual: TimeDelta) -> String {
    let mut out = format!("\n[[slot]]\nfrom = {}\n", slot.from);
    match &slot.rule {
        None => out += &format!("until = {}\nevery = \"year\"\n", slot.from),
        Some(rule) => {
            if let Some(until) = slot.until {
                out += &format!("until = {until}\n");
            }
            out += &repeat::lines(rule, slot.from);
        }
    }
    if let Some(at) = slot.at {
        out += &pair("at", &at.format("%H:%M").to_string());
    }
    if slot.zone != zone {
        out += &pair("zone", slot.zone.name());
    }
    out += &length(slot.lasts, slot.at.is_none(), usual);
    if let Some(uid) = &slot.uid {
        out += &pair("uid", uid);
    }
    out
}

fn of_date(date: &DraftDate, more: &More, zone: Zone, usual: TimeDelta) -> String {
    let mut out = String::new();
    let announced = format!("announced = {}\n", instant(date.announced));
    match date.fact {
        Fact::Cancelled => {
            let reason = more.reasons.get(&date.id.date()).map(|reason| text(reason.as_str()));
            let reason = reason.unwrap_or_else(|| "true".to_owned());
            out += &format!("cancelled = {reason}\n{announced}");
        }
        Fact::Moved(to, own) => {
            out += &format!("moved-to = {to}\n");
            if own != zone {
                out += &pair("zone", own.name());
            }
            out += &announced;
        }
        Fact::Added(own) => {
            out += "added = true\n";
            if let Some(at) = date.id.time() {
                out += &pair("at", &at.format("%H:%M").to_string());
            }
            if own != zone {
                out += &pair("zone", own.name());
            }
            out += &announced;
        }
        Fact::Detail => out += &format!("updated = {}\n", instant(date.announced)),
    }
    out += &date.title.as_ref().map(|title| pair("title", title.as_str())).unwrap_or_default();
    out += &places(&date.details);
    match (date.lasts, date.fact) {
        (Some(own), Fact::Added(_)) => out += &length(own, date.id.time().is_none(), usual),
        (Some(own), _) => {
            out += &format!("lasts = {}\n", lasts(own, date.id.time().is_none()));
        }
        (None, _) => {}
    }
    out
}

fn length(own: TimeDelta, is_whole_days: bool, usual: TimeDelta) -> String {
    let usual = if is_whole_days { TimeDelta::days(1) } else { usual };
    if own == usual { String::new() } else { format!("lasts = {}\n", lasts(own, is_whole_days)) }
}

fn places(details: &Details) -> String {
    let link = |key: &str, link: Option<&Link>| link.map(|link| pair(key, link.as_str()));
    let location = details.location.as_ref().map(|place| pair("location", place.as_str()));
    let links = [link("join", details.join.as_ref()), link("agenda", details.agenda.as_ref())];
    links.into_iter().chain([location]).flatten().collect()
}

fn more(more: &More) -> String {
    let tags: Vec<String> = more.tags.iter().map(|tag| text(tag.as_str())).collect();
    let tags = match tags.is_empty() {
        true => String::new(),
        false => format!("tags = [{}]\n", tags.join(", ")),
    };
    let playlist = more.playlist.as_ref();
    let found = playlist.map(|id| format!("recordings = {{ playlist = {} }}\n", text(id)));
    tags + &found.unwrap_or_default()
}

fn pair(key: &str, value: &str) -> String {
    format!("{key} = {}\n", text(value))
}

fn file(path: String, head: &str, body: &str) -> SourceFile {
    let body = if body.is_empty() { String::new() } else { format!("{body}\n") };
    SourceFile { path, bytes: format!("+++\n{head}+++\n{body}").into_bytes() }
}

/// A site and its page, beside which what was made can be parsed.
pub(super) fn stand_in_site(zone: Zone, usual: TimeDelta) -> [SourceFile; 2] {
    let head = [
        pair("name", "Calendar"),
        pair("slug", "calendar"),
        pair("description", "A calendar"),
        pair("url", "https://calendar.site.invalid"),
        pair("uid-domain", "site.invalid"),
        pair("zone", zone.name()),
        pair("language", "en"),
        format!("lasts = {}\n", lasts(usual, false)),
    ];
    let site = SourceFile { path: "site.toml".to_owned(), bytes: head.concat().into_bytes() };
    [site, file("community.md".to_owned(), &pair("title", "Calendar"), "")]
}

/// The start by the slot's clock.
pub(super) fn id_of(slot: &DraftSlot, day: NaiveDate) -> Local {
    Local::new(day, slot.at)
}
