//! What is asked of a replication beyond the standard figures, and what things cost.

use super::{ClassIndex, ClockIndex, DateIndex, ExitIndex, PlaceIndex, PoolIndex, StationIndex};
use crate::units::{SimTime, Span};

/// Whether cases are counted or the persons they are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountedIn {
    /// Each case counts one.
    Cases,
    /// Each case counts its persons.
    Persons,
}

/// What cases do at stations, where those of some classes are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// They come.
    Came,
    /// Their service ends.
    Served,
    /// They are there, waiting or in service, just after the second date.
    Present,
    /// They wait there just after the second date.
    Waiting,
}

/// Cases of some classes at some stations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowd {
    /// The stations, together.
    pub stations: Vec<StationIndex>,
    /// The classes, together.
    pub classes: Vec<ClassIndex>,
    /// How each case counts.
    pub counted: CountedIn,
}

/// A number asked of one replication.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Waiting at these stations, together, just after a date.
    WaitingAt(Vec<StationIndex>, CountedIn, DateIndex),
    /// Time average, over the window, of those waiting at these stations together.
    WaitingAverage(Vec<StationIndex>, CountedIn),
    /// The same of cases of these classes only.
    WaitingAverageOf(Vec<StationIndex>, Vec<ClassIndex>, CountedIn),
    /// Persons at a place just after a date.
    PopulationAt(PlaceIndex, DateIndex),
    /// Largest number of persons at a place in the window.
    PopulationPeak(PlaceIndex),
    /// Time average of the persons at a place over the window.
    PopulationAverage(PlaceIndex),
    /// Present and not out, just after a date.
    PendingAt(CountedIn, DateIndex),
    /// The same of cases of these classes only.
    PendingOf(Vec<ClassIndex>, CountedIn, DateIndex),
    /// Comings from outside by these streams of arrivals of cases of these classes, after the first date and not after the second.
    CameBy(Vec<u16>, Vec<ClassIndex>, CountedIn, [DateIndex; 2]),
    /// Departures by these exits after the first date and not after the second.
    Departed(Vec<ExitIndex>, CountedIn, DateIndex, DateIndex),
    /// The same of cases of these classes only.
    DepartedOf(Vec<ExitIndex>, Vec<ClassIndex>, CountedIn, [DateIndex; 2]),
    /// Cases moved by these transfers after the first date and not after the second.
    Transferred(Vec<u16>, CountedIn, DateIndex, DateIndex),
    /// Service ends at these stations, after the first date and not after the second.
    Completed(Vec<StationIndex>, CountedIn, DateIndex, DateIndex),
    /// Waiting or in service at these stations, together, just after a date.
    PresentAt(Vec<StationIndex>, CountedIn, DateIndex),
    /// Comings to these stations, after the first date and not after the second.
    Joined(Vec<StationIndex>, CountedIn, DateIndex, DateIndex),
    /// What a crowd does after the first date and not after the second.
    Passed(Passage, Crowd, [DateIndex; 2]),
    /// Mean number of visits to a station (service starts and slots not come to) of the cases that left in the
    /// window and had been there.
    Visits(StationIndex),
    /// Waits of the services that started at a station in the window \[days\].
    Wait(StationIndex, WaitStatistic),
    /// 1 if the inner number was below the bound at any of the given dates, else 0.
    EverBelow(Level, f64, Vec<DateIndex>),
    /// 1 if the inner number was above the bound at any of the given dates, else 0.
    EverAbove(Level, f64, Vec<DateIndex>),
    /// Of the cases that came from outside in [from, until), the share out by one of these exits
    /// within the limit; cases whose limit lies beyond the horizon make it undefined.
    ShareWithin {
        /// First instant of the cohort.
        from: SimTime,
        /// First instant after it.
        until: SimTime,
        /// How long a case may take.
        limit: Span,
        /// Exits that count.
        exits: Vec<ExitIndex>,
    },
    /// Share in time of a clock.
    ClockShare(ClockIndex),
    /// Sum of these cost items over the window \[units of money\].
    Cost(Vec<usize>),
    /// Made of measures before it, by their numbers.
    Combined(Combination, Vec<usize>),
}

/// How a number is made of others, in each replication for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combination {
    /// All of them together.
    Sum,
    /// The first less the second.
    Difference,
    /// The first over the second.
    Ratio,
}

impl Combination {
    /// The number; NaN where a part is undefined or a ratio is over nothing.
    pub fn of(self, parts: &[f64]) -> f64 {
        match (self, parts) {
            (Self::Sum, _) => parts.iter().sum(),
            (Self::Difference, [first, second]) => first - second,
            (Self::Ratio, [first, second]) if second.abs() > 0.0 => first / second,
            _ => f64::NAN,
        }
    }
}

/// A number through time that a bound can be held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// Waiting at these stations.
    Waiting(Vec<StationIndex>, CountedIn),
    /// Present and not out.
    Pending(CountedIn),
    /// Persons at a place.
    Population(PlaceIndex),
    /// Waiting or in service at these stations.
    Present(Vec<StationIndex>, CountedIn),
}

/// A level as a part of a sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The level.
    pub level: Level,
    /// Whether it is taken away.
    pub subtracted: bool,
}

/// A statistic of waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitStatistic {
    /// Mean.
    Mean,
    /// The middle one.
    Median,
    /// Nine in ten are no longer.
    P90,
}

/// Something that costs money.
#[derive(Debug, Clone, PartialEq)]
pub struct CostItem {
    /// What it is paid for.
    pub basis: CostBasis,
    /// Units of money per unit of the basis: per second of time, or per happening.
    pub price: f64,
}

/// What a cost is paid for.
#[derive(Debug, Clone, PartialEq)]
pub enum CostBasis {
    /// Staff in post of a pool \[person-seconds\].
    Staff(PoolIndex),
    /// Waiting at these stations of these classes \[case-seconds or person-seconds\].
    Waiting(Vec<StationIndex>, Vec<ClassIndex>, CountedIn),
    /// Being at a place \[person-seconds\].
    Place(PlaceIndex),
    /// Being at a place of those for whom its capacity has room \[person-seconds\].
    WithinCapacity(PlaceIndex),
    /// Being at a place of those for whom it has none \[person-seconds\].
    BeyondCapacity(PlaceIndex),
    /// Visits to a station: starts of service, and slots not come to \[cases or persons\].
    Visits(StationIndex, CountedIn),
    /// Starts of service at a station \[cases\].
    Started(StationIndex),
    /// Ends of service at a station \[cases\].
    Completed(StationIndex),
    /// Departures by an exit \[cases or persons\].
    Departed(ExitIndex, CountedIn),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_made_of_others() {
        assert_eq!(Combination::Sum.of(&[1.0, 2.0, 4.0]), 7.0);
        assert_eq!(Combination::Difference.of(&[1.0, 4.0]), -3.0);
        assert_eq!(Combination::Ratio.of(&[1.0, 4.0]), 0.25);
        assert!(Combination::Ratio.of(&[1.0, 0.0]).is_nan());
        assert!(Combination::Sum.of(&[1.0, f64::NAN]).is_nan());
    }
}
