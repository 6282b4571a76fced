//! Which of several variants could be the best.

use super::estimate::Estimate;
use super::student;

/// For each variant, whether it could be the best (the largest mean is best) at confidence `level`.
///
/// Variant i is kept if Ȳᵢ ≥ Ȳⱼ − t · Sᵢⱼ / √n for every j, with Sᵢⱼ from the paired differences and t at
/// 1 − α/(k − 1): Bonferroni, because common random numbers make the variants dependent (Nelson,
/// Swann, Goldsman & Song 2001, Operations Research 49). Each variant lists its replications in
/// the same order. Negate the values where the smallest is best.
pub fn could_be_best(variants: &[&[f64]], level: f64) -> Vec<bool> {
    let others = variants.len().saturating_sub(1).max(1) as f64;
    let tail = (1.0 - level) / others;
    let keeps_up = |i: usize, j: usize| {
        let differences: Vec<f64> = variants[i].iter().zip(variants[j]).map(|(a, b)| a - b).collect();
        Estimate::of(&differences, level).is_none_or(|d| {
            let count = differences.iter().filter(|difference| !difference.is_nan()).count() as f64;
            let reach = student::upper_quantile(tail, count - 1.0) * d.sd / count.sqrt();
            // An unknown error excludes nobody.
            reach.is_nan() || d.mean >= -reach
        })
    };
    (0..variants.len()).map(|i| (0..variants.len()).all(|j| i == j || keeps_up(i, j))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_loser_is_dropped_and_a_near_tie_kept() {
        let shared = [3.0, 9.0, 1.0, 7.0, 5.0];
        let slightly: Vec<f64> = shared.iter().zip([0.2, -0.3, 0.1, -0.1, 0.2]).map(|(a, b)| a + b).collect();
        let worse: Vec<f64> = shared.iter().zip([0.9, 1.1, 1.0, 1.2, 0.8]).map(|(a, b)| a - b).collect();
        assert_eq!(could_be_best(&[&shared, &slightly, &worse], 0.95), [true, true, false]);
    }

    #[test]
    fn a_lone_variant_is_the_best() {
        assert_eq!(could_be_best(&[&[1.0, 2.0]], 0.95), [true]);
        assert!(could_be_best(&[], 0.95).is_empty());
    }
}
