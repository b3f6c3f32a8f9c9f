//! What operators see: `/status` and `/metrics`.

use crate::http::{ask, get};
use crate::process::{AS_OF, Folder, Server, until};
use serde_json::{Value, json};

const SERIES: &str = "content/meetings/weekly/series.md";

/// The sample, whose minutes and recordings are looked for, with one of its meetings recorded.
fn folder() -> Folder {
    let folder = Folder::with_sources("");
    let record = "[[record]]\ndate = 2026-11-12\nminutes = \"https://a.example/\"\n\
                  recording = \"https://youtu.be/12345678901\"\n";
    folder.put("content/meetings/weekly/records.toml", record);
    folder
}

fn serve(folder: &Folder) -> Server {
    Server::start(&folder.path("content"), &["--as-of", AS_OF])
}

fn status(server: &Server) -> Value {
    serde_json::from_str(&get(server.address, "/status.json").text()).unwrap()
}

#[test]
fn status_says_what_is_served_and_what_is_missing() {
    let folder = folder();
    let server = serve(&folder);
    let status = status(&server);
    assert_eq!(status["content"]["state"], "ready");
    assert_eq!(status["content"]["as_of"], AS_OF);
    assert_eq!(status["collector"], Value::Null, "nobody asked it to collect");
    let first = json!({
        "series": "weekly", "date": "2026-09-24", "what": "minutes",
        "page": "/meetings/weekly/2026-09-24/",
    });
    assert_eq!(status["missing"][0], first, "{status:#}");
    assert_eq!(status["missing"].as_array().unwrap().len(), 14, "{status:#}");
}

#[test]
fn status_says_what_is_wrong_with_the_newest_content() {
    let folder = folder();
    let server = serve(&folder);
    folder.edit(SERIES, "title =", "titel =");
    until("the mistake is told", || status(&server)["content"]["state"] == "degraded");
    let told = status(&server)["content"]["trouble"].to_string();
    assert!(told.contains("unknown key `titel`"), "{told}");
    let page = get(server.address, "/status").text();
    assert!(page.contains("The newest content is not served."), "{page}");
}

#[test]
fn status_is_a_page_for_people_and_json_for_those_who_ask() {
    let folder = folder();
    let server = serve(&folder);
    let page = get(server.address, "/status");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        ),
        "{policy}"
    );
    assert!(page.text().contains("href=\"/meetings/weekly/2026-09-24/\""), "{}", page.text());
    until("all documents are made", || !status(&server)["content"]["next"].is_null());
    let as_json = ask(server.address, "GET", "/status", &["Accept: application/json"]);
    assert_eq!(as_json.header("content-type"), Some("application/json"));
    assert_eq!(as_json.text(), get(server.address, "/status.json").text());
    assert_eq!(ask(server.address, "POST", "/status", &["Content-Length: 0"]).status, 405);
}

#[test]
fn metrics_are_in_the_format_that_prometheus_reads() {
    let folder = folder();
    let server = serve(&folder);
    let metrics = get(server.address, "/metrics");
    let media_type = metrics.header("content-type").unwrap();
    assert!(media_type.starts_with("application/openmetrics-text; version=1.0.0"), "{media_type}");
    let text = metrics.text();
    assert!(text.ends_with("# EOF\n"), "{text}");
    for line in [
        "# TYPE convene_content_degraded gauge",
        "convene_content_degraded 0",
        "convene_meetings_missing{series=\"weekly\",what=\"minutes\"} 7",
        "convene_meetings_missing{series=\"weekly\",what=\"recording\"} 7",
    ] {
        assert!(text.lines().any(|other| other == line), "no {line} in {text}");
    }
    folder.edit(SERIES, "title =", "titel =");
    let degraded =
        || get(server.address, "/metrics").text().contains("convene_content_degraded 1\n");
    until("the metric follows", degraded);
}
