//! What is kept of the stations that outcomes ask about beyond the standard figures: who came, who left and who
//! was served, by date. Stations that nobody asks about cost nothing.

use super::dates::PairedChanges;
use crate::network::{CountedIn, DateIndex, Measure, Network, StationIndex};

/// Which row of a watch a station has.
pub(super) type Row = u16;

/// Flows at the watched stations.
#[derive(Debug)]
pub(super) struct Watch {
    /// Row of each station, where it has one.
    rows: Vec<Option<Row>>,
    pub(super) came: PairedChanges,
    pub(super) left: PairedChanges,
    pub(super) completed: PairedChanges,
}

impl Watch {
    /// A watch on the stations that the measures of a network need it for.
    pub(super) fn new(network: &Network) -> Self {
        let mut rows = vec![None; network.stations.len()];
        let mut count = 0;
        for &station in network.measures.iter().flat_map(asked) {
            let row = &mut rows[usize::from(station)];
            if row.is_none() {
                *row = Some(count);
                count += 1;
            }
        }
        let changes = || PairedChanges::new(usize::from(count), network.dates.len());
        Self { rows, came: changes(), left: changes(), completed: changes() }
    }

    /// The row of a station.
    pub(super) fn row(&self, station: StationIndex) -> Option<Row> {
        self.rows[usize::from(station)]
    }

    /// Those at these stations just after a date.
    pub(super) fn present(&self, stations: &[StationIndex], counted: CountedIn, date: DateIndex) -> f64 {
        let until = |changes: &PairedChanges| self.sum(changes, stations, counted, 0, date + 1);
        until(&self.came) - until(&self.left)
    }

    /// What was added to `changes` at these stations after the first date and not after the second.
    pub(super) fn flow(
        &self,
        changes: &PairedChanges,
        stations: &[StationIndex],
        counted: CountedIn,
        [after, until]: [DateIndex; 2],
    ) -> f64 {
        self.sum(changes, stations, counted, after + 1, until + 1)
    }

    fn sum(
        &self,
        changes: &PairedChanges,
        stations: &[StationIndex],
        counted: CountedIn,
        first: DateIndex,
        end: DateIndex,
    ) -> f64 {
        let of_row = |row: Row| -> i64 {
            let changes = &changes.row(usize::from(row))[first..end];
            let sum = |which: usize| changes.iter().map(|change| i64::from(change[which])).sum();
            match counted {
                CountedIn::Cases => sum(0),
                CountedIn::Persons => sum(1),
            }
        };
        stations.iter().filter_map(|&station| self.row(station)).map(of_row).sum::<i64>() as f64
    }
}

/// The stations that a measure needs a watch for.
fn asked(measure: &Measure) -> &[StationIndex] {
    match measure {
        Measure::PresentAt(stations, ..)
        | Measure::Joined(stations, ..)
        | Measure::Completed(stations, CountedIn::Persons, ..) => stations,
        _ => &[],
    }
}
