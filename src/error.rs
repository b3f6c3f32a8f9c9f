//! The world's failures: disk, sockets, standard output.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A failure of the world around the program, with the path or address it happened at.
///
/// Authors' mistakes are [`Diagnostics`](crate::content::Diagnostics) and HTTP outcomes are
/// responses; neither is ever one of these.
#[derive(Debug)]
pub enum Error {
    /// There is no content folder.
    NoFolder {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Not one series is left of those that there were.
    NoSeries {
        /// The content folder.
        path: PathBuf,
    },
    /// A file or folder of the content could not be read.
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What has the name of a content file is a folder, a pipe or the like.
    NoFile {
        /// Which.
        path: PathBuf,
    },
    /// A file of the content is larger than any that people write.
    TooLarge {
        /// Which.
        path: PathBuf,
        /// The largest size allowed, in bytes.
        limit: u64,
    },
    /// Folders of the content go deeper than any that people make, or lead back into themselves.
    TooDeep {
        /// The folder at which reading stopped.
        path: PathBuf,
    },
    /// A file or folder could not be written or removed.
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The content folder could not be kept for oneself while it is changed.
    Lock {
        /// The file that was to be locked.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of the content was changed by someone else while it was being edited.
    Changed {
        /// Which.
        path: PathBuf,
    },
    /// The content cannot be edited as it should, so nothing was written.
    Refused {
        /// The content folder.
        path: PathBuf,
        /// What is wrong and how to mend it, without full stop.
        reason: String,
    },
    /// The content of another revision could not be had from git.
    Revision {
        /// The content folder.
        folder: PathBuf,
        /// The revision's name as it was given.
        revision: String,
        /// Why, without full stop.
        reason: String,
    },
    /// The folder to write to has files in it that Convene did not write.
    ForeignFolder {
        /// Which.
        path: PathBuf,
    },
    /// A published path has no safe file name.
    UnsafePath {
        /// The published path.
        path: String,
    },
    /// The store does not do what it is asked to.
    Store {
        /// Its address, as it was given.
        address: String,
        /// What it, or the way to it, says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The store has an object where one is to be written, and Convene did not write it.
    ForeignObject {
        /// The store's address.
        address: String,
        /// The object's name below it.
        name: String,
    },
    /// Others write to the store again and again at the same time.
    Contended {
        /// The store's address.
        address: String,
    },
    /// The server could not listen.
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// A socket that was passed on to the server is of no use.
    Passed(io::Error),
    /// The server's threads or signal handlers could not be set up.
    Runtime(io::Error),
    /// Standard input could not be read.
    Input(io::Error),
    /// Standard output could not be written.
    Output(io::Error),
}

const PUT_BACK: &str =
    "put its folder `meetings` back; without --last-good a new start serves it as it is";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoFolder { path } => {
                write!(f, "there is no content folder `{}`: name it with --content", path.display())
            }
            Error::NoSeries { path } => {
                write!(f, "no series is left in `{}`: {PUT_BACK}", path.display())
            }
            Error::Read { path, source } => {
                write!(f, "cannot read `{}`: {source}", path.display())
            }
            Error::TooLarge { path, limit } => {
                let mebibytes = limit / (1 << 20);
                write!(f, "`{}` is larger than {mebibytes} MiB: split or remove it", path.display())
            }
            Error::NoFile { path } => write!(
                f,
                "`{}` is no file: put a file in its place, or take it out of the content",
                path.display()
            ),
            Error::TooDeep { path } => write!(
                f,
                "`{}` is too deep, or a link back to a folder above it: remove it from the content",
                path.display()
            ),
            Error::Write { path, source } => {
                write!(f, "cannot write `{}`: {source}", path.display())
            }
            Error::Lock { path, source } => write!(
                f,
                "cannot lock `{}`, so that no two programs change the content at once: {source}",
                path.display()
            ),
            Error::Changed { path } => write!(
                f,
                "`{}` was changed by someone else at the same moment: try again",
                path.display()
            ),
            Error::Refused { path, reason } => {
                write!(f, "nothing was written to `{}`: {reason}", path.display())
            }
            Error::Revision { folder, revision, reason } => write!(
                f,
                "cannot read `{}` at the revision `{revision}`: {reason}",
                folder.display()
            ),
            Error::ForeignFolder { path } => write!(
                f,
                "`{}` has files in it that Convene did not write: empty it, or name another folder",
                path.display()
            ),
            Error::UnsafePath { path } => {
                write!(f, "`{path}` cannot be written as a file: change that path in the content")
            }
            Error::Store { address, source } => {
                write!(f, "cannot publish to {address}: {}", in_one_line(&source.to_string()))
            }
            Error::ForeignObject { address, name } => write!(
                f,
                "{address} has an object `{name}` that `convene publish` did not write: \
                 remove it, publish below another prefix, or take such objects over with --adopt"
            ),
            Error::Contended { address } => write!(
                f,
                "another program publishes to {address} at the same time, again and again: \
                 let only one do it"
            ),
            Error::Listen { address, source } => write!(
                f,
                "cannot listen on {address}: {source}; another address can be given with --listen"
            ),
            Error::Passed(source) => {
                write!(f, "cannot listen on what LISTEN_FDS passes on: {source}; pass TCP sockets")
            }
            Error::Runtime(source) => write!(f, "cannot start the server: {source}"),
            Error::Input(source) => write!(f, "cannot read from standard input: {source}"),
            Error::Output(source) => write!(f, "cannot write to standard output: {source}"),
        }
    }
}

/// Stores answer in XML of several lines.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read { source, .. }
            | Error::Write { source, .. }
            | Error::Lock { source, .. }
            | Error::Listen { source, .. }
            | Error::Passed(source)
            | Error::Runtime(source)
            | Error::Input(source)
            | Error::Output(source) => Some(source),
            Error::Store { source, .. } => Some(source.as_ref()),
            Error::NoFolder { .. }
            | Error::NoSeries { .. }
            | Error::TooLarge { .. }
            | Error::NoFile { .. }
            | Error::TooDeep { .. }
            | Error::Changed { .. }
            | Error::Refused { .. }
            | Error::Revision { .. }
            | Error::ForeignFolder { .. }
            | Error::UnsafePath { .. }
            | Error::ForeignObject { .. }
            | Error::Contended { .. } => None,
        }
    }
}
