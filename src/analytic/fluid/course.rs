//! What became of a fluid, to be asked at any time.

use crate::network::{ExitIndex, Network, PlaceIndex, Routes, StationIndex, Steps, Target};
use crate::units::SimTime;

/// A number at the start and at the end of every step.
type Row = Vec<f64>;

/// The course of a fluid through its whole horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    pub(super) step: f64,
    /// Levels.
    pub(super) waiting: Vec<Row>,
    pub(super) waiting_persons: Vec<Row>,
    pub(super) population: Vec<Row>,
    pub(super) pending: Row,
    /// Running sums.
    pub(super) arrived: Row,
    pub(super) joined: Vec<Row>,
    pub(super) started: Vec<Row>,
    pub(super) completed: Vec<Row>,
    pub(super) withdrawn: Vec<Row>,
    pub(super) departed: Vec<Row>,
    /// What went each way after service.
    pub(super) moved: Vec<(StationIndex, Target, Row)>,
}

impl Course {
    pub(super) fn new(network: &Network, step: f64) -> Self {
        let rows = |count: usize| vec![vec![0.0]; count];
        let stations = network.stations.len();
        Self {
            step,
            waiting: rows(stations),
            waiting_persons: rows(stations),
            population: rows(network.places.len()),
            pending: vec![0.0],
            arrived: vec![0.0],
            joined: rows(stations),
            started: rows(stations),
            completed: rows(stations),
            withdrawn: rows(stations),
            departed: rows(network.exits.len()),
            moved: moves(network).into_iter().map(|(at, to)| (at, to, vec![0.0])).collect(),
        }
    }

    /// Cases waiting at a station.
    pub fn waiting(&self, station: StationIndex, at: SimTime) -> f64 {
        self.read(&self.waiting[usize::from(station)], at)
    }

    /// Persons waiting at a station.
    pub fn waiting_persons(&self, station: StationIndex, at: SimTime) -> f64 {
        self.read(&self.waiting_persons[usize::from(station)], at)
    }

    /// Persons at a place.
    pub fn population(&self, place: PlaceIndex, at: SimTime) -> f64 {
        self.read(&self.population[usize::from(place)], at)
    }

    /// Cases present and not out.
    pub fn pending(&self, at: SimTime) -> f64 {
        self.read(&self.pending, at)
    }

    /// Cases that came from outside between two instants; those of the first day are not among them.
    pub fn arrived(&self, from: SimTime, until: SimTime) -> f64 {
        self.between(&self.arrived, from, until)
    }

    /// Cases that came to a station between two instants.
    pub fn joined(&self, station: StationIndex, from: SimTime, until: SimTime) -> f64 {
        self.between(&self.joined[usize::from(station)], from, until)
    }

    /// Service starts between two instants.
    pub fn started(&self, station: StationIndex, from: SimTime, until: SimTime) -> f64 {
        self.between(&self.started[usize::from(station)], from, until)
    }

    /// Service ends between two instants.
    pub fn completed(&self, station: StationIndex, from: SimTime, until: SimTime) -> f64 {
        self.between(&self.completed[usize::from(station)], from, until)
    }

    /// Withdrawals between two instants.
    pub fn withdrawn(&self, station: StationIndex, from: SimTime, until: SimTime) -> f64 {
        self.between(&self.withdrawn[usize::from(station)], from, until)
    }

    /// Departures by an exit between two instants.
    pub fn departed(&self, exit: ExitIndex, from: SimTime, until: SimTime) -> f64 {
        self.between(&self.departed[usize::from(exit)], from, until)
    }

    /// Cases that set out one way after service at a station between two instants.
    pub fn moved(&self, station: StationIndex, target: Target, from: SimTime, until: SimTime) -> f64 {
        let row = self.moved.iter().find(|(at, to, _)| (*at, *to) == (station, target));
        row.map_or(0.0, |(_, _, row)| self.between(row, from, until))
    }

    /// Cases that set out any way after service at a station between two instants.
    pub fn moved_on(&self, station: StationIndex, from: SimTime, until: SimTime) -> f64 {
        let rows = self.moved.iter().filter(|(at, ..)| *at == station);
        rows.map(|(_, _, row)| self.between(row, from, until)).sum()
    }

    fn between(&self, row: &Row, from: SimTime, until: SimTime) -> f64 {
        self.read(row, until) - self.read(row, from)
    }

    /// A number at an instant, by straight lines between the ends of steps; before the start and after the
    /// horizon it is what it is there.
    fn read(&self, row: &Row, at: SimTime) -> f64 {
        let last = row.len() - 1;
        let place = (at.seconds() as f64 / self.step).clamp(0.0, last as f64);
        let before = (place as usize).min(last);
        let part = place - before as f64;
        if part <= 0.0 { row[before] } else { row[before] + part * (row[before + 1] - row[before]) }
    }
}

/// Every way after service, once for each station and target, in the order of the rows of what went it.
pub(super) fn moves(network: &Network) -> Vec<(StationIndex, Target)> {
    let mut moves: Vec<(StationIndex, Target)> = Vec::new();
    for (index, station) in (0..).zip(&network.stations) {
        let routes = station.routes.iter().flat_map(Steps::values);
        let targets = routes.flat_map(Routes::ways).map(|route| route.target);
        for target in targets.chain(station.quotas.iter().map(|quota| quota.to)) {
            if !moves.contains(&(index, target)) {
                moves.push((index, target));
            }
        }
    }
    moves
}
