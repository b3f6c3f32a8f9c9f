//! Calendars as single subscribers want them: options in the address, other forms by Accept.

use crate::http::{ask, get};
use crate::process::{AS_OF, Folder, Server, until};
use std::net::SocketAddr;

/// A weekly call with a cancelled date, and a monthly one with another tag.
fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let monthly = "+++\ntitle = \"Board\"\nupdated = 2026-01-01T00:00:00Z\ntags = [\"board\"]\n\n\
                   [[slot]]\nfrom = 2025-01-07\nevery = \"month\"\non = \"first Tuesday\"\n\
                   at = \"09:00\"\nzone = \"Europe/Paris\"\n+++\n";
    folder.put("content/meetings/board/series.md", monthly);
    folder.edit("content/meetings/weekly/series.md", "join =", "tags = [\"dev\"]\njoin =");
    let record = "[[record]]\ndate = 2026-03-05\nminutes = \"https://notes.example.org/m\"\n\
                  published = 2026-03-06T00:00:00Z\n";
    folder.put("content/meetings/weekly/records.toml", record);
    folder.put("content/meetings/weekly/2026-03-12.md", "+++\ntitle = \"Special\"\n+++\n");
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

fn calendar(address: SocketAddr, path: &str) -> String {
    let response = get(address, path);
    let media_type = response.header("content-type").map(str::to_owned);
    assert_eq!(
        (response.status, media_type.as_deref()),
        (200, Some("text/calendar; charset=utf-8")),
        "{path}"
    );
    response.text().replace("\r\n ", "")
}

fn titles(calendar: &str) -> Vec<&str> {
    let mut titles: Vec<_> =
        calendar.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).collect();
    titles.sort_unstable();
    titles
}

#[test]
fn series_and_tags_choose_meetings_that_stay_the_same() {
    let (_folder, server) = sample();
    let all = calendar(server.address, "/example.ics");
    assert_eq!(titles(&all), ["Board", "Special", "Weekly call", "Weekly call"]);
    let events = |text: &str| -> Vec<String> {
        text.split("BEGIN:VEVENT")
            .skip(1)
            .map(|e| e.split("END:VEVENT").next().unwrap().to_owned())
            .collect()
    };
    let everything = events(&all);
    let cases = [
        ("/example.ics?series=board", 1),
        ("/example.ics?series=weekly", 3),
        ("/example.ics?series=weekly,board", 4),
        ("/example.ics?series=weekly&series=board", 4),
        ("/example.ics?tag=board", 1),
        ("/example.ics?tag=dev%2Cboard", 4),
        ("/example.ics?tag=dev&series=board", 0),
        ("/tags/dev.ics", 3),
        ("/tags/board.ics", 1),
        ("/meetings/weekly.ics?series=weekly", 3),
    ];
    for (path, count) in cases {
        let chosen = events(&calendar(server.address, path));
        assert_eq!(chosen.len(), count, "{path}");
        assert!(chosen.iter().all(|event| everything.contains(event)), "{path}");
    }
}

#[test]
fn a_cancelled_meeting_is_hidden_or_marked() {
    let (_folder, server) = sample();
    let hidden = calendar(server.address, "/meetings/weekly.ics?cancelled=hide");
    assert!(hidden.contains("EXDATE;TZID=America/Los_Angeles:20261126T100000\r\n"));
    assert_eq!(hidden, calendar(server.address, "/meetings/weekly.ics"));
    let marked = calendar(server.address, "/meetings/weekly.ics?cancelled=mark&alarm=15m");
    assert!(!marked.contains("EXDATE"), "{marked}");
    let event = marked.split("BEGIN:VEVENT").find(|e| e.contains("SUMMARY:Cancelled")).unwrap();
    for line in [
        "RECURRENCE-ID;TZID=America/Los_Angeles:20261126T100000",
        "SUMMARY:Cancelled: Weekly call",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
    ] {
        assert!(event.contains(&format!("\r\n{line}\r\n")), "{line} in {event}");
    }
    assert!(event.contains("DESCRIPTION:Thanksgiving\\n\\n") && !event.contains("VALARM"));
}

