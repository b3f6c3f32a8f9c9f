#![expect(clippy::disallowed_methods, reason = "changes folders as people do")]

use super::*;
use crate::{content, store};
use proptest::prelude::*;
use std::fs;
use std::sync::Arc;
use tempfile::TempDir;

const SITE: &str = "name = \"Example\"\nslug = \"example\"\ndescription = \"Meetings.\"\n\
    url = \"https://example.org\"\nuid-domain = \"example.org\"\nzone = \"Europe/Berlin\"\n\
    language = \"en\"\n";
const PAGE: &str = "+++\ntitle = \"Example\"\n+++\nWelcome.\n";

fn series(title: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nupdated = 2026-01-01T00:00:00Z\n\n[[slot]]\n\
         from = 2026-01-01\nevery = \"week\"\non = \"Thursday\"\nat = \"10:00\"\n+++\n"
    )
}

struct Folder {
    dir: TempDir,
}

impl Folder {
    fn new(names: &[&str]) -> Folder {
        let folder = Folder { dir: tempfile::tempdir().unwrap() };
        folder.put("site.toml", SITE);
        folder.put("community.md", PAGE);
        for name in names {
            folder.put(&format!("meetings/{name}/series.md"), &series(name));
        }
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join("content").join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// An intake that has read the folder, of which all files are old enough.
    fn intake(&self) -> Intake {
        let mut intake = Intake::new(&self.path(""));
        assert!(intake.load().unwrap().community.is_ok());
        while intake.pending != Scope::default() {
            let outcome = intake.refresh(&at(&[])).unwrap();
            assert!(matches!(outcome, Outcome::Same), "{outcome:?}");
        }
        intake
    }
}

fn at(paths: &[&str]) -> Changed {
    Changed::Paths(paths.iter().map(|&path| path.to_owned()).collect())
}

fn new(outcome: Result<Outcome, Error>) -> Taken {
    match outcome.unwrap() {
        Outcome::New(taken) => *taken,
        other => panic!("{other:?}"),
    }
}

fn titles(taken: &Taken) -> Vec<String> {
    let all = &taken.community.as_ref().unwrap().series;
    all.iter().map(|series| series.title.to_string()).collect()
}

fn mistakes(taken: &Taken) -> String {
    let found = taken.community.as_ref().unwrap_err();
    found.iter().map(|d| format!("{}: {}\n", d.path, d.message)).collect()
}

fn is_same(outcome: Result<Outcome, Error>) -> bool {
    matches!(outcome.unwrap(), Outcome::Same)
}

#[test]
fn reads_the_whole_folder() {
    let folder = Folder::new(&["a", "b"]);
    folder.put("holidays/de.toml", "");
    fs::create_dir_all(folder.path("meetings/empty")).unwrap();
    let taken = Intake::new(&folder.path("")).load().unwrap();
    assert_eq!((taken.files, taken.parts_read), (5, 3));
    folder.put("meetings/b/serie.md", "");
    let taken = Intake::new(&folder.path("")).load().unwrap();
    assert!(mistakes(&taken).starts_with("meetings/b/serie.md: "));
}

#[test]
fn one_edit_has_one_part_read_and_only_what_is_named_looked_at() {
    let folder = Folder::new(&["a", "b", "c"]);
    let mut intake = folder.intake();
    folder.put("meetings/a/series.md", &series("A2"));
    folder.put("meetings/b/series.md", &series("B2"));
    let taken = new(intake.refresh(&at(&["meetings/a/series.md"])));
    assert_eq!((titles(&taken), taken.parts_read), (vec!["A2".into(), "b".into(), "c".into()], 1));
    let taken = new(intake.refresh(&Changed::Everything));
    assert_eq!((titles(&taken), taken.parts_read), (vec!["A2".into(), "B2".into(), "c".into()], 1));
    let (before, after) = (taken.community.unwrap(), {
        folder.put("meetings/c/series.md", &series("C2"));
        new(intake.refresh(&Changed::Everything)).community.unwrap()
    });
    let is_shared = |i: usize| Arc::ptr_eq(&before.series[i], &after.series[i]);
    assert_eq!([0, 1, 2].map(is_shared), [true, true, false]);
    assert!(is_same(intake.refresh(&Changed::Everything)));
}

#[test]
fn the_same_bytes_written_again_are_no_change() {
    let folder = Folder::new(&["a"]);
    let mut intake = folder.intake();
    folder.put("meetings/a/series.md", &series("a"));
    folder.put("site.toml", SITE);
    assert!(is_same(intake.refresh(&at(&["meetings/a/series.md", "site.toml"]))));
    assert!(is_same(intake.refresh(&Changed::Everything)));
}

#[test]
fn a_file_put_in_the_place_of_another_is_read_though_it_is_as_old_and_as_long() {
    let folder = Folder::new(&["a"]);
    let mut intake = folder.intake();
    let path = folder.path("meetings/a/series.md");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    let other = folder.path("meetings/a/.new");
    fs::write(&other, series("b")).unwrap();
    fs::File::options().write(true).open(&other).unwrap().set_modified(modified).unwrap();
    fs::rename(other, path).unwrap();
    assert_eq!(titles(&new(intake.refresh(&Changed::Everything))), ["b"]);
}

#[test]
fn a_change_that_leaves_the_stamp_as_it_was_is_found_at_the_next_sign() {
    let folder = Folder::new(&["a"]);
    let mut intake = folder.intake();
    let path = folder.path("meetings/a/series.md");
    fs::write(&path, series("b")).unwrap();
    new(intake.refresh(&at(&["meetings/a/series.md"])));
    // Within one tick of the file system's clock, or a little later.
    fs::write(&path, series("c")).unwrap();
    // Where the machine was so slow that the file is no longer young, its stamp differs.
    let taken = new(intake.refresh(&at(&["meetings/a"])));
    assert_eq!(titles(&taken), ["c"]);
}

#[test]
fn series_come_and_go_with_their_folders() {
    let folder = Folder::new(&["a", "b"]);
    let mut intake = folder.intake();
    folder.put("meetings/c/series.md", &series("c"));
    assert_eq!(titles(&new(intake.refresh(&at(&["meetings/c"])))), ["a", "b", "c"]);
    fs::remove_dir_all(folder.path("meetings/a")).unwrap();
    let taken = new(intake.refresh(&at(&["meetings/a"])));
    assert_eq!((titles(&taken), taken.parts_read), (vec!["b".into(), "c".into()], 0));
    fs::rename(folder.path("meetings/b"), folder.path("meetings/d")).unwrap();
    let taken = new(intake.refresh(&Changed::Everything));
    assert_eq!(titles(&taken), ["c", "b"], "in order of their folders");
    assert_eq!(taken.files, 4);
    fs::remove_file(folder.path("meetings/c/series.md")).unwrap();
    let taken = new(intake.refresh(&at(&["meetings/c/series.md"])));
    assert_eq!(titles(&taken), ["b"], "a folder without content is none");
}

#[test]
fn what_all_series_share_has_them_all_read_where_it_matters() {
    let folder = Folder::new(&["a", "b"]);
    let mut intake = folder.intake();
    folder.put("community.md", &PAGE.replace("Welcome", "All are welcome"));
    assert_eq!(new(intake.refresh(&at(&["community.md"]))).parts_read, 1);
    folder.put("site.toml", &SITE.replace("Europe/Berlin", "Asia/Tokyo"));
    let taken = new(intake.refresh(&at(&["site.toml"])));
    assert_eq!(taken.parts_read, 3);
    let all = &taken.community.unwrap().series;
    assert!(all.iter().all(|series| series.slots[0].zone.name() == "Asia/Tokyo"));
}

#[test]
fn another_folder_in_the_place_of_this_one_is_read() {
    let folder = Folder::new(&["a", "b"]);
    let mut intake = folder.intake();
    let other = Folder::new(&["b", "c"]);
    fs::rename(folder.path(""), folder.dir.path().join("old")).unwrap();
    let gone = intake.refresh(&Changed::Everything).unwrap_err();
    assert!(matches!(gone, Error::NoFolder { .. }), "{gone}");
    fs::rename(other.path(""), folder.path("")).unwrap();
    // It was not read, so whatever is told, everything is looked at.
    let taken = new(intake.refresh(&at(&["meetings/b"])));
    assert_eq!((titles(&taken), taken.files), (vec!["b".into(), "c".into()], 4));
}

#[test]
fn a_folder_that_was_away_and_is_as_it_was_is_given_again() {
    let folder = Folder::new(&["a"]);
    let mut intake = folder.intake();
    fs::rename(folder.path(""), folder.dir.path().join("away")).unwrap();
    assert!(intake.refresh(&Changed::Everything).is_err());
    fs::rename(folder.dir.path().join("away"), folder.path("")).unwrap();
    assert_eq!(titles(&new(intake.refresh(&at(&[])))), ["a"]);
    assert!(is_same(intake.refresh(&Changed::Everything)));
}

#[test]
fn a_part_that_could_not_be_read_is_read_at_the_next_sign() {
    let folder = Folder::new(&["a", "b"]);
    let mut intake = folder.intake();
    folder.put("meetings/a/series.md", &series("A2"));
    folder.put("meetings/b/series.md", &"x".repeat((4 << 20) + 1));
    let error = intake.refresh(&at(&["meetings/a", "meetings/b"])).unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }), "{error}");
    folder.put("meetings/b/series.md", &series("B2"));
    assert_eq!(titles(&new(intake.refresh(&at(&["holidays"])))), ["A2", "B2"]);
}

