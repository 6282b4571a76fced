//! Several servers, Poisson arrivals, exponential service.

use super::{SteadyState, positive};

/// The Erlang loss probability B(c, a) of `servers` servers under an offered load of `load` Erlangs.
///
///   1 / B(n, a) = 1 + (n / a) / B(n − 1, a)
///
/// which loses no digits at any number of servers (Jagerman 1974). Zero load: never lost.
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    if load <= 0.0 {
        return if servers == 0 { 1.0 } else { 0.0 };
    }
    1.0 / (1..=servers).fold(1.0, |inverse, n| 1.0 + inverse * f64::from(n) / load)
}

/// The Erlang delay probability C(c, a): that all `servers` are busy, with nobody turned away.
///
///   C = B / (1 − ρ (1 − B)),   ρ = a / c
///
/// `None` when ρ ≥ 1.
pub fn erlang_c(servers: u32, load: f64) -> Option<f64> {
    let rho = load / f64::from(servers);
    if servers == 0 || !(0.0..1.0).contains(&rho) {
        return None;
    }
    let lost = erlang_b(servers, load);
    Some(lost / (1.0 - rho * (1.0 - lost)))
}

/// The M/M/c queue with arrival rate λ, service rate μ of each of c servers: Wq = C / (cμ − λ).
///
/// Shortle, Thompson, Gross & Harris (2018), *Fundamentals of Queueing Theory*, 5th ed., M/M/c.
pub fn mmc(lambda: f64, mu: f64, servers: u32) -> Option<SteadyState> {
    if !positive(lambda) || !positive(mu) {
        return None;
    }
    let load = lambda / mu;
    let delayed = erlang_c(servers, load)?;
    let c = f64::from(servers);
    Some(SteadyState {
        throughput: lambda,
        utilization: load / c,
        delayed,
        wait: delayed / (c * mu - lambda),
        in_service: load,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_values_are_met() {
        // Computed with another program from the sums of the textbook.
        for (lambda, servers, delayed, wait, waiting) in [
            (8.0, 10, 0.409_180_2, 0.204_590_1, 1.636_720_6),
            (95.0, 100, 0.506_456_9, 0.101_291_4, 9.622_680_2),
        ] {
            let state = mmc(lambda, 1.0, servers).unwrap();
            assert!((state.delayed - delayed).abs() < 1e-7);
            assert!((state.wait - wait).abs() < 1e-7);
            assert!((state.waiting() - waiting).abs() < 1e-6);
        }
    }

    #[test]
    fn thousands_of_servers_lose_no_digits() {
        // Halfin & Whitt (1981): C → 1 / (1 + β Φ(β) / φ(β)) with β = (1 − ρ) √c; at β = 1 it is 0.22336.
        let c = 1_000_000;
        let load = f64::from(c) - f64::from(c).sqrt();
        assert!((erlang_c(c, load).unwrap() - 0.223_36).abs() < 5e-4);
    }

    #[test]
    fn no_steady_state_exists_at_full_load() {
        assert_eq!(mmc(10.0, 1.0, 10), None);
        assert_eq!(mmc(1.0, 1.0, 0), None);
        assert_eq!(mmc(f64::NAN, 1.0, 10), None);
    }
}
