//! What operators and their probes ask: is it alive, and is what it serves the newest content?

use super::state::{Served, State, Trouble, Version};
use super::vitals::Condition;
use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat, Utc};

/// Whether `/readyz` is answered with 200 or 503, and its text.
///
/// 503 says that nothing but a new start helps. Nobody else's answer depends on it.
pub(super) fn readiness(state: &State) -> (StatusCode, String) {
    let text = ready(&state.served.load(), state.documents.stale_at(state.clock.now()));
    of_condition(state.vitals.condition(&state.makers), text)
}

fn of_condition(condition: Condition, text: String) -> (StatusCode, String) {
    match condition {
        Condition::Well => (StatusCode::OK, text),
        Condition::Degraded(why) => {
            let rest = text.strip_prefix("ready\n").unwrap_or(&text);
            (StatusCode::OK, format!("degraded: {why}\n{rest}"))
        }
        Condition::Dead(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("dead: {why}\n{text}")),
    }
}

/// The text of `/readyz` where the server itself is well.
///
/// `ready`, or `degraded: …` with everything that is wrong with the newest content: subscribers
/// are served in either case, so the status is 200 in both.
pub(super) fn ready(served: &Served, next: Option<DateTime<Utc>>) -> String {
    let since = time(served.since);
    let next = next.map_or("never".to_owned(), time);
    let state = served.trouble.as_deref().map_or("ready\n".to_owned(), degraded);
    let version = version(&served.version);
    format!(
        "{state}serving content since: {since}\n{version}a document will next differ at: {next}\n"
    )
}

fn version(version: &Version) -> String {
    let Version { revision, commit, is_kept } = version;
    let commit = commit.as_ref().map(|commit| format!("checked out commit: {commit}\n"));
    let kept = if *is_kept { ", kept of an earlier run" } else { "" };
    format!("content revision: {revision}{kept}\n{}", commit.unwrap_or_default())
}

fn degraded(trouble: &Trouble) -> String {
    let lines: String = trouble.cause.lines().iter().map(|line| format!("  {line}\n")).collect();
    let (cause, since) = (&trouble.cause, time(trouble.since));
    format!("degraded: {cause} in the newest content, found at {since}\n{lines}")
}

fn time(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::super::part::Parts;
    use super::super::state::Cause;
    use super::*;
    use crate::content::{self, SourceFile};
    use crate::model::Community;
    use std::sync::Arc;

    fn community() -> Community {
        let site = "name = 'A'\nslug = 'a'\ndescription = 'A'\nurl = 'https://a.example'\n\
                    uid-domain = 'a.example'\nzone = 'UTC'\nlanguage = 'en'\n";
        let files = [("site.toml", site), ("community.md", "+++\ntitle = 'A'\n+++\n")];
        let file =
            |(path, text): (&str, &str)| SourceFile { path: path.into(), bytes: text.into() };
        content::parse(&files.map(file)).unwrap()
    }

    fn served(trouble: Option<Trouble>) -> Served {
        let content =
            Served::new(community(), Parts::default(), Version::default(), DateTime::UNIX_EPOCH);
        Served { trouble: trouble.map(Arc::new), ..content }
    }

    #[test]
    fn only_a_dead_server_is_taken_out_of_rotation() {
        let of = |condition, text: &str| of_condition(condition, text.to_owned());
        let (why, ok) = ("why".to_owned(), StatusCode::OK);
        let ready = "ready\nserving\n";
        assert_eq!(of(Condition::Well, ready), (ok, ready.to_owned()));
        let degraded = of(Condition::Degraded(why.clone()), ready);
        assert_eq!(degraded, (ok, "degraded: why\nserving\n".to_owned()));
        let both = of(Condition::Degraded(why.clone()), "degraded: 1 mistake\n");
        assert_eq!(both, (ok, "degraded: why\ndegraded: 1 mistake\n".to_owned()));
        let (status, text) = of(Condition::Dead(why), ready);
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(text.starts_with("dead: why\n"), "{text}");
    }

    #[test]
    fn ready_says_since_when_and_until_when() {
        assert_eq!(
            ready(&served(None), None),
            "ready\nserving content since: 1970-01-01T00:00:00Z\n\
             content revision: 0000000000000000\n\
             a document will next differ at: never\n"
        );
    }

    #[test]
    fn degraded_says_what_is_wrong_and_where() {
        let mistakes = content::parse(&[]).unwrap_err();
        let cause = Cause::Mistakes(mistakes);
        let first = format!("\n  {}\n", cause.lines().first().unwrap());
        let text = ready(&served(Some(Trouble { since: DateTime::UNIX_EPOCH, cause })), None);
        assert!(text.starts_with("degraded: "), "{text}");
        assert!(text.contains(&first), "{text}");
    }
}
