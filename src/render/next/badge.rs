//! A badge that says when the next meeting of a scope is, for READMEs and other pages.

use super::super::{Locale, Scope, words};
use super::text_width::text_width;
use crate::model::Local;
use crate::schedule::{AsOf, Occurrence, Status, ZoneRules, coming};
use chrono::{NaiveDate, TimeDelta};
use maud::{Markup, html};

/// Its media type.
pub const MEDIA_TYPE: &str = "image/svg+xml; charset=utf-8";

/// The fonts that are as wide as the table says, or nearly so.
const FONTS: &str = "Verdana,DejaVu Sans,Geneva,sans-serif";

const FONT_SIZE: u32 = 11;

/// Pixels to the left and the right of each text.
const PADDING: u32 = 7;

/// The most characters of each text; the title has all of it.
const MOST_OF_LABEL: usize = 40;
const MOST_OF_MESSAGE: usize = 50;

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
        let state = State::of(next, as_of);
        let fate = match state {
            State::Running => " (now)".to_owned(),
            State::Moved => " (moved)".to_owned(),
            State::Cancelled => format!(" is {}", cancelled(next)),
            State::Planned | State::NonePlanned => String::new(),
        };
        Badge {
            label: cut(&label(scope), MOST_OF_LABEL),
            message: cut(&message(next, state, as_of), MOST_OF_MESSAGE),
            title: format!("{}: {}{fate}", next.title(), words::when(&Locale::ENGLISH, next)),
            state,
        }
    }

    fn without_meeting(scope: &Scope<'_>) -> Badge {
        Badge {
            label: cut(&label(scope), MOST_OF_LABEL),
            message: "none planned".to_owned(),
            title: format!("{}: no meeting is planned", scope.title()),
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
                viewBox={ "0 0 " (width) " 20" } role="img" aria-label=(self.title) {
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
        Scope::Community(_) | Scope::Tag(..) => "next meeting".to_owned(),
    }
}

/// `Thu 26 Nov, 10:00 PST`, `moved to Fri 27 Nov, 09:00 PST`, `Thu 26 Nov cancelled: US
/// Thanksgiving`, `now`.
fn message(next: &Occurrence<'_>, state: State, as_of: &AsOf) -> String {
    if state == State::Running {
        return "now".to_owned();
    }
    let day = |date| day(date, as_of.reached(next.utc_start - WITHOUT_YEAR));
    let first = day(next.start.date());
    let last = words::last_day(next);
    match (state, next.start) {
        (State::Cancelled, _) => format!("{first} {}", cancelled(next)),
        (_, Local::Date(date)) if last > date => format!("{first} to {}", day(last)),
        (State::Moved, _) => format!("moved to {first}{}", clock(next)),
        _ => format!("{first}{}", clock(next)),
    }
}

fn cancelled(occurrence: &Occurrence<'_>) -> String {
    let reason = occurrence.reason().map_or(String::new(), |reason| format!(": {reason}"));
    format!("cancelled{reason}")
}

/// `Thu 26 Nov`, or with its year where that could be taken for another.
fn day(date: NaiveDate, is_near: bool) -> String {
    if is_near {
        date.format("%a %-d %b").to_string()
    } else {
        (Locale::ENGLISH.dates.short_day)(date)
    }
}

/// `, 10:00 PST`; nothing for whole days.
fn clock(occurrence: &Occurrence<'_>) -> String {
    let Some(time) = occurrence.start.time() else { return String::new() };
    let zone =
        words::zone_name(&Locale::ENGLISH, ZoneRules::of(occurrence.zone), occurrence.utc_start);
    format!(", {} {zone}", (Locale::ENGLISH.dates.clock)(time))
}

/// The text, or its beginning and an ellipsis where it has more characters than `most`.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", beginning.trim_end())
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
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("no longer", 6), "no lo…");
        assert_eq!(cut("no longer", 4), "no…");
    }
}
