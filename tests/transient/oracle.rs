//! The exact law of a Markovian station at any time, from the Kolmogorov forward equations.
//!
//! Nothing of the program is used here: the equations are solved by uniformization (Grassmann 1977, "Transient
//! solutions in Markovian queueing systems", Computers & Operations Research 4) on a truncated state space.
//! The state is (busy, waiting). Both are needed: after a cut of staff, those busy finish what they do, so
//! that for a while more are busy than there is staff.

/// A Markovian station between two changes. Rates are per unit of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Regime {
    /// Arrival rate.
    pub(crate) arrivals: f64,
    /// Service rate of one server.
    pub(crate) service: f64,
    /// Servers.
    pub(crate) servers: usize,
    /// Rate at which each of those waiting withdraws.
    pub(crate) withdrawal: f64,
}

/// The probabilities of (busy, waiting).
#[derive(Debug, Clone)]
pub(crate) struct Law {
    /// Most waiting that are told apart.
    places: usize,
    /// Row for each number busy, in it an entry for each number waiting.
    probabilities: Vec<f64>,
}

/// Mean and variance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

/// Poisson rate of the steps taken at once: e^−40 is still far above the least number.
const LONGEST_STRIDE: f64 = 40.0;
/// What is left out of a sum of Poisson probabilities.
const NEGLIGIBLE: f64 = 1e-15;

impl Law {
    /// `cases` present, at a station that never has more than `most_servers` servers, in the regime that begins.
    pub(crate) fn starting_with(cases: usize, most_servers: usize, places: usize, regime: Regime) -> Self {
        let mut probabilities = vec![0.0; (most_servers + 1) * (places + 1)];
        let busy = cases.min(regime.servers);
        probabilities[busy * (places + 1) + cases - busy] = 1.0;
        Self { places, probabilities }
    }

    /// The law at once after the staff has become that of `regime`: new servers take from the line.
    pub(crate) fn restaffed(&self, regime: Regime) -> Self {
        let mut next = vec![0.0; self.probabilities.len()];
        for (state, &p) in self.probabilities.iter().enumerate() {
            let (busy, waiting) = self.state(state);
            let called = waiting.min(regime.servers.saturating_sub(busy));
            next[self.index(busy + called, waiting - called)] += p;
        }
        Self { places: self.places, probabilities: next }
    }

    /// The law a length of time later.
    pub(crate) fn after(&self, time: f64, regime: Regime) -> Self {
        let fastest = regime.arrivals
            + regime.service * (self.probabilities.len() / (self.places + 1)) as f64
            + regime.withdrawal * self.places as f64;
        let strides = (fastest * time / LONGEST_STRIDE).ceil().max(1.0);
        let mut law = self.clone();
        for _ in 0..strides as usize {
            law = law.stride(fastest * time / strides, fastest, regime);
        }
        law
    }

    /// Σ Poisson(k; `steps`) Pᵏ, with P = I + Q / `fastest`.
    fn stride(&self, steps: f64, fastest: f64, regime: Regime) -> Self {
        let mut weight = libm::exp(-steps);
        let mut left = 1.0 - weight;
        let mut power = self.clone();
        let mut sum: Vec<f64> = power.probabilities.iter().map(|p| weight * p).collect();
        let mut k = 0.0;
        while left > NEGLIGIBLE && k < 1_000.0 {
            k += 1.0;
            weight *= steps / k;
            left -= weight;
            power = power.step(fastest, regime);
            sum.iter_mut().zip(&power.probabilities).for_each(|(sum, p)| *sum += weight * p);
        }
        Self { places: self.places, probabilities: sum }
    }

