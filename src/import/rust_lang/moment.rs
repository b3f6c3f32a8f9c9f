//! Times, and the zones that are named beside them.

use super::Plan;
use crate::content::Outline;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

/// A time as RFC 3339 has it, or without offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Time {
    Day(NaiveDate),
    Local(NaiveDateTime),
    Utc(DateTime<Utc>),
}

impl Time {
    pub(super) fn of(text: &str) -> Option<Time> {
        let day = || text.parse().ok().map(Time::Day);
        let moment = || DateTime::parse_from_rfc3339(text).ok().map(|at| Time::Utc(at.to_utc()));
        let local = || {
            let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
            let read = |form| NaiveDateTime::parse_from_str(text, form).ok();
            forms.into_iter().find_map(read).map(Time::Local)
        };
        let found = day().or_else(moment).or_else(local)?;
        (1900..=2200).contains(&found.local().year()).then_some(found)
    }

    pub(super) fn local(self) -> NaiveDateTime {
        match self {
            Time::Day(day) => day.and_time(Default::default()),
            Time::Local(moment) => moment,
            Time::Utc(moment) => moment.naive_utc(),
        }
    }

    pub(super) fn clock(self) -> (u32, u32) {
        (self.local().hour(), self.local().minute())
    }

    /// As iCalendar writes it.
    pub(super) fn written(self) -> String {
        match self {
            Time::Day(day) => day.format("%Y%m%d").to_string(),
            Time::Local(moment) => moment.format("%Y%m%dT%H%M%S").to_string(),
            Time::Utc(moment) => moment.format("%Y%m%dT%H%M%SZ").to_string(),
        }
    }
}

/// A time, and the zone that is named beside it.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) time: Time,
    pub(super) zone: Option<String>,
}

impl Moment {
    /// `"…"`, or `{ date = "…", timezone = "…" }`.
    pub(super) fn of(value: &Outline) -> Option<Moment> {
        let text = value.text().or_else(|| value.text_of("date"))?;
        Some(Moment { time: Time::of(text)?, zone: value.text_of("timezone").map(str::to_owned) })
    }

    pub(super) fn later(&self, by: TimeDelta) -> Moment {
        let time = match self.time {
            Time::Day(day) => Time::Day(day.checked_add_signed(by).unwrap_or(day)),
            Time::Local(at) => Time::Local(at.checked_add_signed(by).unwrap_or(at)),
            Time::Utc(at) => Time::Utc(at.checked_add_signed(by).unwrap_or(at)),
        };
        Moment { time, zone: self.zone.clone() }
    }

    pub(super) fn say(&self, name: &str, plan: &mut Plan, line: usize) {
        let zone = self.zone.as_deref().filter(|_| matches!(self.time, Time::Local(_)));
        plan.at(name, &self.time.written(), zone, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_all_their_forms() {
        let check = |text: &str, want: &str| assert_eq!(Time::of(text).unwrap().written(), want);
        check("2026-12-03", "20261203");
        check("2026-12-03T15:00:00.00Z", "20261203T150000Z");
        check("2026-12-03T15:00:00+01:00", "20261203T140000Z");
        check("2026-12-03T15:00:00.00", "20261203T150000");
        assert_eq!(Time::of("soon"), None);
        assert_eq!(Time::of("9999-01-01"), None);
    }
}
