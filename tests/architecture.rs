//! Which module may name which: the generic half knows nothing of the domain half.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("random", &["units"]),
    // Subsamples are drawn by address, too.
    ("stats", &["random", "units"]),
    ("network", &["random", "units"]),
    ("analytic", &["network", "random", "units"]),
    ("engine", &["network", "random", "units"]),
    ("experiment", &["engine", "network", "stats", "random", "units"]),
    ("diagnostic", &[]),
    ("asylum", &["units"]),
    ("legend", &["asylum"]),
    ("scenario", &["asylum", "legend", "diagnostic", "engine", "network", "random", "units"]),
    ("compile", &["scenario", "legend", "network", "random", "units"]),
    ("dossier", &["scenario", "report", "legend", "diagnostic", "units"]),
    ("report", &["experiment", "stats", "legend", "asylum", "network", "units"]),
    (
        "cli",
        &[
            "analytic",
            "asylum",
            "compile",
            "diagnostic",
            "dossier",
            "engine",
            "experiment",
            "legend",
            "network",
            "report",
            "scenario",
            "stats",
            "units",
        ],
    ),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("the source is there").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The modules named after `crate::` in a text, comments left out.
fn named(text: &str) -> BTreeSet<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names: BTreeSet<String> = code.split("crate::").skip(1).map(word).collect();
    for group in code.split("crate::{").skip(1) {
        let mut depth = 0;
        for part in group.split_inclusive([',', '{', '}']) {
            if depth == 0 {
                names.insert(word(part.trim()));
            }
            depth += i32::from(part.ends_with('{')) - i32::from(part.ends_with('}'));
            if depth < 0 {
                break;
            }
        }
    }
    names.remove("");
    names
}

#[test]
fn modules_name_only_those_below_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&source) {
        let inside = file.strip_prefix(&source).expect("a file of the source").to_path_buf();
        let first =
            inside.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        let Some((module, allowed)) = MAY_NAME.iter().find(|(module, _)| *module == first) else { continue };
        let text = fs::read_to_string(&file).expect("source is text");
        let known = |name: &String| MAY_NAME.iter().any(|(module, _)| module == name);
        for name in named(&text).into_iter().filter(known) {
            if name != *module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("src/{}: {module} names {name}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "modules name others they must not know:\n{}", wrong.join("\n"));
}

#[test]
fn a_planted_import_is_found() {
    assert!(named("use crate::{engine::Plan, stats::Estimate};").contains("stats"));
    assert!(named("let x = crate::report::text();").contains("report"));
    assert!(named("// crate::report").is_empty());
}
