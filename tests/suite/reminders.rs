//! Reminders, as bots read them.

use crate::feeds::{entry, html, ids, text_at, title};
use crate::sample::*;
use chrono::{DateTime, TimeDelta, Utc};
use convene::model::Community;

const THANKSGIVING: &str = "2026-11-26T10:00:00";

/// Titles of the feed of reminders, and when each came.
fn reminders_at(community: &Community, now: &str) -> Vec<(String, DateTime<Utc>)> {
    let text = text_at(community, "/reminders.atom", now);
    let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
    feed.entries.iter().map(|e| (title(e).to_owned(), e.published.unwrap())).collect()
}

#[test]
fn people_are_reminded_a_day_and_an_hour_before() {
    let c = community();
    let meeting = "OCI weekly discussion, Thursday 26 November 2026, 10:00 PST (18:00 UTC)";
    let day = (format!("Tomorrow: {meeting}"), utc("2026-11-25T18:00:00Z"));
    let hour = (format!("In one hour: {meeting}"), utc("2026-11-26T17:00:00Z"));
    let of_it = |now: &str| {
        let mut all = reminders_at(&c, now);
        all.retain(|(title, _)| title.contains("26 November"));
        all
    };
    assert_eq!(of_it("2026-11-25T17:59:59Z"), []);
    assert_eq!(of_it("2026-11-25T18:00:00Z"), std::slice::from_ref(&day));
    assert_eq!(of_it("2026-11-26T17:00:00Z"), [hour.clone(), day.clone()]);
    assert_eq!(of_it("2026-12-03T17:59:59Z"), [hour, day]);
    assert_eq!(of_it("2026-12-03T18:00:00Z"), [], "a week after the meeting");
}

#[test]
fn a_reminder_shows_the_way_to_join_first() {
    let mut c = community();
    exception(&mut c, THANKSGIVING).details.get_or_insert_default().topics =
        vec![line("Elections & more")];
    let text = text_at(&c, "/reminders.xml", "2026-11-26T17:30:00Z");
    let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
    let reminder = entry(&feed, "2026-11-26T1000/reminder-1h/20261126T180000Z");
    let body = html(reminder);
    let place = |part: &str| body.find(part).unwrap_or_else(|| panic!("no {part} in {body}"));
    assert!(place("https://zoom.us/my/opencontainers") < place("Elections &amp; more"));
    assert!(place("Elections &amp; more") < place("https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg"));
    let summary = &reminder.summary.as_ref().unwrap().content;
    assert!(summary.ends_with("(18:00 UTC). Join: https://zoom.us/my/opencontainers"), "{summary}");
}

#[test]
fn nobody_is_reminded_of_a_cancelled_meeting() {
    let mut c = community();
    let now = "2026-11-25T20:00:00Z";
    let count = |c: &Community| {
        reminders_at(c, now).iter().filter(|(title, _)| title.contains("26 November")).count()
    };
    assert_eq!(count(&c), 1);
    exception(&mut c, THANKSGIVING).change = cancelled("A holiday", "2026-11-25T19:00:00Z");
    assert_eq!(count(&c), 0);
}

#[test]
fn people_are_reminded_anew_of_a_meeting_that_moved() {
    let mut c = community();
    exception(&mut c, THANKSGIVING).change = moved("2026-11-27T09:00:00", "2026-11-26T10:00:00Z");
    let text = text_at(&c, "/reminders.json", "2026-11-27T16:30:00Z");
    let ids = ids(&feed_rs::parser::parse(text.as_bytes()).unwrap());
    let of_it = "tag:opencontainers.org,2026:oci-weekly/2026-11-26T1000/reminder";
    assert_eq!(
        ids.get(..2).unwrap(),
        [format!("{of_it}-1h/20261127T170000Z"), format!("{of_it}-24h/20261127T170000Z")]
    );
}

#[test]
fn a_meeting_that_becomes_known_late_is_told_in_true_words() {
    let at = |announced: &str, now: &str| {
        let mut c = community();
        let extra = added(&slug("oci-events"), "2026-12-01T13:00:00", announced);
        events(&mut c).added.insert(extra.start, extra);
        let mut all = reminders_at(&c, now);
        all.retain(|(title, _)| title.contains("1 December"));
        all
    };
    let when = "OCI event, Tuesday 1 December 2026, 13:00 PST (21:00 UTC)";
    let late = utc("2026-12-01T12:00:00Z");
    let got = at("2026-12-01T12:00:00Z", "2026-12-01T12:00:00Z");
    assert_eq!(got, [(format!("Within 24 hours: {when}"), late)]);
    let later = utc("2026-12-01T20:30:00Z");
    let got = at("2026-12-01T20:30:00Z", "2026-12-01T20:45:00Z");
    assert_eq!(got, [(format!("Within the hour: {when}"), later)], "one of both is enough");
    assert_eq!(at("2026-12-01T21:00:00Z", "2026-12-01T21:30:00Z"), [], "it has begun");
}

#[test]
fn whole_days_have_one_reminder_before_their_midnight() {
    let mut c = community();
    let mut days = added(&slug("oci-events"), "2026-12-01", "2026-11-10T00:00:00Z");
    days.lasts = TimeDelta::days(2);
    events(&mut c).added.insert(days.start, days);
    let mut all = reminders_at(&c, "2026-12-01T12:00:00Z");
    all.retain(|(title, _)| title.contains("OCI event"));
    let title = "Tomorrow: OCI event, Tuesday 1 December 2026 to Wednesday 2 December 2026";
    assert_eq!(all, [(title.to_owned(), utc("2026-11-30T08:00:00Z"))]);
}
