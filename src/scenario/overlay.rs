//! A policy laid over a model: typed operations on paths.

mod quotas;

use super::decode::title;
use super::tree::{Change, Entry, Node, Operation, Table, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};
use jiff::civil::Date;

/// A path set by a policy, over which dates.
#[derive(Debug, Clone)]
pub(super) struct SetPath {
    path: String,
    from: Option<Date>,
    until: Option<Date>,
    policy: String,
    at: Place,
}

/// Lay a policy over a model's tree. What it sets is added to `set`, where an earlier policy's
/// setting of the same path over the same dates is a conflict unless the last one wins.
pub(super) fn lay_over(
    root: &mut Node,
    policy: &Node,
    set: &mut Vec<SetPath>,
    last_wins: bool,
    found: &mut Diagnostics,
) {
    let name = policy.get("title").and_then(title).unwrap_or_default();
    let intent: Vec<&str> =
        policy.get("intent").and_then(Node::list).unwrap_or(&[]).iter().filter_map(Node::text).collect();
    for parameter in policy.get("param").and_then(Node::table).map_or(&[][..], |table| &table.entries) {
        add_parameter(root, parameter, &name, found);
    }
    for change in policy.get("change").and_then(Node::list).unwrap_or(&[]) {
        let mut layer = Layer { root, found, policy: &name, intent: &intent };
        if let Some(own) = layer.apply(change)
            && let Some(conflict) = conflict(set, &own, last_wins)
        {
            found.push(conflict);
        }
    }
}

/// A parameter that a policy brings with it.
fn add_parameter(root: &mut Node, parameter: &Entry, policy: &str, found: &mut Diagnostics) {
    let at = root.at.clone();
    let Value::Table(top) = &mut root.value else { return };
    let index = top.entries.iter().position(|entry| entry.key == "param").unwrap_or_else(|| {
        let node = Node::new(at.clone(), Value::Table(Table::default()));
        top.entries.push(Entry { key: "param".to_owned(), key_at: at, node });
        top.entries.len() - 1
    });
    let Value::Table(known) = &mut top.entries[index].node.value else { return };
    match known.entries.iter().find(|entry| entry.key == parameter.key) {
        Some(other) => found.push(
            Diagnostic::error(
                format!("parameter `{}` of \"{policy}\" exists already", parameter.key),
                &parameter.key_at,
                "defined again here",
            )
            .also(&other.key_at, "defined first here")
            .help("give it another name, or use the one there is"),
        ),
        None => known.entries.push(parameter.clone()),
    }
}

fn conflict(set: &mut Vec<SetPath>, own: &SetPath, last_wins: bool) -> Option<Diagnostic> {
    let overlaps = |other: &&SetPath| {
        let starts_before_end =
            |a: Option<Date>, b: Option<Date>| b.is_none_or(|end| a.is_none_or(|start| start < end));
        other.policy != own.policy
            && (other.path == own.path)
            && starts_before_end(other.from, own.until)
            && starts_before_end(own.from, other.until)
    };
    let other = set.iter().find(overlaps).cloned();
    set.push(own.clone());
    let other = other.filter(|_| !last_wins)?;
    Some(
        Diagnostic::error(
            format!(
                "two policies set `{}` over the same dates: \"{}\" and \"{}\"",
                own.path, other.policy, own.policy
            ),
            &own.at,
            "set here",
        )
        .also(&other.at, "and here")
        .help("give them dates apart, or write overlap = \"last-wins\" in the study"),
    )
}

struct Layer<'a> {
    root: &'a mut Node,
    found: &'a mut Diagnostics,
    policy: &'a str,
    intent: &'a [&'a str],
}