#[test]
fn files_without_a_place_are_mistakes_wherever_they_are() {
    let folder = Folder::new(&["a"]);
    let mut intake = folder.intake();
    folder.put("meetings/a/deep/x.md", "");
    folder.put("meetings/alone.md", "");
    folder.put("meetings/b/c/d.md", "");
    let taken = new(intake.refresh(&at(&["meetings/a/deep", "meetings/alone.md", "meetings/b"])));
    let found = mistakes(&taken);
    for path in ["meetings/a/deep/x.md", "meetings/alone.md", "meetings/b/c/d.md"] {
        assert!(found.contains(&format!("{path}: this file has no place")), "{found}");
    }
    assert_eq!(found.lines().count(), 3, "{found}");
    fs::remove_dir_all(folder.path("meetings/a/deep")).unwrap();
    fs::remove_dir_all(folder.path("meetings/b")).unwrap();
    fs::remove_file(folder.path("meetings/alone.md")).unwrap();
    assert_eq!(titles(&new(intake.refresh(&Changed::Everything))), ["a"]);
}

#[test]
fn what_changes_while_it_is_read_is_noticed() {
    let folder = Folder::new(&["a", "b"]);
    let hasher = RandomState::new();
    let look = || Seen::of(&folder.path(""), &Scope::All, &hasher).unwrap();
    let before = look();
    assert!(look().agrees_with(&before));
    for change in ["meetings/a/series.md", "meetings/a/records.toml", "meetings/c/series.md"] {
        let before = look();
        folder.put(change, "other");
        assert!(!look().agrees_with(&before), "{change}");
    }
    let before = look();
    fs::remove_dir_all(folder.path("meetings/b")).unwrap();
    assert!(!look().agrees_with(&before));
}

