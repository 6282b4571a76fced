//! How far apart the quantiles of two paired samples are.

use super::quantile::quantile;
use crate::random::{Address, Streams, key};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// Resamples of the bootstrap.
const RESAMPLES: u64 = 2_000;
/// Clusters from which on a resample says anything of quantiles between 10 and 90 %.
const LEAST: usize = 20;
const RESAMPLE: u64 = key("difference of quantiles: resample");

/// A quantile of one sample less that of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileDifference {
    /// Which quantile, in (0, 1).
    pub p: f64,
    /// The difference.
    pub difference: f64,
    /// Its interval; NaN where there are too few replications to tell.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The resamples that all differences of a comparison are held against: how often each cluster of replications is
/// drawn.
///
/// Pairs stay together, and so do the replications of a cluster, which share their parameters (bootstrap of pairs:
/// Efron & Tibshirani 1993, "An Introduction to the Bootstrap", chapters 8 and 13). Which clusters are drawn depends on
/// their number alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Resamples {
    times: Vec<Vec<u16>>,
    per_cluster: usize,
}

impl Resamples {
    /// For `replications` in clusters of `per_cluster`.
    pub fn new(replications: usize, per_cluster: usize) -> Self {
        let per_cluster = per_cluster.max(1);
        let clusters = replications.div_ceil(per_cluster);
        let drawn = if clusters < LEAST { 0 } else { RESAMPLES };
        let streams = Streams::new(0, 0);
        Self { times: (0..drawn).map(|number| resample(&streams, number, clusters)).collect(), per_cluster }
    }

    /// The differences ours − theirs of the quantiles at `probabilities`, which ascend, with percentile intervals
    /// at confidence `level`. Pairs with a NaN are left out; `None` where none is left.
    pub fn differences(
        &self,
        ours: &[f64],
        theirs: &[f64],
        probabilities: &[f64],
        level: f64,
    ) -> Option<Vec<QuantileDifference>> {
        let defined = |(place, (a, b)): (usize, (&f64, &f64))| {
            (!(a - b).is_nan()).then_some((place / self.per_cluster, *a, *b))
        };
        let pairs: Vec<(usize, f64, f64)> = ours.iter().zip(theirs).enumerate().filter_map(defined).collect();
        let ordered = |of: fn(&(usize, f64, f64)) -> f64| {
            let mut all: Vec<(f64, usize)> = pairs.iter().map(|pair| (of(pair), pair.0)).collect();
            all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            all
        };
        let (ours, theirs) = (ordered(|pair| pair.1), ordered(|pair| pair.2));
        if pairs.is_empty() {
            return None;
        }
        // Where no pair is left out, and clusters are of one size, every resample has as many values as there are.
        let whole = self.times.first().is_some_and(|times| times.len() * self.per_cluster == pairs.len());
        // Whoever is the same in every pair needs no resample to be known to be.
        let same = pairs.iter().all(|(_, a, b)| a.to_bits() == b.to_bits());
        let of_resample = |times: &Vec<u16>| -> Vec<f64> {
            if same {
                return vec![0.0; probabilities.len()];
            }
            let total = if whole { pairs.len() as u64 } else { drawn(&ours, times) };
            let [a, b] = [&ours, &theirs].map(|sample| weighted(sample, (times, total), probabilities));
            a.into_iter().zip(b).map(|(a, b)| a - b).collect()
        };
        let found: Vec<Vec<f64>> = self.times.par_iter().map(of_resample).collect();
        let at = |place: usize| found.iter().map(|resample| resample[place]).collect();
        let resampled: Vec<Vec<f64>> = (0..probabilities.len()).map(at).collect();
        let plain = |sample: &[(f64, usize)], p| {
            quantile(&sample.iter().map(|(value, _)| *value).collect::<Vec<_>>(), p)
        };
        let found = |(&p, mut differences): (&f64, Vec<f64>)| {
            let (low, high) = interval(&mut differences, level);
            QuantileDifference { p, difference: plain(&ours, p) - plain(&theirs, p), low, high }
        };
        Some(probabilities.iter().zip(resampled).map(found).collect())
    }
}

/// How often each cluster is in a resample of as many clusters as there are.
fn resample(streams: &Streams, number: u64, clusters: usize) -> Vec<u16> {
    let mut times = vec![0; clusters];
    for block in 0..clusters.div_ceil(4) as u64 {
        let address = Address { entity: block, stream: RESAMPLE, purpose: number, ordinal: 0 };
        let left = clusters - 4 * block as usize;
        for &word in streams.block(address).iter().take(left) {
            // The high half of a product of 128 bits: even to within 2⁻⁴⁰ for any number of clusters there can be.
            let drawn = (u128::from(word) * clusters as u128) >> 64;
            times[drawn as usize] += 1;
        }
    }
    times
}

/// How many values of a sample a resample has.
fn drawn(sample: &[(f64, usize)], times: &[u16]) -> u64 {
    sample.iter().map(|(_, cluster)| u64::from(times[*cluster])).sum()
}

