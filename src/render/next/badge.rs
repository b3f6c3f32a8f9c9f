//! A badge that says when the next meeting of a scope is, for READMEs and other pages.

use super::super::{Locale, Scope, words};
use super::text_width::text_width;
use crate::model::{Line, Local};
use crate::schedule::{AsOf, Occurrence, Status, ZoneRules, coming};
use chrono::TimeDelta;
use maud::{Markup, html};

/// Its media type.
pub const MEDIA_TYPE: &str = "image/svg+xml; charset=utf-8";

/// The fonts that are as wide as the table says, or nearly so.
const FONTS: &str = "Verdana,DejaVu Sans,Geneva,sans-serif";

const FONT_SIZE: u32 = 11;

/// Pixels to the left and the right of each text.
const PADDING: u32 = 7;

/// The most pixels of each text; the title has all of it.
const MOST_OF_LABEL: u32 = 260;
const MOST_OF_MESSAGE: u32 = 330;

/// A date that is further ahead is shown with its year.
const WITHOUT_YEAR: TimeDelta = TimeDelta::days(180);

/// What is told about the next meeting, and what is behind that text; white on each has a contrast
/// of more than 4.5 to 1 (WCAG 2.2 §1.4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Planned,
    Moved,
    Running,
    Cancelled,
    NonePlanned,
}

impl State {
    fn of(occurrence: &Occurrence<'_>, as_of: &AsOf) -> State {
        match occurrence.status {
            Status::Cancelled => State::Cancelled,
            Status::Confirmed if as_of.reached(occurrence.utc_start) => State::Running,
            Status::Confirmed if occurrence.is_moved() => State::Moved,
            Status::Confirmed => State::Planned,
        }
    }

    fn color(self) -> &'static str {
        match self {
            State::Planned => "#0a5c8f",
            State::Moved => "#7d5200",
            State::Running => "#1a7431",
            State::Cancelled => "#a3271f",
            State::NonePlanned => "#58626c",
        }
    }
}

/// What is behind the label.
const LABEL_COLOR: &str = "#3d444d";

/// A badge, before it is drawn.
struct Badge {
    /// The primary subtag of BCP 47.
    language: &'static str,
    label: String,
    message: String,
    /// Everything in words, for those who point at it and for screen readers.
    title: String,
    state: State,
}

/// Where it is served for a scope.
pub fn path(scope: &Scope<'_>) -> String {
    super::path(scope, "svg")
}

/// The badge of a scope: when its next meeting is, that it is now, moved or cancelled, or that none
/// is planned.
///
/// It needs no font but those of the reader, has the width of its text by a table of our own, and
/// names nothing outside itself.
pub fn render(scope: &Scope<'_>, as_of: &AsOf) -> String {
    let next = coming(scope.series(), as_of, 1).pop();
    let badge = match &next {
        Some(occurrence) => Badge::of(scope, occurrence, as_of),
        None => Badge::without_meeting(scope),
    };
    badge.draw().into_string()
}

impl Badge {
    fn of(scope: &Scope<'_>, next: &Occurrence<'_>, as_of: &AsOf) -> Badge {
        let (locale, state) = (scope.locale(), State::of(next, as_of));
        let is_near = as_of.reached(next.utc_start - WITHOUT_YEAR);
        Badge {
            language: locale.tag,
            label: cut(&label(scope), MOST_OF_LABEL),
            message: cut(&message(locale, next, state, is_near), MOST_OF_MESSAGE),
            title: title(locale, next, state),
            state,
        }
    }

    fn without_meeting(scope: &Scope<'_>) -> Badge {
        let locale = scope.locale();
        Badge {
            language: locale.tag,
            label: cut(&label(scope), MOST_OF_LABEL),
            message: locale.badge.none.to_owned(),
            title: (locale.badge.none_of)(&scope.title()),
            state: State::NonePlanned,
        }
    }

