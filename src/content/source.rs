//! One file's text, and the mistakes found in it so far.

use super::{Diagnostic, SourceFile};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Proof that a mistake was noted: what depends on the value is left out, without a second message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reported;

/// A value, or the proof that its mistake was noted.
pub(super) type Read<T> = Result<T, Reported>;

/// A value and where it stands in its file.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    /// Bytes of the file's text.
    pub(super) span: Range<usize>,
    /// What was read there.
    pub(super) value: T,
}

/// The language of a file's keys and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Toml,
    Yaml,
}

/// Which mistakes hide others: after one of syntax, a key may be missing because of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Syntax,
    Keys,
    Value,
}

#[derive(Debug)]
struct Mistake {
    kind: Kind,
    span: Range<usize>,
    message: String,
    help: String,
}

/// One file of the content folder as text.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// Its path within the folder.
    pub(super) path: &'a str,
    /// Its text without a byte order mark; positions count from here.
    pub(super) text: Cow<'a, str>,
    /// How its keys and values are written.
    pub(super) language: Language,
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'a> Source<'a> {
    /// Takes the file's bytes as text; bytes that are not UTF-8 are a mistake.
    pub(super) fn new(file: &'a SourceFile) -> Source<'a> {
        let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
        let text = String::from_utf8_lossy(bytes);
        let yaml = file.path.ends_with(".md") && text.starts_with("---");
        let language = if yaml { Language::Yaml } else { Language::Toml };
        let source = Source { path: &file.path, text, language, mistakes: RefCell::default() };
        if let Err(e) = std::str::from_utf8(bytes) {
            let at = e.valid_up_to();
            source.note_syntax(at..at + 1, "this is not UTF-8 text", "save the file as UTF-8");
        }
        source
    }

    /// Notes a value that cannot be taken.
    pub(super) fn note(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Reported {
        self.add(Kind::Value, span, message.into(), help.into())
    }

    /// Notes a key that is missing, unknown or too many.
    pub(super) fn note_key(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Reported {
        self.add(Kind::Keys, span, message.into(), help.into())
    }

    /// Notes text that cannot be read at all.
    pub(super) fn note_syntax(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Reported {
        self.add(Kind::Syntax, span, message.into(), help.into())
    }

    fn add(&self, kind: Kind, span: Range<usize>, message: String, help: String) -> Reported {
        self.mistakes.borrow_mut().push(Mistake { kind, span, message, help });
        Reported
    }

    /// The value where nothing was noted about the file's syntax.
    pub(super) fn unless_syntax<T>(&self, value: T) -> Read<T> {
        let broken = self.mistakes.borrow().iter().any(|m| m.kind == Kind::Syntax);
        if broken { Err(Reported) } else { Ok(value) }
    }

    /// `key = value` or `key: value`, as this file would write it.
    pub(super) fn pair(&self, key: &str, value: &str) -> String {
        match self.language {
            Language::Toml => format!("{key} = {value}"),
            Language::Yaml => format!("{key}: {value}"),
        }
    }

    /// The number of a byte's line, 1 for the first.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.line_at(offset).1
    }

    /// Where the line of that byte begins, and its number.
    fn line_at(&self, offset: usize) -> (usize, usize) {
        let before = self.text.as_bytes().get(..offset).unwrap_or(self.text.as_bytes());
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        (start, before.iter().filter(|b| **b == b'\n').count() + 1)
    }

    /// The mistakes, without those that another one may have caused: of a line that cannot be
    /// read, only that; and of such a file, no key that is missing or unknown.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mistakes = self.mistakes.borrow();
        let line = |m: &Mistake| self.line_at(m.span.start).1;
        let syntax = mistakes.iter().filter(|m| m.kind == Kind::Syntax);
        let mut unreadable: BTreeMap<usize, &Mistake> = BTreeMap::new();
        for mistake in syntax {
            unreadable.entry(line(mistake)).or_insert(mistake);
        }
        let own_cause = |m: &&Mistake| match m.kind {
            Kind::Syntax => false,
            Kind::Keys => unreadable.is_empty(),
            Kind::Value => !unreadable.contains_key(&line(m)),
        };
        let others = mistakes.iter().filter(own_cause);
        unreadable.values().copied().chain(others).map(|m| self.diagnostic(m)).collect()
    }

    fn diagnostic(&self, mistake: &Mistake) -> Diagnostic {
        let (line_start, line) = self.line_at(mistake.span.start);
        let rest = self.text.get(line_start..).unwrap_or_default();
        let source_line = rest.lines().next().unwrap_or_default();
        // What is missing at a line's end stands just after it, before its `\r\n`.
        let line_end = line_start + source_line.len();
        let start = floor(&self.text, mistake.span.start.min(line_end));
        let end = floor(&self.text, mistake.span.end.clamp(start, line_end));
        let chars = |from, to| self.text.get(from..to).map_or(0, |text| text.chars().count());
        Diagnostic {
            path: self.path.to_owned(),
            line,
            column: chars(line_start, start) + 1,
            length: chars(start, end).max(1),
            source_line: Some(source_line.to_owned()),
            message: mistake.message.clone(),
            help: mistake.help.clone(),
        }
    }
}

/// The start of the character that the byte belongs to.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// An author's text within a message: in backticks, at most 60 characters, nothing invisible.
pub(super) fn quote(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", printable(&short))
}

/// The text with controls and other invisible characters written out.
pub(super) fn printable(text: &str) -> String {
    let plain = |c: char| c == '\'' || c == '"' || c == '\\';
    text.chars().fold(String::new(), |mut out, c| {
        if plain(c) {
            out.push(c)
        } else {
            out.extend(c.escape_debug())
        }
        out
    })
}
