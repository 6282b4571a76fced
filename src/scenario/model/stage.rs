//! Stages, ways on from them, and what takes from their lines.

use super::{Dated, Law};
use crate::network::{ClassIndex, CountedIn, Order, PlaceIndex, PoolIndex, Scheduled, StationIndex, Target};
use crate::scenario::timeline::{DatedChange, Timeline};
use crate::units::{SimTime, Span};

/// Where cases wait and are served.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Who serves here.
    pub pools: Vec<PoolIndex>,
    /// Service, by class.
    pub service: Vec<Dated<Law>>,
    /// Who is next.
    pub order: Dated<Order>,
    /// Level by class.
    pub priority: Dated<Vec<u8>>,
    /// Patience, by class.
    pub patience: Vec<Dated<Option<Law>>>,
    /// Where those go who run out of it.
    pub withdrawn_to: Option<Target>,
    /// Where cases go next, by class.
    pub routes: Vec<Dated<Vec<Route>>>,
    /// What takes cases before the draw among the routes.
    pub quotas: Vec<Quota>,
    /// Where those here physically are.
    pub place: Option<PlaceIndex>,
    /// Appointments.
    pub slots: Option<Slots>,
    /// Starts lost for a time.
    pub closed: Vec<Closure>,
}

/// Appointments.
#[derive(Debug, Clone)]
pub struct Slots {
    /// Per second, from dates on.
    pub rate: Dated<Timeline>,
    /// Those called who do not come, by class.
    pub no_show: Vec<Dated<NoShow>>,
    /// Where those go.
    pub no_show_to: Option<Target>,
}

/// Those called who do not come.
#[derive(Debug, Clone, PartialEq)]
pub struct NoShow {
    /// Which share of them.
    pub p: Timeline,
    /// Which share from waits on.
    pub by_wait: Vec<(Span, Timeline)>,
    /// Whether the next in line is called to the same slot.
    pub calls_next: bool,
}

/// A way on that takes so many a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// Where to.
    pub to: Target,
    /// Time on the way.
    pub after: Option<Law>,
    /// Whether it takes cases of a class, by class.
    pub takes: Vec<bool>,
    /// So many per second.
    pub rate: Timeline,
    /// Multiplies the rate.
    pub scale: Timeline,
    /// Whether what is not used lapses with the period of the table, not after a length of time.
    pub by_period: bool,
    /// What is counted.
    pub unit: CountedIn,
}

/// One way on from a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Where to.
    pub target: Target,
    /// How likely; `None`: what the others leave.
    pub p: Option<Timeline>,
    /// Time on the way.
    pub after: Option<Law>,
    /// What policies send elsewhere: the share as a change of 0, and where to.
    pub diverted: Vec<(DatedChange, Target)>,
}

/// Capacity lost for a time.
#[derive(Debug, Clone)]
pub struct Closure {
    /// From.
    pub from: SimTime,
    /// Until.
    pub until: SimTime,
    /// Share of it.
    pub share: Timeline,
    /// What becomes of those scheduled, at a stage with slots.
    pub scheduled: Scheduled,
}

/// Waiting cases moved in bulk.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// From where.
    pub from: Vec<StationIndex>,
    /// Where to.
    pub to: Target,
    /// Cases of which classes.
    pub classes: Vec<ClassIndex>,
    /// How many, and when; `None`: it is switched off.
    pub takes: Option<Takes>,
}

/// How many cases a transfer takes, and when.
#[derive(Debug, Clone)]
pub enum Takes {
    /// A share of those waiting at an instant.
    Share(SimTime, Timeline),
    /// So many a second, from and until.
    Rate(Timeline, SimTime, SimTime),
    /// Each of those waiting at this rate, from and until.
    Hazard(Timeline, SimTime, SimTime),
}
