//! A model held beside what was published: a page in Markdown, a text for terminals, a document for programs.
//!
//! A miss is printed like a hit. Only rows called predicted count as evidence, and every form says so.

mod finding;
mod json;
mod markdown;
mod text;

pub use finding::{Finding, Verdict, findings};
pub use json::record as document;
pub use markdown::record as markdown;
pub use text::record as text;

use super::rounding::{Rounding, exact, grouped};
use super::unit::Unit;
use crate::legend::record::{Role, Row};
use jiff::civil::Date;

/// What the page says of counting.
const EVIDENCE: &str = "Only predicted rows count as evidence, best those predicted from the start; those predicted from a \
    later date know figures up to it. A fitted row was made to come out, or rests on figures of its own time, and an \
    assumed one stands on an assumption about itself.";

/// Rows that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    /// Predicted from the start.
    Predicted,
    /// Predicted from a later date.
    PredictedLater,
    /// Of another role.
    Other(Role),
}

impl Group {
    const ALL: [Self; 4] =
        [Self::Predicted, Self::PredictedLater, Self::Other(Role::Fitted), Self::Other(Role::Assumed)];

    fn of(row: &Row) -> Self {
        match (row.role, row.known_until) {
            (Role::Predicted, None) => Self::Predicted,
            (Role::Predicted, Some(_)) => Self::PredictedLater,
            (role, _) => Self::Other(role),
        }
    }

    /// For people.
    const fn label(self) -> &'static str {
        match self {
            Self::Predicted => "predicted",
            Self::PredictedLater => "predicted from a later date",
            Self::Other(role) => role.name(),
        }
    }

    /// For programs.
    const fn key(self) -> &'static str {
        match self {
            Self::PredictedLater => "predicted-later",
            other => other.label(),
        }
    }
}

/// How verdicts of one group came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    group: Group,
    hits: usize,
    misses: usize,
    open: usize,
}

/// Hits and misses by role; predictions from later dates apart, where there are any.
fn counts(findings: &[Finding]) -> Vec<Count> {
    let count = |group: Group| {
        let of = |verdict: Verdict| {
            findings.iter().filter(|found| Group::of(found.row) == group && found.verdict == verdict).count()
        };
        Count { group, hits: of(Verdict::Hit), misses: of(Verdict::Miss), open: of(Verdict::Open) }
    };
    let all = Group::ALL.map(count);
    all.into_iter()
        .filter(|count| count.group != Group::PredictedLater || *count != none(count.group))
        .collect()
}

const fn none(group: Group) -> Count {
    Count { group, hits: 0, misses: 0, open: 0 }
}

/// The youngest figure that a row rests on, of those that a prediction may not know.
fn youngest_cell(found: &Finding, start: Date) -> String {
    match &found.row.youngest {
        Some(late) => format!("{} ({})", late.date, late.source),
        None => format!("{start}"),
    }
}

/// Model, its Monte Carlo error and its band, as shown; dashes where the model does not say.
fn model_cells(found: &Finding, unit: &Unit) -> [String; 3] {
    let Some(estimate) = &found.estimate else { return ["–", "–", "–"].map(str::to_owned) };
    let factor = unit.factor();
    let rounding = Rounding::of(estimate.mean * factor, found.error * factor);
    let show = |value: f64| rounding.show(value * factor);
    let [low, high] = found.band;
    [show(estimate.mean), show(estimate.half_width), span(&show(low), &show(high))]
}

/// The published figures from the least to the greatest.
fn published_cell(found: &Finding, unit: &Unit) -> String {
    let show = |value: f64| exact(value * unit.factor());
    found.span.map_or_else(|| "none".to_owned(), |[low, high]| span(&show(low), &show(high)))
}

fn span(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

/// How far the model lies beyond the span.
fn off_cell(found: &Finding) -> String {
    match found.off {
        None => "–".to_owned(),
        Some(off) if off.abs() <= 0.0 => "within".to_owned(),
        Some(off) if off.is_infinite() => "above 0".to_owned(),
        Some(off) => format!("{} %", grouped(&format!("{:+.0}", off * 100.0))),
    }
}

/// The verdict, with a word where the simulation is too short to be sure of it.
fn verdict_cell(found: &Finding) -> String {
    let word = found.verdict.name();
    if found.close { format!("{word}, within the Monte Carlo error") } else { word.to_owned() }
}

const fn covers_cell(found: &Finding) -> &'static str {
    match found.covers {
        Some(true) => "yes",
        Some(false) => "no",
        None => "–",
    }
}
