//! Several servers and a limited number of places.

use super::birth_death::stationary;
use super::positive;

/// The M/M/c/K queue in its steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mmck {
    /// Probability that an arrival finds all places taken.
    pub blocked: f64,
    /// Mean number waiting, Lq \[cases\].
    pub waiting: f64,
    /// Mean number waiting or in service, L \[cases\].
    pub in_system: f64,
    /// Mean wait of those let in, Wq \[time\].
    pub wait: f64,
}

/// The M/M/c/K queue: arrival rate λ, c servers of rate μ, `places` in all for those waiting and in service.
///
/// Shortle, Thompson, Gross & Harris (2018), *Fundamentals of Queueing Theory*, 5th ed., M/M/c/K.
pub fn mmck(lambda: f64, mu: f64, servers: u32, places: u32) -> Option<Mmck> {
    if !positive(lambda) || !positive(mu) || servers == 0 || places < servers {
        return None;
    }
    let (servers, places) = (servers as usize, places as usize);
    let probabilities =
        stationary(|n| if n < places { lambda } else { 0.0 }, |n| n.min(servers) as f64 * mu)?;
    let numbered = || probabilities.iter().enumerate();
    let blocked = probabilities.get(places).copied().unwrap_or(0.0);
    let waiting: f64 = numbered().map(|(n, p)| n.saturating_sub(servers) as f64 * p).sum();
    let in_system = numbered().map(|(n, p)| n as f64 * p).sum();
    Some(Mmck { blocked, waiting, in_system, wait: waiting / (lambda * (1.0 - blocked)) })
}

#[cfg(test)]
mod tests {
    use super::super::{erlang_b, mm1};
    use super::*;

    #[test]
    fn without_room_to_wait_it_is_erlangs_loss() {
        for (load, servers) in [(8.0, 10), (500.0, 480)] {
            let found = mmck(load, 1.0, servers, servers).unwrap();
            assert!((found.blocked / erlang_b(servers, load) - 1.0).abs() < 1e-10);
            assert_eq!(found.waiting, 0.0);
        }
    }

    #[test]
    fn one_server_has_its_closed_form_even_when_overloaded() {
        // M/M/1/K at ρ = 2, K = 3: p = (1, 2, 4, 8) / 15; Lq = (4 + 2 · 8) / 15.
        let found = mmck(2.0, 1.0, 1, 3).unwrap();
        assert!((found.blocked - 8.0 / 15.0).abs() < 1e-14 && (found.waiting - 20.0 / 15.0).abs() < 1e-14);
    }

    #[test]
    fn with_much_room_it_is_the_queue_without_limit() {
        let found = mmck(0.8, 1.0, 1, 2_000).unwrap();
        assert!((found.wait - mm1(0.8, 1.0).unwrap().wait).abs() < 1e-10);
    }
}