impl Layer<'_> {
    fn apply(&mut self, change: &Node) -> Option<SetPath> {
        let operations = ["set", "scale", "add", "insert", "remove"];
        let given: Vec<&str> = operations.into_iter().filter(|key| change.get(key).is_some()).collect();
        let [operation] = given.as_slice() else {
            let problem = format!("a change has {} operations", given.len());
            self.error(
                problem,
                &change.at,
                "expected exactly one",
                "write one of: set, scale, add (with `path`), insert (with `table`), remove",
            );
            return None;
        };
        let path_node = match *operation {
            "insert" | "remove" => change.get(operation)?,
            _ => match change.get("path") {
                Some(path) => path,
                None => {
                    self.error(
                        "a change has no `path`".to_owned(),
                        &change.at,
                        "which value?",
                        "write path = \"…\"",
                    );
                    return None;
                }
            },
        };
        let path = path_node.text()?.to_owned();
        if !self.intent.iter().any(|prefix| path == *prefix || path.starts_with(&format!("{prefix}."))) {
            let intent = self.intent.join(", ");
            self.error(
                format!("`{path}` is outside the intent of \"{}\"", self.policy),
                &path_node.at,
                "not among what this policy means to change",
                &format!("add it to `intent` if it is meant; intent: {intent}"),
            );
            return None;
        }
        match *operation {
            "insert" => self.insert(change, &path, path_node),
            "remove" => self.remove(change, &path, path_node),
            _ => return self.change(change, operation, &path, path_node),
        }
        Some(self.set_path(change, path, &path_node.at))
    }

    fn set_path(&self, change: &Node, path: String, at: &Place) -> SetPath {
        let date = |key: &str| change.get(key).and_then(Node::date);
        SetPath {
            path,
            from: date("from"),
            until: date("until"),
            policy: self.policy.to_owned(),
            at: at.clone(),
        }
    }

    fn change(&mut self, change: &Node, operation: &str, path: &str, path_node: &Node) -> Option<SetPath> {
        let value = change.get(operation)?.clone();
        let operation = match operation {
            "scale" => Operation::Scale(value),
            "add" => Operation::Add(value),
            _ if is_target(&value) && path.contains(".then.") => {
                Operation::Divert { to: value, share: change.get("share").cloned() }
            }
            _ => Operation::Set(value),
        };
        let sets = matches!(operation, Operation::Set(_));
        let dated = ["from", "until", "ramp", "fade"].iter().any(|key| change.get(key).is_some());
        let policy = self.policy.to_owned();
        self.state_scale(path);
        let change_of = |operation: Operation| Change {
            operation,
            from: change.get("from").cloned(),
            until: change.get("until").cloned(),
            ramp: change.get("ramp").cloned(),
            fade: change.get("fade").cloned(),
            why: change.get("why").and_then(Node::text).map(str::to_owned),
            policy: policy.clone(),
            at: path_node.at.clone(),
        };
        let whole = matches!(&operation, Operation::Set(_)) && !dated;
        let change_node = |node: &mut Node| match &operation {
            Operation::Set(value) if whole => node.value = value.value.clone(),
            operation => node.changes.push(change_of(operation.clone())),
        };
        let quotas = self.quota_scales(path);
        if !quotas.is_empty() {
            quotas.into_iter().for_each(change_node);
            return sets.then(|| self.set_path(change, path.to_owned(), &path_node.at));
        }
        self.later_versions(path).into_iter().for_each(change_node);
        let node = self.find(path, path_node)?;
        match operation {
            Operation::Set(value) if !dated => {
                node.value = value.value;
                node.at = value.at;
                node.changes.clear();
            }
            operation => node.changes.push(change_of(operation)),
        }
        sets.then(|| self.set_path(change, path.to_owned(), &path_node.at))
    }

    /// A stream of arrivals that does not state its `scale` has one of 1.
    fn state_scale(&mut self, path: &str) {
        let keys = split(path);
        let [first, _, last] = keys.as_slice() else { return };
        if first != "arrivals" || last != "scale" || self.root.find(keys.iter().map(String::as_str)).is_some()
        {
            return;
        }
        let parents = keys[..2].iter().map(String::as_str);
        if let Some(Node { at, value: Value::Table(table), .. }) = self.root.find_mut(parents) {
            let node = Node::new(at.clone(), Value::Integer(1));
            table.entries.push(Entry { key: last.clone(), key_at: at.clone(), node });
        }
    }

    /// What dated steps of a stage say anew of the same route: a change of the route holds for them, too.
    fn later_versions(&mut self, path: &str) -> Vec<&mut Node> {
        let keys = split(path);
        if keys.len() < 4 || keys[0] != "stage" || !keys.iter().any(|key| key == "then") {
            return Vec::new();
        }
        let steps = [keys[0].as_str(), keys[1].as_str(), "step"];
        let Some(Node { value: Value::List(steps), .. }) = self.root.find_mut(steps) else {
            return Vec::new();
        };
        steps.iter_mut().filter_map(|step| step.find_mut(keys[2..].iter().map(String::as_str))).collect()
    }

    /// The node at a path; else an error that names the nearest key where the path breaks off.
    fn find(&mut self, path: &str, path_node: &Node) -> Option<&mut Node> {
        let keys = split(path);
        let mut known = 0;
        while known < keys.len() && self.root.find(keys[..=known].iter().map(String::as_str)).is_some() {
            known += 1;
        }
        if known < keys.len() {
            let parent = self.root.find(keys[..known].iter().map(String::as_str));
            let there: Vec<&str> = match parent {
                Some(list) if known == 3 && keys[2] == "quota" => quotas::targets(list),
                _ => parent.and_then(Node::table).map_or_else(Vec::new, |table| table.keys().collect()),
            };
            let help = match nearest(&keys[known], there.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if there.is_empty() => {
                    "the path goes deeper than the model does; use `insert` for something new".to_owned()
                }
                None => format!("there is: {}", there.join(", ")),
            };
            let problem = format!("`{path}` does not exist: there is no `{}`", keys[..=known].join("."));
            self.error(problem, &path_node.at, "not in the model", &help);
            return None;
        }
        self.root.find_mut(keys.iter().map(String::as_str))
    }

    fn insert(&mut self, change: &Node, path: &str, path_node: &Node) {
        let Some(value) = change.get("table").or_else(|| change.get("value")) else {
            return self.error(
                format!("`{path}` is inserted without a value"),
                &path_node.at,
                "what is it?",
                "write table = { … } or value = …",
            );
        };
        if let Some(key) = ["from", "until", "ramp", "fade"].into_iter().find_map(|key| change.get(key)) {
            return self.error(
                format!("`{path}` is inserted on a date"),
                &key.at,
                "structure cannot change on a date",
                "insert it from the start, and send cases to it on a date",
            );
        }
        let keys = split(path);
        if self.root.find(keys.iter().map(String::as_str)).is_some() {
            return self.error(
                format!("`{path}` exists already"),
                &path_node.at,
                "cannot be inserted",
                "use `set` to change it, or another name",
            );
        }
        let Some((last, parents)) = keys.split_last() else { return };
        let mut node = &mut *self.root;
        for key in parents {
            let Value::Table(table) = &mut node.value else {
                return self.error(
                    format!("`{path}` has no table to go into"),
                    &path_node.at,
                    "not in the model",
                    "insert its table first",
                );
            };
            let index = table.entries.iter().position(|entry| entry.key == *key).unwrap_or_else(|| {
                let empty = Node::new(path_node.at.clone(), Value::Table(Table::default()));
                table.entries.push(Entry { key: key.clone(), key_at: path_node.at.clone(), node: empty });
                table.entries.len() - 1
            });
            node = &mut table.entries[index].node;
        }
        if let Value::Table(table) = &mut node.value {
            table.entries.push(Entry {
                key: last.clone(),
                key_at: path_node.at.clone(),
                node: value.clone(),
            });
        }
    }

    fn remove(&mut self, change: &Node, path: &str, path_node: &Node) {
        if let Some(key) = ["from", "until", "ramp", "fade"].into_iter().find_map(|key| change.get(key)) {
            return self.error(
                format!("`{path}` is removed on a date"),
                &key.at,
                "structure cannot change on a date",
                "remove it from the start, or scale it to 0 on a date",
            );
        }
        if self.find(path, path_node).is_none() {
            return;
        }
        let keys = split(path);
        let Some((last, parents)) = keys.split_last() else { return };
        if let Some(Value::Table(table)) =
            self.root.find_mut(parents.iter().map(String::as_str)).map(|node| &mut node.value)
        {
            table.entries.retain(|entry| entry.key != *last);
        }
    }

    fn error(&mut self, message: impl Into<String>, at: &Place, label: &str, help: &str) {
        self.found.push(Diagnostic::error(message, at, label).help(help));
    }
}

