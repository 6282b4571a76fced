//! Transfers of waiting cases.

use super::{Reader, entries, label};
use crate::network::Target;
use crate::scenario::model::{Takes, Transfer};
use crate::scenario::notation::Dimension;
use crate::scenario::timeline::Timeline;
use crate::scenario::tree::{Entry, Node, Value};
use crate::units::SimTime;

/// The keys that say how many are taken, each with what it needs.
const KINDS: [&str; 3] = ["date", "rate", "hazard"];

impl Reader<'_> {
    pub(super) fn read_transfers(&mut self, root: &Node) -> Vec<Transfer> {
        entries(root, "transfer")
            .iter()
            .filter_map(|entry| self.under(&entry.node, |reader| reader.read_transfer(root, entry)))
            .collect()
    }

    fn read_transfer(&mut self, root: &Node, entry: &Entry) -> Option<Transfer> {
        let node = &entry.node;
        let from_node = node.get("from-stage")?;
        let from = self.transfer_from(root, from_node);
        let to_node = node.get("to")?;
        let to = self.target(to_node.text()?, &to_node.at)?;
        if let Target::Station(stage) = to
            && from.contains(&stage)
        {
            self.error(
                format!("transfer `{}` leads to a stage that it takes from", entry.key),
                &to_node.at,
                "among its `from-stage`",
                "name another stage or an exit",
            );
        }
        let classes = self.transfer_classes(node.get("of"));
        let takes = self.takes(node, &entry.key);
        let enabled = !matches!(node.get("enabled").map(|node| &node.value), Some(Value::Boolean(false)));
        let takes = takes.filter(|_| enabled);
        Some(Transfer { name: entry.key.clone(), label: label(entry), from, to, classes, takes })
    }

    /// The classes that a selector names; all of them without one.
    fn transfer_classes(&mut self, of: Option<&Node>) -> Vec<u16> {
        match of {
            None => (0..self.taxonomy.len() as u16).collect(),
            Some(of) => self.select(of).map(|selector| selector.classes).unwrap_or_default(),
        }
    }

    fn transfer_from(&mut self, root: &Node, node: &Node) -> Vec<u16> {
        let names: Vec<&Node> = match &node.value {
            Value::List(list) => list.iter().collect(),
            _ => vec![node],
        };
        let mut from = Vec::new();
        for name in names {
            let Some(stage) = name.text().and_then(|text| self.stage(text, &name.at)) else { continue };
            let table = entries(root, "stage").get(usize::from(stage)).map(|entry| &entry.node);
            if table.is_some_and(|table| table.get("pool").is_none() && table.get("slots").is_none()) {
                self.error(
                    format!("nobody waits at stage `{}`", self.stages[usize::from(stage)]),
                    &name.at,
                    "no pool and no slots: a transfer takes those who wait",
                    "take them from a stage where they wait, or give this one a pool or slots",
                );
            }
            from.push(stage);
        }
        from
    }

    /// How many, and when.
    fn takes(&mut self, node: &Node, name: &str) -> Option<Takes> {
        let given: Vec<&str> = KINDS.into_iter().filter(|key| node.get(key).is_some()).collect();
        let path = format!("transfer.{name}");
        let [kind] = given.as_slice() else {
            self.error(
                format!("`{path}` has {} of `date`, `rate` and `hazard`", given.len()),
                &node.at,
                "expected exactly one",
                "write date = 2021-02-19 with share = 0.6, or rate = \"500 /day\", or hazard = \"4 %/yr\" with from and until",
            );
            return None;
        };
        let odd = if *kind == "date" { ["from", "until"] } else { ["share", "share"] };
        if let Some((key, wrong)) = odd.into_iter().find_map(|key| Some((key, node.get(key)?))) {
            self.error(
                format!("`{path}` has `{kind}` and `{key}`"),
                &wrong.at,
                "does not go with it",
                "date goes with share; rate and hazard go with from and until",
            );
        }
        if *kind == "date" {
            return self.share_at(node, &path);
        }
        let dimension = if *kind == "rate" { Dimension::Rate } else { Dimension::Hazard };
        let line = self.quantity(node.get(kind)?, &format!("{path}.{kind}"), dimension);
        let (from, until) = self.transfer_period(node);
        Some(if *kind == "rate" { Takes::Rate(line, from, until) } else { Takes::Hazard(line, from, until) })
    }

    fn share_at(&mut self, node: &Node, path: &str) -> Option<Takes> {
        let date = node.get("date")?;
        let at = self.time(date.date()?);
        if at < SimTime::START {
            let start = self.start;
            self.error(
                format!("`{path}` is before the start of the model"),
                &date.at,
                "nobody is there yet",
                format!("give a date from {start} on, or change the cases at the start"),
            );
        }
        let share = match node.get("share") {
            Some(share) => self.quantity(share, &format!("{path}.share"), Dimension::Share),
            None => Timeline::from(1.0),
        };
        Some(Takes::Share(at, share))
    }

    fn transfer_period(&mut self, node: &Node) -> (SimTime, SimTime) {
        let time = |key: &str| node.get(key).and_then(Node::date).map(|date| self.time(date));
        let (from, until) = (time("from").unwrap_or(SimTime::START), time("until").unwrap_or(SimTime::NEVER));
        if let Some(node) = node.get("until").filter(|_| until <= from) {
            self.error(
                "a transfer ends before it begins".to_owned(),
                &node.at,
                "not after `from`",
                "give an `until` after the `from`",
            );
        }
        (from, until)
    }
}
