//! A station: one waiting line, and those who serve it.

use super::{PlaceIndex, PoolIndex, Routes, Steps, Target};
use crate::random::Variate;

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
    /// Where those in this stage physically are.
    pub place: Option<PlaceIndex>,
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
    /// Probability that the one called does not come, by class.
    pub no_show: Vec<Steps<f64>>,
    /// Where those go who did not come; `None`: to the end of the line.
    pub no_show_to: Option<Target>,
}
