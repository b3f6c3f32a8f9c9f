//! Content lines: unfolded, and taken apart into name, parameters and value (RFC 5545 §3.1).

use crate::import::Note;

/// One property, and the line of the file on which it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    /// In upper case.
    pub(super) name: String,
    /// Their names in upper case, their values without quotes.
    pub(super) params: Vec<(String, String)>,
    pub(super) value: String,
    pub(super) line: usize,
}

impl Property {
    /// The first value of that parameter.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, without escapes (RFC 5545 §3.3.11).
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match (c, c == '\\') {
                (_, false) => text.push(c),
                _ => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    // Quotes and colons need no escape, and get one from some programs.
                    Some(c @ ('\\' | ';' | ',' | ':' | '"')) => text.push(c),
                    Some(c) => text.extend(['\\', c]),
                    None => text.push('\\'),
                },
            }
        }
        text
    }
}

/// The properties of a file with any line ends; lines that are none are noted and left out.
///
/// Lines are unfolded before they become text: a fold may be in the middle of a character (RFC 5545 §3.1).
pub(super) fn read(bytes: &[u8], notes: &mut Vec<Note>) -> Vec<Property> {
    let mut logical: Vec<(usize, Vec<u8>)> = Vec::new();
    for (index, line) in physical(bytes).enumerate() {
        match (line, logical.last_mut()) {
            ([b' ' | b'\t', rest @ ..], Some((_, before))) => before.extend_from_slice(rest),
            _ if line.trim_ascii().is_empty() => {}
            _ => logical.push((index + 1, line.to_vec())),
        }
    }
    let mut all = Vec::with_capacity(logical.len());
    let mut foreign = None;
    for (line, bytes) in logical {
        let text = String::from_utf8(bytes).unwrap_or_else(|not| {
            foreign.get_or_insert(line);
            not.as_bytes().iter().map(|byte| char::from(*byte)).collect()
        });
        match property(&text, line) {
            Some(property) => all.push(property),
            None => notes.push(Note::at(line, "this line is no property and was left out")),
        }
    }
    if let Some(line) = foreign {
        notes.push(Note::at(line, "lines that are not UTF-8 were read as Latin-1, as this one"));
    }
    all
}

/// The lines between CR LF, LF or CR.
fn physical(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|byte| *byte == b'\n')
        .flat_map(|line| line.strip_suffix(b"\r").unwrap_or(line).split(|byte| *byte == b'\r'))
}

fn property(text: &str, line: usize) -> Option<Property> {
    let end = text.find([';', ':'])?;
    let (name, mut rest) = text.split_at(end);
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let name = name.trim().to_ascii_uppercase();
    if name.is_empty() || !name.bytes().all(is_name) {
        return None;
    }
    let mut params = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let (key, value) = match after.find(['=', ':', ';']) {
            Some(at) if after.get(at..=at) == Some("=") => {
                (after.get(..at)?.to_ascii_uppercase(), after.get(at + 1..)?)
            }
            Some(at) => (after.get(..at)?.to_ascii_uppercase(), after.get(at..)?),
            None => return None,
        };
        let length = value_length(value);
        let (value, after) = value.split_at_checked(length)?;
        params.push((key, value.replace('"', "")));
        rest = after;
    }
    let value = rest.strip_prefix(':')?.to_owned();
    Some(Property { name, params, value, line })
}

/// How long a parameter's value is: to the next `;` or `:` outside of quotes. A name such as
/// `(UTC-08:00) Pacific Time` is written without quotes by some, so parentheses hold it together.
fn value_length(text: &str) -> usize {
    let (mut quoted, mut within) = (false, false);
    let starts_with_offset = text.starts_with('(');
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if starts_with_offset && at == 0 => within = true,
            ')' => within = false,
            ';' | ':' if !quoted && !within => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Property {
        read(text.as_bytes(), &mut Vec::new()).remove(0)
    }

    #[test]
    fn lines_are_unfolded_and_taken_apart() {
        let found = one("dtstart;tzid=\"a:b\";value=DATE-TI\r\n ME:20260101T1000\n 00\r\n");
        assert_eq!(found.name, "DTSTART");
        assert_eq!(found.param("TZID"), Some("a:b"));
        assert_eq!(found.param("VALUE"), Some("DATE-TIME"));
        assert_eq!(found.value, "20260101T100000");
    }

    #[test]
    fn a_fold_may_be_within_a_character() {
        let folded = b"SUMMARY:Stra\xc3\r\n \x9fe".as_slice();
        assert_eq!(read(folded, &mut Vec::new()).remove(0).text(), "Straße");
        let mut notes = Vec::new();
        assert_eq!(read(b"SUMMARY:Stra\xdfe", &mut notes).remove(0).text(), "Straße");
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn an_outlook_zone_may_lack_its_quotes() {
        let found = one("DTSTART;TZID=(UTC-08:00) Pacific Time (US & Canada):20260101T100000");
        assert_eq!(found.param("TZID"), Some("(UTC-08:00) Pacific Time (US & Canada)"));
        assert_eq!(found.value, "20260101T100000");
    }

    #[test]
    fn text_has_its_escapes_undone() {
        assert_eq!(one("SUMMARY:a\\, b\\; c\\\\d\\ne").text(), "a, b; c\\d\ne");
    }
}