/// The keys of a path; a part in parentheses, as in `cost.staff(ij).per-year`, stays whole.
pub fn split(path: &str) -> Vec<String> {
    path.split('.').map(|key| key.trim_matches('"').to_owned()).collect()
}

fn is_target(value: &Node) -> bool {
    value.text().is_some_and(|text| text.starts_with("stage.") || text.starts_with("exit."))
}

/// Put a value at a path, as an axis of a study does; else note what is missing. A number with its source keeps it,
/// but not its range: the axis says what it is.
pub(super) fn put(root: &mut Node, path: &Node, value: &Node, found: &mut Diagnostics) {
    let Some(text) = path.text() else { return };
    // The path of a number with its source may name the number in it.
    let whole = text.strip_suffix(".value").filter(|whole| {
        root.find(split(whole).iter().map(String::as_str)).is_some_and(|node| node.get("value").is_some())
    });
    let text = whole.unwrap_or(text);
    let mut layer = Layer { root, found, policy: "axis", intent: &[] };
    let Some(node) = layer.find(text, path) else { return };
    let has_source = node.get("value").is_some();
    let node = match &mut node.value {
        Value::Table(table) if has_source => {
            table.entries.retain(|entry| entry.key != "range");
            table.entries.iter_mut().find(|entry| entry.key == "value").map(|entry| &mut entry.node)
        }
        _ => Some(node),
    };
    if let Some(node) = node {
        node.value = value.value.clone();
        node.at = value.at.clone();
    }
}

/// Whether there is something at a path.
pub(super) fn is_there(root: &Node, path: &Node) -> bool {
    path.text().is_some_and(|text| root.find(split(text).iter().map(String::as_str)).is_some())
}