#[test]
fn alarms_ring_before_every_meeting() {
    let (_folder, server) = sample();
    let calendar = calendar(server.address, "/example.ics?alarm=1d,15m");
    let events = calendar.matches("BEGIN:VEVENT").count();
    for trigger in ["TRIGGER:-PT15M\r\n", "TRIGGER:-P1D\r\n", "ACTION:DISPLAY\r\n"] {
        let times = if trigger.starts_with("ACTION") { 2 * events } else { events };
        assert_eq!(calendar.matches(trigger).count(), times, "{trigger}");
    }
}

#[test]
fn the_past_is_cut_or_whole() {
    let (folder, server) = sample();
    let recent = calendar(server.address, "/meetings/weekly.ics?past=90d");
    assert_eq!(titles(&recent), ["Weekly call"]);
    let all = calendar(server.address, "/meetings/weekly.ics?past=all");
    assert!(all.contains("Minutes: https://notes.example.org/m"));
    drop(server);
    let later = Server::start(&folder.path("content"), &["--as-of", "2027-06-01T00:00:00Z"]);
    let default = calendar(later.address, "/meetings/weekly.ics");
    assert!(!default.contains("Minutes:") && default.contains("SUMMARY:Special"));
    let all = calendar(later.address, "/meetings/weekly.ics?past=all");
    assert!(all.contains("Minutes: https://notes.example.org/m"));
}

#[test]
fn a_flat_calendar_has_each_meeting_in_utc_under_the_name_of_its_own_file() {
    let (_folder, server) = sample();
    let flat = calendar(server.address, "/example.ics?flat=utc");
    for absent in
        ["TZID", "VTIMEZONE", "RRULE", "RECURRENCE-ID", "X-WR-TIMEZONE", "20261126T180000Z"]
    {
        assert!(!flat.contains(absent), "{absent}");
    }
    assert!(flat.contains("DTSTART:20261119T180000Z\r\nDTEND:20261119T190000Z\r\n"));
    assert!(flat.contains("DTSTART:20261103T080000Z\r\n"), "the board, in Paris");
    let marked = calendar(server.address, "/example.ics?flat=utc&cancelled=mark");
    assert!(marked.contains("DTSTART:20261126T180000Z\r\n"));
    let file = calendar(server.address, "/meetings/weekly/2026-11-19/event.ics");
    let uid = file.lines().find(|line| line.starts_with("UID:")).unwrap();
    assert_eq!(uid, "UID:2026-11-19T1000.weekly.2026-01-01@example.org");
    assert_eq!(flat.matches(&format!("{uid}\r\n")).count(), 1);
    assert!(file.contains("DTSTART;TZID=America/Los_Angeles:20261119T100000\r\n"));
    let month = flat.matches("BEGIN:VEVENT").count();
    let longer =
        calendar(server.address, "/example.ics?flat=utc&past=all").matches("BEGIN:VEVENT").count();
    assert!(longer > month, "{longer} > {month}");
}

#[test]
fn a_query_that_is_not_understood_is_refused_in_a_sentence() {
    let (_folder, server) = sample();
    let cases = [
        (404, "series=wekly", "series=wekly is not here: this calendar has board, weekly"),
        (404, "tag=x", "tag=x is not here: this calendar has board, dev"),
        (
            400,
            "series=Weekly",
            "series=Weekly is not understood: write names of lower-case letters, digits and hyphens, \
             with commas between",
        ),
        (
            400,
            "past=soon",
            "past=soon is not understood: write all, or a number of days up to 3660, such as 90d",
        ),
        (400, "cancelled=no", "cancelled=no is not understood: write mark or hide"),
        (400, "flat=local", "flat=local is not understood: write utc"),
        (
            400,
            "alarm=%00%0D%0Ax",
            "alarm=x is not understood: write up to 5 times before the meeting, such as 15m,1h,1d",
        ),
    ];
    for (status, query, sentence) in cases {
        for path in
            ["/example.ics", "/example.jcal.json", "/example.xcal.xml", "/example.jscal.json"]
        {
            let response = get(server.address, &format!("{path}?{query}"));
            assert_eq!(response.status, status, "{path}?{query}");
            assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"));
            assert_eq!(response.header("cache-control"), Some("no-store"));
            assert_eq!(response.text(), format!("{status}: {sentence}\n"));
        }
    }
}

