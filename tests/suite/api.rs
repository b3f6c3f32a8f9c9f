//! `/api/`: what programs ask, and how its own description says that it answers.

use crate::http::{Response, ask, get};
use crate::process::{AS_OF, Folder, Server, run, until};
use crate::support::package;
use serde_json::{Value, json};
use std::net::SocketAddr;

/// The weekly call of the sample, and a monthly one in Paris that takes whole days.
fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let monthly = "+++\ntitle = \"Board\"\nupdated = 2026-01-01T00:00:00Z\ntags = [\"board\"]\n\n\
                   [[slot]]\nfrom = 2025-01-07\nevery = \"month\"\non = \"first Tuesday\"\n\
                   zone = \"Europe/Paris\"\n+++\nThe *board* meets.\n\nMore of it.\n";
    folder.put("content/meetings/board/series.md", monthly);
    folder.edit("content/meetings/weekly/series.md", "join =", "tags = [\"dev\"]\njoin =");
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

fn answer(address: SocketAddr, path: &str) -> Value {
    let response = get(address, path);
    assert_eq!(response.status, 200, "{path}: {}", response.text());
    assert_eq!(response.header("content-type"), Some("application/json"), "{path}");
    json_of(&response)
}

/// The local starts of an answer's meetings.
fn starts(answer: &Value) -> Vec<&str> {
    let all = answer["occurrences"].as_array().unwrap();
    all.iter().map(|meeting| meeting["start"].as_str().unwrap()).collect()
}

#[test]
fn meetings_are_those_of_the_next_thirty_days_with_what_became_of_them() {
    let (_folder, server) = sample();
    let answer = answer(server.address, "/api/occurrences");
    let expected = [
        "2026-11-26T10:00:00",
        "2026-12-01",
        "2026-12-03T10:00:00",
        "2026-12-10T10:00:00",
        "2026-12-17T10:00:00",
    ];
    assert_eq!(starts(&answer), expected);
    let first = &answer["occurrences"][0];
    assert_eq!((&first["status"], &first["reason"]), (&json!("cancelled"), &json!("Thanksgiving")));
    assert_eq!(answer["next"], Value::Null);
}

#[test]
fn a_meeting_is_the_same_here_and_on_the_command_line() {
    let (folder, server) = sample();
    let period = ["--from", "2026-10-01", "--to", "2027-01-31"];
    let dates =
        run(&[&["dates", "weekly", "--json"], &period[..]].concat(), &folder.path("content"));
    let dates: Value = serde_json::from_slice(&dates.stdout).unwrap();
    let path = "/api/occurrences?series=weekly&from=2026-10-01&to=2027-01-31";
    assert_eq!(answer(server.address, path)["occurrences"], dates);
    assert_eq!(dates.as_array().unwrap().len(), 18);
}

#[test]
fn a_period_begins_with_what_is_under_way_and_ends_before_what_starts() {
    let (_folder, server) = sample();
    let cases: [(&str, &[&str]); 7] = [
        ("from=2026-12-03T18:59:59Z&to=2026-12-10T18:00:00Z", &["2026-12-03T10:00:00"]),
        ("from=2026-12-03T19:00:00Z&to=2026-12-10T18:00:01Z", &["2026-12-10T10:00:00"]),
        ("from=2026-12-03&to=2026-12-03", &["2026-12-03T10:00:00"]),
        ("from=2026-12-01&to=2026-12-01", &["2026-12-01"]),
        ("from=2026-12-03T10:30:00-08:00&to=2026-12-04", &["2026-12-03T10:00:00"]),
        ("from=2026-12-03T20:30:00 02:00&to=2026-12-04", &["2026-12-03T10:00:00"]),
        ("from=2027-01-02&to=2027-01-04", &[]),
    ];
    for (query, expected) in cases {
        let path = format!("/api/occurrences?{}", query.replace(' ', "+"));
        assert_eq!(starts(&answer(server.address, &path)), expected, "{query}");
    }
}

