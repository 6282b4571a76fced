//! Several servers and people who do not wait for ever.

use super::birth_death::stationary;
use super::positive;

/// The M/M/c+M queue in its steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangA {
    /// Probability of not being served at once.
    pub delayed: f64,
    /// Mean number waiting, Lq \[cases\].
    pub waiting: f64,
    /// Share of the arrivals that give up.
    pub abandoned: f64,
    /// Share of the servers' time that is busy.
    pub utilization: f64,
}

/// The Erlang A queue: arrival rate λ, c servers of rate μ, patience exponential with rate θ.
///
/// It has a steady state under any load. Garnett, Mandelbaum & Reiman (2002), "Designing a call
/// center with impatient customers", M&SOM 4.
pub fn erlang_a(lambda: f64, mu: f64, servers: u32, theta: f64) -> Option<ErlangA> {
    if !positive(lambda) || !positive(mu) || !positive(theta) || servers == 0 {
        return None;
    }
    let c = servers as usize;
    let probabilities =
        stationary(|_| lambda, |n| n.min(c) as f64 * mu + n.saturating_sub(c) as f64 * theta)?;
    let numbered = || probabilities.iter().enumerate();
    let waiting: f64 = numbered().map(|(n, p)| n.saturating_sub(c) as f64 * p).sum();
    let busy: f64 = numbered().map(|(n, p)| n.min(c) as f64 * p).sum();
    Some(ErlangA {
        delayed: probabilities.iter().skip(c).sum(),
        waiting,
        abandoned: theta * waiting / lambda,
        utilization: busy / c as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overloaded_station_settles() {
        // Computed with another program from the sums of the cited paper.
        let found = erlang_a(12.0, 1.0, 10, 0.5).unwrap();
        assert!((found.delayed - 0.850_384_9).abs() < 1e-7);
        assert!((found.waiting - 4.695_742_7).abs() < 1e-7);
        assert!((found.abandoned - 0.195_656_0).abs() < 1e-7);
        assert!((found.utilization - 0.965_212_9).abs() < 1e-7);
    }

    #[test]
    fn giving_up_as_fast_as_served_makes_the_number_poisson() {
        // θ = μ is M/M/∞: P(N ≥ 2) = 1 − 2/e for λ = μ, c = 2.
        let found = erlang_a(1.0, 1.0, 2, 1.0).unwrap();
        assert!((found.delayed - (1.0 - 2.0 * libm::exp(-1.0))).abs() < 1e-14);
    }
}
