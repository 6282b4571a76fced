//! Intervals of a quantile that assume nothing about the law.

use super::beta;

/// Which order statistics enclose a quantile, counted from one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranks {
    /// Rank of the lower end.
    pub lower: usize,
    /// Rank of the upper end.
    pub upper: usize,
    /// Probability of enclosing the quantile.
    pub coverage: f64,
}

/// The closest order statistics Y₍ₗ₎, Y₍ᵤ₎ of `n` values that enclose the quantile at `p` with probability `level`.
///
/// P(l ≤ B ≤ u − 1) ≥ level for B binomial(n, p); of equally close pairs the one of the greatest coverage. `None` when `n`
/// is too small. David & Nagaraja (2003), *Order Statistics*, 3rd ed., §7.1.
pub fn quantile_ranks(n: usize, p: f64, level: f64) -> Option<Ranks> {
    let below: Vec<f64> = (0..=n).map(|k| at_most(k, n, p)).collect();
    (1..n).find_map(|gap| {
        (1..=n - gap)
            .map(|lower| Ranks {
                lower,
                upper: lower + gap,
                coverage: below[lower + gap - 1] - below[lower - 1],
            })
            .filter(|ranks| ranks.coverage >= level)
            .max_by(|a, b| a.coverage.total_cmp(&b.coverage))
    })
}

/// P(B ≤ k) for B binomial(n, p).
fn at_most(k: usize, n: usize, p: f64) -> f64 {
    if k >= n { 1.0 } else { beta::regularized((n - k) as f64, k as f64 + 1.0, 1.0 - p, p) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranks_are_those_of_an_independent_search() {
        // Computed with another program from exact binomial sums.
        for (n, p, lower, upper, coverage) in [
            (30, 0.9, 22, 30, 0.9556),
            (50, 0.9, 41, 50, 0.9703),
            (100, 0.9, 84, 96, 0.9557),
            (200, 0.9, 172, 189, 0.9561),
            (400, 0.9, 348, 372, 0.9548),
            (100, 0.5, 40, 60, 0.9540),
            (400, 0.5, 180, 220, 0.9544),
        ] {
            let found = quantile_ranks(n, p, 0.95).unwrap();
            assert!((found.coverage - coverage).abs() < 5e-4, "{n} {p}: {found:?}");
            assert_eq!(found.upper - found.lower, upper - lower, "{n} {p}: {found:?}");
        }
    }

    #[test]
    fn few_values_cannot_enclose_an_extreme_quantile() {
        assert_eq!(quantile_ranks(10, 0.9, 0.95), None);
        assert_eq!(quantile_ranks(0, 0.5, 0.95), None);
    }
}
