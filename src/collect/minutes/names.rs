//! People's names, which are never taken out of a note.

use super::plain::plain;
use super::region::{bullet, is_placeholder};
use std::collections::BTreeSet;

/// The most names that are kept in mind of a note.
const MOST_NAMES: usize = 20_000;

/// Who is named as attending anywhere in a note.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// First names, last names and handles, in lower case.
    words: BTreeSet<String>,
    /// Those that are written in lower case themselves: handles.
    handles: BTreeSet<String>,
}

impl Names {
    /// Keeps in mind whom a line of attendees or note takers names.
    pub(super) fn learn(&mut self, raw: &str) {
        let text = plain(bullet(raw).map_or(raw, |(_, text)| text));
        if is_placeholder(&text) || text.len() > 400 || self.words.len() > MOST_NAMES {
            return;
        }
        let parts: Vec<&str> = text.split([',', ';', '&', '/']).collect();
        // A company follows a comma, as a rule; a list of people has more parts, or full names.
        let is_list = parts.len() > 2 || bullet(raw).is_none();
        for (at, part) in parts.iter().enumerate() {
            let person = part.split(['(', '[', '<', ':']).next().unwrap_or_default();
            let person = DASHES.iter().fold(person, |person, dash| before(person, dash));
            let count = person.split_whitespace().count();
            if (1..=4).contains(&count) && (at == 0 || is_list || count > 1) {
                self.learn_person(person);
            }
        }
        let handles = text.split(|c: char| c.is_whitespace() || "(),;/[]".contains(c));
        for handle in handles.filter_map(|word| word.strip_prefix('@')) {
            self.learn_word(handle);
        }
    }

    fn learn_person(&mut self, person: &str) {
        person.split_whitespace().for_each(|word| self.learn_word(word));
    }

    fn learn_word(&mut self, word: &str) {
        let bare = bare(word);
        let lower = bare.to_lowercase();
        if lower.chars().count() < 2 || is_acronym(bare) || is_common(&lower) {
            return;
        }
        if lower == bare {
            self.handles.insert(lower.clone());
        }
        self.words.insert(lower);
    }

    /// Whether a word of a text is somebody's name.
    fn has(&self, word: &str) -> bool {
        let bare = bare(word);
        let lower = bare.to_lowercase();
        self.words.contains(&lower) && (bare != lower || self.handles.contains(&lower))
    }

    /// The text without names, as far as they can be told; none where nothing is left, or where it has
    /// a phone number, a passcode or an address of a room.
    ///
    /// Rather a word too many goes than a name stays.
    pub(super) fn without(&self, text: &str) -> Option<String> {
        if is_secret(text) {
            return None;
        }
        let text = without_groups(text);
        let text = self.without_known(&text);
        let text = without_ends(&text);
        let text = text.trim_matches(|c: char| c.is_whitespace() || "-–—:,;/&".contains(c));
        let said = text.chars().filter(|c| c.is_alphanumeric()).count();
        (said >= 3).then(|| text.to_owned())
    }

    fn without_known(&self, text: &str) -> String {
        const BEFORE: [&str; 7] = ["by", "from", "with", "w/", "and", "via", "@"];
        const AFTER: [&str; 6] = ["to", "will", "is", "would", "wants", "and"];
        let mut kept: Vec<&str> = Vec::new();
        let mut follows_name = false;
        for word in text.split_whitespace() {
            let mut parts = word.split(['/', '&', '+', ',']).filter(|part| !bare(part).is_empty());
            let is_address = word.contains("://");
            let is_name =
                !is_address && parts.clone().count() > 0 && parts.all(|part| self.has(part));
            let is_handle = word.trim_start_matches(['(', '[']).starts_with('@')
                || (word.contains('@') && (is_address || is_mail(word)));
            if is_name || is_handle {
                while kept.last().is_some_and(|word| BEFORE.contains(&word.to_lowercase().as_str()))
                {
                    kept.pop();
                }
                follows_name = true;
            } else if !(follows_name && kept.is_empty() && AFTER.contains(&word)) {
                kept.push(word);
                follows_name = false;
            }
        }
        kept.join(" ")
    }
}

const DASHES: [&str; 3] = [" - ", " – ", " — "];

