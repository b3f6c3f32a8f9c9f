//! Every word that people read in what is published: a folder for each language, and here what each
//! must have.
//!
//! A [`Locale`] is a table of texts, and of functions where a sentence has gaps or a language its
//! grammar. What is missing is a mistake of the compiler's to find.

mod archive;
mod de;
mod en;
mod ja;
mod months;
mod subscribe;
#[cfg(test)]
mod tests;

use crate::model::{Rule, Site};
use archive::{Archive, Finder};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use maud::Markup;
use months::{Clocks, Months};
use subscribe::Subscribe;

/// One language's words.
#[derive(Clone, Copy, Debug)]
pub struct Locale {
    /// The primary subtag of BCP 47: `en`.
    pub(super) tag: &'static str,
    pub(super) dates: Dates,
    pub(super) rules: Rules,
    pub(super) formats: Formats,
    pub(super) frame: Frame,
    pub(super) home: Home,
    pub(super) series: SeriesPage,
    pub(super) meeting: Meeting,
    pub(super) occurrence: OccurrencePage,
    pub(super) archive: Archive,
    pub(super) finder: Finder,
    pub(super) months: Months,
    pub(super) clocks: Clocks,
    pub(super) subscribe: Subscribe,
    pub(super) feeds: Feeds,
    pub(super) news: News,
    pub(super) reminders: Reminders,
    pub(super) lists: Lists,
    pub(super) embeds: Embeds,
    pub(super) badge: Badge,
    /// What people call the places of [`places`](super::places), in their order.
    pub(super) places: [&'static str; super::places::COUNT],
}

/// Every language there is; the first is for communities whose own is not here.
pub(super) const ALL: [&Locale; 3] = [&en::EN, &de::DE, &ja::JA];

type Text = &'static str;
type OneGap = fn(&str) -> String;
type TwoGaps = fn(&str, &str) -> String;
/// What stands around a link or a time, which is marked up.
type Around = fn(Markup) -> Markup;

/// How dates and times are written, and texts joined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dates {
    /// `Thursday 26 November 2026`.
    pub(super) day: fn(NaiveDate) -> String,
    /// `Thu 26 Nov 2026`, for lists.
    pub(super) short_day: fn(NaiveDate) -> String,
    /// `26 November 2026`, for the ends of a period.
    pub(super) plain_day: fn(NaiveDate) -> String,
    /// `Thursday 26 November`.
    pub(super) day_of_year: fn(NaiveDate) -> String,
    /// `Thu 26 Nov`.
    pub(super) short_day_of_year: fn(NaiveDate) -> String,
    /// `2026`, as a heading.
    pub(super) year: fn(i32) -> String,
    /// `10:00`.
    pub(super) clock: fn(NaiveTime) -> String,
    /// `Fri 02:00`, where a clock alone would be taken for the day just named.
    pub(super) clock_of_day: fn(NaiveDateTime) -> String,
    /// A time on the clock, or two, and the zone's name: `10:00 PST`.
    pub(super) zoned: TwoGaps,
    /// What zones are called in this language, beside their names in the tz data.
    pub(super) zones: &'static [(&'static str, &'static str)],
    /// A day, and a time with its zone.
    pub(super) at: TwoGaps,
    /// The same moment here and in UTC: `… 10:00 PST (18:00 UTC)`.
    pub(super) and_utc: TwoGaps,
    /// Two times on the clock: `10:00–11:00`.
    pub(super) span: TwoGaps,
    /// A time on the clock, and the end on another day: `10:00 to Fri 27 Nov, 11:00`.
    pub(super) long_span: fn(&str, NaiveDateTime) -> String,
    /// The first and the last of several days.
    pub(super) days: TwoGaps,
    /// The last of several days.
    pub(super) until: OneGap,
    /// Between what stands in a row.
    pub(super) comma: Text,
    /// Between a word and what it announces.
    pub(super) colon: Text,
}

/// When a series meets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// The days: `Every Thursday`.
    pub(super) days: fn(&Rule) -> String,
    /// The days, a time on the clock and what the zone is called.
    pub(super) at: fn(&str, &str, &str) -> String,
    /// What people call the time of a zone all year round; others are called by their identifiers.
    pub(super) zones: &'static [(&'static str, &'static str)],
    /// The days, without a time.
    pub(super) all_day: OneGap,
    /// All of that, and its first day.
    pub(super) since: TwoGaps,
    /// The same where that day is still to come.
    pub(super) starting: TwoGaps,
    /// All of that, and its last day.
    pub(super) until: TwoGaps,
}

/// What the formats are called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Formats {
    pub(super) calendar: Text,
    pub(super) rss: Text,
    pub(super) atom: Text,
    pub(super) json: Text,
    pub(super) reminders: Text,
    pub(super) reminders_atom: Text,
    pub(super) reminders_json: Text,
}

