//! `convene announce`: what people on a mailing list or in a chat read of a meeting.

use super::process::{AS_OF, Folder, run};
use super::support::package;
use serde_json::Value;
use std::path::Path;

const WEEKLY: &str = "content/meetings/weekly";

fn told_at(folder: &Path, at: &str, arguments: &[&str]) -> String {
    let output = run(&[&["announce"], arguments, &["--as-of", at]].concat(), folder);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), error.as_str()), (Some(0), ""), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn told(folder: &Folder, arguments: &[&str]) -> String {
    told_at(&folder.path("content"), AS_OF, arguments)
}

/// The sample with a file of that date.
fn with_date(name: &str, front_matter: &str, note: &str) -> Folder {
    let folder = Folder::sample();
    folder.put(&format!("{WEEKLY}/{name}.md"), &format!("+++\n{front_matter}\n+++\n{note}\n"));
    folder
}

#[test]
fn a_meeting_is_told_with_all_that_people_need() {
    let text = told(&Folder::sample(), &["weekly", "2026-12-03"]);
    let expected = "\
Subject: Weekly call, Thursday 3 December 2026

Weekly call: Thursday 3 December 2026, 10:00–11:00 PST (18:00–19:00 UTC).

Join: https://meet.example.org/weekly
Agenda: https://notes.example.org/weekly

Around the world:
- US Pacific: Thu 3 Dec, 10:00–11:00 PST
- US Eastern: Thu 3 Dec, 13:00–14:00 EST
- UTC: Thu 3 Dec, 18:00–19:00 UTC
- Central Europe: Thu 3 Dec, 19:00–20:00 CET
- India: Thu 3 Dec, 23:30–00:30 IST
- China: Fri 4 Dec, 02:00–03:00 CST
- Japan: Fri 4 Dec, 03:00–04:00 JST

All about this meeting: https://meetings.example.org/meetings/weekly/2026-12-03/
For your calendar: https://meetings.example.org/meetings/weekly/2026-12-03/event.ics
All dates of Weekly call: https://meetings.example.org/meetings/weekly/
Subscribe: https://meetings.example.org/meetings/weekly.ics
";
    assert_eq!(text, expected);
}

#[test]
fn what_became_of_it_stands_first() {
    let check = |front_matter: &str, subject: &str, lead: &str, joins: bool| {
        let folder = with_date("2026-12-03", front_matter, "");
        let text = told(&folder, &["weekly", "2026-12-03"]);
        let (head, body) = text.split_once("\n\n").unwrap();
        assert_eq!(head, format!("Subject: {subject}"));
        let first = body.split("\n\n").next().unwrap().replace('\n', " ");
        assert_eq!(first, lead);
        assert_eq!(text.contains("https://meet.example.org/"), joins, "{text}");
    };
    let when = "Weekly call, Thursday 3 December 2026, 10:00 PST (18:00 UTC)";
    let announced = "announced = 2026-11-20T18:00:00Z";
    check(
        &format!("cancelled = \"A conference\"\n{announced}"),
        "Cancelled: Weekly call, Thursday 3 December 2026 (A conference)",
        &format!("This meeting does not take place: {when}. Reason: A conference"),
        false,
    );
    check(
        &format!("moved-to = 2026-12-04T09:00:00\n{announced}"),
        "Moved: Weekly call, Thursday 3 December 2026, now Friday 4 December 2026, 09:00 PST",
        "This meeting takes place at another time: Weekly call, Friday 4 December 2026, 09:00 PST \
         (17:00 UTC) instead of Thursday 3 December 2026, 10:00 PST (18:00 UTC).",
        true,
    );
    check(
        &format!("cancelled = true\n{announced}\nrestored = 2026-11-21T18:00:00Z"),
        "On again: Weekly call, Thursday 3 December 2026",
        &format!("This meeting takes place as first planned: {when}."),
        true,
    );
    let added = "added = true\nat = \"16:00\"\nannounced = 2026-11-20T18:00:00Z";
    let folder = with_date("2026-12-08", added, "");
    let text = told(&folder, &["weekly", "2026-12-08"]);
    assert!(text.starts_with("Subject: Added: Weekly call, Tuesday 8 December 2026, 16:00 PST\n"));
}

#[test]
fn a_past_meeting_tells_what_it_left_behind() {
    let folder = Folder::sample();
    let text = told(&folder, &["weekly", "2026-11-19"]);
    assert!(text.contains("This meeting is over."), "{text}");
    assert!(!text.contains("https://meet.example.org/") && !text.contains("Around"), "{text}");
    let record = "[[record]]\ndate = 2026-11-19\nminutes = \"https://notes.example.org/m\"\n\
                  recording = [\"https://youtu.be/a\", \"https://youtu.be/b\"]\n\
                  published = 2026-11-20T08:00:00Z\n";
    folder.put(&format!("{WEEKLY}/records.toml"), record);
    let text = told(&folder, &["weekly", "2026-11-19"]);
    assert!(text.starts_with("Subject: Recording: Weekly call, Thursday 19 November 2026\n"));
    let links = "Recording 1: https://youtu.be/a\nRecording 2: https://youtu.be/b\n\
                 Minutes: https://notes.example.org/m\n";
    assert!(text.contains(links), "{text}");
}

/// Text that each form could take for something else.
const NOTE: &str = "See [the list](https://example.org/l) & ask @channel.";

fn hostile() -> Folder {
    let title = "title = \"A <!channel> & *B* @here [x](https://evil.example)\"\n";
    let topics = "topics = [\"1. @room `code`\", \"https://example.org/a_b_c\"]";
    with_date("2026-12-03", &format!("{title}{topics}"), NOTE)
}

