#![expect(clippy::disallowed_methods, reason = "changes folders as people do")]

use super::*;
use std::fs;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

/// What the system tells of next; a look from time to time is nothing that it told.
async fn told(watch: &mut Watch) -> Changed {
    loop {
        if let Sign::Told(changed) = watch.next().await {
            return changed;
        }
    }
}

/// Goes on until the system has told of that path; each part of a change may be told by itself.
async fn until_told(watch: &mut Watch, path: &str) {
    while !matches!(told(watch).await, Changed::Paths(paths) if paths.contains(path)) {}
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("content");
    fs::create_dir_all(folder.join("meetings/a")).unwrap();
    (dir, folder)
}

#[test]
fn the_first_sign_is_that_the_watch_has_begun_and_then_each_change_is_told() {
    let (_dir, folder) = folder();
    let mut watch = Watch::new(&folder);
    runtime().block_on(async {
        assert_eq!(told(&mut watch).await, Changed::Everything);
        fs::write(folder.join("meetings/a/series.md"), "text").unwrap();
        until_told(&mut watch, "meetings/a/series.md").await;
        fs::create_dir(folder.join("meetings/b")).unwrap();
        until_told(&mut watch, "meetings/b").await;
        fs::write(folder.join("meetings/b/series.md"), "text").unwrap();
        until_told(&mut watch, "meetings/b/series.md").await;
        fs::remove_dir_all(folder.join("meetings/a")).unwrap();
        until_told(&mut watch, "meetings/a").await;
    });
}

#[test]
fn another_folder_in_its_place_is_watched_from_then_on() {
    let (dir, folder) = folder();
    let mut watch = Watch::new(&folder);
    runtime().block_on(async {
        assert_eq!(told(&mut watch).await, Changed::Everything);
        fs::rename(&folder, dir.path().join("old")).unwrap();
        assert_eq!(told(&mut watch).await, Changed::Everything);
        fs::create_dir_all(folder.join("meetings/a")).unwrap();
        // It was renewed while there was no folder, or has begun on the new one.
        while !matches!(watch.telling, Telling::Yes { .. }) {
            watch.renew();
            told(&mut watch).await;
        }
        fs::write(folder.join("meetings/a/series.md"), "text").unwrap();
        until_told(&mut watch, "meetings/a/series.md").await;
    });
}

#[test]
fn a_folder_that_is_not_there_is_looked_for_from_time_to_time() {
    let dir = tempfile::tempdir().unwrap();
    let mut watch = Watch::new(&dir.path().join("nowhere"));
    runtime().block_on(async {
        assert_eq!(told(&mut watch).await, Changed::Everything);
        assert!(matches!(watch.telling, Telling::No));
        assert_eq!(watch.next().await, Sign::Rescan);
    });
}

#[test]
fn the_longer_a_look_takes_the_more_rarely_it_is_asked_for() {
    let millis = Duration::from_millis;
    assert_eq!(RESCAN.after(millis(0)), millis(2000));
    assert_eq!(RESCAN.after(millis(50)), millis(5000));
    assert_eq!(RESCAN_UNTOLD.after(millis(50)), millis(1000));
    assert_eq!(RESCAN.after(millis(10_000)), RESCAN_AT_MOST);
}
