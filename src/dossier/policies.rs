//! Policies as differences from the model, change by change.

use super::labels::{tree, words};
use crate::diagnostic::Files;
use crate::report::document::{Alteration, Beginning, Condition, Fade, Policy, Words};
use crate::scenario::tree::Node;
use crate::scenario::{Variant, call, comparison, split, written};
use std::collections::BTreeMap;

/// Keys of a change that have a place of their own.
const KNOWN: [&str; 15] = [
    "path", "set", "scale", "add", "insert", "remove", "table", "value", "share", "from", "until", "ramp",
    "fade", "why", "source",
];

type Labels = BTreeMap<String, Words>;

/// The policy files of all variants, each once, in the order of the variants.
pub(super) fn policies(variants: &[&Variant], labels: &Labels, files: &Files) -> Vec<Policy> {
    let mut all: Vec<Policy> = Vec::new();
    let baseline = &variants[0].root;
    for variant in variants {
        for file in &variant.policies {
            if let Some(known) = all.iter_mut().find(|known| known.file == *file) {
                known.variants.push(variant.name.clone());
            } else if let Some(root) = tree(file, files) {
                let changes = root.get("change").and_then(Node::list).unwrap_or(&[]);
                all.push(Policy {
                    title: root.get("title").and_then(words).unwrap_or_default(),
                    file: file.clone(),
                    variants: vec![variant.name.clone()],
                    changes: changes
                        .iter()
                        .map(|change| alteration(change, [&root, baseline], labels))
                        .collect(),
                });
            }
        }
    }
    all
}

/// A change; `roots` are the policy, which may have parameters of its own, and the baseline.
fn alteration(change: &Node, roots: [&Node; 2], labels: &Labels) -> Alteration {
    let text = |key: &str| change.get(key).map(written);
    let operation = ["scale", "add", "insert", "remove", "set"]
        .into_iter()
        .find(|operation| change.get(operation).is_some())
        .unwrap_or("set");
    let target = text("set").filter(|to| to.starts_with("stage.") || to.starts_with("exit."));
    let path = text("path").or_else(|| text("insert")).or_else(|| text("remove")).unwrap_or_default();
    let value = match operation {
        "insert" => text("value").or_else(|| text("table")),
        "remove" => None,
        _ => change.get(operation).map(|value| valued(value, roots)),
    };
    let source = change.get("source");
    Alteration {
        operation: if target.is_some() { "divert" } else { operation }.to_owned(),
        label: thing(&path, change, labels),
        before: before(&path, roots[1]).filter(|_| operation != "insert"),
        value,
        target: target.map(|to| labels.get(&to).cloned().unwrap_or_else(|| to.as_str().into())),
        share: change.get("share").map(|share| valued(share, roots)),
        from: change.get("from").map(|from| beginning(from, labels)),
        until: text("until"),
        ramp: text("ramp"),
        fade: change.get("fade").map(|fade| wearing_off(fade, roots)),
        more: more(change),
        why: text("why"),
        source: source
            .and_then(|source| source.text().or_else(|| source.get("ref")?.text()).map(str::to_owned)),
        grade: source.and_then(|source| source.get("grade")?.text()).map(str::to_owned),
        note: text("note"),
        path,
    }
}

/// When a change begins.
fn beginning(from: &Node, labels: &Labels) -> Beginning {
    let text = |node: &Node, key: &str| node.get(key).map(written);
    let list = |key: &str| from.get(key).and_then(Node::list).unwrap_or(&[]).iter();
    let when = from.get("when").and_then(Node::text);
    if let Some((signal, below, bound)) = when.and_then(comparison) {
        let (signal, of) = call(signal).unwrap_or((signal, Vec::new()));
        return Beginning::Once(Condition {
            signal: signal.to_owned(),
            of: of.into_iter().map(|name| called(name, labels)).collect(),
            below,
            bound: bound.to_owned(),
            tested: list("tested").map(written).collect(),
            after: text(from, "after"),
        });
    }
    if from.table().is_none() {
        return Beginning::On(written(from));
    }
    let part = |choice: &Node| Some((text(choice, "date")?, text(choice, "p")?));
    Beginning::OneOf(list("choice").filter_map(part).collect())
}

/// What a stage, a place or an exit is called.
fn called(name: &str, labels: &Labels) -> Words {
    let groups = ["", "stage.", "place.", "exit."];
    let known = groups.iter().find_map(|group| labels.get(&format!("{group}{name}")));
    known.cloned().unwrap_or_else(|| name.into())
}

/// How a change wears off.
fn wearing_off(fade: &Node, roots: [&Node; 2]) -> Fade {
    let text = |key: &str| fade.get(key).map(|node| valued(node, roots));
    Fade {
        half_life: text("half-life").unwrap_or_default(),
        floor: text("floor").filter(|floor| !matches!(floor.as_str(), "0" | "0 %")),
    }
}

/// A value as written; a parameter with its own value before its name.
fn valued(node: &Node, roots: [&Node; 2]) -> String {
    let text = written(node);
    let parameter = text.strip_prefix('$').map(|name| ["param", name]);
    let known = parameter.and_then(|path| roots.iter().find_map(|root| root.find(path)));
    known.map_or_else(|| text.clone(), |value| format!("{} ({text})", written(value)))
}

/// What the changed thing is called; a new one is called what its own table says.
fn thing(path: &str, change: &Node, labels: &Labels) -> Option<Words> {
    let own = change.get("table").and_then(|table| table.get("label")).and_then(words);
    let keys = split(path);
    own.or_else(|| labels.get(&keys.iter().take(2).cloned().collect::<Vec<_>>().join(".")).cloned())
}

/// The value in the baseline, where it is one that fits a line.
fn before(path: &str, baseline: &Node) -> Option<String> {
    const LONGEST: usize = 60;
    let keys = split(path);
    let node = baseline.find(keys.iter().map(String::as_str))?;
    Some(written(node)).filter(|text| text.chars().count() <= LONGEST)
}

/// What else a change says.
fn more(change: &Node) -> Vec<(String, String)> {
    let entries = change.table().map_or(&[][..], |table| &table.entries);
    let other = entries.iter().filter(|entry| !KNOWN.contains(&entry.key.as_str()) && entry.key != "note");
    other.map(|entry| (entry.key.clone(), written(&entry.node))).collect()
}
