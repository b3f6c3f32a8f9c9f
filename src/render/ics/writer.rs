//! Content lines: properties, parameters, escaping and folding (RFC 5545 §3.1, §3.3.11).

use crate::model::{Local, Zone};
use chrono::{DateTime, Utc};
use std::fmt::Write;

/// The longest a line may be, in octets, without its line break.
const LINE_OCTETS: usize = 75;

/// Writes content lines, each folded and ended by CRLF.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
    line: String,
}

impl Writer {
    /// Everything written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// A property whose value needs no escaping: a number, a date, a URI, a keyword.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.line.clear();
        self.line.push_str(name);
        self.line.push(':');
        self.line.push_str(value);
        fold(&self.line, &mut self.out);
    }

    /// A TEXT property.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.line.clear();
        self.line.push_str(name);
        self.line.push(':');
        escape(value, &mut self.line);
        fold(&self.line, &mut self.out);
    }

    /// A property that is a list of TEXT.
    pub(super) fn texts<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        self.line.clear();
        self.line.push_str(name);
        for (i, value) in values.enumerate() {
            self.line.push(if i == 0 { ':' } else { ',' });
            escape(value, &mut self.line);
        }
        fold(&self.line, &mut self.out);
    }

    /// A property that is an instant in UTC.
    pub(super) fn instant(&mut self, name: &str, value: DateTime<Utc>) {
        self.raw(name, &utc(value));
    }

    /// A property that is one or more local dates or times, all of the same form.
    pub(super) fn locals(&mut self, name: &str, zone: Zone, values: &[Local]) {
        let Some(first) = values.first() else { return };
        self.line.clear();
        self.line.push_str(name);
        match first {
            Local::Date(_) => self.line.push_str(";VALUE=DATE"),
            Local::DateTime(_) if zone.is_utc() => {}
            Local::DateTime(_) => {
                self.line.push_str(";TZID=");
                self.line.push_str(zone.name());
            }
        }
        for (i, value) in values.iter().enumerate() {
            self.line.push(if i == 0 { ':' } else { ',' });
            self.line.push_str(&local(*value));
            if value.time().is_some() && zone.is_utc() {
                self.line.push('Z');
            }
        }
        fold(&self.line, &mut self.out);
    }
}

/// `20261126T180000Z` (RFC 5545 §3.3.5 form 2).
pub(super) fn utc(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

/// `20261126T100000` or `20261126` (RFC 5545 §3.3.5 form 1, §3.3.4).
pub(super) fn local(local: Local) -> String {
    match local {
        Local::Date(date) => date.format("%Y%m%d").to_string(),
        Local::DateTime(moment) => moment.format("%Y%m%dT%H%M%S").to_string(),
    }
}

/// Appends `text` as a TEXT value; controls, which the model never lets in, become spaces.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

/// Appends `line` in pieces of at most 75 octets, never within a character.
fn fold(line: &str, out: &mut String) {
    let mut rest = line;
    let mut room = LINE_OCTETS;
    while rest.len() > room {
        let (piece, more) = rest.split_at(rest.floor_char_boundary(room));
        let _ = write!(out, "{piece}\r\n ");
        rest = more;
        room = LINE_OCTETS - 1;
    }
    let _ = write!(out, "{rest}\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unfold(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    proptest! {
        #[test]
        fn folding_loses_nothing_and_fits(text in "\\PC{0,400}") {
            let mut writer = Writer::default();
            writer.text("SUMMARY", &text);
            let out = writer.finish();
            prop_assert!(out.ends_with("\r\n"));
            prop_assert!(out.trim_end_matches("\r\n").split("\r\n").all(|line| line.len() <= LINE_OCTETS));
            let mut want = "SUMMARY:".to_owned();
            escape(&text, &mut want);
            prop_assert_eq!(unfold(&out), want + "\r\n");
        }

        #[test]
        fn no_text_starts_a_line_of_its_own(text in "(?s).{0,200}") {
            let mut writer = Writer::default();
            writer.text("SUMMARY", &text);
            let out = writer.finish();
            prop_assert_eq!(unfold(&out).matches(['\r', '\n']).count(), 2);
        }
    }

    #[test]
    fn a_line_of_75_octets_is_not_folded() {
        let mut writer = Writer::default();
        writer.raw("X", &"a".repeat(73));
        writer.raw("X", &"b".repeat(74));
        assert_eq!(
            writer.finish(),
            format!("X:{}\r\nX:{}\r\n b\r\n", "a".repeat(73), "b".repeat(73))
        );
    }

    #[test]
    fn text_is_escaped() {
        let mut writer = Writer::default();
        writer.text("DESCRIPTION", "a,b;c\\d\ne\u{7}");
        assert_eq!(writer.finish(), "DESCRIPTION:a\\,b\\;c\\\\d\\ne \r\n");
    }
}
