//! Mistakes as their author sees them.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::fmt;

/// One mistake of an author, and how to mend it.
///
/// Ordered by path, line and column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file's path within the content folder.
    pub path: String,
    /// 1 for the first.
    pub line: usize,
    /// 1 for the first, in characters.
    pub column: usize,
    /// How many characters of the line are meant; at least 1.
    pub length: usize,
    /// The line, without its end, of a long one only what is around; none where the file is not there.
    pub source_line: Option<String>,
    /// How many characters of the line are left out before that.
    pub skipped: usize,
    /// What is wrong, in one plain sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// How bad it is.
    pub severity: Severity,
}

/// How bad something in the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The content cannot be served.
    Mistake,
    /// It can, but somebody should look.
    Warning,
}

impl Severity {
    /// `error` or `warning`, as compilers call them.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Mistake => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Diagnostic {
    /// A file is missing; `help` says what is in it.
    pub(super) fn absent(path: &str, help: &str) -> Diagnostic {
        Diagnostic {
            path: path.to_owned(),
            line: 1,
            column: 1,
            length: 1,
            source_line: None,
            skipped: 0,
            message: "this file is missing".to_owned(),
            help: help.to_owned(),
            severity: Severity::Mistake,
        }
    }

    /// Draws it as `rustc` would, with `prefix` before the path.
    fn render(&self, prefix: &str, renderer: &Renderer) -> String {
        let path = super::source::printable(&format!("{prefix}{}", self.path));
        let level = match self.severity {
            Severity::Mistake => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.message.as_str());
        let group = match &self.source_line {
            Some(line) => {
                let byte =
                    |chars: usize| line.char_indices().nth(chars).map_or(line.len(), |c| c.0);
                let start = self.column.saturating_sub(1).saturating_sub(self.skipped);
                let span = byte(start)..byte(start.saturating_add(self.length));
                let mark = AnnotationKind::Primary.span(span);
                let snippet = Snippet::source(line.as_str()).line_start(self.line);
                title.element(snippet.path(path).annotation(mark))
            }
            None => title.element(Origin::path(path)),
        };
        renderer.render(&[group.element(Level::HELP.message(self.help.as_str()))])
    }
}

/// Every mistake found in a content folder, in order of path, line and column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Puts the mistakes in order, each once.
    pub(super) fn new(mut all: Vec<Diagnostic>) -> Diagnostics {
        all.sort();
        all.dedup();
        Diagnostics(all)
    }

    /// Both together, in order.
    pub fn and(self, others: Diagnostics) -> Diagnostics {
        Diagnostics::new([self.0, others.0].concat())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Draws all of them, each under its source line, with a blank line between.
    ///
    /// `prefix` goes before each path: the content folder as the reader named it, with its slash,
    /// or nothing. `colour` adds a terminal's escape sequences.
    pub fn render(&self, prefix: &str, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let drawn: Vec<String> = self.iter().map(|one| one.render(prefix, &renderer)).collect();
        drawn.join("\n\n")
    }
}

/// As [`Diagnostics::render`] without prefix and colour.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render("", false))
    }
}

impl std::error::Error for Diagnostics {}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
