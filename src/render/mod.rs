//! One file per output format: text from the model and the schedule, nothing else.
//!
//! A renderer is a function from what it shows and an [`AsOf`](crate::schedule::AsOf) to text. It
//! never writes, never fails and never knows the time. Imports `model` and `schedule`.

pub mod announce;
mod chosen;
mod clocks;
pub mod feed;
pub mod format;
pub mod html;
pub mod icalendar;
mod locale;
mod markdown;
mod meeting;
pub mod next;
pub mod opml;
mod places;
pub mod plain;
pub mod robots;
mod scope;
pub mod sitemap;
mod words;

pub use chosen::{Chosen, Kind};
pub use locale::Locale;
pub use meeting::Meeting;
pub use scope::Scope;
