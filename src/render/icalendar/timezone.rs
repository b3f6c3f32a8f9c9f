//! VTIMEZONE, made from the tz data (RFC 5545 §3.6.5).
//!
//! Yearly rules wherever the zone's are of that form, since Outlook reads no other; a single
//! observance for each change that is not. Some clients believe the TZID and some the block, so both
//! must agree.

use super::component::{Form, Recur, Until, Value};
use super::recur::weekday;
use crate::model::Zone;
use crate::schedule::{Offset, Onset, ZoneRules};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

/// Changes before this are never needed by a meeting.
const FIRST_YEAR: i32 = 1970;
/// A rule that holds to this year is taken to hold for good, as the tz data does.
const LAST_YEAR: i32 = 2037;

/// One STANDARD or DAYLIGHT: a change that happens once or on the same day of several years.
#[derive(Debug)]
struct Observance {
    first: Onset,
    last: Onset,
    /// Which of its weekday in the month the change may be: 1 to 5, or -1; never empty.
    nths: Vec<i8>,
}

/// Writes the zone's block, right for every moment from `first_event` on.
pub(super) fn write(form: &mut impl Form, zone: Zone, first_event: DateTime<Utc>) {
    let rules = ZoneRules::of(zone);
    form.begin("VTIMEZONE");
    form.plain("TZID", Value::Text(zone.name()));
    let observances = observances(&rules, first_event);
    if !observances.iter().any(|observance| observance.first.at <= first_event) {
        write_initial(form, &rules.offset(start_of(FIRST_YEAR)));
    }
    for observance in observances {
        write_observance(form, &observance);
    }
    form.end("VTIMEZONE");
}

/// The changes that matter from `first_event` on, in order, those of one yearly rule together.
fn observances(rules: &ZoneRules, first_event: DateTime<Utc>) -> Vec<Observance> {
    let onsets = rules.onsets(start_of(FIRST_YEAR), start_of(LAST_YEAR + 1));
    let in_force = onsets.iter().rev().find(|onset| onset.at <= first_event).map(|onset| onset.at);
    let mut observances: Vec<Observance> = Vec::new();
    for onset in onsets {
        match observances.iter_mut().rev().find_map(|observance| observance.extended_by(&onset)) {
            Some(()) => {}
            None => observances.push(Observance::starting(onset)),
        }
    }
    observances.retain(|observance| in_force.is_none_or(|in_force| observance.last.at >= in_force));
    observances
}

impl Observance {
    fn starting(onset: Onset) -> Observance {
        Observance { nths: nths(onset.local.date()), last: onset.clone(), first: onset }
    }

    /// Takes in the same change a year later; none where it is another change or another day.
    fn extended_by(&mut self, onset: &Onset) -> Option<()> {
        let key = |onset: &Onset| {
            (onset.local.month(), onset.local.weekday(), onset.local.time(), onset.from_seconds)
        };
        let same = key(&self.last) == key(onset) && self.last.to == onset.to;
        let nths = nths(onset.local.date());
        let common: Vec<i8> = self.nths.iter().copied().filter(|nth| nths.contains(nth)).collect();
        if !same || self.last.local.year() + 1 != onset.local.year() || common.is_empty() {
            return None;
        }
        self.nths = common;
        self.last = onset.clone();
        Some(())
    }

    fn rrule(&self) -> Option<Recur> {
        let years = self.last.local.year() - self.first.local.year();
        let nth = self.nths.last()?;
        let (month, day): (u32, Weekday) = (self.first.local.month(), self.first.local.weekday());
        let parts = format!("FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{}", weekday(day));
        let ends = self.last.local.year() < LAST_YEAR;
        let until = ends.then_some(Until::Instant(self.last.at));
        (years > 0).then_some(Recur { parts, until })
    }
}

/// Which of its weekday a day of the month is: first to fifth, and -1 if the last.
fn nths(date: NaiveDate) -> Vec<i8> {
    let nth = (date.day0() / 7 + 1) as i8;
    let is_last = date
        .checked_add_signed(TimeDelta::weeks(1))
        .is_none_or(|next| next.month() != date.month());
    if is_last { vec![nth, -1] } else { vec![nth] }
}

fn write_observance(form: &mut impl Form, observance: &Observance) {
    let Onset { local, from_seconds, to, .. } = &observance.first;
    write_block(form, to, *from_seconds, *local, observance.rrule());
}

/// What holds before the first change, for zones that have none or whose first is after the event.
fn write_initial(form: &mut impl Form, offset: &Offset) {
    write_block(form, offset, offset.seconds, start_of(FIRST_YEAR).naive_utc(), None);
}

fn write_block(
    form: &mut impl Form,
    to: &Offset,
    from_seconds: i32,
    start: NaiveDateTime,
    rrule: Option<Recur>,
) {
    let name = if to.is_daylight { "DAYLIGHT" } else { "STANDARD" };
    form.begin(name);
    form.plain("DTSTART", Value::Floating(start));
    if let Some(rrule) = rrule {
        form.plain("RRULE", Value::Recur(&rrule));
    }
    form.plain("TZOFFSETFROM", Value::UtcOffset(from_seconds));
    form.plain("TZOFFSETTO", Value::UtcOffset(to.seconds));
    form.plain("TZNAME", Value::Text(&to.abbreviation));
    form.end(name);
}

