//! Who is served, by whom, and when.

use super::case_table::Slot;
use super::event::Event;
use super::flow::{SERVICE, length};
use super::occurrence::{Observer, Occurrence};
use super::plan::Withdrawals;
use super::pool_state::{Choice, Turn};
use super::simulation::{Gate, Simulation, StationState};
use super::site::WayOn;
use crate::network::{PoolIndex, ServiceDraws, StationIndex};

impl<O: Observer> Simulation<'_, O> {
    /// Service begins.
    #[inline]
    pub(super) fn start(&mut self, slot: Slot, station: StationIndex, pool: Option<PoolIndex>) {
        let site = &self.sites[usize::from(station)];
        let case = self.cases.get(slot);
        let law = site.law(case.class, self.now);
        let by_case = pool.is_none() || self.network.service_draws == ServiceDraws::ByCase;
        let drawn = site.way_on != WayOn::One || by_case && !law.is_constant();
        let words = if drawn { self.luck(case, site.key) } else { [0; 4] };
        let rank = site.rank;
        let lasts = if by_case {
            length(law, words[SERVICE])
        } else {
            self.stations[usize::from(station)].service.next_length(law)
        };
        let until = self.now + lasts;
        let case = self.cases.begin(slot);
        self.observer.observe(Occurrence::Started { case, slot, pool, at: self.now, until });
        if let Some(pool) = pool {
            self.pools[usize::from(pool)].busy += 1;
        }
        if until <= self.network.horizon {
            let sent = self.send(slot, station, until, &words);
            self.events.push(until, rank, Event::ServiceEnd { station, pool, slot, sent }.pack());
        }
    }

    /// A server has finished a case and takes the next one.
    #[inline]
    pub(super) fn release(&mut self, pool: PoolIndex) {
        let state = &self.pools[usize::from(pool)];
        if state.busy > state.servers {
            self.book_overhang(pool);
        }
        self.pools[usize::from(pool)].busy -= 1;
        self.dispatch(pool);
    }

    /// Give every free server of a pool somebody to serve.
    #[inline]
    pub(super) fn dispatch(&mut self, pool: PoolIndex) {
        while self.pools[usize::from(pool)].has_free_server() {
            let Some((slot, station)) = self.next_for(pool) else { return };
            self.start(slot, station, Some(pool));
        }
    }

    /// The next case for a free server of a pool, taken from its line.
    #[inline]
    fn next_for(&mut self, pool: PoolIndex) -> Option<(Slot, StationIndex)> {
        loop {
            let station = self.choose(pool)?;
            if let Some(slot) = self.call(station) {
                self.pools[usize::from(pool)].choice.served(station);
                return Some((slot, station));
            }
        }
    }

    /// The station a free server turns to; one that has slots is served at its slots alone.
    #[inline]
    fn choose(&mut self, pool: PoolIndex) -> Option<StationIndex> {
        let (stations, cases) = (&mut self.stations, &self.cases);
        let waits = |stations: &[StationState<'_>], station: StationIndex| {
            let state = &stations[usize::from(station)];
            state.gate == Gate::Open && !state.line.is_empty()
        };
        match &self.pools[usize::from(pool)].choice {
            Choice::Only(only) => waits(stations, *only).then_some(*only),
            Choice::Strict(order) => order.iter().copied().find(|&station| waits(stations, station)),
            Choice::Shares { turns, virtual_time } => {
                let tag = |turn: &&Turn| turn.tag(*virtual_time);
                let waiting = turns.iter().filter(|turn| waits(stations, turn.station));
                waiting.min_by(|a, b| tag(a).total_cmp(&tag(b))).map(|turn| turn.station)
            }
            Choice::LongestWaiting(served) => {
                let oldest = served.iter().copied().filter_map(|station| {
                    let state = &mut stations[usize::from(station)];
                    if state.gate != Gate::Open {
                        return None;
                    }
                    let slot = state.line.longest_waiting(cases)?;
                    Some((cases.get(slot).joined(), cases.ticket(slot), station))
                });
                oldest.min().map(|(_, _, station)| station)
            }
        }
    }

    /// Call the next in line at a station; those found to have withdrawn are booked and passed over.
    #[inline]
    pub(super) fn call(&mut self, station: StationIndex) -> Option<Slot> {
        let index = usize::from(station);
        let late = self.plan.stations[index].withdrawals == Withdrawals::WhenCalled;
        let order = *self.network.stations[index].order.at(self.now);
        loop {
            let state = &mut self.stations[index];
            let called = &mut state.called;
            let slot = state.line.call(order, &self.cases, || called.next_word())?;
            if !(late && self.has_withdrawn(slot, station)) {
                return Some(slot);
            }
        }
    }

    /// Whether a case just called had run out of patience by now; if so it is booked.
    #[inline]
    fn has_withdrawn(&mut self, slot: Slot, station: StationIndex) -> bool {
        match self.deadline(slot, station) {
            Some(deadline) if deadline <= self.now => {
                self.withdraw(slot, deadline);
                true
            }
            _ => false,
        }
    }

    /// At the horizon: book those of a line whose patience had ended.
    pub(super) fn settle_withdrawals(&mut self, station: usize) {
        if self.plan.stations[station].withdrawals != Withdrawals::WhenCalled {
            return;
        }
        for slot in self.stations[station].line.drain(&self.cases) {
            self.has_withdrawn(slot, station as StationIndex);
        }
    }

    /// Tell the observer for how long more servers were busy than there are, up to now.
    pub(super) fn book_overhang(&mut self, pool: PoolIndex) {
        let state = &mut self.pools[usize::from(pool)];
        let servers = state.busy - state.servers;
        let from = std::mem::replace(&mut state.booked, self.now);
        if servers > 0 && from < self.now {
            self.observer.observe(Occurrence::Overhang { pool, servers, from, until: self.now });
        }
    }
}
