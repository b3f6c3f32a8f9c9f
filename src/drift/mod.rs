//! Whether a published calendar says what the content says.
//!
//! Pure: a community, a calendar's bytes and a window come in; [`drift`] gives what differs, date by
//! date, and [`text`] and [`Document`] tell it. The calendar is imported, so that both sides are
//! communities and are expanded by the same `schedule`. Imports `import`, `content`, `model` and
//! `schedule`, and of `compare` its words for times.
//!
//! `entry` has the meetings of each side, `belonging` which series those of the calendar are of,
//! `matching` which is which, `told` what differs of two, `group` what is told at once.

mod belonging;
mod difference;
mod entry;
mod group;
mod json;
mod matching;
mod mend;
mod notes;
mod text;
mod title;
mod told;
mod window;

pub use difference::{Difference, Kind, Meeting};
pub use json::Document;
pub use text::text;
pub use window::Window;

use crate::content::parse;
use crate::import::{Imported, Note, Options, Unreadable, alone, import_any};
use crate::model::{Community, Local, Series, Slug, Zone};
use crate::schedule::{Occurrence, Span, ZoneRules};
use belonging::Known;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entry::{Entry, entries};
use std::collections::{BTreeMap, BTreeSet};

/// The most meetings of a calendar that are compared.
const MOST: usize = 50_000;

/// How long a meeting is where the calendar does not say it.
const LASTS: TimeDelta = TimeDelta::hours(1);

/// What is to be compared.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The present.
    pub now: DateTime<Utc>,
    /// When the meetings begin that are compared.
    pub window: Window,
    /// Only these series; all without any.
    pub series: BTreeSet<Slug>,
    /// The zone of the calendar's times that name none; without it the calendar's own or the site's.
    pub zone: Option<Zone>,
}

/// What differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// When the meetings begin that were compared.
    pub window: Window,
    /// How many meetings of the content take place in it.
    pub meetings: usize,
    /// The site's zone, which commands take where none is named.
    pub zone: Zone,
    /// What differs: series by series in order of their slugs, then what belongs to none.
    pub differences: Vec<Difference>,
    /// What was understood in spite of the calendar, or could not be, and may explain a difference.
    pub notes: Vec<Note>,
}

/// Compares a calendar with the content.
///
/// # Errors
/// What is no calendar, or has too many meetings in the window.
///
/// ```
/// # use convene::{drift::{Asked, drift, text}, model::Community};
/// # fn show(content: &Community, bytes: &[u8], asked: &Asked) {
/// match drift(content, bytes, asked) {
///     Ok(drift) => print!("{}", text(&drift)),
///     Err(why) => eprintln!("{why}"),
/// }
/// # }
/// ```
pub fn drift(content: &Community, bytes: &[u8], asked: &Asked) -> Result<Drift, Unreadable> {
    let options = Options {
        now: asked.now,
        zone: asked.zone,
        site_zone: Some(content.site.zone),
        lasts: LASTS,
        series: None,
        taken: BTreeSet::new(),
    };
    let imported = import_any(bytes, &options)?;
    let calendar = community_of(&imported)?;
    let around = asked.window.around();
    let too_many = || Unreadable {
        line: 0,
        reason: format!("it has more than {MOST} meetings in that time: choose a shorter one"),
    };
    let ours = entries(content, &around, usize::MAX).unwrap_or_default();
    let theirs = entries(&calendar, &around, MOST).ok_or_else(too_many)?;
    let is_told = |o: &Occurrence<'_>| asked.asks_for(o.series);
    let on = ours.iter().filter(|e| e.is_on && is_told(&e.occurrence));
    let meetings = on.filter(|e| asked.window.contains(e.occurrence.utc_start)).count();
    let differences = compared(content, &ours, (&calendar, &theirs), asked);
    let (window, zone) = (asked.window, content.site.zone);
    Ok(Drift { window, meetings, zone, differences, notes: notes::telling(imported.notes) })
}

fn community_of(imported: &Imported) -> Result<Community, Unreadable> {
    parse(&alone(imported, LASTS)).map_err(|mistakes| {
        let why = mistakes.iter().next().map(|first| first.message.clone()).unwrap_or_default();
        Unreadable { line: 0, reason: format!("its meetings cannot be told together: {why}") }
    })
}

