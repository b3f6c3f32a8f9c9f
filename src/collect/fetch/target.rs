//! Which addresses on the web may be asked.

use super::Reason;
use super::address::PORT;
use std::fmt;
use url::{Host, Url};

/// A URL that may be asked: https on port 443, no user name or password, no fragment.
#[derive(Clone, Debug)]
pub(super) struct Target {
    url: Url,
    host: Host<String>,
}

impl Target {
    /// Takes `text` as a target.
    ///
    /// # Errors
    /// Which of the rules it breaks.
    pub(super) fn new(text: &str) -> Result<Target, Reason> {
        Target::of(Url::parse(text).map_err(|error| Reason::NotUrl(error.to_string()))?)
    }

    /// Where a redirect leads, not judged yet: `location` is absolute, or relative to this (RFC
    /// 9110 §10.2.2).
    ///
    /// # Errors
    /// A location that is none.
    pub(super) fn join(&self, location: &str) -> Result<Url, Reason> {
        self.url.join(location).map_err(|error| Reason::NotUrl(error.to_string()))
    }

    /// Takes a URL as a target.
    ///
    /// # Errors
    /// Which of the rules it breaks.
    pub(super) fn of(mut url: Url) -> Result<Target, Reason> {
        if url.scheme() != "https" {
            return Err(Reason::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Reason::Credentials);
        }
        match url.port_or_known_default() {
            Some(PORT) => {}
            other => return Err(Reason::Port(other.unwrap_or_default())),
        }
        url.set_fragment(None);
        match url.host().map(|host| host.to_owned()) {
            Some(host) => Ok(Target { url, host }),
            None => Err(Reason::NotUrl("it has no host".to_owned())),
        }
    }

    /// Whom the connection is made to: a name, or an address as `url` makes it out of any spelling.
    pub(super) fn host(&self) -> &Host<String> {
        &self.host
    }

    /// What the request asks for: path and query (RFC 9112 §3.2.1).
    pub(super) fn origin_form(&self) -> String {
        let query = self.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", self.url.path())
    }
}

/// A URL as it may be shown: without a password.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // A URL that can have no password has none.
    let _ = url.set_password(None);
    url.to_string()
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_on_its_port_without_credentials_may_be_asked() {
        for (url, reason) in [
            ("http://notes.example/a", Reason::NotHttps),
            ("ftp://notes.example/a", Reason::NotHttps),
            ("file:///etc/passwd", Reason::NotHttps),
            ("https://notes.example:8443/a", Reason::Port(8443)),
            ("https://notes.example:80/a", Reason::Port(80)),
            ("https://me@notes.example/a", Reason::Credentials),
            ("https://me:secret@notes.example/a", Reason::Credentials),
        ] {
            assert_eq!(Target::new(url).map(|target| target.to_string()), Err(reason), "{url}");
        }
        assert!(matches!(Target::new("notes.example/a"), Err(Reason::NotUrl(_))));
        assert!(matches!(Target::new("https://"), Err(Reason::NotUrl(_))));
    }

    #[test]
    fn the_port_may_be_written_and_a_fragment_is_not_sent() {
        let target = Target::new("https://notes.example:443/a?b=c#d").unwrap();
        assert_eq!(target.to_string(), "https://notes.example/a?b=c");
        assert_eq!(target.origin_form(), "/a?b=c");
    }

    #[test]
    fn every_spelling_of_an_address_is_an_address() {
        for url in
            ["https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.1"]
        {
            let host = Target::new(url).unwrap().host().clone();
            assert_eq!(host, Host::<String>::Ipv4([127, 0, 0, 1].into()), "{url}");
        }
    }

    #[test]
    fn a_redirect_may_be_relative() {
        let target = Target::new("https://notes.example/a/b?c").unwrap();
        let join = |location| target.join(location).unwrap().to_string();
        assert_eq!(join("../d"), "https://notes.example/d");
        assert_eq!(join("//e.example/f"), "https://e.example/f");
        assert_eq!(join("http://e.example/"), "http://e.example/");
    }
}
