//! Authors' mistakes as lines of the log.

use crate::content::Diagnostics;
use tracing::warn;

/// Logs each mistake as an event of its own.
pub fn log_mistakes(mistakes: &Diagnostics) {
    for mistake in mistakes.iter() {
        let (path, line, column) = (&mistake.path, mistake.line, mistake.column);
        let (wrong, mend) = (&mistake.message, &mistake.help);
        warn!(path, line, column, wrong, mend, "{path}:{line}:{column}: {wrong}: {mend}");
    }
}
