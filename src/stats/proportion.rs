//! Intervals of a probability from counts.

use super::{beta, normal};

/// The Wilson interval of a probability at confidence `level`: `successes` of `trials`.
///
/// For display. Wilson (1927), "Probable inference, the law of succession, and statistical inference",
/// JASA 22. Nothing tried says nothing: (0, 1).
pub fn wilson(successes: u64, trials: u64, level: f64) -> (f64, f64) {
    if trials == 0 {
        return (0.0, 1.0);
    }
    wilson_share(successes as f64 / trials as f64, trials as f64, level)
}

/// The same of a share in `n` trials, which need not be whole: ties count half, and trials that share their inputs
/// count as fewer.
pub fn wilson_share(share: f64, n: f64, level: f64) -> (f64, f64) {
    let z = normal::upper_quantile(0.5 * (1.0 - level));
    let center = share + z * z / (2.0 * n);
    let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    (((center - reach) / scale).max(0.0), ((center + reach) / scale).min(1.0))
}

/// The Clopper–Pearson interval of a probability at confidence `level`: it covers at least as often as it says.
///
/// Its ends are quantiles of beta laws. Clopper & Pearson (1934), Biometrika 26.
pub fn clopper_pearson(successes: u64, trials: u64, level: f64) -> (f64, f64) {
    let tail = 0.5 * (1.0 - level);
    (lower_bound(successes, trials, tail), upper_bound(successes, trials, tail))
}

/// The p at which as many successes or more have probability `tail`.
fn lower_bound(successes: u64, trials: u64, tail: f64) -> f64 {
    if successes == 0 {
        return 0.0;
    }
    beta::inverse(successes as f64, (trials - successes) as f64 + 1.0, tail)
}

/// The p at which as few successes or fewer have probability `tail`.
fn upper_bound(successes: u64, trials: u64, tail: f64) -> f64 {
    if successes >= trials {
        return 1.0;
    }
    1.0 - beta::inverse((trials - successes) as f64, successes as f64 + 1.0, tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: (f64, f64), expected: (f64, f64)) {
        assert!((found.0 - expected.0).abs() < 5e-5 && (found.1 - expected.1).abs() < 5e-5, "{found:?}");
    }

    #[test]
    fn both_intervals_of_180_in_200() {
        // Computed with another program.
        near(wilson(180, 200, 0.95), (0.8506, 0.9343));
        near(clopper_pearson(180, 200, 0.95), (0.8498, 0.9378));
    }

    #[test]
    fn never_seen_is_not_impossible() {
        // One-sided 95 %: 1 − 0.05^(1/50) = 0.05816, the upper end of the 90 % interval.
        let (low, high) = clopper_pearson(0, 50, 0.90);
        assert_eq!(low, 0.0);
        assert!((high - 0.058_155).abs() < 1e-6, "{high}");
        assert_eq!(clopper_pearson(50, 50, 0.90), (1.0 - high, 1.0));
        assert_eq!(wilson(0, 0, 0.95), (0.0, 1.0));
    }
}
