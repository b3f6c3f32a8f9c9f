//! Japanese. What has become of a meeting stands first in its title, in lenticular brackets, as in
//! mail.

mod archive;
mod months;
mod rules;
mod subscribe;

use super::{
    Badge, Dates, Embeds, Feeds, Formats, Frame, History, Home, Lists, Locale, Meeting, News,
    OccurrencePage, Reminders, SeriesPage, nth,
};
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
    rules: rules::RULES,
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
    months: months::MONTHS,
    clocks: months::CLOCKS,
    archive: archive::ARCHIVE,
    finder: archive::FINDER,
    subscribe: subscribe::SUBSCRIBE,
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

fn list(items: &[String]) -> String {
    items.join("・")
}
