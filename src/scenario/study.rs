//! A study: which variants are run, on how many futures, and what is asked of them.

use super::decode::title;
use super::notation::{Dimension, from_text};
use super::tree::{Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::network::ServiceDraws;
use crate::units::Span;

/// How many futures, and which.
#[derive(Debug, Clone, PartialEq)]
pub struct Replications {
    /// Master seed.
    pub seed: u64,
    /// How many at least, and at most; equal where the number is fixed.
    pub min: usize,
    /// How many at most.
    pub max: usize,
    /// When to stop between them: outcome, and the half-width wanted.
    pub stop: Vec<(String, Wanted)>,
    /// Time left out of all figures.
    pub warm_up: Span,
    /// Whether inputs with a range vary between futures.
    pub sampled: bool,
    /// Futures for each draw of them.
    pub per_draw: usize,
    /// Whose luck a service time is.
    pub service_draws: ServiceDraws,
    /// Confidence of intervals.
    pub level: f64,
    /// Dates at which the system is shown.
    pub series: Period,
}

/// A half-width wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted {
    /// As a share of the mean.
    Relative(f64),
    /// In the outcome's own unit.
    Absolute(f64),
}

/// How far the dates of a series are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A week.
    Week,
    /// The first of each month.
    Month,
    /// The first of each year.
    Year,
}

impl Default for Replications {
    fn default() -> Self {
        Self {
            seed: 1,
            min: 50,
            max: 50,
            stop: Vec::new(),
            warm_up: Span::ZERO,
            sampled: false,
            per_draw: 1,
            service_draws: ServiceDraws::BySlot,
            level: 0.95,
            series: Period::Month,
        }
    }
}

/// The question a study asks, or its title.
pub fn question(study: &Node) -> Option<String> {
    study.get("question").or_else(|| study.get("title")).and_then(title)
}

/// Read `[replications]` and `series`.
pub fn replications(study: &Node, found: &mut Diagnostics) -> Replications {
    let series = match study.get("series").and_then(Node::text) {
        Some("week") => Period::Week,
        Some("year") => Period::Year,
        _ => Period::Month,
    };
    let mut read = Replications { series, ..Replications::default() };
    let Some(node) = study.get("replications") else { return read };
    let mut whole = |key: &str, least: i64, default: usize| match node.get(key) {
        Some(value) => match value.value {
            Value::Integer(number) if (least..=MOST).contains(&number) => number as usize,
            _ => {
                found.push(out_of_bounds(key, value, (least, MOST)));
                default
            }
        },
        None => default,
    };
    let number = whole("number", 1, 50);
    read.min = whole("min", 1, number);
    read.max = whole("max", 1, number.max(read.min));
    read.per_draw = whole("per-draw", 1, 2);
    read.seed = match node.get("seed") {
        Some(Node { value: Value::Integer(seed), .. }) if *seed >= 0 => *seed as u64,
        Some(value) => {
            found.push(out_of_bounds("seed", value, (0, i64::MAX)));
            1
        }
        None => 1,
    };
    read.sampled = node.get("uncertain").and_then(Node::text) == Some("sample");
    if node.get("service-draws").and_then(Node::text) == Some("case") {
        read.service_draws = ServiceDraws::ByCase;
    }
    if read.max < read.min {
        found.push(
            Diagnostic::error(
                format!("`max` is {} and `min` {}", read.max, read.min),
                &node.at,
                "out of order",
            )
            .help("give a `max` of at least `min`"),
        );
    }
    read.warm_up = warm_up(node, found);
    read.level = level(node, found);
    read.stop = stop(study, node, found);
    if let Some(value) = node.get("per-draw").filter(|_| read.per_draw > read.max.max(2)) {
        let (per_draw, futures) = (grouped(read.per_draw as i64), grouped(read.max as i64));
        found.push(
            Diagnostic::error(
                format!("`per-draw` is {per_draw}, and there are {futures} futures"),
                &value.at,
                "more than there are",
            )
            .help("draw the inputs for at most as many futures as there are, for instance per-draw = 2"),
        );
    }
    read
}

/// The greatest number of futures.
const MOST: i64 = 100_000_000;

fn out_of_bounds(key: &str, value: &Node, (least, most): (i64, i64)) -> Diagnostic {
    Diagnostic::error(
        format!("`{key}` is out of bounds"),
        &value.at,
        format!("expected a whole number from {least} to {}", grouped(most)),
    )
    .help(format!("write for instance {key} = 50"))
}

/// A whole number as files have it: `100_000_000`.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let gap = |index: usize| index > 0 && (digits.len() - index).is_multiple_of(3);
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        text.extend(gap(index).then_some('_'));
        text.push(digit);
    }
    text
}

fn warm_up(node: &Node, found: &mut Diagnostics) -> Span {
    let Some(value) = node.get("warm-up") else { return Span::ZERO };
    match value.text().map(|text| from_text(text, Dimension::Length)) {
        Some(Ok(seconds)) => Span::from_seconds(seconds),
        problem => {
            let message = match problem {
                Some(Err(problem)) => problem,
                _ => "`warm-up` is not a length of time".to_owned(),
            };
            found.push(
                Diagnostic::error(message, &value.at, format!("expected {}", Dimension::Length.expected()))
                    .help("write warm-up = \"365 days\""),
            );
            Span::ZERO
        }
    }
}

fn level(node: &Node, found: &mut Diagnostics) -> f64 {
    match node.get("level").map(|value| (value, value.number())) {
        Some((_, Some(level))) if level > 0.0 && level < 1.0 => level,
        Some((value, _)) => {
            found.push(
                Diagnostic::error(
                    "a confidence level is out of bounds",
                    &value.at,
                    "expected more than 0 and less than 1",
                )
                .help("write level = 0.95"),
            );
            0.95
        }
        None => 0.95,
    }
}

fn stop(study: &Node, node: &Node, found: &mut Diagnostics) -> Vec<(String, Wanted)> {
    let mut rules = Vec::new();
    for rule in node.get("stop").and_then(Node::list).unwrap_or(&[]) {
        let (Some(outcome), Some(width)) = (rule.get("outcome"), rule.get("half-width")) else { continue };
        let name = outcome.text().unwrap_or_default();
        if study.get("outcome").and_then(|outcomes| outcomes.get(name)).is_none() {
            found.push(
                Diagnostic::error(
                    format!("unknown outcome `{name}`"),
                    &outcome.at,
                    "not among the outcomes of this study",
                )
                .help("name one of them, or add it"),
            );
        }
        let wanted = match (width.number(), width.text().map(|text| from_text(text, Dimension::Share))) {
            (Some(number), _) if number > 0.0 => Wanted::Absolute(number),
            (_, Some(Ok(share))) if share > 0.0 => Wanted::Relative(share),
            _ => {
                found.push(
                    Diagnostic::error(
                        "a half-width is not positive",
                        &width.at,
                        "expected a share such as \"1 %\", or a number",
                    )
                    .help("write half-width = \"1 %\""),
                );
                continue;
            }
        };
        rules.push((name.to_owned(), wanted));
    }
    rules
}
