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
    /// A length of time, in which these stretches do not count: in order, apart from each other.
    Suspended(Span, Vec<(SimTime, SimTime)>),
    /// The instant after which it is too late, for a clock started on each day of the model
    /// (working days: some days do not count).
    ByDay(Vec<SimTime>),
}

impl Limit {
    /// The last instant in time for a clock started at `start`.
    pub fn deadline(&self, start: SimTime) -> SimTime {
        match self {
            Self::Span(span) => start + *span,
            Self::Suspended(span, pauses) => pauses.iter().fold(start + *span, |deadline, &(from, until)| {
                let stands_still = from < deadline && start < until;
                if stands_still { deadline + (until - from.max(start)) } else { deadline }
            }),
            Self::ByDay(deadlines) => {
                let day = usize::try_from(start.seconds() / DAY).unwrap_or(0);
                deadlines.get(day).copied().unwrap_or(SimTime::NEVER)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_stands_still_ends_later() {
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        let limit = Limit::Suspended(Span::new(10 * DAY), vec![(day(20), day(30)), (day(35), day(40))]);
        let deadlines = [5, 10, 15, 22, 29, 30, 33, 40].map(|start| limit.deadline(day(start)));
        // Over before the first; just before it; five days left after it, over just before the second; begun
        // within the first, so that eight and one days of it count, and the second, too; begun after the first.
        assert_eq!(deadlines, [15, 20, 35, 45, 45, 45, 48, 50].map(day));
    }
}
