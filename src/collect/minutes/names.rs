//! People's names, which are never taken out of a note.

use super::person::{DASHES, bare, is_acronym, is_common, without_ends, without_groups};
use super::plain::plain;
use super::region::{bullet, is_placeholder};
use super::secret::is_secret;
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
            let person = person.trim();
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
        // Initials, where they are all there is.
        if !person.contains(char::is_whitespace) && is_acronym(bare(person)) {
            self.words.insert(bare(person).to_lowercase());
        }
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
    ///
    /// In lower case only where it is written so, or too long to be a common word as a rule.
    fn has(&self, word: &str) -> bool {
        let bare = bare(word);
        let lower = bare.to_lowercase();
        let may_be_word = bare == lower && lower.chars().count() < 5;
        self.words.contains(&lower) && (!may_be_word || self.handles.contains(&lower))
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
        let text = text.replace(" :", ":");
        let said = text.chars().filter(|c| c.is_alphanumeric()).count();
        (said >= 3).then_some(text)
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

fn before<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or(text, |(before, _)| before)
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
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
            "- QXP (late)",
            "- .. some phone number",
            "- _add note taker_",
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
        check("sample pulls by placeholder", Some("pulls"));
        check("(qxp) layers, QXP", Some("layers"));
        check("Runtime hooks (jo): a number", Some("Runtime hooks: a number"));
        check("Layers, an intro. Kim Sample and Robin Example.", Some("Layers, an intro."));
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
            "composefs: https://github.com/example/composefs",
            "GPL headers, should others have them?",
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
