//! Open networks of stations with exponential service.

use super::{SteadyState, mmc, traffic};

/// Every station of an open Jackson network, each as if it were an M/M/c queue of its own.
///
/// `external`: arrival rates from outside; `routing`: probabilities (row: from; column: to); `stations`: rate
/// of one server and number of servers. `None` when a station has no steady state. Stations that
/// nobody comes to are not allowed. Jackson (1957), "Networks of waiting lines", Operations Research 5.
pub fn jackson(external: &[f64], routing: &[Vec<f64>], stations: &[(f64, u32)]) -> Option<Vec<SteadyState>> {
    let rates = traffic(external, routing)?;
    if rates.len() != stations.len() {
        return None;
    }
    rates.iter().zip(stations).map(|(&rate, &(mu, servers))| mmc(rate, mu, servers)).collect()
}

/// One server to whom cases return with probability `again` after each service: the mean number in
/// system, and the mean time from the first arrival to the last departure.
pub fn feedback(lambda: f64, mu: f64, again: f64) -> Option<(f64, f64)> {
    let station = jackson(&[lambda], &[vec![again]], &[(mu, 1)])?;
    let in_system = station[0].in_system();
    Some((in_system, in_system / lambda))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returning_cases_add_to_the_load() {
        // ρ = 0.5 / 0.7 = 5/7; L = ρ / (1 − ρ) = 2.5; by Little 2.5 / 0.5.
        let (in_system, sojourn) = feedback(0.5, 1.0, 0.3).unwrap();
        assert!((in_system - 2.5).abs() < 1e-12 && (sojourn - 5.0).abs() < 1e-12);
        assert_eq!(feedback(0.8, 1.0, 0.3), None);
    }

    #[test]
    fn a_tandem_is_two_queues_in_a_row() {
        // Burke (1956): what leaves M/M/1 is Poisson. L = ρ / (1 − ρ) at each.
        let stations =
            jackson(&[0.6, 0.0], &[vec![0.0, 1.0], vec![0.0, 0.0]], &[(1.0, 1), (0.8, 1)]).unwrap();
        assert!((stations[0].in_system() - 1.5).abs() < 1e-12);
        assert!((stations[1].in_system() - 3.0).abs() < 1e-12);
    }
}
