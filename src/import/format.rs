//! Which format a file is in, told by how its lines begin.

use super::ics::{self, Calendar};
use super::{Note, Options, Unreadable, rust_lang, sigs, yaml2ical};

/// The largest file of TOML or YAML that is read, in bytes: ten times the largest there is.
const MOST_BYTES: usize = 2 << 20;

const NONE: &str = "it is neither rust-lang/calendar's TOML ([[events]]), nor yaml2ical's YAML (project, \
                    schedule), nor Kubernetes' sigs.yaml (sigs, workinggroups), and it is no iCalendar file \
                    with a VEVENT in it";

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    ICalendar,
    RustLang,
    Yaml2ical,
    Sigs,
}

/// Reads a file of any of the formats.
///
/// # Errors
/// A file of none of them, or that cannot be read.
pub(super) fn read(
    bytes: &[u8],
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Calendar, Unreadable> {
    let read = match format(bytes).ok_or_else(|| Unreadable::at(0, NONE))? {
        Format::ICalendar => return ics::read(bytes, options, notes),
        Format::RustLang => rust_lang::read,
        Format::Yaml2ical => yaml2ical::read,
        Format::Sigs => sigs::read,
    };
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::at(0, "it is larger than 2 MiB"));
    }
    let text = std::str::from_utf8(bytes).map_err(|why| {
        let before = bytes.get(..why.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Unreadable::at(line, "this is not UTF-8 text: save the file as UTF-8")
    })?;
    read(text, options, notes)
}

fn format(bytes: &[u8]) -> Option<Format> {
    let lines = || bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let begins = |line: &[u8], word: &str| {
        line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
    };
    let any = |words: &[&str]| lines().any(|line| words.iter().any(|word| begins(line, word)));
    match () {
        () if any(&["BEGIN:V"]) => Some(Format::ICalendar),
        () if any(&["[[events]]", "[[timezones]]", "[meta]"]) => Some(Format::RustLang),
        () if any(&["sigs:", "workinggroups:", "usergroups:", "committees:"]) => Some(Format::Sigs),
        () if any(&["schedule:"]) && any(&["project:"]) => Some(Format::Yaml2ical),
        () if lines().any(|line| begins(line.trim_ascii_start(), "BEGIN:")) => {
            Some(Format::ICalendar)
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_told_by_its_heads() {
        let check = |text: &str, want| assert_eq!(format(text.as_bytes()), want, "{text}");
        check("begin:vcalendar\r\nBEGIN:VEVENT\r\n", Some(Format::ICalendar));
        check("name = 'x'\n\n[meta]\nincludes = []\n", Some(Format::RustLang));
        check("# groups\nworkinggroups:\n- dir: wg-tea\n", Some(Format::Sigs));
        check("project: Tea\nschedule:\n- time: '0800'\n", Some(Format::Yaml2ical));
        check("schedule:\n- time: '0800'\n", None);
        check("[package]\nname = 'x'\n", None);
    }
}
