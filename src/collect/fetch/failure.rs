//! Why an address gave nothing worth reading.

use super::RetryAfter;
use hyper::StatusCode;
use std::fmt;
use std::net::IpAddr;

/// An address that gave nothing worth reading. What is known of it must stay as it is.
///
/// ```
/// use convene::collect::fetch::{Failure, Reason};
/// let url = "http://notes.example/a".to_owned();
/// assert_eq!(
///     Failure { url, led_to: None, reason: Reason::NotHttps }.to_string(),
///     "cannot fetch `http://notes.example/a`: only https is fetched; \
///      give its https address in the content"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was asked for.
    pub url: String,
    /// Where redirects had led by then.
    pub led_to: Option<String>,
    /// What happened.
    pub reason: Reason,
}

/// What happened instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No URL with a host, and why.
    NotUrl(String),
    /// A scheme other than https.
    NotHttps,
    /// A port other than 443; 0 where there is none.
    Port(u16),
    /// A user name or password in the URL.
    Credentials,
    /// The host is, or has among its addresses, one that is not on the public internet.
    Blocked {
        /// The first such address.
        address: IpAddr,
    },
    /// The host's name has no address, and what the system says.
    Dns(String),
    /// No connection, and what the system says.
    Connect(String),
    /// The host did not show that it is the one asked for, and why.
    Tls(String),
    /// Not all was there in 10 s.
    Timeout,
    /// More than 3 redirects.
    Redirects,
    /// A status other than 200 and 304 (RFC 9110 §15).
    Status {
        /// Which.
        code: u16,
        /// When to ask again, if it says so.
        retry_after: Option<RetryAfter>,
    },
    /// 304, though nothing was named that could be unchanged.
    Unasked,
    /// No byte of content.
    Empty,
    /// More than 2 MiB of content.
    TooLarge,
    /// Content in a coding that was not asked for, or not in the one it says.
    Coding(String),
    /// No HTTP, more header fields than anybody sends, or content that breaks off.
    Http(String),
    /// This machine gave no thread or socket, and why.
    Machine(String),
}

impl Reason {
    /// One word for it, that never tells what a private network looks like: for pages and metrics
    /// that everybody sees.
    pub fn as_str(&self) -> &'static str {
        match self {
            Reason::NotUrl(_) | Reason::NotHttps | Reason::Port(_) | Reason::Credentials => "url",
            Reason::Blocked { .. } => "blocked",
            Reason::Dns(_) => "dns",
            Reason::Connect(_) => "connect",
            Reason::Tls(_) => "tls",
            Reason::Timeout => "timeout",
            Reason::Redirects => "redirects",
            Reason::Status { .. } => "status",
            Reason::Unasked | Reason::Http(_) => "http",
            Reason::Empty => "empty",
            Reason::TooLarge => "too-large",
            Reason::Coding(_) => "coding",
            Reason::Machine(_) => "machine",
        }
    }

    /// When to ask again, if the host said so.
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Reason::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// What a person can do, where waiting does not help.
    fn mend(&self) -> Option<&'static str> {
        match self {
            Reason::NotUrl(_) => Some("mend it in the content"),
            Reason::NotHttps => Some("give its https address in the content"),
            Reason::Port(_) => Some("give an address without a port in the content"),
            Reason::Credentials => Some("give an address that is open to all in the content"),
            Reason::Blocked { .. } => Some("give an address on the public internet in the content"),
            Reason::Redirects => Some("give the address where it is now in the content"),
            Reason::TooLarge => Some("split it: what is known stays"),
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NotUrl(why) => write!(f, "it is no URL: {why}"),
            Reason::NotHttps => write!(f, "only https is fetched"),
            Reason::Port(port) => write!(f, "only port 443 is asked, not {port}"),
            Reason::Credentials => write!(f, "a user name or password is never sent"),
            Reason::Blocked { address } => {
                write!(f, "its host is at {address}, which is not on the public internet")
            }
            Reason::Dns(why) => write!(f, "its host's name has no address: {why}"),
            Reason::Connect(why) => write!(f, "no connection: {why}"),
            Reason::Tls(why) => write!(f, "no trust in its host: {why}"),
            Reason::Timeout => write!(f, "not all was there in 10 s"),
            Reason::Redirects => write!(f, "more than 3 redirects"),
            Reason::Status { code, .. } => {
                let name =
                    StatusCode::from_u16(*code).ok().and_then(|code| code.canonical_reason());
                write!(f, "it answered {code} {}", name.unwrap_or("(unknown)"))
            }
            Reason::Unasked => write!(f, "it answered that nothing is changed, unasked"),
            Reason::Empty => write!(f, "it answered with nothing"),
            Reason::TooLarge => write!(f, "it is larger than 2 MiB"),
            Reason::Coding(why) => write!(f, "its content cannot be decoded: {why}"),
            Reason::Http(why) => write!(f, "its answer is not whole: {why}"),
            Reason::Machine(why) => write!(f, "this machine cannot: {why}"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot fetch `{}`", self.url)?;
        if let Some(led_to) = &self.led_to {
            write!(f, ", which led to `{led_to}`")?;
        }
        let next = self.reason.mend().unwrap_or("what is known stays, and it is asked again later");
        write!(f, ": {}; {next}", self.reason)
    }
}

impl std::error::Error for Failure {}
