//! German. Readers are addressed as `Sie`, and that only where they are told what to do.

mod archive;
mod months;
mod rules;
mod subscribe;

use super::{
    Badge, Dates, Embeds, Feeds, Formats, Frame, History, Home, Lists, Locale, Meeting, News,
    OccurrencePage, Reminders, SeriesPage, nth,
};
use chrono::{Datelike, NaiveDate, Weekday};
use maud::html;

pub(super) const DE: Locale = Locale {
    tag: "de",
    dates: Dates {
        day: |date| format!("{}, {}", weekday(date.weekday()), plain_day(date)),
        short_day: |date| format!("{}, {}", short_weekday(date.weekday()), date.format("%d.%m.%Y")),
        plain_day,
        day_of_year: |date| {
            format!("{}, {}. {}", weekday(date.weekday()), date.day(), month(date.month()))
        },
        short_day_of_year,
        year: |year| year.to_string(),
        clock: |time| time.format("%H:%M").to_string(),
        clock_of_day: |moment| {
            format!("{}, {}", short_weekday(moment.weekday()), moment.format("%H:%M"))
        },
        zoned: |clock, zone| match zone {
            "UTC" => format!("{clock} UTC"),
            zone => format!("{clock} Uhr {zone}"),
        },
        // As CLDR has them.
        zones: &[
            ("CET", "MEZ"),
            ("CEST", "MESZ"),
            ("WET", "WEZ"),
            ("WEST", "WESZ"),
            ("EET", "OEZ"),
            ("EEST", "OESZ"),
        ],
        at: |day, zoned| format!("{day}, {zoned}"),
        and_utc: |local, utc| format!("{local} ({utc})"),
        span: |start, end| format!("{start}–{end}"),
        long_span: |start, end| {
            format!("{start} bis {}, {}", short_day_of_year(end.date()), end.format("%H:%M"))
        },
        days: |first, last| format!("{first} bis {last}"),
        until: |last| format!("bis {last}"),
        comma: ", ",
        colon: ": ",
    },
    rules: rules::RULES,
    formats: Formats {
        calendar: "Kalender",
        rss: "RSS-Feed",
        atom: "Atom-Feed",
        json: "JSON-Feed",
        reminders: "Erinnerungen",
        reminders_atom: "Erinnerungen als Atom",
        reminders_json: "Erinnerungen als JSON",
    },
    frame: Frame {
        skip: "Zum Inhalt springen",
        site: "Website",
        meetings: "Treffen",
        subscribe: "Abonnieren",
        zones: "Alle Zeiten stehen in der Zeitzone des Treffens und in UTC.",
        own_zone: "Alle Zeiten stehen in der Zeitzone des Treffens und in der eigenen ({}).",
        contents: "Auf dieser Seite",
        moved: "Diese Seite ist umgezogen",
        moved_to: |link| html! { "Diese Seite ist umgezogen: " (link) },
    },
    home: Home {
        next: "Nächstes Treffen",
        running: "Läuft gerade",
        holiday: |day, name| {
            format!(
                "{day} ist ein Feiertag ({name}). Das Treffen ist weiterhin geplant; \
                 vor der Teilnahme lohnt ein Blick in die Tagesordnung."
            )
        },
        cancelled: |title, day, reason| {
            html! { (title) " am " (day) " fällt aus" @if let Some(why) = reason { ": " (why) } "." }
        },
        coming: "Demnächst",
        nothing: "Es sind keine Treffen geplant.",
        nothing_else: "Es sind keine weiteren Treffen geplant.",
        recordings: "Neueste Aufzeichnungen",
        pictures: "Bilder von YouTube laden",
        all: "Alle Treffen",
        next_on: |day| html! { "nächster Termin: " (day) },
        no_date: "kein Termin geplant",
        follow: "Ebenfalls interessant",
        feed: "Feed",
        feed_of: |title| format!(" von {title}"),
    },
    series: SeriesPage {
        earlier: "Frühere Zeiten",
        nothing: "Es ist kein Termin geplant.",
        past: "Vergangene Treffen",
    },
    meeting: Meeting {
        join: "Teilnehmen",
        agenda: "Tagesordnung",
        minutes: "Protokoll",
        recording: "Aufzeichnung",
        place: "Ort",
        more: "Mehr dazu",
        cancelled: "Abgesagt",
        cancelled_title: |title| format!("Abgesagt: {title}"),
        moved_from: |planned| html! { "Verlegt von " (planned) },
        holiday: "Feiertag",
        on_day: |title, day| format!("{title}, {day}"),
        is_at: |title, when| format!("{title}: {when}."),
        starts: "Beginnt {}",
        ends: "Endet {}",
        more_topics: |n| match n {
            1 => "und ein weiteres Thema".to_owned(),
            n => format!("und {n} weitere Themen"),
        },
    },
    occurrence: OccurrencePage {
        other_dates: "Andere Termine",
        earlier: "Früher",
        later: "Später",
        add: "In den Kalender eintragen",
        planned: "Findet wie geplant statt.",
        running: "Läuft gerade.",
        over: "Dieses Treffen ist vorbei.",
        moved: |planned| html! { strong { "Verlegt" } " von " (planned) },
        announced: |at| html! { "Bekannt gegeben: " (at) },
        on_again: |at| html! { "War abgesagt; Absage zurückgenommen: " (at) },
        moved_back: |at| html! { "War verlegt; Verlegung zurückgenommen: " (at) },
        holiday: |day, name| {
            format!(
                "{day} ist ein Feiertag ({name}); \
                 vor der Teilnahme lohnt ein Blick in die Tagesordnung."
            )
        },
        held_on_holiday: |day, name| {
            format!("{day} ist ein Feiertag ({name}); das Treffen findet trotzdem statt.")
        },
        around_the_world: "Uhrzeiten weltweit",
        history: History {
            title: "Verlauf",
            agenda: "Tagesordnung eröffnet",
            cancelled: |reason| {
                reason.map_or("Abgesagt".to_owned(), |why| format!("Abgesagt: {why}"))
            },
            moved: |planned, now| format!("Verlegt von {planned} auf {now}"),
            added: "Hinzugefügt",
            on_again: "Absage zurückgenommen",
            moved_back: "Verlegung zurückgenommen",
            called_off: "Doch abgesagt",
            minutes: "Protokoll veröffentlicht",
            recording: "Aufzeichnung veröffentlicht",
            later_recording: "Weitere Aufzeichnung veröffentlicht",
        },
    },
    months: months::MONTHS,
    clocks: months::CLOCKS,
    archive: archive::ARCHIVE,
    finder: archive::FINDER,
    subscribe: subscribe::SUBSCRIBE,
    feeds: Feeds {
        title: |name| format!("{name}: Treffen"),
        description: |title, name| {
            format!(
                "Tagesordnungen, Änderungen, Protokolle und Aufzeichnungen: {title}, von {name}."
            )
        },
        reminders_title: |title| format!("{title}: Erinnerungen"),
        reminders_description: |title, name| {
            let by = if title == name { String::new() } else { format!(", von {name}") };
            format!("24 Stunden und eine Stunde vor jedem Treffen: {title}{by}.")
        },
        series: |title, name| format!("{title}, ein Treffen von {name}"),
        tag: |tag, name| format!("Treffen von {name} mit dem Schlagwort {tag}"),
        agenda: "Auf der Tagesordnung:",
        for_calendar: "Für den Kalender",
        all_about: "Alles zu diesem Treffen",
        all_dates: |series| format!("Alle Termine: {series}"),
    },
    news: News {
        agenda_title: |title, day| format!("Tagesordnung offen: {title}, {day}"),
        agenda: |title, when| format!("Die Tagesordnung ist offen für Themen: {title}, {when}."),
        minutes_title: |title, day| format!("Protokoll: {title}, {day}"),
        minutes: |title, when| format!("Das Protokoll liegt vor: {title}, {when}."),
        recording_title: |title, day| format!("Aufzeichnung: {title}, {day}"),
        recording: |title, when| format!("Die Aufzeichnung liegt vor: {title}, {when}."),
        later_recording_title: |title, day| format!("Weitere Aufzeichnung: {title}, {day}"),
        later_recording: |title, when| {
            format!("Eine weitere Aufzeichnung liegt vor: {title}, {when}.")
        },
        cancelled_title: |title, day, reason| {
            let reason = reason.map(|why| format!(" ({why})")).unwrap_or_default();
            format!("Abgesagt: {title}, {day}{reason}")
        },
        cancelled: |title, when, reason| {
            let reason = reason.map(|why| format!(" Grund: {why}")).unwrap_or_default();
            format!("Dieses Treffen fällt aus: {title}, {when}.{reason}")
        },
        moved_title: |title, planned, now| format!("Verlegt: {title}, {planned}; neu: {now}"),
        moved: |title, planned, now| {
            format!("Dieses Treffen wurde verlegt: {title}, {now}, statt {planned}.")
        },
        added_title: |title, when| format!("Zusätzlich: {title}, {when}"),
        added: |title, when| format!("Ein Treffen kommt hinzu: {title}, {when}."),
        called_off: |title, when| format!("Dieses Treffen fällt nun doch aus: {title}, {when}."),
        restored_title: |title, day| format!("Wieder wie geplant: {title}, {day}"),
        restored: |title, when| {
            format!("Dieses Treffen findet wie ursprünglich geplant statt: {title}, {when}.")
        },
        since_on_again: "Das wurde zurückgenommen: Das Treffen findet wie geplant statt.",
        since_moved_back: "Das wurde zurückgenommen: \
                           Das Treffen findet wie ursprünglich geplant statt.",
        since_cancelled: "Es wurde inzwischen abgesagt.",
    },
    reminders: Reminders {
        tomorrow: "Morgen",
        within_a_day: "In den nächsten 24 Stunden",
        in_an_hour: "In einer Stunde",
        within_an_hour: "In der nächsten Stunde",
        title: |how_soon, title, when| format!("{how_soon}: {title}, {when}"),
        sentence: |title, when| format!("Erinnerung an {title}: {when}."),
        and_join: |sentence, join| format!("{sentence} Teilnehmen: {join}"),
    },
    lists: Lists {
        title: |name| format!("{name}: Feeds"),
        meetings: |name| format!("{name}: Treffen"),
        reminders: |name| format!("{name}: Erinnerungen"),
        recordings: |name| format!("{name}: Aufzeichnungen"),
        all_meetings: |name| format!("Alle Treffen: {name}"),
        reminders_of_all: |name| format!("Erinnerungen an alle Treffen: {name}"),
        reminders_of: |title| format!("Erinnerungen: {title}"),
        recordings_of: |title| format!("Aufzeichnungen: {title}"),
    },
    embeds: Embeds {
        title: |name| format!("Nächste Treffen: {name}"),
        all: "Alle Treffen und Kalender",
        holiday: |name| {
            format!("Feiertag ({name}): Vor der Teilnahme lohnt ein Blick in die Tagesordnung.")
        },
        held: |time| format!("{time} in der Zeitzone des Treffens"),
        starts: |ahead| format!("Beginnt {ahead}"),
        ends: |ahead| format!("Endet {ahead}"),
    },
    badge: Badge {
        label: "nächstes Treffen",
        now: "läuft gerade",
        none: "kein Termin geplant",
        cancelled: |day, reason| {
            let reason = reason.map(|why| format!(": {why}")).unwrap_or_default();
            format!("{day} abgesagt{reason}")
        },
        moved_to: |when| format!("verlegt auf {when}"),
        none_of: |title| format!("{title}: Es ist kein Treffen geplant"),
        running_title: |title, when| format!("{title}: {when} (läuft gerade)"),
        moved_title: |title, when| format!("{title}: {when} (verlegt)"),
        cancelled_title: |title, when, reason| {
            let reason = reason.map(|why| format!(": {why}")).unwrap_or_default();
            format!("{title}: {when} fällt aus{reason}")
        },
    },
    places: ["US-Westküste", "US-Ostküste", "UTC", "Mitteleuropa", "Indien", "China", "Japan"],
};

const WEEKDAYS: [&str; 7] =
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

const SHORT_WEEKDAYS: [&str; 7] = ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."];

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
];

#[rustfmt::skip]
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni",
    "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
];

fn weekday(day: Weekday) -> &'static str {
    nth(&WEEKDAYS, day.num_days_from_monday())
}

fn short_weekday(day: Weekday) -> &'static str {
    nth(&SHORT_WEEKDAYS, day.num_days_from_monday())
}

fn month(month: u32) -> &'static str {
    nth(&MONTHS, month.saturating_sub(1))
}

fn plain_day(date: NaiveDate) -> String {
    format!("{}. {} {}", date.day(), month(date.month()), date.format("%Y"))
}

fn short_day_of_year(date: NaiveDate) -> String {
    let month = nth(&SHORT_MONTHS, date.month0());
    format!("{}, {}. {month}", short_weekday(date.weekday()), date.day())
}

fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} und {last}", first.join(", ")),
    }
}
