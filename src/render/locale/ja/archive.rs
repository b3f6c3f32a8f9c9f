//! Past meetings, in Japanese.

use super::super::archive::{Archive, Finder};
use maud::html;

pub(super) const ARCHIVE: Archive = Archive {
    title: "アーカイブ",
    lead: "これまでのミーティングを新しい順に掲載しています。",
    description: |name| format!("{name}のこれまでのミーティングと、その議事録・録画の一覧"),
    nothing: "これまでに開催されたミーティングはありません。",
    rest: |most, link| {
        html! { "最新の" (most) "回分を掲載しています。それより前のものは" (link) "をご覧ください。" }
    },
    every_series: "各シリーズのページ",
    all: "これまでのミーティング一覧",
    counted: |n, cancelled| match cancelled {
        0 => format!("{n}回"),
        cancelled => format!("{n}回（うち中止{cancelled}回）"),
    },
};

pub(super) const FINDER: Finder = Finder {
    label: "ミーティングを検索",
    hint: "日付・タイトル・キーワード",
    series: "シリーズ",
    all_series: "すべてのシリーズ",
    kinds: "絞り込み",
    all: "すべて",
    with_recording: "録画あり",
    with_minutes: "議事録あり",
    cancelled: "中止",
    moved: "日時変更",
    found: "{all}回中{found}回",
    none: "該当するミーティングはありません。条件を減らしてお試しください。",
    clear: "すべて表示",
};
