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
pub struct Mix {
    parts: Vec<(f64, ClassIndex)>,
    /// Where among many parts to begin to look, by equal stretches of (0, 1); empty for few.
    guide: Vec<u16>,
}

/// Stretches of a guide (Chen & Asau 1974, "On generating random variates from an empirical distribution",
/// AIIE Transactions 6(2)).
const STRETCHES: usize = 64;

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
        let guide = if parts.len() > FEW_PARTS { guide(&parts) } else { Vec::new() };
        Self { parts, guide }
    }

    /// The class that the uniform number `u` in (0, 1) picks.
    #[inline]
    pub fn pick(&self, u: f64) -> ClassIndex {
        match self.parts.as_slice() {
            [(_, only)] => *only,
            parts => {
                let stretch = (u * STRETCHES as f64) as usize;
                let rest = &parts[self.guide.get(stretch).map_or(0, |&first| usize::from(first))..];
                rest.iter().find(|(end, _)| u < *end).unwrap_or(&parts[parts.len() - 1]).1
            }
        }
    }

    /// Classes with the upper ends of their parts.
    pub fn parts(&self) -> &[(f64, ClassIndex)] {
        &self.parts
    }
}

/// More parts than this have a guide.
const FEW_PARTS: usize = 8;

/// For each stretch of (0, 1), the first part that reaches into it.
fn guide(parts: &[(f64, ClassIndex)]) -> Vec<u16> {
    let first = |stretch: usize| {
        let from = stretch as f64 / STRETCHES as f64;
        parts.partition_point(|(end, _)| *end <= from) as u16
    };
    (0..STRETCHES).map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_finds_the_part_that_looking_through_all_finds() {
        // 41 parts, from 1/861 to 41/861.
        let mix = Mix::new((0..41).map(|class| (f64::from(class + 1) / 861.0, class as ClassIndex)));
        for step in 1..20_000 {
            let u = f64::from(step) / 20_000.0;
            let plain = mix.parts().iter().find(|(end, _)| u < *end).map(|&(_, class)| class);
            assert_eq!(Some(mix.pick(u)), plain);
        }
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
