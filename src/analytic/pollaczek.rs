//! One server, Poisson arrivals, any service.

/// Mean wait in an M/G/1 queue: Wq = ρ·E S·(1 + cv²)/(2(1 − ρ)) (Pollaczek 1930, Khinchine 1932).
pub fn mg1_wait(arrivals: f64, mean: f64, squared_cv: f64) -> Option<f64> {
    let rho = arrivals * mean;
    (rho < 1.0).then(|| rho * mean * (1.0 + squared_cv) / (2.0 * (1.0 - rho)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_with_the_variance_of_service() {
        assert!((mg1_wait(0.8, 1.0, 2.0).unwrap() - 6.0).abs() < 1e-12);
        assert!((mg1_wait(0.8, 1.0, 0.0).unwrap() - 2.0).abs() < 1e-12);
        assert_eq!(mg1_wait(1.0, 1.0, 1.0), None);
    }
}
