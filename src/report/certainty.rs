//! What the spread of a figure over futures is made of: chance, and inputs that are not known exactly.

use super::Variant;
use crate::stats::{FirstOrder, RankCorrelations, Ranked, VarianceShares};

/// Draws from which on it is said which inputs drive a figure.
const LEAST_DRAWS: usize = 20;
/// Inputs that are named for a figure.
const NAMED: usize = 5;

/// How much of the variance of a figure comes from inputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct InputShare {
    /// 0 to 1; the rest is chance.
    pub(super) share: f64,
    /// Its interval at the level of the outcome.
    pub(super) interval: (f64, f64),
}

/// An input that drives a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Driving {
    /// Its number among the inputs of the legend.
    pub(super) input: usize,
    /// Its first-order index.
    pub(super) index: FirstOrder,
    /// Its partial rank correlation.
    pub(super) correlation: Option<f64>,
}

/// The share of the inputs in the variance of `values`, one a future; `None` where inputs keep their values, a
/// value is undefined, or nothing varies.
pub(super) fn input_share(variant: &Variant, values: &[f64]) -> Option<InputShare> {
    let (per_cluster, level) = (variant.outcome.per_cluster, variant.outcome.level);
    let found = VarianceShares::of(values, per_cluster)?;
    let interval = found.interval(values.len() / per_cluster, per_cluster, level);
    (!found.share.is_nan()).then_some(InputShare { share: found.share, interval })
}

/// The inputs of a variant, ranked once for all its figures.
pub(super) struct Inputs {
    ranked: Vec<(usize, Ranked)>,
    correlations: RankCorrelations,
    draws: usize,
    per_cluster: usize,
}

impl Inputs {
    /// `None` where inputs keep their values, or there are too few draws to say anything.
    pub(super) fn of(variant: &Variant) -> Option<Self> {
        let (outcome, per_cluster) = (variant.outcome, variant.outcome.per_cluster);
        let draws = outcome.replications.len() / per_cluster.max(1);
        if draws < LEAST_DRAWS {
            return None;
        }
        let varies = |values: &[f64]| values.iter().any(|value| value.total_cmp(&values[0]).is_ne());
        let kept: Vec<(usize, Vec<f64>)> = (outcome.inputs.iter().enumerate())
            .map(|(number, values)| (number, values[..draws.min(values.len())].to_vec()))
            .filter(|(_, values)| values.len() == draws && varies(values))
            .collect();
        let values: Vec<Vec<f64>> = kept.iter().map(|(_, values)| values.clone()).collect();
        let ranked = kept.iter().map(|(number, values)| (*number, Ranked::new(values))).collect();
        (!kept.is_empty()).then(|| Self {
            ranked,
            correlations: RankCorrelations::new(&values),
            draws,
            per_cluster,
        })
    }

    /// The inputs that drive `values`, one a future, the strongest first; those that explain nothing are left out.
    pub(super) fn drivers(&self, values: &[f64]) -> Vec<Driving> {
        let means: Vec<f64> = (values.chunks_exact(self.per_cluster))
            .take(self.draws)
            .map(|cluster| cluster.iter().sum::<f64>() / self.per_cluster as f64)
            .collect();
        if means.len() < self.draws || means.iter().any(|mean| mean.is_nan()) {
            return Vec::new();
        }
        let correlations = self.correlations.with(&means);
        let mut found: Vec<(f64, usize)> = (self.ranked.iter().enumerate())
            .map(|(place, (_, ranked))| (ranked.index(&means), place))
            .filter(|(index, _)| *index > 0.0)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let driving = |(_, place): (f64, usize)| Driving {
            input: self.ranked[place].0,
            index: self.ranked[place].1.first_order(&means),
            correlation: correlations.as_ref().map(|all| all[place]),
        };
        // An index no larger than its error is nothing.
        let clear = |found: &Driving| found.index.share > found.index.error;
        found.into_iter().take(NAMED).map(driving).filter(clear).collect()
    }
}

/// Differences from the baseline, future by future.
pub(super) fn differences(ours: &[f64], theirs: &[f64]) -> Vec<f64> {
    ours.iter().zip(theirs).map(|(ours, theirs)| ours - theirs).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::experiment::Figure;

    /// Forty draws of two futures: the first outcome follows the first input, and a little chance.
    fn drawn() -> sample::Sample {
        let mut now = sample::with_outcome(80, |number| {
            let draw = number / 2;
            100.0 * (draw * 7 % 40) as f64 + 150.0 * (number * 13 % 5) as f64
        });
        now.outcome.per_cluster = 2;
        now.outcome.inputs = vec![
            (0..40).map(|draw| f64::from(draw * 7 % 40)).collect(),
            (0..40).map(|draw| f64::from(draw * 11 % 40)).collect(),
            vec![3.0; 40],
        ];
        now
    }

    #[test]
    fn the_input_that_drives_a_figure_comes_first() {
        let now = drawn();
        let variant = now.variant("now");
        let values = variant.values(Figure::Measure(0));
        let share = input_share(&variant, &values).expect("inputs vary");
        assert!(share.share > 0.9 && share.interval.0 > 0.8 && share.interval.1 <= 1.0, "{share:?}");
        let drivers = Inputs::of(&variant).expect("enough draws").drivers(&values);
        assert_eq!(drivers[0].input, 0);
        assert!(drivers[0].index.share > 0.8 && drivers[0].correlation.expect("known") > 0.9, "{drivers:?}");
        assert!(drivers.iter().all(|driver| driver.input != 2));
    }

    #[test]
    fn without_draws_nothing_is_said() {
        let now = sample::with_outcome(80, |number| number as f64);
        let variant = now.variant("now");
        assert_eq!(input_share(&variant, &variant.values(Figure::Measure(0))), None);
        assert!(Inputs::of(&variant).is_none());
    }
}
