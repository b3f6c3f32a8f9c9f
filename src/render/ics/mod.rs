//! iCalendar (RFC 5545, RFC 7986).

use super::Scope;
use crate::schedule::AsOf;

/// The calendar of a scope's meetings.
pub fn render(_scope: &Scope<'_>, _as_of: &AsOf) -> String {
    String::new()
}
