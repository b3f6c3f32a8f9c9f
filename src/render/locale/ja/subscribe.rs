//! How to subscribe, in Japanese.

use super::super::subscribe::{Chooser, Copy, Pace, Subscribe};
use maud::html;

pub(super) const SUBSCRIBE: Subscribe = Subscribe {
    promise: "一度購読すれば、新しい日程も、中止や日時の変更も、自動でカレンダーに反映されます。\
              時刻はいつもお使いのタイムゾーンで表示されます。",
    applications: "アプリで購読",
    google: ("Google カレンダー", "4～24時間ごとに更新を確認します。"),
    outlook: ("Outlook.com", "約3時間ごとに確認します。1日以上かかることもあります。"),
    microsoft: ("Microsoft 365", "約3時間ごとに確認します。1日以上かかることもあります。"),
    apple: ("Apple カレンダー", "確認の間隔は設定できます。「1時間ごと」をお選びください。"),
    other: ("Thunderbird・その他", "Thunderbirdは30分ごとに更新を確認します。"),
    yahoo: ("Yahoo カレンダー", "先にアドレスをコピーし、開いた先で追加してください。"),
    nothing_opens: "AndroidやiPhoneのChromeなどで何も開かない場合は、アドレスをコピーしてください。",
    by_address: "アドレスで購読",
    any_other: "購読に対応したカレンダーなら、このアドレスを登録できます。",
    copy: Copy {
        copy: "コピー",
        address: "アドレス",
        copied: "コピー済み",
        selected: "選択済み",
        by_hand: "お使いのブラウザーではこのページからコピーできません。\
                  選択されている文字列を、ご自分でコピーしてください。",
    },
    download: "カレンダーをダウンロード",
    download_hint: "（現時点の内容です。ダウンロードしたファイルは更新されません）",
    to_read: "フィードリーダーで読む",
    news: "アジェンダ、変更、議事録、録画のお知らせ",
    reminders: "前日と1時間前のリマインダー",
    all_feeds: "全フィードの一覧（読み込み用）",
    pace: Pace {
        title: "変更が届くまでの時間",
        why: "更新を確認する間隔はアプリごとに決まっていて、多くの場合こちらからは変えられません。\
              開始直前の変更は、このページでご確認ください。",
        application: "アプリ",
        looks: "更新を確認する間隔",
        each: [
            ("Google カレンダー", "4～24時間ごと（こちらからの指定は無視されます）"),
            ("Outlook.com、Microsoft 365", "約3時間ごと（1日以上かかることもあります）"),
            ("Apple カレンダー", "5分ごとから1週間ごとまで、設定した間隔"),
            ("Thunderbird", "30分ごと"),
            ("Fastmail", "1時間ごと"),
            ("Nextcloud", "1時間ごと（こちらからの指定どおり）"),
            ("Proton Calendar", "4～16時間ごと"),
            ("Home Assistant", "1日ごと"),
        ],
    },
    bots: "SlackやMatrixでのリマインダー",
    slack: "次の行を書き込んだチャンネルに、各ミーティングの前日と1時間前にお知らせが届きます。\
            SlackではRSSアプリを使います：",
    matrix: "Matrixでは、ルームにHookshotボットを招待してから書き込みます：",
    chooser: Chooser {
        title: "購読する内容を選ぶ",
        without_script: "選んだ内容をダウンロードできます。ダウンロード元のアドレスを購読することもできます。",
        tags: "タグ",
        tags_hint: "いずれかのタグが付いたミーティングが、今後増えるものも含めて届きます。",
        series: "ミーティング",
        series_hint: "選ばなければ、今後増えるものも含めてすべて届きます。",
        many: |list| html! { "個別の購読は、それぞれのページでどうぞ：" (list) },
        list: "ミーティング一覧",
        alarm: "通知",
        no_alarm: "なし",
        alarms: ["5分前", "10分前", "15分前", "30分前", "1時間前", "1日前"],
        alarm_hint: "実際に通知されるかどうかはアプリによります。Apple カレンダーでは通知を削除しない設定にしてください。\
                     Google カレンダーとNextcloudは、それぞれの設定に従います。",
        cancelled: "中止になったミーティング",
        left_out: "表示しない",
        marked: "残して、タイトルに示す",
        cancelled_hint: "表示しなければ、カレンダーから消えます。残せば、予定されていたミーティングが\
                         開催されないことがわかります。",
        submit: "選んだ内容をダウンロード",
        chosen: "カレンダーのアドレスとリンクは、次の内容になりました：{}",
        nothing_chosen: "カレンダーのアドレスとリンクは、すべての内容のものです。",
        only_one: "このサイトはファイルだけで公開されており、細かい指定に応えるサーバーがありません。\
                   ミーティングかタグを1つだけ選べます。",
        none_here: "このサイトはファイルだけで公開されており、こうした指定に応えるサーバーがありません。",
    },
};
