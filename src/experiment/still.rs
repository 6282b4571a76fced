//! Who still waits at the end: what no wait of those whose turn came can say.

use crate::engine::Case;
use crate::network::Network;
use crate::units::{DAY, SimTime};

/// Those left in the lines at the horizon.
#[derive(Debug)]
pub(super) struct StillWaiting {
    horizon: SimTime,
    /// By station, for each case in line how long it has waited there \[s\].
    waits: Vec<Vec<i64>>,
}

impl StillWaiting {
    pub(super) fn new(network: &Network) -> Self {
        Self { horizon: network.horizon, waits: vec![Vec::new(); network.stations.len()] }
    }

    /// A case is in line at its station at the horizon.
    pub(super) fn count(&mut self, case: &Case) {
        let waited = (self.horizon - case.joined()).seconds();
        self.waits[usize::from(case.station)].push(waited);
    }

    /// Mean of the waits so far \[days\]; NaN where nobody waits.
    pub(super) fn mean_days(&self, station: usize) -> f64 {
        let waits = &self.waits[station];
        waits.iter().sum::<i64>() as f64 / waits.len() as f64 / DAY as f64
    }

    /// How many have waited for longer than so many days already; NaN where the days are undefined.
    pub(super) fn longer_than(&self, station: usize, days: f64) -> f64 {
        if days.is_nan() {
            return f64::NAN;
        }
        let bound = days * DAY as f64;
        self.waits[station].iter().filter(|&&waited| waited as f64 > bound).count() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waited(days: &[i64]) -> StillWaiting {
        let waits = vec![days.iter().map(|days| days * DAY).collect(), Vec::new()];
        StillWaiting { horizon: SimTime::from_seconds(100 * DAY), waits }
    }

    #[test]
    fn those_left_are_counted_against_a_wait() {
        let still = waited(&[10, 20, 60]);
        assert_eq!(still.mean_days(0), 30.0);
        // Exactly as long is not longer.
        assert_eq!((still.longer_than(0, 20.0), still.longer_than(0, 19.9)), (1.0, 2.0));
        assert!(still.mean_days(1).is_nan() && still.longer_than(0, f64::NAN).is_nan());
        assert_eq!(still.longer_than(1, 0.0), 0.0);
    }
}
