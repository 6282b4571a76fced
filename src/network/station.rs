//! A station: one waiting line, and those who serve it.

use super::{PlaceIndex, PoolIndex, Quota, Routes, Steps, Target};
use crate::random::Variate;
use crate::units::Span;

/// One waiting line with the pools that serve it, or a pure delay where no pool does.
///
/// Vectors marked *by class* have one entry for each class of the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Key of its name: addresses every draw made here.
    pub key: u64,
    /// Pools whose servers work here, in the order they are asked. Empty: nobody waits, and the
    /// service law is the length of the delay.
    pub pools: Vec<PoolIndex>,
    /// Appointments, where starts happen only at given instants.
    pub slots: Option<Slots>,
    /// Service time, by class.
    pub service: Vec<Steps<Variate>>,
    /// Who is served next within a level of priority.
    pub order: Steps<Order>,
    /// Level of priority by class, lower first; non-preemptive.
    pub priority: Steps<Vec<u8>>,
    /// Patience while waiting, by class; `None`: they wait without end.
    pub patience: Vec<Option<Steps<Variate>>>,
    /// Where those go who run out of patience.
    pub withdrawn_to: Target,
    /// Where those go who have been served, by class.
    pub routes: Vec<Steps<Routes>>,
    /// What takes cases that have been served before the draw among these, in the order in which it is asked.
    pub quotas: Vec<Quota>,
    /// Where those in this stage physically are.
    pub place: Option<PlaceIndex>,
    /// Starts that are lost for a time; `None`: never.
    pub closed: Option<Steps<Closure>>,
}

impl Station {
    /// Whether nobody ever waits here: a pure delay.
    #[inline]
    pub fn is_delay(&self) -> bool {
        self.pools.is_empty() && self.slots.is_none()
    }
}

/// Who is served next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In order of arrival at the station.
    OldestFirst,
    /// In reverse order of arrival at the station.
    NewestFirst,
    /// Any of those waiting, with equal probability.
    Random,
}

/// A calendar of appointments: the k-th slot is at the instant at which the integral of the rate
/// reaches k. At a slot the first in line is called if one of the station's pools has somebody free
/// (always, at a station without pools); a slot that finds nobody is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Slots {
    /// Slots per second.
    pub rate: Steps<f64>,
    /// How likely the one called does not come, and what becomes of the slot, by class.
    pub no_show: Vec<Steps<NoShow>>,
    /// Where those go who did not come; `None`: to the end of the line.
    pub no_show_to: Option<Target>,
}

/// How likely somebody who is called to a slot does not come.
#[derive(Debug, Clone, PartialEq)]
pub struct NoShow {
    /// Probability, whatever the wait, up to the first entry of `by_wait`.
    pub p: f64,
    /// Probabilities that hold from each wait on, in order of the waits.
    pub by_wait: Vec<(Span, f64)>,
    /// Whether the next in line is called to the same slot; else the slot is used up.
    pub calls_next: bool,
}

impl NoShow {
    /// The same probability whatever the wait; the slot is used up.
    pub const fn constant(p: f64) -> Self {
        Self { p, by_wait: Vec::new(), calls_next: false }
    }

    /// The probability after a wait at the station.
    pub fn probability(&self, wait: Span) -> f64 {
        self.by_wait.iter().rev().find(|(after, _)| *after <= wait).map_or(self.p, |&(_, p)| p)
    }
}

/// Starts that are lost while this holds.
///
/// At a station with slots the share of them is lost, evenly: the k-th lost slot is the one at which the
/// sum of the shares of all slots so far reaches k. At a station without, nobody starts while the share is
/// above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closure {
    /// Share lost, 0 to 1.
    pub share: f64,
    /// What becomes of those who would have been called to a lost slot.
    pub scheduled: Scheduled,
}

impl Closure {
    /// Nothing is lost.
    pub const OPEN: Self = Self { share: 0.0, scheduled: Scheduled::Keep };
}

/// What becomes of those who would have been called to a slot that is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheduled {
    /// They keep their place in line.
    #[default]
    Keep,
    /// They go to the end of the line, as for a new visit.
    EndOfLine,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::DAY;

    #[test]
    fn who_waits_longer_comes_less_often() {
        let days = |number| Span::new(number * DAY);
        let no_show =
            NoShow { p: 0.1, by_wait: vec![(days(180), 0.3), (days(730), 0.45)], calls_next: false };
        let found = [0, 179, 180, 729, 730, 4_000].map(|wait| no_show.probability(days(wait)));
        assert_eq!(found, [0.1, 0.1, 0.3, 0.3, 0.45, 0.45]);
    }
}
