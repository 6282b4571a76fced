//! What the list of all events asks of a station at every turn, in one place: it never changes in a replication.

use super::event_list::Rank;
use super::plan::{StationPlan, Visits};
use crate::network::{ClassIndex, Routes, Station, Steps, one_for_all};
use crate::random::Variate;
use crate::units::SimTime;

/// How the way on from a station is found when service begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WayOn {
    /// There is one only, which takes no time.
    One,
    /// It is drawn; where quotas take cases first, when service ends.
    Drawn,
    /// It is drawn by probabilities that answer to signals.
    Answering,
}

/// A station as an event sees it.
#[derive(Debug)]
pub(super) struct Site<'n> {
    pub(super) key: u64,
    /// Rank of what happens at it.
    pub(super) rank: Rank,
    /// Whether it is a pure delay.
    pub(super) is_delay: bool,
    /// Whether quotas take cases that have been served.
    pub(super) has_quotas: bool,
    pub(super) way_on: WayOn,
    pub(super) visits: Visits,
    /// Times of service by class, and the law that holds for all classes at all times, if one does.
    service: &'n [Steps<Variate>],
    law: Option<&'n Variate>,
    /// Ways on by class, likewise.
    by_class: &'n [Steps<Routes>],
    routes: Option<&'n Routes>,
}

impl<'n> Site<'n> {
    /// Of a station whose ways on answer to signals or do not.
    pub(super) fn new(station: &'n Station, plan: &StationPlan, answers: bool) -> Self {
        Self {
            key: station.key,
            rank: plan.rank,
            is_delay: station.is_delay(),
            has_quotas: !station.quotas.is_empty(),
            way_on: match (answers, plan.drawn) {
                (true, _) => WayOn::Answering,
                (false, true) => WayOn::Drawn,
                (false, false) => WayOn::One,
            },
            visits: plan.visits,
            service: &station.service,
            law: one_for_all(&station.service),
            by_class: &station.routes,
            routes: one_for_all(&station.routes),
        }
    }

    /// How long service lasts that begins at `time`.
    #[inline]
    pub(super) fn law(&self, class: ClassIndex, time: SimTime) -> &'n Variate {
        match self.law {
            Some(law) => law,
            None => self.service[usize::from(class)].at(time),
        }
    }

    /// The ways on at `time`.
    #[inline]
    pub(super) fn routes(&self, class: ClassIndex, time: SimTime) -> &'n Routes {
        match self.routes {
            Some(routes) => routes,
            None => self.by_class[usize::from(class)].at(time),
        }
    }
}
