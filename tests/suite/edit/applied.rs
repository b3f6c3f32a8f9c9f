//! Edits of a content folder on the disk, and what can come between.

use super::text::{RECORDS, SERIES, edit};
use crate::http::get;
use crate::process::{AS_OF, Folder, SITE, Server, until};
use crate::sample::{link, local, slug, utc};
use crate::support::files;
use convene::content::edit::Edit;
use convene::content::{SourceFile, parse};
use convene::error::Error;
use convene::model::Record;
use convene::store::{Applied, apply};
use std::fs;
use std::path::Path;

const BEFORE: &str =
    "# By hand.\n\n[[record]]\ndate = 2026-01-08\nminutes = \"https://a.example/1\"\n";
const PLACE: &str = "content/meetings/weekly/records.toml";

/// Two Thursdays' calls, of which one has a record.
fn folder() -> Folder {
    let folder = Folder::empty();
    folder.put("content/site.toml", SITE);
    folder.put("content/community.md", "+++\ntitle = \"Example\"\n+++\n");
    folder.put("content/meetings/weekly/series.md", SERIES);
    folder.put(PLACE, BEFORE);
    folder
}

fn minutes(id: &str, url: &str) -> Edit {
    edit(id, Record { minutes: Some(link(url)), ..Record::default() })
}

fn cancelled(id: &str) -> Edit {
    let announced = utc("2026-11-19T19:00:00Z");
    Edit::Cancelled { series: slug("weekly"), id: local(id), reason: None, announced }
}

fn write(folder: &Folder, edits: &[Edit]) -> Result<Applied<usize>, Error> {
    apply(&folder.path("content"), |files| Ok((edits.to_vec(), files.len())))
}

fn tree(folder: &Folder) -> Vec<SourceFile> {
    files(&folder.path("content"))
}

#[test]
fn what_changes_is_written_and_named_once() {
    let folder = folder();
    let edits = [minutes("2026-01-15T10:00:00", "https://a.example/2"), cancelled("2026-06-25")];
    let applied = write(&folder, &edits).unwrap();
    assert_eq!(applied.changed, ["meetings/weekly/2026-06-25.md", RECORDS]);
    assert_eq!(applied.made, 4);
    let after = "\n[[record]]\ndate = 2026-01-15\nminutes = \"https://a.example/2\"\n";
    assert_eq!(folder.read(PLACE), format!("{BEFORE}{after}"));
    let written = tree(&folder);
    assert_eq!(write(&folder, &edits).unwrap().changed, Vec::<String>::new());
    assert_eq!(tree(&folder), written, "and no file is left beside them");
}

#[test]
fn nothing_is_written_of_edits_that_are_refused() {
    let folder = folder();
    let before = tree(&folder);
    let edits = [cancelled("2026-06-25"), minutes("2026-01-16", "https://a.example/2")];
    let refused = write(&folder, &edits).unwrap_err();
    assert!(matches!(refused, Error::Refused { .. }));
    let said = refused.to_string();
    assert!(said.contains("content`: `weekly` has no meeting on `2026-01-16`, a Friday"), "{said}");
    assert_eq!(tree(&folder), before);
    folder.put("content/pages.txt", "not content");
    folder.put("content/meetings/weekly/2026-01-09.md", "+++\nkept = true\n+++\n");
    let before = tree(&folder);
    let broken = apply(&folder.path("content"), |files| {
        parse(files)?;
        Ok((Vec::new(), ()))
    });
    let said = broken.unwrap_err().to_string();
    assert!(
        said.contains("the content has a mistake, `meetings/weekly/2026-01-09.md:2:1"),
        "{said}"
    );
    assert_eq!(tree(&folder), before);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = Folder::empty();
    let error = write(&folder, &[]).unwrap_err();
    assert!(matches!(error, Error::NoFolder { .. }), "{error}");
    assert_eq!(fs::read_dir(folder.path(".")).unwrap().count(), 0);
}

#[test]
fn what_a_killed_run_has_left_is_removed_and_nothing_else() {
    let folder = folder();
    let left = "content/meetings/weekly/.records.toml.convene-4711";
    folder.put(left, "[[reco");
    let kept = [".records.toml.convene-old", ".convene-4711", "records.toml.convene-1", ".hidden"];
    for name in kept {
        folder.put(&format!("content/meetings/weekly/{name}"), "kept");
    }
    assert_eq!(write(&folder, &[]).unwrap().changed, Vec::<String>::new());
    assert!(!folder.path(left).exists());
    for name in kept {
        assert_eq!(folder.read(&format!("content/meetings/weekly/{name}")), "kept");
    }
}

#[test]
fn a_file_changed_meanwhile_is_read_again_and_both_changes_are_there() {
    let folder = folder();
    let mut calls = 0;
    let applied = apply(&folder.path("content"), |_: &[SourceFile]| {
        calls += 1;
        if calls == 1 {
            folder.edit(PLACE, "By hand", "By two hands");
        }
        Ok((vec![minutes("2026-01-08T10:00:00", "https://a.example/2")], calls))
    });
    assert_eq!(applied.unwrap(), Applied { changed: vec![RECORDS.to_owned()], made: 2 });
    let want = BEFORE.replace("By hand", "By two hands").replace("example/1", "example/2");
    assert_eq!(folder.read(PLACE), want);
}

