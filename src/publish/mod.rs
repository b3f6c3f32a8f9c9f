//! All outputs at one moment.
//!
//! `build` is the heart of Convene: a pure function of the content and the present. Imports
//! `model`, `schedule` and `render`.

mod build;
mod coded;
mod coding;
mod document;
mod find;
mod formats;
mod kept;
mod meetings;
mod months;
mod once;
mod pages;
mod policy;
mod recipe;
mod shown;
mod snapshot;
mod static_host;
mod tree;
mod variant;

pub use crate::render::html::{EMBED_PATH, ICON_PATH, STYLE_PATH, slot_in_words};
pub use crate::render::icalendar::Refused;
pub use crate::render::{Chosen, Kind, Locale, Meeting, Scope, format, plain};
pub use build::{build, documents, leading_on, redirects};
pub use coded::Coded;
pub use coding::Coding;
pub use document::{Document, ETag};
pub use find::{Found, find};
pub use kept::{MAX_AGE, cache_control, disposition, max_age};
pub use policy::{ANYBODY, NO_REFERRER, NOSNIFF, PAGE_POLICY, policy};
pub use recipe::Recipe;
pub use snapshot::{Resource, Snapshot};
pub use static_host::static_host;
pub use tree::{Leaf, Tree};
pub use variant::{Variant, Wish, path_in};
