//! Policies made of other policies.

use super::load::beside;
use super::tree::{Node, read};
use crate::diagnostic::{Diagnostic, Diagnostics, Files};
use std::path::{Path, PathBuf};

/// The policy files of a variant, each after those that it is made of.
pub(super) fn expand(paths: &[PathBuf], files: &mut Files, found: &mut Diagnostics) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in paths {
        let mut inside = Vec::new();
        add(path, &mut inside, &mut all, (files, found));
    }
    all
}

/// Add a file and what it is made of; `inside` are the files that are made of it.
fn add(
    path: &Path,
    inside: &mut Vec<PathBuf>,
    all: &mut Vec<PathBuf>,
    (files, found): (&mut Files, &mut Diagnostics),
) {
    let Some(policy) = read(path, files, found) else { return };
    inside.push(path.to_owned());
    match policy.get("made-of") {
        Some(made_of) => {
            for item in made_of.list().unwrap_or(&[]) {
                let Some(name) = item.text() else { continue };
                let part = beside(path, name);
                if inside.contains(&part) {
                    found.push(
                        Diagnostic::error("a policy is made of itself", &item.at, "leads back to this file")
                            .help("take one of the two out of the other's `made-of`"),
                    );
                } else {
                    add(&part, inside, all, (files, found));
                }
            }
        }
        None => check_changes(&policy, found),
    }
    inside.pop();
    all.push(path.to_owned());
}

fn check_changes(policy: &Node, found: &mut Diagnostics) {
    let needed = [
        (
            "intent",
            "says not what it is to change",
            "write intent = [\"pool.judge\"]: the paths that its changes keep to",
        ),
        ("change", "changes nothing", "write [[change]], or made-of = [\"other-policy.toml\"]"),
    ];
    for (key, label, help) in needed {
        if policy.get(key).is_none() {
            found.push(Diagnostic::error(format!("a policy without `{key}`"), &policy.at, label).help(help));
        }
    }
}
