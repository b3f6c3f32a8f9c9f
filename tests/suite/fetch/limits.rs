//! Floods, bombs and silence: how much time and memory they get.

use super::{CHUNKED, MEBIBYTE, PATH, URL, client, client_of, get, gzip, gzipped, outcome, raw};
use crate::upstream::{ENDLESS, Play, Upstream};
use convene::collect::fetch::{Answer, Reason, Validators};
use flate2::{Compression, GzBuilder};
use std::time::Duration;

/// What comes of a play that is not waited for long.
fn hasty_outcome(play: Play) -> Result<Answer, Reason> {
    let upstream = Upstream::start([(PATH, play)]);
    let client = client(&upstream).within(Duration::from_millis(400));
    client.get(URL, &Validators::default()).map_err(|failure| failure.reason)
}

/// 100 MiB of zeros in as many members as there are MiB: about 100 KiB.
pub(crate) fn bomb() -> Play {
    gzipped(gzip(&vec![0; MEBIBYTE]).repeat(100))
}

/// 100 MB of which the head does not tell.
fn flood() -> Play {
    let piece = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
    Play::Endless { head: raw(&CHUNKED, ""), piece, pause: Duration::ZERO }
}

/// Header fields without end.
fn header_flood() -> Play {
    let head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let piece = b"X-Flood: ".iter().chain(&[b'x'; 1000]).chain(b"\r\n").copied().collect();
    Play::Endless { head, piece, pause: Duration::ZERO }
}

#[test]
fn a_flood_of_header_fields_is_a_failure() {
    assert!(matches!(outcome(header_flood()), Err(Reason::Http(_))));
    let many: String = (0..101).map(|number| format!("X-{number}: y\r\n")).collect();
    let many = format!("HTTP/1.1 200 OK\r\n{many}Content-Length: 5\r\n\r\nnotes");
    assert!(matches!(outcome(Play::Bytes(many.into())), Err(Reason::Http(_))));
}

#[test]
fn silence_is_not_waited_out() {
    let half = raw(&[("Content-Length", "100")], "notes");
    for play in [vec![], b"HTTP/1.1 200 OK\r\nX".to_vec(), half] {
        assert_eq!(hasty_outcome(Play::Silence(play)), Err(Reason::Timeout));
    }
}

#[test]
fn a_drip_does_not_buy_time() {
    let pause = Duration::from_millis(20);
    for (head, piece) in [
        (raw(&[("Content-Length", "1000000")], ""), "x"),
        (raw(&CHUNKED, ""), "1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ".to_vec(), "x"),
        (vec![], "\r\n"),
    ] {
        let piece = piece.as_bytes().to_vec();
        assert_eq!(hasty_outcome(Play::Endless { head, piece, pause }), Err(Reason::Timeout));
    }
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let endless = |head| Play::Endless { head, piece: vec![b'x'; 0x10000], pause: Duration::ZERO };
    let told = endless(raw(&[("Content-Length", "100000000")], ""));
    let untold = endless(raw(&[], ""));
    for play in [told, untold, flood()] {
        let upstream = Upstream::start([(PATH, play)]);
        assert_eq!(get(&upstream).unwrap_err().reason, Reason::TooLarge);
        // What was not read is in the system's buffers.
        assert!(upstream.written() < ENDLESS / 5, "{} were written", upstream.written());
    }
}

#[test]
fn a_bomb_goes_off_in_two_mebibytes() {
    assert_eq!(outcome(bomb()), Err(Reason::TooLarge));
    assert_eq!(outcome(gzipped(gzip(&vec![0; 3 * MEBIBYTE]))), Err(Reason::TooLarge));
    // Members with long names and nothing in them: nothing ever comes out.
    let member = GzBuilder::new().filename(vec![b'x'; 1000]);
    let member = member.write(Vec::new(), Compression::fast()).finish().unwrap();
    let hollow = Play::Endless {
        head: raw(&[("Content-Encoding", "gzip")], ""),
        piece: member.repeat(50),
        pause: Duration::ZERO,
    };
    assert_eq!(outcome(hollow), Err(Reason::TooLarge));
}

/// Tells the process that measures itself whom to ask.
#[cfg(target_os = "linux")]
const ASK: &str = "CONVENE_TEST_UPSTREAM";

/// In a process of its own, since the peak of this one is that of all tests. It is told of a proxy
/// too, which must not be asked.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_within_bounds_and_no_proxy_is_asked() {
    if let Ok(address) = std::env::var(ASK) {
        return measure(address.parse().unwrap());
    }
    let proxy = Upstream::start([]);
    let floods = [("bomb", bomb()), ("flood", flood()), ("fields", header_flood())];
    let paths = floods.map(|(name, play)| (format!("/notes.example/{name}"), play));
    let upstream = Upstream::start(paths.iter().map(|(path, play)| (path.as_str(), play.clone())));
    let name = "fetch::limits::memory_stays_within_bounds_and_no_proxy_is_asked";
    let address = format!("http://{}", proxy.address);
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(ASK, upstream.address.to_string())
        .envs(["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, &address)))
        .envs(["http_proxy", "https_proxy", "all_proxy"].map(|name| (name, &address)))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(upstream.paths().len() > 3, "only {:?} were asked for", upstream.paths());
    assert_eq!(proxy.paths(), Vec::<String>::new());
}

/// Asks for the floods again and again: the peak of memory may rise by 2 MiB and what reading them
/// takes, not by what they would be.
#[cfg(target_os = "linux")]
fn measure(address: std::net::SocketAddr) {
    let client = client_of(address);
    let get = |name: &str| {
        client.get(&format!("https://notes.example/{name}"), &Validators::default()).unwrap_err()
    };
    get("nothing");
    let before = peak_kib();
    for _ in 0..5 {
        assert_eq!(get("bomb").reason, Reason::TooLarge);
        assert_eq!(get("flood").reason, Reason::TooLarge);
        assert!(matches!(get("fields").reason, Reason::Http(_)));
    }
    let risen = peak_kib() - before;
    assert!(risen < 8 * 1024, "the peak rose by {risen} KiB");
}

/// The most memory that this process ever had (`VmHWM` in proc(5)).
#[cfg(target_os = "linux")]
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
