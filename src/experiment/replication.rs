//! What one replication amounts to.

use super::detail::Detail;

/// The numbers of one replication of one network.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Replication {
    /// Its number, which is also the number of its future.
    pub number: u64,
    /// Events inside the horizon: arrivals from outside, service starts and ends, ends of delays,
    /// withdrawals.
    pub events: u64,
    /// One number for each of [`figures`](super::figures); NaN where undefined.
    pub figures: Vec<f64>,
    /// State at every date of the network.
    pub series: Series,
    /// The exact identities.
    pub audit: Audit,
    /// What was looked at in detail, where somebody asked for it.
    pub detail: Option<Box<Detail>>,
}

/// State just after each date, and what happened up to and with it since the date before.
///
/// Each table has a row for each station, place, exit or sum, and in it an entry for each date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Cases waiting, by station.
    pub waiting: Vec<Vec<u32>>,
    /// Persons waiting, by station.
    pub waiting_persons: Vec<Vec<u32>>,
    /// Service ends, by station.
    pub completed: Vec<Vec<u32>>,
    /// Persons there, by place.
    pub place_persons: Vec<Vec<u32>>,
    /// Departures in cases, by exit.
    pub departed: Vec<Vec<u32>>,
    /// Cases present and not out.
    pub pending: Vec<u32>,
    /// The sums that the network keeps; NaN for those of something it has not got.
    pub shown: Vec<Vec<f64>>,
}

/// The exact identities, checked in whole numbers for every replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Audit {
    /// Cases come and gone: initial + arrived + returned − departed − pending; zero when exact.
    pub conservation: i64,
    /// ∫ N(t) dt from the instants of coming and going, less the sum of the times of the cases
    /// \[case-seconds\], over every station and the whole; zero when exact.
    pub little: i128,
    /// ∫ busy servers dt beyond ∫ staffed servers dt, where it is (a breach), or service time not
    /// accounted for as busy time \[server-seconds\]; zero when exact.
    pub busy: i128,
}

impl Audit {
    /// Whether every identity holds exactly.
    pub fn is_exact(&self) -> bool {
        *self == Self::default()
    }
}
