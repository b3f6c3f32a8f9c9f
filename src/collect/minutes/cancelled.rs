//! Statements that a meeting does not take place, and why.

use super::Cancelled;
use crate::collect::text::{line, words};
use crate::collect::written_date::written_dates;
use chrono::{Datelike, NaiveDate};

/// The most characters of a reason.
const MOST_OF_A_REASON: usize = 200;

const CANCELLED: [&str; 6] =
    ["cancelled", "canceled", "skipped", "cancelling", "canceling", "skipping"];
const MEETING: [&str; 9] =
    ["meeting", "call", "discussion", "session", "sync", "meetings", "calls", "standup", "oncall"];
const BEFORE: [&str; 15] = [
    "the",
    "this",
    "today's",
    "our",
    "weekly",
    "week's",
    "oci",
    "community",
    "regular",
    "official",
    "meeting",
    "call",
    "discussion",
    "session",
    "sync",
];
const BEING: [&str; 8] = ["is", "was", "has", "been", "will", "be", "being", "got"];
const THIS: [&str; 4] = ["this", "week", "today", "thursday"];
const BECAUSE: [&str; 10] =
    ["for", "due", "because", "as", "since", "owing", "on", "in", "per", "by"];

/// What a line at the top of a section says; `own` are the days of the section.
///
/// Only a statement on the section's own meeting counts: what is said of another date, or of
/// anything else that is cancelled, does not.
pub(super) fn in_line(plain: &str, own: &[NaiveDate]) -> Option<Cancelled> {
    let clauses = clauses(plain);
    let (first, others) = clauses.split_first()?;
    if speaks_of_others(&clauses.join(" "), own) {
        return None;
    }
    if let Some(rest) = statement(first) {
        return Some(Cancelled { reason: reason(&rest, others.first().copied()) });
    }
    let second = others.first()?;
    let is_nothing = is_nothing(first);
    (is_nothing && statement(second).is_some()).then(|| {
        let kept =
            first.split_whitespace().filter(|word| !THIS.contains(&words(word).join("").as_str()));
        Cancelled { reason: line(&kept.collect::<Vec<_>>().join(" "), MOST_OF_A_REASON) }
    })
}

/// What a heading says beside its date.
pub(super) fn in_heading(label: &str) -> Option<Cancelled> {
    if let Some(cancelled) = in_line(label, &[]) {
        return Some(cancelled);
    }
    let clauses = clauses(label);
    let says = |clause: &&&str| statement(clause).is_some() || ends_cancelled(clause);
    let said = clauses.iter().find(says)?;
    let other = clauses.iter().find(|clause| *clause != said && statement(clause).is_none());
    let before = ends_cancelled(said).then(|| said.rsplit_once(char::is_whitespace)).flatten();
    let reason = before.map(|(before, _)| before).or(other.copied());
    let reason = reason.filter(|reason| !words(reason).is_empty());
    Some(Cancelled { reason: reason.and_then(cleaned) })
}

/// `US Thanksgiving cancelled`, but not `not cancelled`.
fn ends_cancelled(clause: &str) -> bool {
    let words = words(clause);
    let last = words.last().is_some_and(|word| ["cancelled", "canceled"].contains(&word.as_str()));
    last && !words.iter().any(|word| ["not", "isn't", "wasn't", "un"].contains(&word.as_str()))
}

/// The parts of the first sentence.
fn clauses(text: &str) -> Vec<&str> {
    let sentence = sentence(text);
    let ends = |c: char| ":;,()–—…".contains(c);
    let parts = sentence.split(" - ").flat_map(|part| part.split(ends));
    let bare = |part: &'_ str| -> bool { part.chars().any(char::is_alphanumeric) };
    parts.map(|part| part.trim_matches([' ', '-', '*'])).filter(|part| bare(part)).collect()
}

