//! Videos at YouTube, by their addresses.

use super::Link;

/// What tells a video at YouTube from all others: eleven letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoId(String);

impl VideoId {
    /// Takes `text` as an id; `None` where it is none.
    pub fn new(text: &str) -> Option<VideoId> {
        let is_id = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (text.len() == 11 && text.bytes().all(is_id)).then(|| VideoId(text.to_owned()))
    }

    /// The video that `url` leads to; `None` for lists, channels, and whatever is elsewhere.
    ///
    /// ```
    /// use convene::model::VideoId;
    /// let id = VideoId::of("https://www.youtube.com/watch?v=-tHfL7vH_J4&t=12s").unwrap();
    /// assert_eq!(id.link().unwrap().as_str(), "https://youtu.be/-tHfL7vH_J4");
    /// assert!(VideoId::of("https://www.youtube.com/playlist?list=PLx").is_none());
    /// ```
    pub fn of(url: &str) -> Option<VideoId> {
        let url =
            url::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let mut path = url.path_segments()?.filter(|part| !part.is_empty());
        let first = path.next();
        match (url.host_str()?, first) {
            ("youtu.be" | "www.youtu.be", Some(id)) => VideoId::new(id),
            (host, Some("watch")) if is_youtube(host) => {
                VideoId::new(&url.query_pairs().find(|(key, _)| key == "v")?.1)
            }
            (host, Some("live" | "embed")) if is_youtube(host) => VideoId::new(path.next()?),
            _ => None,
        }
    }

    /// The video's one address: `https://youtu.be/` and its id.
    pub fn link(&self) -> Option<Link> {
        Link::new(&["https://youtu.be/", &self.0].concat())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_youtube(host: &str) -> bool {
    matches!(host, "youtube.com" | "www.youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com")
}
