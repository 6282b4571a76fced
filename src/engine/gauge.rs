//! What the signals of a network are made of, counted as it runs.
//!
//! Flows are counted by day: samples are taken at midnights, before anything happens, so that what has flowed
//! since any other midnight is exact.

#![expect(clippy::inline_always, reason = "as in the observer that it is part of")]

use super::case_table::Case;
use super::occurrence::Occurrence;
use crate::network::{MEMORY, Network, PlaceIndex, Signal, StationIndex, Target};
use crate::units::{DAY, SimTime};

/// Happenings by day.
#[derive(Debug, Clone)]
struct Days(Vec<u32>);

impl Days {
    fn new(horizon: SimTime) -> Self {
        Self(vec![0; (horizon.seconds() / DAY + 1) as usize])
    }

    /// One more at an instant; what lies after the run is not counted.
    #[inline]
    fn add(&mut self, at: SimTime) {
        if let Some(day) = self.0.get_mut((at.seconds() / DAY) as usize) {
            *day += 1;
        }
    }

    /// How many in the days before a midnight, as far back as signals remember.
    fn before(&self, midnight: SimTime) -> f64 {
        self.since(first_day(midnight), midnight)
    }

    /// How many in so many days before a midnight.
    fn in_last(&self, days: u32, midnight: SimTime) -> f64 {
        let end = (midnight.seconds() / DAY) as usize;
        self.since(end.saturating_sub(days as usize), midnight)
    }

    fn since(&self, first: usize, midnight: SimTime) -> f64 {
        let end = (midnight.seconds() / DAY) as usize;
        self.0[first..end.min(self.0.len())].iter().map(|&day| f64::from(day)).sum()
    }
}

/// The first day that a signal at this midnight remembers.
fn first_day(midnight: SimTime) -> usize {
    ((midnight.seconds() - MEMORY.seconds()).max(0) / DAY) as usize
}

/// Cases that left a station, and the signals that ask for a way on from it.
#[derive(Debug, Clone)]
struct Left {
    days: Days,
    asked: Vec<(Target, usize)>,
}

/// Counts what is needed for the signals, and nothing else.
#[derive(Debug, Clone)]
pub(super) struct Gauge {
    signals: Vec<Signal>,
    /// By station: cases that left its line to start, withdraw or miss a slot for good; `None` where no
    /// signal asks.
    out_of_line: Vec<Option<Days>>,
    /// By station; `None` where no signal asks.
    left: Vec<Option<Left>>,
    /// By signal: cases that went that way.
    ways: Vec<Option<Days>>,
    /// By station: the place it is at, if a signal asks.
    places: Vec<Option<PlaceIndex>>,
    /// Whether those who miss a slot leave the line for good, by station.
    misses_leave: Vec<bool>,
    /// By station: cases that came to it; by stream: cases that came from outside.
    joined: Vec<Option<Days>>,
    arrived: Vec<Option<Days>>,
    persons: Vec<i64>,
    pending: i64,
}

impl Gauge {
    pub(super) fn new(network: &Network) -> Self {
        let signals = network.responses.signals.clone();
        let days = || Days::new(network.horizon);
        let when = |asked: bool| asked.then(days);
        let asks = |wanted: &dyn Fn(&Signal) -> bool| signals.iter().any(wanted);
        let stations = || (0..).zip(&network.stations);
        let way = |signal: &Signal| matches!(signal, Signal::Share(..)).then(days);
        let ways_from = |index: StationIndex| -> Vec<(Target, usize)> {
            let ways = signals.iter().zip(0..).filter_map(|(signal, number)| match *signal {
                Signal::Share(of, target) if of == index => Some((target, number)),
                _ => None,
            });
            ways.collect()
        };
        Self {
            out_of_line: stations()
                .map(|(index, _)| when(asks(&|signal| *signal == Signal::Wait(index))))
                .collect(),
            left: stations()
                .map(|(index, _)| Some(ways_from(index)).filter(|ways| !ways.is_empty()))
                .map(|ways| ways.map(|asked| Left { days: days(), asked }))
                .collect(),
            ways: signals.iter().map(way).collect(),
            places: stations()
                .map(|(_, station)| station.place.filter(|&place| asks(&|s| *s == Signal::Population(place))))
                .collect(),
            misses_leave: network
                .stations
                .iter()
                .map(|station| station.slots.as_ref().is_some_and(|slots| slots.no_show_to.is_some()))
                .collect(),
            joined: stations()
                .map(|(index, _)| {
                    when(asks(&|signal| matches!(*signal, Signal::Joined(at, _) if at == index)))
                })
                .collect(),
            arrived: (0..network.arrivals.len())
                .map(|stream| when(asks(&|signal| matches!(*signal, Signal::Arrived(of, _) if of == stream))))
                .collect(),
            persons: vec![0; network.places.len()],
            pending: 0,
            signals,
        }
    }

