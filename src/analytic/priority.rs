//! Non-preemptive priorities at many servers.

use super::erlang_c;

/// Mean waits by class, the first served first, with one service rate for all.
///
///   W_k = C(c, a)/(cμ) ÷ ((1 − σ_{k−1})(1 − σ_k)),   σ_k = (λ_1 + … + λ_k)/(cμ)
///
/// Cobham (1954), "Priority assignment in waiting line problems", Operations Research 2(1).
pub fn cobham(arrivals: &[f64], service: f64, servers: u32) -> Option<Vec<f64>> {
    let capacity = f64::from(servers) * service;
    let delayed = erlang_c(servers, arrivals.iter().sum::<f64>() / service)?;
    let mut before = 0.0;
    let wait = |rate: &f64| {
        let sigma = before + rate / capacity;
        let wait = delayed / capacity / ((1.0 - before) * (1.0 - sigma));
        before = sigma;
        wait
    };
    Some(arrivals.iter().map(wait).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_classes_meet_their_golden_values() {
        let waits = cobham(&[3.0, 5.0], 1.0, 10).unwrap();
        assert!((waits[0] - 0.058_454_3).abs() < 1e-7);
        assert!((waits[1] - 0.292_271_5).abs() < 1e-7);
    }
}
