//! What one station is like in the long run.

/// One station in its steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteadyState {
    /// Arrivals served per unit of time, λ.
    pub throughput: f64,
    /// Share of the servers' time that is busy, ρ.
    pub utilization: f64,
    /// Probability of having to wait.
    pub delayed: f64,
    /// Mean wait before service, Wq \[time\].
    pub wait: f64,
    /// Mean number in service \[cases\].
    pub in_service: f64,
}

impl SteadyState {
    /// Mean number waiting, by Little's law: Lq = λ Wq \[cases\].
    pub fn waiting(&self) -> f64 {
        self.throughput * self.wait
    }

    /// Mean number waiting or in service, L \[cases\].
    pub fn in_system(&self) -> f64 {
        self.waiting() + self.in_service
    }

    /// Mean time from arrival to the end of service, by Little's law: W = L / λ \[time\].
    pub fn sojourn(&self) -> f64 {
        self.in_system() / self.throughput
    }
}
