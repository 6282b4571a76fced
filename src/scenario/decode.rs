//! From a tree, checked for its form, to what it means: every problem of meaning is noted.

mod appointments;
mod arrivals;
mod classes;
mod combined;
mod condition;
mod cost;
mod joint;
mod kind;
mod law;
mod mix;
mod outcome;
mod pool;
mod quantity;
mod quota;
mod response;
mod rest;
mod stage;
mod transfer;

pub(super) use outcome::outcomes;
pub use quantity::written;

use super::model::{Condition, Input, Provenance, Scenario};
use super::parameter::Parameter;
use super::selector::{Given, Taxonomy};
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Files, Place, nearest};
use crate::network::{ServiceDraws, Target};
use crate::units::{DAY, SimTime, Span};
use jiff::civil::Date;
use quantity::Defined;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// What is known while a tree is read.
pub(super) struct Reader<'a> {
    /// Problems.
    pub found: &'a mut Diagnostics,
    /// Files, to which tables are added.
    pub files: &'a mut Files,
    /// Folder that paths in the model are relative to.
    pub folder: PathBuf,
    start: Date,
    end: Date,
    parameters: Vec<Parameter>,
    defined: BTreeMap<String, Defined>,
    inputs: Vec<Input>,
    readers: Vec<(String, String)>,
    provenance: Vec<Option<Provenance>>,
    conditions: Vec<Condition>,
    /// Parameters that are one of several dates, with the policies whose changes begin then.
    choices: Vec<(String, usize)>,
    taxonomy: Arc<Taxonomy>,
    pools: Vec<String>,
    stages: Vec<String>,
    exits: Vec<String>,
    places: Vec<String>,
    streams: Vec<String>,
}

/// Read a model's tree; `None` where its dates make no sense.
pub(super) fn model(
    root: &Node,
    folder: PathBuf,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Scenario> {
    let (start, end) = (root.get("start")?.date()?, root.get("end")?.date()?);
    if end <= start {
        found.push(
            Diagnostic::error(
                format!("the end {end} is not after the start {start}"),
                &root.get("end")?.at,
                "too early",
            )
            .also(&root.get("start")?.at, "the start")
            .help("give an `end` after the `start`"),
        );
        return None;
    }
    let names =
        |key: &str| -> Vec<String> { entries(root, key).iter().map(|entry| entry.key.clone()).collect() };
    let taxonomy = Arc::new(classes::taxonomy(root, found));
    let mut reader = Reader {
        found,
        files,
        folder,
        start,
        end,
        parameters: Vec::new(),
        defined: quantity::definitions(root),
        inputs: Vec::new(),
        readers: Vec::new(),
        provenance: vec![None],
        conditions: Vec::new(),
        choices: Vec::new(),
        taxonomy,
        pools: names("pool"),
        stages: names("stage"),
        exits: names("exit"),
        places: names("place"),
        streams: names("arrivals"),
    };
    Some(reader.scenario(root))
}

/// The entries of a table of names at the top of a file.
pub(super) fn entries<'a>(root: &'a Node, key: &str) -> &'a [Entry] {
    root.get(key).and_then(Node::table).map_or(&[], |table| &table.entries)
}

/// A title as text: itself, or its English form, or the first there is.
pub(super) fn title(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Table(table) => {
            table.get("en").or(table.entries.first().map(|entry| &entry.node))?.text().map(str::to_owned)
        }
        _ => None,
    }
}

/// The label of a thing, or its name.
pub(super) fn label(entry: &Entry) -> String {
    entry.node.get("label").and_then(title).unwrap_or_else(|| entry.key.clone())
}

/// That a name is not among those known, with the nearest that is.
fn unknown(known: &[String], name: &str, what: &str, at: &Place) -> Diagnostic {
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("this model defines no {what}"),
        None => format!("known: {}", known.join(", ")),
    };
    Diagnostic::error(format!("unknown {what} `{name}`"), at, "not known in this model").help(help)
}

