//! What the signals of a network are made of, counted as it runs.
//!
//! Flows are counted by day: samples are taken at midnights, before anything happens, so that what has flowed
//! since any other midnight is exact.

#![expect(clippy::inline_always, reason = "as in the observer that it is part of")]

use super::case_table::Case;
use super::occurrence::Occurrence;
use crate::network::{MEMORY, Network, PlaceIndex, Signal, Station, StationIndex, Target};
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

/// What signals ask of a station; `None` and `false` where none does.
#[derive(Debug, Clone)]
struct Asked {
    /// Cases that left its line to start, withdraw or miss a slot for good.
    out_of_line: Option<Days>,
    left: Option<Left>,
    /// Cases that came to it.
    joined: Option<Days>,
    /// The place it is at.
    place: Option<PlaceIndex>,
    /// Whether those who miss a slot leave the line for good.
    misses_leave: bool,
}

impl Asked {
    fn new(signals: &[Signal], index: StationIndex, station: &Station, days: &dyn Fn() -> Days) -> Self {
        let asks = |wanted: &dyn Fn(&Signal) -> bool| signals.iter().any(wanted);
        let when = |asked: bool| asked.then(days);
        let ways = signals.iter().zip(0..).filter_map(|(signal, number)| match *signal {
            Signal::Share(of, target) if of == index => Some((target, number)),
            _ => None,
        });
        let asked: Vec<_> = ways.collect();
        Self {
            out_of_line: when(asks(&|signal| *signal == Signal::Wait(index))),
            left: (!asked.is_empty()).then(|| Left { days: days(), asked }),
            joined: when(asks(&|signal| matches!(*signal, Signal::Joined(at, _) if at == index))),
            place: station.place.filter(|&place| asks(&|signal| *signal == Signal::Population(place))),
            misses_leave: station.slots.as_ref().is_some_and(|slots| slots.no_show_to.is_some()),
        }
    }

    #[inline]
    fn leave_line(&mut self, at: SimTime) {
        if let Some(days) = &mut self.out_of_line {
            days.add(at);
        }
    }
}

/// Counts what is needed for the signals, and nothing else.
#[derive(Debug, Clone)]
pub(super) struct Gauge {
    signals: Vec<Signal>,
    stations: Vec<Asked>,
    /// By signal: cases that went that way.
    ways: Vec<Option<Days>>,
    /// By stream: cases that came from outside; `None` where no signal asks.
    arrived: Vec<Option<Days>>,
    persons: Vec<i64>,
    pending: i64,
}

impl Gauge {
    pub(super) fn new(network: &Network) -> Self {
        let signals = network.responses.signals.clone();
        let days = || Days::new(network.horizon);
        let asked = |(index, station)| Asked::new(&signals, index, station, &days);
        let way = |signal: &Signal| matches!(signal, Signal::Share(..)).then(days);
        let arrived = |stream: usize| {
            let asks = |signal: &Signal| matches!(*signal, Signal::Arrived(of, _) if of == stream);
            signals.iter().any(asks).then(days)
        };
        Self {
            stations: (0..).zip(&network.stations).map(asked).collect(),
            ways: signals.iter().map(way).collect(),
            arrived: (0..network.arrivals.len()).map(arrived).collect(),
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
                if let Some(days) = &mut self.stations[usize::from(case.station)].joined {
                    days.add(case.joined());
                }
            }
            Occurrence::Started { case, at, .. } => self.stations[usize::from(case.station)].leave_line(at),
            Occurrence::Withdrew { case, at } => {
                self.stations[usize::from(case.station)].leave_line(at);
                self.move_persons(case, -1);
            }
            Occurrence::NoShow { case, at, .. } => {
                let asked = &mut self.stations[usize::from(case.station)];
                if asked.misses_leave {
                    asked.leave_line(at);
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
    fn move_persons(&mut self, case: &Case, sign: i64) {
        if let Some(place) = self.stations[usize::from(case.station)].place {
            self.persons[usize::from(place)] += sign * i64::from(case.persons);
        }
    }

    /// A case leaves a station for good, now or at a later instant that is certain, and goes this way.
    #[inline]
    pub(super) fn goes(&mut self, station: StationIndex, target: Target, at: SimTime) {
        let Some(Left { days, asked }) = &mut self.stations[usize::from(station)].left else { return };
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
                let out_of_line = self.stations[usize::from(station)].out_of_line.as_ref();
                let flow = out_of_line.map_or(0.0, |out| out.before(now));
                // 0 ÷ 0 would be undefined, and so is a line that nobody leaves.
                if flow > 0.0 { waiting(station) as f64 * days as f64 / flow } else { f64::NAN }
            }
            Signal::Waiting(station) => waiting(station) as f64,
            Signal::Share(station, _) => {
                let left = self.stations[usize::from(station)].left.as_ref();
                let all = left.map_or(0.0, |left| left.days.before(now));
                self.ways[signal].as_ref().map_or(f64::NAN, |days| days.before(now) / all)
            }
            Signal::Population(place) => self.persons[usize::from(place)] as f64,
            Signal::Pending => self.pending as f64,
            Signal::Arrived(stream, days) => {
                self.arrived[stream].as_ref().map_or(f64::NAN, |came| came.in_last(days, now))
            }
            Signal::Joined(station, days) => {
                let joined = self.stations[usize::from(station)].joined.as_ref();
                joined.map_or(f64::NAN, |came| came.in_last(days, now))
            }
            Signal::Nothing => f64::NAN,
        }
    }
}
