//! What shells complete, and pages for `man`.

use super::process::Folder;
use std::process::{Command, Output};

fn convene(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_convene")).args(arguments).output().unwrap()
}

fn out(arguments: &[&str]) -> String {
    let output = convene(arguments);
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_shell_has_a_script_that_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = out(&["completions", shell]);
        for word in ["announce", "holidays", "as-of"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
    assert_eq!(convene(&["completions", "tcsh"]).status.code(), Some(2));
}

/// Where there is a bash, as nearly everywhere that tests run.
#[cfg(unix)]
#[test]
fn bash_completes_commands_and_options() {
    let complete = |words: &str, last: &str| {
        let ask = format!(
            "source /dev/stdin; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _convene convene {last} ${{COMP_WORDS[-2]}}; echo ${{COMPREPLY[@]}}"
        );
        let mut bash = Command::new("bash");
        bash.args(["-c", &ask]).stdin(std::process::Stdio::piped());
        let Ok(mut bash) = bash.stdout(std::process::Stdio::piped()).spawn() else { return None };
        let script = out(&["completions", "bash"]);
        std::io::Write::write_all(&mut bash.stdin.take().unwrap(), script.as_bytes()).unwrap();
        let answer = bash.wait_with_output().unwrap().stdout;
        Some(String::from_utf8(answer).unwrap().trim().to_owned())
    };
    let Some(commands) = complete("convene ca", "ca") else { return };
    assert_eq!(commands, "cancel");
    let options = complete("convene announce --f", "--f").unwrap();
    assert_eq!(options, "--format --from");
}

#[test]
fn each_command_has_a_page() {
    let folder = Folder::empty();
    let pages = folder.path("man");
    out(&["man", "--out", pages.to_str().unwrap()]);
    let whole = folder.read("man/convene.1");
    assert!(whole.contains(".SH NAME\nconvene \\- ") && whole.is_ascii(), "{whole}");
    let own = folder.read("man/convene-cancel.1");
    assert!(own.contains(".SH SYNOPSIS\n\\fBconvene cancel\\fR") && own.is_ascii(), "{own}");
    assert_eq!(out(&["man", "cancel"]), own);
    assert_eq!(out(&["man"]), whole);
    let commands = out(&["--help"]);
    let names = commands.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = names.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    let names: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        assert!(pages.join(format!("convene-{name}.1")).exists(), "{name} has no page");
    }
    assert_eq!(convene(&["man", "canecl"]).status.code(), Some(1));
}
