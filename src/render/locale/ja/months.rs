//! Months, and clocks that are not changed on the same day, in Japanese.

use super::super::{Clocks, Months, nth, short_shift};
use super::{WEEKDAYS, list};
use chrono::Weekday;

pub(super) const MONTHS: Months = Months {
    calendar: "カレンダー",
    others: "ほかの月",
    name: |first| first.format("%Y年%-m月").to_string(),
    week_begins: Weekday::Sun,
    weekday: |day| {
        let n = day.num_days_from_monday();
        (nth(&WEEKDAYS, n), nth(&LONG_WEEKDAYS, n))
    },
    description: |name, month| format!("{month}の{name}のミーティング一覧です。"),
    clock: |zone| format!("日付と時刻は{zone}の現地時間です。"),
    present: "今月",
    years: "ほかの年",
    all_day: "終日",
    moved: "日時変更",
    more: |n| format!("ほか{n}件"),
    nothing: "この月にミーティングはありません。",
};

/// Names, which the middle dot keeps apart better than a word.
const LONG_WEEKDAYS: [&str; 7] =
    ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"];

pub(super) const CLOCKS: Clocks = Clocks {
    at: ["米国西海岸", "米国東海岸", "UTC", "中央ヨーロッパ", "インド", "中国", "日本"],
    unusual: |places, minutes| {
        let than = if minutes < 0 { "早く" } else { "遅く" };
        let places: Vec<_> = places.iter().map(|place| (*place).to_owned()).collect();
        format!("{}ではいつもより{}{than}始まります", list(&places), how_long(minutes.abs()))
    },
    short: |minutes| short_shift(minutes, "時間", "分"),
    why: "時計を切り替える日が地域によって異なるためです。",
};

fn how_long(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, _) => format!("{minutes}分"),
        (hours, 0) => format!("{hours}時間"),
        (hours, rest) => format!("{hours}時間{rest}分"),
    }
}