/// The sample after years: series and tags were renamed, some twice, or given up.
fn renamed() -> (Folder, Server) {
    let (folder, server) = sample();
    drop(server);
    let gone = "gone = [\"/meetings/retired.ics\", \"/tags/retired/\"]\n";
    let moves = [
        ("/meetings/calls.ics", "/meetings/weekly.ics"),
        ("/meetings/oldest.ics", "/meetings/calls.ics"),
        ("/meetings/by-page/", "/meetings/weekly/"),
        ("/meetings/everybody.ics", "/calendar.ics"),
        ("/meetings/developers.ics", "/tags/dev.ics"),
        ("/meetings/nowhere.ics", "/meetings/never.ics"),
        ("/tags/hackers.ics", "/tags/dev.ics"),
    ];
    let moves = moves.map(|(from, to)| format!("\n[[moved]]\nfrom = \"{from}\"\nto = \"{to}\"\n"));
    let site = folder.read("content/site.toml");
    folder.put("content/site.toml", &format!("{gone}{site}{}", moves.concat()));
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

#[test]
fn a_name_that_has_moved_is_followed_as_its_address_is() {
    let (_folder, server) = renamed();
    for (old, new) in [
        ("series=calls", "series=weekly"),
        ("series=oldest&alarm=15m", "alarm=15m&series=weekly"),
        ("series=by-page", "series=weekly"),
        ("series=developers", "series=weekly"),
        ("series=calls,board,weekly", "series=board,weekly"),
        ("tag=hackers", "tag=dev"),
        // What is gone, or never was, is passed over beside what is there.
        ("series=calls,retired,never", "series=weekly"),
        ("series=nobody,nowhere,board", "series=board"),
        ("tag=retired,board", "tag=board"),
    ] {
        let [old, new] = [old, new].map(|query| format!("/example.ics?{query}"));
        let (told, wanted) = (get(server.address, &old), get(server.address, &new));
        assert_eq!((told.status, wanted.status), (200, 200), "{old}");
        assert!(told.body == wanted.body, "{old}");
        assert_eq!(told.header("content-location"), Some(new.as_str()), "{old}");
        assert_eq!(told.header("etag"), wanted.header("etag"), "{old}");
    }
    let all = get(server.address, "/example.ics?series=everybody,board");
    assert!(all.body == get(server.address, "/example.ics").body);
}

#[test]
fn names_of_which_none_is_there_are_answered_as_their_addresses_are() {
    let (_folder, server) = renamed();
    for (query, status) in [
        ("series=retired", 410),
        ("tag=retired", 410),
        ("series=retired&tag=dev", 410),
        ("series=retired,never", 404),
        ("series=nobody", 404),
        ("series=nowhere", 404),
    ] {
        let response = get(server.address, &format!("/example.ics?{query}"));
        assert_eq!(response.status, status, "{query}: {}", response.text());
    }
    // What it is called now is not in that calendar.
    assert_eq!(get(server.address, "/tags/board.ics?series=calls").status, 404);
}

#[test]
fn what_clients_append_changes_nothing() {
    let (_folder, server) = sample();
    let plain = get(server.address, "/example.ics");
    for query in [
        "?",
        "?nocache",
        "?nocache=1732",
        "?utm_source=x&_=%ff",
        "?cancelled=hide&=&&",
        "?past",
        "?series=&tag=&alarm=&cancelled=&past=&flat=",
    ] {
        let response = get(server.address, &format!("/example.ics{query}"));
        assert_eq!(
            (response.status, response.header("etag")),
            (200, plain.header("etag")),
            "{query}"
        );
        assert!(response.body == plain.body, "{query}");
    }
    assert_eq!(get(server.address, "/?past=soon").status, 200);
    assert_eq!(get(server.address, "/feed.xml?past=soon").status, 200);
}

#[test]
fn all_who_ask_the_same_get_the_same_bytes_and_its_one_address() {
    let (_folder, server) = sample();
    let canonical = "/example.ics?alarm=15m,1h&series=board,weekly";
    let queries = [
        "alarm=15m,1h&series=board,weekly",
        "series=weekly,board&alarm=60m,15m&x=y",
        "series=weekly&alarm=15m%2C1h&series=board",
    ];
    let first = get(server.address, canonical);
    assert!(
        first
            .text()
            .replace("\r\n ", "")
            .contains(&format!("SOURCE;VALUE=URI:https://meetings.example.org{canonical}\r\n"))
    );
    for query in queries {
        for path in ["/example.ics", "/calendar.ics"] {
            let response = get(server.address, &format!("{path}?{query}"));
            assert_eq!(response.header("content-location"), Some(canonical), "{query}");
            assert_eq!(response.header("etag"), first.header("etag"));
            assert_eq!(response.body, first.body);
        }
    }
    let etag = format!("If-None-Match: {}", first.header("etag").unwrap());
    assert_eq!(ask(server.address, "GET", canonical, &[&etag]).status, 304);
    let gzip = ask(server.address, "GET", canonical, &["Accept-Encoding: gzip"]);
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    let head = ask(server.address, "HEAD", canonical, &[]);
    assert_eq!(head.names(), first.names());
    assert_eq!(ask(server.address, "PUT", canonical, &[]).status, 405);
}

#[test]
fn other_forms_come_only_to_those_who_ask_for_them_first() {
    let (_folder, server) = sample();
    let nextcloud = "Accept: text/calendar, application/calendar+json, application/calendar+xml";
    let (text, json, xml) = (
        "text/calendar; charset=utf-8",
        "application/calendar+json",
        "application/calendar+xml; charset=utf-8",
    );
    let cases = [
        ("Accept: */*", text),
        (nextcloud, text),
        ("Accept: text/html", text),
        ("Accept: application/json", text),
        ("Accept: nonsense;;q", text),
        ("Accept: */*, application/calendar+json;q=0.9", text),
        ("Accept: application/calendar+json", json),
        ("Accept: application/jscalendar+json", "application/jscalendar+json;type=group"),
        ("Accept: application/calendar+xml, text/calendar;q=0.5", xml),
    ];
    for (accept, media_type) in cases {
        let response = ask(server.address, "GET", "/example.ics", &[accept]);
        assert_eq!(
            (response.status, response.header("content-type")),
            (200, Some(media_type)),
            "{accept}"
        );
        assert_eq!(response.header("vary"), Some("Accept, Accept-Encoding"), "{accept}");
    }
    let json = ask(
        server.address,
        "GET",
        "/example.ics?series=board",
        &["Accept: application/calendar+json"],
    );
    assert_eq!(json.header("content-location"), Some("/example.jcal.json?series=board"));
    assert_eq!(json.header("cache-control"), Some("private"));
    assert_eq!(json.body, get(server.address, "/example.jcal.json?series=board").body);
}

#[test]
fn a_variant_follows_the_content() {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &[]);
    let path = "/meetings/weekly.ics?alarm=15m";
    let before = get(server.address, path).text();
    folder.edit("content/meetings/weekly/series.md", "Weekly call", "Weekly chat");
    until("the new title is in the calendar with options", || {
        get(server.address, path).text().contains("SUMMARY:Weekly chat")
    });
    assert!(before.contains("SUMMARY:Weekly call"));
}
