//! Where to join and what it is about, from texts that programs and people wrote.

use crate::model::{Line, Link, Markdown};

/// What a meeting says beside its time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Details {
    pub(super) join: Option<Link>,
    pub(super) agenda: Option<Link>,
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

/// What people call an agenda before its link.
const AGENDAS: [&str; 11] = [
    "agenda",
    "agenda url",
    "agenda link",
    "agenda and notes",
    "agenda & notes",
    "agenda/notes",
    "notes",
    "meeting notes",
    "notes and agenda",
    "tagesordnung",
    "議題",
];

/// How lines begin that conferencing programs write into each invitation, and that say nothing once the
/// link to join is told.
const NOISE: [&str; 18] = [
    "join the meeting now",
    "join zoom meeting",
    "join with google meet",
    "learn more about meet at",
    "microsoft teams",
    "meeting id",
    "one tap mobile",
    "dial in by phone",
    "dial by your location",
    "find a local number",
    "find your local number",
    "join by phone",
    "join on your computer",
    "for organizers",
    "ways to join meeting",
    "1. join from pc",
    "2. join via audio",
    "click here to join the meeting",
];

/// What programs write for a place where there is none.
const NOWHERE: [&str; 6] =
    ["microsoft teams meeting", "online event", "online", "zoom", "google meet", "webex"];

/// Words beside which a passcode stands.
const PASSCODES: [&str; 8] = [
    "passcode",
    "password",
    "pass code",
    "passwort",
    "kenncode",
    "pin",
    "host key",
    "conference id",
];

/// One line that can be a title.
pub(super) fn title(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clean: String = words.join(" ").chars().filter(|c| !Line::refuses(*c)).take(500).collect();
    Line::new(&clean)
}

/// What an event says of itself.
pub(super) struct Said<'a> {
    pub(super) location: &'a str,
    /// URL, CONFERENCE and the like.
    pub(super) links: &'a [String],
    pub(super) description: &'a str,
    /// The address of the site that the calendar is of, whose pages are no links to join.
    pub(super) site: Option<&'a str>,
}

/// Finds the link to join and that to the agenda; and tells whether a passcode was left out.
pub(super) fn read(said: &Said<'_>) -> (Details, bool) {
    let text = plain(said.description);
    let is_own = |link: &String| said.site.is_some_and(|site| link.starts_with(site));
    let all = [said.location.to_owned()].into_iter().chain(said.links.iter().cloned());
    let named: Vec<String> =
        all.flat_map(|text| addresses(&text)).filter(|link| !is_own(link)).collect();
    let written: Vec<String> = addresses(&text).into_iter().filter(|link| !is_own(link)).collect();
    let mut hosts = named.iter().chain(&written).filter(|link| is_meeting(link));
    let whole = |link: &&String| {
        said.location.trim() == *link || said.links.iter().any(|l| l.trim() == *link)
    };
    let join = hosts.next().or(named.iter().find(whole));
    let join = join.and_then(|link| Link::new(&without_passcode(link)));
    let agenda = text.lines().find_map(agenda);
    let (body, mut removed) = body(&text, said.site, [join.as_ref(), agenda.as_ref()]);
    removed |= named.iter().chain(&written).any(|link| without_passcode(link) != *link);
    let place = said.location.trim();
    let is_nowhere = NOWHERE.contains(&place.to_lowercase().as_str());
    let is_place = addresses(place).is_empty() && !is_nowhere;
    let place = if is_place { title(place) } else { None };
    (Details { join, agenda, location: place, body }, removed)
}

