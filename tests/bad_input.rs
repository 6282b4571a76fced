//! Every mistake a writer can make has its message: `tests/cli/bad/NAME.toml` with `NAME.stderr` beside it.
//!
//! `BLESS=1 cargo test --test bad_input` rewrites the messages; read the difference before it is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Files that others lean on: sound themselves.
const SOUND: [&str; 8] = ["model", "links", "good-links", "nine", "eight", "surge", "surge-again", "cited"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/bad")
}

fn caseload(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caseload"));
    command.current_dir(folder()).args(arguments).output().expect("the program starts")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder is there");
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (path.extension().is_some_and(|extension| extension == "toml") && !SOUND.contains(&name.as_str()))
                .then_some(name)
        })
        .collect();
    names.sort();
    names
}

#[test]
fn every_mistake_has_its_message_and_nothing_is_printed_or_run() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    // Memory differs between machines: `too-large` is looked at below.
    for name in names().into_iter().filter(|name| name != "too-large") {
        let output = caseload(&["run", &format!("{name}.toml"), "-n", "1"]);
        let message = String::from_utf8(output.stderr).expect("messages are text");
        let expected = folder().join(format!("{name}.stderr"));
        if bless {
            fs::write(&expected, &message).expect("the folder can be written to");
        }
        let known = fs::read_to_string(&expected).unwrap_or_default();
        if output.status.code() != Some(2) || !output.stdout.is_empty() || message != known {
            wrong.push(format!("{name}: exit {:?}\n{message}", output.status.code()));
        }
        if !message.contains("error: ") || !message.contains("help: ") {
            wrong.push(format!("{name} does not say what is wrong or what to do:\n{message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_docket_that_does_not_fit_in_memory_is_refused_before_the_run() {
    let output = caseload(&["run", "too-large.toml", "-n", "1", "--threads", "1"]);
    let message = String::from_utf8(output.stderr).expect("messages are text");
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("cases at once") && message.contains("help: lower `cases`"), "{message}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let output = caseload(&["run", "nowhere.toml"]);
    let message = String::from_utf8(output.stderr).expect("messages are text");
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("`nowhere.toml` cannot be read"), "{message}");
}

#[test]
fn what_others_lean_on_is_sound() {
    let output = caseload(&["check", "model.toml", "nine.toml", "eight.toml", "cited.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
