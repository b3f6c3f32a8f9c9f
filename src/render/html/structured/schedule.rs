//! Slots as schedules.

use crate::model::{
    Change, Exception, MonthDay, NthWeekday, Rule, Slot, english_name, two_letters,
};
use chrono::Weekday;
use serde::Serialize;

/// schema.org/Schedule.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Schedule {
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_timezone: Option<&'static str>,
    duration: String,
    #[serde(flatten)]
    days: Days,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    except_date: Vec<String>,
}

/// On which days of which periods.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Days {
    repeat_frequency: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_day: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_month: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_month_day: Vec<u32>,
}

/// The slot, where a schedule can say its rule exactly.
pub(super) fn schedule(slot: &Slot) -> Option<Schedule> {
    let is_off = |exception: &Exception| {
        matches!(
            exception.change.as_deref(),
            Some(Change::Cancelled { restored: None, .. } | Change::Moved { restored: None, .. })
        )
    };
    let off = slot.exceptions.iter().filter(|(_, exception)| is_off(exception));
    Some(Schedule {
        start_date: slot.from.to_string(),
        end_date: slot.until.map(|until| until.to_string()),
        start_time: slot.at.map(|at| at.format("%H:%M:%S").to_string()),
        schedule_timezone: slot.at.map(|_| slot.zone.name()),
        duration: match slot.at {
            Some(_) => format!("PT{}M", slot.lasts.num_minutes()),
            None => format!("P{}D", slot.lasts.num_days()),
        },
        days: days(&slot.rule)?,
        except_date: off.map(|(id, _)| id.date().to_string()).collect(),
    })
}

fn days(rule: &Rule) -> Option<Days> {
    match rule {
        // On which day weeks begin cannot be said: which Sunday belongs to a Monday.
        Rule::Weekly { interval: 2.., weekdays } if weekdays.len() > 1 => None,
        Rule::Weekly { interval, weekdays } => Some(Days {
            repeat_frequency: format!("P{interval}W"),
            by_day: weekdays.iter().map(|day| day_of_week(*day)).collect(),
            ..Days::default()
        }),
        Rule::Monthly { interval, day } => Some(within_month(format!("P{interval}M"), day)),
        Rule::Yearly { interval, month, day } => {
            Some(Days { by_month: Some(*month), ..within_month(format!("P{interval}Y"), day) })
        }
        Rule::Custom(_) => None,
    }
}

fn within_month(repeat_frequency: String, day: &MonthDay) -> Days {
    match day {
        MonthDay::Numbers(numbers) => {
            Days { repeat_frequency, by_month_day: numbers.clone(), ..Days::default() }
        }
        MonthDay::Weekdays(weekdays) => {
            let by_day = weekdays.iter().map(|day| nth(*day)).collect();
            Days { repeat_frequency, by_day, ..Days::default() }
        }
    }
}

/// `1WE`, as BYDAY has it: schema.org takes that for what its days of the week cannot say.
fn nth(day: NthWeekday) -> String {
    format!("{}{}", day.nth, two_letters(day.weekday()))
}

fn day_of_week(day: Weekday) -> String {
    format!("https://schema.org/{}", english_name(day))
}
