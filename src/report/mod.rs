//! What a run says, as a document.
//!
//! Owns the forms of results: JSON for programs (`json`), tables and sentences for people (`text`), one
//! number a row for statistics programs (`csv`), and the cautions that belong to all of them. It
//! estimates nothing itself: numbers come from `stats` by way of
//! [`Outcome`].
//!
//! Guarantees:
//!
//! 1. Figures of two variants are matched by name, never by number: a policy may insert stages.
//! 2. The Monte Carlo error of a mean and the range of futures never stand under the same name.
//! 3. The same outcome gives the same bytes.

mod best;
pub mod caution;
mod certainty;
mod chart;
pub mod csv;
pub mod design;
mod detail;
pub mod document;
mod fan;
mod headline;
pub mod html;
pub mod json;
mod json_answer;
mod json_detail;
mod layout;
pub mod markdown;
mod moves;
mod numbers;
mod pairing;
mod parquet;
mod path;
mod proxy;
mod quantiles;
pub mod record;
mod rounding;
#[cfg(test)]
mod sample;
mod say;
mod still;
mod table;
pub mod text;
pub mod tidy;
mod unit;

pub use layout::laid_out;

use crate::experiment::{Figure, Outcome};
use crate::legend::Legend;
use crate::stats::Estimate;

/// One variant of a model with what came out of it.
#[derive(Debug, Clone, Copy)]
pub struct Variant<'a> {
    /// Its name: that of the policy, with the values of the axes.
    pub name: &'a str,
    /// What the indices of its network mean.
    pub legend: &'a Legend,
    /// Its replications.
    pub outcome: &'a Outcome,
    /// How many of its inputs have no source.
    pub unsourced: usize,
}

impl Variant<'_> {
    /// What the replications say about a figure; `None` where it is missing or undefined in all.
    fn estimate(&self, figure: Figure) -> Option<Estimate> {
        self.outcome.estimate(self.outcome.index_of(figure)?)
    }

    /// How many inputs with a range were held at their central values; none where they vary.
    fn held(&self) -> usize {
        if self.outcome.inputs.is_empty() { self.legend.inputs.len() } else { 0 }
    }

    /// The figure's value in every replication, NaN where undefined; empty where it is missing.
    fn values(&self, figure: Figure) -> Vec<f64> {
        self.outcome.index_of(figure).map_or_else(Vec::new, |index| self.outcome.values(index))
    }
}
