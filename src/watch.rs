//! Tells when the content folder may have changed, and what of it.

mod changed;
mod git;
mod heard;
#[cfg(test)]
mod tests;
mod told;

pub use changed::Changed;

use git::Git;
use heard::{Change, Heard};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::thread;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};
use told::{Failure, Teller, teller};
use tracing::warn;

/// Whoever changes the folder without a pause has its state of then looked at.
const PATIENCE: Duration = Duration::from_millis(500);

/// The folder is looked at this often even where nothing was heard: network file systems, and
/// links that lead out of the folder, tell of no change.
const RESCAN: Rescan = Rescan { at_least: Duration::from_secs(2), share: 100 };

/// The same where the system cannot tell of changes at all.
const RESCAN_UNTOLD: Rescan = Rescan { at_least: Duration::from_millis(500), share: 20 };

/// However long a look takes, the next is no further away.
const RESCAN_AT_MOST: Duration = Duration::from_secs(60);

/// Why the folder should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The system told of a change.
    Told(Changed),
    /// It was some time ago that anybody looked.
    Rescan,
}

/// How often to look where nothing was heard.
struct Rescan {
    at_least: Duration,
    /// A look takes one part in so many of a processor's time.
    share: u32,
}

/// What comes from other threads.
enum News {
    Change(Change),
    /// The folder is watched from now on, or cannot be.
    Watched(Result<Teller, Failure>),
}

/// Whether the system tells of changes.
enum Telling {
    NotYet,
    /// For as long as this is kept.
    Yes {
        _teller: Teller,
    },
    No,
}

/// Watches one folder, whatever becomes of it.
pub struct Watch {
    folder: PathBuf,
    news: UnboundedReceiver<News>,
    /// What was heard and not told yet.
    heard: Heard,
    telling: Telling,
    git: Git,
    /// What the last look at everything took.
    look_took: Duration,
    /// When to look again, whatever is heard.
    rescan_at: Instant,
}

impl Sign {
    /// Where to look.
    pub fn changed(self) -> Changed {
        match self {
            Sign::Told(changed) => changed,
            Sign::Rescan => Changed::Everything,
        }
    }
}

impl Watch {
    /// Begins to watch the folder, which takes its time where there are thousands of folders in it
    /// and goes on meanwhile. The first sign is that it has begun, since what happened before is not
    /// told. Where the system cannot tell of changes, the folder is looked at more often.
    pub fn new(folder: &Path) -> Watch {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let (told, news) = unbounded_channel();
        let (watched, changes, begun) = (folder.clone(), told.clone(), told.clone());
        // Nobody hears any of it once the watch is gone.
        let begin = move || {
            let tell = move |change| drop(changes.send(News::Change(change)));
            drop(begun.send(News::Watched(teller(&watched, tell))));
        };
        if let Err(error) = thread::Builder::new().name("watch".to_owned()).spawn(begin) {
            drop(told.send(News::Watched(Err(Failure::io(error)))));
        }
        let rescan_at = Instant::now() + RESCAN.at_least;
        let (heard, look_took, git) = (Heard::default(), Duration::ZERO, Git::of(&folder));
        Watch { folder, news, heard, telling: Telling::NotYet, git, look_took, rescan_at }
    }

    /// Watches whatever is at the folder's path by now.
    pub fn renew(&mut self) {
        let git = std::mem::replace(&mut self.git, Git::of(&self.folder));
        *self = Watch { look_took: self.look_took, git, ..Watch::new(&self.folder) };
        self.put_off();
    }

    /// Tells what a look at everything takes, in time of one processor: the longer, the more rarely
    /// it is asked for where nothing was heard.
    pub fn looked(&mut self, took: Duration) {
        self.look_took = took;
        self.put_off();
    }

    /// Resolves when the folder should be looked at: after a change, once it is quiet, and from
    /// time to time; but not while git changes files. May be dropped before it does without a change
    /// being lost.
    pub async fn next(&mut self) -> Sign {
        self.until_told_or_due().await;
        self.git.is_done().await;
        // What was told meanwhile is looked at in the same look.
        while let Ok(news) = self.news.try_recv() {
            self.hear(news);
        }
        let heard = std::mem::take(&mut self.heard);
        if heard.is_nothing() {
            self.put_off();
            return Sign::Rescan;
        }
        if heard.is_replaced() {
            self.renew();
        }
        Sign::Told(heard.into_changed())
    }

    /// Goes on until something was heard and it is quiet, or it is time to look again.
    async fn until_told_or_due(&mut self) {
        while self.heard.is_nothing() {
            match timeout_at(self.rescan_at, self.news.recv()).await {
                Ok(Some(news)) => self.hear(news),
                rescan => {
                    if rescan.is_ok() {
                        // Nobody will ever tell.
                        sleep_until(self.rescan_at).await;
                    }
                    return;
                }
            }
        }
        let mut patience = pin!(sleep(PATIENCE));
        loop {
            let quiet = self.heard.quiet();
            tokio::select! {
                () = &mut patience => break,
                news = timeout(quiet, self.news.recv()) => match news {
                    Ok(Some(news)) => self.hear(news),
                    _ => break,
                }
            }
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Change(change) => self.heard.hear(change),
            News::Watched(watched) => {
                self.telling = match watched {
                    Ok(teller) => Telling::Yes { _teller: teller },
                    Err(error) => {
                        let folder = self.folder.display();
                        warn!(
                            %folder,
                            %error,
                            "cannot be told of changes in `{folder}`, looking often instead: {error}"
                        );
                        Telling::No
                    }
                };
                self.put_off();
                self.heard.hear(Change::Unknown);
            }
        }
    }

    /// Puts the next look off until it is time for it again.
    fn put_off(&mut self) {
        let rescan = match self.telling {
            Telling::No => RESCAN_UNTOLD,
            Telling::NotYet | Telling::Yes { .. } => RESCAN,
        };
        self.rescan_at = Instant::now() + rescan.after(self.look_took);
    }
}

impl Rescan {
    /// How long to wait after a look that took so long.
    fn after(&self, look_took: Duration) -> Duration {
        look_took.saturating_mul(self.share).clamp(self.at_least, RESCAN_AT_MOST)
    }
}
