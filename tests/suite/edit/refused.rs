//! What commands say where they refuse.

use super::served::said;
use crate::process::{AS_OF, Folder, run};

#[test]
fn keys_within_braces_are_refused_with_their_line_and_how_to_mend_them() {
    let of = |keys: &str| {
        let folder = Folder::sample();
        folder
            .put("content/meetings/weekly/2026-12-03.md", &format!("---\n{keys}\n---\nA note.\n"));
        let content = folder.path("content");
        let told = said(&run(&["check", "--as-of", AS_OF], &content));
        assert!(told.contains("fine: "), "{told}");
        run(&["cancel", "weekly", "2026-12-03", "--as-of", AS_OF], &content)
    };
    for (keys, line) in [
        ("{title: Planning, updated: 2026-11-01T00:00:00Z}", 2),
        ("# For once.\n\n{\n  title: Planning,\n  updated: 2026-11-01T00:00:00Z,\n}", 4),
    ] {
        let done = of(keys);
        let want =
            format!("error: `meetings/weekly/2026-12-03.md:{line}` has its keys within braces");
        assert!(said(&done).starts_with(&want), "{}", said(&done));
        assert!(said(&done).contains("write each `key: value` on a line of its own"));
        assert_eq!(done.status.code(), Some(1));
    }
    let lines = of("title: Planning\nupdated: [2026-11-01T00:00:00Z]");
    assert!(lines.status.success(), "{}", said(&lines));
}

/// As the README says of `--json`.
#[test]
fn what_is_refused_is_told_on_standard_error_alone() {
    let refused = [
        "cancel weekly 2026-12-02",
        "move weekly 2026-12-02 --to 2026-12-03",
        "add weekly 2026-12-03T10:00",
        "restore weekly 2026-12-03",
        "keep weekly 2026-12-02",
        "record weekly 2026-12-02 --minutes https://notes.example.org/1",
        "new --title Weekly --slug weekly --start 2026-12-03 --yes",
        "diff nowhere",
        "import nowhere.ics",
        "drift nowhere.ics",
        "announce weekly 2026-12-02",
        "holidays weakly",
        "dates weakly",
        "next weakly",
    ];
    let folder = Folder::sample();
    let tell = |command: &str| {
        let arguments: Vec<&str> = command.split(' ').chain(["--json", "--as-of", AS_OF]).collect();
        let done = run(&arguments, &folder.path("content"));
        assert!(matches!(done.status.code(), Some(1 | 2)), "{command}: {}", said(&done));
        done
    };
    for command in refused {
        let done = tell(command);
        assert!(done.stdout.is_empty(), "{command}: {}", said(&done));
        assert!(said(&done).starts_with("error: "), "{command}: {}", said(&done));
    }
    folder.edit("content/meetings/weekly/series.md", "title", "titel");
    for command in refused {
        let done = tell(command);
        assert!(done.stdout.is_empty(), "{command}: {}", said(&done));
        // What is to be read beside the content is told first where it is not there.
        let is_elsewhere = ["diff", "drift", "import"].iter().any(|word| command.starts_with(word));
        let is_told = is_elsewhere || said(&done).contains("unknown key `titel`");
        assert!(is_told, "{command}: {}", said(&done));
    }
    let rows = |command: &str| {
        let done = tell(command);
        assert!(done.stderr.is_empty(), "{command}: {}", said(&done));
        serde_json::from_slice::<serde_json::Value>(&done.stdout).unwrap()
    };
    assert_eq!(rows("check")[0]["message"], "unknown key `titel`");
    let content = folder.path("content").display().to_string();
    let told = rows(&format!("diff {content}"));
    assert_eq!(told["mistakes"][0]["message"], "unknown key `titel`");
}
