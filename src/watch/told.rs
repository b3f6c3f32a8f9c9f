//! What the operating system tells, in our words.

use super::heard::Change;
use crate::store::{is_content_name, is_ignored};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Config, Event, EventKind, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

/// What is told: that files are opened and read, by ourselves among others, is nobody's news.
const EVENTS: EventKindMask = EventKindMask::CREATE
    .union(EventKindMask::REMOVE)
    .union(EventKindMask::ALL_MODIFY)
    .union(EventKindMask::ACCESS_CLOSE);

/// Tells of changes until it is dropped.
pub(super) struct Teller {
    _watcher: RecommendedWatcher,
}

/// Why the system cannot tell.
pub(super) type Failure = notify::Error;

/// Has the system tell of the folder with all that is in it, and of another put in its place.
///
/// # Errors
/// A folder that is not there, or more folders than the system lets one program watch.
pub(super) fn teller(
    folder: &Path,
    tell: impl Fn(Change) + Send + 'static,
) -> Result<Teller, Failure> {
    let root = folder.to_owned();
    let handle = move |event: notify::Result<Event>| {
        // A change that got lost may be any.
        let changes = event.map_or(vec![Change::Unknown], |event| changes_of(&event, &root));
        changes.into_iter().for_each(&tell);
    };
    let mut watcher = RecommendedWatcher::new(handle, Config::default().with_event_kinds(EVENTS))?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    if let Some(parent) = folder.parent() {
        watcher.watch(parent, RecursiveMode::NonRecursive)?;
    }
    Ok(Teller { _watcher: watcher })
}

/// What an event means; nothing for what is no content, and for what happens beside the folder.
fn changes_of(event: &Event, folder: &Path) -> Vec<Change> {
    if event.need_rescan() || event.paths.is_empty() {
        return vec![Change::Unknown];
    }
    let last = event.paths.len() - 1;
    let at = |(i, path): (usize, &PathBuf)| {
        let whole = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => true,
            // Of two paths, the first is the name that the file had.
            EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => i == last,
            // Somebody only reads.
            EventKind::Access(_) => return None,
            _ => false,
        };
        change_at(path.strip_prefix(folder).ok()?, event.kind, whole)
    };
    event.paths.iter().enumerate().filter_map(at).collect()
}

