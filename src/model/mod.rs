//! The community and its meetings as values that are valid by construction.
//!
//! Every type here is made by `content` from files, or by a test; once made, nothing after it can
//! fail. The words are those of RFC 5545 and RFC 8984. This module imports no other.

mod color;
mod color_names;
mod community;
mod concern;
mod exception;
mod exceptions;
mod few;
mod link;
mod local;
mod recur;
mod rule;
mod series;
mod shared;
mod slot;
mod slug;
mod text;
mod uid;
mod video;
mod zone;

pub use color::Color;
pub use community::{Community, Follow, Holiday, Holidays, Moved, Page, Site};
pub use concern::Concern;
pub use exception::{Added, Change, Details, Exception, Found, Record};
pub use exceptions::Exceptions;
pub use few::Few;
pub use link::Link;
pub use local::Local;
pub use recur::{CustomRule, Frequency, Recur, WeekdayNum, english_name, two_letters};
pub use rule::{MonthDay, NthWeekday, Rule};
pub use series::{MinutesSource, RecordingsSource, Series, Videos};
pub(crate) use shared::Shared;
pub use slot::Slot;
pub use slug::Slug;
pub(crate) use text::is_unprintable;
pub use text::{Line, Markdown, Unfit};
pub use uid::{Domain, Uid};
pub use video::VideoId;
pub use zone::Zone;
