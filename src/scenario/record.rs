//! A record: which outcomes are held beside what was published, and how far the labels can be believed.

use super::decode::{entries, title};
use super::load::Study;
use super::model::{Input, Scenario};
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::legend::record::{Cited, LateInput, Record, Relabelled, Role, Row};

/// How far beyond the span of the published figures still counts as a hit.
const TOLERANCE: f64 = 0.15;
/// Late inputs named in a warning; the page lists all.
const NAMED: usize = 6;

/// Read the rows of a record whose model has been understood, noting what is wrong with them.
pub(super) fn read(root: &Node, study: &Study, found: &mut Diagnostics) -> Record {
    let scenario = &study.variants[study.baseline].scenario;
    let rows: Vec<Row> =
        entries(root, "row").iter().filter_map(|entry| row(entry, study, scenario, found)).collect();
    let changed = root.get("changed").and_then(Node::list).unwrap_or(&[]);
    let changed: Vec<Relabelled> =
        changed.iter().filter_map(|change| relabelled(change, root, found)).collect();
    check_labels(root, &changed, found);
    let record = Record {
        title: root.get("title").and_then(title),
        note: root.get("note").and_then(Node::text).map(str::to_owned),
        rows,
        changed,
        late: late_inputs(study, scenario),
    };
    warn_of_late(root, &record, scenario, found);
    record
}

fn row(entry: &Entry, study: &Study, scenario: &Scenario, found: &mut Diagnostics) -> Option<Row> {
    let node = &entry.node;
    let published = published(entry, found);
    if !published.is_empty() && node.get("source").is_none() {
        found.push(
            Diagnostic::error(
                format!("row `{}` has no source", entry.key),
                &node.get("published").unwrap_or(node).at,
                "published where?",
            )
            .help("write source = { ref = \"id of an entry of the bibliography\", at = \"table 3\" }"),
        );
    }
    let judged = !matches!(node.get("judged").map(|node| &node.value), Some(Value::Boolean(false)));
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    Some(Row {
        name: entry.key.clone(),
        outcome: scenario.outcomes.iter().position(|outcome| outcome.name == entry.key)?,
        published,
        tolerance: tolerance(node, found),
        role: role(node.get("role")?)?,
        judged,
        source: node.get("source").and_then(|source| cited(source, study)),
        miss: text("miss"),
        note: text("note"),
    })
}

fn role(node: &Node) -> Option<Role> {
    Role::named(node.text()?)
}

/// The published figures of a row, that of `published` first.
fn published(entry: &Entry, found: &mut Diagnostics) -> Vec<f64> {
    let (first, also) = (entry.node.get("published"), entry.node.get("also"));
    if let (None, Some(also)) = (first, also) {
        found.push(
            Diagnostic::error(
                format!("row `{}` has other published figures but no `published`", entry.key),
                &also.at,
                "other than which?",
            )
            .help("write the first of them as `published`"),
        );
    }
    let all = first.into_iter().chain(also.and_then(Node::list).unwrap_or(&[]));
    let mut figures = Vec::new();
    for node in all {
        match node.number() {
            Some(number) if number.is_finite() && number >= 0.0 => figures.push(number),
            _ => found.push(
                Diagnostic::error(
                    format!("row `{}` has a published figure that is negative or not finite", entry.key),
                    &node.at,
                    "expected a number of at least 0",
                )
                .help("give the figure in the unit of the outcome; a share as 0.46"),
            ),
        }
    }
    figures
}

fn tolerance(node: &Node, found: &mut Diagnostics) -> f64 {
    let Some(value) = node.get("tolerance") else { return TOLERANCE };
    match value.number() {
        Some(share) if (0.0..=1.0).contains(&share) => share,
        _ => {
            found.push(
                Diagnostic::error(
                    "a tolerance is out of bounds",
                    &value.at,
                    "expected a share between 0 and 1",
                )
                .help("write tolerance = 0.15 for 15 %"),
            );
            TOLERANCE
        }
    }
}

fn cited(source: &Node, study: &Study) -> Option<Cited> {
    let id = source.text().or_else(|| source.get("ref").and_then(Node::text))?;
    let entry = study.bibliography.find(id);
    Some(Cited {
        id: id.to_owned(),
        title: entry.map_or_else(String::new, |entry| entry.title.clone()),
        url: entry.and_then(|entry| entry.url.clone()),
        at: source.get("at").and_then(Node::text).map(str::to_owned),
    })
}

