//! What a connection waits for, as those tell who see it.
//!
//! Telling costs a store: nobody asks for the time and no timer is set for a request. Somebody else
//! looks, in rounds, for how long nothing was told.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a connection waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// The client: the first byte of a request, or the rest of its head.
    Head,
    /// This program: an answer that is being made.
    Answer,
    /// The client: that it takes what is written.
    Taking,
    /// The client: another request, where one was answered.
    Next,
}

/// What a connection waits for and since which turn; all in one number.
///
/// Only the thread that serves the connection uses it; it is atomic for the compiler's sake.
pub(super) struct Pulse(AtomicU32);

/// Whether the bytes that were read last end a head.
const WHOLE: u32 = 1;

/// The four kinds of waiting, above that.
const WAIT: u32 = 0b110;

/// A turn, above that.
const TURN: u32 = 0b1000;

impl Pulse {
    /// That of a connection that was just accepted.
    pub(super) fn new() -> Pulse {
        Pulse(AtomicU32::new(0))
    }

    /// What it waits for.
    pub(super) fn wait(&self) -> Wait {
        match (self.get() & WAIT) >> 1 {
            0 => Wait::Head,
            1 => Wait::Answer,
            2 => Wait::Taking,
            _ => Wait::Next,
        }
    }

    /// Whether nothing has been asked on it yet.
    pub(super) fn is_new(&self) -> bool {
        self.beat() == 0
    }

    /// A number that stays the same as long as it waits for one and the same thing.
    pub(super) fn beat(&self) -> u32 {
        self.get() & !WHOLE
    }

    /// The client has sent those bytes. The rest of a head begins no wait of its own: who sends byte by
    /// byte has no longer for it.
    pub(super) fn read(&self, bytes: &[u8]) {
        let whole = u32::from(bytes.ends_with(b"\n\r\n") || bytes.ends_with(b"\n\n"));
        self.0.store(self.get() & !WHOLE | whole, Ordering::Relaxed);
        if self.wait() == Wait::Next {
            self.begin(Wait::Head);
        }
    }

    /// A request is being answered.
    pub(super) fn asked(&self) {
        self.begin(Wait::Answer);
    }

    /// The client has taken something of an answer: the last bytes, or it will be told that it does not
    /// take more. It may have sent the beginning of its next request together with the last one.
    pub(super) fn taken(&self) {
        let is_whole = self.get() & WHOLE == WHOLE;
        self.begin(if is_whole { Wait::Next } else { Wait::Head });
    }

    /// The client does not take more of an answer.
    pub(super) fn stuck(&self) {
        if self.wait() != Wait::Taking {
            self.begin(Wait::Taking);
        }
    }

    fn begin(&self, wait: Wait) {
        let kept = self.get() & !WAIT;
        self.0.store(kept.wrapping_add(TURN) | (wait as u32) << 1, Ordering::Relaxed);
    }

    fn get(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    #[test]
    fn a_connection_waits_for_one_thing_after_the_other() {
        let pulse = Pulse::new();
        assert_eq!(pulse.wait(), Wait::Head);
        pulse.read(HEAD);
        pulse.asked();
        assert_eq!(pulse.wait(), Wait::Answer);
        pulse.taken();
        assert_eq!(pulse.wait(), Wait::Next);
        pulse.stuck();
        assert_eq!(pulse.wait(), Wait::Taking);
        pulse.taken();
        assert_eq!(pulse.wait(), Wait::Next);
        pulse.read(b"G");
        assert_eq!(pulse.wait(), Wait::Head);
    }

    #[test]
    fn who_sends_byte_by_byte_has_no_longer() {
        let pulse = Pulse::new();
        let before = pulse.beat();
        HEAD.chunks(1).for_each(|byte| pulse.read(byte));
        assert_eq!(pulse.beat(), before);
    }

    #[test]
    fn who_takes_something_has_longer() {
        let pulse = Pulse::new();
        pulse.asked();
        pulse.stuck();
        let before = pulse.beat();
        pulse.stuck();
        assert_eq!(pulse.beat(), before);
        pulse.taken();
        pulse.stuck();
        assert_ne!(pulse.beat(), before);
    }

    #[test]
    fn the_beginning_of_another_head_is_waited_for_as_any() {
        let pulse = Pulse::new();
        pulse.read(&[HEAD, b"GET / HTT"].concat());
        pulse.asked();
        pulse.taken();
        assert_eq!(pulse.wait(), Wait::Head);
    }

    #[test]
    fn turns_never_end() {
        let pulse = Pulse(AtomicU32::new(u32::MAX));
        pulse.asked();
        assert_eq!(pulse.wait(), Wait::Answer);
    }
}
