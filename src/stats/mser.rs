//! How much of a steady run to leave out as its warm-up.

/// Observations in a batch.
const BATCH: usize = 5;

/// What MSER-5 finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Truncation {
    /// Observations to leave out at the start, a multiple of five.
    pub observations: usize,
    /// The statistic at this point: the smallest.
    pub statistic: f64,
    /// Whether the smallest lies at the limit of half the run: then the run is too short.
    pub at_limit: bool,
}

/// The truncation of an output series by MSER-5; `None` for fewer than two batches of five.
///
/// With batch means Z₁ … Zₘ, the d ≤ m/2 that makes `Σ_{j>d} (Zⱼ − Z̄_d)² / (m − d)²` smallest. White (1997), "An
/// effective truncation heuristic for bias reduction in simulation output", Simulation 69; White, Cobb & Spratt (2000).
pub fn mser5(series: &[f64]) -> Option<Truncation> {
    let batches: Vec<f64> =
        series.chunks_exact(BATCH).map(|batch| batch.iter().sum::<f64>() / BATCH as f64).collect();
    let m = batches.len();
    if m < 2 {
        return None;
    }
    let limit = m / 2;
    let (mut best, mut smallest) = (0, f64::INFINITY);
    for d in 0..=limit {
        let statistic = spread(&batches[d..]);
        if statistic < smallest {
            (best, smallest) = (d, statistic);
        }
    }
    Some(Truncation { observations: BATCH * best, statistic: smallest, at_limit: best == limit })
}

/// The sum of squared distances from the mean, divided by the square of the count.
fn spread(batches: &[f64]) -> f64 {
    let n = batches.len() as f64;
    let center = batches.iter().sum::<f64>() / n;
    super::estimate::squares(batches, center) / (n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_falling_start_is_left_out() {
        // Computed with another program: 40 observations, statistic 4.5972115e-4.
        let series: Vec<f64> = (0..400_u32)
            .map(|i| if i < 40 { 20.0 - f64::from(i) / 2.0 } else { (f64::from(7919 * i % 13) - 6.0) / 6.0 })
            .collect();
        let found = mser5(&series).unwrap();
        assert_eq!((found.observations, found.at_limit), (40, false));
        assert!((found.statistic - 4.597_211_5e-4).abs() < 1e-11, "{}", found.statistic);
    }

    #[test]
    fn a_run_that_never_settles_is_too_short() {
        let series: Vec<f64> = (0..100).map(f64::from).collect();
        assert!(mser5(&series).unwrap().at_limit);
        assert_eq!(mser5(&[1.0; 9]), None);
    }
}
