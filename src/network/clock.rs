//! A time limit that runs from one happening to another.

use super::{ExitIndex, StationIndex};
use crate::units::{DAY, SimTime, Span};

/// A time limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// What starts it.
    pub from: Happening,
    /// What stops it; any of these.
    pub to: Vec<Happening>,
    /// How long it runs.
    pub limit: Limit,
}

/// Something that befalls a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// It comes to a station.
    Joined(StationIndex),
    /// Its service at a station begins.
    Started(StationIndex),
    /// Its service at a station ends.
    Completed(StationIndex),
    /// It leaves by an exit.
    Departed(ExitIndex),
}

/// How long a clock runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// A length of time.
    Span(Span),
    /// The instant after which it is too late, for a clock started on each day of the model
    /// (working days: some days do not count).
    ByDay(Vec<SimTime>),
}

impl Limit {
    /// The last instant in time for a clock started at `start`.
    pub fn deadline(&self, start: SimTime) -> SimTime {
        match self {
            Self::Span(span) => start + *span,
            Self::ByDay(deadlines) => {
                let day = usize::try_from(start.seconds() / DAY).unwrap_or(0);
                deadlines.get(day).copied().unwrap_or(SimTime::NEVER)
            }
        }
    }
}