/// Around every page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) skip: Text,
    /// What the site's own navigation is called for those who do not see it.
    pub(super) site: Text,
    pub(super) meetings: Text,
    pub(super) subscribe: Text,
    pub(super) zones: Text,
    /// The same where the script shows the reader's own time, with a gap `{}` for their zone.
    pub(super) own_zone: Text,
    pub(super) contents: Text,
    pub(super) moved: Text,
    /// Around the link to the new address.
    pub(super) moved_to: Around,
}

/// The community page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home {
    pub(super) next: Text,
    pub(super) running: Text,
    /// A day of the year and the holiday's name: whether the meeting is held is open.
    pub(super) holiday: TwoGaps,
    /// A meeting's title, its day as a link, and why it is cancelled.
    pub(super) cancelled: fn(&str, Markup, Option<&str>) -> Markup,
    pub(super) coming: Text,
    pub(super) nothing: Text,
    pub(super) nothing_else: Text,
    pub(super) recordings: Text,
    /// On the button that has the pictures of recordings fetched from YouTube.
    pub(super) pictures: Text,
    pub(super) all: Text,
    /// Around the day of a series' next meeting.
    pub(super) next_on: Around,
    pub(super) no_date: Text,
    pub(super) follow: Text,
    pub(super) feed: Text,
    /// What follows `feed` for those who do not see whose it is: the title.
    pub(super) feed_of: OneGap,
}

/// The page of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeriesPage {
    pub(super) earlier: Text,
    pub(super) nothing: Text,
    pub(super) past: Text,
}

/// What is said of a meeting wherever it is named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    pub(super) join: Text,
    pub(super) agenda: Text,
    pub(super) minutes: Text,
    pub(super) recording: Text,
    pub(super) place: Text,
    pub(super) more: Text,
    pub(super) cancelled: Text,
    /// The title of a cancelled meeting, where nothing else says that it is.
    pub(super) cancelled_title: OneGap,
    /// Around the day it was planned for.
    pub(super) moved_from: Around,
    pub(super) holiday: Text,
    /// A title and its day, as the title of a page.
    pub(super) on_day: TwoGaps,
    /// A title and when that is, as one sentence.
    pub(super) is_at: TwoGaps,
    /// How many topics are not shown.
    pub(super) more_topics: fn(usize) -> String,
    /// When it starts, with a gap `{}` for `in 2 days`.
    pub(super) starts: Text,
    /// When it ends, with the same gap.
    pub(super) ends: Text,
}

/// The page of one meeting.
#[derive(Clone, Copy, Debug)]
pub(super) struct OccurrencePage {
    pub(super) other_dates: Text,
    pub(super) earlier: Text,
    pub(super) later: Text,
    pub(super) add: Text,
    pub(super) planned: Text,
    pub(super) running: Text,
    pub(super) over: Text,
    /// Around the day it was planned for, in bold what has become of it.
    pub(super) moved: Around,
    /// Around the moment at which it became known.
    pub(super) announced: Around,
    /// Around the moment at which a cancellation was taken back.
    pub(super) on_again: Around,
    /// Around the moment at which a move was taken back.
    pub(super) moved_back: Around,
    /// A day of the year and the holiday's name, of which nobody has thought.
    pub(super) holiday: TwoGaps,
    /// The same where it was decided to meet.
    pub(super) held_on_holiday: TwoGaps,
    pub(super) around_the_world: Text,
    pub(super) history: History,
}

/// What became known of one meeting, in its course.
#[derive(Clone, Copy, Debug)]
pub(super) struct History {
    pub(super) title: Text,
    pub(super) agenda: Text,
    /// Why.
    pub(super) cancelled: fn(Option<&str>) -> String,
    /// When it was planned, then when it is.
    pub(super) moved: TwoGaps,
    pub(super) added: Text,
    pub(super) on_again: Text,
    pub(super) moved_back: Text,
    /// An added meeting that was taken back.
    pub(super) called_off: Text,
    pub(super) minutes: Text,
    pub(super) recording: Text,
    pub(super) later_recording: Text,
}

/// What feeds and calendars say of themselves, and what every entry has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Feeds {
    /// The title of what is about the whole community.
    pub(super) title: OneGap,
    /// What is in the feed of a series or a tag, and the community's name.
    pub(super) description: TwoGaps,
    pub(super) reminders_title: OneGap,
    pub(super) reminders_description: TwoGaps,
    /// The title of a series and the community's name.
    pub(super) series: TwoGaps,
    /// A tag and the community's name.
    pub(super) tag: TwoGaps,
    pub(super) agenda: Text,
    pub(super) for_calendar: Text,
    pub(super) all_about: Text,
    /// The title of the series.
    pub(super) all_dates: OneGap,
}

