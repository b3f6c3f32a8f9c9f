//! Content that is whole, and content that is not.

use super::{CHUNKED, MEBIBYTE, bytes, gzip, gzipped, outcome, raw};
use crate::upstream::Play;
use convene::collect::fetch::Reason;

#[test]
fn an_answer_of_nothing_is_a_failure() {
    for play in [
        Play::ok("text/plain", ""),
        Play::Bytes(raw(&[], "")),
        Play::Bytes(raw(&CHUNKED, "0\r\n\r\n")),
        gzipped(gzip(b"")),
    ] {
        assert_eq!(outcome(play), Err(Reason::Empty));
    }
}

#[test]
fn an_answer_that_says_it_is_something_else_is_handed_on() {
    let page = "<!doctype html><title>Not here</title>";
    assert_eq!(bytes(outcome(Play::ok("application/atom+xml", page))), page.as_bytes());
}

#[test]
fn content_may_have_no_length_or_be_in_chunks() {
    let chunked = [("Transfer-Encoding", "chunked"), ("Trailer", "X-Sum")];
    let early = [b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec(), raw(&[], "notes")].concat();
    for play in [
        raw(&[], "notes"),
        raw(&chunked, "2\r\nno\r\n3;x=y\r\ntes\r\n0\r\nX-Sum: 1\r\n\r\n"),
        early,
    ] {
        assert_eq!(bytes(outcome(Play::Bytes(play))), b"notes");
    }
}

#[test]
fn content_that_breaks_off_is_a_failure() {
    for play in [
        raw(&[("Content-Length", "100")], "notes"),
        raw(&CHUNKED, "5\r\nnotes\r\n"),
        raw(&CHUNKED, "ff\r\nnotes"),
        raw(&CHUNKED, "xyz\r\nnotes\r\n"),
        raw(&CHUNKED, "fffffffffffffffffff\r\nnotes\r\n"),
    ] {
        let text = String::from_utf8_lossy(&play).into_owned();
        assert!(matches!(outcome(Play::Bytes(play)), Err(Reason::Http(_))), "{text}");
    }
}

#[test]
fn two_mebibytes_are_the_most() {
    let most = vec![b'x'; 2 * MEBIBYTE];
    let more = vec![b'x'; 2 * MEBIBYTE + 1];
    assert_eq!(bytes(outcome(Play::ok("text/plain", &most))), most);
    assert_eq!(bytes(outcome(gzipped(gzip(&most)))), most);
    assert_eq!(outcome(Play::ok("text/plain", &more)), Err(Reason::TooLarge));
    assert_eq!(outcome(gzipped(gzip(&more))), Err(Reason::TooLarge));
}

#[test]
fn content_in_another_coding_is_a_failure() {
    let whole = gzip(b"notes");
    let cut = whole[..whole.len() - 1].to_vec();
    let mut wrong_sum = whole.clone();
    wrong_sum[whole.len() - 8] ^= 1;
    for play in [
        gzipped("plain notes"),
        gzipped(cut),
        gzipped(wrong_sum),
        gzipped([&whole, "trailing rubbish".as_bytes()].concat()),
        Play::response("200 OK", &[("Content-Encoding", "br")], "notes"),
        Play::response("200 OK", &[("Content-Encoding", "gzip, gzip")], gzip(&whole)),
        Play::response(
            "200 OK",
            &[("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")],
            gzip(&whole),
        ),
    ] {
        let outcome = outcome(play);
        assert!(matches!(outcome, Err(Reason::Coding(_))), "{outcome:?}");
    }
    assert_eq!(bytes(outcome(gzipped(whole))), b"notes");
}
