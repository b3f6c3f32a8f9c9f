//! English.

mod archive;
mod months;
mod rules;
mod subscribe;

use super::{
    Badge, Dates, Embeds, Feeds, Formats, Frame, History, Home, Lists, Locale, Meeting, News,
    OccurrencePage, Reminders, SeriesPage, nth,
};
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
    rules: rules::RULES,
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
    months: months::MONTHS,
    clocks: months::CLOCKS,
    archive: archive::ARCHIVE,
    finder: archive::FINDER,
    subscribe: subscribe::SUBSCRIBE,
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

fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn weekday(day: Weekday) -> &'static str {
    nth(&WEEKDAYS, day.num_days_from_monday())
}