fn before<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or(text, |(before, _)| before)
}

/// A word without the punctuation and the genitive at its ends.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// Three capitals or more: a project rather than a person.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let all_upper = word.chars().all(|c| !c.is_lowercase());
    all_upper && letters.count() >= 3
}

/// Words that stand in brackets or before a colon without being a name.
fn is_common(lower: &str) -> bool {
    COMMON.contains(&lower)
}

/// `Signing`, `Deprecation`: few people are called so.
fn is_thing(word: &str) -> bool {
    ["ing", "tion", "sion", "ment", "ity", "ness", "ance"].iter().any(|end| word.ends_with(end))
}

const COMMON: &[&str] = &[
    "a",
    "about",
    "agenda",
    "all",
    "an",
    "and",
    "annotations",
    "api",
    "artifact",
    "artifacts",
    "auth",
    "blob",
    "build",
    "bundle",
    "call",
    "carried",
    "ci",
    "community",
    "conformance",
    "containerd",
    "continued",
    "cont",
    "contd",
    "container",
    "containers",
    "data",
    "demo",
    "digest",
    "digests",
    "discuss",
    "discussion",
    "distribution",
    "docs",
    "draft",
    "eu",
    "events",
    "follow",
    "followup",
    "for",
    "freebsd",
    "from",
    "fyi",
    "github",
    "go",
    "governance",
    "group",
    "how",
    "idea",
    "if",
    "image",
    "images",
    "in",
    "index",
    "initiative",
    "intro",
    "issue",
    "issues",
    "items",
    "kubecon",
    "last",
    "layer",
    "link",
    "linux",
    "maintainer",
    "maintainers",
    "manifest",
    "media",
    "meeting",
    "min",
    "mins",
    "minutes",
    "mirror",
    "na",
    "new",
    "news",
    "note",
    "of",
    "on",
    "open",
    "or",
    "over",
    "part",
    "permits",
    "platform",
    "pr",
    "presentation",
    "proposal",
    "prs",
    "question",
    "rc",
    "referrers",
    "registry",
    "release",
    "releases",
    "review",
    "runc",
    "runtime",
    "security",
    "spec",
    "specs",
    "status",
    "tag",
    "tags",
    "the",
    "time",
    "to",
    "type",
    "update",
    "updates",
    "us",
    "vote",
    "week",
    "wg",
    "working",
];

/// Whether something in brackets, or before a colon, says more than who it is about.
fn is_harmless(text: &str) -> bool {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            is_common(&part.to_lowercase())
                || is_acronym(part)
                || part.contains(|c: char| c.is_ascii_digit())
        })
}

/// The text without what stands in brackets, as `(Robin)` and `[sam, 5 min]`; `(KubeCon EU)` stays.
fn without_groups(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['(', '[']) {
        let (before, group) = rest.split_at_checked(at).unwrap_or((rest, ""));
        kept.push_str(before);
        let Some(end) = group.find([')', ']']) else {
            rest = group.get(1..).unwrap_or_default();
            continue;
        };
        let inner = group.get(1..end).unwrap_or_default();
        if is_harmless(inner) && !inner.contains('@') {
            kept.push_str(group.get(..=end).unwrap_or_default());
        }
        rest = group.get(end + 1..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept
}

/// The text without a person before a colon or a dash, and after the last dash: `Robin: topic`,
/// `- Robin - topic`, `topic - Robin`.
fn without_ends(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || "-–—:,;".contains(c));
    let first = DASHES.iter().copied().chain([": "]).filter_map(|mark| text.split_once(mark));
    if let Some((who, rest)) = first.min_by_key(|(who, _)| who.len()) {
        text = if is_person(who) { rest } else { text };
    }
    let last = DASHES.iter().filter_map(|mark| text.rsplit_once(mark));
    if let Some((rest, who)) = last.min_by_key(|(_, who)| who.len()) {
        text = if is_person(who) { rest } else { text };
    }
    match text.rsplit_once(", ") {
        Some((rest, who)) if is_full_name(who) => rest,
        _ => text,
    }
}

