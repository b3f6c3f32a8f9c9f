//! JSCalendar (RFC 8984), by calcard's conversion of the iCalendar text.

use super::Scope;
use super::icalendar::{self, Options, Syntax};
use crate::schedule::AsOf;
use calcard::icalendar::ICalendar;
use calcard::jscalendar::{JSCalendar, import::ConversionOptions};

/// Where a scope's group is served.
pub fn paths(scope: &Scope<'_>) -> Vec<String> {
    let path = |stem: String| format!("{stem}.jscal.json");
    scope.calendar_stems().into_iter().take(1).map(path).collect()
}

/// The group of a scope's meetings, its keys sorted: calcard has them in another order each time.
pub fn render(scope: &Scope<'_>, as_of: &AsOf) -> String {
    let text = icalendar::render(Syntax::Text, scope, &Options::default(), as_of);
    // What we write can be read; an empty group is what is left if a bug says otherwise.
    let calendar = ICalendar::parse(&text).unwrap_or_default();
    let options = ConversionOptions::default().include_ical_components(false);
    let group: JSCalendar<'static, String, String> = calendar.into_jscalendar_with_opt(options);
    let mut group = serde_json::to_value(&group.0).unwrap_or_default();
    group.sort_all_objects();
    format!("{group}\n")
}
