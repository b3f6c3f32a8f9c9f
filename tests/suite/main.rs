//! Every integration test, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails so")]

mod architecture;
mod broken;
mod calendars;
mod cli;
mod dates;
mod feeds;
mod golden;
mod http;
mod oci;
mod pages;
mod process;
mod reload;
mod sample;
mod server;
mod stop;
mod support;