    fn draw(&self) -> Markup {
        let label = text_width(&self.label, FONT_SIZE);
        let message = text_width(&self.message, FONT_SIZE);
        let (left, right) = (label + 2 * PADDING, message + 2 * PADDING);
        let width = left + right;
        html! {
            svg xmlns="http://www.w3.org/2000/svg" width=(width) height="20"
                viewBox={ "0 0 " (width) " 20" } xml:lang=(self.language) role="img"
                aria-label=(self.title) {
                title { (self.title) }
                path fill=(LABEL_COLOR)
                    d={ "M" (left) " 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" } {}
                path fill=(self.state.color())
                    d={ "M" (left) " 0h" (right - 3) "a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H" (left) "z" }
                    {}
                g fill="#fff" font-family=(FONTS) font-size=(FONT_SIZE) {
                    text x=(PADDING) y="14" textLength=(label) { (self.label) }
                    text x=(left + PADDING) y="14" textLength=(message) { (self.message) }
                }
            }
        }
    }
}

/// What it is about: one series by its title, several by what is asked of them.
fn label(scope: &Scope<'_>) -> String {
    match scope {
        Scope::Series(_, series) => series.title.to_string(),
        Scope::Community(_) | Scope::Tag(..) => scope.locale().badge.label.to_owned(),
    }
}

/// `Thu 26 Nov, 10:00 PST`, `moved to Fri 27 Nov, 09:00 PST`, `Thu 26 Nov cancelled: US
/// Thanksgiving`, `now`; with the year where the day could be taken for another.
fn message(locale: &Locale, next: &Occurrence<'_>, state: State, is_near: bool) -> String {
    let Locale { dates, badge, .. } = locale;
    let day = if is_near { dates.short_day_of_year } else { dates.short_day };
    let first = day(next.start.date());
    let last = next.own_days().1;
    match (state, next.start) {
        (State::Running, _) => badge.now.to_owned(),
        (State::Cancelled, _) => (badge.cancelled)(&first, reason(next)),
        (_, Local::Date(date)) if last > date => (dates.days)(&first, &day(last)),
        (State::Moved, _) => (badge.moved_to)(&at_its_time(locale, first, next)),
        _ => at_its_time(locale, first, next),
    }
}

/// Its title, when it is and what has become of it.
fn title(locale: &Locale, next: &Occurrence<'_>, state: State) -> String {
    let words = &locale.badge;
    let (title, when) = (next.title().as_str(), words::when(locale, next));
    match state {
        State::Running => (words.running_title)(title, &when),
        State::Moved => (words.moved_title)(title, &when),
        State::Cancelled => (words.cancelled_title)(title, &when, reason(next)),
        State::Planned | State::NonePlanned => [title, locale.dates.colon, &when].concat(),
    }
}

fn reason<'a>(occurrence: &Occurrence<'a>) -> Option<&'a str> {
    occurrence.reason().map(Line::as_str)
}

/// The day, with the time on the clock: `Thu 26 Nov, 10:00 PST`; for whole days the day alone.
fn at_its_time(locale: &Locale, day: String, occurrence: &Occurrence<'_>) -> String {
    let Some(time) = occurrence.start.time() else { return day };
    let zone = words::zone_name(locale, ZoneRules::of(occurrence.zone), occurrence.utc_start);
    (locale.dates.at)(&day, &(locale.dates.zoned)(&(locale.dates.clock)(time), &zone))
}

/// The text, or its beginning and an ellipsis where it has more pixels than `most`.
fn cut(text: &str, most: u32) -> String {
    if text_width(text, FONT_SIZE) <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(text_width("…", FONT_SIZE));
    let ends = text.char_indices().map(|(at, _)| text.split_at(at).0);
    let beginning = ends.take_while(|start| text_width(start, FONT_SIZE) <= room).last();
    format!("{}…", beginning.unwrap_or_default().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of `#rrggbb` (WCAG 2.2).
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn white_can_be_read_on_every_colour() {
        let states =
            [State::Planned, State::Moved, State::Running, State::Cancelled, State::NonePlanned];
        for color in states.map(State::color).into_iter().chain([LABEL_COLOR]) {
            let contrast = 1.05 / (luminance(color) + 0.05);
            assert!(contrast >= 4.5, "{color} has {contrast:.2}");
        }
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis() {
        assert_eq!(cut("short", 31), "short");
        assert_eq!(cut("no longer", 40), "no lo…");
        assert_eq!(cut("no longer", 30), "no…");
        assert_eq!(cut("次回のミーティング", 50), "次回の…");
    }
}
