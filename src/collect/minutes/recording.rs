//! Lines that tell where a meeting's recording is.

use super::plain::plain;
use super::region::bullet;
use crate::collect::text::words;
use crate::collect::written_date::written_dates;
use crate::collect::youtube::{addresses, video_link};
use crate::model::Link;
use chrono::{Datelike, NaiveDate};

/// What a line says of the recording.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// It is labelled as the recording; the videos it names, maybe none.
    Recording(Vec<Link>),
    /// A link and nothing else.
    Alone(Link),
}

/// Reads a line; `own` are the days of its section. None for a line of anything else.
pub(super) fn recording(raw: &str, own: &[NaiveDate]) -> Option<Said> {
    let line = bullet(raw).map_or(raw.trim(), |(_, text)| text);
    let urls = addresses(line);
    let links: Vec<Link> = urls.iter().filter_map(|(_, url)| video_link(url)).collect();
    let before = label(line, urls.first().map(|(at, _)| *at));
    if is_label(&before, own) {
        return Some(Said::Recording(links));
    }
    let link = links.into_iter().next()?;
    let rest = words(&before).iter().all(|word| ["video", "youtube"].contains(&word.as_str()));
    rest.then_some(Said::Alone(link))
}

/// What a heading names, where it speaks of a recording: `([recording](https://youtu.be/…))`.
pub(super) fn in_heading(heading: &str) -> Vec<Link> {
    let speaks = words(&plain(heading)).iter().any(|word| word.starts_with("recording"));
    let urls = addresses(heading);
    urls.iter().filter(|_| speaks).filter_map(|(_, url)| video_link(url)).collect()
}

/// Whether the label is marked as one, as nobody does in a chat: `**Recording**: …`.
pub(super) fn is_marked(raw: &str) -> bool {
    raw.trim_start().starts_with(['*', '_']) && bullet(raw).is_none()
}

/// What is to be read before the first address, the whole line where there is none.
fn label(line: &str, first: Option<usize>) -> String {
    let before = first.and_then(|at| line.get(..at)).unwrap_or(line);
    plain(before.trim_end_matches(['<', '(']))
}

/// `Recording`, `video recording:`, `4/5 June Recording:`; not `Recording of the keynote`.
fn is_label(text: &str, own: &[NaiveDate]) -> bool {
    const USUAL: [&str; 20] = [
        "video",
        "meeting",
        "call",
        "zoom",
        "youtube",
        "full",
        "part",
        "link",
        "links",
        "available",
        "here",
        "is",
        "at",
        "on",
        "the",
        "no",
        "none",
        "of",
        "session",
        "to",
    ];
    let is_own = |&(month, day): &(u32, u32)| {
        let near = |date: &NaiveDate| {
            let day = NaiveDate::from_ymd_opt(date.year(), month, day);
            day.is_some_and(|day| day.signed_duration_since(*date).num_days().abs() <= 2)
        };
        own.iter().any(near)
    };
    let dates = written_dates(text);
    if !dates.iter().all(|date| date.days.iter().any(is_own)) {
        return false;
    }
    let mut rest = text.to_owned();
    for date in dates.iter().rev() {
        rest.replace_range(date.range.clone(), " ");
    }
    let words = words(&rest);
    let is_name = |word: &String| word == "recording" || word == "recordings";
    let is_usual = |word: &String| {
        is_name(word) || USUAL.contains(&word.as_str()) || (word.len() <= 2 && is_number(word))
    };
    words.len() <= 8 && words.iter().any(is_name) && words.iter().all(is_usual)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, want: Option<&[&str]>) {
        let own = [NaiveDate::from_ymd_opt(2020, 6, 4).unwrap()];
        let got = recording(line, &own).map(|said| match said {
            Said::Recording(links) => links,
            Said::Alone(link) => vec![link],
        });
        let ids = |links: Vec<Link>| -> Vec<String> {
            links.iter().map(|link| link.as_str().replace("https://youtu.be/", "")).collect()
        };
        let want = want.map(|ids| ids.iter().map(|id| id.to_string()).collect());
        assert_eq!(got.map(ids), want, "{line}");
    }

    #[test]
    fn every_form_of_a_recording_is_read() {
        for (line, id) in [
            ("**Recording**: https://youtu.be/2ptoXp0xrrA", "2ptoXp0xrrA"),
            ("**Recording**: <https://youtu.be/cu5qD5I0T7Q>", "cu5qD5I0T7Q"),
            ("**Recording:** https://www.youtube.com/watch?v=09NkIzIZhpM", "09NkIzIZhpM"),
            ("**Recording:** : https://youtu.be/niRr9HjH4ac", "niRr9HjH4ac"),
            ("_video recording_: https://youtu.be/KbjikGnIe5E", "KbjikGnIe5E"),
            ("**video recording**:  https://youtu.be/MxPgHWM9vYM", "MxPgHWM9vYM"),
            ("*recording available*: https://youtu.be/xlHLZhgpn4E", "xlHLZhgpn4E"),
            ("Recording available: https://www.youtube.com/watch?v=fuDtIFvgLxk", "fuDtIFvgLxk"),
            ("4/5 June Recording: https://youtu.be/UUbt25K95SA", "UUbt25K95SA"),
            ("https://youtu.be/h2oapEhNaBA (no label)", "h2oapEhNaBA"),
            ("- [Recording](https://youtu.be/-tHfL7vH_J4)", "-tHfL7vH_J4"),
            ("**[Recording](https://youtu.be/-tHfL7vH_J4)**", "-tHfL7vH_J4"),
        ] {
            check(line, Some(&[id]));
        }
        let two = "Recordings: https://youtu.be/2ptoXp0xrrA and https://youtu.be/cu5qD5I0T7Q";
        check(two, Some(&["2ptoXp0xrrA", "cu5qD5I0T7Q"]));
    }

    #[test]
    fn a_label_without_a_video_names_none() {
        for line in ["**Recording**: (none)", "_no video recording_", "**Recording**:"] {
            check(line, Some(&[]));
        }
        check("**Recording**: https://vimeo.example/123", Some(&[]));
    }

    #[test]
    fn other_lines_are_of_something_else() {
        for line in [
            "Recording of the keynote: https://youtu.be/2ptoXp0xrrA",
            "28 May Recording: https://youtu.be/2ptoXp0xrrA",
            "00:11:18 Robin: recording https://youtu.be/2ptoXp0xrrA",
            "See https://youtu.be/2ptoXp0xrrA",
            "We are recording, please mute",
            "https://www.youtube.com/playlist?list=PL2ptoXp0xrrA",
        ] {
            check(line, None);
        }
    }
}
