//! Addresses of videos.

use crate::model::Link;

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
    let url = url::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let mut path = url.path_segments()?.filter(|part| !part.is_empty());
    let first = path.next();
    let id = match (url.host_str()?, first) {
        ("youtu.be" | "www.youtu.be", Some(id)) => id.to_owned(),
        (host, Some("watch")) if is_youtube(host) => {
            url.query_pairs().find(|(key, _)| key == "v")?.1.into_owned()
        }
        (host, Some("live" | "embed")) if is_youtube(host) => path.next()?.to_owned(),
        _ => return None,
    };
    link_of_id(&id)
}

/// The address of the video with that id; none where it is no id.
pub(super) fn link_of_id(id: &str) -> Option<Link> {
    let is_id =
        id.len() == 11 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_id.then(|| Link::new(&["https://youtu.be/", id].concat())).flatten()
}

fn is_youtube(host: &str) -> bool {
    matches!(host, "youtube.com" | "www.youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com")
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
