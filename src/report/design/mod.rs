//! What a study says of several variants at once: sweeps over axes, interactions, and where a verdict turns.

mod flip;
mod interaction;
mod json;
mod sweep;
mod text;

pub use json::design as document;
pub use text::design as text;

use super::Variant;
use super::headline::Headline;
use super::unit::Unit;
use crate::experiment::Figure;
use crate::legend::design::Design;
use crate::stats::Estimate;

/// A study that has been run: its plan, and its variants with the baseline first.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    /// How the variants stand to each other.
    pub design: &'a Design,
    /// Their outcomes, the baseline's first.
    pub variants: &'a [Variant<'a>],
}

impl<'a> Compared<'a> {
    /// The policy of the baseline.
    fn baseline(self) -> &'a str {
        let name = self.variants.first().map_or("", |variant| variant.name);
        let point = self.design.points.iter().find(|point| point.variant == name);
        point.map_or(name, |point| point.policy.as_str())
    }

    /// The variant of a policy at a setting.
    fn variant(self, policy: &str, setting: &[String]) -> Option<&'a Variant<'a>> {
        let name = self.design.variant(policy, setting)?;
        self.variants.iter().find(|variant| variant.name == name)
    }

    /// The outcomes of the study, as headlines of the baseline.
    fn outcomes(self) -> Vec<Headline> {
        let outcomes = self.variants.first().filter(|variant| !variant.legend.outcomes.is_empty());
        outcomes.map_or_else(Vec::new, super::headline::headlines)
    }

    /// What an outcome is called and counted in.
    fn outcome(self, name: &str) -> Option<(&'a str, Unit)> {
        let legend = self.variants.first()?.legend;
        let outcome = legend.outcomes.iter().find(|outcome| outcome.name.name == name)?;
        Some((&outcome.name.label, Unit::of(outcome.unit, legend)))
    }

    /// The outcome in every future of a variant.
    fn values(variant: &Variant, name: &str) -> Vec<f64> {
        let index = variant.legend.outcomes.iter().position(|outcome| outcome.name.name == name);
        index.map_or_else(Vec::new, |index| variant.values(Figure::Measure(index)))
    }

    /// What the futures say of a sum of outcomes of variants, each with its sign, future by future.
    fn combined(self, name: &str, parts: &[(f64, &Variant)]) -> Option<Estimate> {
        let outcome = self.variants.first()?.outcome;
        let mut sums = vec![0.0; outcome.replications.len()];
        for (sign, variant) in parts {
            let values = Self::values(variant, name);
            sums.truncate(values.len());
            for (sum, value) in sums.iter_mut().zip(&values) {
                *sum += sign * value;
            }
        }
        Estimate::clustered(&sums, outcome.per_cluster, outcome.level)
    }

    /// The standard error of such an estimate, which says how many digits are shown.
    fn error(self, estimate: &Estimate) -> f64 {
        let Some(outcome) = self.variants.first().map(|variant| variant.outcome) else { return f64::NAN };
        let clusters = outcome.replications.len().div_ceil(outcome.per_cluster.max(1));
        estimate.standard_error(clusters as f64 - 1.0)
    }
}
