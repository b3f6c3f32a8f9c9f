//! How long things take: each stage, and the same work by other crates in the same run.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock, prints, and ends where its content cannot be read"
)]

mod by_calcard;
mod by_icalendar;
mod communities;
mod ics;
mod pair;
mod pipeline;
mod recurrence;
#[allow(dead_code, reason = "made for the tests, which use all of it")]
#[path = "../suite/sample.rs"]
mod sample;

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let pairs: Vec<pair::Pair> = recurrence::pairs().chain(ics::pairs()).collect();
    pipeline::stages(&mut criterion);
    pairs.iter().for_each(|pair| pair.measure(&mut criterion));
    criterion.final_summary();
    // cargo says --bench where it is to be measured, and --test where only to be tried.
    let said = |word: &str| std::env::args().any(|arg| arg == word);
    if said("--bench") && !said("--test") {
        pair::print_ratios(&pairs);
    }
}
