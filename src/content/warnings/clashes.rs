//! Meetings that are in each other's way: at once on one link, at once for the same people, or of one
//! title on one day.

use super::place::Said;
use super::{Looked, or_quiet, path_of};
use crate::content::Diagnostic;
use crate::model::{Concern, Series, Slug};
use crate::schedule::{Occurrence, ZoneRules};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Two series, or one with itself, by their short names in order.
type Pair<'a> = (&'a Slug, &'a Slug);

/// Every pair is told once, of the worst that is between them.
pub(super) fn of(all: &Looked<'_>) -> Vec<Diagnostic> {
    let coming: Vec<Occurrence<'_>> =
        all.community.all_series().flat_map(|series| all.coming(series)).collect();
    let mut told: BTreeSet<Pair<'_>> = BTreeSet::new();
    let mut found = Vec::new();
    for clashes in [one_link(&coming), one_audience(&coming), one_title(all, &coming)] {
        for (pair, clash) in clashes {
            if told.insert(pair) {
                found.extend(clash.diagnostic(all));
            }
        }
    }
    found
}

/// What is between two series: when it first is, and how often.
struct Clash<'a> {
    concern: Concern,
    /// The one that begins later; the warning stands there.
    late: Occurrence<'a>,
    early: Occurrence<'a>,
    how: How,
    /// What they have in common, such as a tag.
    what: String,
    times: usize,
}

/// How two meetings are in each other's way.
#[derive(Clone, Copy)]
enum How {
    AtOnce,
    OneAfterTheOther,
    OnOneDay,
}

type Clashes<'a> = BTreeMap<Pair<'a>, Clash<'a>>;

fn one_link<'a>(coming: &[Occurrence<'a>]) -> Clashes<'a> {
    let mut by_link: HashMap<&str, Vec<&Occurrence<'a>>> = HashMap::new();
    for o in timed(coming) {
        if let Some(join) = o.join() {
            by_link.entry(join.as_str()).or_default().push(o);
        }
    }
    let mut clashes = Clashes::new();
    for (link, group) in by_link {
        in_time(group, true, |early, late| {
            let is_after = early.utc_end == late.utc_start;
            let how = if is_after { How::OneAfterTheOther } else { How::AtOnce };
            note(&mut clashes, Concern::SameLink, (early, late), how, format!("on `{link}`"));
        });
    }
    clashes
}

fn one_audience<'a>(coming: &[Occurrence<'a>]) -> Clashes<'a> {
    let mut by_tag: BTreeMap<&Slug, Vec<&Occurrence<'a>>> = BTreeMap::new();
    for o in timed(coming) {
        for tag in &o.series.tags {
            by_tag.entry(tag).or_default().push(o);
        }
    }
    let mut clashes = Clashes::new();
    for (tag, group) in by_tag {
        in_time(group, false, |early, late| {
            let what = format!("and both are for `{tag}`");
            note(&mut clashes, Concern::SameAudience, (early, late), How::AtOnce, what);
        });
    }
    clashes
}

fn one_title<'a>(all: &Looked<'a>, coming: &[Occurrence<'a>]) -> Clashes<'a> {
    let rules = ZoneRules::of(all.community.site.zone);
    let mut by_day = HashMap::new();
    let mut clashes = Clashes::new();
    let mut in_order: Vec<&Occurrence<'a>> = coming.iter().collect();
    in_order.sort_by_key(|o| o.order());
    for o in in_order {
        let key = (o.days(rules).0, o.title().as_str());
        if let Some(early) = by_day.insert(key, o) {
            let what = "with the same title".to_owned();
            note(&mut clashes, Concern::SameTitle, (early, o), How::OnOneDay, what);
        }
    }
    clashes
}

fn timed<'o, 'a>(coming: &'o [Occurrence<'a>]) -> impl Iterator<Item = &'o Occurrence<'a>> {
    coming.iter().filter(|o| o.start.time().is_some())
}

/// Calls for each meeting that begins while another goes on, or just as it ends where that counts.
///
/// Of those that go on the one that ends last stands for all, so that the work stays in proportion.
fn in_time<'o, 'a>(
    mut group: Vec<&'o Occurrence<'a>>,
    or_after: bool,
    mut clash: impl FnMut(&'o Occurrence<'a>, &'o Occurrence<'a>),
) {
    group.sort_by_key(|o| o.order());
    let mut open: Option<&Occurrence<'a>> = None;
    for o in group {
        if let Some(early) = open
            && (early.utc_end > o.utc_start || (or_after && early.utc_end == o.utc_start))
        {
            clash(early, o);
        }
        open = open.filter(|early| early.utc_end > o.utc_end).or(Some(o));
    }
}

fn note<'a>(
    clashes: &mut Clashes<'a>,
    concern: Concern,
    (early, late): (&Occurrence<'a>, &Occurrence<'a>),
    how: How,
    what: String,
) {
    let (a, b) = (&early.series.slug, &late.series.slug);
    let pair = if a <= b { (a, b) } else { (b, a) };
    let (early, late) = (early.clone(), late.clone());
    let clash = clashes.entry(pair).or_insert(Clash { concern, late, early, how, what, times: 0 });
    clash.times += 1;
}

impl How {
    /// `is at the same time as that of …`.
    fn with(self, other: &str) -> String {
        match self {
            How::AtOnce => format!("is at the same time as {other}"),
            How::OneAfterTheOther => format!("begins just as {other} ends"),
            How::OnOneDay => format!("is on the same day as {other}"),
        }
    }
}

impl Clash<'_> {
    fn diagnostic(&self, all: &Looked<'_>) -> Option<Diagnostic> {
        let Clash { concern, late, early, how, what, times } = self;
        let is_told = |series: &Series| all.is_told(*concern, Some(series));
        let other = match early.series.slug == late.series.slug {
            true => format!("another of `{}`", early.series.slug),
            false => format!("that of `{}`", early.series.slug),
        };
        let more = match times - 1 {
            0 => String::new(),
            n => format!("; {n} more within a year"),
        };
        let (date, time) = (late.start.date(), late.start.time());
        let at = time.map(|time| time.format(" at %H:%M").to_string()).unwrap_or_default();
        let help = match concern {
            Concern::SameTitle => "give one of them a title that tells them apart",
            Concern::SameAudience => "move one of them, or let their tags differ",
            _ => "move one of them, leave a gap between them, or give one a link of its own",
        };
        let said = Said {
            message: format!("the meeting of {date}{at} {}, {what}{more}", how.with(&other)),
            help: or_quiet(help, *concern),
        };
        let keys: &[&str] = match concern {
            Concern::SameTitle => &["title"],
            Concern::SameAudience => &["tags"],
            _ => &["join"],
        };
        (is_told(early.series) && is_told(late.series))
            .then(|| all.places.at_key(&path_of(late.series), keys, said))
    }
}
