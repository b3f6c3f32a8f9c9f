//! Where to join and what it is about, from texts that programs and people wrote.

use crate::model::{Line, Link, Markdown};

/// What a meeting says beside its time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Details {
    pub(super) join: Option<Link>,
    pub(super) location: Option<Line>,
    pub(super) body: String,
}

const MEETING_HOSTS: [&str; 9] = [
    "zoom.us",
    "zoomgov.com",
    "meet.google.com",
    "teams.microsoft.com",
    "teams.live.com",
    "meet.jit.si",
    "webex.com",
    "whereby.com",
    "gotomeeting.com",
];

/// One line that can be a title.
pub(super) fn title(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clean: String = words.join(" ").chars().filter(|c| !Line::refuses(*c)).take(500).collect();
    Line::new(&clean)
}

/// Finds the link to join; and tells whether a passcode was left out.
pub(super) fn read(location: &str, links: &[String], description: &str) -> (Details, bool) {
    let text = plain(description);
    let all = [location.to_owned()].into_iter().chain(links.iter().cloned()).chain([text.clone()]);
    let found: Vec<String> = all.flat_map(|text| addresses(&text)).collect();
    let written = found.iter().find(|link| is_meeting(link)).or(found.first().filter(|first| {
        links.iter().any(|link| link.trim() == first.as_str()) || location.trim() == first.as_str()
    }));
    let join = written.and_then(|link| Link::new(&without_passcode(link)));
    let (body, mut removed) = body(&text, join.as_ref());
    removed |= found.iter().any(|link| without_passcode(link) != *link);
    let place = addresses(location).is_empty().then(|| title(location)).flatten();
    (Details { join, location: place, body }, removed)
}

/// The web addresses in a text.
fn addresses(text: &str) -> Vec<String> {
    let is_end = |c: char| c.is_whitespace() || "<>\"'()[]{}|\\^`".contains(c);
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("http") {
        let from = rest.get(at..).unwrap_or_default();
        let end = from.find(is_end).unwrap_or(from.len());
        let link = from.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':']);
        if link.starts_with("https://") || link.starts_with("http://") {
            found.push(link.to_owned());
        }
        rest = from.get(end.max(4)..).unwrap_or_default();
    }
    found
}

fn is_meeting(link: &str) -> bool {
    let host = link.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| {
        MEETING_HOSTS.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")))
    })
}

/// The link without what lets people in: `pwd`, `passcode`, `password`.
fn without_passcode(link: &str) -> String {
    let Some((address, query)) = link.split_once('?') else { return link.to_owned() };
    let is_secret = |pair: &&str| {
        let key = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        ["pwd", "passcode", "password", "pass"].contains(&key.as_str())
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_secret(pair)).collect();
    if kept.is_empty() { address.to_owned() } else { format!("{address}?{}", kept.join("&")) }
}

/// The text without passcodes, and without a line that is only the link to join.
fn body(text: &str, join: Option<&Link>) -> (String, bool) {
    let (mut kept, mut removed): (Vec<String>, bool) = (Vec::new(), false);
    for line in text.lines() {
        let low = line.to_ascii_lowercase();
        let is_secret =
            ["passcode", "password", "pass code", "kenncode"].iter().any(|word| low.contains(word))
                || low.contains(",,");
        if is_secret {
            removed = true;
            continue;
        }
        let line = addresses(line)
            .iter()
            .fold(line.to_owned(), |line, link| line.replace(link, &without_passcode(link)));
        if join.is_some_and(|join| line.trim().trim_matches(['<', '>']) == join.as_str()) {
            continue;
        }
        let is_second_blank = line.trim().is_empty() && kept.last().is_none_or(|l| l.is_empty());
        if !is_second_blank {
            kept.push(line.trim_end().to_owned());
        }
    }
    let mut text = kept.join("\n").trim().to_owned();
    while text.len() > Markdown::MOST_BYTES / 2 {
        text = text.chars().take(text.chars().count() / 2).collect();
    }
    (text, removed)
}

/// Text of HTML, and other text as it is; without characters that content cannot have.
fn plain(text: &str) -> String {
    let low = text.to_ascii_lowercase();
    let tags = ["<br", "<p>", "<p ", "<a ", "<div", "<html", "<span", "<li>", "<b>"];
    let text = match tags.iter().any(|tag| low.contains(tag)) {
        true => without_tags(text),
        false => text.to_owned(),
    };
    let ok = |c: char| c == '\n' || c == '\t' || !Line::refuses(c);
    text.replace("\r\n", "\n").replace('\u{a0}', " ").chars().filter(|c| ok(*c)).collect()
}

fn without_tags(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    let mut link: Option<(String, usize)> = None;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(&entities(before));
        let Some((tag, after)) = after.split_once('>') else {
            rest = "";
            break;
        };
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "br" => out.push('\n'),
            "p" | "div" | "ul" | "ol" | "h1" | "h2" | "h3" => out.push_str("\n\n"),
            "li" if !tag.starts_with('/') => out.push_str("\n- "),
            "a" if tag.starts_with('/') => {
                if let Some((href, at)) = link.take() {
                    let words = out.get(at..).unwrap_or_default().trim().to_owned();
                    out.truncate(at);
                    let is_bare = words == href || words.is_empty() || words.contains(['[', ']']);
                    out.push_str(&if is_bare { href } else { format!("[{words}]({href})") });
                }
            }
            "a" => {
                link = addresses(tag).into_iter().next().map(|href| (entities(&href), out.len()))
            }
            _ => {}
        }
        rest = after;
    }
    out.push_str(&entities(rest));
    out
}

fn entities(text: &str) -> String {
    let known = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
    let text = known.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_join_is_found_and_its_passcode_is_not_kept() {
        let text = "Join: https://zoom.us/j/123?pwd=abc\nPasscode: 77\n\nAll are welcome.";
        let (found, removed) = read("", &[], text);
        assert_eq!(found.join.unwrap().as_str(), "https://zoom.us/j/123");
        assert_eq!(found.body, "Join: https://zoom.us/j/123\n\nAll are welcome.");
        assert!(removed);
    }

    #[test]
    fn html_becomes_markdown() {
        let text = "<p>See <a href=\"https://example.org/notes\">notes</a></p>a &amp; b<br>c";
        assert_eq!(
            read("", &[], text).0.body,
            "See [notes](https://example.org/notes)\n\na & b\nc"
        );
    }
}
