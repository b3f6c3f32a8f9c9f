//! Parts, and communities joined of them.

use super::*;

/// The series `weekly` of [`folder`] with that title, and beside it `other`, read as parts.
fn parts(title: &str) -> (Ground, Vec<SeriesPart>) {
    let ground: Vec<SourceFile> =
        folder(false).into_iter().filter(|f| part_of(&f.path) == Part::Ground).collect();
    let ground = Ground::read(&ground);
    let part = |name: &str, title: &str| {
        let text = SERIES.replace("Weekly call", title).replace("board@", &format!("{name}@"));
        let path = format!("meetings/{name}/series.md");
        SeriesPart::read(name, &[SourceFile { path, bytes: text.into_bytes() }], &ground)
    };
    let parts = vec![part("weekly", title), part("other", "Other")];
    (ground, parts)
}

#[test]
fn a_series_is_shared_by_all_communities_that_its_part_is_joined_into() {
    let (ground, mut parts) = parts("Weekly call");
    let before = join(&ground, &parts).unwrap();
    let slugs: Vec<_> = before.all_series().map(|series| series.slug.as_str()).collect();
    assert_eq!(slugs, ["other", "weekly"], "by slug, in whatever order they come");
    parts[0] = self::parts("Changed").1.remove(0);
    let after = join(&ground, &parts).unwrap();
    assert!(Arc::ptr_eq(&before.series[0], &after.series[0]), "it was not read again");
    assert_eq!(after.series[1].title.as_str(), "Changed");
}

#[test]
fn a_part_with_a_mistake_is_told_of_with_each_join() {
    let (ground, mut parts) = parts("");
    for _ in 0..2 {
        let mistakes = join(&ground, &parts).unwrap_err();
        let at: Vec<_> = mistakes.iter().map(|one| (one.path.as_str(), one.line)).collect();
        assert_eq!(at, [("meetings/weekly/series.md", 2)]);
    }
    parts.remove(0);
    assert!(join(&ground, &parts).is_ok());
}

#[test]
fn a_ground_reads_alike_unless_it_gives_what_a_series_leaves_out() {
    let ground = |from: &str, to: &str| {
        let mut files = folder(false);
        files.retain(|file| part_of(&file.path) == Part::Ground);
        for file in &mut files {
            let text = String::from_utf8(std::mem::take(&mut file.bytes)).unwrap();
            file.bytes = text.replace(from, to).into_bytes();
        }
        Ground::read(&files)
    };
    let first = ground("", "");
    let check = |from, to, want| {
        assert_eq!(first.reads_alike(&ground(from, to)), want, "{to}");
    };
    check("Welcome!", "Come in!", true);
    check("Example Community", "Other Community", true);
    check("Thanksgiving Day", "Thanksgiving", true);
    check("America/Los_Angeles", "Europe/Berlin", false);
    check("\"45m\"", "\"50m\"", false);
    check("\"example.org\"", "\"example.com\"", false);
    let files = [SourceFile { path: "holidays/de.toml".to_owned(), bytes: HOLIDAYS.into() }];
    assert!(!Ground::read(&[]).reads_alike(&Ground::read(&files)), "another list of holidays");
}
