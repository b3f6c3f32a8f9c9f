//! Japanese. What has become of a meeting stands first in its title, in lenticular brackets, as in
//! mail.

use super::{
    Badge, Clocks, Dates, Embeds, Feeds, Formats, Frame, History, Home, Lists, Locale, Meeting,
    Months, News, OccurrencePage, Reminders, Rules, SeriesPage, archive, nth, short_shift,
    subscribe,
};
use crate::model::{MonthDay, NthWeekday, Rule};
use chrono::{Datelike, NaiveDate, Weekday};
use maud::html;

pub(super) const JA: Locale = Locale {
    tag: "ja",
    dates: Dates {
        day: |date| format!("{}{}", plain_day(date), weekday_in_brackets(date)),
        short_day: |date| format!("{}{}", date.format("%Y/%-m/%-d"), weekday_in_brackets(date)),
        plain_day,
        day_of_year,
        short_day_of_year: |date| {
            format!("{}{}", date.format("%-m/%-d"), weekday_in_brackets(date))
        },
        year: |year| format!("{year}年"),
        clock: |time| time.format("%H:%M").to_string(),
        clock_of_day: |moment| {
            let day = moment.date();
            format!("{}日{}{}", day.day(), weekday_in_brackets(day), moment.format("%H:%M"))
        },
        zoned: |clock, zone| format!("{clock} {zone}"),
        zones: &[],
        at: |day, zoned| format!("{day}{zoned}"),
        and_utc: |local, utc| format!("{local}（{utc}）"),
        span: |start, end| format!("{start}～{end}"),
        long_span: |start, end| {
            format!("{start}～{}{}", day_of_year(end.date()), end.format("%H:%M"))
        },
        days: |first, last| format!("{first}～{last}"),
        until: |last| format!("～{last}"),
        comma: "、",
        colon: "：",
    },
    rules: Rules {
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
    },
    formats: Formats {
        calendar: "カレンダー",
        rss: "RSSフィード",
        atom: "Atomフィード",
        json: "JSONフィード",
        reminders: "リマインダー",
        reminders_atom: "リマインダー（Atom）",
        reminders_json: "リマインダー（JSON）",
    },
    frame: Frame {
        skip: "本文へ移動",
        site: "サイト",
        meetings: "ミーティング",
        subscribe: "購読",
        zones: "日時はすべて、各ミーティングのタイムゾーンとUTCで表示しています。",
        own_zone: "日時はすべて、各ミーティングのタイムゾーンと、お使いのタイムゾーン（{}）で表示しています。",
        contents: "目次",
        moved: "このページは移動しました",
        moved_to: |link| html! { "このページは移動しました：" (link) },
    },
    home: Home {
        next: "次回のミーティング",
        running: "開催中",
        holiday: |day, name| {
            format!(
                "{day}は祝日（{name}）です。開催の予定に変更はありませんが、\
                 参加する前にアジェンダをご確認ください。"
            )
        },
        cancelled: |title, day, reason| {
            html! {
                (day) "の「" (title) "」は中止になりました"
                @if let Some(why) = reason { "（理由：" (why) "）" }
                "。"
            }
        },
        coming: "今後の予定",
        nothing: "予定されているミーティングはありません。",
        nothing_else: "ほかに予定されているミーティングはありません。",
        recordings: "最近の録画",
        pictures: "YouTubeの画像を表示",
        all: "ミーティング一覧",
        next_on: |day| html! { "次回：" (day) },
        no_date: "予定なし",
        follow: "関連フィード",
        feed: "フィード",
        feed_of: |title| format!("（{title}）"),
    },
    series: SeriesPage {
        earlier: "以前の開催日時",
        nothing: "予定されている日程はありません。",
        past: "過去のミーティング",
    },
    meeting: Meeting {
        join: "参加する",
        agenda: "アジェンダ",
        minutes: "議事録",
        recording: "録画",
        place: "場所",
        more: "詳細",
        cancelled: "中止",
        cancelled_title: |title| format!("【中止】{title}"),
        moved_from: |planned| html! { (planned) " から変更" },
        holiday: "祝日",
        on_day: |title, day| format!("{title} {day}"),
        is_at: |title, when| format!("{title}：{when}"),
        more_topics: |n| format!("ほか{n}件"),
        starts: "{}に開始",
        ends: "{}に終了",
    },
    occurrence: OccurrencePage {
        other_dates: "ほかの日程",
        earlier: "前回",
        later: "次回",
        add: "カレンダーに追加",
        planned: "予定どおり開催されます。",
        running: "現在開催中です。",
        over: "このミーティングは終了しました。",
        moved: |planned| html! { strong { "日時変更" } "：" (planned) " から変更" },
        announced: |at| html! { "発表：" (at) },
        on_again: |at| html! { "いったん中止になりましたが、取り消されました：" (at) },
        moved_back: |at| html! { "いったん日時が変更されましたが、取り消されました：" (at) },
        holiday: |day, name| {
            format!("{day}は祝日（{name}）です。参加する前にアジェンダをご確認ください。")
        },
        held_on_holiday: |day, name| format!("{day}は祝日（{name}）ですが、開催されます。"),
        around_the_world: "世界各地の時刻",
        history: History {
            title: "変更の履歴",
            agenda: "アジェンダの受付を開始",
            cancelled: |reason| reason.map_or("中止".to_owned(), |why| format!("中止：{why}")),
            moved: |planned, now| format!("{planned}から{now}に変更"),
            added: "追加",
            on_again: "中止を取り消し",
            moved_back: "日時の変更を取り消し",
            called_off: "開催の取りやめ",
            minutes: "議事録を公開",
            recording: "録画を公開",
            later_recording: "追加の録画を公開",
        },
    },
    months: Months {
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
    },
    clocks: Clocks {
        at: ["米国西海岸", "米国東海岸", "UTC", "中央ヨーロッパ", "インド", "中国", "日本"],
        unusual: |places, minutes| {
            let than = if minutes < 0 { "早く" } else { "遅く" };
            let places: Vec<_> = places.iter().map(|place| (*place).to_owned()).collect();
            format!("{}ではいつもより{}{than}始まります", list(&places), how_long(minutes.abs()))
        },
        short: |minutes| short_shift(minutes, "時間", "分"),
        why: "時計を切り替える日が地域によって異なるためです。",
    },
    archive: archive::JA,
    finder: archive::FINDER_JA,
    subscribe: subscribe::JA,
    feeds: Feeds {
        title: |name| format!("{name}のミーティング"),
        description: |title, name| {
            format!("{title}のアジェンダ、変更、議事録、録画のお知らせ（{name}）")
        },
        reminders_title: |title| format!("{title}：リマインダー"),
        reminders_description: |title, name| {
            let by = if title == name { String::new() } else { format!("（{name}）") };
            format!("{title}の各ミーティングの24時間前と1時間前のお知らせ{by}")
        },
        series: |title, name| format!("{name}のミーティング「{title}」"),
        tag: |tag, name| format!("{name}のミーティングのうち、タグ「{tag}」が付いたもの"),
        agenda: "議題：",
        for_calendar: "カレンダー用ファイル",
        all_about: "このミーティングの詳細",
        all_dates: |series| format!("「{series}」の全日程"),
    },
    news: News {
        agenda_title: |title, day| format!("【議題募集】{title} {day}"),
        agenda: |title, when| format!("議題を募集しています：{title}、{when}"),
        minutes_title: |title, day| format!("【議事録】{title} {day}"),
        minutes: |title, when| format!("議事録が公開されました：{title}、{when}"),
        recording_title: |title, day| format!("【録画】{title} {day}"),
        recording: |title, when| format!("録画が公開されました：{title}、{when}"),
        later_recording_title: |title, day| format!("【録画追加】{title} {day}"),
        later_recording: |title, when| format!("録画が追加されました：{title}、{when}"),
        cancelled_title: |title, day, reason| {
            let reason = reason.map(|why| format!("：{why}")).unwrap_or_default();
            format!("【中止】{title} {day}{reason}")
        },
        cancelled: |title, when, reason| {
            let reason = reason.map(|why| format!("。理由：{why}")).unwrap_or_default();
            format!("このミーティングは中止になりました：{title}、{when}{reason}")
        },
        moved_title: |title, planned, now| format!("【日時変更】{title} {planned}→{now}"),
        moved: |title, planned, now| {
            format!("日時が変更になりました：{title}、変更後 {now}、変更前 {planned}")
        },
        added_title: |title, when| format!("【追加開催】{title} {when}"),
        added: |title, when| format!("ミーティングが追加されました：{title}、{when}"),
        called_off: |title, when| {
            format!("このミーティングは開催されないことになりました：{title}、{when}")
        },
        restored_title: |title, day| format!("【予定どおり開催】{title} {day}"),
        restored: |title, when| {
            format!("このミーティングは当初の予定どおり開催されます：{title}、{when}")
        },
        since_on_again: "その後、中止は取り消されました。予定どおり開催されます。",
        since_moved_back: "その後、変更は取り消されました。当初の予定どおり開催されます。",
        since_cancelled: "その後、中止になりました。",
    },
    reminders: Reminders {
        tomorrow: "明日",
        within_a_day: "24時間以内",
        in_an_hour: "1時間後",
        within_an_hour: "1時間以内",
        title: |how_soon, title, when| format!("【{how_soon}】{title} {when}"),
        sentence: |title, when| format!("「{title}」のリマインダー：{when}"),
        and_join: |sentence, join| format!("{sentence} 参加する: {join}"),
    },
    lists: Lists {
        title: |name| format!("{name}：フィード"),
        meetings: |name| format!("{name}：ミーティング"),
        reminders: |name| format!("{name}：リマインダー"),
        recordings: |name| format!("{name}：録画"),
        all_meetings: |name| format!("{name}の全ミーティング"),
        reminders_of_all: |name| format!("リマインダー：{name}の全ミーティング"),
        reminders_of: |title| format!("リマインダー：{title}"),
        recordings_of: |title| format!("録画：{title}"),
    },
    embeds: Embeds {
        title: |name| format!("{name}の今後のミーティング"),
        all: "全ミーティングとカレンダー",
        holiday: |name| format!("祝日（{name}）です。参加する前にアジェンダをご確認ください。"),
        held: |time| format!("ミーティングのタイムゾーンでは {time}"),
        starts: |ahead| format!("{ahead}に開始"),
        ends: |ahead| format!("{ahead}に終了"),
    },
    badge: Badge {
        label: "次回のミーティング",
        now: "開催中",
        none: "予定なし",
        cancelled: |day, reason| {
            let reason = reason.map(|why| format!("：{why}")).unwrap_or_default();
            format!("{day}は中止{reason}")
        },
        moved_to: |when| format!("{when}に変更"),
        none_of: |title| format!("{title}：予定されているミーティングはありません"),
        running_title: |title, when| format!("【開催中】{title}：{when}"),
        moved_title: |title, when| format!("【日時変更】{title}：{when}"),
        cancelled_title: |title, when, reason| {
            let reason = reason.map(|why| format!("。理由：{why}")).unwrap_or_default();
            format!("【中止】{title}：{when}{reason}")
        },
    },
    places: ["米国西海岸", "米国東海岸", "UTC", "中央ヨーロッパ", "インド", "中国", "日本"],
};

const WEEKDAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];

fn weekday(day: Weekday) -> &'static str {
    nth(&WEEKDAYS, day.num_days_from_monday())
}

/// `（木）`, which follows a date without a space.
fn weekday_in_brackets(date: NaiveDate) -> String {
    format!("（{}）", weekday(date.weekday()))
}

fn plain_day(date: NaiveDate) -> String {
    date.format("%Y年%-m月%-d日").to_string()
}

fn day_of_year(date: NaiveDate) -> String {
    format!("{}{}", date.format("%-m月%-d日"), weekday_in_brackets(date))
}

/// Names, which the middle dot keeps apart better than a word.
const LONG_WEEKDAYS: [&str; 7] =
    ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"];

fn how_long(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, _) => format!("{minutes}分"),
        (hours, 0) => format!("{hours}時間"),
        (hours, rest) => format!("{hours}時間{rest}分"),
    }
}

fn list(items: &[String]) -> String {
    items.join("・")
}

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
