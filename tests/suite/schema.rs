//! `convene schema`, and the schemas that are kept for editors.

use super::process::Folder;
use super::support::package;
use std::process::Command;

const KINDS: [&str; 6] = ["site", "series", "date", "records", "holidays", "page"];

fn convene(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_convene")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// `UPDATE=1 cargo test schema` writes them anew.
#[test]
fn the_schemas_for_editors_are_what_the_program_prints() {
    let kept = package("deploy/editors");
    if std::env::var_os("UPDATE").is_some() {
        convene(&["schema", "--out", kept.to_str().unwrap()]);
    }
    for kind in KINDS {
        let file = std::fs::read_to_string(kept.join(format!("{kind}.schema.json"))).unwrap();
        assert_eq!(convene(&["schema", kind]), file, "{kind}: run `UPDATE=1 cargo test schema`");
    }
}

#[test]
fn all_schemas_go_into_a_folder() {
    let folder = Folder::empty();
    let out = folder.path("new/schemas");
    let said = convene(&["schema", "--out", out.to_str().unwrap()]);
    for kind in KINDS {
        let json: serde_json::Value =
            serde_json::from_str(&folder.read(&format!("new/schemas/{kind}.schema.json"))).unwrap();
        assert_eq!(json["$schema"], "http://json-schema.org/draft-07/schema#");
        assert_eq!(json["additionalProperties"], false);
        assert!(said.contains(&format!("{kind}.schema.json")), "{said}");
    }
}

#[test]
fn the_sample_for_taplo_names_schemas_that_are_there() {
    let sample = std::fs::read_to_string(package("deploy/editors/taplo.toml")).unwrap();
    let named: Vec<&str> = sample.split(".schemas/").skip(1).collect();
    let named = named.iter().filter_map(|rest| rest.split_once('"')).map(|(name, _)| name);
    let named: Vec<&str> = named.filter(|name| name.ends_with(".json")).collect();
    assert_eq!(named.len(), 3);
    assert!(named.iter().all(|name| package("deploy/editors").join(name).exists()), "{named:?}");
}
