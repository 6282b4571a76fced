//! The compiled queueing network: immutable, indexed by small integers, shared by all threads.
//!
//! It holds what the system *is*; what happens to it is the business of `engine`. It knows no
//! names: a legend beside it, kept by whoever compiled it, says what the indices mean. Keys
//! (`u64`) are hashes of names and serve only to address random numbers.

mod arrivals;
mod clock;
mod endless;
mod measure;
mod pool;
mod quota;
mod response;
mod routing;
mod station;
mod steps;
mod transfer;

pub use arrivals::{AgeBand, ArrivalStream, Docket, InitialGroup, Mix, Process};
pub use clock::{Clock, Happening, Limit};
pub use measure::{
    Combination, CostBasis, CostItem, CountedIn, Crowd, Level, Measure, Passage, Term, WaitStatistic,
};
pub use pool::{Hires, Pool, Roster, Serves};
pub use quota::{Lasts, Quota};
pub use response::{MEMORY, Reference, Responder, Response, Responses, SAMPLING, Signal, sample_at};
pub use routing::{Route, Routes, Target};
pub use station::{Closure, NoShow, Order, Scheduled, Slots, Station};
pub use steps::{Steps, one_for_all};
pub use transfer::{Takes, Transfer};

use crate::random::{Count, Variate};
use crate::units::SimTime;

/// Number of a class of cases.
pub type ClassIndex = u16;
/// Number of a station.
pub type StationIndex = u16;
/// Number of a pool of servers.
pub type PoolIndex = u16;
/// Number of an exit.
pub type ExitIndex = u16;
/// Number of a place.
pub type PlaceIndex = u16;
/// Number of a clock.
pub type ClockIndex = u16;
/// Number of one of the dates at which the system is looked at.
pub type DateIndex = usize;

/// A multi-class queueing network with everything that is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// End of the run; what happens at this very instant still counts.
    pub horizon: SimTime,
    /// Start of the window over which figures are taken: after the warm-up, else the start.
    pub window: SimTime,
    /// Persons in a case, by class.
    pub persons: Vec<Count>,
    /// Stations.
    pub stations: Vec<Station>,
    /// Pools of servers.
    pub pools: Vec<Pool>,
    /// Ways out.
    pub exits: Vec<Exit>,
    /// Where cases are while they are at a station.
    pub places: Vec<Place>,
    /// Streams of cases from outside.
    pub arrivals: Vec<ArrivalStream>,
    /// Cases present at the start.
    pub initial: Vec<InitialGroup>,
    /// Waiting cases moved in bulk.
    pub transfers: Vec<Transfer>,
    /// Time limits.
    pub clocks: Vec<Clock>,
    /// The dates at which the system is looked at, in order, none twice, none after the horizon.
    pub dates: Vec<SimTime>,
    /// Behaviour that answers to the state of the system.
    pub responses: Responses,
    /// What is asked beyond the standard figures.
    pub measures: Vec<Measure>,
    /// Sums of levels that are kept at every date; one of no terms is of something the network has not got.
    pub shown: Vec<Vec<Term>>,
    /// What things cost.
    pub costs: Vec<CostItem>,
    /// Whose luck a service time is.
    pub service_draws: ServiceDraws,
}

/// Where cases are while they are at certain stations.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// For how many there is room \[whole persons\]; `None` where nobody says.
    pub capacity: Option<i64>,
}

/// A way out of the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    /// Key of its name.
    pub key: u64,
    /// Whether some come back.
    pub returns: Option<Returns>,
}

/// Cases that left and come back, as the same cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Returns {
    /// The station they come back to.
    pub to: StationIndex,
    /// Probability of coming back, by class, at the time of leaving.
    pub probability: Vec<Steps<f64>>,
    /// Time away.
    pub after: Variate,
    /// How many attempts a case makes at most, the first among them: after that many it does not come back.
    pub most: u8,
}

/// Whose luck a service time is, under common random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ServiceDraws {
    /// The j-th service started at a station has the same luck under every policy.
    #[default]
    BySlot,
    /// The case keeps its luck under every policy.
    ByCase,
}
