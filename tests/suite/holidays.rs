//! `convene holidays`: proposals for meetings on holidays, which are commands that work.

use super::process::{AS_OF, Folder, run};
use serde_json::Value;

const SERIES: &str = "content/meetings/weekly/series.md";
const HOLIDAYS: &str = "[[holiday]]\ndate = 2026-11-26\nname = \"Thanksgiving Day\"\n\n\
                        [[holiday]]\ndate = 2026-12-24\nname = \"The $eve\"\n\n\
                        [[holiday]]\ndate = 2026-12-25\nname = \"Christmas Day\"\n\n\
                        [[holiday]]\ndate = 2026-12-31\nname = \"New Year's Eve\"\n";

/// The sample, whose series goes by a list; its meeting of 26 November is cancelled already.
fn folder() -> Folder {
    let folder = Folder::sample();
    folder.put("content/holidays/us.toml", HOLIDAYS);
    folder.edit(SERIES, "updated =", "holidays = [\"us\"]\nupdated =");
    folder
}

fn answer(folder: &Folder, arguments: &[&str]) -> String {
    let arguments = [&["holidays"], arguments, &["--as-of", AS_OF]].concat();
    let output = run(&arguments, &folder.path("content"));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn dates(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let json: Value =
        serde_json::from_str(&answer(folder, &[arguments, &["--json"]].concat())).unwrap();
    let all = json["meetings"].as_array().unwrap();
    all.iter().map(|one| one["date"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_undecided_meeting_has_its_two_commands() {
    let folder = folder();
    let text = answer(&folder, &[]);
    assert!(text.starts_with("2026-12-24 Thu  weekly  The $eve\n"), "{text}");
    assert!(text.contains("\n  convene cancel weekly 2026-12-24 --reason 'The $eve'"), "{text}");
    assert!(text.contains("\n  convene cancel weekly 2026-12-31 --reason \"New Year's Eve\""));
    assert!(text.contains("\n  convene keep weekly 2026-12-31"), "{text}");
    assert!(!text.contains("2026-11-26") && !text.contains("2026-12-25"), "{text}");
    assert!(text.ends_with("`holidays/us.toml` ends on 2026-12-31: add the days after it\n"));
}

#[test]
fn what_was_decided_is_asked_no_more() {
    let folder = folder();
    assert_eq!(dates(&folder, &[]), ["2026-12-24", "2026-12-31"]);
    let content = folder.path("content");
    let cancel = ["cancel", "weekly", "2026-12-24", "--reason", "The $eve", "--as-of", AS_OF];
    assert!(run(&cancel, &content).status.success());
    assert_eq!(dates(&folder, &[]), ["2026-12-31"]);
    assert!(run(&["keep", "weekly", "2026-12-31", "--as-of", AS_OF], &content).status.success());
    assert_eq!(dates(&folder, &[]), [""; 0]);
    let text = answer(&folder, &["weekly"]);
    let nothing = "no meeting from 2026-11-23 to 2027-11-23 is on a holiday and undecided\n";
    assert!(text.starts_with(nothing), "{text}");
}

#[test]
fn only_what_is_on_a_holiday_can_be_kept() {
    let folder = folder();
    let keep = |more: &[&str]| {
        let output =
            run(&[&["keep", "weekly", "--as-of", AS_OF], more].concat(), &folder.path("content"));
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, _, error) = keep(&["2026-12-03"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("`2026-12-03` of `weekly` is on no day of the lists of holidays"));
    let (code, text, _) = keep(&["--from", "2026-12-01", "--to", "2026-12-31"]);
    assert_eq!(code, Some(0));
    let written =
        "\n2 files written: meetings/weekly/2026-12-24.md, meetings/weekly/2026-12-31.md\n";
    assert!(text.ends_with(written), "{text}");
    assert_eq!(dates(&folder, &[]), [""; 0]);
}

#[test]
fn each_of_several_whole_days_can_be_a_holiday() {
    let folder = folder();
    let series = "+++\ntitle = \"Camp\"\nholidays = [\"us\"]\nupdated = 2026-01-01T00:00:00Z\n\n\
                  [[slot]]\nfrom = 2026-12-23\nevery = \"year\"\nlasts = \"2 days\"\n+++\n";
    folder.put("content/meetings/camp/series.md", series);
    assert_eq!(dates(&folder, &["camp"]), ["2026-12-23"]);
    let text = answer(&folder, &["camp"]);
    assert!(text.starts_with("2026-12-23 Wed  camp  The $eve\n"), "{text}");
}

#[test]
fn the_period_can_be_chosen() {
    let folder = folder();
    assert_eq!(dates(&folder, &["--from", "2026-12-25"]), ["2026-12-31"]);
    assert_eq!(dates(&folder, &["--to", "2026-12-24"]), ["2026-12-24"]);
    let arguments = ["holidays", "--from", "2026-12-25", "--to", "2026-12-24"];
    assert_eq!(run(&arguments, &folder.path("content")).status.code(), Some(2));
}

#[test]
fn a_series_without_a_list_is_told() {
    let folder = folder();
    folder.edit(SERIES, "holidays = [\"us\"]\n", "");
    let text = answer(&folder, &[]);
    let expected =
        "`meetings/weekly/series.md` names no list of holidays: add `holidays = [\"us\"]`\n";
    assert!(text.ends_with(expected), "{text}");
    std::fs::remove_file(folder.path("content/holidays/us.toml")).unwrap();
    assert!(answer(&folder, &[]).contains("write one, such as `holidays/us.toml`"));
}
