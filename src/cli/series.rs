//! Series that people name on the command line.

use super::failure::Failure;
use crate::content::nearest;
use crate::model::{Community, Series};

/// The series of that slug.
///
/// # Errors
/// The series there are, and the one that was probably meant.
pub(super) fn find<'a>(community: &'a Community, slug: &str) -> Result<&'a Series, Failure> {
    let found = community.all_series().find(|series| series.slug.as_str() == slug);
    found.ok_or_else(|| Failure::Answer(not_found(community, slug)))
}

fn not_found(community: &Community, slug: &str) -> String {
    let known: Vec<_> = community.all_series().map(|series| series.slug.as_str()).collect();
    let meant = nearest(slug, known.iter().copied())
        .map_or(String::new(), |near| format!("did you mean `{near}`? "));
    match known.is_empty() {
        true => format!("there is no series `{slug}`: the content has none"),
        false => format!("there is no series `{slug}`: {meant}there is: {}", known.join(", ")),
    }
}
