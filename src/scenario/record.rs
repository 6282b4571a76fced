//! A record: which outcomes are held beside what was published, and how far the labels can be believed.

use super::decode::{entries, title};
use super::evidence::{Basis, Evidence, end};
use super::load::Study;
use super::model::Scenario;
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::legend::record::{Cited, Record, Relabelled, Role, Row, standing};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How far beyond the span of the published figures still counts as a hit.
const TOLERANCE: f64 = 0.15;
/// Owners of late inputs named in a message; JSON lists all.
const NAMED: usize = 4;

/// Read the rows of a record whose model has been understood, noting what is wrong with them.
pub(super) fn read(root: &Node, study: &Study, found: &mut Diagnostics) -> Record {
    let scenario = &study.variants[study.baseline].scenario;
    let evidence = Evidence::new(study);
    let mut late = BTreeSet::new();
    let mut rows = Vec::new();
    for entry in entries(root, "row") {
        let Some(mut row) = row(entry, study, scenario, found) else { continue };
        let basis = evidence.of(row.outcome, row.known_until.unwrap_or(scenario.start));
        check_prediction(&row, entry, &basis, scenario, found);
        row.youngest = basis.youngest.cloned();
        late.extend(basis.late.iter().map(|&late| late.clone()));
        rows.push(row);
    }
    let changed = root.get("changed").and_then(Node::list).unwrap_or(&[]);
    let changed: Vec<Relabelled> =
        changed.iter().filter_map(|change| relabelled(change, root, found)).collect();
    check_labels(root, &changed, found);
    Record {
        title: root.get("title").and_then(title),
        note: root.get("note").and_then(Node::text).map(str::to_owned),
        rows,
        changed,
        late: late.into_iter().collect(),
    }
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
    let outcome = scenario.outcomes.iter().position(|outcome| outcome.name == entry.key)?;
    Some(Row {
        name: entry.key.clone(),
        outcome,
        published,
        tolerance: tolerance(node, found),
        role: role(node.get("role")?)?,
        known_until: known_until(entry, outcome, scenario, found),
        youngest: None,
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
        known_until: change.get("known-until").and_then(Node::date),
        why: change.get("why")?.text()?.to_owned(),
    })
}

/// The last logged change of a label must be what the row says now.
fn check_labels(root: &Node, changed: &[Relabelled], found: &mut Diagnostics) {
    for entry in entries(root, "row") {
        let last = changed.iter().filter(|change| change.row == entry.key).max_by_key(|change| change.date);
        let (Some(last), Some(label)) = (last, entry.node.get("role")) else { continue };
        let known = entry.node.get("known-until").and_then(Node::date);
        if Some(last.to) != role(label) || last.known_until != known {
            found.push(
                Diagnostic::error(
                    format!(
                        "the log says that `{}` became {}",
                        entry.key,
                        standing(last.to, last.known_until)
                    ),
                    &label.at,
                    "the row says otherwise",
                )
                .help("log this change too: [[changed]] with date, row, from, to and why"),
            );
        }
    }
}

/// Hold a row called predicted against the dates of what it rests on.
fn check_prediction(row: &Row, entry: &Entry, basis: &Basis, scenario: &Scenario, found: &mut Diagnostics) {
    let Some(role) =
        entry.node.get("role").filter(|_| row.role == Role::Predicted && !basis.too_late.is_empty())
    else {
        return;
    };
    let known = row.known_until.unwrap_or(scenario.start);
    let mut named: Vec<String> = Vec::new();
    for late in &basis.too_late {
        let owner = late.path.split('.').take(2).collect::<Vec<_>>().join(".");
        let name = format!("{owner} ({}, {})", late.source, late.date);
        if !named.contains(&name) {
            named.push(name);
        }
    }
    let more = named.len().saturating_sub(NAMED);
    named.truncate(NAMED);
    if more > 0 {
        named.push(format!("{more} more, which `caseload record --format json` lists"));
    }
    found.push(
        Diagnostic::error(
            format!("row `{}` is called predicted and rests on figures of after {known}", entry.key),
            &role.at,
            format!("rests on {}", named.join(", ")),
        )
        .help(
            "call it fitted or assumed; or say the date of the figure with `as-of` beside `ref`, and of arrivals, \
             staffing and legal dates `counts-as`; or, where it was predicted later, until when figures were known: \
             known-until",
        ),
    );
}

/// Until when a prediction knows figures, where that is later than the start; it must be about what came then.
fn known_until(entry: &Entry, outcome: usize, scenario: &Scenario, found: &mut Diagnostics) -> Option<Date> {
    let node = entry.node.get("known-until")?;
    let date = node.date()?;
    let end = end(&scenario.outcomes[outcome].question, scenario);
    let is_predicted = entry.node.get("role").and_then(role) == Some(Role::Predicted);
    if !is_predicted || date <= scenario.start || date >= end {
        found.push(
            Diagnostic::error(
                format!("row `{}` cannot be predicted from {date}", entry.key),
                &node.at,
                format!("expected a predicted row, and a date after {} and before {end}", scenario.start),
            )
            .help("leave `known-until` out where a row is not predicted, or predicted from the start"),
        );
    }
    Some(date)
}
