//! Convene turns a folder of plain files about an open community's meetings into calendars, feeds
//! and pages.
//!
//! # Layout
//! Core, without I/O, clock, async or HTTP, in the order text becomes bytes:
//! - [`model`]: the community and its meetings as values that are valid by construction;
//! - [`content`]: from files' text to the model, or to diagnostics of every mistake;
//! - [`schedule`]: when meetings take place, and what became known of them when;
//! - [`render`]: one file per output format;
//! - [`publish`]: all outputs at one moment, as a [`publish::Snapshot`];
//! - [`compare`]: what differs between two contents for those who follow the meetings;
//! - [`import`]: from other programs' calendars to content;
//! - [`drift`]: whether a published calendar says what the content says.
//!
//! Shell: [`clock`] (the only reader of the time), [`store`] (all disk access), [`watch`] (told of
//! changed files), [`intake`] (reads the parts of the content that changed), [`collect`] (all
//! outgoing HTTP to sources), [`upload`] (object storage), [`serve`] (HTTP), [`cli`] (the command line), [`error`] (how the world fails).

pub mod cli;
pub mod clock;
pub mod collect;
pub mod compare;
pub mod content;
pub mod drift;
pub mod error;
pub mod import;
pub mod intake;
pub mod model;
pub mod publish;
pub mod render;
pub mod schedule;
pub mod serve;
pub mod store;
pub mod upload;
pub mod watch;
