//! What is kept of the stations that outcomes ask about beyond the standard figures: who came, who left and who
//! was served, by date. Stations that nobody asks about cost nothing, and where nobody asks whom it is of, nothing
//! is told apart by class.

use super::dates::PairedChanges;
use crate::engine::Case;
use crate::network::{CountedIn, Crowd, DateIndex, Level, Measure, Network, Passage, StationIndex, Term};

/// Which row of a watch a station has.
pub(super) type Row = u16;

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Flow {
    Came,
    Left,
    Served,
    /// Of those of whom it is asked who waits.
    Begun,
}

/// Flows at the watched stations: a row for each of them, then one for each crowd.
#[derive(Debug)]
pub(super) struct Watch {
    /// Row of each station, where it has one.
    rows: Vec<Option<Row>>,
    crowds: Vec<Watched>,
    /// By kind of flow.
    flows: [PairedChanges; 4],
    /// Whether beginnings of service are counted.
    pub(super) begun: bool,
}

/// A crowd that a measure is about.
#[derive(Debug)]
struct Watched {
    /// Number of the measure.
    measure: usize,
    row: usize,
    /// Which rows of stations add to its row, and which classes.
    stations: Vec<bool>,
    classes: Vec<bool>,
}

impl Watch {
    /// A watch on the stations that the measures of a network need it for.
    pub(super) fn new(network: &Network) -> Self {
        let mut rows = vec![None; network.stations.len()];
        let mut count = 0;
        let shown = network.shown.iter().flatten().flat_map(kept);
        for &station in network.measures.iter().flat_map(asked).chain(shown) {
            let row = &mut rows[usize::from(station)];
            if row.is_none() {
                *row = Some(count);
                count += 1;
            }
        }
        let crowds = crowds(network, &rows, usize::from(count));
        let all = usize::from(count) + crowds.len();
        let flows = [(); 4].map(|()| PairedChanges::new(all, network.dates.len()));
        let begun = network.measures.iter().any(|one| matches!(one, Measure::Passed(Passage::Waiting, ..)));
        Self { rows, crowds, flows, begun }
    }

    /// The row of a station.
    pub(super) fn row(&self, station: StationIndex) -> Option<Row> {
        self.rows[usize::from(station)]
    }

    /// A case passed at the station of a row before a date; `by` −1 takes that back.
    pub(super) fn count(&mut self, flow: Flow, row: Row, case: &Case, date: DateIndex, by: i32) {
        let (flow, persons) = (&mut self.flows[flow as usize], by * i32::from(case.persons));
        flow.add(usize::from(row), date, by, persons);
        for crowd in &self.crowds {
            if crowd.stations[usize::from(row)] && crowd.classes[usize::from(case.class)] {
                flow.add(crowd.row, date, by, persons);
            }
        }
    }

    /// Those at these stations just after a date.
    pub(super) fn present(&self, stations: &[StationIndex], counted: CountedIn, date: DateIndex) -> f64 {
        let until = |flow: Flow| self.of_stations(flow, stations, counted, [0, date + 1]);
        (until(Flow::Came) - until(Flow::Left)) as f64
    }

    /// A flow at these stations after the first date and not after the second.
    pub(super) fn flow(
        &self,
        flow: Flow,
        stations: &[StationIndex],
        counted: CountedIn,
        [after, until]: [DateIndex; 2],
    ) -> f64 {
        self.of_stations(flow, stations, counted, [after + 1, until + 1]) as f64
    }

    /// What the crowd of a measure did; NaN if the measure has none.
    pub(super) fn passed(
        &self,
        measure: usize,
        passage: Passage,
        counted: CountedIn,
        [after, until]: [DateIndex; 2],
    ) -> f64 {
        let Some(crowd) = self.crowds.iter().find(|crowd| crowd.measure == measure) else {
            return f64::NAN;
        };
        let sum = |flow: Flow, first: DateIndex| self.sum(flow, crowd.row, counted, [first, until + 1]);
        let passed = match passage {
            Passage::Came => sum(Flow::Came, after + 1),
            Passage::Served => sum(Flow::Served, after + 1),
            Passage::Present => sum(Flow::Came, 0) - sum(Flow::Left, 0),
            // There, less those in service.
            Passage::Waiting => {
                sum(Flow::Came, 0) - sum(Flow::Left, 0) - sum(Flow::Begun, 0) + sum(Flow::Served, 0)
            }
        };
        passed as f64
    }

    fn of_stations(
        &self,
        flow: Flow,
        stations: &[StationIndex],
        counted: CountedIn,
        dates: [DateIndex; 2],
    ) -> i64 {
        let rows = stations.iter().filter_map(|&station| self.row(station));
        rows.map(|row| self.sum(flow, usize::from(row), counted, dates)).sum()
    }

    /// A row from the first date up to but not with the second.
    fn sum(&self, flow: Flow, row: usize, counted: CountedIn, [first, end]: [DateIndex; 2]) -> i64 {
        let which = match counted {
            CountedIn::Cases => 0,
            CountedIn::Persons => 1,
        };
        let changes = &self.flows[flow as usize].row(row)[first..end];
        changes.iter().map(|change| i64::from(change[which])).sum()
    }
}

/// The crowds that measures are about, with rows from `first` on.
fn crowds(network: &Network, rows: &[Option<Row>], first: usize) -> Vec<Watched> {
    let watched = |(measure, crowd): (usize, &Crowd), row: usize| {
        let mut stations = vec![false; first];
        let mut classes = vec![false; network.persons.len()];
        for own in crowd.stations.iter().filter_map(|&station| rows[usize::from(station)]) {
            stations[usize::from(own)] = true;
        }
        for &class in &crowd.classes {
            classes[usize::from(class)] = true;
        }
        Watched { measure, row, stations, classes }
    };
    let measures = network.measures.iter().enumerate();
    let asked = measures.filter_map(|(index, measure)| match measure {
        Measure::Passed(_, crowd, _) => Some((index, crowd)),
        _ => None,
    });
    asked.zip(first..).map(|(asked, row)| watched(asked, row)).collect()
}

/// The stations that a part of a sum needs a watch for.
fn kept(term: &Term) -> &[StationIndex] {
    match &term.level {
        Level::Present(stations, _) => stations,
        _ => &[],
    }
}

/// The stations that a measure needs a watch for.
fn asked(measure: &Measure) -> &[StationIndex] {
    match measure {
        Measure::PresentAt(stations, ..)
        | Measure::Joined(stations, ..)
        | Measure::Completed(stations, CountedIn::Persons, ..)
        | Measure::Passed(_, Crowd { stations, .. }, _) => stations,
        _ => &[],
    }
}