#[test]
fn a_file_that_is_changed_all_the_time_is_left_to_whoever_does_it() {
    let folder = folder();
    let mut calls = 0;
    let applied = apply(&folder.path("content"), |_: &[SourceFile]| {
        calls += 1;
        folder.put(PLACE, &format!("{BEFORE}# {calls}\n"));
        Ok((vec![minutes("2026-01-08T10:00:00", "https://a.example/2")], ()))
    });
    let error = applied.unwrap_err();
    assert!(matches!(&error, Error::Changed { path } if path.ends_with(RECORDS)), "{error}");
    assert_eq!(folder.read(PLACE), format!("{BEFORE}# 2\n"));
    assert!(tree(&folder).iter().all(|file| !file.path.contains("/.")), "{:?}", tree(&folder));
}

#[test]
fn a_date_file_that_someone_else_makes_meanwhile_stays() {
    let folder = folder();
    let path = "content/meetings/weekly/2026-06-25.md";
    let applied = apply(&folder.path("content"), |_: &[SourceFile]| {
        folder.put(path, "+++\nkept = true\n+++\n");
        Ok((vec![cancelled("2026-06-25")], ()))
    });
    let said = applied.unwrap_err().to_string();
    assert!(said.contains("`meetings/weekly/2026-06-25.md` is there already"), "{said}");
    assert_eq!(folder.read(path), "+++\nkept = true\n+++\n");
}

#[test]
fn programs_that_edit_at_once_lose_nothing() {
    let folder = folder();
    let days = ["2026-01-15", "2026-01-22", "2026-01-29", "2026-02-05"];
    std::thread::scope(|scope| {
        for day in days {
            let folder = &folder;
            scope.spawn(move || {
                for round in 0..5 {
                    let url = format!("https://a.example/{day}/{round}");
                    write(folder, &[minutes(day, &url)]).unwrap();
                }
            });
        }
    });
    let records = folder.read(PLACE);
    for day in days {
        let record = format!("date = {day}\nminutes = \"https://a.example/{day}/4\"\n");
        assert!(records.contains(&record), "{records}");
    }
}

#[test]
fn a_folder_in_a_files_place_is_said_and_left() {
    let folder = folder();
    fs::remove_file(folder.path(PLACE)).unwrap();
    fs::create_dir(folder.path(PLACE)).unwrap();
    let before = tree(&folder);
    let edits = [minutes("2026-01-08T10:00:00", "https://a.example/2")];
    let error = write(&folder, &edits).unwrap_err();
    assert!(matches!(&error, Error::NoFile { path } if path.ends_with(RECORDS)), "{error}");
    assert!(folder.path(PLACE).is_dir());
    assert_eq!(tree(&folder), before);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_owner() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let folder = folder();
    let place = folder.path(PLACE);
    // Root alone can give it away; for others it is their own, and stays so.
    let _ = chown(&place, Some(65534), Some(65534));
    for mode in [0o640, 0o606, 0o755] {
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
        let before = fs::metadata(&place).unwrap();
        let url = format!("https://a.example/{mode}");
        write(&folder, &[minutes("2026-01-08T10:00:00", &url)]).unwrap();
        assert!(folder.read(PLACE).contains(&url));
        let after = fs::metadata(&place).unwrap();
        assert_eq!(
            (after.mode(), after.uid(), after.gid()),
            (before.mode(), before.uid(), before.gid())
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_read_only_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    fs::set_permissions(folder.path(PLACE), fs::Permissions::from_mode(0o444)).unwrap();
    let edits = [minutes("2026-01-08T10:00:00", "https://a.example/2")];
    let said = write(&folder, &edits).unwrap_err().to_string();
    assert!(said.ends_with("records.toml`: it is read-only"), "{said}");
    assert_eq!(folder.read(PLACE), BEFORE);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_to_its_file() {
    let folder = folder();
    fs::create_dir(folder.path("elsewhere")).unwrap();
    fs::rename(folder.path(PLACE), folder.path("elsewhere/kept.toml")).unwrap();
    std::os::unix::fs::symlink(Path::new("../../../elsewhere/kept.toml"), folder.path(PLACE))
        .unwrap();
    folder.put("elsewhere/.kept.toml.convene-1", "left");
    write(&folder, &[minutes("2026-01-08T10:00:00", "https://a.example/2")]).unwrap();
    assert!(folder.path(PLACE).is_symlink());
    assert_eq!(folder.read("elsewhere/kept.toml"), BEFORE.replace("example/1", "example/2"));
    assert_eq!(fs::read_dir(folder.path("elsewhere")).unwrap().count(), 1);
}

#[test]
fn a_server_shows_edits_and_never_sees_half_of_one() {
    let folder = folder();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    let page = "/meetings/weekly/2026-01-08/";
    for round in 0..20 {
        let url = format!("https://a.example/round-{round}");
        write(&folder, &[minutes("2026-01-08T10:00:00", &url)]).unwrap();
    }
    until("the last edit is shown", || get(server.address, page).text().contains("/round-19"));
    assert!(get(server.address, "/readyz").text().starts_with("ready\n"));
    server.signal("TERM");
    let (_, log) = server.wait();
    assert!(!log.contains("WARN") && !log.contains("ERROR"), "{log}");
}
