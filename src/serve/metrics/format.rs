//! The two formats of what is told: OpenMetrics, and the older text format of Prometheus for those who
//! ask for that alone.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use std::collections::BTreeSet;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The media type, and the text in that, of what is OpenMetrics.
pub(super) fn format(headers: &HeaderMap, text: String) -> (&'static str, String) {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let accepted: String = accepted.collect::<Vec<_>>().join(",").to_ascii_lowercase();
    let is_old = accepted.contains("text/plain") && !accepted.contains("application/openmetrics");
    if is_old { (TEXT, older(&text)) } else { (OPEN_METRICS, text) }
}

/// The same in the older format, where a counter is declared under the name that its values have.
fn older(text: &str) -> String {
    let counters: BTreeSet<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.strip_suffix(" counter"))
        .collect();
    let line = |line: &str| {
        let mut words = line.splitn(4, ' ');
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some("#"), Some("EOF"), None, None) => String::new(),
            (Some("#"), Some(what), Some(name), Some(rest)) if counters.contains(name) => {
                format!("# {what} {name}_total {rest}\n")
            }
            _ => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const NEW: &str = "# HELP a A counter # EOF.\n# TYPE a counter\na_total{b=\"c\"} 1\n\
                       # HELP d A gauge.\n# TYPE d gauge\nd 2\n# EOF\n";
    const OLD: &str = "# HELP a_total A counter # EOF.\n# TYPE a_total counter\na_total{b=\"c\"} 1\n\
                       # HELP d A gauge.\n# TYPE d gauge\nd 2\n";

    fn check(accept: Option<&'static str>, expected: (&str, &str)) {
        let mut headers = HeaderMap::new();
        if let Some(accept) = accept {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        let (media_type, text) = format(&headers, NEW.to_owned());
        assert_eq!((media_type, text.as_str()), expected, "{accept:?}");
    }

    #[test]
    fn the_older_format_is_for_those_who_ask_for_it_alone() {
        check(None, (OPEN_METRICS, NEW));
        check(Some("*/*"), (OPEN_METRICS, NEW));
        check(Some("text/plain;version=0.0.4"), (TEXT, OLD));
        let of_prometheus =
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";
        check(Some(of_prometheus), (OPEN_METRICS, NEW));
    }
}
