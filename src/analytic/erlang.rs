//! Many servers, Poisson arrivals, exponential service; without and with impatience.

/// Steady state of an M/M/c queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mmc {
    /// Probability that an arrival waits.
    pub delayed: f64,
    /// Mean wait.
    pub wait: f64,
    /// Mean number waiting.
    pub waiting: f64,
}

/// Erlang's delay probability C(c, a) for offered load `a` and `c` servers, by the stable recursion of the loss
/// probability, B(0) = 1, B(k) = a·B(k−1)/(k + a·B(k−1)), and C = B/(1 − ρ(1 − B)).
///
/// Gross, Shortle, Thompson & Harris (2008), *Fundamentals of Queueing Theory*, 4th ed., §2.4–2.5.
pub fn erlang_c(servers: u32, load: f64) -> Option<f64> {
    let rho = load / f64::from(servers);
    if rho >= 1.0 {
        return None;
    }
    let blocked = (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    Some(blocked / (1.0 - rho * (1.0 - blocked)))
}

/// An M/M/c queue: Wq = C(c, a)/(cμ − λ), Lq = λ·Wq (as [`erlang_c`]).
pub fn mmc(arrivals: f64, service: f64, servers: u32) -> Option<Mmc> {
    let delayed = erlang_c(servers, arrivals / service)?;
    let wait = delayed / (f64::from(servers) * service - arrivals);
    Some(Mmc { delayed, wait, waiting: arrivals * wait })
}

/// Steady state of an M/M/c+M queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangA {
    /// Probability that an arrival waits.
    pub delayed: f64,
    /// Mean number waiting.
    pub waiting: f64,
    /// Share that gives up.
    pub abandoned: f64,
    /// Share of time a server is busy.
    pub utilization: f64,
}

/// An M/M/c queue whose customers leave the line at rate `impatience` each: the birth-and-death chain, summed until
/// its terms no longer matter (Palm 1957; Garnett, Mandelbaum & Reiman 2002, M&SOM 4(3)).
pub fn erlang_a(arrivals: f64, service: f64, impatience: f64, servers: u32) -> ErlangA {
    const NEGLIGIBLE: f64 = 1e-18;
    let c = f64::from(servers);
    // Weights relative to the state with all servers busy and nobody waiting.
    let (mut free, mut busy) = (0.0, 0.0);
    let mut weight = 1.0;
    for k in (0..servers).rev() {
        weight *= f64::from(k + 1) * service / arrivals;
        free += weight;
        busy += weight * f64::from(k);
    }
    let (mut full, mut waiting) = (0.0, 0.0);
    let (mut weight, mut k) = (1.0, 0.0);
    while weight > NEGLIGIBLE * (free + full) {
        full += weight;
        waiting += weight * k;
        k += 1.0;
        weight *= arrivals / (c * service + k * impatience);
    }
    let all = free + full;
    let waiting = waiting / all;
    ErlangA {
        delayed: full / all,
        waiting,
        abandoned: impatience * waiting / arrivals,
        utilization: (busy + full * c) / all / c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-6 * expected.abs(), "{value} for {expected}");
    }

    #[test]
    fn erlang_c_meets_its_golden_values() {
        // Golden values computed independently for the statistics this program must implement (§14).
        let ten = mmc(8.0, 1.0, 10).unwrap();
        near(ten.delayed, 0.409_180_2);
        near(ten.wait, 0.204_590_1);
        near(ten.waiting, 1.636_720_6);
        let hundred = mmc(95.0, 1.0, 100).unwrap();
        near(hundred.delayed, 0.506_456_9);
        near(hundred.waiting, 9.622_680_2);
        // M/M/1: Wq = ρ/(μ − λ).
        near(mmc(0.9, 1.0, 1).unwrap().wait, 9.0);
        assert_eq!(mmc(10.0, 1.0, 10), None);
    }

    #[test]
    fn erlang_a_meets_its_golden_values() {
        let queue = erlang_a(12.0, 1.0, 0.5, 10);
        near(queue.delayed, 0.850_384_9);
        near(queue.waiting, 4.695_742_7);
        near(queue.abandoned, 0.195_656_0);
        near(queue.utilization, 0.965_212_9);
    }
}
