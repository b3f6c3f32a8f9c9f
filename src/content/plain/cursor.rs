//! The plain parts of TOML, taken from a text one after the other.

use crate::content::moment::YEARS;
use crate::content::source::Spanned;
use crate::model::{Few, Local};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use std::borrow::Cow;

/// What of a text is still to be read.
pub(super) struct Cursor<'a> {
    text: &'a str,
    rest: &'a [u8],
}

/// A date and maybe a time, or a moment in UTC.
#[derive(Clone, Copy)]
pub(super) enum Moment {
    Local(Local),
    Utc(DateTime<Utc>),
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, rest: text.as_bytes() }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// In bytes from the text's start.
    fn offset(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// Goes past these bytes, if they are next.
    pub(super) fn take(&mut self, bytes: &[u8]) -> bool {
        match self.rest.strip_prefix(bytes) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// How many bytes there are before the first of another kind.
    fn run(&self, is: impl Fn(u8) -> bool) -> usize {
        self.rest.iter().position(|byte| !is(*byte)).unwrap_or(self.rest.len())
    }

    fn skip_spaces(&mut self) {
        self.skip(self.run(|byte| matches!(byte, b' ' | b'\t')));
    }

    /// Goes past blank lines and comments, to what is written next.
    pub(super) fn skip_blank(&mut self) -> Option<()> {
        loop {
            self.skip_spaces();
            match self.rest.first() {
                Some(b'\n' | b'\r' | b'#') => self.end_line()?,
                _ => return Some(()),
            }
        }
    }

    /// Goes past what may be left of a line, which is a comment at most.
    pub(super) fn end_line(&mut self) -> Option<()> {
        self.skip_spaces();
        if self.rest.first() == Some(&b'#') {
            self.skip(self.run(is_text));
        }
        (self.take(b"\n") || self.take(b"\r\n") || self.is_at_end()).then_some(())
    }

    /// A bare key with its equals sign.
    pub(super) fn key(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest;
        let length = self.run(|byte| byte.is_ascii_lowercase() || byte == b'-');
        self.skip(length);
        self.skip_spaces();
        let is_key = self.take(b"=");
        self.skip_spaces();
        rest.get(..length).filter(|_| is_key)
    }

    /// A string in double quotes and one line, with no escapes but those that the collector writes.
    pub(super) fn string(&mut self) -> Option<Cow<'a, str>> {
        if !self.take(b"\"") {
            return None;
        }
        let mut string = Cow::Borrowed("");
        loop {
            let start = self.offset();
            let length = self.run(|byte| is_text(byte) && !matches!(byte, b'"' | b'\\'));
            self.skip(length);
            string += self.text.get(start..start + length)?;
            if self.take(b"\"") {
                return Some(string);
            }
            if self.take(b"\\\"") {
                string += "\"";
            } else if self.take(b"\\\\") {
                string += "\\";
            } else {
                return None;
            }
        }
    }

    /// A local date, or date and time in whole minutes, with its place.
    pub(super) fn local(&mut self) -> Option<Spanned<Local>> {
        let start = self.offset();
        match self.moment()? {
            Moment::Local(value) if value.time().is_none_or(|time| time.second() == 0) => {
                Some(Spanned { span: start..self.offset(), value })
            }
            _ => None,
        }
    }

    /// `2026-11-26`, `2026-11-26T10:00:00` or `2026-11-26T18:00:00Z`.
    pub(super) fn moment(&mut self) -> Option<Moment> {
        let [y, e, a, r, b'-', month @ .., b'-', c, d] = self.rest.first_chunk::<10>()? else {
            return None;
        };
        let [year, month, day] = [number(&[*y, *e, *a, *r])?, number(month)?, number(&[*c, *d])?];
        let date = NaiveDate::from_ymd_opt(year as i32, month, day)?;
        if !YEARS.contains(&date.year()) {
            return None;
        }
        self.skip(10);
        let Some([b'T', h, o, b':', m, i, b':', s, e]) = self.rest.first_chunk::<9>() else {
            return Some(Moment::Local(Local::Date(date)));
        };
        let [hour, minute, second] = [number(&[*h, *o])?, number(&[*m, *i])?, number(&[*s, *e])?];
        let moment = date.and_time(NaiveTime::from_hms_opt(hour, minute, second)?);
        self.skip(9);
        let is_utc = self.take(b"Z");
        Some(if is_utc {
            Moment::Utc(moment.and_utc())
        } else {
            Moment::Local(Local::DateTime(moment))
        })
    }

    /// One value, or those of a list in brackets.
    pub(super) fn list<T>(
        &mut self,
        mut value: impl FnMut(&mut Cursor<'a>) -> Option<T>,
    ) -> Option<Few<T>> {
        if !self.take(b"[") {
            return value(self).map(Few::one);
        }
        let mut values = Vec::new();
        loop {
            self.skip_blank()?;
            if self.take(b"]") {
                return Some(values.into());
            }
            values.push(value(self)?);
            self.skip_blank()?;
            if !self.take(b",") {
                return self.take(b"]").then(|| values.into());
            }
        }
    }
}

/// What strings and comments have in a line: all but control characters other than a tab.
fn is_text(byte: u8) -> bool {
    byte >= b' ' && byte != 0x7f || byte == b'\t'
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}