/// Whether a text may be one person or some: each of one to three words, none of them common.
fn is_person(text: &str) -> bool {
    let text = text.replace(" and ", "/");
    let mut people = text.split(['/', '&', '+', ',']).map(str::trim).peekable();
    people.peek().is_some()
        && people.all(|person| {
            let words: Vec<&str> = person.split_whitespace().collect();
            let plain = |c: char| c.is_alphabetic() || ".'’-_".contains(c);
            let is_name = |word: &&str| {
                word.chars().all(plain)
                    && !is_acronym(word)
                    && !is_common(&word.to_lowercase())
                    && !is_thing(word)
            };
            let is_particle = |word: &str| ["van", "von", "de", "der", "di", "la"].contains(&word);
            let all_upper = words.iter().all(|word| begins_upper(word) || is_particle(word));
            let is_alone = words.len() == 1 && (begins_upper(&person) || !person.contains('-'));
            (1..=3).contains(&words.len())
                && words.iter().all(is_name)
                && (is_alone || (words.len() > 1 && all_upper))
        })
}

fn is_full_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=3).contains(&words) && is_person(text) && text.split_whitespace().all(|w| begins_upper(&w))
}

fn begins_upper(word: &&str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Phone numbers, passcodes, rooms.
fn is_secret(text: &str) -> bool {
    const SECRET: [&str; 9] = [
        "passcode",
        "password",
        "meeting id",
        "pwd=",
        "one tap",
        "dial by",
        "dial-in",
        "zoom.us",
        "webinar id",
    ];
    let lower = text.to_lowercase();
    SECRET.iter().any(|word| lower.contains(word)) || has_phone_number(text)
}

/// Nine digits or more in groups, or eight after a `+`; not the digits of a word or of an address.
fn has_phone_number(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "+-. ()".contains(c);
    text.split(|c: char| !is_part(c)).any(|run| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let run = run.trim_matches(['-', '.', ' ']);
        let grouped = run.contains(['-', ' ', '.', '(']);
        (run.starts_with('+') && digits >= 8) || (grouped && (10..=15).contains(&digits))
    })
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn names() -> Names {
        let mut names = Names::default();
        for line in [
            "- Robin Example (Acme)",
            "- Kim Sample, Initech",
            "* @quux-dev",
            "Lee Placeholder, Sasha, Uma Test",
            "- _add yourself_",
            "- jo",
        ] {
            names.learn(line);
        }
        names
    }

    fn check(text: &str, want: Option<&str>) {
        assert_eq!(names().without(text).as_deref(), want, "{text}");
    }

    #[test]
    fn people_are_dropped_wherever_they_mark_a_topic() {
        check("Referrers API pagination (Robin)", Some("Referrers API pagination"));
        check("[Max M.] Referrers API", Some("Referrers API"));
        check("Robin: release of runc", Some("release of runc"));
        check("Robin Example - release of runc", Some("release of runc"));
        check("Zoe Unlisted: release of runc", Some("release of runc"));
        check("Zoe/Max: release of runc", Some("release of runc"));
        check("release of runc - Zoe", Some("release of runc"));
        check("release of runc, Zoe Unlisted", Some("release of runc"));
        check("Demo by Kim Sample on layers", Some("Demo on layers"));
        check("Kim to present layers", Some("present layers"));
        check("Kim's layers @quux-dev", Some("layers"));
        check("layers (sasha, 5 min)", Some("layers"));
        check("ask jo about layers", Some("ask about layers"));
        check("mail kim@acme.example on layers", Some("mail on layers"));
    }

    #[test]
    fn topics_keep_what_is_no_name() {
        for text in [
            "Conformance results (KubeCon EU)",
            "image-spec: annotations of an index",
            "Distribution: v1.1.1 (PR #123)",
            "Signing: bundle format",
            "Zstd layers: media type",
            "zstd layers - media type",
            "Working group update",
            "Initech's registry",
            "Fix for CVE-2024-21626 on 2024-12-19",
            "https://github.com/example/image-spec/pull/1234",
        ] {
            check(text, Some(text));
        }
    }

    #[test]
    fn secrets_and_bare_names_leave_nothing() {
        for text in [
            "Passcode: 000000",
            "+1 555 0100 0000",
            "Dial 555-010-0000",
            "https://zoom.us/j/000",
            "Robin Example",
            "@quux-dev",
            "(Robin)",
        ] {
            check(text, None);
        }
    }
}
