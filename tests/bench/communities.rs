//! Whose calendars are written when the speed of writing is measured.

use crate::sample::{self, calls, exception, line, moved, utc};
use chrono::{Datelike, TimeDelta, Weekday};
use convene::model::{Community, Exception, Rule, Slot};
use convene::render::Scope;
use convene::render::icalendar::{Options, Syntax, render};
use convene::schedule::AsOf;
use std::sync::Arc;

/// The one place that knows how a calendar is asked for.
pub(crate) fn rendered(community: &Community) -> String {
    let as_of = AsOf::new(utc("2026-11-23T12:00:00Z"));
    render(Syntax::Text, &Scope::Community(community), &Options::default(), &as_of)
}

/// A weekly call of which five dates are moved and five have a title of their own.
pub(crate) fn with_ten_overrides() -> Community {
    let mut community = sample::community();
    community.series.retain(|series| !series.slots.is_empty());
    for week in 0..10 {
        let date = sample::day("2026-12-03") + TimeDelta::weeks(week);
        let changed = exception(&mut community, &format!("{date}T10:00:00"));
        if week % 2 == 0 {
            let to = format!("{}T09:00:00", date.succ_opt().unwrap());
            changed.change = moved(&to, "2026-11-20T12:00:00Z");
        } else {
            changed.details.get_or_insert_default().title = Some(line("A guest speaks"));
        }
    }
    community
}

/// So many weekly calls, each on a day and at a time of its own, by day and with a cancelled date.
pub(crate) fn of_series(count: usize) -> Community {
    let mut community = sample::community();
    let call = calls(&mut community).clone();
    let one = |i: usize| {
        let mut series = call.clone();
        series.slug = sample::slug(&format!("call-{i:05}"));
        series.title = line(&format!("Call number {i}"));
        let from = sample::day("2026-10-01") + TimeDelta::days((i % 7) as i64);
        let at = format!("{:02}:{:02}:00", 8 + i % 12, i % 60);
        let slot = sample::weekly(&series.slug, &from.to_string(), Weekday::Thu, &at);
        let id = slot.recurrence_id(from + TimeDelta::weeks(8));
        let change = sample::cancelled("Holidays", "2026-11-20T12:00:00Z");
        let exceptions = [(id, Exception { change, ..Exception::default() })].into_iter().collect();
        let rule = Rule::Weekly { interval: 1, weekdays: vec![from.weekday()] };
        series.slots = vec![Slot { rule, exceptions, ..slot }];
        series
    };
    community.series = (0..count).map(one).map(Arc::new).collect();
    community
}
