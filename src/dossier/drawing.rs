//! The network as a drawing: things, and what leads where, read from the trees.
//!
//! Every key of the language that names a target is looked for, at any depth: a route by class or from a
//! date on is a way like any other.

use crate::report::document::{Name, Node as Thing, NodeKind, Route, Words};
use crate::scenario::Variant;
use crate::scenario::tree::{Entry, Node, Operation};
use std::collections::{BTreeMap, BTreeSet};

/// Keys whose text names a target.
const TARGETS: [&str; 4] = ["to", "withdrawn-to", "no-show-to", "no-shows-to"];

type Labels = BTreeMap<String, Words>;

/// The things of all variants, and for each variant the ways between them.
pub(super) fn drawing(variants: &[&Variant], labels: &Labels) -> (Vec<Thing>, Vec<Vec<Route>>) {
    let mut things = Vec::new();
    for (group, kind) in
        [("arrivals", NodeKind::Arrivals), ("stage", NodeKind::Stage), ("exit", NodeKind::Exit)]
    {
        for variant in variants {
            for entry in entries(&variant.root, group) {
                let thing = thing(group, kind, entry, labels);
                if !things.iter().any(|known: &Thing| known.key == thing.key) {
                    things.push(thing);
                }
            }
        }
    }
    let routes = variants.iter().map(|variant| routes(&variant.root, &things)).collect();
    (things, routes)
}

fn entries<'a>(root: &'a Node, key: &str) -> &'a [Entry] {
    root.get(key).and_then(Node::table).map_or(&[], |table| &table.entries)
}

fn thing(group: &str, kind: NodeKind, entry: &Entry, labels: &Labels) -> Thing {
    let pools = pools(&entry.node);
    let served = !pools.is_empty() || entry.node.get("slots").is_some();
    let label = |path: String, name: &str| labels.get(&path).cloned().unwrap_or_else(|| name.into());
    let pool = |name: String| Name { label: label(format!("pool.{name}"), &name), key: name };
    let key = format!("{group}.{}", entry.key);
    Thing {
        label: label(key.clone(), &entry.key),
        key,
        kind: if kind == NodeKind::Stage && !served { NodeKind::Delay } else { kind },
        pools: pools.into_iter().map(pool).collect(),
    }
}

fn pools(stage: &Node) -> Vec<String> {
    let Some(pool) = stage.get("pool").or_else(|| stage.get("pools")) else { return Vec::new() };
    match pool.list() {
        Some(list) => list.iter().filter_map(Node::text).map(str::to_owned).collect(),
        None => pool.text().map(str::to_owned).into_iter().collect(),
    }
}

/// What leads where in one variant, each way once.
fn routes(root: &Node, things: &[Thing]) -> Vec<Route> {
    let place = |key: &str| things.iter().position(|thing| thing.key == key);
    let target = |name: &str| {
        let bare = name.strip_prefix("stage.").or_else(|| name.strip_prefix("exit.")).unwrap_or(name);
        place(&format!("stage.{bare}")).or_else(|| place(&format!("exit.{bare}")))
    };
    let mut found = BTreeSet::new();
    for group in ["arrivals", "stage", "exit"] {
        for entry in entries(root, group) {
            let Some(from) = place(&format!("{group}.{}", entry.key)) else { continue };
            let to = targets(&entry.node);
            found.extend(to.iter().filter_map(|name| target(name)).map(|to| Route { from, to }));
        }
    }
    for entry in entries(root, "transfer") {
        let to = entry.node.get("to").and_then(Node::text).and_then(target);
        let from = entry.node.get("from-stage").map_or_else(Vec::new, names);
        let ways = from.iter().filter_map(|name| Some(Route { from: target(name)?, to: to? }));
        found.extend(ways);
    }
    found.into_iter().collect()
}

fn names(node: &Node) -> Vec<String> {
    let texts = node.list().map_or_else(|| vec![node], |list| list.iter().collect());
    texts.into_iter().filter_map(Node::text).map(str::to_owned).collect()
}

/// Every name that a thing leads to.
fn targets(node: &Node) -> Vec<String> {
    let mut names = Vec::new();
    node.walk("", &mut |path, node| {
        let last = path.rsplit('.').next().unwrap_or_default();
        if last == "then" {
            names.extend(node.table().into_iter().flat_map(|table| table.keys().map(str::to_owned)));
        } else if TARGETS.contains(&last) {
            names.extend(node.text().map(str::to_owned));
        }
        for change in &node.changes {
            if let Operation::Divert { to, .. } = &change.operation {
                names.extend(to.text().map(str::to_owned));
            }
        }
    });
    names
}