fn sentence(text: &str) -> &str {
    let ends = text.match_indices(['.', '!', '?']).map(|(at, _)| at);
    let is_end =
        |at: &usize| text.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '));
    let end = ends.filter(is_end).find(|at| !words(text.get(..*at).unwrap_or_default()).is_empty());
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The words after `meeting is cancelled`, `no call`, `we will not have a meeting`, where the clause
/// is such a statement and goes on as one would.
fn statement(clause: &str) -> Option<String> {
    let words = words(clause);
    let after = cancelled(&words).or_else(|| no_meeting(&words)).or_else(|| not_meeting(&words))?;
    let follows = words.get(after).map(String::as_str);
    let goes_on = follows.is_none_or(|word| THIS.contains(&word) || BECAUSE.contains(&word));
    goes_on.then(|| rest(clause, after))
}

/// What follows so many words of the clause, as it is written.
fn rest(clause: &str, after: usize) -> String {
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    clause.split_whitespace().filter(is_word).skip(after).collect::<Vec<_>>().join(" ")
}

fn cancelled(words: &[String]) -> Option<usize> {
    let count = |at: usize, set: &[&str]| {
        let rest = words.get(at..).unwrap_or_default();
        rest.iter().take_while(|word| set.contains(&word.as_str())).count()
    };
    let mut at = count(0, &BEFORE);
    at += count(at, &BEING);
    CANCELLED.contains(&words.get(at)?.as_str()).then_some(at + 1)
}

fn no_meeting(words: &[String]) -> Option<usize> {
    let (no, rest) = words.split_first()?;
    let between = rest
        .iter()
        .take_while(|word| BEFORE.contains(&word.as_str()) && !MEETING.contains(&word.as_str()));
    let at = 1 + between.count();
    (no == "no" && MEETING.contains(&words.get(at)?.as_str())).then_some(at + 1)
}

/// `we will not have a meeting`, `not meeting`, `we won't meet`.
fn not_meeting(words: &[String]) -> Option<usize> {
    const AUXILIARY: [&str; 8] = ["we", "we're", "are", "will", "do", "be", "there", "today"];
    const HOLD: [&str; 10] =
        ["have", "having", "hold", "holding", "meet", "meeting", "be", "a", "our", "the"];
    let is_no = |word: &String| ["not", "won't", "wont", "aren't"].contains(&word.as_str());
    let at = words.iter().take_while(|word| AUXILIARY.contains(&word.as_str())).count();
    let (no, rest) = words.get(at..)?.split_first()?;
    let held = rest
        .iter()
        .take_while(|word| HOLD.contains(&word.as_str()) || MEETING.contains(&word.as_str()));
    let held: Vec<&String> = held.collect();
    let meets = |word: &&String| ["meet", "meeting", "call"].contains(&word.as_str());
    (is_no(no) && held.iter().any(meets)).then_some(at + 1 + held.len())
}

/// `no agenda`, `no items this week`.
pub(super) fn is_nothing(clause: &str) -> bool {
    const WHAT: [&str; 7] = ["agenda", "items", "item", "topics", "topic", "quorum", "attendees"];
    let words = words(clause);
    let rest = words.get(1..).unwrap_or_default();
    let all =
        rest.iter().all(|word| WHAT.contains(&word.as_str()) || THIS.contains(&word.as_str()));
    words.first().is_some_and(|word| ["no", "nothing"].contains(&word.as_str()))
        && (all || words.join(" ") == "nothing on the agenda")
}

/// Whether the text speaks of a date that is none of the section's own, or of more than one meeting.
pub(super) fn speaks_of_others(text: &str, own: &[NaiveDate]) -> bool {
    let is_own = |&(month, day): &(u32, u32)| {
        own.iter().any(|date| (date.month(), date.day()) == (month, day))
    };
    let dates = written_dates(text);
    let of_own = |day: u32| own.iter().any(|date| date.day() == day);
    dates.iter().any(|date| !date.days.iter().any(is_own))
        || words(text).iter().any(|word| OTHERS.contains(&word.as_str()))
        || (dates.is_empty() && ordinals(text).iter().any(|day| !of_own(*day)))
}

const OTHERS: [&str; 8] =
    ["next", "following", "tomorrow", "last", "previous", "upcoming", "meetings", "calls"];

/// The days of `the 28th`.
pub(super) fn ordinals(text: &str) -> Vec<u32> {
    let day = |word: &String| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
        digits.parse().ok().filter(|day| is_ordinal && (1..=31).contains(day))
    };
    words(text).iter().filter_map(day).collect()
}

