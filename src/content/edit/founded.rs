//! The files of a new community and of a new series, as a careful person would write them.

use super::written;
use crate::content::SourceFile;
use crate::model::{Domain, Line, Link, Local, Slug, Zone};
use chrono::{DateTime, TimeDelta, Utc};

/// A community that is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCommunity {
    /// What it is called.
    pub name: Line,
    /// Its short name.
    pub slug: Slug,
    /// One sentence on it.
    pub description: Line,
    /// Public address of the service.
    pub url: Link,
    /// What every UID is built on.
    pub uid_domain: Domain,
    /// The zone of most of its meetings.
    pub zone: Zone,
    /// Its language, such as `en`.
    pub language: Line,
}

/// A series that is to be, with one slot.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSeries {
    /// Its short name.
    pub slug: Slug,
    /// What it is called.
    pub title: Line,
    /// Where to join.
    pub join: Option<Link>,
    /// The agenda's page.
    pub agenda: Option<Link>,
    /// The local start of its first meeting, or a date for whole days.
    pub start: Local,
    /// How often: `week`, `2 weeks`, `month` and so on, as in `every`.
    pub every: Line,
    /// On which day: `Thursday`, `first Thursday` and so on; none where that goes without saying.
    pub on: Option<Line>,
    /// Its zone, where that is not the site's.
    pub zone: Option<Zone>,
    /// How long it lasts, where that is not the site's.
    pub lasts: Option<TimeDelta>,
    /// The present.
    pub updated: DateTime<Utc>,
}

impl NewCommunity {
    /// `site.toml` and `community.md`.
    pub fn files(&self) -> [SourceFile; 2] {
        let site = [
            ("name", self.name.as_str()),
            ("slug", self.slug.as_str()),
            ("description", self.description.as_str()),
            ("url", self.url.as_str()),
            ("uid-domain", self.uid_domain.as_str()),
            ("zone", self.zone.name()),
            ("language", self.language.as_str()),
        ];
        let site: String = site
            .into_iter()
            .map(|(key, value)| {
                let note = match key {
                    "url" => " # where `convene serve` is seen by others",
                    "uid-domain" => " # never change it: calendars know every meeting by it",
                    _ => "",
                };
                format!("{key} = {}{note}\n", written::text(value))
            })
            .collect();
        let page = format!(
            "+++\ntitle = {}\n+++\n{}\n",
            written::text(self.name.as_str()),
            self.description
        );
        [file("site.toml".to_owned(), site), file("community.md".to_owned(), page)]
    }
}

impl NewSeries {
    /// `meetings/<slug>/series.md`.
    pub fn file(&self) -> SourceFile {
        let text = |key: &str, value: Option<&str>| {
            value.map(|value| format!("{key} = {}\n", written::text(value))).unwrap_or_default()
        };
        let is_whole_day = self.start.time().is_none();
        let at = self.start.time().map(|time| time.format("%H:%M").to_string());
        let lasts = self
            .lasts
            .map(|lasts| format!("lasts = {}\n", written::lasts(lasts, is_whole_day)))
            .unwrap_or_default();
        let head = [
            text("title", Some(self.title.as_str())),
            text("join", self.join.as_ref().map(Link::as_str)),
            text("agenda", self.agenda.as_ref().map(Link::as_str)),
            format!("updated = {}\n", written::instant(self.updated)),
        ];
        let slot = [
            format!("\n[[slot]]\nfrom = {}\n", self.start.date()),
            text("every", Some(self.every.as_str())),
            text("on", self.on.as_ref().map(Line::as_str)),
            text("at", at.as_deref()),
            text("zone", self.zone.map(Zone::name)),
            lasts,
        ];
        let all = format!("+++\n{}{}+++\n", head.concat(), slot.concat());
        file(format!("meetings/{}/series.md", self.slug), all)
    }
}

fn file(path: String, text: String) -> SourceFile {
    SourceFile { path, bytes: text.into_bytes() }
}
