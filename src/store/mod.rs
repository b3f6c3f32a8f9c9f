//! All disk access: the content folder in and edited, also as a revision of git has it, the exported
//! tree out, and what the system says of this process.

#![expect(clippy::disallowed_methods, reason = "this is the one place that touches the disk")]

mod apply;
mod checkout;
mod export;
mod foreign;
mod git;
mod last_good;
mod listing;
mod lock;
mod manifest;
mod read;
mod replacement;
mod stamp;
mod usage;

pub use apply::{Applied, apply, has_site, make_folder};
pub use checkout::{Checkout, Commit};
pub use export::{Export, export, file_name, own_folder, write_file, write_files};
pub use foreign::{read_calendar, read_if_there};
pub use git::read_revision;
pub use last_good::{LastGood, are_nested};
pub use listing::{
    Listed, Listing, SeriesFolder, is_content_name, is_ignored, list, series_folder,
};
pub use read::read;
pub use stamp::Stamp;
pub use usage::{Usage, usage};