fn change_at(path: &Path, kind: EventKind, is_whole: bool) -> Option<Change> {
    if path.as_os_str().is_empty() {
        let renames = matches!(
            kind,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        return Some(if renames { Change::Replaced } else { Change::Unknown });
    }
    // A path that is not UTF-8 cannot be told.
    let Some(path) = path.to_str() else { return Some(Change::Unknown) };
    let path = path.replace(MAIN_SEPARATOR_STR, "/");
    // Volumes of Kubernetes are put in place by a link of such a name, with all that is visible.
    if path.split('/').any(|name| name.starts_with("..")) {
        return Some(Change::Unknown);
    }
    let is_file = matches!(
        kind,
        EventKind::Access(_)
            | EventKind::Create(CreateKind::File)
            | EventKind::Modify(ModifyKind::Data(_))
            | EventKind::Remove(RemoveKind::File)
    );
    let is_passed_over = path.split('/').any(is_ignored) || is_file && !is_content_name(&path);
    (!is_passed_over).then_some(Change::At { path, is_whole })
}

#[cfg(test)]
mod tests {
    use super::super::changed::Changed;
    use super::super::heard::{Heard, QUIET, QUIET_AFTER_ONE};
    use super::*;
    use notify::event::{DataChange, Flag, MetadataKind};

    const DATA: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const CREATED: EventKind = EventKind::Create(CreateKind::File);

    fn renamed(mode: RenameMode) -> EventKind {
        EventKind::Modify(ModifyKind::Name(mode))
    }

    fn event(kind: EventKind, paths: &[&str]) -> Event {
        let event = Event::new(kind);
        paths.iter().fold(event, |event, path| event.add_path(Path::new("/c").join(path)))
    }

    fn heard(events: &[(EventKind, &[&str])]) -> Heard {
        let mut heard = Heard::default();
        for (kind, paths) in events {
            changes_of(&event(*kind, paths), Path::new("/c"))
                .into_iter()
                .for_each(|c| heard.hear(c));
        }
        heard
    }

    fn paths(heard: Heard) -> Vec<String> {
        match heard.into_changed() {
            Changed::Paths(paths) => paths.into_iter().collect(),
            Changed::Everything => vec!["everything".to_owned()],
        }
    }

    #[test]
    fn one_file_that_is_whole_needs_little_quiet() {
        const FILE: &[&str] = &["meetings/a/series.md"];
        let vim: &[(EventKind, &[&str])] = &[
            (CREATED, &["meetings/a/4913"]),
            (CLOSED, &["meetings/a/4913"]),
            (EventKind::Remove(RemoveKind::File), &["meetings/a/4913"]),
            (renamed(RenameMode::From), FILE),
            (renamed(RenameMode::To), &["meetings/a/series.md~"]),
            (renamed(RenameMode::Both), &["meetings/a/series.md", "meetings/a/series.md~"]),
            (CREATED, FILE),
            (DATA, FILE),
            (CLOSED, FILE),
            (EventKind::Remove(RemoveKind::File), &["meetings/a/series.md~"]),
        ];
        let replaced: &[(EventKind, &[&str])] = &[
            (CREATED, &["meetings/a/new-text"]),
            (DATA, &["meetings/a/new-text"]),
            (CLOSED, &["meetings/a/new-text"]),
            (renamed(RenameMode::From), &["meetings/a/new-text"]),
            (renamed(RenameMode::To), FILE),
            (renamed(RenameMode::Both), &["meetings/a/new-text", "meetings/a/series.md"]),
        ];
        for events in [vim, replaced, &[(DATA, FILE), (CLOSED, FILE)]] {
            let heard = heard(events);
            assert_eq!(heard.quiet(), QUIET_AFTER_ONE, "{events:?}");
            assert!(paths(heard).contains(&FILE[0].to_owned()), "{events:?}");
        }
    }

    #[test]
    fn what_may_not_be_whole_needs_more() {
        let cases: [&[(EventKind, &[&str])]; 6] = [
            &[(CLOSED, &["a.md"]), (DATA, &["a.md"])],
            &[(CLOSED, &["a.md"]), (CLOSED, &["b.md"]), (CLOSED, &["a.md"])],
            &[(EventKind::Remove(RemoveKind::File), &["a.md"])],
            &[(EventKind::Create(CreateKind::Folder), &["meetings/new"])],
            &[(renamed(RenameMode::To), &["meetings/new"])],
            &[(CLOSED, &["a.md"]), (EventKind::Create(CreateKind::Any), &[""])],
        ];
        for events in cases {
            assert_eq!(heard(events).quiet(), QUIET, "{events:?}");
        }
    }

    #[test]
    fn what_is_no_content_is_not_heard() {
        let events: [(EventKind, &[&str]); 7] = [
            (DATA, &[".git/index"]),
            (renamed(RenameMode::Both), &[".git/a.md.lock", ".git/a.md"]),
            (CLOSED, &["meetings/a/.series.md.swp"]),
            (CLOSED, &["meetings/a/#series.md#"]),
            (DATA, &["logo.png"]),
            (EventKind::Access(AccessKind::Open(AccessMode::Any)), &["a.md"]),
            (CLOSED, &["/beside/a.md"]),
        ];
        assert!(heard(&events).is_nothing());
    }

    #[test]
    fn a_path_is_told_within_the_folder() {
        let meta = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        let told = heard(&[(meta, &["meetings/a"]), (CLOSED, &["site.toml"])]);
        assert_eq!(paths(told), ["meetings/a", "site.toml"]);
    }

    #[test]
    fn what_nobody_knows_is_everything() {
        let mut lost = Heard::default();
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        changes_of(&event, Path::new("/c")).into_iter().for_each(|change| lost.hear(change));
        assert_eq!(lost.into_changed(), Changed::Everything);
        let volume = heard(&[(renamed(RenameMode::To), &["..data"])]);
        assert!(!volume.is_replaced());
        assert_eq!(volume.into_changed(), Changed::Everything);
    }

    #[test]
    fn another_folder_in_the_place_of_this_one_is_told_apart() {
        for kind in [renamed(RenameMode::From), EventKind::Remove(RemoveKind::Folder)] {
            assert!(heard(&[(CLOSED, &["a.md"]), (kind, &[""])]).is_replaced());
        }
    }
}