fn start_of(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::super::ics::ContentLines;
    use super::*;

    /// A reader of VTIMEZONE that knows nothing of how it was written.
    struct Block {
        /// Local onset, offset before, offset after, name.
        onsets: Vec<(NaiveDateTime, i32, i32, String)>,
    }

    impl Block {
        fn read(text: &str) -> Block {
            let mut onsets = Vec::new();
            for part in text
                .split("BEGIN:")
                .filter(|p| p.starts_with("STANDARD") || p.starts_with("DAYLIGHT"))
            {
                let value = |name: &str| {
                    part.lines()
                        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                        .map(str::to_owned)
                };
                let seconds = |name: &str| {
                    let text = value(name).unwrap();
                    let hhmm: i32 = text[1..].parse().unwrap();
                    (hhmm / 100 * 3600 + hhmm % 100 * 60)
                        * if text.starts_with('-') { -1 } else { 1 }
                };
                let first =
                    NaiveDateTime::parse_from_str(&value("DTSTART").unwrap(), "%Y%m%dT%H%M%S")
                        .unwrap();
                let (from, to) = (seconds("TZOFFSETFROM"), seconds("TZOFFSETTO"));
                for onset in dates_of(first, from, value("RRULE").as_deref()) {
                    onsets.push((onset, from, to, value("TZNAME").unwrap()));
                }
            }
            onsets.sort();
            Block { onsets }
        }

        fn offset_at(&self, instant: DateTime<Utc>) -> (i32, &str) {
            let begun = |(local, from, _, _): &&(NaiveDateTime, i32, i32, String)| {
                (*local - TimeDelta::seconds((*from).into())).and_utc() <= instant
            };
            let (_, _, to, name) = self.onsets.iter().rfind(begun).unwrap();
            (*to, name)
        }
    }

    fn dates_of(first: NaiveDateTime, from: i32, rrule: Option<&str>) -> Vec<NaiveDateTime> {
        let Some(rrule) = rrule else { return vec![first] };
        let part =
            |name: &str| rrule.split(';').find_map(|p| p.strip_prefix(name)).map(str::to_owned);
        let nth: i8 =
            part("BYDAY=").unwrap().trim_end_matches(char::is_alphabetic).parse().unwrap();
        let until =
            part("UNTIL=").map(|t| NaiveDateTime::parse_from_str(&t, "%Y%m%dT%H%M%SZ").unwrap());
        let of_year = |year| {
            let month = first.date().with_day(1).unwrap().with_year(year).unwrap();
            let days = month.iter_days().take_while(|d| d.month() == month.month());
            let days: Vec<_> = days.filter(|d| d.weekday() == first.weekday()).collect();
            let index = if nth < 0 { days.len() - 1 } else { nth as usize - 1 };
            days[index].and_time(first.time())
        };
        let all = (first.year()..=2060).map(of_year);
        all.filter(|d| until.is_none_or(|u| *d - TimeDelta::seconds(from.into()) <= u)).collect()
    }

    fn block_of(zone: Zone, first_event: DateTime<Utc>) -> String {
        let mut lines = ContentLines::default();
        write(&mut lines, zone, first_event);
        lines.finish()
    }

    /// Every zone there is, from 2015 to 2037, twice a week and around each change.
    #[test]
    fn every_block_agrees_with_the_tz_data() {
        for zone in
            Zone::names().filter_map(Zone::new).filter(|zone| crate::schedule::is_known(*zone))
        {
            let (start, end) = (start_of(2015), start_of(2038));
            let block = Block::read(&block_of(zone, start));
            let rules = ZoneRules::of(zone);
            let mut moments: Vec<_> =
                (0..2 * 23 * 52).map(|n| start + TimeDelta::hours(n * 84)).collect();
            for onset in rules.onsets(start, end) {
                moments.extend([onset.at - TimeDelta::seconds(1), onset.at]);
            }
            for moment in moments.into_iter().filter(|m| *m < end) {
                let want = rules.offset(moment);
                let got = block.offset_at(moment);
                assert_eq!(got, (want.seconds, want.abbreviation.as_str()), "{zone} at {moment}");
            }
        }
    }

    #[test]
    fn present_rules_are_one_standard_and_one_daylight() {
        for name in [
            "America/Los_Angeles",
            "America/New_York",
            "Europe/London",
            "Europe/Paris",
            "Australia/Sydney",
        ] {
            let block = block_of(Zone::new(name).unwrap(), start_of(2015));
            assert_eq!(block.matches("BEGIN:STANDARD").count(), 1, "{block}");
            assert_eq!(block.matches("BEGIN:DAYLIGHT").count(), 1, "{block}");
            assert!(!block.contains("UNTIL"), "{block}");
        }
    }

    #[test]
    fn pacific_time_is_as_everybody_writes_it() {
        let block = block_of(Zone::new("America/Los_Angeles").unwrap(), start_of(2015));
        let want = "BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles\r\nBEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\n\
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nTZOFFSETFROM:-0800\r\nTZOFFSETTO:-0700\r\nTZNAME:PDT\r\n\
            END:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n\
            TZOFFSETFROM:-0700\r\nTZOFFSETTO:-0800\r\nTZNAME:PST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
        assert_eq!(block, want);
    }
}
