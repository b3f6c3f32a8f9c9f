//! The parts of a section: who was there, what was on the agenda, what was said.

use super::cancelled::is_nothing;
use crate::collect::text::words;

/// A part of a section, told by the heading or the label before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// What comes before any of the others.
    Top,
    /// The recording.
    Recording,
    /// Who was there, or took notes.
    People,
    /// What was on the agenda.
    Agenda,
    /// What was said, also in the chat.
    Notes,
    /// Anything else.
    Other,
}

impl Region {
    /// The part that a heading begins.
    pub(super) fn of_heading(plain: &str) -> Region {
        Region::named(plain).unwrap_or(Region::Other)
    }

    /// The part of that name, where it is a usual one.
    fn named(plain: &str) -> Option<Region> {
        const NAMES: [(&str, Region); 19] = [
            ("agenda", Region::Agenda),
            ("topic", Region::Agenda),
            ("presentation", Region::Agenda),
            ("attend", Region::People),
            ("participant", Region::People),
            ("present", Region::People),
            ("note-taker", Region::People),
            ("notetaker", Region::People),
            ("taker", Region::People),
            ("scribe", Region::People),
            ("moderator", Region::People),
            ("facilitator", Region::People),
            ("host", Region::People),
            ("recording", Region::Recording),
            ("video", Region::Recording),
            ("notes", Region::Notes),
            ("minutes", Region::Notes),
            ("chat", Region::Notes),
            ("discussion", Region::Notes),
        ];
        let words = words(plain);
        let has = |name: &str| {
            words.iter().flat_map(|word| word.split('/')).any(|word| word.starts_with(name))
        };
        NAMES.into_iter().find(|(name, _)| has(name)).map(|(_, region)| region)
    }

    /// The part that a line of the section itself begins, and the rest of the line: `**Attendees**:`.
    pub(super) fn of_line<'a>(raw: &str, plain: &'a str) -> Option<(Region, &'a str)> {
        let raw = raw.trim();
        let is_marked = ["**", "__", "*", "_"]
            .iter()
            .any(|mark| raw.starts_with(mark) && !raw.starts_with(&[mark, " "].concat()));
        let (name, rest) = match plain.split_once(':') {
            Some(parts) => parts,
            None if is_marked && raw.ends_with(['*', '_']) => (plain, ""),
            None => return None,
        };
        let count = words(name).len();
        if !(1..=5).contains(&count) || bullet(raw).is_some() || (!is_marked && count > 3) {
            return None;
        }
        Region::named(name).map(|region| (region, rest.trim()))
    }
}

/// The text of a list's item and how far it is indented; none for other lines.
pub(super) fn bullet(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start();
    let indent: usize =
        line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (digits.len() < text.len() && text.len() - digits.len() <= 3)
        .then(|| digits.strip_prefix(['.', ')']))
        .flatten();
    let rest = text.strip_prefix(['-', '*', '+', '•']).or(numbered)?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| (indent, without_box(rest.trim())))
}

fn without_box(text: &str) -> &str {
    let boxes = ["[ ]", "[x]", "[X]"];
    let rest = boxes.iter().find_map(|mark| text.strip_prefix(mark));
    rest.map_or(text, str::trim_start)
}

/// Whether a line only keeps a place: `_add yourself_`, `None.`.
pub(super) fn is_placeholder(plain: &str) -> bool {
    const WHOLE: [&str; 24] = [
        "",
        "none",
        "none yet",
        "no items",
        "no item",
        "no agenda",
        "no agenda items",
        "no topics",
        "no topics yet",
        "no notes",
        "n/a",
        "na",
        "nil",
        "tbd",
        "tba",
        "nothing",
        "todo",
        "item",
        "topic",
        "your topic here",
        "nobody",
        "no one",
        "no recording",
        "empty",
    ];
    const STARTS: [&str; 8] = [
        "add your",
        "add item",
        "add topic",
        "add agenda",
        "add name",
        "who's taking",
        "please add",
        "add note",
    ];
    let text = words(plain).join(" ");
    WHOLE.contains(&text.as_str())
        || is_nothing(&text)
        || STARTS.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_by_their_names() {
        for (heading, region) in [
            ("Attendees:", Region::People),
            ("Note Taker:", Region::People),
            ("Actionable Agenda Items:", Region::Agenda),
            ("Presentation/Discussion Agenda Items:", Region::Agenda),
            ("Notes:", Region::Notes),
            ("Zoom chat", Region::Notes),
            ("Recording", Region::Recording),
            ("Links", Region::Other),
        ] {
            assert_eq!(Region::of_heading(heading), region, "{heading}");
        }
    }

    #[test]
    fn a_label_begins_a_part_too() {
        let of = |raw: &'static str| Region::of_line(raw, raw.trim_matches('*'));
        assert_eq!(of("**Attendees**"), Some((Region::People, "")));
        assert_eq!(of("Attendees: A, B"), Some((Region::People, "A, B")));
        assert_eq!(of("- Agenda: x"), None);
        assert_eq!(of("We went through the agenda of the last weeks: x"), None);
    }

    #[test]
    fn placeholders_say_nothing() {
        for text in ["_add yourself_", "_add your items_", "Who's taking notes?", "None.", "", "- "]
        {
            assert!(is_placeholder(text), "{text}");
        }
        assert!(!is_placeholder("None of the above works"));
    }

    #[test]
    fn bullets_have_a_depth() {
        assert_eq!(bullet("  - [ ] a"), Some((2, "a")));
        assert_eq!(bullet("\t1. a"), Some((4, "a")));
        assert_eq!(bullet("*emphasis*"), None);
        assert_eq!(bullet("2024. a"), None);
    }
}
