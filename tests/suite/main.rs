//! Every integration test, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "clippy.toml allows them in tests, but not in the functions that tests share"
)]

mod applied;
mod architecture;
mod broken;
mod calendars;
mod checklist;
mod cli;
mod collect;
mod collect_edits;
mod collect_minutes;
mod collect_videos;
mod collector;
mod dates;
mod edit_laws;
mod edits;
mod feed_http;
mod feeds;
mod fetch;
mod forms;
mod golden;
mod hostile;
mod http;
mod ics;
mod killed;
mod naive;
mod oci;
mod oracle;
mod pages;
mod process;
mod reload;
mod sample;
mod server;
mod status;
mod stop;
mod support;
mod upstream;
mod variants;
