//! How the server itself is: its threads, its version and what it takes of the machine.

use super::{Registry, one};
use crate::schedule::TZ_DATA_VERSION;
use crate::serve::state::State;
use crate::serve::vitals::Condition;
use crate::store::{Usage, usage};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use std::sync::atomic::AtomicU64;

/// Which program this is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfBuild {
    version: &'static str,
    tzdata: &'static str,
}

/// One of the threads behind the answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfThread {
    thread: &'static str,
}

/// The program and its threads.
pub(super) fn health(registry: &mut Registry, state: &State) {
    let build = Family::<OfBuild, Gauge>::default();
    let labels = OfBuild { version: env!("CARGO_PKG_VERSION"), tzdata: TZ_DATA_VERSION };
    build.get_or_create(&labels).set(1);
    registry.register("build_info", "1 for this program and the tz data in it", build);
    let is_dead = matches!(state.vitals.condition(&state.makers), Condition::Dead(_));
    one(
        registry,
        "ready",
        "0 where the program has to be started anew, as /readyz says",
        i64::from(!is_dead),
    );
    let (running, silent) =
        (Family::<OfThread, Gauge>::default(), Family::<OfThread, Gauge>::default());
    for (thread, vital) in state.vitals.all() {
        let labels = OfThread { thread };
        running.get_or_create(&labels).set(i64::from(!vital.has_ended()));
        let seconds = i64::try_from(vital.silent().as_secs()).unwrap_or(i64::MAX);
        silent.get_or_create(&labels).set(seconds);
    }
    registry.register("thread_running", "1 where the thread runs", running);
    registry.register(
        "thread_silent_seconds",
        "How long ago the thread last came round, which it does every minute",
        silent,
    );
}

/// What the process takes, under the names that Prometheus' own libraries give it.
pub(super) fn process(registry: &mut Registry) {
    let Some(Usage { resident, descriptors, processor, started }) = usage() else { return };
    one(registry, "process_resident_memory_bytes", "Memory of the process", resident);
    one(registry, "process_open_fds", "Descriptors that are open", descriptors);
    let time = Counter::<f64, AtomicU64>::default();
    time.inc_by(processor);
    registry.register("process_cpu_seconds", "Processors' time that the process has had", time);
    let start = Gauge::<f64, AtomicU64>::default();
    start.set(started);
    registry.register("process_start_time_seconds", "When the process was started", start);
}
