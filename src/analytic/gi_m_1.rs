//! One server, exponential service, constant times between arrivals.

/// Mean wait in a D/M/1 queue: Wq = σ/(μ(1 − σ)), σ the root of σ = exp(−μ(1 − σ)/λ) in (0, 1).
///
/// Gross, Shortle, Thompson & Harris (2008), §5.3 (G/M/1).
pub fn d_m_1_wait(arrivals: f64, service: f64) -> Option<f64> {
    if arrivals >= service {
        return None;
    }
    // The map contracts towards its smaller root from 0.
    let mut sigma = 0.0;
    for _ in 0..10_000 {
        sigma = libm::exp(-service * (1.0 - sigma) / arrivals);
    }
    Some(sigma / (service * (1.0 - sigma)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_interarrival_times_meet_their_golden_value() {
        assert!((d_m_1_wait(0.8, 1.0).unwrap() - 1.692_730_8).abs() < 1e-6);
        assert_eq!(d_m_1_wait(1.0, 1.0), None);
    }
}
