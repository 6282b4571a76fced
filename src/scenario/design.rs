//! What a study asks of several variants at once: interactions, and where on an axis a verdict turns.

use super::decode::{entries, label, written};
use super::notation::number_and_word;
use super::tree::{Entry, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::legend::design::{Axis, Design, Flip, Interaction, Point};

/// Read the axes, interactions and flips of a study whose variants stand at `points`.
pub(super) fn read(study: &Node, points: Vec<Point>, baseline: &str, found: &mut Diagnostics) -> Design {
    let values = |entry: &Entry| {
        entry.node.get("values").and_then(Node::list).unwrap_or(&[]).iter().map(written).collect()
    };
    let axes: Vec<Axis> = entries(study, "axis")
        .iter()
        .map(|entry| Axis { name: entry.key.clone(), values: values(entry) })
        .collect();
    let mut policies: Vec<String> = Vec::new();
    for point in &points {
        if !policies.contains(&point.policy) {
            policies.push(point.policy.clone());
        }
    }
    let outcomes = entries(study, "outcome").iter().map(|entry| entry.key.clone()).collect();
    let mut reader = Reader { outcomes, policies, axes: &axes, baseline, found };
    let interactions =
        entries(study, "interaction").iter().filter_map(|entry| reader.interaction(entry)).collect();
    let flips = entries(study, "flip").iter().filter_map(|entry| reader.flip(entry)).collect();
    Design { axes, points, interactions, flips }
}

struct Reader<'a> {
    outcomes: Vec<String>,
    policies: Vec<String>,
    axes: &'a [Axis],
    baseline: &'a str,
    found: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn interaction(&mut self, entry: &Entry) -> Option<Interaction> {
        let node = &entry.node;
        let outcome = self.outcome(node.get("of")?);
        let policies = ["first", "second", "both"].map(|key| node.get(key).map(|node| self.policy(node)));
        let outcome = outcome?;
        let [Some(Some(first)), Some(Some(second)), Some(Some(both))] = policies else { return None };
        let four = [self.baseline, &first, &second, &both];
        if (1..4).any(|later| four[..later].contains(&four[later])) {
            self.found.push(
                Diagnostic::error(
                    format!(
                        "interaction `{}` names a policy twice, or the baseline `{}`",
                        entry.key, self.baseline
                    ),
                    &node.at,
                    "expected three policies that are not the baseline",
                )
                .help("name two policies, and a third that is made of the files of both"),
            );
            return None;
        }
        Some(Interaction {
            name: entry.key.clone(),
            label: label(entry),
            outcome,
            policies: [first, second, both],
        })
    }

    fn flip(&mut self, entry: &Entry) -> Option<Flip> {
        let node = &entry.node;
        let axis = self.axis(node.get("axis")?);
        let outcome = self.outcome(node.get("outcome")?);
        let between = self.between(node.get("between")?);
        let (axis, outcome, between) = (axis?, outcome?, between?);
        let (positions, unit) = self.positions(axis, node.get("axis")?)?;
        Some(Flip { name: entry.key.clone(), label: label(entry), axis, outcome, between, positions, unit })
    }

    fn between(&mut self, node: &Node) -> Option<[String; 2]> {
        let named: Vec<Option<String>> =
            node.list().unwrap_or(&[]).iter().map(|policy| self.policy(policy)).collect();
        match named.as_slice() {
            [Some(first), Some(second)] if first != second => Some([first.clone(), second.clone()]),
            // Policies that are not there have been told.
            [Some(_), None] | [None, _] => None,
            _ => {
                self.found.push(
                    Diagnostic::error(
                        "a flip is not between two policies",
                        &node.at,
                        "expected two different policies",
                    )
                    .help("write between = [\"one\", \"other\"]: the difference is one − other"),
                );
                None
            }
        }
    }

    /// The values of an axis as numbers of one unit, at least two of them.
    fn positions(&mut self, axis: usize, at: &Node) -> Option<(Vec<f64>, String)> {
        let values = &self.axes[axis].values;
        let split: Vec<Option<(f64, &str)>> = values.iter().map(|value| number_and_word(value)).collect();
        let unit = split.first().copied().flatten().map_or("", |(_, unit)| unit);
        let positions: Vec<f64> =
            split.iter().flatten().filter(|(_, word)| *word == unit).map(|(number, _)| *number).collect();
        let differ = positions.iter().enumerate().all(|(index, one)| !positions[..index].contains(one));
        if positions.len() == values.len() && positions.len() >= 2 && differ {
            return Some((positions, unit.to_owned()));
        }
        self.found.push(
            Diagnostic::error(
                format!(
                    "the values of axis `{}` are not two or more different numbers of one unit",
                    self.axes[axis].name
                ),
                &at.at,
                "between which values could it flip?",
            )
            .help("write for instance values = [\"3 months\", \"6 months\", \"12 months\"]"),
        );
        None
    }

    fn axis(&mut self, node: &Node) -> Option<usize> {
        let names: Vec<String> = self.axes.iter().map(|axis| axis.name.clone()).collect();
        let name = self.known(node, &names, "axis", "axes")?;
        names.iter().position(|known| *known == name)
    }

    fn outcome(&mut self, node: &Node) -> Option<String> {
        self.known(node, &self.outcomes.clone(), "outcome", "outcomes")
    }

    fn policy(&mut self, node: &Node) -> Option<String> {
        self.known(node, &self.policies.clone(), "policy", "policies")
    }

    fn known(&mut self, node: &Node, known: &[String], one: &str, many: &str) -> Option<String> {
        let name = node.text().unwrap_or_default();
        if known.iter().any(|known| known == name) {
            return Some(name.to_owned());
        }
        let help = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("this study has no {many}"),
            None => format!("{many}: {}", known.join(", ")),
        };
        self.found.push(
            Diagnostic::error(
                format!("unknown {one} `{name}`"),
                &node.at,
                format!("not among the {many} of this study"),
            )
            .help(help),
        );
        None
    }
}
