//! What the parameters contribute to the spread of futures, and what chance does.

use super::beta;
use super::estimate::{mean, squares};

/// One-way random effects over clusters of replications that share their parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VarianceShares {
    /// Mean square between clusters, MSB.
    pub between: f64,
    /// Mean square within clusters, MSW: the variance that chance makes.
    pub within: f64,
    /// Variance that the parameters make: max(0, (MSB − MSW) / R).
    pub parameters: f64,
    /// Share of the parameters in the whole variance, 0 to 1; NaN where nothing varies.
    pub share: f64,
}

impl VarianceShares {
    /// The shares from `values` in blocks of `per_cluster` replications; an incomplete last block is left out.
    /// `None` with fewer than two clusters, fewer than two replications in one, or an undefined value.
    ///
    /// Searle, Casella & `McCulloch` (1992), *Variance Components*, ch. 3.
    pub fn of(values: &[f64], per_cluster: usize) -> Option<Self> {
        if per_cluster < 2 || values.iter().any(|value| value.is_nan()) {
            return None;
        }
        let clusters: Vec<&[f64]> = values.chunks_exact(per_cluster).collect();
        let means: Vec<f64> = clusters.iter().filter_map(|cluster| mean(cluster)).collect();
        if means.len() < 2 {
            return None;
        }
        let (k, r) = (means.len() as f64, per_cluster as f64);
        let between = r / (k - 1.0) * squares(&means, mean(&means)?);
        let inside: f64 =
            clusters.iter().zip(&means).map(|(cluster, center)| squares(cluster, *center)).sum();
        let within = inside / (k * (r - 1.0));
        let parameters = ((between - within) / r).max(0.0);
        Some(Self { between, within, parameters, share: parameters / (parameters + within) })
    }

    /// The interval of the share at confidence `level`, from `clusters` of `per_cluster`: the ratio of the mean squares over the
    /// ratio of the variances has the law of F with K − 1 and K (R − 1) degrees of freedom. Searle, Casella & `McCulloch` (1992), ch. 3.
    pub fn interval(&self, clusters: usize, per_cluster: usize, level: f64) -> (f64, f64) {
        let (k, r) = (clusters as f64, per_cluster as f64);
        let tail = 0.5 * (1.0 - level);
        let end = |p: f64| {
            let ratio = (self.between / self.within / f_quantile(p, k - 1.0, k * (r - 1.0)) - 1.0) / r;
            let ratio = ratio.max(0.0);
            if ratio.is_infinite() { 1.0 } else { ratio / (1.0 + ratio) }
        };
        (end(1.0 - tail), end(tail))
    }
}

/// The number that F with `above` and `below` degrees of freedom does not exceed with probability `p`: with X of the beta
/// law of half of each, F = X / (1 − X) · `below` / `above` (DLMF 8.17).
fn f_quantile(p: f64, above: f64, below: f64) -> f64 {
    let x = beta::inverse(0.5 * above, 0.5 * below, p);
    x / (1.0 - x) * below / above
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_the_worked_example_comes_out() {
        // Tables: F(0.975; 3, 8) = 5.416, F(0.975; 8, 3) = 14.540. MSB/MSW = 78.9167: (78.9167/5.416 − 1)/3 = 4.524 and
        // (78.9167 · 14.540 − 1)/3 = 382.1.
        assert!((f_quantile(0.975, 3.0, 8.0) - 5.416).abs() < 1e-3);
        assert!((1.0 / f_quantile(0.025, 3.0, 8.0) - 14.540).abs() < 1e-3);
        let rows = [10.0, 12.0, 11.0, 20.0, 19.0, 24.0, 15.0, 14.0, 13.0, 30.0, 33.0, 30.0];
        let (low, high) = VarianceShares::of(&rows, 3).unwrap().interval(4, 3, 0.95);
        assert!((low - 4.524 / 5.524).abs() < 1e-4 && (high - 382.1 / 383.1).abs() < 1e-4, "{low} {high}");
    }

    #[test]
    fn the_worked_example_comes_out() {
        // By hand: MSB 236.75, MSW 24/8 = 3, (236.75 − 3)/3 = 77.9167, share 77.9167/80.9167.
        let rows = [10.0, 12.0, 11.0, 20.0, 19.0, 24.0, 15.0, 14.0, 13.0, 30.0, 33.0, 30.0];
        let found = VarianceShares::of(&rows, 3).unwrap();
        assert!((found.between - 236.75).abs() < 1e-10 && (found.within - 3.0).abs() < 1e-10);
        assert!((found.parameters - 77.9167).abs() < 1e-4 && (found.share - 0.96292).abs() < 1e-5);
    }

    #[test]
    fn one_replication_a_cluster_tells_nothing() {
        assert_eq!(VarianceShares::of(&[1.0, 2.0, 3.0], 1), None);
        assert_eq!(VarianceShares::of(&[1.0, 2.0, 3.0], 2), None);
    }
}
