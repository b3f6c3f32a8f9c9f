//! Every word of how to subscribe: of the panel, and of the chooser in it.

use super::{Around, Text};

/// How to subscribe.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Subscribe {
    pub(in crate::render) promise: Text,
    pub(in crate::render) applications: Text,
    /// What each application is called, and how soon it has a change or what else is to be known.
    pub(in crate::render) google: (Text, Text),
    pub(in crate::render) outlook: (Text, Text),
    pub(in crate::render) microsoft: (Text, Text),
    pub(in crate::render) apple: (Text, Text),
    /// Thunderbird and whatever else opens such links.
    pub(in crate::render) other: (Text, Text),
    pub(in crate::render) yahoo: (Text, Text),
    pub(in crate::render) nothing_opens: Text,
    pub(in crate::render) by_address: Text,
    pub(in crate::render) any_other: Text,
    pub(in crate::render) copy: Copy,
    pub(in crate::render) download: Text,
    /// What follows the link to the download.
    pub(in crate::render) download_hint: Text,
    pub(in crate::render) to_read: Text,
    pub(in crate::render) news: Text,
    pub(in crate::render) reminders: Text,
    pub(in crate::render) all_feeds: Text,
    pub(in crate::render) pace: Pace,
    pub(in crate::render) bots: Text,
    pub(in crate::render) slack: Text,
    pub(in crate::render) matrix: Text,
    pub(in crate::render) chooser: Chooser,
}

/// The button that copies what stands beside it.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Copy {
    pub(in crate::render) copy: Text,
    /// What is copied, for those who do not see what it stands beside.
    pub(in crate::render) address: Text,
    pub(in crate::render) copied: Text,
    /// Where the browser does not let it: the text is selected.
    pub(in crate::render) selected: Text,
    /// What to do then.
    pub(in crate::render) by_hand: Text,
}

/// How soon a change arrives.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Pace {
    pub(in crate::render) title: Text,
    pub(in crate::render) why: Text,
    pub(in crate::render) application: Text,
    pub(in crate::render) looks: Text,
    /// Each application and how often it looks.
    pub(in crate::render) each: [(Text, Text); 8],
}

/// The chooser of what is in the calendar.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Chooser {
    pub(in crate::render) title: Text,
    /// What becomes of a choice where scripts do not run.
    pub(in crate::render) without_script: Text,
    pub(in crate::render) tags: Text,
    pub(in crate::render) tags_hint: Text,
    pub(in crate::render) series: Text,
    pub(in crate::render) series_hint: Text,
    /// Around the link to the list of series, where there are too many to choose from.
    pub(in crate::render) many: Around,
    pub(in crate::render) list: Text,
    pub(in crate::render) alarm: Text,
    pub(in crate::render) no_alarm: Text,
    /// 5, 10, 15 and 30 minutes, an hour and a day before.
    pub(in crate::render) alarms: [Text; 6],
    pub(in crate::render) alarm_hint: Text,
    pub(in crate::render) cancelled: Text,
    pub(in crate::render) left_out: Text,
    pub(in crate::render) marked: Text,
    pub(in crate::render) cancelled_hint: Text,
    pub(in crate::render) submit: Text,
    /// For whom the addresses are: `{}` is what was chosen.
    pub(in crate::render) chosen: Text,
    /// The same where nothing was chosen.
    pub(in crate::render) nothing_chosen: Text,
    /// Where there is no server: what can be chosen of a community, and of a series.
    pub(in crate::render) only_one: Text,
    pub(in crate::render) none_here: Text,
}