#[test]
fn what_is_too_young_for_its_stamps_is_read_twice() {
    let folder = Folder::new(&["a"]);
    let hasher = RandomState::new();
    // Every file is younger than the beginning of time.
    let seen = Seen::of(&folder.path(""), &Scope::All, &hasher).unwrap();
    let kept = Kept::default();
    let read = kept.read(&seen, i128::MIN).unwrap();
    assert!(kept.is_there(&read, &seen).unwrap());
    folder.put("meetings/a/series.md", &series("b"));
    assert!(!kept.is_there(&read, &seen).unwrap());
    folder.put("meetings/a/series.md", &series("a"));
    assert!(kept.is_there(&read, &seen).unwrap());
    folder.put("site.toml", "");
    assert!(!kept.is_there(&read, &seen).unwrap());
}

/// What somebody does to a file, and whether the system tells of it.
type Deed = (&'static str, Option<String>, bool);

fn deed() -> impl Strategy<Value = Deed> {
    let path = prop::sample::select(vec![
        "meetings/a/series.md",
        "meetings/b/series.md",
        "meetings/b/records.toml",
        "meetings/b/deep/x.md",
        "meetings/c/series.md",
        "meetings/c.md",
        "meetings/Not a name/series.md",
        "site.toml",
        "community.md",
        "holidays/de.toml",
    ]);
    let text = prop::sample::select(vec![
        None,
        Some(String::new()),
        Some(series("A")),
        Some(series("B")),
        Some(SITE.to_owned()),
        Some(SITE.replace("Europe/Berlin", "Asia/Tokyo")),
        Some(PAGE.to_owned()),
    ]);
    (path, text, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done to the folder, change by change gives what reading all of it does.
    #[test]
    fn what_was_read_in_parts_is_what_is_there(deeds in prop::collection::vec(deed(), 1..12)) {
        let folder = Folder::new(&["a", "b"]);
        let mut intake = Intake::new(&folder.path(""));
        let mut known = intake.load().unwrap().community;
        for (path, text, is_told) in deeds {
            match text {
                Some(text) => folder.put(path, &text),
                None => drop(fs::remove_file(folder.path(path))),
            }
            let changed = if is_told { at(&[path]) } else { Changed::Everything };
            match intake.refresh(&changed).unwrap() {
                Outcome::New(taken) => known = taken.community,
                outcome => prop_assert!(matches!(outcome, Outcome::Same), "{:?}", outcome),
            }
            let files = store::read(&folder.path("")).unwrap();
            prop_assert_eq!(&known, &content::parse(&files));
        }
    }
}
