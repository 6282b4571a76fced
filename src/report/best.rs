//! Which of several variants is best, and which could be.

use super::Variant;
use super::pairing::counterpart;
use crate::experiment::Figure;
use crate::legend::Better;
use crate::stats::{could_be_best, wilson_share};

/// One of the figure's values in every future, of each variant, with the sign that makes the greatest the best.
fn signed(views: &[Variant<'_>], figure: Figure, better: Better) -> Vec<Vec<f64>> {
    let sign = if better == Better::Lower { -1.0 } else { 1.0 };
    let own = |view: &Variant<'_>| {
        counterpart(view, &views[0], figure).map_or_else(Vec::new, |own| view.values(own))
    };
    views.iter().map(|view| own(view).into_iter().map(|value| sign * value).collect()).collect()
}

/// For each variant, whether it could be the best on average at the level of the outcome: subset selection on cluster means.
///
/// A variant without the figure could not; where the error is unknown every one could.
pub(super) fn candidates(views: &[Variant<'_>], figure: Figure, better: Better) -> Vec<bool> {
    let outcome = views[0].outcome;
    let per_cluster = outcome.per_cluster.max(1);
    let means = |values: Vec<f64>| -> Vec<f64> {
        values.chunks(per_cluster).map(|cluster| cluster.iter().sum::<f64>() / cluster.len() as f64).collect()
    };
    let all: Vec<Vec<f64>> = signed(views, figure, better).into_iter().map(means).collect();
    let present: Vec<&[f64]> = all.iter().filter(|values| !values.is_empty()).map(Vec::as_slice).collect();
    let mut found = could_be_best(&present, outcome.level).into_iter();
    all.iter().map(|values| !values.is_empty() && found.next().unwrap_or(false)).collect()
}

/// How often a variant is better than the baseline: the share of futures with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Superiority {
    /// Share of the futures, those with a tie counted half.
    pub(super) share: f64,
    /// Wilson interval, of as many trials as there are draws of the inputs.
    pub(super) interval: (f64, f64),
    /// Share of the futures that are ties.
    pub(super) ties: f64,
}

impl Superiority {
    /// Of differences that are good where they are above zero; `None` where none is defined.
    pub(super) fn of(differences: &[f64], per_cluster: usize, level: f64) -> Option<Self> {
        let defined: Vec<f64> = differences.iter().copied().filter(|value| !value.is_nan()).collect();
        let whole = defined.len() as f64;
        let share = |is_it: fn(&&f64) -> bool| defined.iter().filter(is_it).count() as f64 / whole;
        let ties = share(|value| value.abs() <= 0.0);
        let above = share(|value| **value > 0.0) + 0.5 * ties;
        let trials = defined.len().div_ceil(per_cluster.max(1)) as f64;
        (!defined.is_empty()).then(|| Self {
            share: above,
            interval: wilson_share(above, trials, level),
            ties,
        })
    }
}

/// In which share of the futures each variant is the best; futures in which one has no such figure are left out.
pub(super) fn best(views: &[Variant<'_>], figure: Figure, better: Better) -> Vec<Option<f64>> {
    let values = signed(views, figure, better);
    let futures = values.iter().map(Vec::len).min().unwrap_or(0);
    let (mut parts, mut counted) = (vec![0.0; views.len()], 0_usize);
    for future in 0..futures {
        let row: Vec<f64> = values.iter().map(|values| values[future]).collect();
        if row.iter().any(|value| value.is_nan()) {
            continue;
        }
        counted += 1;
        let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let winners = row.iter().filter(|&&value| value >= top).count() as f64;
        for (part, value) in parts.iter_mut().zip(&row) {
            *part += if *value >= top { 1.0 / winners } else { 0.0 };
        }
    }
    parts.into_iter().map(|part| (counted > 0).then(|| part / counted as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_tie_counts_half_for_either() {
        let found = Superiority::of(&[1.0, 0.0, -2.0, 3.0, f64::NAN], 1, 0.95).unwrap();
        assert_eq!((found.share, found.ties), (0.625, 0.25));
        // Wilson of 62.5 % in 4: (0.625 + 0.4802 ± 1.96 √(0.0586 + 0.0600)) / 1.9604.
        assert!(
            (found.interval.0 - 0.2194).abs() < 1e-3 && (found.interval.1 - 0.9081).abs() < 1e-3,
            "{found:?}"
        );
        assert_eq!(Superiority::of(&[f64::NAN], 1, 0.95), None);
    }

    #[test]
    fn only_those_near_the_best_could_be_it() {
        let now = sample::with_outcome(50, |number| 1_000.0 + (number % 7) as f64);
        let near = sample::with_outcome(50, |number| 1_000.0 + (number % 5) as f64);
        let far = sample::with_outcome(50, |number| 1_500.0 + (number % 3) as f64);
        let views = [now.variant("now"), near.variant("near"), far.variant("far")];
        let of = |better| candidates(&views, Figure::Measure(0), better);
        assert_eq!(of(Better::Higher), [false, false, true]);
        assert!(!of(Better::Lower)[2] && of(Better::Lower)[1]);
    }
}
