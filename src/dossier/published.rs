//! Published figures that can be drawn in a chart: those of a record whose rows are levels.

use super::labels::words;
use crate::legend::OutcomeUnit;
use crate::report::document::{Published, Words};
use crate::scenario::model::Shown;
use crate::scenario::tree::{Entry, Node};

/// The published figures of a record, each with the key of the chart it belongs to. Rows of flows, waits and ratios
/// have no chart and stay on the page of the record.
pub(super) fn published(record: &Node, shown: &[Shown]) -> Vec<(String, Published)> {
    rows(record).iter().flat_map(|row| points(&row.key, &row.node, shown)).collect()
}

/// What the levels of a record are called: as one of their rows says, or like the last of them.
pub(super) fn labels(record: &Node, shown: &[Shown]) -> Vec<(String, Words)> {
    let label = |level: &Shown| {
        let named = |name: &String| rows(record).iter().find(|row| row.key == *name);
        let own = |key: &str| level.rows.iter().rev().find_map(|(row, _)| words(named(row)?.node.get(key)?));
        Some((format!("level.{}", level.name), own("chart").or_else(|| own("label"))?))
    };
    shown.iter().filter_map(label).collect()
}

fn rows(record: &Node) -> &[Entry] {
    record.get("row").and_then(Node::table).map_or(&[][..], |table| &table.entries)
}

fn points(name: &str, row: &Node, shown: &[Shown]) -> Vec<(String, Published)> {
    let own = shown.iter().find_map(|level| {
        let (_, date) = level.rows.iter().find(|(row, _)| row == name)?;
        let unit = if level.unit == OutcomeUnit::Persons { "persons" } else { "cases" };
        Some((format!("levels.{}.{unit}", level.name), date.to_string()))
    });
    let Some((chart, date)) = own.or_else(|| row.get("model").and_then(level)) else { return Vec::new() };
    let label = row.get("label").and_then(words).unwrap_or_else(|| name.into());
    let source = row.get("source").and_then(|source| source.text().or_else(|| source.get("ref")?.text()));
    let point = |value: f64| Published {
        date: date.clone(),
        value,
        label: label.clone(),
        source: source.map(str::to_owned),
    };
    let also = row.get("also").and_then(Node::list).unwrap_or(&[]);
    let values = row.get("published").into_iter().chain(also).filter_map(Node::number);
    values.map(|value| (chart.clone(), point(value))).collect()
}

/// The chart and the date of an outcome that is the level of one thing, in what the chart counts.
fn level(model: &Node) -> Option<(String, String)> {
    let date = model.get("at")?.date()?.to_string();
    let persons = model.get("unit").and_then(Node::text) == Some("persons");
    let one = |node: &Node| match node.list() {
        Some([only]) => only.text().map(str::to_owned),
        Some(_) => None,
        None => node.text().map(str::to_owned),
    };
    let chart = if let Some(place) = model.get("population") {
        format!("places.{}.persons", place.text()?)
    } else if let Some(stage) = model.get("waiting").filter(|_| !persons) {
        format!("stages.{}.waiting", one(stage)?)
    } else if model.get("pending").is_some() && !persons {
        "pending.cases".to_owned()
    } else {
        return None;
    };
    Some((chart, date))
}
