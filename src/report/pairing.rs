//! The difference that a variant makes to one figure, future by future.

use super::Variant;
use super::path::Path;
use crate::experiment::Figure;
use crate::stats::{Difference, Estimate};

/// A paired difference with the standard error of its mean, which says how to round it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paired {
    pub(super) difference: Difference,
    /// The same differences as a sample of their own.
    pub(super) estimate: Estimate,
    /// How many futures both have.
    pub(super) pairs: usize,
}

/// What `variant` changes in `figure`, one of its own; `None` where the baseline has none of that name, or
/// where no future has it defined in both.
pub(super) fn paired(variant: &Variant, baseline: &Variant, figure: Figure) -> Option<Paired> {
    let twin = counterpart(baseline, variant, figure)?;
    let (ours, theirs) = (variant.values(figure), baseline.values(twin));
    let (per_cluster, level) = (baseline.outcome.per_cluster, baseline.outcome.level);
    let difference = Difference::of(&ours, &theirs, per_cluster, level)?;
    let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
    let estimate = Estimate::clustered(&differences, per_cluster, level)?;
    let pairs = differences.iter().filter(|value| !value.is_nan()).count();
    Some(Paired { difference, estimate, pairs })
}

/// The figure of `variant` that has the name of `figure` of `other`.
pub(super) fn counterpart(variant: &Variant, other: &Variant, figure: Figure) -> Option<Figure> {
    let path = Path::of(figure, other.legend)?;
    let is_it = |found: &Figure| Path::of(*found, variant.legend).as_ref() == Some(&path);
    // Most variants number things alike; the search is for those that insert something.
    let alike = variant.outcome.index_of(figure).map(|_| figure).filter(is_it);
    alike.or_else(|| variant.outcome.figures.iter().copied().find(is_it))
}

impl Paired {
    /// Whether the two are the same in every future.
    pub(super) fn is_nothing(&self) -> bool {
        self.estimate.min.abs() <= 0.0 && self.estimate.max.abs() <= 0.0
    }

    /// Whether the difference is the same in every future, up to rounding.
    pub(super) fn is_constant(&self) -> bool {
        self.difference.sd <= 1e-9 * self.difference.mean.abs()
    }

    /// Whether the sign of the mean difference can be told from chance in the simulation.
    pub(super) fn is_clear(&self) -> bool {
        self.difference.mean.abs() > self.difference.half_width
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::experiment::StationFigure;

    #[test]
    fn figures_are_matched_by_name_though_a_stage_was_inserted() {
        let (now, more) = (sample::baseline(), sample::with_inserted_stage());
        // `desk` is stage 0 of the baseline and stage 1 of the variant; it has ten fewer waiting there.
        let figure = Figure::Station(1, StationFigure::WaitingAtEnd);
        let found = paired(&more.variant("more"), &now.variant("now"), figure).unwrap();
        assert!((found.difference.mean + 10.0).abs() < 1e-9, "{found:?}");
        let inserted = Figure::Station(0, StationFigure::WaitingAtEnd);
        assert!(paired(&more.variant("more"), &now.variant("now"), inserted).is_none());
    }

    #[test]
    fn a_variant_differs_from_itself_by_nothing() {
        let now = sample::baseline();
        let found = paired(&now.variant("a"), &now.variant("b"), Figure::PendingCases).unwrap();
        assert!(found.is_nothing() && !found.is_clear());
    }
}
