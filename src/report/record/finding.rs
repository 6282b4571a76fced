//! One row of a record, judged.

use super::super::Variant;
use crate::experiment::Figure;
use crate::legend::record::{Record, Row};
use crate::legend::{OutcomeName, OutcomeUnit};
use crate::stats::{Estimate, quantile};

/// The band of futures that is shown: from the 10 % to the 90 % quantile.
const BAND: [f64; 2] = [0.1, 0.9];

/// How a row came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The model's mean lies in the span of the published figures, or beyond it by no more than the tolerance.
    Hit,
    /// It lies further beyond.
    Miss,
    /// Nothing is published, the row asks for no verdict, or the model does not say.
    Open,
}

impl Verdict {
    /// As in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Open => "no verdict",
        }
    }
}

/// A row with what the model says.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// What was published.
    pub row: &'a Row,
    /// What the outcome is called.
    pub name: &'a OutcomeName,
    /// What it is counted in.
    pub unit: OutcomeUnit,
    /// The model's mean with its Monte Carlo error; `None` where it is undefined in all futures.
    pub estimate: Option<Estimate>,
    /// Standard error of that mean; NaN where one future leaves it unknown.
    pub error: f64,
    /// 10 % and 90 % quantile of the futures; NaN without an estimate.
    pub band: [f64; 2],
    /// Least and greatest published figure.
    pub span: Option<[f64; 2]>,
    /// How far the mean lies beyond the span, as a share of the nearer end, with its sign; 0 within.
    pub off: Option<f64>,
    /// Whether the band and the span have a number in common.
    pub covers: Option<bool>,
    /// How it came out.
    pub verdict: Verdict,
    /// Whether the Monte Carlo error leaves the verdict open.
    pub close: bool,
}

/// All rows of a record, in order.
pub fn findings<'a>(record: &'a Record, variant: &Variant<'a>) -> Vec<Finding<'a>> {
    record.rows.iter().filter_map(|row| finding(row, variant)).collect()
}

fn finding<'a>(row: &'a Row, variant: &Variant<'a>) -> Option<Finding<'a>> {
    let name = variant.legend.outcomes.get(row.outcome)?;
    let figure = Figure::Measure(row.outcome);
    let estimate = variant.estimate(figure);
    let mut sorted: Vec<f64> = variant.values(figure).into_iter().filter(|value| !value.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let clusters = sorted.len().div_ceil(variant.outcome.per_cluster.max(1));
    let error = estimate.map_or(f64::NAN, |estimate| estimate.standard_error(clusters as f64 - 1.0));
    let band = if sorted.is_empty() { [f64::NAN; 2] } else { BAND.map(|p| quantile(&sorted, p)) };
    let span = span(&row.published);
    let off = span.zip(estimate).map(|(span, estimate)| beyond(estimate.mean, span));
    let judged = off.filter(|_| row.judged);
    let verdict = match judged {
        Some(off) if off.abs() <= row.tolerance => Verdict::Hit,
        Some(_) => Verdict::Miss,
        None => Verdict::Open,
    };
    let close = judged.is_some()
        && span
            .zip(estimate)
            .is_some_and(|(span, estimate)| is_close(&estimate, span, row.tolerance, verdict));
    let covers = span.filter(|_| !sorted.is_empty()).map(|[low, high]| band[0] <= high && low <= band[1]);
    Some(Finding { row, name, unit: name.unit, estimate, error, band, span, off, covers, verdict, close })
}

fn span(published: &[f64]) -> Option<[f64; 2]> {
    let first = *published.first()?;
    Some(published.iter().fold([first; 2], |[low, high], &figure| [low.min(figure), high.max(figure)]))
}

/// Whether the interval of the mean holds numbers that are a hit and numbers that are none.
fn is_close(estimate: &Estimate, [low, high]: [f64; 2], tolerance: f64, verdict: Verdict) -> bool {
    let (least, most) = (low * (1.0 - tolerance), high * (1.0 + tolerance));
    let interval = [estimate.mean - estimate.half_width, estimate.mean + estimate.half_width];
    match verdict {
        Verdict::Hit => interval[0] < least || interval[1] > most,
        _ => interval[0] <= most && interval[1] >= least,
    }
}

/// How far `mean` lies beyond a span, as a share of its nearer end; infinite beyond an end of nothing.
fn beyond(mean: f64, [low, high]: [f64; 2]) -> f64 {
    if mean < low {
        (mean - low) / low
    } else if mean > high {
        (mean - high) / high
    } else {
        0.0
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::super::sample::{self, Sample};
    use super::*;
    use crate::legend::record::Role;

    /// A row about the first outcome of the sample.
    pub(in super::super) fn row(published: &[f64]) -> Row {
        Row {
            name: "end".to_owned(),
            outcome: 0,
            published: published.to_vec(),
            tolerance: 0.15,
            role: Role::Predicted,
            known_until: None,
            youngest: None,
            judged: true,
            source: None,
            miss: None,
            note: None,
        }
    }

    fn judge(row: Row, sample: &Sample) -> (Verdict, Option<f64>, Option<bool>, bool) {
        let record = Record { rows: vec![row], ..Record::default() };
        let found = &findings(&record, &sample.variant("record"))[0];
        (found.verdict, found.off, found.covers, found.close)
    }

    #[test]
    fn a_miss_is_beyond_the_span_by_more_than_the_tolerance() {
        // 11 futures 95, 96 … 105: mean 100, 80 % band 96 to 104.
        let sample = sample::with_outcome(11, |number| 95.0 + number as f64);
        assert_eq!(judge(row(&[100.0]), &sample), (Verdict::Hit, Some(0.0), Some(true), false));
        assert_eq!(judge(row(&[90.0, 130.0]), &sample), (Verdict::Hit, Some(0.0), Some(true), false));
        assert_eq!(judge(row(&[80.0, 50.0]), &sample), (Verdict::Miss, Some(0.25), Some(false), false));
        assert_eq!(judge(row(&[125.0, 200.0]), &sample), (Verdict::Miss, Some(-0.2), Some(false), false));
        // Just within the tolerance: 100 is 15 % below 117.6, and the error of 2.2 could turn it.
        assert_eq!(judge(row(&[100.0 / 0.851]), &sample).0, Verdict::Hit);
        assert!(judge(row(&[100.0 / 0.851]), &sample).3);
        let strict = Row { tolerance: 0.0, ..row(&[99.0]) };
        assert_eq!(judge(strict, &sample), (Verdict::Miss, Some(1.0 / 99.0), Some(true), true));
    }

    #[test]
    fn without_a_figure_there_is_no_verdict() {
        let mut sample = sample::with_outcome(3, |_| 7.0);
        assert_eq!(judge(row(&[]), &sample), (Verdict::Open, None, None, false));
        let shown = Row { judged: false, ..row(&[9.0]) };
        assert_eq!(judge(shown, &sample), (Verdict::Open, Some(-2.0 / 9.0), Some(false), false));
        sample.set(Figure::Measure(0), |_| f64::NAN);
        assert_eq!(judge(row(&[9.0]), &sample), (Verdict::Open, None, None, false));
    }

    #[test]
    fn above_nothing_is_a_miss() {
        let sample = sample::with_outcome(3, |_| 7.0);
        assert_eq!(judge(row(&[0.0]), &sample), (Verdict::Miss, Some(f64::INFINITY), Some(false), false));
    }
}
