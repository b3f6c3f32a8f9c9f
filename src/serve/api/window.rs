//! From when to when meetings are asked for.

use super::problem::Problem;
use crate::model::Zone;
use crate::schedule::{AsOf, Occurrence, ZoneRules};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};

/// How far ahead meetings are looked for where no end is asked for.
const AHEAD: TimeDelta = TimeDelta::days(30);

/// How much can be asked for at once, by the clock of the community's zone: a day may have 25 hours.
const MOST: TimeDelta = TimeDelta::days(366);

/// The period that a query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Meetings that are over by then are left out; none for the present.
    from: Option<Bound>,
    /// Meetings that start later are left out; none for the present and [`AHEAD`].
    to: Option<Bound>,
}

/// A value of `from` or `to`.
///
/// A date is by each meeting's own clock, as its page has it: whole days begin at as many moments
/// as there are zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Date(NaiveDate),
    Instant(DateTime<Utc>),
}

impl Window {
    /// The window between two values, of a community in that zone.
    ///
    /// # Errors
    /// A value that is no moment, an end before the start, or more than can be asked for at once.
    pub(super) fn read(
        from: Option<&str>,
        to: Option<&str>,
        zone: Zone,
        now: DateTime<Utc>,
    ) -> Result<Window, Problem> {
        let read = |name, text: Option<&str>| {
            text.map(|text| Bound::read(text).ok_or_else(|| no_moment(name, text))).transpose()
        };
        let from = read("from", from)?;
        let to = read("to", to)?.or_else(|| Some(from?.ahead()));
        let window = Window { from, to };
        window.check(ZoneRules::of(zone), now)?;
        Ok(window)
    }

    fn check(&self, rules: &ZoneRules, now: DateTime<Utc>) -> Result<(), Problem> {
        let from = self.from.unwrap_or(Bound::Instant(now)).begins(rules);
        let to = self.to.unwrap_or(Bound::Instant(now).ahead()).ends(rules);
        // The moment after a date is no longer in it.
        let is_reversed = to < from || (to == from && matches!(self.to, Some(Bound::Date(_))));
        if is_reversed {
            let detail = match self.from {
                Some(_) => "to is before from: swap them",
                None => "to is past: ask for an earlier from too",
            };
            return Err(Problem::bad("to", detail.to_owned()));
        }
        if to - from > MOST {
            let detail = format!("to is more than {} days after from: ask twice", MOST.num_days());
            return Err(Problem::bad("to", detail));
        }
        Ok(())
    }

    /// A moment before which no meeting of the window ends.
    pub(super) fn start(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self.from {
            // Zones are less than a day apart from UTC.
            Some(Bound::Date(date)) => midnight(date).and_utc() - TimeDelta::days(1),
            Some(Bound::Instant(instant)) => instant,
            None => now,
        }
    }

    /// Whether any meeting that starts when this one does, or later, can be in the window.
    pub(super) fn goes_on(&self, o: &Occurrence<'_>, as_of: &AsOf) -> bool {
        match self.to {
            Some(Bound::Date(date)) => o.utc_start < midnight(date).and_utc() + TimeDelta::days(2),
            Some(Bound::Instant(instant)) => o.utc_start < instant,
            None => as_of.reached(o.utc_start - AHEAD),
        }
    }

    /// Whether a meeting until which it goes on is in the window.
    pub(super) fn has(&self, o: &Occurrence<'_>, as_of: &AsOf) -> bool {
        // A meeting without a length is in the window that begins with it.
        let is_past = match self.from {
            Some(Bound::Date(date)) => {
                o.end.moment() <= midnight(date) && o.start.moment() < midnight(date)
            }
            Some(Bound::Instant(instant)) => o.utc_end <= instant && o.utc_start < instant,
            None => as_of.reached(o.utc_end),
        };
        let has_begun = match self.to {
            Some(Bound::Date(date)) => o.start.date() <= date,
            Some(Bound::Instant(_)) | None => true,
        };
        has_begun && !is_past
    }

    /// The values of `from` and `to` in their canonical form, empty where there is none.
    pub(super) fn written(&self) -> (String, String) {
        let written = |bound: Option<Bound>| bound.map_or(String::new(), Bound::written);
        (written(self.from), written(self.to))
    }
}

