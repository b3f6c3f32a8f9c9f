//! Convene and its peers in Rust at writing calendars, for `tests/bench/peers/run`.
//!
//! Writes what each makes of one series with ten overrides (`one`) and of many series (`many`) to
//! `FOLDER/CASE.NAME.ics`, and prints the best processor time of a run in microseconds: a line each,
//! `CASE NAME MICROSECONDS`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock, prints, and ends where it cannot write"
)]

#[path = "../by_calcard.rs"]
mod by_calcard;
#[path = "../by_icalendar.rs"]
mod by_icalendar;
#[path = "../communities.rs"]
mod communities;
#[allow(dead_code, reason = "made for the tests, which use all of it")]
#[path = "../../suite/sample.rs"]
mod sample;

use communities::{of_series, rendered, with_ten_overrides};
use convene::model::Community;
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::path::Path;

type Writer = Box<dyn Fn(&Community) -> String>;

/// How long is measured: a number of rounds, of which the best counts, of so many seconds at least.
struct Effort {
    rounds: u32,
    seconds: f64,
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [folder, series, rounds, seconds] = given.as_slice() else {
        println!("usage: cargo bench --bench peers -- FOLDER SERIES ROUNDS SECONDS");
        return;
    };
    let effort = Effort { rounds: rounds.parse().unwrap(), seconds: seconds.parse().unwrap() };
    let cases = [("one", with_ten_overrides()), ("many", of_series(series.parse().unwrap()))];
    for (case, community) in &cases {
        for (name, write) in writers(&rendered(community)) {
            let file = Path::new(folder).join(format!("{case}.{name}.ics"));
            std::fs::write(file, write(community)).unwrap();
            println!("{case} {name} {}", effort.best(|| write(black_box(community)).len()));
        }
    }
}

fn writers(written: &str) -> [(&'static str, Writer); 3] {
    [
        ("convene", Box::new(rendered)),
        ("icalendar-rust", Box::new(by_icalendar::writer(written))),
        ("calcard", Box::new(by_calcard::writer(written))),
    ]
}

impl Effort {
    /// The best of all rounds, in microseconds a run, after one round that does not count.
    fn best(&self, work: impl Fn() -> usize) -> f64 {
        let round = || {
            let (begin, mut runs) = (processor_seconds(), 0);
            loop {
                black_box(work());
                runs += 1;
                let taken = processor_seconds() - begin;
                if taken >= self.seconds {
                    return taken * 1e6 / f64::from(runs);
                }
            }
        };
        round();
        (0..self.rounds).map(|_| round()).fold(f64::INFINITY, f64::min)
    }
}

/// What this process has used of the processor, for itself and by the system for it.
fn processor_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
