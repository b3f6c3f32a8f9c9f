//! The collector: finds minutes, recordings and cancellations where a community leaves them.
//!
//! ```text
//! sources → fetch → minutes | youtube → matching → edits → the content's files
//! ```
//! All outgoing HTTP is in `fetch`; everything between it and the edits is pure.

mod collector;
pub mod edits;
pub mod fetch;
pub mod links;
pub mod matching;
pub mod minutes;
mod notices;
mod report;
mod source;
mod text;
mod written_date;
pub mod youtube;

pub use collector::Collector;
pub use report::{Notice, NoticeKind, Report, SourceReport};
pub use source::{Kind, Source, sources};
