//! How to subscribe, in German.

use super::super::subscribe::{Chooser, Copy, Pace, Subscribe};
use maud::html;

pub(super) const SUBSCRIBE: Subscribe = Subscribe {
    promise: "Einmal abonniert, folgt der Kalender jeder Änderung von selbst: neuen Terminen, \
              Absagen und Verlegungen, immer in der eigenen Zeitzone.",
    applications: "In Ihrem Programm",
    google: ("Google Kalender", "Fragt alle 4 bis 24 Stunden nach Änderungen."),
    outlook: ("Outlook.com", "Fragt etwa alle 3 Stunden nach, manchmal viel später."),
    microsoft: ("Microsoft 365", "Fragt etwa alle 3 Stunden nach, manchmal viel später."),
    apple: ("Apple Kalender", "Fragt so oft nach, wie Sie wollen: Wählen Sie „Stündlich“."),
    other: ("Thunderbird oder ein anderes", "Thunderbird fragt alle 30 Minuten nach."),
    yahoo: ("Yahoo Kalender", "Kopieren Sie zuerst die Adresse und fügen Sie sie dort ein."),
    nothing_opens: "Wo sich nichts öffnet, etwa unter Android oder in Chrome auf einem iPhone, \
                    kopieren Sie die Adresse.",
    by_address: "Über die Adresse",
    any_other: "Jeder Kalender, der abonnieren kann, nimmt diese Adresse an.",
    copy: Copy {
        copy: "Kopieren",
        address: "Adresse",
        copied: "Kopiert",
        selected: "Markiert",
        by_hand: "Ihr Browser lässt die Seite nicht kopieren. Der Text ist markiert: Bitte kopieren \
                  Sie ihn selbst.",
    },
    download: "Kalender herunterladen",
    download_hint: " (Stand heute; eine heruntergeladene Kopie wird nicht aktualisiert)",
    to_read: "Im Feedreader",
    news: "Tagesordnungen, Änderungen, Protokolle und Aufzeichnungen",
    reminders: "Erinnerungen, einen Tag und eine Stunde vorher",
    all_feeds: "Alle Feeds auf einmal, zum Importieren",
    pace: Pace {
        title: "Wie bald eine Änderung ankommt",
        why: "Jedes Programm fragt in seinem eigenen Takt nach Änderungen, und die meisten lassen \
              sich davon nicht abbringen. Kurz vor einem Treffen weiß diese Seite es am besten.",
        application: "Programm",
        looks: "Fragt nach Änderungen",
        each: [
            ("Google Kalender", "alle 4 bis 24 Stunden, worum auch immer wir bitten"),
            (
                "Outlook.com, Microsoft 365",
                "etwa alle 3 Stunden, manchmal erst nach mehr als einem Tag",
            ),
            ("Apple Kalender", "wie Sie es wählen, von alle 5 Minuten bis wöchentlich"),
            ("Thunderbird", "alle 30 Minuten"),
            ("Fastmail", "stündlich"),
            ("Nextcloud", "stündlich, wie wir es erbitten"),
            ("Proton Calendar", "alle 4 bis 16 Stunden"),
            ("Home Assistant", "täglich"),
        ],
    },
    bots: "Erinnerungen in Slack und Matrix",
    slack: "Einen Tag und eine Stunde vor jedem Treffen, in dem Kanal, in den diese Zeile \
            geschrieben wird. In Slack, mit der RSS-App:",
    matrix: "In Matrix, sobald der Hookshot-Bot im Raum ist:",
    chooser: Chooser {
        title: "Inhalt auswählen",
        without_script: "Sie können Ihre Auswahl herunterladen oder die Adresse abonnieren, von der \
                         sie heruntergeladen wird.",
        tags: "Schlagwörter",
        tags_hint: "Alle Treffen, die eines davon haben, auch solche, die später hinzukommen.",
        series: "Treffen",
        series_hint: "Ohne Auswahl alle, auch solche, die später hinzukommen.",
        many: |list| html! { "Ein einzelnes Treffen abonnieren Sie auf seiner Seite: " (list) "." },
        list: "alle Treffen",
        alarm: "Erinnerung",
        no_alarm: "Keine",
        alarms: [
            "5 Minuten vorher",
            "10 Minuten vorher",
            "15 Minuten vorher",
            "30 Minuten vorher",
            "1 Stunde vorher",
            "1 Tag vorher",
        ],
        alarm_hint: "Ob sie ertönt, entscheidet Ihr Programm. Lassen Sie Apple Kalender die Hinweise \
                     nicht entfernen; Google Kalender und Nextcloud richten sich nach eigenen \
                     Einstellungen.",
        cancelled: "Abgesagte Treffen",
        left_out: "Weglassen",
        marked: "Behalten und im Titel kennzeichnen",
        cancelled_hint: "Weggelassen verschwinden sie aus Ihrem Kalender. Behalten zeigen sie Ihnen, \
                         dass ein erwartetes Treffen nicht stattfindet.",
        submit: "Auswahl herunterladen",
        chosen: "Adresse und Links des Kalenders gelten jetzt für: {}.",
        nothing_chosen: "Adresse und Links des Kalenders gelten für alles.",
        only_one: "Diese Website besteht aus einfachen Dateien, ohne einen Server, der mehr \
                   beantworten könnte: Sie können eines der Treffen oder ein Schlagwort auswählen.",
        none_here: "Diese Website besteht aus einfachen Dateien, ohne einen Server, der eine solche \
                    Auswahl beantworten könnte.",
    },
};