/// Quantiles of type 7 of `total` values of a sample in ascending order, in which each value stands as often as its cluster was drawn.
fn weighted(sample: &[(f64, usize)], (times, total): (&[u16], u64), probabilities: &[f64]) -> Vec<f64> {
    let mut walk = sample.iter().map(|(value, cluster)| (*value, u64::from(times[*cluster])));
    // The value that holds the ranks below `passed`.
    let (mut value, mut passed) = (f64::NAN, 0);
    let mut at = |rank: u64| {
        while passed <= rank {
            let Some((next, often)) = walk.next() else { break };
            if often > 0 {
                (value, passed) = (next, passed + often);
            }
        }
        value
    };
    let mut before = (u64::MAX, f64::NAN);
    let mut of = |p: f64| {
        let place = p * total.saturating_sub(1) as f64;
        let below = place as u64;
        // Two quantiles may lie between the same two ranks.
        let low = if before.0 == below { before.1 } else { at(below) };
        before = (below, low);
        let share = place - below as f64;
        if share > 0.0 { low + share * (at(below + 1) - low) } else { low }
    };
    probabilities.iter().map(|&p| of(p)).collect()
}

fn interval(differences: &mut [f64], level: f64) -> (f64, f64) {
    if differences.is_empty() {
        return (f64::NAN, f64::NAN);
    }
    differences.sort_unstable_by(f64::total_cmp);
    let tail = 0.5 * (1.0 - level);
    (quantile(differences, tail), quantile(differences, 1.0 - tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::unit;
    use crate::stats::normal;

    const THREE: [f64; 3] = [0.1, 0.5, 0.9];

    #[test]
    fn weighted_quantiles_are_those_of_the_sample_written_out() {
        let sample = [(1.0, 0), (2.0, 1), (4.0, 2), (8.0, 0), (9.0, 3)];
        let times = [2, 0, 1, 3];
        // Cluster 0 twice, 1 never, 2 once, 3 three times.
        let written = [1.0, 1.0, 4.0, 8.0, 8.0, 9.0, 9.0, 9.0];
        for probabilities in [[0.0, 0.1, 0.3], [0.31, 0.32, 0.5], [0.6, 0.99, 1.0]] {
            let expected = probabilities.map(|p| quantile(&written, p));
            assert_eq!(weighted(&sample, (&times, drawn(&sample, &times)), &probabilities), expected);
        }
    }

    #[test]
    fn a_shift_is_found_exactly_and_ties_do_not_matter() {
        let theirs: Vec<f64> = (0..100).map(|number| f64::from(number * 37 % 100)).collect();
        let ours: Vec<f64> = theirs.iter().map(|value| value + 5.0).collect();
        let found = Resamples::new(100, 2).differences(&ours, &theirs, &THREE, 0.95).unwrap();
        for one in found {
            // To the rounding of an interpolation.
            assert!(
                [one.difference, one.low, one.high].iter().all(|found| (found - 5.0).abs() < 1e-12),
                "{one:?}"
            );
        }
        let none = Resamples::new(100, 2).differences(&[f64::NAN], &[1.0], &THREE, 0.95);
        assert_eq!(none, None);
    }

    #[test]
    fn too_few_replications_have_no_interval() {
        let values: Vec<f64> = (0..19).map(f64::from).collect();
        let doubled: Vec<f64> = values.iter().map(|value| 2.0 * value).collect();
        let found = Resamples::new(19, 1).differences(&doubled, &values, &[0.5], 0.95).unwrap();
        assert!(found[0].low.is_nan() && found[0].high.is_nan());
        assert_eq!(found[0].difference, 9.0);
    }

    #[test]
    fn the_interval_covers_as_often_as_it_says() {
        // X normal, Y = X/2 + normal/2, paired: the 90 % quantiles are 1.28155 and 1.28155·√½ apart. 300 trials of 100 pairs: at
        // 95 % coverage fewer than 268 or all 300 hits have a risk below 10⁻⁴ and 2·10⁻⁷.
        const TRIALS: u64 = 300;
        let truth = 1.281_551_565_5 * (1.0 - 0.5_f64.sqrt());
        let resamples = Resamples::new(100, 1);
        let normal = |word: u64| -normal::upper_quantile(unit(word));
        let covers = |trial: u64| {
            let draw = |entity: u64| {
                let address = Address { entity, stream: 1, purpose: trial, ordinal: 7 };
                let words = Streams::new(5, 1).block(address);
                let (x, other) = (normal(words[0]), normal(words[1]));
                (x, 0.5 * x + 0.5 * other)
            };
            let (ours, theirs): (Vec<f64>, Vec<f64>) = (0..100).map(draw).unzip();
            let found = resamples.differences(&ours, &theirs, &[0.9], 0.95).unwrap()[0];
            (found.low..=found.high).contains(&truth)
        };
        let hits = (0..TRIALS).filter(|&trial| covers(trial)).count();
        assert!((268..300).contains(&hits), "{hits} of {TRIALS}");
    }
}