    /// One step of the uniformized chain.
    fn step(&self, fastest: f64, regime: Regime) -> Self {
        let mut next = vec![0.0; self.probabilities.len()];
        for (state, &p) in self.probabilities.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let (busy, waiting) = self.state(state);
            let mut stay = p;
            let mut flow = |rate: f64, to: usize| {
                next[to] += p * rate / fastest;
                stay -= p * rate / fastest;
            };
            if busy < regime.servers {
                flow(regime.arrivals, self.index(busy + 1, waiting));
            } else if waiting < self.places {
                flow(regime.arrivals, self.index(busy, waiting + 1));
            }
            if busy > 0 {
                let calls = waiting > 0 && busy <= regime.servers;
                let to = if calls { self.index(busy, waiting - 1) } else { self.index(busy - 1, waiting) };
                flow(regime.service * busy as f64, to);
            }
            if waiting > 0 {
                flow(regime.withdrawal * waiting as f64, self.index(busy, waiting - 1));
            }
            next[state] += stay;
        }
        Self { places: self.places, probabilities: next }
    }

    /// Moments of the number waiting.
    pub(crate) fn waiting(&self) -> Moments {
        self.moments(|_, waiting| waiting)
    }

    /// Moments of the number waiting or in service.
    pub(crate) fn present(&self) -> Moments {
        self.moments(|busy, waiting| busy + waiting)
    }

    /// Probability that as many wait as are told apart: what truncation may have cost.
    pub(crate) fn truncated(&self) -> f64 {
        self.each().filter(|((_, waiting), _)| *waiting == self.places).map(|(_, p)| p).sum()
    }

    fn moments(&self, number: impl Fn(usize, usize) -> usize) -> Moments {
        let mean: f64 = self.each().map(|((b, w), p)| p * number(b, w) as f64).sum();
        let away = |b, w| number(b, w) as f64 - mean;
        let variance = self.each().map(|((b, w), p)| p * away(b, w) * away(b, w)).sum();
        Moments { mean, variance }
    }

    fn each(&self) -> impl Iterator<Item = ((usize, usize), f64)> {
        self.probabilities.iter().enumerate().map(|(state, &p)| (self.state(state), p))
    }

    fn state(&self, index: usize) -> (usize, usize) {
        (index / (self.places + 1), index % (self.places + 1))
    }

    fn index(&self, busy: usize, waiting: usize) -> usize {
        busy * (self.places + 1) + waiting
    }
}

#[test]
fn enough_servers_from_empty_make_a_poisson_number() {
    // M/M/∞: m(t) = (λ/μ)(1 − e^(−μt)), variance the same.
    let regime = Regime { arrivals: 3.0, service: 0.5, servers: 40, withdrawal: 0.0 };
    let law = Law::starting_with(0, 40, 2, regime).after(1.5, regime);
    let mean = 6.0 * (1.0 - libm::exp(-0.75));
    assert!((law.present().mean - mean).abs() < 1e-10 && (law.present().variance - mean).abs() < 1e-9);
}

#[test]
fn in_the_long_run_it_is_erlang_a() {
    // λ 12, μ 1, c 10, θ 0.5: Lq = 4.6957427, computed with another program.
    let regime = Regime { arrivals: 12.0, service: 1.0, servers: 10, withdrawal: 0.5 };
    let law = Law::starting_with(0, 10, 60, regime).after(60.0, regime);
    assert!((law.waiting().mean - 4.695_742_7).abs() < 1e-6, "{}", law.waiting().mean);
}

#[test]
fn those_busy_at_a_cut_finish_what_they_do() {
    // Three busy, staff cut to none, no arrivals: each still busy with probability e^(−μt), independently.
    let before = Regime { arrivals: 0.0, service: 1.0, servers: 3, withdrawal: 0.0 };
    let none = Regime { servers: 0, ..before };
    let law = Law::starting_with(5, 3, 5, before).restaffed(none).after(0.7, none);
    let still = libm::exp(-0.7);
    assert!((law.waiting().mean - 2.0).abs() < 1e-12);
    assert!((law.present().mean - 2.0 - 3.0 * still).abs() < 1e-12);
    assert!((law.present().variance - 3.0 * still * (1.0 - still)).abs() < 1e-12);
}
