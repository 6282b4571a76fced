//! What replications say about one number.

use super::quantile::quantile;
use super::student;

/// A mean over replications with its Monte Carlo error, and the range of futures around it.
///
/// All fields have the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean over the replications.
    pub mean: f64,
    /// Half-width of the confidence interval of the mean: t · s / √n; NaN where one value (or one
    /// cluster) leaves the error unknown.
    pub half_width: f64,
    /// Confidence of that interval, in (0, 1).
    pub level: f64,
    /// Standard deviation of the replications, with n − 1; NaN for one value.
    pub sd: f64,
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// 5 % quantile of the futures.
    pub q05: f64,
    /// 25 % quantile of the futures.
    pub q25: f64,
    /// Median of the futures.
    pub q50: f64,
    /// 75 % quantile of the futures.
    pub q75: f64,
    /// 95 % quantile of the futures.
    pub q95: f64,
}

impl Estimate {
    /// The estimate from independent replications at confidence `level`; NaN are left out. `None`
    /// when nothing is left.
    pub fn of(values: &[f64], level: f64) -> Option<Self> {
        Self::clustered(values, 1, level)
    }

    /// The estimate from replications in clusters of `per_cluster` that share their parameters.
    ///
    /// The clusters are the independent observations. The variance of the mean is MSB / n with
    ///
    ///   MSB = Σ nₖ (Ȳₖ − Ȳ)² / (K − 1)
    ///
    /// on K − 1 degrees of freedom (one-way random effects; Searle, Casella & `McCulloch` 1992,
    /// *Variance Components*, ch. 3). With one replication a cluster this is s² / n on n − 1.
    pub fn clustered(values: &[f64], per_cluster: usize, level: f64) -> Option<Self> {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        let center = mean(&sorted)?;
        let sd = (squares(&sorted, center) / (sorted.len() as f64 - 1.0)).sqrt();
        let half_width = half_width(values, per_cluster.max(1), center, level);
        sorted.sort_unstable_by(f64::total_cmp);
        Some(Self {
            mean: center,
            half_width,
            level,
            sd,
            min: sorted[0],
            max: sorted[sorted.len() - 1],
            q05: quantile(&sorted, 0.05),
            q25: quantile(&sorted, 0.25),
            q50: quantile(&sorted, 0.50),
            q75: quantile(&sorted, 0.75),
            q95: quantile(&sorted, 0.95),
        })
    }

    /// Standard error of the mean: the half-width without its t.
    pub fn standard_error(&self, freedom: f64) -> f64 {
        self.half_width / student::two_sided(self.level, freedom)
    }
}

/// How many times as wide each of `intervals` intervals must be for all to hold together at confidence `level`, over
/// `count` observations: t at α / m over t at α (Bonferroni). NaN of one observation.
pub fn interval_widening(level: f64, count: usize, intervals: usize) -> f64 {
    let freedom = count as f64 - 1.0;
    let together = 1.0 - (1.0 - level) / intervals.max(1) as f64;
    student::two_sided(together, freedom) / student::two_sided(level, freedom)
}

/// The mean, or `None` of nothing. Taken about the first value, so that equal values have exactly
/// themselves as mean.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    if first.is_infinite() {
        return Some(values.iter().sum::<f64>() / values.len() as f64);
    }
    Some(first + values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64)
}

/// Sum of the squared distances from `center`.
pub(super) fn squares(values: &[f64], center: f64) -> f64 {
    values.iter().map(|value| (value - center) * (value - center)).sum()
}

/// t · √(MSB / n) over clusters of `values`, whose mean is `center`.
fn half_width(values: &[f64], per_cluster: usize, center: f64, level: f64) -> f64 {
    let (mut clusters, mut total, mut between) = (0_usize, 0_usize, 0.0);
    for cluster in values.chunks(per_cluster) {
        let (sum, count) = (cluster.iter().filter(|value| !value.is_nan()))
            .fold((0.0, 0_usize), |(sum, count), value| (sum + (value - center), count + 1));
        if count > 0 {
            clusters += 1;
            total += count;
            between += sum * sum / count as f64;
        }
    }
    let freedom = clusters as f64 - 1.0;
    student::two_sided(level, freedom) * (between / freedom / total as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
    }

    #[test]
    fn a_textbook_sample_has_its_textbook_interval() {
        // Law, *Simulation Modeling and Analysis*, 5th ed., example 4.27: ten normal observations,
        // mean 1.34, S²(10) = 0.17, 90 % interval 1.34 ± 0.24.
        let values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09];
        let estimate = Estimate::of(&values, 0.90).unwrap();
        assert!((estimate.mean - 1.34).abs() < 0.005);
        assert!((estimate.sd * estimate.sd - 0.17).abs() < 0.005);
        assert!((estimate.half_width - 0.24).abs() < 0.005);
    }

    #[test]
    fn undefined_values_are_left_out() {
        let estimate = Estimate::of(&[1.0, f64::NAN, 3.0], 0.95).unwrap();
        assert_eq!((estimate.mean, estimate.min, estimate.max), (2.0, 1.0, 3.0));
        assert_eq!(Estimate::of(&[f64::NAN], 0.95), None);
        assert_eq!(Estimate::of(&[], 0.95), None);
    }

    #[test]
    fn one_value_has_no_known_error() {
        let estimate = Estimate::of(&[7.0], 0.95).unwrap();
        assert_eq!((estimate.mean, estimate.q05, estimate.q95), (7.0, 7.0, 7.0));
        assert!(estimate.half_width.is_nan() && estimate.sd.is_nan());
    }

    #[test]
    fn equal_values_have_no_error_at_all() {
        let estimate = Estimate::of(&[0.1; 7], 0.95).unwrap();
        assert_eq!((estimate.mean, estimate.sd, estimate.half_width), (0.1, 0.0, 0.0));
    }

    #[test]
    fn clusters_count_as_one_observation_each() {
        // By hand: cluster means 11, 21, 14, 31, so MSB = 3 · (8.25² + 1.75² + 5.25² + 11.75²) / 3 = 236.75;
        // t(0.975, 3) = 3.182446305 from a table.
        let values = [10.0, 12.0, 11.0, 20.0, 19.0, 24.0, 15.0, 14.0, 13.0, 30.0, 33.0, 30.0];
        let estimate = Estimate::clustered(&values, 3, 0.95).unwrap();
        close(estimate.half_width, 3.182_446_305_284_263 * (236.75_f64 / 12.0).sqrt());
        close(estimate.mean, 19.25);
    }

    #[test]
    fn clusters_of_one_are_independent_replications() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0];
        let apart = Estimate::of(&values, 0.95).unwrap();
        close(apart.half_width, student::two_sided(0.95, 4.0) * apart.sd / 5.0_f64.sqrt());
    }
}
