//! How far the quantiles of the futures of a variant are from those of the baseline.

use super::Variant;
use crate::stats::{QuantileDifference, Resamples};

/// Quantiles that are held against each other.
const QUANTILES: [f64; 3] = [0.1, 0.5, 0.9];

/// The resamples of the futures of a comparison, the same for all its figures.
pub(super) fn resamples(baseline: &Variant) -> Resamples {
    Resamples::new(baseline.outcome.replications.len(), baseline.outcome.per_cluster)
}

/// The quantile of one figure less that of another, future by future of the same number; none where they have no future in
/// common.
pub(super) fn quantile_gaps(
    resamples: &Resamples,
    ours: &[f64],
    theirs: &[f64],
    level: f64,
) -> Vec<QuantileDifference> {
    resamples.differences(ours, theirs, &QUANTILES, level).unwrap_or_default()
}