impl Asked {
    fn asks_for(&self, series: &Series) -> bool {
        self.series.is_empty() || self.series.contains(&series.slug)
    }
}

fn compared(
    content: &Community,
    ours: &[Entry<'_>],
    (calendar, theirs): (&Community, &[Entry<'_>]),
    asked: &Asked,
) -> Vec<Difference> {
    let belonging = Known::of(content, ours).belonging(calendar, theirs);
    let all_series: Vec<&Series> = content.all_series().collect();
    let zones: Vec<Zone> = all_series.iter().map(|series| zone(series, content)).collect();
    let busy = days(ours);
    let on = ours.iter().filter(|entry| entry.is_on);
    let starts: BTreeSet<_> = on.map(|entry| (entry.series, entry.start)).collect();
    let in_window = |e: &Entry<'_>| asked.window.contains(e.occurrence.utc_start);
    let mut all = Vec::new();
    for (our, their) in matching::pairs(ours, theirs, &belonging, &zones) {
        let a = our.and_then(|at| ours.get(at));
        let b = their.and_then(|at| theirs.get(at));
        let first = || belonging.get(their?)?.first().copied();
        let place = a.map(|a| a.series).or_else(first);
        let series = place.and_then(|place| all_series.get(place)).copied();
        let is_asked = series.map_or(asked.series.is_empty(), |series| asked.asks_for(series));
        if !is_asked || !a.into_iter().chain(b).any(in_window) {
            continue;
        }
        let of_series = place.and_then(|place| zones.get(place)).copied();
        let clock = a.map(|a| a.occurrence.planned_zone()).or(of_series);
        let shown = |entry| Meeting::of(entry, &busy).by_clock_of(clock);
        let (ours, theirs) = (a.map(|a| (a, shown(a))), b.map(|b| (b, shown(b))));
        let order = a.or(b).map(|e| e.occurrence.utc_start);
        let here = place.zip(b.map(|b| b.start));
        let is_twice = a.is_none() && here.is_some_and(|here| starts.contains(&here));
        let found = told::differences(series, is_twice, ours, theirs);
        all.extend(found.into_iter().map(|found| (order, found)));
    }
    all.sort_by(|(a, x), (b, y)| {
        let slug = |d: &Difference| d.series.as_ref().map(|whose| whose.slug.clone());
        // What belongs to no series comes last.
        (x.series.is_none(), slug(x), a, x.kind).cmp(&(y.series.is_none(), slug(y), b, y.kind))
    });
    all.into_iter().map(|(_, difference)| difference).collect()
}

/// The zone in which a series' times are told.
fn zone(series: &Series, content: &Community) -> Zone {
    series.slots.last().map_or(content.site.zone, |slot| slot.zone)
}

/// How many meetings each series has planned on each day.
type Days = BTreeMap<(usize, NaiveDate), usize>;

fn days(entries: &[Entry<'_>]) -> Days {
    let mut days = Days::new();
    for entry in entries {
        *days.entry((entry.series, entry.occurrence.recurrence_id.date())).or_default() += 1;
    }
    days
}

impl Meeting {
    fn of(entry: &Entry<'_>, days: &Days) -> Meeting {
        let o = &entry.occurrence;
        let is_one_of_several =
            days.get(&(entry.series, o.recurrence_id.date())).is_some_and(|number| *number > 1);
        let name = match o.recurrence_id {
            Local::DateTime(moment) if is_one_of_several => {
                moment.format("%Y-%m-%dT%H:%M").to_string()
            }
            id => id.date().to_string(),
        };
        Meeting {
            title: o.title().clone(),
            span: o.span(),
            is_on: entry.is_on,
            is_added: o.slot.is_none(),
            planned: o.utc_planned,
            name,
            join: o.join().cloned(),
            uid: o.uid.to_string(),
            zone: o.zone,
        }
    }

    /// The same, told by the clock of that zone, or its own; whole days stay the days they are.
    fn by_clock_of(self, zone: Option<Zone>) -> Meeting {
        let Span { utc_start, utc_end, .. } = self.span;
        let Some(zone) = zone.filter(|_| self.span.start.time().is_some()) else { return self };
        let local = |moment| Local::DateTime(ZoneRules::of(zone).to_local(moment));
        let (start, end) = (local(utc_start), local(utc_end));
        Meeting { span: Span { start, end, zone, utc_start, utc_end }, ..self }
    }
}
