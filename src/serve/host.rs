//! Whether a request says for whom it is, as HTTP/1.1 asks of it (RFC 9112 §3.2).
//!
//! A server of one site has no use for the name. But a proxy in front of it may have taken another
//! one for it than the next would, so what is ambiguous is refused.

use axum::http::header::HOST;
use axum::http::{Request, Version};

/// What is wrong with the request's Host, and how to mend it; none where nothing is.
pub(super) fn mistake<B>(request: &Request<B>) -> Option<&'static str> {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_host(host.as_bytes()) => None,
        (Some(_), None) => {
            Some("400: Host is not a name or an address: send it as the URL has it\n")
        }
        (Some(_), Some(_)) => Some("400: there is more than one Host: send one\n"),
        (None, _) if request.version() < Version::HTTP_11 => None,
        (None, _) => Some("400: HTTP/1.1 needs a Host: send the one of the URL\n"),
    }
}

/// `uri-host [ ":" port ]` (RFC 9110 §7.2). The name is not empty: no address of http has none (§4.2.1).
fn is_host(text: &[u8]) -> bool {
    let is_digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    match text {
        [b'[', rest @ ..] => {
            let mut parts = rest.splitn(2, |&byte| byte == b']');
            let address = parts.next().unwrap_or_default();
            let is_port = match parts.next() {
                Some([b':', port @ ..]) => is_digits(port),
                Some(rest) => rest.is_empty(),
                None => false,
            };
            is_port && !address.is_empty() && address.iter().all(|&b| is_of_name(b) || b == b':')
        }
        _ => {
            let mut parts = text.splitn(2, |&byte| byte == b':');
            let name = parts.next().unwrap_or_default();
            let is_name = !name.is_empty() && name.iter().all(|&byte| is_of_name(byte));
            is_name && is_digits(parts.next().unwrap_or_default())
        }
    }
}

/// The bytes of a `reg-name` (RFC 3986 §3.2.2); what comes after `%` is not looked at.
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(version: Version, hosts: &[&str], is_good: bool) {
        let mut request = Request::builder().version(version);
        for host in hosts {
            request = request.header(HOST, *host);
        }
        let found = mistake(&request.body(()).unwrap());
        assert_eq!(found.is_none(), is_good, "{version:?} {hosts:?}: {found:?}");
    }

    #[test]
    fn one_host_is_needed_and_no_more() {
        check(Version::HTTP_11, &["example.org"], true);
        check(Version::HTTP_11, &[], false);
        check(Version::HTTP_11, &["example.org", "example.org"], false);
        check(Version::HTTP_10, &[], true);
        check(Version::HTTP_10, &["example.org"], true);
        check(Version::HTTP_10, &["a", "b"], false);
    }

    #[test]
    fn a_host_is_a_name_or_an_address() {
        let good = ["a", "a.example:80", "a:", "127.0.0.1:8080", "[::1]", "[::1]:80"];
        good.iter().for_each(|host| check(Version::HTTP_11, &[host], true));
        let also = ["xn--bcher-kva.example", "a_b", "%C3%BC", "[v1.a:b]"];
        also.iter().for_each(|host| check(Version::HTTP_11, &[host], true));
        let bad = [
            "", ":80", "a b", "a/", "a:b", "a:80:80", "http://a", "user@a", "[::1", "[]",
            "[::1]80", "a?",
        ];
        bad.iter().for_each(|host| check(Version::HTTP_11, &[host], false));
    }
}
