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

    /// The word for it in tables: the currency, or the word of the document.
    pub(in crate::report) fn word(&self) -> &str {
        match self {
            Self::Cases => "cases",
            Self::Persons => "persons",
            Self::Days => "days",
            Self::Share => "share",
            Self::Money(currency) => currency,
            Self::Servers => "servers",
            Self::Number => "number",
        }
    }
}

/// A mean over futures with its two intervals, which never share a name: the Monte Carlo error of the mean and
/// the range of futures. All are kept to a hundredth of the standard error.
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
        let error = defined(estimate.standard_error(clusters as f64 - 1.0));
        let kept = Kept::beside(error);
        let [q10, q90] = [0.1, 0.9].map(|p| crate::stats::quantile(&sorted, p));
        Some(Self {
            mean: kept.of(estimate.mean),
            half_width: defined(estimate.half_width).map(|half| kept.of(half)),
            error: error.map(|error| Kept { decade: kept.decade - 3 }.of(error)),
            q05: kept.of(estimate.q05),
            q10: kept.of(q10),
            q25: kept.of(estimate.q25),
            q50: kept.of(estimate.q50),
            q75: kept.of(estimate.q75),
            q90: kept.of(q90),
            q95: kept.of(estimate.q95),
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
    /// The numbers of a fan: whole from a hundred on, as they count cases and persons, and to hundredths below.
    pub(in crate::report) fn of(fan: &Fan) -> Self {
        const WHOLE_FROM: f64 = 100.0;
        let kept = |value: f64| Kept { decade: if value.abs() < WHOLE_FROM { -2 } else { 0 } }.of(value);
        let band = |values: &[f64]| values.iter().map(|&value| defined(value).map(kept)).collect();
        let [q05, q25, q50, q75, q95] = fan.quantiles.each_ref().map(|values| band(values));
        Self { mean: band(&fan.mean), q05, q25, q50, q75, q95 }
    }
}

/// Which digits of a number are kept: those down to a power of ten.
#[derive(Debug, Clone, Copy)]
struct Kept {
    decade: i32,
}

impl Kept {
    /// Digits beyond a hundredth of the standard error say nothing, and a document is carried around; without an
    /// error all are kept.
    fn beside(error: Option<f64>) -> Self {
        const ALL: i32 = -17;
        let error = error.filter(|&error| error > 0.0);
        Self { decade: error.map_or(ALL, |error| libm::log10(error).floor() as i32 - 2).max(ALL) }
    }

    fn of(self, value: f64) -> f64 {
        let unit = libm::exp10(f64::from(self.decade.abs())).round();
        let kept =
            if self.decade < 0 { (value * unit).round() / unit } else { (value / unit).round() * unit };
        // A number that is too large or too small for its unit stays as it is; there is no negative nothing.
        if kept.is_finite() && self.decade > -16 { kept + 0.0 } else { value }
    }
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
        assert_eq!(spread.error, Some(2.915_48));
        assert_eq!(Spread::of(&[f64::NAN], 1, 0.95), None);
        assert_eq!(Spread::of(&[3.0], 1, 0.95).unwrap().half_width, None);
    }

    #[test]
    fn digits_beyond_a_hundredth_of_the_error_are_left_out() {
        // s² of 1000/7 and 1003/7 is (3/7)²/2, their s.e. 0.214: kept are thousandths.
        let spread = Spread::of(&[1000.0 / 7.0, 1003.0 / 7.0], 1, 0.95).unwrap();
        assert_eq!((spread.mean, spread.q05, spread.error), (143.071, 142.879, Some(0.214_286)));
        let constant = Spread::of(&[1.0 / 3.0; 5], 1, 0.95).unwrap();
        assert_eq!((constant.mean, constant.error), (1.0 / 3.0, Some(0.0)));
        assert_eq!(Spread::of(&[1.0 / 3.0], 1, 0.95).unwrap().mean, 1.0 / 3.0);
        let fan = Fan { mean: vec![1234.5, 99.456, -0.001, f64::NAN], quantiles: Default::default() };
        assert_eq!(Series::of(&fan).mean, [Some(1235.0), Some(99.46), Some(0.0), None]);
    }
}
