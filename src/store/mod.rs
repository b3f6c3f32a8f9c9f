//! All disk access: the content folder in, the exported tree out.

#![expect(clippy::disallowed_methods, reason = "this is the one place that touches the disk")]

mod export;
mod manifest;
mod read;

pub use export::{Export, export, exported_files};
pub use read::{Fingerprint, read};
