//! When enough replications have been made.

use super::Estimate;

/// How small the half-width of a mean is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// A share of the mean, such as 0.01.
    Relative(f64),
    /// In the unit of the outcome.
    Absolute(f64),
}

/// Whether an estimate is as precise as asked.
///
/// The relative rule is h ≤ γ′ |Ȳ| with γ′ = γ / (1 + γ): then the error relative to the true mean, not to
/// the estimate, is at most γ at the level of the interval (Law, *Simulation Modeling and
/// Analysis*, 5th ed., §9.4.1). Its coverage is nominal: it looks at the data to decide when to stop.
pub fn reached(estimate: &Estimate, target: Target) -> bool {
    match target {
        Target::Relative(gamma) => estimate.half_width <= gamma / (1.0 + gamma) * estimate.mean.abs(),
        Target::Absolute(bound) => estimate.half_width <= bound,
    }
}

/// The numbers of replications at which precision is looked at: `min`, then each half as many again
/// (rounded up), and `max` as the last.
///
/// They depend on nothing but the two ends, so that the number of replications made does not
/// depend on the timing of threads.
pub fn checkpoints(min: usize, max: usize) -> impl Iterator<Item = usize> {
    let first = min.clamp(1, max.max(1));
    std::iter::successors(Some(first), move |&last| {
        (last < max).then(|| last.saturating_add(last.div_ceil(2)).min(max))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_grow_by_half() {
        // 50 · 1.5 = 75, 75 · 1.5 = 112.5, and so on, rounded up.
        assert_eq!(checkpoints(50, 400).collect::<Vec<_>>(), [50, 75, 113, 170, 255, 383, 400]);
        assert_eq!(checkpoints(50, 20).collect::<Vec<_>>(), [20]);
        assert_eq!(checkpoints(0, 3).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn the_relative_rule_is_about_the_true_mean() {
        let mut estimate = Estimate::of(&[99.0, 101.0], 0.95).unwrap();
        estimate.half_width = 1.0;
        // γ′ · 100 = 0.990… < 1 ≤ 100 · 0.011 / 1.011 = 1.088…
        assert!(!reached(&estimate, Target::Relative(0.01)));
        assert!(reached(&estimate, Target::Relative(0.011)));
        assert!(reached(&estimate, Target::Absolute(1.0)));
    }

    #[test]
    fn an_unknown_error_is_never_precise_enough() {
        let estimate = Estimate::of(&[1.0], 0.95).unwrap();
        assert!(!reached(&estimate, Target::Relative(0.5)) && !reached(&estimate, Target::Absolute(1e9)));
    }
}
