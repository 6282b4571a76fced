//! Lengths of time in a fluid: how much of what sets out in one step comes out in which later one.

use crate::random::Variate;

/// Equally probable lengths that a law is replaced by.
const POINTS: usize = 32;

/// A length of time in steps.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lag {
    /// Each part leaves at a constant hazard: the part of a content that is still there a step later, and the part
    /// of what comes evenly through a step that leaves within it.
    Exponential { keep: f64, first: f64 },
    /// So many steps later, so much of it.
    Spread(Vec<(usize, f64)>),
}

impl Lag {
    /// The lag of a law over steps of `step` seconds. What sets out evenly through a step comes out evenly, too: a
    /// length of 2.3 steps ends in the second later step for 70 % and in the third for the rest. After `most` steps the run
    /// is over, and longer lengths are as long.
    pub(super) fn new(law: &Variate, step: f64, most: usize) -> Self {
        if let Variate::Exponential { mean } = law {
            let keep = libm::exp(-step / mean);
            return Self::Exponential { keep, first: 1.0 - (1.0 - keep) * mean / step };
        }
        let mut spread: Vec<(usize, f64)> = Vec::new();
        let lengths = points(law);
        let weight = 1.0 / lengths.len() as f64;
        let mut add = |steps: usize, weight: f64| match spread.last_mut() {
            Some((last, sum)) if *last == steps => *sum += weight,
            _ => spread.push((steps, weight)),
        };
        for length in lengths {
            let steps = (length / step).min(most as f64);
            let part = steps - steps.floor();
            add(steps as usize, weight * (1.0 - part));
            add(steps as usize + 1, weight * part);
        }
        spread.sort_by_key(|&(steps, _)| steps);
        spread.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        Self::Spread(spread)
    }
}

/// Equally probable lengths in place of a law, with its mean \[s\].
pub(super) fn points(law: &Variate) -> Vec<f64> {
    if let Variate::Constant(length) = law {
        return vec![*length];
    }
    let middle = |point: usize| law.quantile((point as f64 + 0.5) / POINTS as f64);
    let mut all: Vec<f64> = (0..POINTS).map(middle).collect();
    let mean = all.iter().sum::<f64>() / POINTS as f64;
    // A long tail beyond the last point belongs to the mean.
    let factor = if mean > 0.0 { law.mean() / mean } else { 1.0 };
    for length in &mut all {
        *length *= factor;
    }
    all
}

/// Service with a server: what one start takes of the server's time, in its own step and in those after it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Service {
    /// Server-seconds in the step of the start.
    pub(super) now: f64,
    /// Server-seconds in each later step.
    pub(super) later: Vec<f64>,
    /// When it ends.
    pub(super) lag: Lag,
}

impl Service {
    pub(super) fn new(law: &Variate, step: f64, most: usize) -> Self {
        let lengths = points(law);
        let weight = 1.0 / lengths.len() as f64;
        let longest = lengths.iter().copied().fold(0.0, f64::max);
        let taken = |later: usize| -> f64 {
            lengths.iter().map(|length| (length - later as f64 * step).clamp(0.0, step) * weight).sum()
        };
        let later = (1..=((longest / step) as usize).min(most)).map(taken).collect();
        let spread = match law {
            // With a server every law is taken by its points: occupancy and ends must agree.
            Variate::Exponential { .. } => spread_of(&lengths, step, most),
            other => Lag::new(other, step, most),
        };
        Self { now: taken(0), later, lag: spread }
    }
}

fn spread_of(lengths: &[f64], step: f64, most: usize) -> Lag {
    Lag::new(&Variate::Empirical(lengths.into()), step, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_keeps_the_whole_and_the_mean() {
        for law in [Variate::gamma(10.0, 0.5), Variate::lognormal(10.0, 1.5), Variate::constant(10.0)] {
            let Lag::Spread(spread) = Lag::new(&law.expect("a law"), 1.0, 10_000) else { panic!("points") };
            let whole: f64 = spread.iter().map(|(_, weight)| weight).sum();
            let mean: f64 = spread.iter().map(|&(steps, weight)| steps as f64 * weight).sum();
            assert!((whole - 1.0).abs() < 1e-12 && (mean - 10.0).abs() < 1e-9, "{whole} {mean}");
        }
    }

    #[test]
    fn what_outlasts_the_run_ends_with_it() {
        let law = Variate::exponential(1e300).expect("a law");
        let service = Service::new(&law, 1.0, 100);
        assert_eq!((service.now, service.later), (1.0, vec![1.0; 100]));
        let Lag::Spread(spread) = service.lag else { panic!("points") };
        assert!(spread.iter().all(|&(steps, _)| steps >= 100));
    }

    #[test]
    fn service_takes_its_mean_of_the_server() {
        for (mean, step) in [(0.1, 1.0), (3.5, 1.0), (40.0, 1.0)] {
            let service = Service::new(&Variate::exponential(mean).expect("a law"), step, 10_000);
            let taken = service.now + service.later.iter().sum::<f64>();
            assert!((taken / mean - 1.0).abs() < 1e-9, "{taken} of {mean}");
        }
    }
}
