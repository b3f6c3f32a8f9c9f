//! `convene announce`: one meeting as a text that is ready to be sent.

use super::args::{Common, local};
use super::failure::Failure;
use super::output::{print, print_json};
use super::{content, series};
use crate::content::edit::meeting;
use crate::model::{Community, Local};
use crate::publish;
use crate::render::announce::{self, Announcement, Mailbox, announce, message};
use crate::render::icalendar;
use crate::schedule::{AsOf, Occurrence, occurrence_of};
use serde::Serialize;

/// Print a meeting as a text that is ready to be sent, in the community's language.
///
/// With the times around the world, where to join, the agenda and all links. A meeting that was
/// cancelled, moved, added or restored says so first; one that is over tells of minutes and
/// recordings.
///
/// With --json an object with series, recurrence_id, format, subject, text and, with --ics, message.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The series, by the name of its folder.
    series: String,
    /// The date on which the meeting is planned: 2026-12-03, or 2026-12-03T10:00 where there are two
    /// that day.
    #[arg(value_name = "DATE", value_parser = local)]
    date: Local,
    /// Where the text is to go.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print a whole mail with the meeting attached as event.ics, for `sendmail -t -i`.
    #[arg(long)]
    ics: bool,
    /// To whom the mail goes; may be given several times.
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox, requires = "ics")]
    to: Vec<Mailbox>,
    /// From whom the mail is; without it, sendmail says it.
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox, requires = "ics")]
    from: Option<Mailbox>,
    #[command(flatten)]
    common: Common,
}

/// Where the text is to go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Format {
    /// A mail: subject, empty line, text.
    #[default]
    Mail,
    /// Slack's mrkdwn, for an incoming webhook.
    Slack,
    /// Markdown as clients of Matrix and Hookshot take it.
    Matrix,
    /// Markdown, for a forum or a page.
    Markdown,
}

impl Format {
    fn form(self) -> announce::Form {
        match self {
            Format::Mail => announce::Form::Mail,
            Format::Slack => announce::Form::Slack,
            Format::Matrix => announce::Form::Matrix,
            Format::Markdown => announce::Form::Markdown,
        }
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    Mailbox::new(text).ok_or_else(|| "write one address, such as list@example.org".to_owned())
}

/// # Errors
/// Mistakes in the content, a series or a date that is not there.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    if args.ics && args.format != Format::Mail {
        return Err(Failure::Misuse("--ics is a mail: leave --format out".to_owned()));
    }
    let community = content::load(&args.common)?.community;
    let series = series::find(&community, &args.series)?;
    let found = meeting(series, args.date).map(|id| occurrence_of(series, id));
    let occurrence = match found {
        Ok(Some(occurrence)) => occurrence,
        Ok(None) => return Err(Failure::Answer(format!("no meeting is on `{}`", args.date))),
        Err(refused) => return Err(Failure::Answer(refused.to_string())),
    };
    let as_of = AsOf::new(args.common.clock().now());
    let has_page = publish::find(&community, &occurrence.path(), &as_of).is_some();
    let announcement = announce(&community, &occurrence, has_page, args.format.form(), &as_of);
    let mail = args.ics.then(|| args.mail(&community, &occurrence, &announcement, &as_of));
    if args.common.json {
        return Ok(print_json(&Answer {
            series: occurrence.series.slug.as_str(),
            recurrence_id: occurrence.recurrence_id.to_string(),
            format: args.format,
            subject: &announcement.subject,
            text: &announcement.text,
            message: mail.as_deref(),
        })?);
    }
    let Announcement { subject, text, .. } = &announcement;
    Ok(match mail {
        Some(mail) => print(&mail),
        None if args.format == Format::Mail => print(&format!("Subject: {subject}\n\n{text}")),
        None => print(text),
    }?)
}

impl Args {
    fn mail(
        &self,
        community: &Community,
        occurrence: &Occurrence<'_>,
        announcement: &Announcement,
        as_of: &AsOf,
    ) -> String {
        let event = icalendar::event(community, occurrence, as_of);
        let now = self.common.clock().now();
        message(&community.site, announcement, &event, (self.from.as_ref(), &self.to), now)
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    series: &'a str,
    recurrence_id: String,
    format: Format,
    subject: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}
