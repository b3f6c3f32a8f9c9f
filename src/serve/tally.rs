//! Counts what is answered, to whom, and what becomes of connections.
//!
//! An answer costs one addition to a number that no other thread adds to: each thread has numbers of
//! its own, which are summed up when somebody asks. All there can be are there from the beginning, so
//! nothing is allocated, looked up or locked.

use super::client::Client;
use super::pulse::Wait;
use super::route::Route;
use axum::http::{Request, StatusCode};
use std::array;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

const ROUTES: usize = Route::ALL.len();
const CLIENTS: usize = Client::ALL.len();

/// The statuses that are told from one another; the last place is that of all others.
const STATUSES: [u16; 14] = [200, 204, 301, 304, 308, 400, 404, 405, 410, 413, 414, 431, 500, 503];

/// The number of each route, status and client.
type Numbers = [[[AtomicU64; CLIENTS]; STATUSES.len() + 1]; ROUTES];

thread_local! {
    /// Which numbers are this thread's; none yet at first.
    static OWN: Cell<Option<usize>> = const { Cell::new(None) };
}

/// What is counted.
pub(super) struct Tally {
    /// Each thread's own.
    answers: Box<[OfThread]>,
    /// How many threads have theirs.
    threads: AtomicUsize,
    accepted: AtomicU64,
    closed: AtomicU64,
    cut: [AtomicU64; CUT.len()],
}

/// The numbers of one thread, so far from others' that no processor waits for another.
#[repr(align(128))]
struct OfThread(Numbers);

/// What of a request counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    route: Route,
    client: Client,
}

/// How many answers there were of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answers {
    /// What was asked for.
    pub(super) route: Route,
    /// The status; none for one that is told apart from no other.
    pub(super) status: Option<u16>,
    /// Who asked.
    pub(super) client: Client,
    /// At least 1.
    pub(super) number: u64,
}

/// The waits in which a connection can be cut, each with the word for what the client did not do.
const CUT: [(Wait, &str); 3] =
    [(Wait::Head, "request"), (Wait::Taking, "answer"), (Wait::Next, "idle")];

impl Asked {
    /// A request that could not be read.
    pub(super) const UNREAD: Asked = Asked { route: Route::Unread, client: Client::Other };

    /// What of that request counts.
    pub(super) fn of<B>(request: &Request<B>) -> Asked {
        Asked { route: Route::of(request.uri().path()), client: Client::of(request.headers()) }
    }
}

impl Default for Tally {
    fn default() -> Tally {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        Tally {
            answers: (0..threads).map(|_| OfThread::default()).collect(),
            threads: AtomicUsize::new(0),
            accepted: AtomicU64::new(0),
            closed: AtomicU64::new(0),
            cut: array::from_fn(|_| AtomicU64::new(0)),
        }
    }
}

impl Default for OfThread {
    fn default() -> OfThread {
        let numbers = || array::from_fn(|_| array::from_fn(|_| AtomicU64::new(0)));
        OfThread(array::from_fn(|_| numbers()))
    }
}

impl Tally {
    /// A request was answered.
    pub(super) fn answered(&self, asked: Asked, status: StatusCode) {
        let place = place_of(status.as_u16());
        let own = self.answers.get(self.own());
        let of_route = own.and_then(|own| own.0.get(asked.route as usize));
        let number = of_route.and_then(|of| of.get(place)?.get(asked.client as usize));
        if let Some(number) = number {
            number.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Which numbers are this thread's. Where there are more threads than processors some share theirs.
    fn own(&self) -> usize {
        let own = OWN.get().unwrap_or_else(|| {
            let next = self.threads.fetch_add(1, Ordering::Relaxed);
            OWN.set(Some(next));
            next
        });
        own % self.answers.len().max(1)
    }

    /// What was answered so far, but for kinds of which there was none.
    pub(super) fn answers(&self) -> impl Iterator<Item = Answers> {
        let statuses = STATUSES.into_iter().map(Some).chain([None]);
        let kinds = Route::ALL.into_iter().flat_map(move |route| {
            let of_status = statuses.clone().enumerate();
            of_status.flat_map(move |(place, status)| {
                Client::ALL.into_iter().map(move |client| (route, place, status, client))
            })
        });
        kinds.filter_map(|(route, place, status, client)| {
            let number = self.answers.iter().filter_map(|OfThread(numbers)| {
                let number = numbers.get(route as usize)?.get(place)?.get(client as usize)?;
                Some(number.load(Ordering::Relaxed))
            });
            let number = number.sum();
            (number > 0).then_some(Answers { route, status, client, number })
        })
    }

    /// A connection was accepted; it is open until what this gives is dropped.
    pub(super) fn accepted(self: &Arc<Tally>) -> Open {
        self.accepted.fetch_add(1, Ordering::Relaxed);
        Open(Arc::clone(self))
    }

    /// The client of a connection has had its time for that, and the connection is cut.
    pub(super) fn cut(&self, wait: Wait) {
        let of_wait = CUT.iter().zip(&self.cut).find(|((which, _), _)| *which == wait);
        if let Some((_, number)) = of_wait {
            number.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many connections were accepted so far, and how many of them are open.
    pub(super) fn connections(&self) -> (u64, u64) {
        // In this order, so that none is open before it is accepted.
        let closed = self.closed.load(Ordering::Relaxed);
        let accepted = self.accepted.load(Ordering::Relaxed);
        (accepted, accepted.saturating_sub(closed))
    }

    /// How many connections were cut, by the word for what was waited for.
    pub(super) fn cuts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        CUT.iter().zip(&self.cut).map(|((_, word), number)| (*word, number.load(Ordering::Relaxed)))
    }
}

/// An open connection, counted as such.
pub(super) struct Open(Arc<Tally>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.closed.fetch_add(1, Ordering::Relaxed);
    }
}

fn place_of(status: u16) -> usize {
    STATUSES.iter().position(|&known| known == status).unwrap_or(STATUSES.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(path: &str) -> Asked {
        Asked::of(&Request::builder().uri(path).header("user-agent", "iOS/26").body(()).unwrap())
    }

    fn one(route: Route, status: Option<u16>, number: u64) -> Answers {
        Answers { route, status, client: Client::Apple, number }
    }

    #[test]
    fn what_all_threads_answer_is_summed_up() {
        let tally = Tally::default();
        thread::scope(|threads| {
            for _ in 0..10 {
                threads.spawn(|| {
                    for _ in 0..1000 {
                        tally.answered(asked("/a.ics"), StatusCode::NOT_MODIFIED);
                    }
                    tally.answered(asked("/a.ics"), StatusCode::OK);
                    tally.answered(asked("/"), StatusCode::IM_A_TEAPOT);
                });
            }
        });
        let all: Vec<_> = tally.answers().collect();
        let calendar = |status, number| one(Route::Calendar, Some(status), number);
        assert_eq!(all, [calendar(200, 10), calendar(304, 10_000), one(Route::Page, None, 10)]);
    }

    #[test]
    fn connections_are_open_until_they_are_dropped() {
        let tally = Arc::new(Tally::default());
        let (first, second) = (tally.accepted(), tally.accepted());
        assert_eq!(tally.connections(), (2, 2));
        drop(first);
        tally.cut(Wait::Taking);
        drop(second);
        assert_eq!(tally.connections(), (2, 0));
        let cuts: Vec<_> = tally.cuts().collect();
        assert_eq!(cuts, [("request", 0), ("answer", 1), ("idle", 0)]);
    }
}
