//! From RRULE to the rule of a slot, and its last day.

use super::event::Stamp;
use super::series::Maker;
use crate::import::draft::DraftSlot;
use crate::import::written::model;
use crate::model::{CustomRule, Local, Zone};
use crate::schedule::{custom_rule, dates};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// The most dates that one rule is counted through: those of a day for more than fifty years.
const MOST_OF_ONE: usize = 20_000;

impl Maker<'_> {
    /// The slot by that rule: COUNT and UNTIL become its last day.
    ///
    /// # Errors
    /// Why content cannot have the rule.
    pub(super) fn ruled(
        &mut self,
        single: &DraftSlot,
        text: &str,
        line: usize,
    ) -> Result<DraftSlot, String> {
        let (mut kept, mut count, mut until) = (Vec::new(), None, None);
        for part in text.trim().trim_end_matches(';').split(';') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name.trim().to_ascii_uppercase().as_str() {
                "COUNT" => count = value.trim().parse::<usize>().ok(),
                "UNTIL" => until = Some(last_day(value.trim(), single).ok_or("UNTIL is no time")?),
                "BYHOUR" | "BYMINUTE" | "BYSECOND" if says_start(name, value, single) => {}
                _ if name.to_ascii_uppercase().starts_with("X-") => {}
                _ => kept.push(part.trim().to_owned()),
            }
        }
        let rule: CustomRule =
            custom_rule(&kept.join(";")).map_err(|why| format!("{why}; {}", why.help()))?;
        let slot = DraftSlot { rule: Some(rule), until, ..single.clone() };
        self.ended(slot, count, line).ok_or_else(|| "it gives no date".to_owned())
    }

    /// The slot from its first date to its last, where COUNT or UNTIL say that there is one.
    fn ended(&mut self, slot: DraftSlot, count: Option<usize>, line: usize) -> Option<DraftSlot> {
        let mut all = model(&slot).map(|slot| dates(&slot, slot.from))?;
        let from = all.next()?;
        if count.is_none() && slot.until.is_none() {
            return Some(DraftSlot { from, ..slot });
        }
        let wanted = count.unwrap_or(usize::MAX).max(1);
        let most = wanted.min(MOST_OF_ONE).min(self.countable);
        let later = all.by_ref().take(most.saturating_sub(1));
        let (counted, last) = later.fold((1, from), |(n, _), date| (n + 1, date));
        self.countable = self.countable.saturating_sub(counted);
        let is_cut = counted < wanted && all.next().is_some();
        if is_cut && count.is_some() {
            self.note(line, format!("COUNT was cut to {counted}"));
        }
        let until = if is_cut && count.is_none() { slot.until } else { Some(last) };
        Some(DraftSlot { from, until, ..slot })
    }
}

/// The last day that can have a meeting by UNTIL.
fn last_day(text: &str, slot: &DraftSlot) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        return Some(day.min(latest()));
    }
    let zone = if text.ends_with(['Z', 'z']) { Some(Zone::UTC) } else { Some(slot.zone) };
    let moment =
        NaiveDateTime::parse_from_str(text.trim_end_matches(['Z', 'z']), "%Y%m%dT%H%M%S").ok()?;
    let moment = moment.min(latest().and_time(Default::default()));
    let local = Stamp { local: Local::DateTime(moment), zone }.within(slot.zone);
    match (slot.at, local.time()) {
        (Some(at), Some(time)) if time < at => local.date().pred_opt(),
        _ => Some(local.date()),
    }
}

/// After it content has no dates.
fn latest() -> NaiveDate {
    NaiveDate::from_ymd_opt(2198, 12, 31).unwrap_or_default()
}

/// Whether a part about the time of day says what DTSTART says.
fn says_start(name: &str, value: &str, slot: &DraftSlot) -> bool {
    let number = value.trim().parse::<u32>().ok();
    let of = |own: fn(&NaiveTime) -> u32| slot.at.map(|at| own(&at));
    match name.to_ascii_uppercase().as_str() {
        "BYHOUR" => number.is_some() && number == of(|at| at.hour()),
        "BYMINUTE" => number.is_some() && number == of(|at| at.minute()),
        _ => number == Some(0),
    }
}
