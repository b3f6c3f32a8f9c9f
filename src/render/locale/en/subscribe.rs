//! How to subscribe, in English.

use super::super::subscribe::{Chooser, Copy, Pace, Subscribe};
use maud::html;

pub(super) const SUBSCRIBE: Subscribe = Subscribe {
    promise: "Subscribe once, and your calendar follows every change by itself: new dates, \
              cancelled ones, moved ones, always in your own time zone.",
    applications: "In your application",
    google: ("Google Calendar", "Looks for changes every 4 to 24 hours."),
    outlook: ("Outlook.com", "Looks about every 3 hours; can take over a day."),
    microsoft: ("Microsoft 365", "Looks about every 3 hours; can take over a day."),
    apple: ("Apple Calendar", "Looks as often as you tell it: choose “Every hour”."),
    other: ("Thunderbird or any other", "Thunderbird looks every 30 minutes."),
    yahoo: ("Yahoo Calendar", "Copy the address first, then add it there."),
    nothing_opens: "Where nothing opens, as on Android or in Chrome on an iPhone, copy the address.",
    by_address: "By the address",
    any_other: "Any calendar that can subscribe takes this address.",
    copy: Copy {
        copy: "Copy",
        address: "address",
        copied: "Copied",
        selected: "Selected",
        by_hand: "Your browser does not let the page copy. The text is selected: copy it yourself.",
    },
    download: "Download the calendar",
    download_hint: " as it is today; a downloaded copy is never updated.",
    to_read: "In a feed reader",
    news: "Agendas, changes, minutes and recordings",
    reminders: "Reminders, a day and an hour before",
    all_feeds: "All feeds at once, to import",
    pace: Pace {
        title: "How soon a change arrives",
        why: "Every application looks for changes at a pace of its own, and most cannot be told \
              otherwise. Shortly before a meeting, this page knows best.",
        application: "Application",
        looks: "Looks for changes",
        each: [
            ("Google Calendar", "every 4 to 24 hours, whatever we ask for"),
            ("Outlook.com, Microsoft 365", "about every 3 hours, at times after more than a day"),
            ("Apple Calendar", "as you choose, from every 5 minutes to every week"),
            ("Thunderbird", "every 30 minutes"),
            ("Fastmail", "every hour"),
            ("Nextcloud", "every hour, as we ask for"),
            ("Proton Calendar", "every 4 to 16 hours"),
            ("Home Assistant", "every day"),
        ],
    },
    bots: "Reminders in Slack and Matrix",
    slack: "A day and an hour before each meeting, in the channel where you write this. \
            In Slack, with its RSS app:",
    matrix: "In Matrix, once the Hookshot bot is in the room:",
    chooser: Chooser {
        title: "Choose what you get",
        without_script: "You can download what you choose, or subscribe to the address from which \
                         it is downloaded.",
        tags: "Tags",
        tags_hint: "All meetings that have one, with those that are new later.",
        series: "Meetings",
        series_hint: "None chosen means all, with those that are new later.",
        many: |list| html! { "For one meeting alone, subscribe on its page: " (list) "." },
        list: "all meetings",
        alarm: "Reminder",
        no_alarm: "None",
        alarms: [
            "5 minutes before",
            "10 minutes before",
            "15 minutes before",
            "30 minutes before",
            "1 hour before",
            "1 day before",
        ],
        alarm_hint: "Your application decides whether it rings. Keep Apple Calendar from \
                     removing alerts; Google Calendar and Nextcloud go by their own settings.",
        cancelled: "Cancelled meetings",
        left_out: "Left out",
        marked: "Kept, and marked in the title",
        cancelled_hint: "Left out, they vanish from your calendar. Kept, they tell you that a meeting \
                         you expect does not take place.",
        submit: "Download what you chose",
        chosen: "The calendar’s address and links are now for: {}.",
        nothing_chosen: "The calendar’s address and links are for everything.",
        only_one: "This site is plain files, without a server that could answer more: you can choose \
                   one of the meetings or of the tags.",
        none_here: "This site is plain files, without a server that could answer such a choice.",
    },
};
