//! How cases come from outside, and which are there at the start.

use super::{ClassIndex, StationIndex, Steps};
use crate::random::{Count, Variate};
use crate::units::{SimTime, Span};

/// A stream of cases from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrivalStream {
    /// Key of its name: part of the address of every draw of every case that came by it.
    pub key: u64,
    /// The station the cases come to.
    pub to: StationIndex,
    /// Which class a case is of.
    pub mix: Steps<Mix>,
    /// How arrivals follow each other.
    pub process: Process,
    /// Arrivals per second.
    pub rate: Steps<f64>,
    /// Height of one layer of the marked Poisson process that arrivals are thinned from
    /// \[1/second\]: the same under every policy, at least about the largest usual rate.
    pub layer: f64,
    /// Cases that come together.
    pub batch: Count,
}

/// How arrivals follow each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Process {
    /// Independent of each other.
    Poisson,
    /// Poisson given a gamma factor for each period, so that the count of a period has the given
    /// index of dispersion (variance ÷ mean).
    Overdispersed {
        /// Variance ÷ mean of the count of a period, above 1.
        dispersion: f64,
        /// Where periods begin, in order; the first at the start or before.
        periods: Vec<SimTime>,
    },
    /// The k-th arrival at the instant at which the integral of the rate reaches k.
    Deterministic,
    /// Gaps of mean 1 on the clock that the integral of the rate is.
    Renewal(Variate),
}

/// Classes with the upper ends of their parts of (0, 1), rising to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix(Vec<(f64, ClassIndex)>);

impl Mix {
    /// Classes with their shares, which sum to 1; those with none are left out.
    ///
    /// # Panics
    ///
    /// If no class has a share: the check of the scenario has found that before.
    pub fn new(shares: impl IntoIterator<Item = (f64, ClassIndex)>) -> Self {
        let mut sum = 0.0;
        let mut parts: Vec<_> = shares
            .into_iter()
            .filter(|(share, _)| *share > 0.0)
            .map(|(share, class)| {
                sum += share;
                (sum, class)
            })
            .collect();
        parts.last_mut().expect("a mix has a class").0 = 1.0;
        Self(parts)
    }

    /// The class that the uniform number `u` in (0, 1) picks.
    #[inline]
    pub fn pick(&self, u: f64) -> ClassIndex {
        match self.0.as_slice() {
            [(_, only)] => *only,
            parts => parts.iter().find(|(end, _)| u < *end).unwrap_or(&parts[parts.len() - 1]).1,
        }
    }

    /// Classes with the upper ends of their parts.
    pub fn parts(&self) -> &[(f64, ClassIndex)] {
        &self.0
    }
}

/// Cases that wait at a station when the model starts.
#[derive(Debug, Clone, PartialEq)]
pub struct InitialGroup {
    /// Key of its name.
    pub key: u64,
    /// Where they wait.
    pub station: StationIndex,
    /// How many they are and how long they have been at that station.
    pub docket: Docket,
}

/// The make-up of the cases present at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum Docket {
    /// A number of cases, with a law of age and a mix of classes independent of it.
    Law {
        /// How many.
        cases: u64,
        /// Time since they came to the station.
        ages: Variate,
        /// Their classes.
        mix: Mix,
    },
    /// Counted in bands of age.
    Table(Vec<AgeBand>),
}

/// Cases of one class that came to a station between `youngest` and `oldest` before the start, spread evenly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgeBand {
    /// Least age.
    pub youngest: Span,
    /// Greatest age.
    pub oldest: Span,
    /// Their class.
    pub class: ClassIndex,
    /// How many.
    pub cases: u64,
}
