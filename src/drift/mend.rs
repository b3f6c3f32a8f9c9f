//! How a difference is mended, on either side.

use super::group::Group;
use super::{Difference, Kind, Meeting};
use crate::content::edit::written::lasts;
use crate::model::Zone;
use crate::schedule::{Span, ZoneRules};
use chrono::TimeDelta;

/// So many dates are named in a command; of more there is a rule.
const FEW: usize = 6;

const TWICE: &str = "take one of the two out of the calendar";

/// What to do where the content is right, and where the calendar is; `site` is the site's zone.
pub(super) fn help(group: &Group<'_>, site: Zone) -> String {
    let Some(slug) = group.first.series.as_ref().map(|whose| whose.slug.as_str()) else {
        return "`convene import` makes series of them; `--series` leaves them out".to_owned();
    };
    match group.all.as_slice() {
        [one] => of_one(one, slug, site),
        all => of_several(all, slug),
    }
}

fn of_one(one: &Difference, slug: &str, site: Zone) -> String {
    let name = one.content.as_ref().map(|meeting| meeting.name.as_str()).unwrap_or_default();
    let either = |calendar: &str, command: &str| format!("{calendar}, or here `{command}`");
    let moved = |to: &Meeting| format!("convene move {slug} {name} --to {}", start(to));
    let (ours, theirs) = (one.content.as_ref(), one.calendar.as_ref());
    match (one.kind, ours, theirs) {
        (Kind::Start, Some(ours), Some(theirs)) if is_all_day(ours) != is_all_day(theirs) => {
            format!("mend the calendar, or the slot or date in meetings/{slug}")
        }
        (Kind::Start, Some(ours), Some(theirs))
            if ours.is_added && theirs.span.start.date() == ours.span.start.date() =>
        {
            format!("move it in the calendar, or change `at` in meetings/{slug}/{name}.md")
        }
        (Kind::Start, Some(ours), Some(theirs)) if ours.is_added => {
            let [off, on] =
                [format!("convene cancel {slug} {name}"), added(theirs, ours, slug, site)];
            either("move it in the calendar", &off) + &format!(" and `{on}`")
        }
        (Kind::Start, Some(ours), Some(theirs)) if theirs.span.utc_start == ours.planned => {
            either("move it in the calendar", &format!("convene restore {slug} {name}"))
        }
        (Kind::Start, _, Some(theirs)) => either("move it in the calendar", &moved(theirs)),
        (Kind::CancelledInContent, Some(ours), Some(theirs))
            if theirs.span.utc_start != ours.span.utc_start && !ours.is_added =>
        {
            either("cancel it in the calendar", &moved(theirs))
        }
        (Kind::CancelledInContent, ..) => {
            either("cancel it in the calendar", &format!("convene restore {slug} {name}"))
        }
        (Kind::CancelledInCalendar | Kind::OnlyInContent, ..) => {
            either("put it into the calendar", &format!("convene cancel {slug} {name}"))
        }
        (Kind::OnlyInCalendar, ..) if one.by.is_some() => TWICE.to_owned(),
        (Kind::OnlyInCalendar, _, Some(theirs)) => {
            either("take it out of the calendar", &added(theirs, theirs, slug, site))
        }
        (kind, ..) => in_file(kind, &format!("meetings/{slug}/{name}.md")),
    }
}

/// The start as commands take it.
fn start(meeting: &Meeting) -> String {
    match meeting.span.start.time() {
        Some(_) => meeting.span.start.moment().format("%Y-%m-%dT%H:%M").to_string(),
        None => meeting.span.start.to_string(),
    }
}

/// The command that adds such a meeting, of that title.
fn added(meeting: &Meeting, titled: &Meeting, slug: &str, site: Zone) -> String {
    let Span { start: first, end, zone, utc_start, utc_end } = meeting.span;
    let length = match first.time() {
        Some(_) => lasts(utc_end - utc_start, false),
        None => lasts(end.date() - first.date(), true),
    };
    let is_elsewhere = first.time().is_some() && zone.canonical() != site.canonical();
    let zone = if is_elsewhere { format!(" --zone {zone}") } else { String::new() };
    let title = quoted(titled.title.as_str());
    format!("convene add {slug} {}{zone} --lasts {length} --title {title}", start(meeting))
}

/// The text as a word for a shell, in which nothing of it means anything: it may be a stranger's.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn of_several(all: &[&Difference], slug: &str) -> String {
    let Some(first) = all.first() else { return String::new() };
    let file = format!("meetings/{slug}/series.md");
    let either = |calendar: &str| format!("{calendar}, or change the slots in {file}");
    let both = first.content.as_ref().zip(first.calendar.as_ref());
    let clock = both.map(|(ours, theirs)| zone(ours, theirs)).unwrap_or_default();
    match first.kind {
        Kind::Start => either("move them in the calendar") + &clock,
        Kind::CancelledInContent => {
            format!("cancel them in the calendar, or here `convene restore {slug} {}`", names(all))
        }
        Kind::CancelledInCalendar | Kind::OnlyInContent if all.len() <= FEW => {
            format!("put them into the calendar, or here `convene cancel {slug} {}`", names(all))
        }
        Kind::CancelledInCalendar | Kind::OnlyInContent => either("put them into the calendar"),
        Kind::OnlyInCalendar if first.by.is_some() => TWICE.to_owned(),
        Kind::OnlyInCalendar => either("take them out of the calendar"),
        kind => in_file(kind, &file),
    }
}

/// A clock that never changes, where that of the series does: why times are right for half a year.
fn zone(ours: &Meeting, theirs: &Meeting) -> String {
    let year = TimeDelta::days(366);
    let (since, until) = (ours.span.utc_start - year, ours.span.utc_start + year);
    let changes = |zone: Zone| !ZoneRules::of(zone).onsets(since, until).is_empty();
    let zone = ours.span.zone;
    let has_times = ours.span.start.time().is_some() && theirs.span.start.time().is_some();
    match has_times && changes(zone) && !changes(theirs.zone) {
        true => format!(
            "; there its time is in {}, whose clock never changes: put the event into {zone}",
            theirs.zone
        ),
        false => String::new(),
    }
}

/// The dates as commands take them.
fn names(all: &[&Difference]) -> String {
    let named = all.iter().filter_map(|one| Some(one.content.as_ref()?.name.as_str()));
    named.collect::<Vec<_>>().join(" ")
}

fn is_all_day(meeting: &Meeting) -> bool {
    meeting.span.start.time().is_none()
}

fn in_file(kind: Kind, file: &str) -> String {
    let key = match kind {
        Kind::Length => "lasts",
        Kind::Join => "join",
        _ => "title",
    };
    format!("mend the calendar, or say `{key}` in {file}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_wrote_is_no_command() {
        assert_eq!(quoted("$(date) `date` \"a\""), "'$(date) `date` \"a\"'");
        assert_eq!(quoted("it's; date"), "'it'\\''s; date'");
    }
}
