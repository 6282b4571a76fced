//! Which way cases go, and where those are who are still there.

use crate::network::{ExitIndex, Network, StationIndex, Target};
use crate::units::SimTime;

/// Where a case came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// From outside, by a stream: arrivals first, then groups of the first day.
    Stream(u16),
    /// Back from an exit.
    Return(ExitIndex),
    /// From a station.
    Station(StationIndex, Leaving),
}

/// How a case left a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaving {
    /// Its service ended.
    Served,
    /// It ran out of patience.
    Withdrew,
    /// It did not come to its slot.
    DidNotCome,
    /// Its slot was lost.
    Cancelled,
    /// A transfer took it out of the line.
    Transferred,
}

/// Cases that went one way in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Where they came from.
    pub from: Origin,
    /// Where they went: when they came there.
    pub to: Target,
    /// Number of the period.
    pub period: u16,
    /// How many.
    pub cases: u32,
    /// Persons in them.
    pub persons: u32,
}

/// Those still there at the horizon, at a station or on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stock {
    /// How many.
    pub cases: u32,
    /// Persons in them.
    pub persons: u32,
}

/// Ways of leaving a station.
const LEAVING: [Leaving; 5] =
    [Leaving::Served, Leaving::Withdrew, Leaving::DidNotCome, Leaving::Cancelled, Leaving::Transferred];

/// Counts of moves: by origin, target and period.
#[derive(Debug)]
pub(super) struct Moves {
    periods: Vec<SimTime>,
    streams: usize,
    exits: usize,
    stations: usize,
    /// Cases and persons.
    counts: Vec<(u32, u32)>,
    stock: Vec<Stock>,
}

impl Moves {
    pub(super) fn new(network: &Network, periods: &[SimTime]) -> Self {
        let (stations, exits) = (network.stations.len(), network.exits.len());
        let streams = network.arrivals.len() + network.initial.len();
        let origins = streams + exits + LEAVING.len() * stations;
        Self {
            periods: periods.to_vec(),
            streams,
            exits,
            stations,
            counts: vec![(0, 0); origins * (stations + exits) * periods.len()],
            stock: vec![Stock::default(); stations + 1],
        }
    }

    fn origin(&self, from: Origin) -> usize {
        match from {
            Origin::Stream(stream) => usize::from(stream),
            Origin::Return(exit) => self.streams + usize::from(exit),
            Origin::Station(station, leaving) => {
                self.streams + self.exits + LEAVING.len() * usize::from(station) + leaving as usize
            }
        }
    }

    /// A case came to `to` at `at`.
    #[inline]
    pub(super) fn count(&mut self, from: Origin, to: Target, at: SimTime, persons: u16) {
        let to = match to {
            Target::Station(station) => usize::from(station),
            Target::Exit(exit) => self.stations + usize::from(exit),
        };
        let period = self.periods.partition_point(|&end| end < at).min(self.periods.len() - 1);
        let place = (self.origin(from) * (self.stations + self.exits) + to) * self.periods.len() + period;
        let count = &mut self.counts[place];
        *count = (count.0 + 1, count.1 + u32::from(persons));
    }

    /// A case is still there at the horizon; `None`: on the way.
    pub(super) fn stay(&mut self, station: Option<StationIndex>, persons: u16) {
        let stock = &mut self.stock[station.map_or(self.stations, usize::from)];
        stock.cases += 1;
        stock.persons += u32::from(persons);
    }

    /// The ways that somebody went, in order, and those still there.
    pub(super) fn results(&self) -> (Vec<Move>, Vec<Stock>) {
        let streams = (0..self.streams as u16).map(Origin::Stream);
        let exits = (0..self.exits as u16).map(Origin::Return);
        let stations = (0..self.stations as u16)
            .flat_map(|station| LEAVING.map(|leaving| Origin::Station(station, leaving)));
        let targets = || {
            let exits = (0..self.exits as u16).map(Target::Exit);
            (0..self.stations as u16).map(Target::Station).chain(exits)
        };
        let origins = streams.chain(exits).chain(stations);
        let ways = origins.flat_map(|from| targets().map(move |to| (from, to)));
        let moves = ways.zip(self.counts.chunks(self.periods.len())).flat_map(|((from, to), row)| {
            let counted = (0..).zip(row).filter(|(_, count)| count.0 > 0);
            counted.map(move |(period, &(cases, persons))| Move { from, to, period, cases, persons })
        });
        (moves.collect(), self.stock.clone())
    }
}
