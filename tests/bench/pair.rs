//! The same work by us and by a peer, measured side by side.

use criterion::Criterion;
use std::hint::black_box;
use std::time::{Duration, Instant};

type Work = Box<dyn Fn() -> usize>;

/// One piece of work done twice; each side gives a number so that nothing is left out as unused.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) peer_name: &'static str,
    /// How many times our time the peer's has to be.
    pub(crate) goal: u32,
    /// How many equal parts the work has, where the time of one is told.
    pub(crate) per: u32,
    pub(crate) ours: Work,
    pub(crate) peer: Work,
}

impl Pair {
    /// Both sides as benchmarks of one group.
    pub(crate) fn measure(&self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group(&self.name);
        group.sample_size(20);
        group.bench_function("convene", |b| b.iter(|| black_box((self.ours)())));
        group.bench_function(self.peer_name, |b| b.iter(|| black_box((self.peer)())));
        group.finish();
    }
}

/// The best times of both sides, taken in turn so that a busy machine treats them alike.
pub(crate) fn print_ratios(pairs: &[Pair]) {
    println!("{:<44} {:>12} {:>12} {:>6}  goal", "", "convene", "peer", "ratio");
    for pair in pairs {
        let (ours_runs, peer_runs) = (runs(&pair.ours), runs(&pair.peer));
        let (mut ours, mut peer) = (Duration::MAX, Duration::MAX);
        for _ in 0..30 {
            ours = ours.min(best(&pair.ours, ours_runs));
            peer = peer.min(best(&pair.peer, peer_runs));
        }
        let ratio = peer.as_secs_f64() / ours.as_secs_f64();
        let (ours, peer) = (ours / pair.per, peer / pair.per);
        let verdict = if ratio >= f64::from(pair.goal) { "" } else { ", missed" };
        println!(
            "{:<44} {ours:>12.2?} {peer:>12.2?} {ratio:>6.1}  {}{verdict} ({})",
            pair.name, pair.goal, pair.peer_name
        );
    }
}

/// How many runs take about a millisecond, which a busy machine may give without a break.
fn runs(work: &Work) -> u32 {
    let once = time(work, 1).max(Duration::from_nanos(1));
    (Duration::from_millis(1).as_nanos() / once.as_nanos()).clamp(1, 10_000) as u32
}

/// The best of some times; of one, where that is long by itself.
fn best(work: &Work, runs: u32) -> Duration {
    let times = if runs > 1 { 10 } else { 1 };
    (0..times).map(|_| time(work, runs)).min().unwrap_or_default()
}

/// The time of one run, on average of so many.
fn time(work: &Work, runs: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..runs {
        black_box(work());
    }
    start.elapsed() / runs
}
