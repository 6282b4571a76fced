//! Which numbers a replication gives, and in what order.

use crate::network::{ClockIndex, Exit, ExitIndex, Network, PlaceIndex, PoolIndex, StationIndex};

/// A number that every replication of a network gives.
///
/// Counts and areas are taken over the window (`network`), numbers "at end" at the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Of a station.
    Station(StationIndex, StationFigure),
    /// Of a pool.
    Pool(PoolIndex, PoolFigure),
    /// Of an exit.
    Exit(ExitIndex, ExitFigure),
    /// Cases present and not out, at the end.
    PendingCases,
    /// Persons in the cases present and not out, at the end.
    PendingPersons,
    /// Of a place.
    Place(PlaceIndex, PlaceFigure),
    /// Of a transfer, by its number.
    Transfer(u16, TransferFigure),
    /// Share in time of a clock.
    Clock(ClockIndex),
    /// Time average of the factor of a response, by its number.
    Factor(usize),
    /// Of a change that waits for a condition, by its number.
    Condition(usize, ConditionFigure),
    /// Cost item, by its number \[units of money\].
    Cost(usize),
    /// Measure asked for, by its number.
    Measure(usize),
}

/// Numbers of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StationFigure {
    /// Time average of the cases waiting.
    WaitingAverage,
    /// Cases waiting at the end.
    WaitingAtEnd,
    /// Persons waiting at the end.
    WaitingPersonsAtEnd,
    /// Time average of the cases in service.
    InServiceAverage,
    /// Mean wait of the services that started \[days\]; undefined when none did.
    WaitMean,
    /// Median of those waits \[days\].
    WaitMedian,
    /// Their 90 % quantile \[days\].
    WaitP90,
    /// Mean wait so far of those who still wait at the end \[days\]; undefined where nobody does.
    StillWaitedMean,
    /// Those of them who have waited longer than [`WaitMean`](Self::WaitMean) already.
    StillBeyondMean,
    /// The same of [`WaitMedian`](Self::WaitMedian).
    StillBeyondMedian,
    /// The same of [`WaitP90`](Self::WaitP90).
    StillBeyondP90,
    /// Of the cases that came, the share that did not start at once.
    DelayedShare,
    /// Busy time of the station's pools here ÷ their staffed time; undefined without a pool.
    Utilization,
    /// Service starts.
    Started,
    /// Service ends.
    Completed,
    /// Withdrawals while waiting.
    Withdrawn,
    /// Slots that were used up by somebody who did not come.
    NoShows,
    /// Cases sent to the end of the line by a slot that was lost.
    Cancelled,
    /// Cases that a transfer took out of the line.
    Transferred,
}

/// Numbers of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PoolFigure {
    /// Time average of the servers there are (never less than those busy).
    StaffAverage,
    /// Time average of the servers busy.
    BusyAverage,
    /// Busy ÷ staffed time.
    Utilization,
}

/// Numbers of an exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExitFigure {
    /// Departures.
    Cases,
    /// Persons in them.
    Persons,
    /// Mean time from the first arrival (the start, for an initial case) to the departure \[days\].
    DaysInSystem,
    /// Mean attempt in which they left (1 is the first), of an exit from which some come back.
    Attempts,
}

/// Numbers of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceFigure {
    /// Time average of the persons there.
    PersonsAverage,
    /// Persons there at the end.
    PersonsAtEnd,
    /// Most persons there at once.
    PersonsPeak,
    /// Time average of the persons there beyond its capacity; undefined where it has none.
    BeyondCapacity,
}

/// Numbers of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferFigure {
    /// Cases moved.
    Cases,
    /// Persons in them.
    Persons,
}

impl TransferFigure {
    /// All of them, in order.
    pub const ALL: [Self; 2] = [Self::Cases, Self::Persons];
}

/// Numbers of a change that waits for a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConditionFigure {
    /// 1 if it began within the run, else 0.
    Begun,
    /// When it began \[days after the start\]; undefined where it did not.
    BeginningDay,
}

impl ConditionFigure {
    /// All of them, in order.
    pub const ALL: [Self; 2] = [Self::Begun, Self::BeginningDay];
}

impl StationFigure {
    /// All of them, in order.
    pub const ALL: [Self; 19] = [
        Self::WaitingAverage,
        Self::WaitingAtEnd,
        Self::WaitingPersonsAtEnd,
        Self::InServiceAverage,
        Self::WaitMean,
        Self::WaitMedian,
        Self::WaitP90,
        Self::StillWaitedMean,
        Self::StillBeyondMean,
        Self::StillBeyondMedian,
        Self::StillBeyondP90,
        Self::DelayedShare,
        Self::Utilization,
        Self::Started,
        Self::Completed,
        Self::Withdrawn,
        Self::NoShows,
        Self::Cancelled,
        Self::Transferred,
    ];
}

impl PoolFigure {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::StaffAverage, Self::BusyAverage, Self::Utilization];
}

impl ExitFigure {
    /// Those of every exit, in order.
    pub const ALL: [Self; 3] = [Self::Cases, Self::Persons, Self::DaysInSystem];

    /// Those of one exit, in order.
    fn of(exit: &Exit) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain(exit.returns.as_ref().map(|_| Self::Attempts))
    }
}

impl PlaceFigure {
    /// All of them, in order.
    pub const ALL: [Self; 4] =
        [Self::PersonsAverage, Self::PersonsAtEnd, Self::PersonsPeak, Self::BeyondCapacity];
}

/// The figures of a network in the order in which every [`Replication`](super::Replication) lists them:
/// stations, pools, exits, pending cases and persons, places, transfers, clocks, responses, conditions, costs, measures.
///
/// # Panics
///
/// If there are more than 65,535 of a kind, which the types of their indices rule out.
pub fn figures(network: &Network) -> Vec<Figure> {
    let each = |count: usize| 0..u16::try_from(count).expect("indices are sixteen bits wide");
    let mut all = Vec::new();
    all.extend(each(network.stations.len()).flat_map(|i| StationFigure::ALL.map(|f| Figure::Station(i, f))));
    all.extend(each(network.pools.len()).flat_map(|i| PoolFigure::ALL.map(|f| Figure::Pool(i, f))));
    let exits = each(network.exits.len()).zip(&network.exits);
    all.extend(exits.flat_map(|(i, exit)| ExitFigure::of(exit).map(move |f| Figure::Exit(i, f))));
    all.extend([Figure::PendingCases, Figure::PendingPersons]);
    all.extend(each(network.places.len()).flat_map(|i| PlaceFigure::ALL.map(|f| Figure::Place(i, f))));
    all.extend(
        each(network.transfers.len()).flat_map(|i| TransferFigure::ALL.map(|f| Figure::Transfer(i, f))),
    );
    all.extend(each(network.clocks.len()).map(Figure::Clock));
    all.extend((0..network.responses.all.len()).map(Figure::Factor));
    all.extend(
        (0..network.responses.begun.len())
            .flat_map(|i| ConditionFigure::ALL.map(|figure| Figure::Condition(i, figure))),
    );
    all.extend((0..network.costs.len()).map(Figure::Cost));
    all.extend((0..network.measures.len()).map(Figure::Measure));
    all
}
