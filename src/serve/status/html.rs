//! The page of `/status`.

use super::{Collector, Content, Missing, Source, Status};
use crate::publish::{ICON_PATH, STYLE_PATH};
use maud::{DOCTYPE, Markup, html};

/// The page, in the style of the published ones.
pub(in super::super) fn page(status: &Status) -> String {
    let title = format!("Status · {}", status.name);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" type="image/svg+xml" href=(ICON_PATH);
                link rel="stylesheet" href=(STYLE_PATH);
                link rel="alternate" type="application/json" title="Status" href="/status.json";
            }
            body {
                header { a.brand href="/" { (status.name) } }
                main #main {
                    h1 { "Status" }
                    (content(&status.content))
                    @match &status.collector {
                        Some(collector) => { (collected(collector)) }
                        None => { p.quiet { "This server does not collect minutes and recordings (--collect-every)." } }
                    }
                    (missing(&status.missing))
                }
                footer { p { a href="/status.json" { "The same as JSON" } } }
            }
        }
    };
    markup.into_string()
}

fn content(content: &Content) -> Markup {
    html! {
        section {
            h2 { "Content" }
            @if content.trouble.is_empty() {
                p { "The newest content is served, since " (content.since) "." }
            } @else {
                p { strong { "The newest content is not served." } " The last good one is, since " (content.since) "." }
                ul { @for line in &content.trouble { li { (line) } } }
            }
            p {
                "Content revision " code { (content.revision) }
                @if content.is_kept { ", kept of an earlier run" }
                @if let Some(commit) = &content.checked_out_commit { ", checked out commit " code { (commit) } }
                "."
            }
            @if let Some(error) = content.last_good.as_ref().and_then(|kept| kept.error.as_ref()) {
                p { strong { "What is served is not kept for the next start: " } (error) }
            }
            @if let Some(next) = &content.next { p.quiet { "A document will next differ at " (next) "." } }
        }
    }
}

fn collected(collector: &Collector) -> Markup {
    html! {
        section {
            h2 { "Sources" }
            @match &collector.last_round {
                Some(ended) => p.quiet { "The last round ended at " (ended) "." },
                None => p.quiet { "The first round has not ended yet." },
            }
            @if let Some(error) = &collector.error {
                p { strong { "What was found could not be written: " } (error) }
            }
            @for one in &collector.sources { (source(one)) }
        }
        @if !collector.notices.is_empty() {
            section {
                h2 { "To look at" }
                ul {
                    @for notice in &collector.notices {
                        li {
                            span.quiet { (notice.kind) ": " }
                            @match &notice.link {
                                Some(link) => a href=(link) { (notice.title) },
                                None => (notice.title),
                            }
                            ": " (notice.why)
                        }
                    }
                }
            }
        }
    }
}

fn source(source: &Source) -> Markup {
    html! {
        h3 { a href=(source.url) { (source.kind) } " of " (source.series.join(", ")) }
        p {
            @if let Some(error) = &source.error {
                strong { "Failed" @if source.failures > 1 { " " (source.failures) " times in a row" } ": " }
                (error) ". "
            }
            @match (&source.last_success, source.items) {
                (Some(answered), Some(items)) => { "Last answered at " (answered) ", with " (items) " dates or videos." },
                _ => "Has not answered yet.",
            }
            @if let Some(next) = &source.next_attempt {
                br; span.quiet { "Asked again at " (next) "." }
            }
        }
    }
}

fn missing(missing: &[Missing]) -> Markup {
    html! {
        section {
            h2 { "Missing" }
            @if missing.is_empty() {
                p { "Every meeting that ended one to eight weeks ago has left what it should." }
            } @else {
                ul {
                    @for of_meeting in missing.chunk_by(|a, b| a.page == b.page) {
                        li {
                            @if let [first, rest @ ..] = of_meeting {
                                a href=(first.page) { (first.series) " " (first.date) } ": no " (first.what)
                                @for other in rest { ", no " (other.what) }
                            }
                        }
                    }
                }
            }
        }
    }
}
