//! All disk access: the content folder in and edited, the exported tree out.

#![expect(clippy::disallowed_methods, reason = "this is the one place that touches the disk")]

mod apply;
mod export;
mod lock;
mod manifest;
mod read;
mod replacement;

pub use apply::{Applied, apply};
pub use export::{Export, export, exported_files};
pub use read::{Fingerprint, read};
