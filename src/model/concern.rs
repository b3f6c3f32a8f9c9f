//! What an author is warned of.

/// What is no mistake, but an author is warned of, unless the content says that it is meant so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// A meeting is on a holiday, and nobody has said whether it takes place.
    Holiday,
    /// A list of holidays has no day left.
    HolidaysOver,
    /// Two meetings are at once, or one right after the other, with one link to join.
    SameLink,
    /// Two meetings with one tag are at once.
    SameAudience,
    /// Two meetings of one day have one title.
    SameTitle,
    /// A series that has met until lately has no date ahead.
    NoFutureDate,
    /// What one date says is older than its series' definition.
    StaleDate,
    /// A date says something that calendars do not notice, since it does not say since when.
    Undated,
    /// A moment at which something became known is in the future.
    FutureMoment,
    /// A link can be read and changed on its way.
    NotHttps,
    /// A link leads nowhere; only where links are tried.
    DeadLink,
    /// A series that goes on has no agenda.
    NoAgenda,
    /// Past meetings have no minutes.
    NoMinutes,
    /// Past meetings have no recording.
    NoRecording,
}

impl Concern {
    /// Each of them.
    pub const ALL: [Concern; 14] = [
        Concern::Holiday,
        Concern::HolidaysOver,
        Concern::SameLink,
        Concern::SameAudience,
        Concern::SameTitle,
        Concern::NoFutureDate,
        Concern::StaleDate,
        Concern::Undated,
        Concern::FutureMoment,
        Concern::NotHttps,
        Concern::DeadLink,
        Concern::NoAgenda,
        Concern::NoMinutes,
        Concern::NoRecording,
    ];

    /// The word for it in the content.
    pub fn as_str(self) -> &'static str {
        match self {
            Concern::Holiday => "holiday",
            Concern::HolidaysOver => "holidays-over",
            Concern::SameLink => "same-link",
            Concern::SameAudience => "same-audience",
            Concern::SameTitle => "same-title",
            Concern::NoFutureDate => "no-future-date",
            Concern::StaleDate => "stale-date",
            Concern::Undated => "undated",
            Concern::FutureMoment => "future-moment",
            Concern::NotHttps => "not-https",
            Concern::DeadLink => "dead-link",
            Concern::NoAgenda => "no-agenda",
            Concern::NoMinutes => "no-minutes",
            Concern::NoRecording => "no-recording",
        }
    }
}
