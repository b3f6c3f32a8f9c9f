//! VTIMEZONE (RFC 5545 §3.6.5).
//!
//! Some clients believe the TZID and some the block, so both must agree with the tz data.

use super::component::{Form, RecurText, Until, Value};
use super::observances::{Observance, Yearly, observances};
use crate::model::{Zone, two_letters};
use chrono::{DateTime, TimeDelta, Utc};

/// Writes the zone's block, right for every moment from `first_event` on.
pub(super) fn write(form: &mut impl Form, zone: Zone, first_event: DateTime<Utc>) {
    form.begin("VTIMEZONE");
    form.plain("TZID", Value::Text(zone.tzid()));
    for observance in observances(zone, first_event) {
        write_observance(form, &observance);
    }
    form.end("VTIMEZONE");
}

fn write_observance(form: &mut impl Form, observance: &Observance) {
    let Observance { start, from_seconds, to, rule } = observance;
    let name = if to.is_daylight { "DAYLIGHT" } else { "STANDARD" };
    form.begin(name);
    form.plain("DTSTART", Value::Floating(*start));
    if let Some(rule) = rule {
        form.plain("RRULE", Value::Recur(&recur(rule)));
    }
    form.plain("TZOFFSETFROM", Value::UtcOffset(*from_seconds));
    form.plain("TZOFFSETTO", Value::UtcOffset(to.seconds));
    form.plain("TZNAME", Value::Text(&to.abbreviation));
    form.end(name);
}

/// UNTIL is in UTC, although DTSTART is local (RFC 5545 §3.3.10), and a day after the last onset:
/// dateutil, and with it vobject, takes it for local time.
fn recur(Yearly { month, day, until }: &Yearly) -> RecurText {
    let day = format!("{}{}", day.nth, two_letters(day.weekday()));
    let parts = format!("FREQ=YEARLY;BYMONTH={month};BYDAY={day}");
    RecurText { parts, until: until.map(|last| Until::Instant(last + TimeDelta::days(1))) }
}

#[cfg(test)]
mod tests {
    use super::super::ics::ContentLines;
    use super::*;
    use crate::schedule::{ZoneRules, is_known};
    use chrono::{Datelike, NaiveDateTime, TimeDelta, Weekday};

    /// A reader of VTIMEZONE that knows nothing of how it was written.
    struct Block {
        tzid: String,
        onsets: Vec<Read>,
    }

    /// One onset as it was read, and whether it is of a rule.
    struct Read {
        at: DateTime<Utc>,
        to: i32,
        name: String,
        is_daylight: bool,
    }

    impl Block {
        fn read(text: &str) -> Block {
            let mut onsets = Vec::new();
            for part in text.split("BEGIN:").filter(|p| !p.starts_with("VTIMEZONE")).skip(1) {
                let value = |name: &str| {
                    let mut lines = part.lines();
                    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                };
                let (from, to) = (
                    seconds(value("TZOFFSETFROM").unwrap()),
                    seconds(value("TZOFFSETTO").unwrap()),
                );
                let format = "%Y%m%dT%H%M%S";
                let first =
                    NaiveDateTime::parse_from_str(value("DTSTART").unwrap(), format).unwrap();
                for local in dates_of(first, from, value("RRULE")) {
                    let at = (local - TimeDelta::seconds(from.into())).and_utc();
                    let name = value("TZNAME").unwrap().to_owned();
                    let is_daylight = part.starts_with("DAYLIGHT");
                    onsets.push(Read { at, to, name, is_daylight });
                }
            }
            onsets.sort_by_key(|onset| onset.at);
            let tzid = text.lines().find_map(|line| line.strip_prefix("TZID:")).unwrap();
            Block { tzid: tzid.to_owned(), onsets }
        }

        /// What the block says of that moment; it has to say something of each.
        fn at(&self, moment: DateTime<Utc>) -> &Read {
            &self.onsets[self.onsets.partition_point(|onset| onset.at <= moment) - 1]
        }
    }

    fn seconds(offset: &str) -> i32 {
        assert_eq!(offset.len(), 5, "{offset} has seconds");
        let hhmm: i32 = offset[1..].parse().unwrap();
        (hhmm / 100 * 3600 + hhmm % 100 * 60) * if offset.starts_with('-') { -1 } else { 1 }
    }

    /// The onsets of an observance to 2099; its start has to be the first.
    fn dates_of(first: NaiveDateTime, from: i32, rrule: Option<&str>) -> Vec<NaiveDateTime> {
        let Some(rrule) = rrule else { return vec![first] };
        let part = |name: &str| rrule.split(';').find_map(|part| part.strip_prefix(name));
        let month: u32 = part("BYMONTH=").unwrap().parse().unwrap();
        let (nth, weekday) = part("BYDAY=").unwrap().split_at(part("BYDAY=").unwrap().len() - 2);
        let (nth, weekday): (i8, Weekday) = (nth.parse().unwrap(), weekday_of(weekday));
        let until =
            part("UNTIL=").map(|t| NaiveDateTime::parse_from_str(t, "%Y%m%dT%H%M%SZ").unwrap());
        let of_year = |year| {
            let start = first.date().with_day(1).unwrap().with_month(month).unwrap();
            let start = start.with_year(year).unwrap();
            let days = start.iter_days().take_while(|day| day.month() == month);
            let days: Vec<_> = days.filter(|day| day.weekday() == weekday).collect();
            let index = if nth < 0 { days.len() - 1 } else { nth as usize - 1 };
            days[index].and_time(first.time())
        };
        let mut dates: Vec<_> = (first.year()..=2099).map(of_year).collect();
        assert_eq!(dates[0], first, "DTSTART is no date of {rrule}");
        if let Some(until) = until {
            dates.retain(|date| *date - TimeDelta::seconds(from.into()) <= until);
            let last = *dates.last().unwrap() - TimeDelta::seconds(from.into());
            assert_eq!(last + TimeDelta::days(1), until, "UNTIL is no onset of {rrule}");
        }
        dates
    }