/// The link of a line such as `Agenda: https://…`.
fn agenda(line: &str) -> Option<Link> {
    let (label, link) = line.split_once(':')?;
    let link = link.trim();
    let is_whole = addresses(line).first().is_some_and(|found| found == link);
    let named = AGENDAS.contains(&label.trim().to_lowercase().as_str());
    if named && is_whole { Link::new(&without_passcode(link)) } else { None }
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

/// The link without what lets people in: `pwd`, `passcode`, `password`, the `pin` of a telephone, and
/// `p` of Teams.
pub(crate) fn without_passcode(link: &str) -> String {
    let Some((address, query)) = link.split_once('?') else { return link.to_owned() };
    let is_secret = |pair: &&str| {
        let key = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        let is_of_teams = key == "p" && address.contains("://teams.");
        is_of_teams || ["pwd", "passcode", "password", "pass", "pin", "tk"].contains(&key.as_str())
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_secret(pair)).collect();
    if kept.is_empty() { address.to_owned() } else { format!("{address}?{}", kept.join("&")) }
}

/// The text without passcodes, and without lines that only say what is told elsewhere: those links,
/// and the page of the calendar's own site.
fn body(text: &str, site: Option<&str>, told: [Option<&Link>; 2]) -> (String, bool) {
    let (mut kept, mut removed): (Vec<String>, bool) = (Vec::new(), false);
    let [join, _] = told;
    let join_is_told = join.is_some();
    for line in text.lines() {
        if is_secret(line) {
            removed = true;
            continue;
        }
        let line = addresses(line)
            .iter()
            .fold(line.to_owned(), |line, link| line.replace(link, &without_passcode(link)));
        let link = only_link(&line);
        let is_noise = join_is_told && is_noise(&line);
        let is_told = told.into_iter().flatten().any(|told| link == Some(told.as_str()));
        if is_noise || is_told || link.zip(site).is_some_and(|(link, site)| link.starts_with(site))
        {
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

/// Whether a conferencing program wrote the line, or it is but a ruler.
fn is_noise(line: &str) -> bool {
    let low = line.trim().to_lowercase();
    let is_ruler = low.len() > 9 && low.chars().all(|c| "_-:~=".contains(c));
    // Who invites is personal, too.
    let invites = low.contains("is inviting you to a scheduled");
    is_ruler || invites || NOISE.iter().any(|begin| low.starts_with(begin))
}

/// The link of a line that has nothing else, but for a word or two before a colon.
fn only_link(line: &str) -> Option<&str> {
    let line = line.trim();
    let at = line.find("http")?;
    let (label, link) = line.split_at_checked(at)?;
    let label = label.trim_end_matches('<').trim_end();
    let is_label = label.is_empty() || (label.ends_with([':', '：']) && label.len() < 40);
    let link = link.trim_end_matches('>');
    (is_label && !link.contains(char::is_whitespace)).then_some(link)
}

/// Whether the line lets people in: a passcode, or a number to dial with one (`+1…,,123#`).
fn is_secret(line: &str) -> bool {
    let low = line.to_lowercase();
    let dialled = low.contains(",,") && low.bytes().filter(u8::is_ascii_digit).count() > 6;
    let says = |word: &str| {
        let Some((before, after)) = low.split_once(word) else { return false };
        let after = after.trim_start_matches([' ', '*', '_']);
        let next = after.split_whitespace().next().unwrap_or_default();
        let has_digit = next.bytes().any(|b| b.is_ascii_digit());
        let is_told = after.starts_with([':', '=', '：', '(']) || after.starts_with("is ");
        match word {
            // One may pin a version, too.
            "pin" => is_told && !before.ends_with(char::is_alphanumeric),
            _ => is_told || has_digit,
        }
    };
    dialled || PASSCODES.iter().any(|word| says(word))
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

    fn of(description: &str) -> (Details, bool) {
        let site = Some("https://calendar.example.org/");
        read(&Said { location: "", links: &[], description, site })
    }

    #[test]
    fn the_link_to_join_is_found_and_its_passcode_is_not_kept() {
        let text = "Join: https://zoom.us/j/123?pwd=abc\nPasscode: 77\n\nAll are welcome.";
        let (found, removed) = of(text);
        assert_eq!(found.join.unwrap().as_str(), "https://zoom.us/j/123");
        assert_eq!(found.body, "All are welcome.");
        assert!(removed);
        assert_eq!(of("We discuss the password policy.").0.body, "We discuss the password policy.");
        assert_eq!(
            of("Pin 1.25 in the builds. Opinion: 5").0.body,
            "Pin 1.25 in the builds. Opinion: 5"
        );
        for secret in [
            "Meeting password is otter",
            "*Passcode:* 1",
            "Dial +13015550100,,12345#",
            "Or dial: (US) +1 301-555-0100 PIN: 123456789#",
            "Phone conference ID: 123 456 789#",
        ] {
            assert_eq!(of(secret), (Details::default(), true), "{secret}");
        }
    }

    #[test]
    fn what_lets_people_in_leaves_a_link() {
        let check = |link: &str, want: &str| assert_eq!(without_passcode(link), want);
        check("https://zoom.us/j/1?pwd=a&from=addon", "https://zoom.us/j/1?from=addon");
        check("https://tel.meet/abc?pin=123&hs=1", "https://tel.meet/abc?hs=1");
        check("https://teams.microsoft.com/meet/1?p=AbC", "https://teams.microsoft.com/meet/1");
        check("https://example.org/list?p=2", "https://example.org/list?p=2");
    }

    #[test]
    fn links_that_are_told_elsewhere_leave_the_text() {
        let text = "Bring tea.\n\nJoin: https://zoom.us/j/1\nAgenda: https://notes.example.org/a\n\
                    More: https://calendar.example.org/meetings/tea/";
        let (found, _) = of(text);
        assert_eq!(found.body, "Bring tea.");
        assert_eq!(found.agenda.unwrap().as_str(), "https://notes.example.org/a");
    }

    #[test]
    fn html_becomes_markdown() {
        let text = "<p>See <a href=\"https://example.org/notes\">notes</a></p>a &amp; b<br>c";
        assert_eq!(of(text).0.body, "See [notes](https://example.org/notes)\n\na & b\nc");
    }
}
