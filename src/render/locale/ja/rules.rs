//! When a series meets, in Japanese.

use super::super::Rules;
use super::{list, weekday};
use crate::model::{MonthDay, NthWeekday, Rule};
use chrono::Weekday;

pub(super) const RULES: Rules = Rules {
    days: rule,
    at: |days, clock, zone| format!("{days} {clock}（{zone}）"),
    all_day: |days| format!("{days}（終日）"),
    zones: &[
        ("America/Los_Angeles", "米国太平洋時間"),
        ("America/Denver", "米国山地時間"),
        ("America/Chicago", "米国中部時間"),
        ("America/New_York", "米国東部時間"),
        ("Europe/London", "英国時間"),
        ("Europe/Amsterdam", "中央ヨーロッパ時間"),
        ("Europe/Berlin", "中央ヨーロッパ時間"),
        ("Europe/Paris", "中央ヨーロッパ時間"),
        ("Europe/Prague", "中央ヨーロッパ時間"),
        ("Asia/Kolkata", "インド時間"),
        ("Asia/Shanghai", "中国時間"),
        ("Asia/Tokyo", "日本時間"),
    ],
    since: |rule, from| format!("{rule}、{from}から"),
    starting: |rule, from| format!("{rule}、{from}から"),
    until: |rule, until| format!("{rule}{until}まで"),
};

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Weekly { interval: 1, weekdays } if weekdays.len() == 7 => "毎日".to_owned(),
        Rule::Weekly { interval, weekdays } => {
            format!("{}{}", weeks(*interval), weekdays_of(weekdays))
        }
        Rule::Monthly { interval, day } => format!("{}{}", months(*interval), days(day)),
        Rule::Yearly { interval, month, day } => {
            format!("{}{month}月{}", years(*interval), days(day))
        }
        Rule::Custom(rule) => format!("規則 {} による日程", rule.as_str()),
    }
}

fn weeks(interval: u32) -> String {
    match interval {
        1 => "毎週".to_owned(),
        2 => "隔週".to_owned(),
        n => format!("{n}週間ごとの"),
    }
}

fn months(interval: u32) -> String {
    match interval {
        1 => "毎月".to_owned(),
        2 => "隔月の".to_owned(),
        n => format!("{n}か月ごとの"),
    }
}

fn years(interval: u32) -> String {
    match interval {
        1 => "毎年".to_owned(),
        2 => "隔年の".to_owned(),
        n => format!("{n}年ごとの"),
    }
}

/// `月曜日・木曜日`, or every day of the week.
fn weekdays_of(weekdays: &[Weekday]) -> String {
    if weekdays.len() == 7 {
        return "全曜日".to_owned();
    }
    let days: Vec<_> = weekdays.iter().map(|day| format!("{}曜日", weekday(*day))).collect();
    list(&days)
}

fn days(day: &MonthDay) -> String {
    match day {
        MonthDay::Numbers(numbers) => {
            list(&numbers.iter().map(|n| format!("{n}日")).collect::<Vec<_>>())
        }
        MonthDay::Weekdays(weekdays) => {
            let same_day = weekdays.chunk_by(|a, b| a.weekday() == b.weekday());
            list(&same_day.map(nth_weekdays).collect::<Vec<_>>())
        }
    }
}

/// `第1・第3火曜日`, of the same weekday.
fn nth_weekdays(days: &[NthWeekday]) -> String {
    let ordinal = |day: &NthWeekday| match day.nth {
        nth @ 1..=5 => format!("第{nth}"),
        _ => "最終".to_owned(),
    };
    let all: Vec<_> = days.iter().map(ordinal).collect();
    let weekday = days.first().map_or("", |day| weekday(day.weekday()));
    format!("{}{weekday}曜日", list(&all))
}
