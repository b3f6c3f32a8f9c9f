//! Every integration test, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "clippy.toml allows them in tests, but not in the functions that tests share"
)]

mod announce;
mod api;
mod architecture;
mod archive;
mod broken;
mod calendars;
mod checklist;
mod cli;
mod clients;
mod clocks;
mod collect;
mod completions;
mod dates;
mod differing;
mod diffs;
mod drift;
mod edit;
mod editors;
mod embeds;
mod feed_checklist;
mod feeds;
mod fetch;
mod forms;
mod fuzzed;
mod golden;
mod holidays;
mod hostile;
mod http;
mod ics;
mod import;
mod last_good;
mod links;
mod locale;
mod log;
mod machines;
mod metrics;
mod months;
mod naive;
mod oci;
mod one_path;
mod oracle;
mod pages;
mod process;
mod publish;
mod recipes;
mod reload;
mod reminders;
mod rendering;
mod replicas;
mod revision;
mod same_day;
mod sample;
mod schema;
mod server;
mod static_host;
mod status;
mod stop;
mod subscribe;
#[cfg(unix)]
mod supervised;
mod support;
mod upstream;
mod variants;
mod warned;
