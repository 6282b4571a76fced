//! Behaviour that answers to the state of the system.

use super::{ClassIndex, PlaceIndex, StationIndex, Target};
use crate::units::{DAY, SimTime, Span};

/// Signals are looked at this far apart, from the start on.
pub const SAMPLING: Span = Span::new(7 * DAY);
/// Flows that signals are made of are taken over this long before.
pub const MEMORY: Span = Span::new(90 * DAY);

/// A number that tells people how the system is, at an instant, before anything happens at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Signal {
    /// Waiting at a station ÷ those who left its line each day, by starting, withdrawing or not coming, over
    /// the [`MEMORY`] before (since the start where that is shorter) \[days\]; undefined where nobody did.
    Wait(StationIndex),
    /// Waiting at a station \[cases\].
    Waiting(StationIndex),
    /// Of those who left a station over the [`MEMORY`] before, the share that went this way; undefined where
    /// nobody left.
    Share(StationIndex, Target),
    /// At a place \[persons\].
    Population(PlaceIndex),
    /// Present and not out \[cases\].
    Pending,
    /// Cases of a stream of arrivals that came from outside in so many days before.
    Arrived(usize, u32),
    /// Cases that came to a station in so many days before.
    Joined(StationIndex, u32),
    /// Something that this network has not got: always undefined.
    Nothing,
}

/// What answers to a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Responder {
    /// The rate of a stream of arrivals, by its number.
    Arrivals(usize),
    /// The probability of a way on from a station; the other ways share what is left as before.
    Route(StationIndex, Target),
    /// The hazard of withdrawing from a station's line: patience is divided by the factor at joining.
    Withdrawals(StationIndex),
}

/// What a signal is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reference {
    /// The same signal at the same time of the same future without any policy.
    Baseline,
    /// A number, in the unit of the signal.
    Level(f64),
}

/// A response: a factor (signal ÷ reference)^elasticity, both as they were `lag` ago, within bounds.
///
/// It is 1 in the first week, before the lag has passed, and where signal or reference are undefined or both
/// zero. Between two samples it is that of the last one.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// What answers.
    pub to: Responder,
    /// Whether a class answers, by class.
    pub classes: Vec<bool>,
    /// Number of the signal.
    pub signal: usize,
    /// What it is held against.
    pub reference: Reference,
    /// Relative change of what answers for a small relative change of the signal.
    pub elasticity: f64,
    /// How long the signal takes to be heard.
    pub lag: Span,
    /// Least and greatest factor.
    pub bounds: (f64, f64),
}

/// The signals and responses of a network; where there are no signals, nothing is looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Responses {
    /// What is looked at.
    pub signals: Vec<Signal>,
    /// What answers.
    pub all: Vec<Response>,
    /// Further midnights at which the signals are looked at, in order, none twice.
    pub tests: Vec<SimTime>,
    /// For each change that waits for a condition, when it begins in this future; `NEVER` where it does not.
    pub begun: Vec<SimTime>,
}

impl Response {
    /// The factor for a signal and what it is held against.
    pub fn factor(&self, signal: f64, reference: f64) -> f64 {
        let ratio = signal / reference;
        if ratio.is_nan() {
            return 1.0;
        }
        libm::pow(ratio, self.elasticity).clamp(self.bounds.0, self.bounds.1)
    }

    /// Whether a class answers.
    pub fn is_of(&self, class: ClassIndex) -> bool {
        self.classes[usize::from(class)]
    }
}

impl Responses {
    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        self.signals.is_empty()
    }

    /// Whether a signal depends on how many wait at a station at an instant.
    pub fn watch_line(&self, station: StationIndex) -> bool {
        self.signals.iter().any(|signal| match *signal {
            Signal::Wait(watched) | Signal::Waiting(watched) | Signal::Share(watched, _) => {
                watched == station
            }
            Signal::Pending => true,
            Signal::Population(_) | Signal::Arrived(..) | Signal::Joined(..) | Signal::Nothing => false,
        })
    }
}

/// The number of the last sample at or before an instant.
pub fn sample_at(time: SimTime) -> Option<usize> {
    usize::try_from(time.seconds().div_euclid(SAMPLING.seconds())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(elasticity: f64) -> Response {
        Response {
            to: Responder::Arrivals(0),
            classes: vec![true],
            signal: 0,
            reference: Reference::Baseline,
            elasticity,
            lag: Span::ZERO,
            bounds: (0.5, 2.0),
        }
    }

    #[test]
    fn a_factor_is_a_bounded_power_of_a_ratio() {
        let factor = |elasticity, signal| response(elasticity).factor(signal, 100.0);
        assert_eq!([factor(-0.5, 100.0), factor(0.3, 100.0), factor(0.0, 7.0)], [1.0, 1.0, 1.0]);
        assert!((factor(-0.5, 200.0) - 0.5_f64.sqrt()).abs() < 1e-15);
        assert_eq!([factor(-1.0, 800.0), factor(-1.0, 10.0), factor(1.0, 0.0)], [0.5, 2.0, 0.5]);
    }

    #[test]
    fn what_is_undefined_answers_nothing() {
        let one = response(1.0);
        for (signal, reference) in [(f64::NAN, 3.0), (3.0, f64::NAN), (0.0, 0.0)] {
            assert_eq!(one.factor(signal, reference), 1.0);
        }
        assert_eq!(one.factor(3.0, 0.0), 2.0);
    }
}
