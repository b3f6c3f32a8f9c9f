//! What matching left to people, in sentences.

use super::matching::{Disagreement, Findings, Mentioned, UnmatchedSection, UnmatchedVideo};
use super::{Notice, NoticeKind};

/// What of the findings somebody should look at, in order: cancellations first.
pub(super) fn notices(findings: &Findings) -> Vec<Notice> {
    let mut all: Vec<Notice> = findings.disagreements.iter().map(disagreement).collect();
    all.extend(findings.mentions.iter().map(mention));
    all.extend(findings.unmatched_videos.iter().map(video));
    all.extend(findings.unmatched_sections.iter().map(section));
    all.sort();
    all.dedup();
    all
}

fn disagreement(disagreement: &Disagreement) -> Notice {
    match disagreement {
        Disagreement::Cancelled { meeting, heading, reason } => {
            let reason = reason.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
            Notice {
                kind: NoticeKind::Cancellation,
                title: heading.to_string(),
                link: None,
                why: format!(
                    "the minutes say that {meeting} is cancelled{reason}, the content does not: \
                     write its dated file, or `trust-minutes = true` into series.md"
                ),
            }
        }
        Disagreement::Recording { link, recorded, named } => Notice {
            kind: NoticeKind::Video,
            title: link.to_string(),
            link: Some(link.clone()),
            why: format!("the content has it for {recorded}, the minutes for {named}"),
        },
    }
}

fn mention(Mentioned { heading, text, about }: &Mentioned) -> Notice {
    let about = match about {
        Some(meeting) => format!("it seems to be about {meeting}: if so, write its dated file"),
        None => "which meeting it is about is not clear".to_owned(),
    };
    Notice {
        kind: NoticeKind::Remark,
        title: text.to_string(),
        link: None,
        why: format!("said under `{heading}`; {about}"),
    }
}

fn video(UnmatchedVideo { title, link, published, why }: &UnmatchedVideo) -> Notice {
    Notice {
        kind: NoticeKind::Video,
        title: title.to_string(),
        link: Some(link.clone()),
        why: format!("published on {}: {why}", published.date_naive()),
    }
}

fn section(UnmatchedSection { heading, link, why }: &UnmatchedSection) -> Notice {
    Notice {
        kind: NoticeKind::Section,
        title: heading.to_string(),
        link: link.clone(),
        why: why.to_string(),
    }
}