/// The reason in what follows the statement, or in the next clause.
fn reason(rest: &str, next: Option<&str>) -> Option<crate::model::Line> {
    let is_this = |word: &&str| THIS.contains(&words(word).join("").as_str());
    let kept = rest.split_whitespace().skip_while(is_this).collect::<Vec<_>>().join(" ");
    let is_date = words(&kept).first().is_some_and(|word| word == "on");
    if words(&kept).is_empty() || is_date { next.and_then(cleaned) } else { cleaned(&kept) }
}

/// The reason without `for`, `due to` and the like before it.
fn cleaned(reason: &str) -> Option<crate::model::Line> {
    const LEADS: [&str; 9] =
        ["due to", "because of", "owing to", "because", "for", "as", "since", "per", "by"];
    let lower = reason.to_lowercase();
    let lead = LEADS.iter().find(|lead| lower.starts_with(&[**lead, " "].concat()));
    let reason = lead.and_then(|lead| reason.get(lead.len()..)).unwrap_or(reason);
    let bare = reason.trim_matches(|c: char| c.is_whitespace() || ".,:;-–—*_[]~!".contains(c));
    let is_farewell =
        words(bare).first().is_some_and(|word| ["see", "tbd"].contains(&word.as_str()));
    line(bare, MOST_OF_A_REASON).filter(|_| !is_farewell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: Option<Cancelled>, want: Option<&str>, of: &str) {
        let got = said.map(|said| said.reason.map_or(String::new(), |reason| reason.to_string()));
        assert_eq!(got.as_deref(), want, "{of}");
    }

    #[test]
    fn statements_on_the_sections_own_meeting_count() {
        let own = [NaiveDate::from_ymd_opt(2021, 11, 25).unwrap()];
        for (text, reason) in [
            ("Canceled for New Years Day.", "New Years Day"),
            ("Canceled: US Thanksgiving Holiday", "US Thanksgiving Holiday"),
            ("Canceled (US holiday)", "US holiday"),
            ("Canceled for US Thanksgiving holiday.", "US Thanksgiving holiday"),
            ("Canceled for KubeCon EU", "KubeCon EU"),
            (
                "Meeting canceled for KubeCon EU. Onsite event on the 22nd with remote participation.",
                "KubeCon EU",
            ),
            ("No agenda, canceled", "No agenda"),
            ("Cancelled", ""),
            ("meeting canceled - no topics", "no topics"),
            ("No agenda this week; we will not have a meeting.", "No agenda"),
            ("no meeting this week", ""),
            ("No items - cancelling this week", "No items"),
            ("This week's call is cancelled due to the summit", "the summit"),
            ("No call on November 25", ""),
            ("No call on November 25th (Thanksgiving)", "Thanksgiving"),
            ("We won't meet today", ""),
            ("CANCELLED!", ""),
        ] {
            check(in_line(text, &own), Some(reason), text);
        }
    }

    #[test]
    fn whatever_else_is_cancelled_does_not() {
        let own = [NaiveDate::from_ymd_opt(2021, 11, 18).unwrap()];
        for text in [
            "missing the cancel upload API",
            "Cancel meeting on the 28th",
            "Next two meetings canceled for holidays",
            "Meeting canceled next week",
            "No call on November 25",
            "Canceled uploads leave blobs behind",
            "Cancelling uploads is not in the spec",
            "No meeting notes",
            "No agenda items",
            "No items",
            "The meeting on Thursday may be cancelled",
            "Not cancelled after all",
            "We will not meet on the 25th",
            "",
            "…",
        ] {
            check(in_line(text, &own), None, text);
        }
    }

    #[test]
    fn headings_say_it_in_other_words() {
        for (label, reason) in [
            ("is CANCELLED", Some("")),
            ("NO CALL", Some("")),
            ("NO [OFFICIAL] CALL", Some("")),
            ("No call on", Some("")),
            ("US Thanksgiving cancelled", Some("US Thanksgiving")),
            ("KubeCon EU - no call", Some("KubeCon EU")),
            ("(… cancelled)", Some("")),
            ("cancelled (holiday)", Some("holiday")),
            ("6pm Pacific", None),
            ("KubeCon US", None),
            ("TBD", None),
            ("not cancelled", None),
        ] {
            check(in_heading(label), reason, label);
        }
    }
}
