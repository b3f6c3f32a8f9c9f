//! Marks by which people say whose a topic is: `(Robin)`, `Robin: topic`, `topic - Robin`.

/// What stands between a person and a topic.
pub(super) const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// A word without the punctuation and the genitive at its ends.
pub(super) fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

/// Three capitals or more: a project rather than a person.
pub(super) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let all_upper = word.chars().all(|c| !c.is_lowercase());
    all_upper && letters.count() >= 3
}

/// Words that stand in brackets or before a colon without being a name.
pub(super) fn is_common(lower: &str) -> bool {
    COMMON.split(' ').any(|word| word == lower)
}

/// `Signing`, `Deprecation`: few people are called so.
fn is_thing(word: &str) -> bool {
    ["ing", "tion", "sion", "ment", "ity", "ness", "ance"].iter().any(|end| word.ends_with(end))
}

/// What topics are about, and words beside them.
const COMMON: &str = "\
    a about add agenda all an and annotations another api artifact artifacts auth blob build \
    bundle call carried ci community conformance cont container containerd containers contd \
    continued data demo digest digests discuss discussion distribution docs draft eu events \
    follow followup for freebsd from fyi github go governance group how idea if image images in \
    index initiative intro issue issues items joined kubecon last layer link linux maintainer \
    maintainers manifest media meeting min mins minutes mirror na new news note number of on \
    open or over part permits phone platform pr presentation proposal prs question rc referrers \
    registry release releases review runc runtime security spec specs status tag tags the time \
    to type update updates us vote week wg working";

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
pub(super) fn without_groups(text: &str) -> String {
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
pub(super) fn without_ends(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || "-–—:,;".contains(c));
    let first = DASHES.iter().copied().chain([": "]).filter_map(|mark| text.split_once(mark));
    if let Some((who, rest)) = first.min_by_key(|(who, _)| who.len()) {
        // `composefs: https://…` would say nothing without it.
        let says_all = begins_upper(&who) || !rest.trim_start().starts_with("http");
        text = if is_person(who) && says_all { rest } else { text };
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
