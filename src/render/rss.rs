//! RSS 2.0 (the RSS Advisory Board's specification, and its profile).

use super::Scope;
use crate::schedule::AsOf;

/// The feed of what became known of a scope's meetings.
pub fn render(_scope: &Scope<'_>, _as_of: &AsOf) -> String {
    String::new()
}

/// Where a scope's feed is served.
pub fn paths(scope: &Scope<'_>) -> Vec<String> {
    vec![format!("{}feed.xml", scope.folder())]
}