impl Reader<'_> {
    fn scenario(&mut self, root: &Node) -> Scenario {
        let classes = self.read_classes(root);
        let exits = self.read_exits(root);
        let costs = self.read_costs(root);
        let scenario = Scenario {
            title: root.get("title").and_then(title).unwrap_or_default(),
            start: self.start,
            end: self.end,
            pools: self.read_pools(root),
            arrivals: self.read_arrivals(root),
            stages: self.read_stages(root),
            initial: self.read_initial(root),
            places: self.read_places(root),
            transfers: self.read_transfers(root),
            clocks: self.read_clocks(root),
            classes,
            taxonomy: self.taxonomy.clone(),
            exits,
            currency: costs.1,
            costs: costs.0,
            responses: Vec::new(),
            signals: Vec::new(),
            conditions: Vec::new(),
            tests: Vec::new(),
            outcomes: Vec::new(),
            shown: Vec::new(),
            series: Vec::new(),
            warm_up: Span::ZERO,
            service_draws: ServiceDraws::BySlot,
            parameters: Vec::new(),
            inputs: Vec::new(),
            readers: Vec::new(),
        };
        let responses = self.read_responses(root, &scenario);
        self.refuse_unread(root);
        Scenario {
            responses,
            conditions: std::mem::take(&mut self.conditions),
            parameters: std::mem::take(&mut self.parameters),
            inputs: std::mem::take(&mut self.inputs),
            readers: std::mem::take(&mut self.readers),
            ..scenario
        }
    }

    /// The midnight that a date begins with.
    fn time(&self, date: Date) -> SimTime {
        let days = (date - self.start).get_days();
        SimTime::from_seconds(i64::from(days) * DAY)
    }

    fn error(
        &mut self,
        message: impl Into<String>,
        at: &Place,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Diagnostic::error(message, at, label).help(help));
    }

    /// The number of a name among those known; else an error with the nearest.
    fn index(&mut self, known: &[String], name: &str, what: &str, at: &Place) -> Option<u16> {
        if let Some(index) = known.iter().position(|candidate| candidate == name) {
            return u16::try_from(index).ok();
        }
        self.found.push(unknown(known, name, what, at));
        None
    }

    fn pool(&mut self, name: &str, at: &Place) -> Option<u16> {
        self.index(&self.pools.clone(), name, "pool", at)
    }

    fn stage(&mut self, name: &str, at: &Place) -> Option<u16> {
        self.index(&self.stages.clone(), name, "stage", at)
    }

    fn exit(&mut self, name: &str, at: &Place) -> Option<u16> {
        self.index(&self.exits.clone(), name, "exit", at)
    }

    fn place(&mut self, name: &str, at: &Place) -> Option<u16> {
        self.index(&self.places.clone(), name, "place", at)
    }

    /// A stage or an exit, with or without its kind before it.
    fn target(&mut self, name: &str, at: &Place) -> Option<Target> {
        if let Some(stage) = name.strip_prefix("stage.") {
            return self.stage(stage, at).map(Target::Station);
        }
        if let Some(exit) = name.strip_prefix("exit.") {
            return self.exit(exit, at).map(Target::Exit);
        }
        if let Some(index) = self.stages.iter().position(|stage| stage == name) {
            return Some(Target::Station(index as u16));
        }
        let both: Vec<String> = self.exits.iter().chain(&self.stages).cloned().collect();
        let index = self.index(&both, name, "stage or exit", at)?;
        Some(Target::Exit(index))
    }

    /// For each class which of `given` counts.
    fn assign<T: PartialEq>(&mut self, given: &[Given<T>]) -> Vec<Option<usize>> {
        let taxonomy = self.taxonomy.clone();
        taxonomy.assign(given, self.found)
    }

    /// Read something under the source of its own table, if it has one.
    fn under<T>(&mut self, node: &Node, read: impl FnOnce(&mut Self) -> T) -> T {
        let own = quantity::provenance(node);
        let provenance = own.or_else(|| self.provenance.last().cloned().flatten());
        self.provenance.push(provenance);
        let value = read(self);
        self.provenance.pop();
        value
    }

    /// Changes that nobody has read: they change something that cannot change on a date.
    fn refuse_unread(&mut self, root: &Node) {
        let mut refused = Vec::new();
        root.walk("", &mut |path, node| {
            if !node.changes.is_empty() && !node.changes_read.get() {
                refused.extend(node.changes.iter().map(|change| (path.to_owned(), change.at.clone())));
            }
        });
        for (path, at) in refused {
            self.error(
                format!("`{path}` cannot be changed on a date, scaled or added to"),
                &at,
                "this change",
                "leave `from`, `until` and `ramp` out and use `set`; numbers, routes, order and priority can change on a date",
            );
        }
        let unread: Vec<(String, Place)> = self
            .defined
            .iter()
            .filter(|(_, defined)| !defined.is_read())
            .map(|(name, defined)| (name.clone(), defined.at().clone()))
            .collect();
        for (name, at) in unread {
            self.error(
                format!("parameter `{name}` is not used by anything"),
                &at,
                "nothing reads this",
                format!("use it as \"${name}\", or remove it"),
            );
        }
    }
}
