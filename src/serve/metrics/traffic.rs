//! What is answered to whom, and what becomes of connections.

use super::{Registry, number, one};
use crate::serve::tally::{Answers, Tally};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;

/// An answer's kind. There are some two thousand at the most.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfAnswer {
    route: &'static str,
    status: String,
    client: &'static str,
}

/// A connection that was cut, by what its client did not do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfWait {
    waiting_for: &'static str,
}

/// All of that.
pub(super) fn traffic(registry: &mut Registry, tally: &Tally) {
    let answers = Family::<OfAnswer, Counter>::default();
    let mut errors = 0;
    for Answers { route, status, client, number } in tally.answers() {
        if status.is_some_and(|status| status >= 500) {
            errors += number;
        }
        let status = status.map_or("other".to_owned(), |status| status.to_string());
        let labels = OfAnswer { route: route.as_str(), status, client: client.as_str() };
        answers.get_or_create(&labels).inc_by(number);
    }
    registry.register(
        "requests",
        "Requests that were answered, by what was asked for, the status, and who asked",
        answers,
    );
    // There from the beginning, or its first would be seen as no increase.
    number(registry, "server_errors", "Answers with a status of 500 or more", errors);
    let (accepted, open) = tally.connections();
    number(registry, "connections", "Connections that were accepted", accepted);
    one(
        registry,
        "connections_open",
        "Connections that are open",
        i64::try_from(open).unwrap_or(i64::MAX),
    );
    let cut = Family::<OfWait, Counter>::default();
    for (waiting_for, number) in tally.cuts() {
        cut.get_or_create(&OfWait { waiting_for }).inc_by(number);
    }
    registry.register(
        "connections_cut",
        "Connections whose client had its time: for a request, for taking its answer, or for another request",
        cut,
    );
}
