//! Who is in time: the cases held against the clocks of a network.

use super::slot_set::SlotSet;
use crate::engine::Slot;
use crate::network::{Happening, Network};
use crate::units::SimTime;

const NOT_RUNNING: SimTime = SimTime::NEVER;

/// One clock's tally.
#[derive(Debug, Clone, Copy, Default)]
struct InTime {
    due: u64,
    met: u64,
}

/// Watches all clocks.
#[derive(Debug)]
pub(super) struct ClockProbe<'n> {
    network: &'n Network,
    /// When each clock of each case was started.
    started: Vec<SimTime>,
    /// Cases that may have a clock running.
    timed: SlotSet,
    tallies: Vec<InTime>,
    /// Whether any clock starts or stops at a station, or by an exit.
    stations: Vec<bool>,
    exits: Vec<bool>,
}

impl<'n> ClockProbe<'n> {
    pub(super) fn new(network: &'n Network) -> Self {
        let mut stations = vec![false; network.stations.len()];
        let mut exits = vec![false; network.exits.len()];
        for what in network.clocks.iter().flat_map(|clock| clock.to.iter().chain([&clock.from])) {
            match what {
                Happening::Joined(station) | Happening::Started(station) | Happening::Completed(station) => {
                    stations[usize::from(*station)] = true;
                }
                Happening::Departed(exit) => exits[usize::from(*exit)] = true,
            }
        }
        let tallies = vec![InTime::default(); network.clocks.len()];
        Self { network, started: Vec::new(), timed: SlotSet::default(), tallies, stations, exits }
    }

    /// Whether there is no clock to watch.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        self.tallies.is_empty()
    }

    /// Something that may start or stop a clock befell the case in `slot`.
    #[inline]
    pub(super) fn happened(&mut self, slot: Slot, what: Happening, at: SimTime) {
        let watched = match what {
            Happening::Joined(station) | Happening::Started(station) | Happening::Completed(station) => {
                self.stations[usize::from(station)]
            }
            Happening::Departed(exit) => self.exits[usize::from(exit)],
        };
        if watched {
            self.turn(slot, what, at);
        }
    }

    fn turn(&mut self, slot: Slot, what: Happening, at: SimTime) {
        let timed = self.timed.contains(slot);
        for clock in 0..self.tallies.len() {
            let rule = &self.network.clocks[clock];
            if !timed && rule.from != what {
                continue;
            }
            let running = self.running(slot, clock);
            if running != NOT_RUNNING && rule.to.contains(&what) {
                self.stop(slot, clock, Some(at));
            } else if running == NOT_RUNNING && rule.from == what {
                self.start(slot, clock, at);
            }
        }
    }

    /// The case in `slot` is gone, or the run is over: clocks still running were not met.
    #[inline]
    pub(super) fn gone(&mut self, slot: Slot) {
        if self.timed.remove(slot) {
            self.stop_all(slot);
        }
    }

    fn stop_all(&mut self, slot: Slot) {
        for clock in 0..self.tallies.len() {
            if self.running(slot, clock) != NOT_RUNNING {
                self.stop(slot, clock, None);
            }
        }
    }

    /// Share in time of a clock: NaN where no limit fell inside the horizon.
    pub(super) fn share(&self, clock: usize) -> f64 {
        self.tallies[clock].met as f64 / self.tallies[clock].due as f64
    }

    fn running(&self, slot: Slot, clock: usize) -> SimTime {
        let index = slot as usize * self.tallies.len() + clock;
        self.started.get(index).copied().unwrap_or(NOT_RUNNING)
    }

    fn start(&mut self, slot: Slot, clock: usize, at: SimTime) {
        let index = slot as usize * self.tallies.len() + clock;
        if self.started.len() <= index {
            self.started.resize((index + 1).next_power_of_two(), NOT_RUNNING);
        }
        self.started[index] = at;
        self.timed.insert(slot);
    }

    /// Stop a clock that runs, and count it if it was started in the window and its limit is inside it.
    fn stop(&mut self, slot: Slot, clock: usize, at: Option<SimTime>) {
        let index = slot as usize * self.tallies.len() + clock;
        let start = std::mem::replace(&mut self.started[index], NOT_RUNNING);
        let deadline = self.network.clocks[clock].limit.deadline(start);
        if start >= self.network.window && deadline <= self.network.horizon {
            self.tallies[clock].due += 1;
            self.tallies[clock].met += u64::from(at.is_some_and(|at| at <= deadline));
        }
    }
}
