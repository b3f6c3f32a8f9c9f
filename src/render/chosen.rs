//! Which series or tags the names in an address choose: addresses are older than the content.

use super::Scope;
use crate::model::{Community, Moved, Slug};
use std::collections::BTreeSet;

/// How often a name is followed to another one.
const MOST_MOVES: usize = 5;

/// What is chosen by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Series, whose calendars are at `/meetings/<name>.ics`.
    Series,
    /// Tags, whose calendars are at `/tags/<name>.ics`.
    Tags,
}

/// What names choose of a calendar or of an answer to a program.
///
/// A name stands for what its calendar's address leads to: for the series or tag that has it, for the
/// one to which `[[moved]]` of `site.toml` leads from `/meetings/<name>.ics` or `/meetings/<name>/`, or
/// for nothing any more where `gone` has one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The slugs that are there now; all, without any choice, where a name leads to the whole calendar.
    pub now: BTreeSet<Slug>,
    /// Whether a name leads to the calendar of the whole community, so that nothing is left out.
    pub all: bool,
    /// Names of what is no longer published.
    pub gone: Vec<Slug>,
    /// Names that nothing has, and nothing is known to have had.
    pub unknown: Vec<Slug>,
}

impl Chosen {
    /// What those names choose of the scope.
    pub fn of(scope: &Scope<'_>, kind: Kind, names: &BTreeSet<Slug>) -> Chosen {
        let mut chosen = Chosen::default();
        if names.is_empty() {
            return Chosen { all: true, ..chosen };
        }
        // Made once: a foundation has thousands of series.
        let there = kind.all(scope);
        for name in names {
            if there.contains(name) {
                chosen.now.insert(name.clone());
                continue;
            }
            let community = scope.community();
            let stem = [kind.folder(), name.as_str()].concat();
            let led = moved(community, &stem);
            let to: Vec<Slug> = led.iter().flat_map(|to| kind.of(to, &there)).collect();
            match led {
                Some(Scope::Community(_)) => chosen.all = true,
                _ if !to.is_empty() => chosen.now.extend(to),
                None if is_gone(community, &stem) => chosen.gone.push(name.clone()),
                _ => chosen.unknown.push(name.clone()),
            }
        }
        chosen
    }

    /// The slugs to which a calendar is limited; empty where it is not limited, and none where no name
    /// stands for anything, which must never be taken for that.
    pub fn limit(&self) -> Option<BTreeSet<Slug>> {
        match self.all {
            true => Some(BTreeSet::new()),
            false => (!self.now.is_empty()).then(|| self.now.clone()),
        }
    }
}

impl Kind {
    fn folder(self) -> &'static str {
        match self {
            Kind::Series => "/meetings/",
            Kind::Tags => "/tags/",
        }
    }

    /// All that the scope has.
    pub fn all<'a>(self, scope: &Scope<'a>) -> BTreeSet<&'a Slug> {
        match self {
            Kind::Series => scope.series().map(|series| &series.slug).collect(),
            Kind::Tags => scope.series().flat_map(|series| &series.tags).collect(),
        }
    }

    /// What of `there` another calendar stands for: a series for itself, a tag for itself or its series.
    fn of(self, to: &Scope<'_>, there: &BTreeSet<&Slug>) -> Vec<Slug> {
        let own: Vec<&Slug> = match (self, to) {
            (_, Scope::Community(_)) | (Kind::Tags, Scope::Series(..)) => Vec::new(),
            (Kind::Tags, Scope::Tag(_, tag)) => vec![tag],
            (Kind::Series, _) => to.series().map(|series| &series.slug).collect(),
        };
        own.into_iter().filter(|slug| there.contains(slug)).cloned().collect()
    }
}

/// The scope to whose calendar that of another address has moved, however often.
fn moved<'a>(community: &'a Community, stem: &str) -> Option<Scope<'a>> {
    let mut stem = stem.to_owned();
    for _ in 0..MOST_MOVES {
        stem = addresses(&stem).iter().find_map(|path| next(community, path))?;
        if let Some(scope) = of_stem(community, &stem) {
            return Some(scope);
        }
    }
    None
}

/// Where that path has moved, without what it ends in.
fn next(community: &Community, path: &str) -> Option<String> {
    let to = |moved: &Moved| {
        let (to, is_named) = moved.lead(path)?;
        let stem = stem_of(&to);
        (is_named || of_stem(community, stem).is_some()).then(|| stem.to_owned())
    };
    community.site.moved.iter().find_map(to)
}

fn of_stem<'a>(community: &'a Community, stem: &str) -> Option<Scope<'a>> {
    match stem {
        "" => Some(Scope::Community(community)),
        stem => Scope::of_calendar(community, stem),
    }
}

fn stem_of(path: &str) -> &str {
    path.strip_suffix(".ics").or_else(|| path.strip_suffix('/')).unwrap_or(path)
}

/// The addresses under which a calendar is known: its own, and that of its page.
fn addresses(stem: &str) -> [String; 2] {
    [".ics", "/"].map(|end| [stem, end].concat())
}

fn is_gone(community: &Community, stem: &str) -> bool {
    let known = addresses(stem);
    community.site.gone.iter().any(|gone| known.contains(gone))
}
