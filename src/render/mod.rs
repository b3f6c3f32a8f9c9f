//! One file per output format: text from the model and the schedule, nothing else.
//!
//! A renderer is a function from what it shows and an [`AsOf`](crate::schedule::AsOf) to text. It
//! never writes, never fails and never knows the time. Imports `model` and `schedule`.

pub mod feed;
pub mod format;
pub mod html;
pub mod icalendar;
mod markdown;
pub mod next;
pub mod opml;
mod places;
pub mod plain;
mod scope;
mod words;

pub use scope::Scope;
