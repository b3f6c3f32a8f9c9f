//! The collector: what it makes of minutes and videos, and `convene collect` from an upstream on
//! loopback to files and pages.

mod command;
mod edits;
mod minutes;
mod rounds;
mod videos;
