//! The latest recordings, as pictures that are fetched when a reader asks for them.

use super::super::Locale;
use super::super::words::numbered;
use super::archive::ARCHIVE_PATH;
use super::meeting;
use crate::model::{Community, Link, VideoId};
use crate::schedule::{AsOf, Occurrence, latest};
use maud::{Markup, html};

const RECORDINGS: usize = 6;

/// The section with the latest recordings of all series; nothing where there are none.
pub(super) fn section(community: &Community, as_of: &AsOf) -> Markup {
    let locale = Locale::of(&community.site);
    let is_recorded = |o: &Occurrence<'_>| !o.recordings().is_empty();
    let latest = latest(community.all_series(), as_of, RECORDINGS, is_recorded);
    let has_pictures =
        latest.iter().filter_map(|o| o.recordings().first()).any(|link| picture(link).is_some());
    html! {
        @if !latest.is_empty() {
            section aria-labelledby="recordings" {
                div.bar {
                    h2 #recordings { (locale.home.recordings) }
                    @if has_pictures {
                        button.button.small #pictures type="button" { (locale.home.pictures) }
                    }
                }
                ul.tiles { @for occurrence in &latest { (tile(locale, occurrence)) } }
                p { a href=(ARCHIVE_PATH) { (locale.archive.all) } }
            }
        }
    }
}

fn tile(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let words = &locale.meeting;
    let recordings = occurrence.recordings();
    html! {
        li {
            @if let Some(first) = recordings.first() {
                a.tile href=(first) {
                    span.picture data-picture=[picture(first)] {}
                    span.name { (occurrence.title()) }
                }
            }
            p.links {
                a href=(occurrence.path()) { (meeting::short_date(locale, occurrence)) } " "
                @for (i, link) in recordings.iter().enumerate().skip(1) {
                    a href=(link) { (numbered(words.recording, i, recordings.len())) } " "
                }
                @if let Some(minutes) = occurrence.minutes() { a href=(minutes) { (words.minutes) } }
            }
        }
    }
}

/// Where YouTube has a picture of the video, 320 by 180 pixels large.
fn picture(link: &Link) -> Option<String> {
    let id = VideoId::of(link.as_str())?;
    Some(["https://i.ytimg.com/vi/", id.as_str(), "/mqdefault.jpg"].concat())
}
