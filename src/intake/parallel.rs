//! The same work on many things, by all processors.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// So many things are taken at once.
const HANDFUL: usize = 16;

/// How many threads can work at the same time.
pub(super) fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// What the work gives for each thing, in the order of the things. A few are not worth a thread.
pub(super) fn on_all<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = processors().min(things.len() / HANDFUL);
    if threads < 2 {
        return things.iter().map(work).collect();
    }
    let handfuls: Vec<&[T]> = things.chunks(HANDFUL).collect();
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut done = Vec::new();
        loop {
            let turn = next.fetch_add(1, Ordering::Relaxed);
            let Some(handful) = handfuls.get(turn) else { return done };
            done.push((turn, handful.iter().map(&work).collect::<Vec<R>>()));
        }
    };
    let mut done: Vec<(usize, Vec<R>)> = thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(take_turns)).collect();
        let mut done = take_turns();
        for worker in workers {
            // A bug in the work is a bug of whoever asked for it.
            done.extend(worker.join().unwrap_or_else(|bug| resume_unwind(bug)));
        }
        done
    });
    done.sort_by_key(|(turn, _)| *turn);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn gives_what_one_thread_would(things in prop::collection::vec(any::<u32>(), 0..300)) {
            let work = |n: &u32| n.wrapping_mul(3);
            let one: Vec<u32> = things.iter().map(work).collect();
            prop_assert_eq!(on_all(&things, work), one);
        }
    }
}
