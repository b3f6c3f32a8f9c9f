//! English.

use super::{
    Badge, Clocks, Dates, Embeds, Feeds, Formats, Frame, History, Home, Lists, Locale, Meeting,
    Months, News, OccurrencePage, Reminders, Rules, SeriesPage, archive, nth, short_shift,
    subscribe,
};
use crate::model::{MonthDay, NthWeekday, Rule};
use chrono::Weekday;
use maud::html;

pub(super) const EN: Locale = Locale {
    tag: "en",
    dates: Dates {
        day: |date| date.format("%A %-d %B %Y").to_string(),
        short_day: |date| date.format("%a %-d %b %Y").to_string(),
        plain_day: |date| date.format("%-d %B %Y").to_string(),
        day_of_year: |date| date.format("%A %-d %B").to_string(),
        short_day_of_year: |date| date.format("%a %-d %b").to_string(),
        year: |year| year.to_string(),
        clock: |time| time.format("%H:%M").to_string(),
        clock_of_day: |moment| moment.format("%a %H:%M").to_string(),
        zoned: |clock, zone| format!("{clock} {zone}"),
        zones: &[],
        at: |day, zoned| format!("{day}, {zoned}"),
        and_utc: |local, utc| format!("{local} ({utc})"),
        span: |start, end| format!("{start}–{end}"),
        long_span: |start, end| format!("{start} to {}", end.format("%a %-d %b, %H:%M")),
        days: |first, last| format!("{first} to {last}"),
        until: |last| format!("until {last}"),
        comma: ", ",
        colon: ": ",
    },
    rules: Rules {
        days: rule,
        at: |days, clock, zone| format!("{days} at {clock} {zone}"),
        zones: &[
            ("America/Los_Angeles", "Pacific"),
            ("America/Denver", "US Mountain"),
            ("America/Chicago", "US Central"),
            ("America/New_York", "US Eastern"),
            ("Europe/London", "UK time"),
            ("Europe/Amsterdam", "Central European time"),
            ("Europe/Berlin", "Central European time"),
            ("Europe/Paris", "Central European time"),
            ("Europe/Prague", "Central European time"),
            ("Asia/Kolkata", "India time"),
            ("Asia/Shanghai", "China time"),
            ("Asia/Tokyo", "Japan time"),
        ],
        all_day: |days| format!("{days}, all day"),
        since: |rule, from| format!("{rule}, since {from}"),
        starting: |rule, from| format!("{rule}, starting {from}"),
        until: |rule, until| format!("{rule}, until {until}"),
    },
    formats: Formats {
        calendar: "Calendar",
        rss: "RSS feed",
        atom: "Atom feed",
        json: "JSON Feed",
        reminders: "Reminders",
        reminders_atom: "Reminders as Atom",
        reminders_json: "Reminders as JSON",
    },
    frame: Frame {
        skip: "Skip to the content",
        site: "Site",
        meetings: "Meetings",
        subscribe: "Subscribe",
        zones: "Every time is shown in the meeting’s own zone and in UTC.",
        own_zone: "Every time is shown in the meeting’s own zone and in yours, {}.",
        contents: "On this page",
        moved: "This page has moved",
        moved_to: |link| html! { "This page has moved to " (link) "." },
    },
    home: Home {
        next: "Next meeting",
        running: "Happening now",
        holiday: |day, name| {
            format!(
                "{day} is a holiday ({name}). The meeting is still planned; \
                 look at the agenda before you join."
            )
        },
        cancelled: |title, day, reason| {
            html! {
                (title) " on " (day) " is cancelled" @if let Some(why) = reason { ": " (why) } "."
            }
        },
        coming: "Coming up",
        nothing: "No meetings are planned.",
        nothing_else: "No other meetings are planned.",
        recordings: "Recent recordings",
        pictures: "Show pictures from YouTube",
        all: "All meetings",
        next_on: |day| html! { "next on " (day) },
        no_date: "no date planned",
        follow: "Worth following",
        feed: "feed",
        feed_of: |title| format!(" of {title}"),
    },
    series: SeriesPage {
        earlier: "Earlier times",
        nothing: "No date is planned.",
        past: "Past meetings",
    },
    meeting: Meeting {
        join: "Join",
        agenda: "Agenda",
        minutes: "Minutes",
        recording: "Recording",
        place: "Place",
        more: "More",
        cancelled: "Cancelled",
        cancelled_title: |title| format!("Cancelled: {title}"),
        moved_from: |planned| html! { "Moved from " (planned) },
        holiday: "A holiday",
        on_day: |title, day| format!("{title}, {day}"),
        is_at: |title, when| format!("{title}: {when}."),
        more_topics: |n| format!("and {n} more"),
        starts: "Starts {}",
        ends: "Ends {}",
    },
    occurrence: OccurrencePage {
        other_dates: "Other dates",
        earlier: "Earlier",
        later: "Later",
        add: "Add to a calendar",
        planned: "Takes place as planned.",
        running: "Happening now.",
        over: "This meeting is over.",
        moved: |planned| html! { strong { "Moved" } " from " (planned) },
        announced: |at| html! { "Announced " (at) },
        on_again: |at| html! { "It had been cancelled; it is on again since " (at) },
        moved_back: |at| html! { "It had been moved; that was taken back " (at) },
        holiday: |day, name| {
            format!("{day} is a holiday ({name}); look at the agenda before you join.")
        },
        held_on_holiday: |day, name| {
            format!("{day} is a holiday ({name}); it was decided to meet all the same.")
        },
        around_the_world: "Around the world",
        history: History {
            title: "What changed, and when",
            agenda: "The agenda was opened",
            cancelled: |reason| {
                reason.map_or("Cancelled".to_owned(), |why| format!("Cancelled: {why}"))
            },
            moved: |planned, now| format!("Moved from {planned} to {now}"),
            added: "Added",
            on_again: "On again",
            moved_back: "Moved back",
            called_off: "Called off",
            minutes: "The minutes were published",
            recording: "The recording was published",
            later_recording: "Another recording was published",
        },
    },
    months: Months {
        calendar: "Calendar",
        others: "Other months",
        name: |first| first.format("%B %Y").to_string(),
        week_begins: Weekday::Mon,
        weekday: |day| (nth(&SHORT_WEEKDAYS, day.num_days_from_monday()), weekday(day)),
        description: |name, month| format!("All meetings of {name} in {month}."),
        clock: |zone| format!("Days and times are by the clock of {zone}."),
        present: "This month",
        years: "Other years",
        all_day: "All day",
        moved: "Moved",
        more: |n| format!("and {n} more"),
        nothing: "There is no meeting in this month.",
    },
    clocks: Clocks {
        at: [
            "on the US West Coast",
            "on the US East Coast",
            "in UTC",
            "in Central Europe",
            "in India",
            "in China",
            "in Japan",
        ],
        unusual: |places, minutes| {
            let than = if minutes < 0 { "earlier" } else { "later" };
            let places: Vec<_> = places.iter().map(|place| (*place).to_owned()).collect();
            format!("{} {than} than usual {}", how_long(minutes.abs()), list(&places))
        },
        short: |minutes| short_shift(minutes, " h", " min"),
        why: "Clocks are not changed on the same day everywhere.",
    },
    archive: archive::EN,
    finder: archive::FINDER_EN,
    subscribe: subscribe::EN,
    feeds: Feeds {
        title: |name| format!("{name} meetings"),
        description: |title, name| {
            format!("Agendas, changes, minutes and recordings of {title}, by {name}.")
        },
        reminders_title: |title| format!("{title}: reminders"),
        reminders_description: |title, name| {
            format!("24 hours and one hour before each meeting of {title}, by {name}.")
        },
        series: |title, name| format!("{title}, a meeting of {name}"),
        tag: |tag, name| format!("Meetings of {name} that are tagged {tag}"),
        agenda: "On the agenda:",
        for_calendar: "For your calendar",
        all_about: "All about this meeting",
        all_dates: |series| format!("All dates of {series}"),
    },
    news: News {
        agenda_title: |title, day| format!("Agenda open: {title}, {day}"),
        agenda: |title, when| format!("The agenda is open for topics: {title}, {when}."),
        minutes_title: |title, day| format!("Minutes: {title}, {day}"),
        minutes: |title, when| format!("The minutes are there: {title}, {when}."),
        recording_title: |title, day| format!("Recording: {title}, {day}"),
        recording: |title, when| format!("The recording is there: {title}, {when}."),
        later_recording_title: |title, day| format!("Another recording: {title}, {day}"),
        later_recording: |title, when| format!("Another recording is there: {title}, {when}."),
        cancelled_title: |title, day, reason| {
            let reason = reason.map(|why| format!(" ({why})")).unwrap_or_default();
            format!("Cancelled: {title}, {day}{reason}")
        },
        cancelled: |title, when, reason| {
            let reason = reason.map(|why| format!(" Reason: {why}")).unwrap_or_default();
            format!("This meeting does not take place: {title}, {when}.{reason}")
        },
        moved_title: |title, planned, now| format!("Moved: {title}, {planned}, now {now}"),
        moved: |title, planned, now| {
            format!(
                "This meeting takes place at another time: {title}, {now} instead of {planned}."
            )
        },
        added_title: |title, when| format!("Added: {title}, {when}"),
        added: |title, when| format!("A meeting was added: {title}, {when}."),
        called_off: |title, when| {
            format!("This meeting does not take place after all: {title}, {when}.")
        },
        restored_title: |title, day| format!("On again: {title}, {day}"),
        restored: |title, when| {
            format!("This meeting takes place as first planned: {title}, {when}.")
        },
        since_on_again: "This was taken back: it takes place as planned.",
        since_moved_back: "This was taken back: it takes place as first planned.",
        since_cancelled: "It was cancelled since.",
    },
    reminders: Reminders {
        tomorrow: "Tomorrow",
        within_a_day: "Within 24 hours",
        in_an_hour: "In one hour",
        within_an_hour: "Within the hour",
        title: |how_soon, title, when| format!("{how_soon}: {title}, {when}"),
        sentence: |title, when| format!("Reminder of {title}: {when}."),
        and_join: |sentence, join| format!("{sentence} Join: {join}"),
    },
    lists: Lists {
        title: |name| format!("{name}: feeds"),
        meetings: |name| format!("{name} meetings"),
        reminders: |name| format!("{name} reminders"),
        recordings: |name| format!("{name} recordings"),
        all_meetings: |name| format!("All meetings of {name}"),
        reminders_of_all: |name| format!("Reminders: all of {name}"),
        reminders_of: |title| format!("Reminders: {title}"),
        recordings_of: |title| format!("Recordings of {title}"),
    },
    embeds: Embeds {
        title: |name| format!("Next meetings of {name}"),
        all: "All meetings and calendars",
        holiday: |name| format!("A holiday ({name}): look at the agenda before you join."),
        held: |time| format!("{time} in the meeting’s zone"),
        starts: |ahead| format!("Starts {ahead}"),
        ends: |ahead| format!("Ends {ahead}"),
    },
    badge: Badge {
        label: "next meeting",
        now: "now",
        none: "none planned",
        cancelled: |day, reason| {
            let reason = reason.map(|why| format!(": {why}")).unwrap_or_default();
            format!("{day} cancelled{reason}")
        },
        moved_to: |when| format!("moved to {when}"),
        none_of: |title| format!("{title}: no meeting is planned"),
        running_title: |title, when| format!("{title}: {when} (now)"),
        moved_title: |title, when| format!("{title}: {when} (moved)"),
        cancelled_title: |title, when, reason| {
            let reason = reason.map(|why| format!(": {why}")).unwrap_or_default();
            format!("{title}: {when} is cancelled{reason}")
        },
    },
    places: ["US Pacific", "US Eastern", "UTC", "Central Europe", "India", "China", "Japan"],
};

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
];

