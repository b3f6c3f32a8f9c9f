//! What the system tells of, gathered until it is quiet.

use super::changed::Changed;
use crate::store::is_content_name;
use std::time::Duration;

/// Nothing has happened for so long: whoever changes several files is done.
pub(super) const QUIET: Duration = Duration::from_millis(100);

/// The same where one file alone was changed, and was closed or put in its place as a whole.
pub(super) const QUIET_AFTER_ONE: Duration = Duration::from_millis(20);

/// One thing that happened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Something at that path within the folder.
    At {
        path: String,
        /// Whether the file there is whole from now on, until it is changed again.
        is_whole: bool,
    },
    /// Nobody knows what.
    Unknown,
    /// The folder itself, or the link that leads to it, was put in another's place.
    Replaced,
}

/// All that happened since the folder was last looked at.
#[derive(Debug, Default)]
pub(super) struct Heard {
    changed: Changed,
    /// The one content file that was changed.
    file: File,
    is_replaced: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum File {
    #[default]
    None,
    One {
        path: String,
        is_whole: bool,
    },
    Several,
}

impl Heard {
    pub(super) fn hear(&mut self, change: Change) {
        match change {
            Change::At { path, is_whole } => {
                if is_content_name(&path) {
                    self.file.hear(&path, is_whole);
                }
                self.changed.add(path);
            }
            Change::Unknown => self.changed = Changed::Everything,
            Change::Replaced => {
                self.changed = Changed::Everything;
                self.is_replaced = true;
            }
        }
    }

    /// Whether nothing happened.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(&self.changed, Changed::Paths(paths) if paths.is_empty())
    }

    /// Whether another folder is to be watched.
    pub(super) fn is_replaced(&self) -> bool {
        self.is_replaced
    }

    /// How long to wait for more.
    pub(super) fn quiet(&self) -> Duration {
        match (&self.changed, &self.file) {
            (Changed::Paths(_), File::One { is_whole: true, .. }) => QUIET_AFTER_ONE,
            _ => QUIET,
        }
    }

    pub(super) fn into_changed(self) -> Changed {
        self.changed
    }
}

impl File {
    fn hear(&mut self, path: &str, now_whole: bool) {
        match self {
            File::None => *self = File::One { path: path.to_owned(), is_whole: now_whole },
            File::One { path: known, is_whole } if known == path => *is_whole = now_whole,
            _ => *self = File::Several,
        }
    }
}
