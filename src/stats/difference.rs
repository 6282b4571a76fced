//! What replications say about the difference that a variant makes.

use super::estimate::{Estimate, mean, squares};

/// Paired differences variant − baseline, replication by replication on the same random numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Mean difference.
    pub mean: f64,
    /// Half-width of its confidence interval; NaN where one pair leaves the error unknown.
    pub half_width: f64,
    /// Confidence of that interval, in (0, 1).
    pub level: f64,
    /// Standard deviation of the differences; NaN for one pair.
    pub sd: f64,
    /// 5 % quantile of the differences.
    pub q05: f64,
    /// Median difference.
    pub q50: f64,
    /// 95 % quantile of the differences.
    pub q95: f64,
    /// Share of the pairs in which the variant is strictly below the baseline.
    pub share_below_zero: f64,
    /// What pairing gained: (S²ᵥ + S²₀) / S²ᴰ, the variance of the difference were the two
    /// independent, over what it is; NaN where all differences are equal.
    pub gain: f64,
}

impl Difference {
    /// The difference over replications in clusters of `per_cluster` that share their parameters
    /// (one: independent replications). Pairs with a NaN are left out; `None` when none is left.
    ///
    /// Values beyond the shorter of the two have no partner and are left out.
    pub fn of(variant: &[f64], baseline: &[f64], per_cluster: usize, level: f64) -> Option<Self> {
        let differences: Vec<f64> = variant.iter().zip(baseline).map(|(v, b)| v - b).collect();
        let estimate = Estimate::clustered(&differences, per_cluster, level)?;
        let pairs: Vec<(f64, f64)> = (variant.iter().copied().zip(baseline.iter().copied()))
            .filter(|(v, b)| !(v - b).is_nan())
            .collect();
        let below = pairs.iter().filter(|(v, b)| v < b).count();
        Some(Self {
            mean: estimate.mean,
            half_width: estimate.half_width,
            level,
            sd: estimate.sd,
            q05: estimate.q05,
            q50: estimate.q50,
            q95: estimate.q95,
            share_below_zero: below as f64 / pairs.len() as f64,
            gain: gain(&pairs, estimate.sd),
        })
    }
}

/// (S²ᵥ + S²₀) / S²ᴰ; NaN where the differences do not vary.
fn gain(pairs: &[(f64, f64)], sd: f64) -> f64 {
    if sd.is_nan() || sd <= 0.0 {
        return f64::NAN;
    }
    let spread = |values: Vec<f64>| mean(&values).map_or(f64::NAN, |center| squares(&values, center));
    let apart =
        spread(pairs.iter().map(|pair| pair.0).collect()) + spread(pairs.iter().map(|pair| pair.1).collect());
    apart / (pairs.len() as f64 - 1.0) / (sd * sd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairing_removes_what_both_share() {
        // Differences −1, −2, −3: mean −2, s = 1; S² of (1, 12, 23) = 121 and of (2, 14, 26) = 144.
        let found = Difference::of(&[1.0, 12.0, 23.0], &[2.0, 14.0, 26.0], 1, 0.95).unwrap();
        assert!((found.mean + 2.0).abs() < 1e-12 && (found.sd - 1.0).abs() < 1e-12);
        assert!((found.gain - 265.0).abs() < 1e-9);
        assert_eq!(found.share_below_zero, 1.0);
    }

    #[test]
    fn a_pair_with_an_undefined_side_is_left_out() {
        let found = Difference::of(&[1.0, f64::NAN, 5.0], &[0.0, 1.0, 7.0], 1, 0.95).unwrap();
        assert_eq!((found.mean, found.share_below_zero), (-0.5, 0.5));
        assert_eq!(Difference::of(&[f64::NAN], &[1.0], 1, 0.95), None);
    }

    #[test]
    fn two_identical_variants_differ_by_exactly_nothing() {
        let values = [0.3, 0.1, 0.7];
        let found = Difference::of(&values, &values, 1, 0.95).unwrap();
        assert_eq!((found.mean, found.half_width, found.sd, found.share_below_zero), (0.0, 0.0, 0.0, 0.0));
        assert!(found.gain.is_nan());
    }
}