#[test]
fn nobody_is_called_and_nothing_is_taken_for_a_mark() {
    let folder = hostile();
    let [slack, matrix, markdown] = ["slack", "matrix", "markdown"]
        .map(|format| told(&folder, &["weekly", "2026-12-03", "--format", format]));
    assert!(slack.starts_with("*A &lt;!channel&gt; &amp; *B* @\u{2060}here [x]"), "{slack}");
    assert!(slack.contains("• <https://meet.example.org/weekly|Join>\n"), "{slack}");
    assert!(slack.contains("See the list (https://example.org/l) &amp; ask"), "{slack}");
    assert!(markdown.starts_with("## A \\<!channel\\> \\& \\*B\\* @\u{2060}here \\[x\\]("));
    assert!(matrix.starts_with("**A \\<!channel\\>") && matrix.contains("**\n\n"), "{matrix}");
    assert!(markdown.contains("- 1\\. @\u{2060}room \\`code\\`\n"), "{markdown}");
    assert!(markdown.contains("- <https://example.org/a_b_c>\n"), "{markdown}");
    assert!(markdown.contains("See [the list](https://example.org/l) & ask @\u{2060}channel."));
    assert!(!slack.contains("<!"), "{slack}");
    for text in [&slack, &matrix, &markdown] {
        for call in ["@channel", "@here", "@room"] {
            assert!(!text.contains(call), "{call}: {text}");
        }
    }
}

#[test]
fn a_mail_has_the_event_attached() {
    use mail_parser::{MessageParser, MimeHeaders};
    let folder = hostile();
    folder.edit(&format!("{WEEKLY}/2026-12-03.md"), "A <!channel>", "Übergrößenträger <!channel>");
    let to = ["--to", "list@example.org", "--to", "other@example.org"];
    let mail = told(&folder, &[&["weekly", "2026-12-03", "--ics"], &to[..]].concat());
    let again = told(&folder, &[&["weekly", "2026-12-03", "--ics"], &to[..]].concat());
    assert_eq!(mail, again, "the same bytes for the same content");
    for line in mail.split("\r\n") {
        assert!(line.len() <= 78 && line.is_ascii() && !line.contains('\n'), "{line:?}");
    }
    let message = MessageParser::default().parse(mail.as_bytes()).unwrap();
    let text = told(&folder, &["weekly", "2026-12-03"]);
    let (subject, body) = text.split_once("\n\n").unwrap();
    assert_eq!(message.subject(), subject.strip_prefix("Subject: "));
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), body.trim_end());
    let id = "weekly.20261203T1000.meeting@example.org";
    assert_eq!(message.message_id(), Some(id));
    assert_eq!(message.date().unwrap().to_rfc3339(), AS_OF);
    assert_eq!(message.to().unwrap().iter().count(), 2);
    assert!(message.from().is_none());
    let event = message.attachment(0).unwrap();
    assert_eq!(event.attachment_name(), Some("event.ics"));
    let kind = event.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
    assert!(kind.attribute("method").is_none());
    let built = folder.path("built");
    let out = ["build", "--out", built.to_str().unwrap(), "--as-of", AS_OF];
    assert!(run(&out, &folder.path("content")).status.success());
    let published = folder.read("built/meetings/weekly/2026-12-03/event.ics");
    assert_eq!(event.text_contents(), Some(published.as_str()));
}

#[test]
fn every_language_has_words_for_it() {
    let check = |case: &str, words: [&str; 4]| {
        let folder = package(&format!("tests/cases/{case}/content"));
        let at = "2026-11-24T12:00:00Z";
        let cancelled = told_at(&folder, at, &["weekly", "2026-11-26"]);
        let moved = told_at(&folder, at, &["weekly", "2026-12-03"]);
        assert!(cancelled.contains(words[0]), "{cancelled}");
        for word in &words[1..] {
            assert!(moved.contains(word), "{word}: {moved}");
        }
        for english in ["Join", "Agenda:", "Around", "Subscribe", "takes place"] {
            assert!(!cancelled.contains(english) && !moved.contains(english), "{english}");
        }
    };
    check("in-german", ["fällt aus", "wurde verlegt", "Mitteleuropa: ", "Teilnehmen: "]);
    check("in-japanese", ["中止になりました", "日時が変更", "日本：", "参加する："]);
}

#[test]
fn programs_get_json() {
    let text = told(&Folder::sample(), &["weekly", "2026-11-26", "--format", "slack", "--json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["recurrence_id"], "2026-11-26T10:00:00");
    assert_eq!(json["format"], "slack");
    let subject = json["subject"].as_str().unwrap();
    assert_eq!(subject, "Cancelled: Weekly call, Thursday 26 November 2026 (Thanksgiving)");
    assert!(json["text"].as_str().unwrap().starts_with(&format!("*{subject}*\n")));
}

#[test]
fn misuse_and_dates_without_meeting_are_explained() {
    let folder = Folder::sample();
    let check = |arguments: &[&str], code: i32, words: &str| {
        let output = run(&[&["announce"], arguments].concat(), &folder.path("content"));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{error}");
        assert!(error.contains(words), "{error}");
    };
    check(&["weekly", "2026-12-04"], 1, "the nearest are 2026-12-03 (Thursday) and 2026-12-10");
    check(&["weekyl", "2026-12-03"], 1, "did you mean `weekly`?");
    check(&["weekly", "2026-12-03", "--ics", "--format", "slack"], 2, "leave --format out");
    check(&["weekly", "2026-12-03", "--ics", "--to", "a@b\nBcc: c@d"], 2, "write one address");
    check(&["weekly", "2026-12-03", "--to", "a@b.org"], 2, "--ics");
}