impl Bound {
    fn read(text: &str) -> Option<Bound> {
        let instant = |text: &str| Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc());
        let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if let Some(date) = date().filter(|date| text.len() == 10 && date.to_string() == text) {
            return Some(Bound::Date(date));
        }
        // Many clients leave the plus of an offset as it is, which in a query is a space.
        let instant = instant(text).or_else(|| {
            let (time, offset) = text.rsplit_once(' ')?;
            instant(&format!("{time}+{offset}"))
        });
        instant.map(Bound::Instant)
    }

    /// The end of the window that begins with it.
    fn ahead(self) -> Bound {
        match self {
            // A date is within.
            Bound::Date(date) => Bound::Date(date + AHEAD - TimeDelta::days(1)),
            Bound::Instant(instant) => Bound::Instant(instant + AHEAD),
        }
    }

    /// Its first moment by a clock.
    fn begins(self, rules: &ZoneRules) -> NaiveDateTime {
        match self {
            Bound::Date(date) => midnight(date),
            Bound::Instant(instant) => rules.to_local(instant),
        }
    }

    /// The moment after it by a clock.
    fn ends(self, rules: &ZoneRules) -> NaiveDateTime {
        match self {
            Bound::Date(date) => midnight(date) + TimeDelta::days(1),
            Bound::Instant(instant) => rules.to_local(instant),
        }
    }

    fn written(self) -> String {
        match self {
            Bound::Date(date) => date.to_string(),
            Bound::Instant(instant) => instant.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

fn no_moment(name: &'static str, text: &str) -> Problem {
    let help = "write a date such as 2026-11-24 or an instant such as 2026-11-24T18:00:00Z";
    Problem::not_understood(name, text, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: [&str; 2], want: Result<[&str; 2], &str>) {
        let [from, to] = query.map(|text| (!text.is_empty()).then_some(text));
        let zone = Zone::new("America/Los_Angeles").unwrap();
        let got = Window::read(from, to, zone, "2026-11-24T18:00:00Z".parse().unwrap());
        let got = got.map(|window| <[String; 2]>::from(window.written()));
        let got = got.map_err(|problem| serde_json::to_value(&problem).unwrap());
        let got = got.map_err(|problem| problem["detail"].as_str().unwrap().to_owned());
        assert_eq!(got, want.map(|w| w.map(str::to_owned)).map_err(str::to_owned), "{query:?}");
    }

    #[test]
    fn what_is_not_said_is_the_present_and_thirty_days() {
        check(["", ""], Ok(["", ""]));
        check(["", "2026-11-24"], Ok(["", "2026-11-24"]));
        check(["2026-01-01", ""], Ok(["2026-01-01", "2026-01-30"]));
        let instants = ["2026-01-01T10:00:00Z", "2026-01-31T10:00:00Z"];
        check([instants[0], ""], Ok(instants));
    }

    #[test]
    fn an_instant_has_any_offset_also_where_its_plus_became_a_space() {
        let to = "2026-11-27t00:00:00.5z";
        let want = ["2026-11-26T04:30:00Z", "2026-11-27T00:00:00.500Z"];
        check(["2026-11-26T10:00:00+05:30", to], Ok(want));
        check(["2026-11-26T10:00:00 05:30", to], Ok(want));
    }

    #[test]
    fn a_leap_year_can_be_asked_for_whatever_the_clock_does() {
        for most in [["2027-11-06", "2028-11-05"], ["2027-11-06T07:00:00Z", "2028-11-05"]] {
            check(most, Ok(most));
        }
        let refused = "to is more than 366 days after from: ask twice";
        check(["2027-11-06", "2028-11-06"], Err(refused));
        check(["2027-11-06T06:59:59Z", "2028-11-05"], Err(refused));
        check(["", "2028-01-01"], Err(refused));
        check(["0000-01-01", "9999-12-31"], Err(refused));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        check(["2026-11-26", "2026-11-24"], Err("to is before from: swap them"));
        check(["", "2026-11-23"], Err("to is past: ask for an earlier from too"));
        for text in ["tomorrow", "2026-11-31", "2026-1-1", "+2026-11-2", "2026-11-24T18:00"] {
            let help = "write a date such as 2026-11-24 or an instant such as 2026-11-24T18:00:00Z";
            check([text, ""], Err(&format!("from={text} is not understood: {help}")));
        }
    }
}
