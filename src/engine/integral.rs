//! The clock that the integral of a rate is: at which instant it reads a given number.

use crate::network::Steps;
use crate::units::SimTime;

/// A reading head on ∫ rate dt, for rates that are constant between changes.
///
/// Lewis & Shedler (1979) and Çinlar (1975) use the same change of clock for Poisson processes; here it
/// serves deterministic and renewal arrivals, slots and hirings.
#[derive(Debug, Clone)]
pub(super) struct Integral<'n> {
    rate: &'n Steps<f64>,
    piece: usize,
    time: f64,
}

impl<'n> Integral<'n> {
    /// Standing at `from` seconds after the start.
    pub(super) fn new(rate: &'n Steps<f64>, from: f64) -> Self {
        let piece = rate.changes().partition_point(|change| change.seconds() as f64 <= from);
        Self { rate, piece, time: from }
    }

    /// Move on until the integral has grown by `amount`; `None` where it never does.
    pub(super) fn advance(&mut self, mut amount: f64) -> Option<SimTime> {
        loop {
            let rate = self.rate.values()[self.piece];
            let end = self.rate.changes().get(self.piece).map(|change| change.seconds() as f64);
            let needed = amount / rate;
            match end {
                Some(end) if rate <= 0.0 || self.time + needed >= end => {
                    amount -= rate.max(0.0) * (end - self.time);
                    amount = amount.max(0.0);
                    self.time = end;
                    self.piece += 1;
                }
                None if rate <= 0.0 => return None,
                _ => {
                    self.time += needed;
                    return Some(SimTime::from_seconds((self.time + 0.5) as i64));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> SimTime {
        SimTime::from_seconds(seconds)
    }

    #[test]
    fn the_clock_stands_still_while_the_rate_is_zero() {
        // One per ten seconds until 25 s (2.5 in all), none until 100 s, then one a second: the third
        // is due half a unit after 100 s.
        let rate = Steps::new(0.1, [(at(25), 0.0), (at(100), 1.0)]);
        let mut clock = Integral::new(&rate, 0.0);
        let times: Vec<_> =
            (0..4).map(|_| clock.advance(1.0).expect("the rate does not end").seconds()).collect();
        assert_eq!(times, [10, 20, 101, 102]);
    }

    #[test]
    fn a_rate_that_ends_gives_no_more() {
        let rate = Steps::new(0.1, [(at(25), 0.0)]);
        let mut clock = Integral::new(&rate, 0.0);
        assert_eq!((0..3).filter_map(|_| clock.advance(1.0)).count(), 2);
    }
}
