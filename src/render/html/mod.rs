//! The pages.

use crate::model::{Community, Page, Series};
use crate::schedule::{AsOf, Occurrence};

/// The style sheet, served at [`STYLE_PATH`].
pub const STYLE: &str = include_str!("style.css");

/// Where the style sheet is served.
pub const STYLE_PATH: &str = "/style.css";

/// A page of the community's own text; the one at `/` shows the next meetings and how to subscribe
/// first.
pub fn page(_community: &Community, _page: &Page, _as_of: &AsOf) -> String {
    String::new()
}

/// The page of a series.
pub fn series(_community: &Community, _series: &Series, _as_of: &AsOf) -> String {
    String::new()
}

/// The page of one meeting, with its neighbours in time.
pub fn occurrence(
    _community: &Community,
    _occurrence: &Occurrence<'_>,
    _before: Option<&Occurrence<'_>>,
    _after: Option<&Occurrence<'_>>,
    _as_of: &AsOf,
) -> String {
    String::new()
}

/// What static hosts serve at the path of an alias, where they cannot redirect.
pub fn redirect(_community: &Community, _to: &str) -> String {
    String::new()
}
