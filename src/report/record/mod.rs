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

use super::rounding::{Rounding, exact};
use super::unit::Unit;
use crate::legend::record::Role;

/// What the page says of counting.
const EVIDENCE: &str = "Only predicted rows count as evidence: a fitted row was made to come out, and an assumed \
    one stands on an assumption about itself.";

/// How verdicts of one role came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    role: Role,
    hits: usize,
    misses: usize,
    open: usize,
}

/// Hits and misses by role.
fn counts(findings: &[Finding]) -> [Count; 3] {
    Role::ALL.map(|role| {
        let of = |verdict: Verdict| {
            findings.iter().filter(|found| found.row.role == role && found.verdict == verdict).count()
        };
        Count { role, hits: of(Verdict::Hit), misses: of(Verdict::Miss), open: of(Verdict::Open) }
    })
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
        Some(off) => format!("{:+.0} %", off * 100.0),
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
