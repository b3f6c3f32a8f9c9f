//! Series that people name on the command line.

use super::failure::Failure;
use crate::content::edit::series_named;
use crate::model::{Community, Series};

/// The series of that slug.
///
/// # Errors
/// The series there are, and the one that was probably meant.
pub(super) fn find<'a>(community: &'a Community, slug: &str) -> Result<&'a Series, Failure> {
    series_named(community, slug).map_err(|refused| Failure::Answer(refused.to_string()))
}