    fn weekday_of(name: &str) -> Weekday {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let index = names.iter().position(|n| *n == name).unwrap();
        Weekday::try_from(index as u8).unwrap()
    }

    fn text_of(zone: Zone, first_event: DateTime<Utc>) -> String {
        let mut lines = ContentLines::default();
        write(&mut lines, zone, first_event);
        lines.finish()
    }

    fn text(name: &str, first_event: &str) -> String {
        text_of(
            Zone::new(name).unwrap(),
            first_event
                .parse::<chrono::NaiveDate>()
                .unwrap()
                .and_time(Default::default())
                .and_utc(),
        )
    }

    fn year(year: i32) -> DateTime<Utc> {
        chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_time(Default::default()).and_utc()
    }

    fn zones() -> impl Iterator<Item = Zone> {
        Zone::names().filter_map(Zone::new).filter(|zone| is_known(*zone))
    }

    /// Panics where block and tz data differ at a moment.
    fn compare(block: &Block, rules: &ZoneRules, moment: DateTime<Utc>) {
        let (want, got) = (rules.offset(moment), block.at(moment));
        let (tzid, want) = (&block.tzid, (want.seconds, want.abbreviation.as_str()));
        assert_eq!((got.to, got.name.as_str()), want, "{tzid} at {moment}");
    }

    fn around(rules: &ZoneRules, start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let second = TimeDelta::seconds(1);
        let onsets = rules.onsets(start, end).into_iter();
        onsets.flat_map(|onset| [onset.at - second, onset.at, onset.at + second]).collect()
    }

    /// Liberia was 44 minutes and 30 seconds behind UTC until 1972.
    #[test]
    fn seconds_of_an_offset_are_left_off() {
        for zone in zones() {
            let (block, rules) = (Block::read(&text_of(zone, year(1970))), ZoneRules::of(zone));
            for moment in (1..150).map(|week| year(1970) + TimeDelta::weeks(week)) {
                let want = rules.offset(moment).seconds / 60 * 60;
                assert_eq!(block.at(moment).to, want, "{zone} at {moment}");
            }
        }
        assert!(text("Africa/Monrovia", "1970-06-01").contains("TZOFFSETTO:-0044\r\n"));
    }

    /// A rule that goes on has to hold to 2099.
    #[test]
    fn a_rule_without_end_holds_for_good() {
        for zone in zones() {
            let text = text_of(zone, year(2029));
            if text.contains("RRULE") {
                assert!(!text.contains("UNTIL"), "{text}");
                let (block, rules) = (Block::read(&text), ZoneRules::of(zone));
                for moment in around(rules, year(2029), year(2100)) {
                    compare(&block, rules, moment);
                }
            }
        }
    }

    /// Every zone there is, from each first event to 2037: at the event and around each change; from
    /// 2015 twice a week too.
    #[test]
    fn every_block_agrees_with_the_tz_data() {
        let end = year(2038);
        for zone in zones() {
            let rules = ZoneRules::of(zone);
            for first_year in [1975, 1990, 2005, 2015, 2026, 2030, 2036] {
                let start = year(first_year);
                let block = Block::read(&text_of(zone, start));
                assert_eq!(block.tzid, zone.tzid());
                let mut moments = around(rules, start, end);
                moments.push(start);
                if first_year == 2015 {
                    moments.extend((0..2 * 23 * 52).map(|n| start + TimeDelta::hours(n * 84)));
                }
                for moment in moments.into_iter().filter(|moment| (start..end).contains(moment)) {
                    compare(&block, rules, moment);
                }
            }
        }
    }

    /// Some tz data calls Ireland's winter time daylight saving, with the smaller offset; no client
    /// expects that.
    #[test]
    fn daylight_is_ahead_of_standard() {
        for zone in zones() {
            let block = Block::read(&text_of(zone, year(1990)));
            for pair in block.onsets.windows(2).filter(|pair| pair[0].to != pair[1].to) {
                let [one, two] = pair else { unreachable!() };
                if one.is_daylight != two.is_daylight {
                    assert_eq!(two.is_daylight, two.to > one.to, "{zone} at {}", two.at);
                }
            }
        }
    }

    #[test]
    fn pacific_time_is_as_everybody_writes_it() {
        let want = "BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles\r\nBEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\n\
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nTZOFFSETFROM:-0800\r\nTZOFFSETTO:-0700\r\nTZNAME:PDT\r\n\
            END:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n\
            TZOFFSETFROM:-0700\r\nTZOFFSETTO:-0800\r\nTZNAME:PST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
        assert_eq!(text("America/Los_Angeles", "2007-03-12"), want);
        assert_eq!(text("America/Los_Angeles", "2015-01-01"), want);
        assert_eq!(text("America/Los_Angeles", "2190-07-01"), want);
    }
}
