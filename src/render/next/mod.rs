//! What is next, for other sites and programs: the next meetings as JSON, and a badge as SVG.

pub mod badge;
pub mod json;
mod text_width;

use super::Scope;

/// Where a document on what is next is served for a scope: `/meetings/oci-weekly/next.json`.
fn path(scope: &Scope<'_>, extension: &str) -> String {
    format!("{}next.{extension}", scope.folder())
}
