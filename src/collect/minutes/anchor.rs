//! The fragments by which a note's headings are linked to.

use std::collections::BTreeMap;

/// A heading's fragment, without `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// As HackMD has it: `December-18-2025`.
    pub hackmd: String,
    /// As GitHub has it: `december-18-2025`.
    pub github: String,
}

/// Gives each heading of a note its fragment, in order: a repeated one has a number.
#[derive(Default)]
pub(super) struct AnchorsOfNote {
    hackmd: BTreeMap<String, usize>,
    github: BTreeMap<String, usize>,
}

impl AnchorsOfNote {
    /// The fragments of the next heading, from its plain text.
    pub(super) fn next(&mut self, heading: &str) -> Anchors {
        Anchors {
            hackmd: numbered(&mut self.hackmd, hackmd(heading), ""),
            github: numbered(&mut self.github, github(heading), "-"),
        }
    }
}

fn numbered(seen: &mut BTreeMap<String, usize>, anchor: String, joint: &str) -> String {
    let times = seen.entry(anchor.clone()).or_default();
    *times += 1;
    match *times - 1 {
        0 => anchor,
        earlier => format!("{anchor}{joint}{earlier}"),
    }
}

/// CodiMD's `slugifyWithUTF8`: white space becomes a hyphen, ASCII punctuation but `-` and `_` goes.
fn hackmd(heading: &str) -> String {
    let joined = heading.split_whitespace().collect::<Vec<_>>().join("-");
    joined.chars().filter(|c| !c.is_ascii_punctuation() || matches!(c, '-' | '_')).collect()
}

/// Lower case, each space a hyphen, and only letters, digits, `-` and `_`.
fn github(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_those_that_people_link_to() {
        let cases = [
            ("July 21, 2021", "July-21-2021", "july-21-2021"),
            ("June 26,2019", "June-262019", "june-262019"),
            (
                "November 12, 2024 - KubeCon US",
                "November-12-2024---KubeCon-US",
                "november-12-2024---kubecon-us",
            ),
            ("April 1, 2025 (KubeCon EU)", "April-1-2025-KubeCon-EU", "april-1-2025-kubecon-eu"),
            ("January 6, 2022 🎉", "January-6-2022-🎉", "january-6-2022-"),
            ("4/5 June", "45-June", "45-june"),
        ];
        for (heading, on_hackmd, on_github) in cases {
            let anchors = AnchorsOfNote::default().next(heading);
            assert_eq!((&*anchors.hackmd, &*anchors.github), (on_hackmd, on_github));
        }
    }

    #[test]
    fn repeated_headings_are_numbered() {
        let mut note = AnchorsOfNote::default();
        let all: Vec<Anchors> = ["Notes", "Notes", "notes", "Notes"].map(|h| note.next(h)).to_vec();
        let hackmd: Vec<_> = all.iter().map(|a| a.hackmd.as_str()).collect();
        let github: Vec<_> = all.iter().map(|a| a.github.as_str()).collect();
        assert_eq!(hackmd, ["Notes", "Notes1", "notes", "Notes2"]);
        assert_eq!(github, ["notes", "notes-1", "notes-2", "notes-3"]);
    }
}
