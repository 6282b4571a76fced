//! One server, renewal arrivals, exponential service.

use super::{SteadyState, positive};

/// The GI/M/1 queue: arrival rate λ, service rate μ, and the Laplace transform A*(s) of the time between arrivals.
///
///   σ = A*(μ (1 − σ)) with 0 < σ < 1,   Wq = σ / (μ (1 − σ)),   P(wait) = σ
///
/// Shortle, Thompson, Gross & Harris (2018), *Fundamentals of Queueing Theory*, 5th ed., G/M/1.
pub fn gim1(lambda: f64, mu: f64, transform: impl Fn(f64) -> f64) -> Option<SteadyState> {
    if !positive(lambda) || !positive(mu) || lambda >= mu {
        return None;
    }
    // σ − A*(μ (1 − σ)) is below zero left of the root and above it between the root and 1.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let sigma = 0.5 * (low + high);
        if sigma < transform(mu * (1.0 - sigma)) {
            low = sigma;
        } else {
            high = sigma;
        }
    }
    let rho = lambda / mu;
    let wait = low / (mu * (1.0 - low));
    Some(SteadyState { throughput: lambda, utilization: rho, delayed: low, wait, in_service: rho })
}

/// The D/M/1 queue: arrivals evenly spaced, A*(s) = e^(−s/λ).
pub fn dm1(lambda: f64, mu: f64) -> Option<SteadyState> {
    gim1(lambda, mu, |s| libm::exp(-s / lambda))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_arrivals_wait_less() {
        // Computed with another program.
        let found = dm1(0.8, 1.0).unwrap();
        assert!((found.delayed - 0.628_629_8).abs() < 1e-7 && (found.wait - 1.692_730_8).abs() < 1e-7);
    }

    #[test]
    fn poisson_arrivals_are_a_renewal_process() {
        // A*(s) = λ / (λ + s) gives σ = ρ.
        let found = gim1(0.8, 1.0, |s| 0.8 / (0.8 + s)).unwrap();
        assert!((found.wait - 4.0).abs() < 1e-9);
        assert_eq!(dm1(1.0, 1.0), None);
    }
}
