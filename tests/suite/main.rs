//! Every integration test, in one binary.

mod architecture;
mod broken;
mod calendars;
mod cli;
mod dates;
mod feeds;
mod golden;
mod oci;
mod pages;
mod sample;
mod server;
mod support;
