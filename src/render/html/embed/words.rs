//! What the scripts for other sites say: the words of every language, since they are shown on pages in
//! any.

use super::super::super::locale::ALL;
use crate::model::Site;
use crate::render::Locale;
use maud::html;
use serde::Serialize;
use std::collections::BTreeMap;

/// The gap in a text, in which the script puts what it alone knows.
const GAP: &str = "{}";

/// One language's words, as the element has them.
#[derive(Serialize)]
struct Words {
    next: &'static str,
    now: &'static str,
    none: &'static str,
    all: &'static str,
    join: &'static str,
    agenda: &'static str,
    cancelled: &'static str,
    because: String,
    moved: String,
    holiday: String,
    held: String,
    starts: String,
    ends: String,
    zones: BTreeMap<&'static str, &'static str>,
}

/// The element's script with the words of every language, and which is the community's.
pub(super) fn with_words(script: &str, site: &Site) -> String {
    let language = |locale: &Locale| format!("    {}: {},\n", locale.tag, json(&Words::of(locale)));
    let languages: String = ALL.map(language).concat();
    script
        .replace("/* LANGUAGES */", languages.trim())
        .replace("/* OWN */ 'en'", &json(&site.language.as_str()))
}

/// A text in every language, as pairs of its tag and the text.
pub(super) fn in_all_languages(text: impl Fn(&Locale) -> String) -> String {
    json(&ALL.map(|locale| (locale.tag, text(locale))))
}

impl Words {
    fn of(locale: &Locale) -> Words {
        let Locale { dates, home, meeting, embeds, .. } = locale;
        Words {
            next: home.next,
            now: home.running,
            none: home.nothing,
            all: home.all,
            join: meeting.join,
            agenda: meeting.agenda,
            cancelled: meeting.cancelled,
            because: [meeting.cancelled, dates.colon, GAP].concat(),
            moved: (meeting.moved_from)(html! { (GAP) }).into_string(),
            holiday: (embeds.holiday)(GAP),
            held: (embeds.held)(GAP),
            starts: (embeds.starts)(GAP),
            ends: (embeds.ends)(GAP),
            zones: dates.zones.iter().copied().collect(),
        }
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
