//! What is asked, and what is shown.

use crate::legend::{Better, OutcomeUnit};
use crate::network::{
    ClassIndex, Combination, CountedIn, Crowd, ExitIndex, Level, Passage, PlaceIndex, StationIndex, Term,
    WaitStatistic,
};
use crate::units::Span;
use jiff::civil::Date;

/// Something that a study asks.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// What it is counted in.
    pub unit: OutcomeUnit,
    /// Which sign of a difference is good.
    pub better: Option<Better>,
    /// What is asked.
    pub question: Question,
}

/// What is asked; dates are still dates.
#[derive(Debug, Clone)]
pub enum Question {
    /// Waiting at stages at a date, or on average.
    Waiting(Vec<StationIndex>, CountedIn, Option<Date>),
    /// Waiting of cases of some classes on average.
    WaitingAverageOf(Vec<StationIndex>, Vec<ClassIndex>, CountedIn),
    /// Persons at a place at a date.
    PopulationAt(PlaceIndex, Date),
    /// The most there are.
    PopulationPeak(PlaceIndex),
    /// On average.
    PopulationAverage(PlaceIndex),
    /// Present and not out at a date.
    Pending(CountedIn, Date),
    /// The same of cases of some classes.
    PendingOf(Vec<ClassIndex>, CountedIn, Date),
    /// Comings from outside by streams of arrivals, of cases of some classes, between dates.
    CameBy(Vec<u16>, Vec<ClassIndex>, CountedIn, [Date; 2]),
    /// Departures between dates.
    Exits(Vec<ExitIndex>, CountedIn, Date, Date),
    /// Departures of cases of some classes between dates.
    ExitsOf(Vec<ExitIndex>, Vec<ClassIndex>, CountedIn, [Date; 2]),
    /// Cases moved by transfers between dates.
    Transferred(Vec<u16>, CountedIn, Date, Date),
    /// Ends of service between dates.
    Completed(Vec<StationIndex>, CountedIn, Date, Date),
    /// Waiting or in service at stages at a date.
    Present(Vec<StationIndex>, CountedIn, Date),
    /// Comings to stages between dates.
    Joined(Vec<StationIndex>, CountedIn, Date, Date),
    /// What cases of some classes do at stages between dates; both are the same where they are counted at one.
    Passed(Passage, Crowd, [Date; 2]),
    /// Visits of those who left and had been there.
    Visits(StationIndex),
    /// Waits.
    Wait(StationIndex, WaitStatistic),
    /// Whether a level is ever below (true) or above a bound, by a date.
    Ever(Level, bool, f64, Date),
    /// Share of a cohort out in time.
    ShareWithin(Date, Date, Span, Vec<ExitIndex>),
    /// Share in time of a clock.
    Clock(u16),
    /// Sum of cost items.
    Cost(Vec<usize>),
    /// Made of outcomes before it, by their numbers.
    Combined(Combination, Vec<usize>),
}

/// A sum of levels that a record has published figures of.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Name of the first row of the record that is about it.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Cases or persons.
    pub unit: OutcomeUnit,
    /// Names of all rows that are, with their dates.
    pub rows: Vec<(String, Date)>,
    /// Its parts; none where this variant has not got what it is about.
    pub terms: Vec<Term>,
}
