//! How long events and single dates are.

use super::event::Stamp;
use crate::import::Note;
use crate::model::{Local, Zone};
use crate::schedule::ZoneRules;
use chrono::{NaiveDateTime, TimeDelta};

/// What is told of an event at a time of day that does not say when it ends.
const NONE: &str = "this event has no length: the usual one was taken";
/// What is told of one that lasts too long.
const CUT: &str = "this event is longer than content can say: it was cut";

/// Whether it is told of how long something at a time of day is, which is nothing to a list of days.
pub(in crate::import) fn is_of_times(note: &Note) -> bool {
    [NONE, CUT].contains(&note.text.as_str())
}

/// What passes between start and end, where that is something.
pub(super) fn between(start: Stamp, end: Stamp, zone: Zone) -> Option<TimeDelta> {
    let passed = moment(end, start, zone) - moment(start, start, zone);
    Some(passed).filter(|passed| *passed > TimeDelta::zero())
}

/// What passes in a DURATION from the start on, where that is something: its days have as many hours as
/// the clock gives them.
pub(super) fn lasting(start: Stamp, duration: &str, zone: Zone) -> Option<TimeDelta> {
    let (days, time) = parts(duration)?;
    let local = start.local.moment().checked_add_signed(days)?;
    let day = moment(Stamp { local: Local::DateTime(local), ..start }, start, zone);
    let passed = day.checked_add_signed(time)? - moment(start, start, zone);
    Some(passed).filter(|passed| *passed > TimeDelta::zero())
}

/// That length as content can say it.
pub(super) fn allowed(
    said: TimeDelta,
    start: Stamp,
    line: usize,
    notes: &mut Vec<Note>,
) -> TimeDelta {
    let whole_days = start.local.time().is_none();
    let (least, most) = match whole_days {
        true => (TimeDelta::days(1), TimeDelta::days(31)),
        false => (TimeDelta::minutes(1), TimeDelta::days(7)),
    };
    if said > most {
        let of_days = "it is of more whole days than content can say: the first 31 were kept";
        notes.push(Note::at(line, if whole_days { of_days } else { CUT }));
    }
    TimeDelta::minutes(said.clamp(least, most).num_minutes())
}

/// The length of an event that says none.
pub(super) fn unsaid(
    usual: TimeDelta,
    start: Stamp,
    line: usize,
    notes: &mut Vec<Note>,
) -> TimeDelta {
    match start.local.time() {
        None => TimeDelta::days(1),
        Some(_) => {
            notes.push(Note::at(line, NONE));
            usual
        }
    }
}

/// Of whole days the days count, of times what passes, whatever the clock does meanwhile.
fn moment(stamp: Stamp, start: Stamp, zone: Zone) -> NaiveDateTime {
    match start.local.time() {
        None => stamp.local.moment(),
        Some(_) => {
            let rules = ZoneRules::of(stamp.zone.unwrap_or(zone));
            rules.to_utc(stamp.local.moment()).naive_utc()
        }
    }
}

/// `PT1H30M`, `P1D`, `P2W` (RFC 5545 §3.3.6): the days, which have as many hours as the clock gives them,
/// and the time.
fn parts(text: &str) -> Option<(TimeDelta, TimeDelta)> {
    let (mut days, mut time, mut number) = (0_i64, 0_i64, String::new());
    for c in text.trim().trim_start_matches('+').strip_prefix('P')?.chars() {
        let (total, seconds) = match c {
            '0'..='9' if number.len() < 6 => {
                number.push(c);
                continue;
            }
            'T' => continue,
            'W' => (&mut days, 7 * 86_400),
            'D' => (&mut days, 86_400),
            'H' => (&mut time, 3600),
            'M' => (&mut time, 60),
            'S' => (&mut time, 1),
            _ => return None,
        };
        *total += number.parse::<i64>().ok()? * seconds;
        number.clear();
    }
    TimeDelta::try_seconds(days).zip(TimeDelta::try_seconds(time))
}