const SHORT_WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `One hour`, as a sentence begins.
fn how_long(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 30) => "Half an hour".to_owned(),
        (1, 0) => "One hour".to_owned(),
        (1, 30) => "One and a half hours".to_owned(),
        (2, 0) => "Two hours".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        _ => format!("{minutes} minutes"),
    }
}

fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Weekly { interval, weekdays } => {
            let days = match weekdays.len() {
                7 => "day".to_owned(),
                _ => list(&weekdays.iter().map(|day| weekday(*day).to_owned()).collect::<Vec<_>>()),
            };
            match interval {
                1 => format!("Every {days}"),
                n => format!("Every {n} weeks on {days}"),
            }
        }
        Rule::Monthly { interval: 1, day } => capitalised(&format!("{} of every month", days(day))),
        Rule::Monthly { interval, day } => format!("Every {interval} months on the {}", days(day)),
        Rule::Yearly { interval, month, day } => {
            let years =
                if *interval == 1 { "year".to_owned() } else { format!("{interval} years") };
            let month = nth(&MONTHS, month.saturating_sub(1));
            format!("Every {years} on the {} of {month}", days(day))
        }
        Rule::Custom(rule) => format!("By the rule {}", rule.as_str()),
    }
}

fn days(day: &MonthDay) -> String {
    let days: Vec<String> = match day {
        MonthDay::Numbers(numbers) => numbers.iter().map(|n| ordinal(*n)).collect(),
        MonthDay::Weekdays(weekdays) => weekdays.iter().map(|day| nth_weekday(*day)).collect(),
    };
    list(&days)
}

fn nth_weekday(day: NthWeekday) -> String {
    let nth = match day.nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => "last",
    };
    format!("{nth} {}", weekday(day.weekday()))
}

fn weekday(day: Weekday) -> &'static str {
    nth(&WEEKDAYS, day.num_days_from_monday())
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
