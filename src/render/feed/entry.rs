//! One entry of a feed, before it is written in any format.

use super::super::Locale;
use super::body;
use crate::model::{Link, Site};
use crate::schedule::{AsOf, FactKind, Occurrence};
use chrono::{DateTime, Datelike, Utc};

/// The most tags of a series that an entry is filed under.
const MOST_TAGS: usize = 20;

/// HTML that takes more than so many octets stays on the meeting's page.
const LARGEST_HTML: usize = 64 * 1024;

/// One entry of a feed, before it is written in any format.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its identity for all time (RFC 4151); never of its words.
    pub id: String,
    /// Plain text, with the meeting's date.
    pub title: String,
    /// The absolute address of the meeting's page.
    pub link: String,
    /// The absolute address of the meeting as a file for a calendar.
    pub event: String,
    /// Plain sentences, with the meeting's time.
    pub summary: String,
    /// HTML without relative links.
    pub html: String,
    /// When it became known; it never changes.
    pub published: DateTime<Utc>,
    /// When it became known, or what it tells was last changed or overtaken.
    pub updated: DateTime<Utc>,
    /// What it is filed under: its kind first, then, of a change, which one; the series and its tags.
    pub categories: Vec<Category>,
}

/// A word that readers can filter by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// What sort of word it is: `kind`, `change`, `series` or `tag`.
    pub domain: &'static str,
    /// The word.
    pub term: String,
    /// The same for people, where that differs.
    pub label: Option<String>,
}

impl Category {
    fn new(domain: &'static str, term: &str) -> Category {
        Category { domain, term: term.to_owned(), label: None }
    }
}

/// What an entry tells of a meeting, whatever the feed.
pub(super) struct Told<'f, 'a> {
    pub(super) occurrence: &'f Occurrence<'a>,
    /// `agenda`, `changed`, `minutes`, `recording` or `reminder`.
    pub(super) kind: &'static str,
    /// Which change it is, in a word.
    pub(super) change: Option<&'static str>,
    /// The end of its id, after the meeting's own.
    pub(super) name: String,
    pub(super) title: String,
    /// One plain sentence with the meeting's time.
    pub(super) sentence: String,
    /// What has become of it since, where that contradicts the sentence.
    pub(super) since: Option<&'static str>,
    /// The recordings it names, each with its place among all of the meeting's.
    pub(super) recordings: Vec<(usize, &'a Link)>,
    pub(super) at: DateTime<Utc>,
    /// Moments at which it was overtaken, beside those at which the meeting's details were changed.
    pub(super) overtaken: Vec<DateTime<Utc>>,
}

impl Told<'_, '_> {
    /// Whether it asks people to come, so that the way there stands first.
    pub(super) fn is_reminder(&self) -> bool {
        self.kind == "reminder"
    }

    /// Whether it comes before the meeting in any case.
    pub(super) fn is_ahead(&self) -> bool {
        self.is_reminder() || self.kind == FactKind::Agenda.as_str()
    }

    /// The entry that tells it.
    pub(super) fn entry(self, site: &Site, as_of: &AsOf) -> Entry {
        let path = self.occurrence.path();
        let link = site.absolute(&path);
        let event = site.absolute(&format!("{path}event.ics"));
        let mut html = body::full(site, &self, &link, &event).into_string();
        if weight(&html) > LARGEST_HTML {
            html = body::short(site, &self, &link).into_string();
        }
        Entry {
            id: self.id(site),
            summary: self.summary(Locale::of(site)),
            updated: self.updated(as_of),
            categories: self.categories(),
            title: self.title,
            published: self.at,
            link,
            event,
            html,
        }
    }

    /// A `tag:` URI of the meeting's year.
    fn id(&self, site: &Site) -> String {
        let (series, date) = (&self.occurrence.series.slug, self.occurrence.recurrence_id);
        let (domain, year) = (&site.uid_domain, date.date().year());
        format!("tag:{domain},{year:04}:{series}/{}/{}", date.file_stem(), self.name)
    }

    /// Bots show little else, so that of a reminder has the way to join in it.
    fn summary(&self, locale: &Locale) -> String {
        match self.occurrence.join().filter(|_| self.is_reminder()) {
            Some(join) => (locale.reminders.and_join)(&self.sentence, join.as_str()),
            None => self.sentence.clone(),
        }
    }

    fn updated(&self, as_of: &AsOf) -> DateTime<Utc> {
        let edited = self.occurrence.details().map_or(&[][..], |details| &details.updated);
        let later = edited.iter().chain(&self.overtaken).copied();
        later.filter(|moment| as_of.reached(*moment)).fold(self.at, DateTime::max)
    }

    fn categories(&self) -> Vec<Category> {
        let series = self.occurrence.series;
        let label = Some(series.title.to_string());
        let mut all = vec![Category::new("kind", self.kind)];
        all.extend(self.change.map(|change| Category::new("change", change)));
        all.push(Category { label, ..Category::new("series", series.slug.as_str()) });
        let tags = series.tags.iter().take(MOST_TAGS);
        all.extend(tags.map(|tag| Category::new("tag", tag.as_str())));
        all
    }
}

impl Entry {
    /// About how many octets it takes in whichever format needs the most, and never less.
    pub(super) fn weight(&self, site: &Site) -> usize {
        /// Names of elements and keys, dates, indentation.
        const AROUND: usize = 1500;
        let url = site.url.as_str().len();
        let category = |category: &Category| {
            let label = category.label.as_deref().map_or(0, weight);
            150 + url + category.term.len() + label
        };
        let categories: usize = self.categories.iter().map(category).sum();
        let texts = [&self.id, &self.title, &self.link, &self.event, &self.html];
        let texts: usize = texts.into_iter().map(|text| weight(text)).sum();
        let (summary, creator) = (weight(&escaped(&self.summary)), weight(site.name.as_str()));
        AROUND + categories + texts + self.id.len() + summary + creator
    }
}

/// The most octets that a text takes, be it escaped for XML or for JSON.
fn weight(text: &str) -> usize {
    let of = |c: char| match c {
        '"' | '\'' => 6,
        '&' => 5,
        '<' | '>' => 4,
        '\\' | '\n' => 2,
        c => c.len_utf8(),
    };
    text.chars().map(of).sum()
}

/// Plain text as HTML.
pub(super) fn escaped(text: &str) -> String {
    maud::html! { (text) }.into_string()
}
