//! One server, Poisson arrivals, any service.

use super::{SteadyState, positive};

/// The M/G/1 queue: arrival rate λ, service times of this mean and squared coefficient of variation.
///
///   Wq = ρ / (1 − ρ) · (1 + scv) / 2 · mean      (Pollaczek–Khinchine)
///
/// Shortle, Thompson, Gross & Harris (2018), *Fundamentals of Queueing Theory*, 5th ed., M/G/1.
pub fn mg1(lambda: f64, mean: f64, scv: f64) -> Option<SteadyState> {
    let rho = lambda * mean;
    if !positive(lambda) || !positive(mean) || scv.is_nan() || scv < 0.0 || rho >= 1.0 {
        return None;
    }
    let wait = rho / (1.0 - rho) * 0.5 * (1.0 + scv) * mean;
    Some(SteadyState { throughput: lambda, utilization: rho, delayed: rho, wait, in_service: rho })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_with_the_spread_of_service() {
        // 4 · (1 + scv) / 2 at ρ = 0.8.
        for (scv, wait) in [(2.0, 6.0), (1.0, 4.0), (0.0, 2.0)] {
            assert!((mg1(0.8, 1.0, scv).unwrap().wait - wait).abs() < 1e-12);
        }
        assert_eq!(mg1(1.0, 1.0, 0.0), None);
    }
}
