//! One meeting as a text that is ready to be sent: to a mailing list, or where people talk.
//!
//! What there is to say is said once, in `story`; a file for each form writes it. A meeting that was
//! cancelled, moved, added or restored says so first; of one that is over, what it left behind.

mod mail;
mod markdown;
mod message;
mod pings;
mod slack;
mod story;

pub use message::{Mailbox, message};

use crate::model::Community;
use crate::schedule::{AsOf, Occurrence};
use story::Story;

/// Where the text is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A mail: plain text, the subject apart.
    Mail,
    /// Slack's mrkdwn, as an incoming webhook takes it.
    Slack,
    /// Markdown as clients of Matrix and Hookshot's webhooks take it.
    Matrix,
    /// Markdown (CommonMark), for a forum, a chat or a page.
    Markdown,
}

/// A meeting as a ready text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// One line that says all that matters.
    pub subject: String,
    /// The text, which ends in a line feed; except in a mail its first line is the subject.
    pub text: String,
    /// The same for the same news of the same meeting, other for any other: `oci-weekly.20261203T1000.meeting`.
    pub id: String,
}

/// The meeting as a ready text; with links to its page where it `has_page`.
pub fn announce(
    community: &Community,
    occurrence: &Occurrence<'_>,
    has_page: bool,
    form: Form,
    as_of: &AsOf,
) -> Announcement {
    let story = Story::of(community, occurrence, has_page, as_of);
    let text = match form {
        Form::Mail => mail::text(&story),
        Form::Slack => slack::text(&story),
        Form::Matrix => markdown::text(&story, markdown::Headline::Bold),
        Form::Markdown => markdown::text(&story, markdown::Headline::Heading),
    };
    Announcement { subject: story.subject, text, id: story.id }
}
