//! Tells when the content folder may have changed.

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{sleep, timeout};
use tracing::warn;

/// Nothing has happened for so long: whoever changes the folder is done.
const QUIET: Duration = Duration::from_millis(100);

/// Whoever changes the folder without a pause has its state of then looked at.
const PATIENCE: Duration = Duration::from_millis(500);

/// The folder is looked at this often even where nothing was heard: network file systems, and
/// links that lead out of the folder, tell of no change.
const RESCAN: Duration = Duration::from_secs(2);

/// The same where the system cannot tell of changes at all.
const RESCAN_UNTOLD: Duration = Duration::from_millis(500);

/// Why the folder should be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The system told of a change.
    Told,
    /// It was some time ago that anybody looked.
    Rescan,
}

/// What the system tells of, the graver last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Something in the folder.
    Inside,
    /// The folder itself, or the link that leads to it, was put in another's place.
    Replaced,
}

/// Watches one folder, whatever becomes of it.
pub struct Watch {
    folder: PathBuf,
    changes: UnboundedReceiver<Change>,
    /// What was heard and not told yet.
    heard: Option<Change>,
    /// None where the system cannot tell of changes.
    watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Watches the folder; where the system cannot tell of changes, it is looked at more often.
    pub fn new(folder: &Path) -> Watch {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let (told, changes) = unbounded_channel();
        let watcher = match watcher(&folder, told) {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                let folder = folder.display();
                warn!("cannot be told of changes in `{folder}`, looking often instead: {error}");
                None
            }
        };
        // What happened before the watch began is not told.
        Watch { folder, changes, heard: Some(Change::Inside), watcher }
    }

    /// Watches whatever is at the folder's path by now.
    pub fn renew(&mut self) {
        *self = Watch::new(&self.folder);
    }

    /// Resolves when the folder should be looked at: after a change, once it is quiet, and from
    /// time to time. May be dropped before it does without a change being lost.
    pub async fn next(&mut self) -> Sign {
        if self.heard.is_none() {
            let rescan = if self.watcher.is_some() { RESCAN } else { RESCAN_UNTOLD };
            match timeout(rescan, self.changes.recv()).await {
                Ok(Some(change)) => self.hear(change),
                Ok(None) => {
                    // Nobody will ever tell.
                    sleep(rescan).await;
                    return Sign::Rescan;
                }
                Err(_) => return Sign::Rescan,
            }
        }
        let mut patience = pin!(sleep(PATIENCE));
        loop {
            tokio::select! {
                () = &mut patience => break,
                change = timeout(QUIET, self.changes.recv()) => match change {
                    Ok(Some(change)) => self.hear(change),
                    _ => break,
                }
            }
        }
        if self.heard.take() == Some(Change::Replaced) {
            self.renew();
        }
        Sign::Told
    }

    fn hear(&mut self, change: Change) {
        self.heard = self.heard.max(Some(change));
    }
}

/// Watches the folder with all that is in it, and beside it for another put in its place.
fn watcher(folder: &Path, told: UnboundedSender<Change>) -> notify::Result<RecommendedWatcher> {
    let root = folder.to_owned();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // A change that got lost counts as one.
        let change = event.map_or(Some(Change::Inside), |event| change_of(&event, &root));
        if let Some(change) = change {
            // Nobody hears it once the watch is gone.
            let _ = told.send(change);
        }
    })?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    if let Some(parent) = folder.parent() {
        watcher.watch(parent, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// What an event means; none for our own reading, and for what happens beside the folder.
fn change_of(event: &Event, folder: &Path) -> Option<Change> {
    let is_change = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    let renames = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    );
    if !is_change {
        None
    } else if renames && event.paths.iter().any(|path| path == folder) {
        Some(Change::Replaced)
    } else if event.paths.is_empty() || event.paths.iter().any(|path| path.starts_with(folder)) {
        Some(Change::Inside)
    } else {
        None
    }
}
