//! What differs of the site, and of one series.

use super::slots::{self, in_words};
use super::window::Window;
use super::{Change, Dates, Field, SeriesChange, Warning, What, Whose, dates};
use crate::model::{Line, Link, Series, Site, Slot, Slug};
use crate::schedule::{Status, occurrences_since};

/// What differs of what is said of the organisation.
pub(super) fn of_site(old: &Site, new: &Site) -> Vec<Change> {
    let color = |site: &Site| site.color.map(|color| color.to_string());
    let all = [
        (Field::Title, Some(old.name.to_string()), Some(new.name.to_string())),
        (Field::Address, Some(old.url.to_string()), Some(new.url.to_string())),
        (Field::Language, Some(old.language.to_string()), Some(new.language.to_string())),
        (Field::Color, color(old), color(new)),
    ];
    let domains = (old.uid_domain != new.uid_domain).then(|| {
        let (old, new) = (old.uid_domain.to_string(), new.uid_domain.to_string());
        What::Warning(Warning::DomainChanges(old, new))
    });
    differing(all).chain(domains).map(|what| Change { series: None, what }).collect()
}

fn differing<const N: usize>(
    all: [(Field, Option<String>, Option<String>); N],
) -> impl Iterator<Item = What> {
    let differ = all.into_iter().filter(|(_, old, new)| old != new);
    differ.map(|(field, old, new)| What::Field(field, old, new))
}

/// What differs of a series and its meetings.
pub(super) fn changes(old: Option<&Series>, new: Option<&Series>, window: &Window) -> Vec<Change> {
    let Some(whose) = new.or(old).map(Whose::of) else { return Vec::new() };
    let all = match (old, new) {
        (Some(old), Some(new)) => both(old, new, window),
        (_, Some(new)) => {
            vec![What::Series(SeriesChange::Begins(rules(new, window), next(new, window)))]
        }
        (Some(old), _) => {
            vec![What::Series(SeriesChange::Removed(rules(old, window), next(old, window)))]
        }
        (None, None) => Vec::new(),
    };
    all.into_iter().map(|what| Change { series: Some(whose.clone()), what }).collect()
}

impl Whose {
    pub(super) fn of(series: &Series) -> Whose {
        Whose { slug: series.slug.clone(), title: series.title.clone() }
    }
}

/// The rules of the slots that go on, or of all where none does.
fn rules(series: &Series, window: &Window) -> Vec<String> {
    let today = window.from.date_naive();
    let goes_on = |slot: &&Slot| slot.until.is_none_or(|until| until >= today);
    let going_on: Vec<String> = series.slots.iter().filter(goes_on).map(in_words).collect();
    match going_on.is_empty() {
        true => series.slots.iter().map(in_words).collect(),
        false => going_on,
    }
}

/// The series' next meetings that take place.
fn next(series: &Series, window: &Window) -> Dates {
    let ahead = occurrences_since(series, window.from);
    let within = ahead.take_while(|o| !window.is_after(&o.span()));
    window.dates(within.filter(|o| o.status == Status::Confirmed).map(|o| o.span()))
}

fn both(old: &Series, new: &Series, window: &Window) -> Vec<What> {
    let pairs = slots::pairs(old, new);
    let of_slots = pairs.iter().flat_map(|pair| slots::changes((old, new), *pair, window));
    let of_slots: Vec<What> = of_slots.collect();
    fields(old, new).chain(of_slots).chain(dates::changes(old, new, &pairs)).collect()
}

fn fields(old: &Series, new: &Series) -> impl Iterator<Item = What> {
    let line = |line: &Option<Line>| line.as_ref().map(Line::to_string);
    let link = |link: &Option<Link>| link.as_ref().map(Link::to_string);
    let color = |series: &Series| series.color.map(|color| color.to_string());
    let tags = |series: &Series| {
        let all: Vec<&str> = series.tags.iter().map(Slug::as_str).collect();
        (!all.is_empty()).then(|| all.join(", "))
    };
    differing([
        (Field::Title, Some(old.title.to_string()), Some(new.title.to_string())),
        (Field::Join, link(&old.join), link(&new.join)),
        (Field::Agenda, link(&old.agenda), link(&new.agenda)),
        (Field::Place, line(&old.location), line(&new.location)),
        (Field::Tags, tags(old), tags(new)),
        (Field::Color, color(old), color(new)),
    ])
}
