//! Levels that a record has published figures of, and that no report draws anyway: sums, several stages, persons in line.

use super::decode;
use super::load::Study;
use super::model::{Outcome, Question, Scenario, Shown};
use super::tree::{Entry, Node};
use crate::diagnostic::Diagnostics;
use crate::legend::OutcomeUnit;
use crate::network::{Combination, CountedIn, Level, Term};
use jiff::civil::Date;

/// Have every variant of a study keep the levels that a record has published figures of, in one order.
///
/// What is wrong with the record is told where the record itself is checked.
pub(super) fn link(record: &Node, study: &mut Study) {
    let baseline = &study.variants[study.baseline].scenario;
    let shown = levels(record, baseline);
    for variant in &mut study.variants {
        let rows = read(record, &variant.scenario);
        let own = |level: &Shown| Shown { terms: terms_of(&rows, &level.name), ..level.clone() };
        variant.scenario.shown = shown.iter().map(own).collect();
    }
}

/// Rows of a record as levels at a date: name, terms, date, unit.
type Row = (String, Vec<Term>, Date, OutcomeUnit);

/// The levels of a record: rows that ask for the same at different dates are one.
fn levels(record: &Node, scenario: &Scenario) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for (name, terms, date, unit) in read(record, scenario) {
        let Some(row) = decode::entries(record, "row").iter().find(|row| row.key == name) else { continue };
        if row.node.get("published").is_none() || is_drawn_anyway(&terms) {
            continue;
        }
        match all.iter_mut().find(|level| level.terms == terms) {
            Some(level) => {
                level.rows.push((name, date));
                level.label = given(row).unwrap_or_else(|| level.label.clone());
            }
            None => {
                let label = given(row).unwrap_or_else(|| decode::label(row));
                all.push(Shown { rows: vec![(name.clone(), date)], name, label, unit, terms });
            }
        }
    }
    all
}

/// What a row says its chart is called.
fn given(row: &Entry) -> Option<String> {
    row.node.get("chart").and_then(decode::title)
}

/// Cases waiting at one stage, persons at a place and all open cases have charts in every report.
fn is_drawn_anyway(terms: &[Term]) -> bool {
    match terms {
        [Term { level, subtracted: false }] => match level {
            Level::Waiting(stages, counted) => stages.len() == 1 && *counted == CountedIn::Cases,
            Level::Pending(counted) => *counted == CountedIn::Cases,
            Level::Population(_) => true,
            Level::Present(..) => false,
        },
        _ => false,
    }
}

/// The rows of a record that are levels at one date, as a variant understands them.
fn read(record: &Node, scenario: &Scenario) -> Vec<Row> {
    let outcomes = decode::outcomes(record, scenario, &mut Diagnostics::default());
    let level = |(number, outcome): (usize, &Outcome)| {
        let (terms, date) = level(&outcomes, number)?;
        Some((outcome.name.clone(), terms, date, outcome.unit))
    };
    outcomes.iter().enumerate().filter_map(level).collect()
}

fn terms_of(rows: &[Row], name: &str) -> Vec<Term> {
    rows.iter().find(|(row, ..)| row == name).map_or_else(Vec::new, |(_, terms, ..)| terms.clone())
}

/// The level that an outcome is, and when; `None` of flows, waits and ratios, and of levels at different dates.
fn level(outcomes: &[Outcome], number: usize) -> Option<(Vec<Term>, Date)> {
    let plain = |level: Level, date: Date| Some((vec![Term { level, subtracted: false }], date));
    match &outcomes[number].question {
        Question::Waiting(stages, unit, Some(date)) => plain(Level::Waiting(stages.clone(), *unit), *date),
        Question::Present(stages, unit, date) => plain(Level::Present(stages.clone(), *unit), *date),
        Question::Pending(unit, date) => plain(Level::Pending(*unit), *date),
        Question::PopulationAt(place, date) => plain(Level::Population(*place), *date),
        Question::Combined(combination, parts) if *combination != Combination::Ratio => {
            let found: Option<Vec<_>> = parts.iter().map(|&part| level(outcomes, part)).collect();
            let found = found?;
            let date = found.first()?.1;
            let mut terms = Vec::new();
            for (place, (part, _)) in found.iter().enumerate() {
                let turned = *combination == Combination::Difference && place > 0;
                terms.extend(
                    part.iter().map(|term| Term {
                        subtracted: term.subtracted != turned,
                        level: term.level.clone(),
                    }),
                );
            }
            found.iter().all(|(_, other)| *other == date).then_some((terms, date))
        }
        _ => None,
    }
}
