//! What was found, as annotations that GitHub shows at its lines in a pull request.

use crate::content::Diagnostic;
use std::path::Path;

/// One workflow command a line, on paths that begin with the folder's.
///
/// GitHub shows the first ten errors and the first ten warnings of each step, and all of them in the
/// step's log (GitHub, Workflow commands: "Setting an error message").
pub(super) fn annotations<'d>(
    found: impl IntoIterator<Item = &'d Diagnostic>,
    folder: &Path,
) -> String {
    found.into_iter().map(|one| annotation(one, folder)).collect()
}

fn annotation(found: &Diagnostic, folder: &Path) -> String {
    let file = property(&folder.join(&found.path).display().to_string());
    let Diagnostic { line, column, message, help, .. } = found;
    // The name of a level is that of a severity; its end is within the line, as the place is.
    let (level, end) = (found.severity.as_str(), column + found.length.max(1) - 1);
    let text = data(&format!("{message}\n{help}"));
    format!(
        "::{level} file={file},line={line},endLine={line},col={column},endColumn={end}::{text}\n"
    )
}

/// What follows the command, on its one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, which ends with a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Severity;

    #[test]
    fn a_text_cannot_end_its_line_or_its_property() {
        let found = Diagnostic {
            path: "a,b:c.md".to_owned(),
            line: 3,
            column: 5,
            length: 4,
            source_line: None,
            skipped: 0,
            message: "100% wrong".to_owned(),
            help: "write\r\n::error::this".to_owned(),
            severity: Severity::Warning,
        };
        let told = annotations([&found], Path::new("content"));
        let place = "file=content/a%2Cb%3Ac.md,line=3,endLine=3,col=5,endColumn=8";
        let text = "100%25 wrong%0Awrite%0D%0A::error::this";
        assert_eq!(told, format!("::warning {place}::{text}\n"));
    }
}
