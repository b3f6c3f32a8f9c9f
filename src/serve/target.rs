//! Whether what a request asks for has one of the forms in which a server is asked (RFC 9112 §3.2).

use axum::http::{Request, StatusCode};

/// The octets of a path and its query at the most, as with nginx; RFC 9110 §4.1 asks for 8,000.
const LONGEST: usize = 8 * 1024;

/// What is wrong with what is asked for, and how to mend it; none where nothing is.
///
/// The forms that only a proxy or the server as a whole is asked in (`CONNECT`, `*`) have no path; a
/// name before the host is nowhere to be used and often there to deceive (RFC 9110 §4.2.4).
pub(super) fn mistake<B>(request: &Request<B>) -> Option<(StatusCode, &'static str)> {
    let uri = request.uri();
    if !uri.path().starts_with('/') {
        let text = "400: the address is not a path: begin it with /\n";
        return Some((StatusCode::BAD_REQUEST, text));
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        let text = "400: there is a user name in the address: leave it out\n";
        return Some((StatusCode::BAD_REQUEST, text));
    }
    let length = uri.path().len() + uri.query().map_or(0, str::len);
    (length > LONGEST).then_some((StatusCode::URI_TOO_LONG, "414: the address is too long\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_asked_for_a_path() {
        let status = |uri: &str| {
            let request = Request::builder().uri(uri).body(()).unwrap();
            mistake(&request).map_or(200, |(status, _)| status.as_u16())
        };
        let good = ["/", "/a?b=@", "//a@b/", "http://a/", "http://a", "http://a:80/b"];
        good.iter().for_each(|uri| assert_eq!(status(uri), 200, "{uri}"));
        let bad = ["*", "a", "a:80", "http://a@b/", "http://a:b@c:80/d"];
        bad.iter().for_each(|uri| assert_eq!(status(uri), 400, "{uri}"));
        assert_eq!(status(&format!("/{}", "a".repeat(LONGEST - 1))), 200);
        assert_eq!(status(&format!("/{}", "a".repeat(LONGEST))), 414);
        assert_eq!(status(&format!("/?{}", "a".repeat(LONGEST))), 414);
    }
}