#[test]
fn series_and_tags_choose() {
    let (_folder, server) = sample();
    let cases = [
        ("series=board", 1),
        ("series=weekly", 4),
        ("series=weekly,board", 5),
        ("series=weekly&series=board", 5),
        ("series=weekly%2C%20board&utm_source=x", 5),
        ("tag=dev", 4),
        ("tag=dev,board", 5),
        ("tag=dev&series=board", 0),
    ];
    for (query, count) in cases {
        let answer = answer(server.address, &format!("/api/occurrences?{query}"));
        assert_eq!(starts(&answer).len(), count, "{query}");
    }
}

#[test]
fn a_series_or_a_tag_that_was_renamed_is_found_by_its_old_name() {
    let (folder, server) = sample();
    drop(server);
    let moved = |from, to| format!("\n[[moved]]\nfrom = \"{from}\"\nto = \"{to}\"\n");
    let moves = [
        moved("/meetings/calls.ics", "/meetings/weekly.ics"),
        moved("/tags/hackers/", "/tags/dev/"),
    ];
    let site = folder.read("content/site.toml");
    let gone = "gone = [\"/meetings/retired/\"]\n";
    folder.put("content/site.toml", &format!("{gone}{site}{}", moves.concat()));
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    for (old, new) in [
        ("series=calls", "series=weekly"),
        ("series=calls,board", "series=board,weekly"),
        ("series=retired,weekly", "series=weekly"),
        ("tag=hackers", "tag=dev"),
    ] {
        let [old, new] = [old, new].map(|query| format!("/api/occurrences?{query}"));
        let answer = answer(server.address, &old);
        assert_eq!(answer, self::answer(server.address, &new), "{old}");
        assert!(!starts(&answer).is_empty(), "{old}");
    }
    for (query, detail) in [
        ("series=retired", "series=retired is no longer published: /api/series"),
        ("series=weekly,never", "series=never is not here: /api/series"),
    ] {
        let response = get(server.address, &format!("/api/occurrences?{query}"));
        assert_eq!(response.status, 404, "{query}");
        assert!(json_of(&response)["detail"].as_str().unwrap().starts_with(detail), "{query}");
    }
}

#[test]
fn an_answer_that_is_cut_says_where_it_goes_on() {
    let (_folder, server) = sample();
    let query = "/api/occurrences?from=2026-01-01&to=2026-12-31";
    let whole = answer(server.address, query);
    assert_eq!((starts(&whole).len(), &whole["next"]), (65, &Value::Null));
    let (mut got, mut next) = (Vec::new(), Some(format!("{query}&limit=9")));
    while let Some(path) = next {
        let page = answer(server.address, &path);
        assert!(starts(&page).len() == 9 || page["next"].is_null(), "{path}");
        got.extend(page["occurrences"].as_array().unwrap().clone());
        let address = page["next"].as_str();
        next = address.map(|a| a.strip_prefix("https://meetings.example.org").unwrap().to_owned());
    }
    assert_eq!(Value::Array(got), whole["occurrences"]);
}

#[test]
fn series_tell_what_they_are_and_where_to_follow_them() {
    let (_folder, server) = sample();
    let answer = answer(server.address, "/api/series");
    let page = "https://meetings.example.org/meetings/board";
    let board = json!({
        "slug": "board",
        "title": "Board",
        "description": "The board meets.",
        "tags": ["board"],
        "join": null,
        "agenda": null,
        "location": null,
        "page": format!("{page}/"),
        "calendar": format!("{page}.ics"),
        "feeds": {
            "rss": format!("{page}/feed.xml"),
            "atom": format!("{page}/feed.atom"),
            "json": format!("{page}/feed.json"),
            "reminders": format!("{page}/reminders.xml"),
        },
        "slots": [{
            "rule": "First Tuesday of every month, all day",
            "from": "2025-01-07",
            "until": null,
            "zone": "Europe/Paris",
        }],
        "next_utc_start": "2026-11-30T23:00:00Z",
    });
    assert_eq!(answer["series"][0], board);
    let weekly = &answer["series"][1];
    assert_eq!(weekly["next_utc_start"], "2026-12-03T18:00:00Z", "the one before is cancelled");
    for path in ["page", "calendar"].map(|key| weekly[key].as_str().unwrap()) {
        let path = path.strip_prefix("https://meetings.example.org").unwrap();
        assert_eq!(get(server.address, path).status, 200, "{path}");
    }
}

