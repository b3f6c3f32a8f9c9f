//! One file's text, and the mistakes found in it so far.

use super::{Diagnostic, Severity, SourceFile};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;

/// Proof that a mistake was noted: what depends on the value is left out, without a second message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reported;

/// A value, or the proof that its mistake was noted.
pub(super) type Read<T> = Result<T, Reported>;

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The last place that was looked for: most are asked for in order.
    reached: Cell<Place>,
}

impl<'a> Source<'a> {
    /// Takes the file's bytes as text; bytes that are not UTF-8 are a mistake.
    pub(super) fn new(file: &'a SourceFile) -> Source<'a> {
        let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
        // Only what is no UTF-8 is worth a second look: that is the slower.
        let read = std::str::from_utf8(bytes);
        let text = read.map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        let yaml = file.path.ends_with(".md") && text.starts_with("---");
        let language = if yaml { Language::Yaml } else { Language::Toml };
        let (mistakes, reached) = (RefCell::default(), Cell::new(Place::FIRST));
        let source = Source { path: &file.path, text, language, mistakes, reached };
        if let Err(e) = read {
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

    /// A place of which something may turn out to be wrong once the text is gone.
    ///
    /// To be asked for when the file has been read: a mistake of syntax in that line hides others.
    pub(super) fn spot(&self, span: Range<usize>) -> Spot {
        let mistakes = self.mistakes.borrow();
        let unreadable = mistakes.iter().filter(|mistake| mistake.kind == Kind::Syntax);
        let mut starts: Vec<usize> = unreadable.map(|mistake| mistake.span.start).collect();
        starts.sort_unstable();
        let place = self.place(span.start);
        let mut unreadable = Place::of_each(&self.text, starts.into_iter());
        let is_hidden = unreadable.any(|other| other.line == place.line);
        let (message, help) = (String::new(), String::new());
        let mistake = Mistake { kind: Kind::Value, span, message, help };
        Spot { is_hidden, blank: self.diagnostic(&mistake, &place) }
    }

    fn place(&self, offset: usize) -> Place {
        let near = Some(self.reached.get()).filter(|place| place.offset <= offset);
        let place = near.unwrap_or(Place::FIRST).walked(&self.text, offset);
        self.reached.set(place);
        place
    }

    /// The mistakes, without those that another one may have caused: of a line that cannot be
    /// read, only that; and of such a file, no key that is missing or unknown.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mistakes = self.mistakes.borrow();
        let mut mistakes: Vec<&Mistake> = mistakes.iter().collect();
        mistakes.sort_by_key(|mistake| mistake.span.start);
        let places = Place::of_each(&self.text, mistakes.iter().map(|mistake| mistake.span.start));
        let all: Vec<(&Mistake, Place)> = mistakes.iter().copied().zip(places).collect();
        let of_syntax = all.iter().filter(|(mistake, _)| mistake.kind == Kind::Syntax);
        let unreadable: BTreeSet<usize> = of_syntax.map(|(_, place)| place.line).collect();
        let mut told = BTreeSet::new();
        let mut own_cause = |(mistake, place): &&(&Mistake, Place)| match mistake.kind {
            Kind::Syntax => told.insert(place.line),
            Kind::Keys => unreadable.is_empty(),
            Kind::Value => !unreadable.contains(&place.line),
        };
        all.iter()
            .filter(|one| own_cause(one))
            .map(|(m, place)| self.diagnostic(m, place))
            .collect()
    }

    fn diagnostic(&self, mistake: &Mistake, place: &Place) -> Diagnostic {
        let rest = self.text.get(place.offset..).unwrap_or_default();
        let end = place.offset + rest.lines().next().map_or(0, str::len);
        let chars = |from, to| self.text.get(from..to).map_or(0, |text| text.chars().count());
        let marked = chars(
            place.offset,
            self.text.floor_char_boundary(mistake.span.end.clamp(place.offset, end)),
        );
        let first = self
            .text
            .floor_char_boundary(place.offset.saturating_sub(SHOWN_BEFORE).max(place.line_start));
        let last = self.text.floor_char_boundary(end.min(place.offset + SHOWN_AFTER));
        Diagnostic {
            severity: Severity::Mistake,
            path: self.path.to_owned(),
            line: place.line,
            column: place.column,
            length: marked.max(1),
            source_line: self.text.get(first..last).map(str::to_owned),
            skipped: place.column - 1 - chars(first, place.offset),
            message: mistake.message.clone(),
            help: mistake.help.clone(),
        }
    }
}

/// A place in a file, kept without the file's text.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Whether a mistake of syntax in its line hides whatever else is wrong there.
    is_hidden: bool,
    /// Without message and help.
    blank: Diagnostic,
}

impl Spot {
    /// The file's path.
    pub(super) fn path(&self) -> &str {
        &self.blank.path
    }

    /// The number of its line, 1 for the first.
    pub(super) fn line(&self) -> usize {
        self.blank.line
    }

    /// That mistake there, unless another one hides it.
    pub(super) fn mistake(&self, message: String, help: String) -> Option<Diagnostic> {
        (!self.is_hidden).then(|| Diagnostic { message, help, ..self.blank.clone() })
    }
}

/// How much of a long line is shown before and after a mistake begins, in bytes.
const SHOWN_BEFORE: usize = 60;
const SHOWN_AFTER: usize = 120;

/// Where something stands in a text.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// In bytes.
    offset: usize,
    /// Where its line begins, in bytes.
    line_start: usize,
    /// 1 for the first.
    line: usize,
    /// 1 for the first, in characters.
    column: usize,
}

impl Place {
    const FIRST: Place = Place { offset: 0, line_start: 0, line: 1, column: 1 };

    /// The places of offsets that are in order, found in one walk over the text.
    fn of_each(text: &str, offsets: impl Iterator<Item = usize>) -> impl Iterator<Item = Place> {
        let mut place = Place::FIRST;
        offsets.map(move |offset| {
            place = place.walked(text, offset);
            place
        })
    }

    /// The place of an offset from here on.
    fn walked(mut self, text: &str, offset: usize) -> Place {
        let to = before_break(text, text.floor_char_boundary(offset));
        for c in text.get(self.offset..to).unwrap_or_default().chars() {
            self.offset += c.len_utf8();
            self.column += 1;
            if c == '\n' {
                (self.line_start, self.line, self.column) = (self.offset, self.line + 1, 1);
            }
        }
        self
    }
}

/// What is missing at a line's end stands just after it, before its `\r\n`.
fn before_break(text: &str, offset: usize) -> usize {
    let within = text.get(..offset).is_some_and(|before| before.ends_with('\r'))
        && text.get(offset..).is_some_and(|after| after.starts_with('\n'));
    if within { offset - 1 } else { offset }
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