fn relabelled(change: &Node, root: &Node, found: &mut Diagnostics) -> Option<Relabelled> {
    let row = change.get("row")?;
    let name = row.text()?;
    if root.get("row").and_then(|rows| rows.get(name)).is_none() {
        found.push(
            Diagnostic::error(
                format!("the label of `{name}` is said to have changed"),
                &row.at,
                "there is no such row",
            )
            .help("name a row of this record"),
        );
        return None;
    }
    Some(Relabelled {
        date: change.get("date")?.date()?,
        row: name.to_owned(),
        from: role(change.get("from")?)?,
        to: role(change.get("to")?)?,
        why: change.get("why")?.text()?.to_owned(),
    })
}

/// The last logged change of a label must be what the row says now.
fn check_labels(root: &Node, changed: &[Relabelled], found: &mut Diagnostics) {
    for entry in entries(root, "row") {
        let last = changed.iter().filter(|change| change.row == entry.key).max_by_key(|change| change.date);
        let (Some(last), Some(label)) = (last, entry.node.get("role")) else { continue };
        if Some(last.to) != role(label) {
            found.push(
                Diagnostic::error(
                    format!("the log says that `{}` became {}", entry.key, last.to.name()),
                    &label.at,
                    "the row says otherwise",
                )
                .help("log this change too: [[changed]] with date, row, from, to and why"),
            );
        }
    }
}

/// Inputs on a figure of after the start, by the date of the figure or else of its source.
///
/// A heuristic: a source is often younger than what it counts, which `as-of` can say. Left out are arrivals,
/// staffing, clocks and initial dockets (which a prediction may know), and prices and shelters (which change no flow).
fn late_inputs(study: &Study, scenario: &Scenario) -> Vec<LateInput> {
    let late = |input: &Input| {
        let provenance = input.provenance.as_ref()?;
        let source = study.bibliography.find(provenance.source.as_ref()?)?;
        let date = provenance.as_of.or_else(|| source.first_day()).filter(|date| *date > scenario.start)?;
        let written = match provenance.as_of {
            Some(_) => date.to_string(),
            None => source.date.clone().unwrap_or_default(),
        };
        Some(LateInput { path: input.path.clone(), source: source.id.clone(), date: written })
    };
    let mut all: Vec<LateInput> =
        scenario.inputs.iter().filter(|input| !may_be_late(&input.path, scenario)).filter_map(late).collect();
    all.sort_by(|one, other| (&one.source, &one.path).cmp(&(&other.source, &other.path)));
    all.dedup();
    all
}

/// Whether a prediction may know this input though it is of after the start.
fn may_be_late(path: &str, scenario: &Scenario) -> bool {
    const KNOWN: [&str; 6] = ["arrivals.", "pool.", "clock.", "initial.", "cost", "place."];
    let known = |path: &str| KNOWN.iter().any(|start| path.starts_with(start));
    match path.strip_prefix("param.") {
        // A parameter is what reads it.
        Some(rest) => {
            let name = rest.split('.').next().unwrap_or(rest);
            scenario.readers.iter().filter(|(read, _)| read == name).all(|(_, reader)| known(reader))
        }
        None => known(path),
    }
}

fn warn_of_late(root: &Node, record: &Record, scenario: &Scenario, found: &mut Diagnostics) {
    let predicted = record.rows.iter().filter(|row| row.role == Role::Predicted).count();
    let is_predicted = |entry: &&Entry| entry.node.get("role").and_then(role) == Some(Role::Predicted);
    let first = entries(root, "row").iter().find(is_predicted).and_then(|entry| entry.node.get("role"));
    let (Some(first), false) = (first, record.late.is_empty()) else { return };
    let mut named: Vec<String> = record
        .late
        .iter()
        .take(NAMED)
        .map(|late| format!("{} ({}, {})", late.path, late.source, late.date))
        .collect();
    if record.late.len() > NAMED {
        named
            .push(format!("{} more, which `caseload record --format json` lists", record.late.len() - NAMED));
    }
    found.push(
        Diagnostic::warning(
            format!(
                "inputs from after the start {}: {}; rows called predicted: {predicted}",
                scenario.start,
                record.late.len()
            ),
            &first.at,
            "a prediction may know arrivals, staffing and legal dates of after the start, and nothing else",
        )
        .help(format!(
            "call rows that rest on them fitted, or say the date of the figure with `as-of` beside `ref`: {}",
            named.join(", ")
        )),
    );
}
