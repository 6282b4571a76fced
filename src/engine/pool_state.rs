//! The running state of one pool.

use super::roster::Capacity;
use crate::network::{Pool, Serves, StationIndex};
use crate::units::SimTime;

/// How many of a pool's servers there are and work, and whom they turn to next.
#[derive(Debug)]
pub(super) struct PoolState {
    pub(super) servers: i64,
    pub(super) busy: i64,
    /// Until when servers beyond those there are have been booked.
    pub(super) booked: SimTime,
    pub(super) choice: Choice,
}

/// How a free server chooses among stations.
#[derive(Debug)]
pub(super) enum Choice {
    /// There is none.
    Only(StationIndex),
    /// The one whose oldest case has waited longest.
    LongestWaiting(Vec<StationIndex>),
    /// The first that has somebody waiting.
    Strict(Vec<StationIndex>),
    /// Start-time fair queueing (Goyal, Vin & Cheng 1997, IEEE/ACM Trans. Netw. 5(5)): the one with the
    /// lowest start tag among those that have somebody waiting; a station that had nobody for a while gains no credit.
    Shares { turns: Vec<Turn>, virtual_time: f64 },
}

/// A station's turn in fair queueing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) station: StationIndex,
    share: f64,
    finish: f64,
}

impl PoolState {
    pub(super) fn new(pool: &Pool, served: &[StationIndex], roster: &[Capacity]) -> Self {
        let choice = match (&pool.serves, served) {
            (_, [only]) => Choice::Only(*only),
            (Serves::LongestWaiting, _) => Choice::LongestWaiting(served.to_vec()),
            (Serves::Strict(order), _) => Choice::Strict(order.clone()),
            (Serves::Shares(shares), _) => Choice::Shares {
                turns: shares.iter().map(|&(station, share)| Turn { station, share, finish: 0.0 }).collect(),
                virtual_time: 0.0,
            },
        };
        let servers = roster.first().map_or(0, |step| step.servers);
        Self { servers, busy: 0, booked: SimTime::START, choice }
    }

    #[inline]
    pub(super) fn has_free_server(&self) -> bool {
        self.busy < self.servers
    }
}

impl Choice {
    /// Note that `station` was served.
    pub(super) fn served(&mut self, station: StationIndex) {
        if let Self::Shares { turns, virtual_time } = self {
            for turn in turns.iter_mut().filter(|turn| turn.station == station) {
                let start = turn.finish.max(*virtual_time);
                *virtual_time = start;
                turn.finish = start + 1.0 / turn.share;
            }
        }
    }
}

impl Turn {
    /// The start tag it would have if served now.
    pub(super) fn tag(&self, virtual_time: f64) -> f64 {
        self.finish.max(virtual_time)
    }
}