#[test]
fn what_makes_no_sense_is_told_with_its_parameter() {
    let (_folder, server) = sample();
    let cases = [
        ("from=tomorrow", 400, "from", "is not understood: write a date such as"),
        ("from=2026-02-30", 400, "from", "is not understood"),
        ("from=2026-12-02&to=2026-12-01", 400, "to", "to is before from: swap them"),
        ("to=2026-11-01", 400, "to", "to is past"),
        ("from=2026-01-01&to=2027-01-02", 400, "to", "more than 366 days"),
        ("from=2026-12-01&from=2026-12-02", 400, "from", "from is there twice"),
        ("series=", 400, "series", "is not understood"),
        ("series=Weekly", 400, "series", "lower-case"),
        ("series=weekly,monthly", 404, "series", "series=monthly is not here: /api/series"),
        ("tag=weekly", 404, "tag", "tag=weekly is not here"),
        ("limit=0", 400, "limit", "write a number from 1 to 1000"),
        ("limit=1001", 400, "limit", "write a number from 1 to 1000"),
        ("limit=%2B5", 400, "limit", "write a number from 1 to 1000"),
        ("after=weekly", 400, "after", "is not understood"),
        ("after=weekly/2026-12-04T10:00:00", 404, "after", "no meeting"),
        ("after=monthly/2026-12-03", 404, "after", "no meeting"),
    ];
    for (query, status, parameter, detail) in cases {
        let response = get(server.address, &format!("/api/occurrences?{query}"));
        let problem = json_of(&response);
        let told = (response.status, problem["status"].as_u64());
        assert_eq!(told, (status, Some(status.into())), "{query}");
        assert_eq!(response.header("content-type"), Some("application/problem+json"), "{query}");
        assert_eq!(response.header("cache-control"), Some("no-store"), "{query}");
        assert_eq!(response.header("access-control-allow-origin"), Some("*"), "{query}");
        assert_eq!(
            (&problem["type"], &problem["parameter"]),
            (&json!("about:blank"), &json!(parameter))
        );
        assert!(problem["detail"].as_str().unwrap().contains(detail), "{query}: {problem}");
    }
}

#[test]
fn what_is_not_there_or_not_allowed_is_a_problem_too() {
    let (_folder, server) = sample();
    for path in ["/api", "/api/", "/api/meetings", "/api/series/weekly", "/api/%6fccurrence"] {
        for (method, status) in [("GET", 404), ("POST", 404)] {
            let response = ask(server.address, method, path, &["Content-Length: 0"]);
            let problem = json_of(&response);
            assert_eq!((response.status, &problem["status"]), (status, &json!(404)), "{path}");
            assert_eq!(response.header("content-type"), Some("application/problem+json"));
            assert!(problem.get("parameter").is_none());
        }
    }
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let response = ask(server.address, method, "/api/series", &["Content-Length: 0"]);
        assert_eq!((response.status, response.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
        assert_eq!(json_of(&response)["title"], "Method Not Allowed");
    }
}

#[test]
fn a_page_of_others_may_ask() {
    let (_folder, server) = sample();
    let headers = ["Origin: https://a.example", "Access-Control-Request-Headers: if-none-match"];
    let allowed = ask(server.address, "OPTIONS", "/api/occurrences", &headers);
    assert_eq!(allowed.status, 204);
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-headers", "*"),
        ("access-control-allow-methods", "GET, HEAD, OPTIONS"),
    ] {
        assert_eq!(allowed.header(name), Some(value), "{name}");
    }
}

