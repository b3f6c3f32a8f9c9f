//! From the content folder to a [`Community`], and from a change of the folder to the next one, at
//! a cost in proportion to the change.
//!
//! The content is read in parts: the ground, which all series share, and each series' folder. What
//! was read of a part is kept with the stamps of its files and a number that tells their bytes; no
//! text is kept. A part is read again once its stamps differ, and takes effect once its bytes do.

mod keeper;
mod kept;
mod look;
mod parallel;
mod parts;
mod revision;
mod scope;
#[cfg(test)]
mod tests;

use crate::clock::{Clock, Stopwatch};
use crate::content::Diagnostics;
use crate::error::Error;
use crate::model::Community;
use crate::store::{Checkout, Commit};
use crate::watch::Changed;
use kept::Kept;
use look::Seen;
use scope::Scope;
use std::hash::RandomState;
use std::mem;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use keeper::{Digests, Keeper};
pub use revision::Revision;

/// A file that was changed so short a time ago, in nanoseconds, may change again and keep its stamp:
/// file systems date by a clock that ticks every 10 ms where it is slow.
const YOUNG: i128 = 20_000_000;

/// A content folder, and what was last read of it.
pub struct Intake {
    folder: PathBuf,
    kept: Kept,
    /// What to look at the next time, whatever the sign: what could not be read, or was so young
    /// that its stamps tell nothing.
    pending: Scope,
    /// Whether the next outcome is new even where nothing has changed.
    due: bool,
    /// How many parts were read since the last outcome.
    parts_read: usize,
    look_took: Duration,
    checkout: Checkout,
    hasher: RandomState,
}

/// What is in the content folder.
#[derive(Debug)]
pub struct Taken {
    /// The community, or all mistakes.
    pub community: Result<Community, Diagnostics>,
    /// Which content it is.
    pub revision: Revision,
    /// How many files there are.
    pub files: usize,
    /// How many parts, which are series and what they share, were read for it; the others are as
    /// they were.
    pub parts_read: usize,
}

/// What came of looking at the content folder again.
#[derive(Debug)]
pub enum Outcome {
    /// It is what was given last.
    Same,
    /// It was changed while it was read; the sign of that is on its way.
    Unsettled,
    /// It differs.
    New(Box<Taken>),
}

impl Intake {
    /// An intake that knows nothing of the folder yet.
    pub fn new(folder: &Path) -> Intake {
        Intake {
            folder: folder.to_owned(),
            kept: Kept::default(),
            pending: Scope::All,
            due: true,
            parts_read: 0,
            look_took: Duration::ZERO,
            checkout: Checkout::of(folder),
            hasher: RandomState::new(),
        }
    }

    /// Reads the whole folder, on all processors. Whoever serves it looks again at everything once
    /// the folder is watched, since it may change while it is read.
    ///
    /// # Errors
    /// A folder or file that cannot be read, is too large, too deep or a link back into itself.
    pub fn load(&mut self) -> Result<Taken, Error> {
        *self = Intake::new(&self.folder);
        self.attempt(false)?;
        Ok(self.take())
    }

    /// Looks at what may have changed, and reads what did.
    ///
    /// What it gives was there at one moment: all that was looked at has the same stamps before and
    /// after it was read, what is too young to be told by its stamps has the same bytes, and git did
    /// not begin or end to change files meanwhile.
    ///
    /// # Errors
    /// As [`load`](Intake::load). What could not be read is looked at again at the next sign, and
    /// the outcome is then new even if all is as it was before.
    pub fn refresh(&mut self, changed: &Changed) -> Result<Outcome, Error> {
        self.pending.add(changed);
        match self.attempt(true) {
            Err(error) => {
                self.due = true;
                Err(error)
            }
            Ok(false) => Ok(Outcome::Unsettled),
            Ok(true) if self.due => Ok(Outcome::New(Box::new(self.take()))),
            Ok(true) => Ok(Outcome::Same),
        }
    }

    /// Each part of what was last read.
    pub fn digests(&self) -> Digests {
        let parts = self.kept.digests();
        Digests(parts.map(|(name, digest)| (name.to_owned(), *digest)).collect())
    }

    /// The commit that git has checked out by now; the files may have been changed since.
    pub fn commit(&mut self) -> Option<Commit> {
        self.checkout.commit()
    }

    /// What the last look at the stamps of all files took, in time of one processor.
    pub fn look_took(&self) -> Duration {
        self.look_took
    }

    /// Looks at what is pending and keeps what differs; `false` where it was changed meanwhile.
    fn attempt(&mut self, is_careful: bool) -> Result<bool, Error> {
        loop {
            let young = i128::from(Clock::System.now().timestamp_micros()) * 1000 - YOUNG;
            let lock = self.checkout.lock();
            let seen = self.look()?;
            let read = self.kept.read(&seen, young)?;
            if read.is_anew && self.pending != Scope::All {
                self.pending = Scope::All;
                continue;
            }
            if is_careful
                && !read.is_nothing()
                && !(self.look()?.agrees_with(&seen)
                    && self.kept.is_there(&read, &seen)?
                    && self.checkout.lock() == lock)
            {
                return Ok(false);
            }
            self.pending = read.young();
            let difference = self.kept.keep(read);
            self.parts_read += difference.parts_read;
            self.due |= difference.parts_read + difference.gone > 0;
            if !difference.strays {
                return Ok(true);
            }
            self.pending.add_ground();
        }
    }

    /// Looks at what is pending; where that is everything, at what was there before among it.
    fn look(&mut self) -> Result<Seen, Error> {
        let stopwatch = Stopwatch::start();
        let mut seen = Seen::of(&self.folder, &self.pending, &self.hasher)?;
        if self.pending == Scope::All {
            let processors = u32::try_from(parallel::processors()).unwrap_or(u32::MAX);
            self.look_took = stopwatch.elapsed().saturating_mul(processors);
            for name in self.kept.series.keys() {
                if !seen.series.contains_key(name) {
                    seen.series.insert(name.clone(), None);
                }
            }
        }
        Ok(seen)
    }

    /// Gives what is kept, once.
    fn take(&mut self) -> Taken {
        // Joining may have a bug, which then shows once and not at every sign.
        self.due = false;
        Taken {
            community: self.kept.join(),
            revision: self.kept.revision(),
            files: self.kept.files(),
            parts_read: mem::take(&mut self.parts_read),
        }
    }
}
