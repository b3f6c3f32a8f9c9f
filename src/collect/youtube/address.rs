//! Addresses of videos.

use crate::model::{Link, VideoId};

/// The one address of the video that `url` leads to: `https://youtu.be/` and its id.
///
/// None for lists, channels, and whatever is elsewhere.
///
/// ```
/// use convene::collect::youtube::video_link;
/// let link = video_link("https://www.youtube.com/watch?v=-tHfL7vH_J4&t=12s");
/// assert_eq!(link.unwrap().as_str(), "https://youtu.be/-tHfL7vH_J4");
/// assert!(video_link("https://www.youtube.com/playlist?list=PLx").is_none());
/// ```
pub fn video_link(url: &str) -> Option<Link> {
    VideoId::of(url)?.link()
}

/// Every address in a line of Markdown, each once, and where the first begins, in bytes.
pub(crate) fn addresses(line: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    while let Some(at) = line.get(from..).and_then(next_scheme).map(|at| from + at) {
        let rest = line.get(at..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || "<>()[]{}\"'`|*".contains(c);
        let url = rest.split(ends).next().unwrap_or_default();
        from = at + url.len().max(4);
        found.push((at, url.trim_end_matches(['.', ',', ';', ':', '!', '?'])));
    }
    found
}

fn next_scheme(text: &str) -> Option<usize> {
    let http = text.find("http://");
    let https = text.find("https://");
    http.into_iter().chain(https).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_videos_address_is_one() {
        for url in [
            "https://youtu.be/2ptoXp0xrrA",
            "http://youtu.be/2ptoXp0xrrA?si=abc&t=3",
            "https://www.youtube.com/watch?v=2ptoXp0xrrA",
            "https://youtube.com/watch?list=PLabc&v=2ptoXp0xrrA",
            "https://m.youtube.com/watch?v=2ptoXp0xrrA#t=1",
            "https://www.youtube.com/live/2ptoXp0xrrA?feature=share",
            "https://www.youtube.com/embed/2ptoXp0xrrA",
        ] {
            let link = video_link(url).map(|link| link.to_string());
            assert_eq!(link.as_deref(), Some("https://youtu.be/2ptoXp0xrrA"), "{url}");
        }
    }

    #[test]
    fn nothing_else_is_a_video() {
        for url in [
            "https://www.youtube.com/playlist?list=PL2ptoXp0xrrA",
            "https://www.youtube.com/channel/UCpGceic1q4-3Tai0kgeBcwg",
            "https://www.youtube.com/@convene",
            "https://www.youtube.com/watch?v=short",
            "https://www.youtube.com/watch?v=2ptoXp0xrrA2",
            "https://youtube.com.evil.example/watch?v=2ptoXp0xrrA",
            "https://evil.example/youtu.be/2ptoXp0xrrA",
            "javascript:https://youtu.be/2ptoXp0xrrA",
            "youtu.be/2ptoXp0xrrA",
            "https://youtu.be/",
            "",
        ] {
            assert_eq!(video_link(url), None, "{url}");
        }
    }

    #[test]
    fn addresses_end_where_the_markup_begins() {
        let line = "a [x](https://a.example/1), <http://b.example/2>; https://c.example/3.";
        let urls: Vec<_> = addresses(line).into_iter().map(|(_, url)| url).collect();
        assert_eq!(urls, ["https://a.example/1", "http://b.example/2", "https://c.example/3"]);
    }
}