    #[inline(always)]
    pub(super) fn observe(&mut self, occurrence: Occurrence<'_>) {
        match occurrence {
            Occurrence::Arrived { case } => {
                self.pending += 1;
                if let Some(Some(days)) = self.arrived.get_mut(usize::from(case.stream)) {
                    days.add(case.entered());
                }
            }
            Occurrence::Returned { .. } => self.pending += 1,
            Occurrence::Departed { .. } => self.pending -= 1,
            Occurrence::Joined { case, .. } => {
                self.move_persons(case, 1);
                if let Some(days) = &mut self.joined[usize::from(case.station)] {
                    days.add(case.joined());
                }
            }
            Occurrence::Started { case, at, .. } => self.leave_line(case, at),
            Occurrence::Withdrew { case, at } => {
                self.leave_line(case, at);
                self.move_persons(case, -1);
            }
            Occurrence::NoShow { case, at, .. } => {
                if self.misses_leave[usize::from(case.station)] {
                    self.leave_line(case, at);
                }
                self.move_persons(case, -1);
            }
            Occurrence::Completed { case, .. }
            | Occurrence::Cancelled { case, .. }
            | Occurrence::Transferred { case, .. } => {
                self.move_persons(case, -1);
            }
            Occurrence::DelayEnded { .. } | Occurrence::Overhang { .. } | Occurrence::Present { .. } => {}
        }
    }

    #[inline]
    fn leave_line(&mut self, case: &Case, at: SimTime) {
        if let Some(days) = &mut self.out_of_line[usize::from(case.station)] {
            days.add(at);
        }
    }

    #[inline]
    fn move_persons(&mut self, case: &Case, sign: i64) {
        if let Some(place) = self.places[usize::from(case.station)] {
            self.persons[usize::from(place)] += sign * i64::from(case.persons);
        }
    }

    /// A case leaves a station for good, now or at a later instant that is certain, and goes this way.
    #[inline]
    pub(super) fn goes(&mut self, station: StationIndex, target: Target, at: SimTime) {
        let Some(Left { days, asked }) = &mut self.left[usize::from(station)] else { return };
        days.add(at);
        for &(_, signal) in asked.iter().filter(|way| way.0 == target) {
            if let Some(days) = &mut self.ways[signal] {
                days.add(at);
            }
        }
    }

    /// A signal at a midnight, before anything happens at it; `waiting` says how many wait at a station.
    pub(super) fn read(&self, signal: usize, now: SimTime, waiting: &dyn Fn(StationIndex) -> usize) -> f64 {
        match self.signals[signal] {
            Signal::Wait(station) => {
                let days = (now.seconds() / DAY) as usize - first_day(now);
                let flow = self.out_of_line[usize::from(station)].as_ref().map_or(0.0, |out| out.before(now));
                // 0 ÷ 0 would be undefined, and so is a line that nobody leaves.
                if flow > 0.0 { waiting(station) as f64 * days as f64 / flow } else { f64::NAN }
            }
            Signal::Waiting(station) => waiting(station) as f64,
            Signal::Share(station, _) => {
                let all = self.left[usize::from(station)].as_ref().map_or(0.0, |left| left.days.before(now));
                self.ways[signal].as_ref().map_or(f64::NAN, |days| days.before(now) / all)
            }
            Signal::Population(place) => self.persons[usize::from(place)] as f64,
            Signal::Pending => self.pending as f64,
            Signal::Arrived(stream, days) => {
                self.arrived[stream].as_ref().map_or(f64::NAN, |came| came.in_last(days, now))
            }
            Signal::Joined(station, days) => {
                self.joined[usize::from(station)].as_ref().map_or(f64::NAN, |came| came.in_last(days, now))
            }
            Signal::Nothing => f64::NAN,
        }
    }
}
