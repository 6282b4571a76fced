//! The detailed observer: what a report shows beyond the standard figures.
//!
//! It is switched on by whoever asks for it, and costs nothing otherwise: a replication without it is run by the
//! same code as before. All it keeps is counts of whole numbers, by bins of days, and none depends on the
//! order in which the occurrences of different cases come; shares and quantiles are taken at the end.
//!
//! It also checks identity 4: in a line served oldest first nobody of a class is overtaken by one of the same
//! class who came later.

mod ages;
mod cohorts;
mod grid;
mod moves;
mod probe;

pub use ages::AgeAt;
pub use cohorts::{CohortResult, CurveResult};
pub use moves::{Leaving, Move, Origin, Stock};

pub(super) use probe::DetailProbe;

use crate::network::ExitIndex;
use crate::units::SimTime;

/// What is to be looked at in detail.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DetailPlan {
    /// Where periods of coming from outside begin, in order, and where the last of them ends.
    pub filings: Vec<SimTime>,
    /// Streams of arrivals whose cohorts are kept apart, beside the whole.
    pub streams: Vec<u16>,
    /// Where periods of coming to a station begin, in order, and where the last of them ends.
    pub joinings: Vec<SimTime>,
    /// The way to end that each exit is.
    pub ways: Vec<u8>,
    /// Whether a way is a decision, by its number; there are as many ways as entries.
    pub decisions: Vec<bool>,
    /// How long a cohort is followed.
    pub limits: Vec<Within>,
    /// Periods of coming from outside whose curves are kept, by their numbers, in order.
    pub traced: Vec<usize>,
    /// The days since coming at which a curve is kept, in order.
    pub trace: Vec<u32>,
    /// When the ages of those pending are looked at, in order.
    pub snapshots: Vec<SimTime>,
    /// Ends of the periods that moves are counted in, in order; the last one at the horizon or after.
    pub periods: Vec<SimTime>,
}

/// How long something may take.
#[derive(Debug, Clone, PartialEq)]
pub enum Within {
    /// So many days.
    Days(u32),
    /// Up to the instant that belongs to the day of coming (working days).
    ByDay(Vec<SimTime>),
}

impl DetailPlan {
    /// The numbers of days at which counts are wanted exactly.
    fn days(&self) -> Vec<u32> {
        let days = |within: &Within| match within {
            Within::Days(days) => Some(*days),
            Within::ByDay(_) => None,
        };
        self.limits.iter().filter_map(days).chain(self.trace.iter().copied()).collect()
    }

    /// The way that an exit is.
    fn way(&self, exit: ExitIndex) -> usize {
        usize::from(self.ways[usize::from(exit)])
    }
}

/// What was found in one replication.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Detail {
    /// Those who came from outside: the whole, then each stream asked for; in each a cohort for every period.
    pub filings: Vec<CohortResult>,
    /// How the whole of each period traced went out, in their order.
    pub curves: Vec<CurveResult>,
    /// Those who came to each station: by station, in each a cohort for every period. Ways are: started, withdrew,
    /// left the line otherwise.
    pub joinings: Vec<CohortResult>,
    /// Ages at the snapshots: of the whole, then of those waiting at each station.
    pub ages: Vec<AgeAt>,
    /// Which way cases went; ways that nobody went are left out.
    pub moves: Vec<Move>,
    /// Where those are who are still there, by station, then those on the way.
    pub stock: Vec<Stock>,
    /// How often somebody was overtaken in a line served oldest first by a later one of the same class.
    pub overtaken: u64,
}

/// Which period an instant lies in, by its day: periods begin at midnight.
#[derive(Debug, Clone)]
struct Periods {
    by_day: Vec<u16>,
    count: usize,
}

/// No period.
const NONE: u16 = u16::MAX;

impl Periods {
    /// Periods between each two of `borders`.
    fn new(borders: &[SimTime], horizon: SimTime) -> Self {
        let count = borders.len().saturating_sub(1);
        let days = horizon.seconds() / crate::units::DAY + 1;
        let of_day = |day: i64| {
            let begun = borders.partition_point(|border| border.seconds() <= day * crate::units::DAY);
            if begun == 0 || begun > count { NONE } else { begun as u16 - 1 }
        };
        Self { by_day: (0..days).map(of_day).collect(), count }
    }

    #[inline]
    fn of(&self, at: SimTime) -> Option<usize> {
        let period = self.by_day[(at.seconds() / crate::units::DAY) as usize];
        (period != NONE).then_some(usize::from(period))
    }
}