#[test]
fn a_client_that_has_the_answer_gets_304_until_it_changes() {
    let (folder, server) = sample();
    for path in ["/api/occurrences?limit=2", "/api/series", "/api/openapi.json"] {
        let first = get(server.address, path);
        assert_eq!(first.header("cache-control"), Some("public, max-age=300"), "{path}");
        assert_eq!(first.header("vary"), Some("Accept-Encoding"), "{path}");
        let known = format!("If-None-Match: {}", first.header("etag").unwrap());
        let again = ask(server.address, "GET", path, &[&known]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("access-control-allow-origin"), Some("*"), "{path}");
        let head = ask(server.address, "HEAD", path, &[]);
        assert_eq!((head.status, head.names()), (200, first.names()), "{path}");
    }
    let titles = |server: &Server| get(server.address, "/api/occurrences").text();
    assert!(titles(&server).contains("Weekly call"));
    folder.edit("content/meetings/weekly/series.md", "Weekly call", "Call of the week");
    until("the answer follows the content", || titles(&server).contains("Call of the week"));
}

#[test]
fn an_answer_is_kept_no_longer_than_it_is_true() {
    let folder = Folder::sample();
    let serve = |as_of: &str| Server::start(&folder.path("content"), &["--as-of", as_of]);
    let before = serve("2026-12-03T18:58:20Z");
    let after = serve("2026-12-03T19:00:00Z");
    for path in ["/api/occurrences", "/api/series"] {
        let (before, after) = (get(before.address, path), get(after.address, path));
        assert_eq!(before.header("cache-control"), Some("public, max-age=100"), "{path}");
        assert_ne!(before.header("etag"), after.header("etag"), "{path}");
    }
    // Two answers between which nothing happens are the same.
    let between = serve("2026-12-03T18:59:59Z");
    let path = "/api/occurrences";
    assert_eq!(get(before.address, path).body, get(between.address, path).body);
}

/// Whether a value is as its schema says, as far as types, keys and patterns' presence go.
fn check(document: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix('#').unwrap();
        return check(document, document.pointer(name).unwrap(), value, place);
    }
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(types.contains(&json!(is)), "{place} is {is}, which is none of {types:?}");
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        check(document, &schema["items"], item, &format!("{place}/{index}"));
    }
    let Some(properties) = schema["properties"].as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(name.as_str().unwrap()).is_some(), "{place} has no {name}");
    }
    for (name, inner) in value.as_object().unwrap() {
        let schema =
            properties.get(name).unwrap_or_else(|| panic!("{place}/{name} is not described"));
        check(document, schema, inner, &format!("{place}/{name}"));
    }
}

/// What the document says of a response with that status; checks its body.
fn check_response(document: &Value, operation: &Value, response: &Response, place: &str) {
    let said = &operation["responses"][response.status.to_string()];
    let media_type = response.header("content-type").unwrap();
    let schema = &said["content"][media_type]["schema"];
    assert!(!schema.is_null(), "{place}: {} in {media_type} is not described", response.status);
    check(document, schema, &json_of(response), place);
}

#[test]
fn every_path_answers_as_it_is_described() {
    let server = Server::start(&package("content"), &["--as-of", AS_OF]);
    let document = answer(server.address, "/api/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 3);
    for (path, item) in paths {
        let operation = &item["get"];
        let mut queries = vec![String::new()];
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let (name, example) = (parameter["name"].as_str().unwrap(), &parameter["example"]);
            assert!(parameter["description"].is_string(), "{name} is not described");
            let example = example.as_array().map_or(example, |list| &list[0]);
            let example = example.as_str().map_or(example.to_string(), str::to_owned);
            queries.push(format!("?{name}={example}"));
        }
        for query in queries {
            let place = format!("{path}{query}");
            let response = get(server.address, &place);
            assert_eq!(response.status, 200, "{place}: {}", response.text());
            check_response(&document, operation, &response, &place);
        }
        let refused = ask(server.address, "POST", path, &["Content-Length: 0"]);
        check_response(&document, operation, &refused, path);
    }
    let operation = &paths["/api/occurrences"]["get"];
    for query in ["from=x", "series=nobodys"] {
        let response = get(server.address, &format!("/api/occurrences?{query}"));
        check_response(&document, operation, &response, query);
    }
    let whole = "/api/occurrences?from=2020-03-01&to=2021-02-28&limit=1000";
    let response = get(server.address, whole);
    assert!(starts(&json_of(&response)).len() > 40, "a year with records and cancellations");
    check_response(&document, operation, &response, whole);
}
