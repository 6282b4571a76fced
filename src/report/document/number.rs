//! Numbers of a document: an estimate with its two intervals, a row of them, a band through time.

use super::super::Variant as View;
use super::super::fan::Fan;
use super::words::Words;
use crate::experiment::Figure;
use crate::legend::{Legend, OutcomeUnit};
use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Cases.
    Cases,
    /// Persons.
    Persons,
    /// Days.
    Days,
    /// A share of one.
    Share,
    /// Units of this currency.
    Money(String),
    /// Servers of a pool.
    Servers,
    /// A bare number.
    Number,
}

impl Unit {
    /// The unit of a figure of this kind.
    pub(in crate::report) fn of(kind: OutcomeUnit, legend: &Legend) -> Self {
        match kind {
            OutcomeUnit::Cases => Self::Cases,
            OutcomeUnit::Persons => Self::Persons,
            OutcomeUnit::Days => Self::Days,
            OutcomeUnit::Share => Self::Share,
            OutcomeUnit::Money => Self::Money(legend.currency.clone().unwrap_or_default()),
            OutcomeUnit::Ratio => Self::Number,
        }
    }
}

/// A mean over futures with its two intervals, which never share a name: the Monte Carlo error of the mean and
/// the range of futures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spread {
    /// Mean over futures.
    pub mean: f64,
    /// Half-width of the confidence interval of the mean; absent where one future leaves it unknown.
    pub half_width: Option<f64>,
    /// Standard error of the mean, which says how many digits are shown.
    pub error: Option<f64>,
    /// 5 % quantile of the futures.
    pub q05: f64,
    /// 10 %.
    pub q10: f64,
    /// 25 %.
    pub q25: f64,
    /// Median.
    pub q50: f64,
    /// 75 %.
    pub q75: f64,
    /// 90 %.
    pub q90: f64,
    /// 95 %.
    pub q95: f64,
    /// Futures in which the number is defined.
    pub futures: usize,
}

/// A number that is defined.
pub(super) fn defined(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

impl Spread {
    /// Of values in clusters of `per_cluster` futures that share their inputs; NaN are left out.
    pub fn of(values: &[f64], per_cluster: usize, level: f64) -> Option<Self> {
        let estimate = Estimate::clustered(values, per_cluster, level)?;
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        defined(estimate.mean)?;
        let clusters = sorted.len().div_ceil(per_cluster.max(1));
        Some(Self {
            mean: estimate.mean,
            half_width: defined(estimate.half_width),
            error: defined(estimate.standard_error(clusters as f64 - 1.0)),
            q05: estimate.q05,
            q10: crate::stats::quantile(&sorted, 0.1),
            q25: estimate.q25,
            q50: estimate.q50,
            q75: estimate.q75,
            q90: crate::stats::quantile(&sorted, 0.9),
            q95: estimate.q95,
            futures: sorted.len(),
        })
    }

    /// Of a figure of a variant.
    pub(in crate::report) fn of_figure(view: &View<'_>, figure: Figure) -> Option<Self> {
        Self::of(&view.values(figure), view.outcome.per_cluster, view.outcome.level)
    }
}

/// A figure in every variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Row {
    /// Its path, as in the JSON of `run`.
    pub key: String,
    /// What it is.
    pub label: Words,
    /// What it counts.
    pub unit: Unit,
    /// For each variant; absent where the variant has no such figure, or no future has it defined.
    pub values: Vec<Option<Spread>>,
}

/// A figure of one variant through time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Series {
    /// Means at the dates.
    pub mean: Band,
    /// 5 % quantiles of the futures.
    pub q05: Band,
    /// 25 %.
    pub q25: Band,
    /// Medians.
    pub q50: Band,
    /// 75 %.
    pub q75: Band,
    /// 95 %.
    pub q95: Band,
}

/// One number a date.
pub type Band = Vec<Option<f64>>;

impl Series {
    /// The numbers of a fan, to seven digits: far beyond any Monte Carlo error, and short to write.
    pub(in crate::report) fn of(fan: &Fan) -> Self {
        let band = |values: &[f64]| values.iter().map(|&value| defined(value).map(seven_digits)).collect();
        let [q05, q25, q50, q75, q95] = fan.quantiles.each_ref().map(|values| band(values));
        Self { mean: band(&fan.mean), q05, q25, q50, q75, q95 }
    }
}

fn seven_digits(value: f64) -> f64 {
    const DIGITS: i32 = 7;
    if value == 0.0 {
        return 0.0;
    }
    let decimals = DIGITS - 1 - libm::log10(value.abs()).floor() as i32;
    let unit = libm::exp10(f64::from(decimals.abs())).round();
    if decimals > 0 { (value * unit).round() / unit } else { (value / unit).round() * unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_keeps_its_two_intervals_apart() {
        // Values 0 … 100: mean 50, s² = 101 · 102 / 12 = 858.5, s.e. = √(858.5 / 101) = 2.9155.
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        let spread = Spread::of(&values, 1, 0.95).unwrap();
        assert_eq!((spread.mean, spread.q05, spread.q10, spread.q90), (50.0, 5.0, 10.0, 90.0));
        assert!((spread.error.unwrap() - 2.9155).abs() < 1e-3);
        assert_eq!(Spread::of(&[f64::NAN], 1, 0.95), None);
        assert_eq!(Spread::of(&[3.0], 1, 0.95).unwrap().half_width, None);
    }

    #[test]
    fn seven_digits_are_kept() {
        let found = [1_234_567.5, 0.123_456_789, 0.0, 12_345_678.0, -1000.0 / 3.0].map(seven_digits);
        assert_eq!(found, [1_234_568.0, 0.123_456_8, 0.0, 12_345_680.0, -333.333_3]);
    }
}