/// What became known of a meeting. Titles have the meeting's title and day, or day and time; sentences
/// its title and the time here and in UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct News {
    pub(super) agenda_title: TwoGaps,
    pub(super) agenda: TwoGaps,
    pub(super) minutes_title: TwoGaps,
    pub(super) minutes: TwoGaps,
    pub(super) recording_title: TwoGaps,
    pub(super) recording: TwoGaps,
    pub(super) later_recording_title: TwoGaps,
    pub(super) later_recording: TwoGaps,
    /// Last the reason.
    pub(super) cancelled_title: fn(&str, &str, Option<&str>) -> String,
    pub(super) cancelled: fn(&str, &str, Option<&str>) -> String,
    /// When it was planned, then when it is.
    pub(super) moved_title: fn(&str, &str, &str) -> String,
    pub(super) moved: fn(&str, &str, &str) -> String,
    pub(super) added_title: TwoGaps,
    pub(super) added: TwoGaps,
    /// An added meeting that was taken back.
    pub(super) called_off: TwoGaps,
    pub(super) restored_title: TwoGaps,
    pub(super) restored: TwoGaps,
    /// What was cancelled takes place after all.
    pub(super) since_on_again: Text,
    pub(super) since_moved_back: Text,
    pub(super) since_cancelled: Text,
}

/// What reminds of a meeting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reminders {
    pub(super) tomorrow: Text,
    pub(super) within_a_day: Text,
    pub(super) in_an_hour: Text,
    pub(super) within_an_hour: Text,
    /// One of the words above, the meeting's title and when it is.
    pub(super) title: fn(&str, &str, &str) -> String,
    /// The meeting's title and when it is.
    pub(super) sentence: TwoGaps,
    /// That sentence and where to join.
    pub(super) and_join: TwoGaps,
}

/// Headings and titles in the list of all feeds, each with the name of what it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists {
    pub(super) title: OneGap,
    pub(super) meetings: OneGap,
    pub(super) reminders: OneGap,
    pub(super) recordings: OneGap,
    pub(super) all_meetings: OneGap,
    pub(super) reminders_of_all: OneGap,
    pub(super) reminders_of: OneGap,
    pub(super) recordings_of: OneGap,
}

/// The card and the page that other sites show; what both have of other pages is not said again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Embeds {
    /// The community's name.
    pub(super) title: OneGap,
    /// The link to everything else.
    pub(super) all: Text,
    /// A holiday's name: whether the meeting is held is open.
    pub(super) holiday: OneGap,
    /// A time by the meeting's own clock, beside the reader's.
    pub(super) held: OneGap,
    /// How far ahead, as CLDR has it: `in 2 days`.
    pub(super) starts: OneGap,
    pub(super) ends: OneGap,
}

/// The badge: what is on it, and in its title all that it has no room for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Badge {
    /// What it is about, where that is not one series.
    pub(super) label: Text,
    pub(super) now: Text,
    pub(super) none: Text,
    /// The day, and last the reason.
    pub(super) cancelled: fn(&str, Option<&str>) -> String,
    pub(super) moved_to: OneGap,
    /// What it is about.
    pub(super) none_of: OneGap,
    /// A meeting's title and when it is.
    pub(super) running_title: TwoGaps,
    pub(super) moved_title: TwoGaps,
    /// Last the reason.
    pub(super) cancelled_title: fn(&str, &str, Option<&str>) -> String,
}

impl Locale {
    /// For operators, whatever the community's language.
    pub const ENGLISH: Locale = en::EN;

    /// The words for a community, by the primary subtag of its language: German for `de-AT`,
    /// English where there is no file for it.
    pub fn of(site: &Site) -> &'static Locale {
        let known = ALL.into_iter().find(|locale| locale.tag == primary_subtag(site));
        known.unwrap_or(&en::EN)
    }

    /// The `lang` of what is in these words and not in the community's own language.
    pub(super) fn foreign_to(&self, site: &Site) -> Option<&'static str> {
        (self.tag != primary_subtag(site)).then_some(self.tag)
    }
}

/// `de` of `de-AT`.
fn primary_subtag(site: &Site) -> &str {
    site.language.as_str().split('-').next().unwrap_or_default()
}

/// `−1 h`, or `+30 min`, with the units that a language has.
fn short_shift(minutes: i64, hour: &str, minute: &str) -> String {
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    match minutes.abs() {
        whole if whole % 60 == 0 => format!("{sign}{}{hour}", whole / 60),
        other => format!("{sign}{other}{minute}"),
    }
}

/// One of the names, counted from zero.
fn nth(names: &[&'static str], n: u32) -> &'static str {
    usize::try_from(n).ok().and_then(|n| names.get(n)).copied().unwrap_or_default()
}
