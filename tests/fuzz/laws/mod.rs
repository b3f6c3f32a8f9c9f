//! What holds of any bytes at all, a law for each place where foreign bytes come in.
//!
//! Each file has one function, `holds`, which panics where its law is broken. A fuzzer looks for
//! such bytes (`tests/fuzz/run.py`); those that it found are tests of the suite.

pub mod calendar;
pub mod content;
pub mod import;
pub mod note;
pub mod options;
pub mod path;
pub mod records;
pub mod request;
pub mod rule;
pub mod sample;
pub mod videos;
