//! What files call things, in the languages they have.

use crate::diagnostic::{Diagnostics, Files};
use crate::report::document::Words;
use crate::scenario::tree::{Node, Value, parse};
use crate::scenario::{Study, Variant};
use std::collections::BTreeMap;

/// Groups of things that may have a label.
const GROUPS: [&str; 11] =
    ["class", "pool", "arrivals", "stage", "initial", "exit", "place", "transfer", "clock", "param", "cost"];

/// A title or label as written: a text, or a table of languages.
pub(super) fn words(node: &Node) -> Option<Words> {
    match &node.value {
        Value::Text(text) => Some(text.as_str().into()),
        Value::Table(table) => {
            let text = |key: &str| table.get(key).and_then(Node::text).map(str::to_owned);
            let first = table.entries.first().and_then(|entry| entry.node.text()).map(str::to_owned);
            Some(Words { en: text("en").or(first)?, es: text("es") })
        }
        _ => None,
    }
}

/// What a study asks, or its title.
pub(super) fn question(study: &Node) -> Option<Words> {
    study.get("question").or_else(|| study.get("title")).and_then(words)
}

/// Labels of all variants by path: `stage.desk`, `outcome.end`, `variant.officers`.
pub(super) fn labels(study: &Study, variants: &[&Variant], files: &Files) -> BTreeMap<String, Words> {
    let mut labels = BTreeMap::new();
    for group in GROUPS {
        for variant in variants {
            read(&variant.root, group, &mut labels);
        }
    }
    if let Some(root) = &study.root {
        for group in ["outcome", "interaction", "flip"] {
            read(root, group, &mut labels);
        }
    }
    for variant in variants {
        if let Some(title) = title(variant, files) {
            labels.insert(format!("variant.{}", variant.name), title);
        }
    }
    labels
}

/// The labels of a group; what an earlier variant calls a thing stands.
fn read(root: &Node, group: &str, labels: &mut BTreeMap<String, Words>) {
    let entries = root.get(group).and_then(Node::table).map_or(&[][..], |table| &table.entries);
    for entry in entries {
        if let Some(label) = entry.node.get("label").and_then(words) {
            labels.entry(format!("{group}.{}", entry.key)).or_insert(label);
        }
    }
}

/// The titles of a variant's policies, and the values of its axes.
fn title(variant: &Variant, files: &Files) -> Option<Words> {
    let titles: Option<Vec<Words>> = variant.policies.iter().map(|path| policy_title(path, files)).collect();
    let titles = titles.filter(|titles| !titles.is_empty())?;
    let join = |pick: fn(&Words) -> &str| titles.iter().map(pick).collect::<Vec<_>>().join(" + ");
    let axes = variant.name.split_once(", ").map_or(String::new(), |(_, axes)| format!(", {axes}"));
    let es = join(|title| title.es.as_deref().unwrap_or(&title.en));
    Some(Words::both(join(|title| &title.en) + &axes, es + &axes))
}

/// The tree of a file that was read, which was sound then.
pub(super) fn tree(path: &str, files: &Files) -> Option<Node> {
    parse(0, files.text_of(path)?, &mut Diagnostics::default())
}

fn policy_title(path: &str, files: &Files) -> Option<Words> {
    tree(path, files)?.get("title").and_then(words)
}
