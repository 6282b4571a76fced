//! How sure the numbers are: chance in the simulation, chance in the world, and unknown inputs.

use super::super::Variant as View;
use serde::{Deserialize, Serialize};

/// What the spread of the headline figures is made of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Certainty {
    /// Futures that were simulated.
    pub futures: usize,
    /// Futures for each draw of the inputs; one where inputs keep their central values.
    pub per_draw: usize,
    /// How much of the spread is unknown inputs, by headline figure and variant.
    pub shares: Vec<Share>,
    /// The inputs that drive a headline figure, the strongest first.
    pub drivers: Vec<Driver>,
}

/// How much of the variance of a headline figure comes from inputs that are not known exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Share {
    /// Key of the headline figure.
    pub headline: String,
    /// Number of the variant; its difference from the baseline where `of_difference`.
    pub variant: usize,
    /// Whether it is the difference from the baseline that is looked at.
    pub of_difference: bool,
    /// Share of the variance that unknown inputs make, 0 to 1; the rest is chance.
    pub inputs: f64,
    /// Interval of that share at the level of the report, where it is known.
    pub interval: Option<(f64, f64)>,
}

/// An input that drives a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Driver {
    /// Key of the headline figure.
    pub headline: String,
    /// Number of the variant.
    pub variant: usize,
    /// Whether it is the difference from the baseline that is looked at.
    pub of_difference: bool,
    /// Name or path of the input.
    pub input: String,
    /// First-order share of the variance, estimated by ranks.
    pub share: f64,
    /// Its interval, where it is known.
    pub interval: Option<(f64, f64)>,
    /// Partial rank correlation: sign and strength, −1 to 1.
    pub correlation: Option<f64>,
}

impl Certainty {
    pub(super) fn of(views: &[View<'_>]) -> Self {
        let outcome = views[0].outcome;
        Self {
            futures: outcome.replications.len(),
            per_draw: outcome.per_cluster,
            shares: Vec::new(),
            drivers: Vec::new(),
        }
    }
}
