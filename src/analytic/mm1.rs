//! One server, Poisson arrivals, exponential service.

use super::{SteadyState, mmc};

/// Who is served next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In order of arrival.
    FirstInFirstOut,
    /// In reverse order of arrival.
    LastInFirstOut,
    /// Any of those waiting.
    Random,
}

/// The M/M/1 queue with arrival rate λ and service rate μ: Wq = ρ / (μ − λ), ρ = λ/μ.
///
/// Shortle, Thompson, Gross & Harris (2018), *Fundamentals of Queueing Theory*, 5th ed., M/M/1.
pub fn mm1(lambda: f64, mu: f64) -> Option<SteadyState> {
    mmc(lambda, mu, 1)
}

/// The standard deviation of the wait in the M/M/1 queue \[time\].
///
/// In order of arrival E W² = 2ρ / (μ − λ)²; in random order 1 / (1 − ρ/2) times that, in reverse order
/// 1 / (1 − ρ) times (Kingman 1962, "On queues in which customers are served in random order";
/// Takács 1963). The mean is the same under all three.
pub fn mm1_wait_deviation(lambda: f64, mu: f64, order: Order) -> Option<f64> {
    let state = mm1(lambda, mu)?;
    let rho = state.utilization;
    let ratio = match order {
        Order::FirstInFirstOut => 1.0,
        Order::Random => 1.0 / (1.0 - 0.5 * rho),
        Order::LastInFirstOut => 1.0 / (1.0 - rho),
    };
    let square = 2.0 * rho / ((mu - lambda) * (mu - lambda));
    Some((ratio * square - state.wait * state.wait).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_at_nine_tenths_is_nine_services() {
        // ρ / (μ − λ) = 0.9 / 0.1.
        assert!((mm1(0.9, 1.0).unwrap().wait - 9.0).abs() < 1e-12);
        assert_eq!(mm1(1.0, 1.0), None);
    }

    #[test]
    fn the_order_changes_the_spread_and_not_the_mean() {
        // √24, √(200/3 − 16), √184.
        for (order, sd) in [
            (Order::FirstInFirstOut, 4.898_979),
            (Order::Random, 7.118_052),
            (Order::LastInFirstOut, 13.564_660),
        ] {
            assert!((mm1_wait_deviation(0.8, 1.0, order).unwrap() - sd).abs() < 1e-6);
        }
    }
}
