//! iCalendar text: content lines, escaping and folding (RFC 5545 §3.1, §3.3.11).

use super::component::{Form, Parameter, Value, says_its_type};
use super::{recur, time};
use crate::model::Local;

/// The longest a line may be, in octets, without its line break.
const LINE_OCTETS: usize = 75;

/// About how much an event takes, so that the text need not be moved while it grows.
const EVENT_OCTETS: usize = 900;

/// Content lines, each folded and ended by CRLF.
#[derive(Debug, Default)]
pub(super) struct ContentLines {
    out: String,
    /// The last line that was too long, before it was folded.
    long: String,
}

impl Form for ContentLines {
    fn begin(&mut self, component: &'static str) {
        self.line(|out| out.extend(["BEGIN:", component]));
    }

    fn property(&mut self, name: &'static str, parameters: &[Parameter<'_>], value: Value<'_>) {
        self.line(|out| {
            out.push_str(name);
            push_type(name, value, out);
            parameters.iter().for_each(|parameter| push_parameter(parameter, out));
            out.push(':');
            push_value(value, out);
        });
    }

    fn end(&mut self, component: &'static str) {
        self.line(|out| out.extend(["END:", component]));
    }

    fn finish(self) -> String {
        self.out
    }

    fn expect(&mut self, events: usize) {
        self.out.reserve(events * EVENT_OCTETS);
    }
}

impl ContentLines {
    fn line(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.out.len();
        write(&mut self.out);
        if self.out.len() - start > LINE_OCTETS {
            self.long.clear();
            self.long.push_str(self.out.get(start..).unwrap_or_default());
            self.out.truncate(start);
            fold(&self.long, &mut self.out);
        }
        self.out.push_str("\r\n");
    }
}

/// Appends `line` in pieces of at most 75 octets, never within a character.
fn fold(line: &str, out: &mut String) {
    let mut rest = line;
    let mut room = LINE_OCTETS;
    while rest.len() > room {
        let (piece, more) = rest.split_at(rest.floor_char_boundary(room));
        out.extend([piece, "\r\n "]);
        rest = more;
        room = LINE_OCTETS - 1;
    }
    out.push_str(rest);
}

/// Appends TZID, or VALUE where the property's own type is another.
fn push_type(name: &str, value: Value<'_>, out: &mut String) {
    match value {
        Value::Locals(zone, values) => match values.first() {
            Some(Local::DateTime(_)) => out.extend([";TZID=", zone.tzid()]),
            Some(Local::Date(_)) => out.push_str(";VALUE=DATE"),
            _ => {}
        },
        Value::Uri(_) if says_its_type(name) => out.push_str(";VALUE=URI"),
        Value::Duration(_) if says_its_type(name) => out.push_str(";VALUE=DURATION"),
        _ => {}
    }
}

fn push_parameter(parameter: &Parameter<'_>, out: &mut String) {
    out.extend([";", parameter.name]);
    for (i, value) in parameter.values.iter().enumerate() {
        out.push(if i == 0 { '=' } else { ',' });
        let quoted = value.contains([':', ';', ',']);
        out.push_str(if quoted { "\"" } else { "" });
        value.chars().for_each(|c| push_in_parameter(c, out));
        out.push_str(if quoted { "\"" } else { "" });
    }
}

/// What a parameter cannot carry is encoded (RFC 6868); other controls become spaces.
fn push_in_parameter(c: char, out: &mut String) {
    match c {
        '^' => out.push_str("^^"),
        '\n' => out.push_str("^n"),
        '"' => out.push_str("^'"),
        c if c.is_control() => out.push(' '),
        c => out.push(c),
    }
}

fn push_value(value: Value<'_>, out: &mut String) {
    match value {
        Value::Text(text) => escape(text, out),
        Value::Texts(texts) => joined(texts, out, |text, out| escape(text, out)),
        Value::Uri(uri) => out.push_str(uri),
        Value::Integer(number) => time::push_number(number.into(), out),
        Value::Instant(instant) => {
            time::push_basic(instant.naive_utc(), out);
            out.push('Z');
        }
        Value::Locals(_, values) => joined(values, out, |value, out| local(*value, out)),
        Value::Floating(moment) => time::push_basic(moment, out),
        Value::Duration(duration) => time::push_duration(duration, out),
        Value::UtcOffset(seconds) => time::push_offset(seconds, "", out),
        Value::Recur(recur) => recur::push(recur, out),
    }
}

fn joined<T>(values: &[T], out: &mut String, push: impl Fn(&T, &mut String)) {
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        push(value, out);
    }
}

fn local(value: Local, out: &mut String) {
    match value {
        Local::Date(date) => time::push_basic_date(date, out),
        Local::DateTime(moment) => time::push_basic(moment, out),
    }
}

/// Appends `text` as a TEXT value; controls, which the model never lets in, become spaces.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_need_escape) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some('\n') => out.push_str("\\n"),
            Some(c @ ('\\' | ';' | ',')) => out.extend(['\\', c]),
            Some(c) if !c.is_control() => out.push(c),
            _ => out.push(' '),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Whether a character that begins with this byte has to be looked at: U+0080 to U+009F are controls.
fn may_need_escape(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < table.len() {
            table[byte] = byte < 0x20 || matches!(byte as u8, b'\\' | b';' | b',' | 0xC2 | 0x7F);
            byte += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unfold(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    fn written(name: &'static str, parameters: &[Parameter<'_>], value: Value<'_>) -> String {
        let mut lines = ContentLines::default();
        lines.property(name, parameters, value);
        lines.finish()
    }

    proptest! {
        #[test]
        fn folding_loses_nothing_and_fits(text in "\\PC{0,400}") {
            let out = written("SUMMARY", &[], Value::Text(&text));
            prop_assert!(out.ends_with("\r\n"));
            prop_assert!(out.trim_end_matches("\r\n").split("\r\n").all(|line| line.len() <= LINE_OCTETS));
            let mut want = "SUMMARY:".to_owned();
            escape(&text, &mut want);
            prop_assert_eq!(unfold(&out), want + "\r\n");
        }

        #[test]
        fn no_text_starts_a_line_of_its_own(text in "(?s).{0,200}") {
            let label = [text.as_str()];
            let parameter = Parameter { name: "LABEL", values: &label };
            let out = written("SUMMARY", &[parameter], Value::Text(&text));
            prop_assert_eq!(unfold(&out).matches(['\r', '\n']).count(), 2);
        }
    }

    #[test]
    fn a_line_of_75_octets_is_not_folded() {
        let (fits, folded) = ("a".repeat(73), "b".repeat(74));
        assert_eq!(written("X", &[], Value::Uri(&fits)), format!("X:{fits}\r\n"));
        let want = format!("X:{}\r\n b\r\n", "b".repeat(73));
        assert_eq!(written("X", &[], Value::Uri(&folded)), want);
    }

    #[test]
    fn text_is_escaped() {
        let out = written("DESCRIPTION", &[], Value::Text("a,b;c\\d\ne\u{7}"));
        assert_eq!(out, "DESCRIPTION:a\\,b\\;c\\\\d\\ne \r\n");
    }

    #[test]
    fn parameters_are_quoted_and_encoded() {
        let values = ["plain", "a,b;c:d", "say \"^\"\n"];
        let parameter = Parameter { name: "LABEL", values: &values };
        let out = written("CONFERENCE", &[parameter], Value::Uri("https://a"));
        let want = "CONFERENCE;VALUE=URI;LABEL=plain,\"a,b;c:d\",say ^'^^^'^n:https://a\r\n";
        assert_eq!(unfold(&out), want);
    }
}
