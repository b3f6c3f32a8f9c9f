//! RSS 2.0 (the RSS Advisory Board's specification, and its profile).

use super::Scope;
use crate::schedule::AsOf;

/// The feed of what became known of a scope's meetings.
pub fn render(_scope: &Scope<'_>, _as_of: &AsOf) -> String {
    String::new()
}
