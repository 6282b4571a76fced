//! Appointments: slots, those who do not come to them, and slots that are lost.

use super::case_table::Slot;
use super::event::Event;
use super::occurrence::{Observer, Occurrence};
use super::simulation::Simulation;
use crate::network::{PoolIndex, Scheduled, StationIndex, Target};
use crate::random::{key, unit};

const NO_SHOW: u64 = key("station: no-show");
/// What sums of shares of one may be off by.
const DUST: f64 = 1e-9;

impl<O: Observer> Simulation<'_, O> {
    /// Schedule the first appointment of every station that has them.
    pub(super) fn open_slots(&mut self) {
        for station in 0..self.stations.len() {
            self.schedule_slot(station as StationIndex);
        }
    }

    fn schedule_slot(&mut self, station: StationIndex) {
        let Some(clock) = &mut self.stations[usize::from(station)].slots else { return };
        if let Some(at) = clock.advance(1.0)
            && at <= self.network.horizon
        {
            self.events.push(
                at,
                self.plan.stations[usize::from(station)].rank,
                Event::Slot { station }.pack(),
            );
        }
    }

    /// An appointment: the first in line is called, if somebody is free to hear the case and the slot is not lost.
    pub(super) fn open_slot(&mut self, station: StationIndex) {
        self.schedule_slot(station);
        let lost = self.lost_slot(station);
        let pools = &self.network.stations[usize::from(station)].pools;
        let free = pools.iter().copied().find(|&pool| self.pools[usize::from(pool)].has_free_server());
        if free.is_none() && !pools.is_empty() {
            return;
        }
        match lost {
            None => self.hear(station, free),
            Some(Scheduled::Keep) => {}
            Some(Scheduled::EndOfLine) => self.cancel(station),
        }
    }

    /// Whether this slot is lost to a closure, and what then becomes of those scheduled.
    fn lost_slot(&mut self, station: StationIndex) -> Option<Scheduled> {
        let index = usize::from(station);
        let closure = self.network.stations[index].closed.as_ref()?.at(self.now);
        let state = &mut self.stations[index];
        state.lost += closure.share;
        if closure.share <= 0.0 || state.lost < 1.0 - DUST {
            return None;
        }
        state.lost = (state.lost - 1.0).max(0.0);
        Some(closure.scheduled)
    }

    /// Call those in line until one comes, or one has used the slot up by not coming.
    fn hear(&mut self, station: StationIndex, server: Option<PoolIndex>) {
        let slots = self.network.stations[usize::from(station)].slots.as_ref();
        let missed_to = slots.and_then(|slots| slots.no_show_to);
        while let Some(slot) = self.call(station) {
            match self.no_show(slot, station) {
                None => {
                    self.start(slot, station, server);
                    break;
                }
                Some(calls_next) => {
                    self.leave_line(slot, |case, at| Occurrence::NoShow { case, slot, at });
                    if let Some(target) = missed_to {
                        self.note_way(station, target, self.now);
                    }
                    if !calls_next {
                        break;
                    }
                }
            }
        }
        // Those who did not come stand behind everybody else only now, so that nobody is called twice.
        self.send_leaving(missed_to.unwrap_or(Target::Station(station)));
    }

    /// Whether the case called does not come; and if so, whether the next one is called.
    fn no_show(&self, slot: Slot, station: StationIndex) -> Option<bool> {
        let stage = &self.network.stations[usize::from(station)];
        let case = self.cases.get(slot);
        let rule = stage.slots.as_ref()?.no_show[usize::from(case.class)].at(self.now);
        let probability = rule.probability(self.now - case.joined());
        let misses = probability > 0.0 && unit(self.luck(case, stage.key ^ NO_SHOW)[0]) < probability;
        misses.then_some(rule.calls_next)
    }

    /// The first in line loses the slot and goes to the end of the line.
    fn cancel(&mut self, station: StationIndex) {
        if let Some(slot) = self.call(station) {
            self.leave_line(slot, |case, at| Occurrence::Cancelled { case, at });
            self.send_leaving(Target::Station(station));
        }
    }
}
