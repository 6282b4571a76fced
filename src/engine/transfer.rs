//! Waiting cases that are moved in bulk.

use super::case_table::{Case, Slot};
use super::integral::Integral;
use super::occurrence::{Observer, Occurrence};
use super::simulation::{Simulation, luck};
use crate::network::{Network, StationIndex, Steps, Takes};
use crate::random::unit;
use crate::units::{DAY, SimTime};

/// What the number of cases that a day brings may be off by.
const DUST: f64 = 1e-6;
/// As many as there are.
const ALL: u32 = u32::MAX;

/// Number of a transfer in its network.
pub(super) type TransferIndex = u16;

impl<O: Observer> Simulation<'_, O> {
    /// Move up to `most` of those who wait where a transfer takes from, who came first first.
    pub(super) fn transfer(&mut self, number: TransferIndex, most: u32) {
        let transfer = &self.network.transfers[usize::from(number)];
        let mut chosen = std::mem::take(&mut self.leaving);
        for &station in &transfer.from {
            self.choose_waiting(number, station, most, &mut chosen);
        }
        chosen.sort_by_key(|&slot| (self.cases.get(slot).joined(), self.cases.ticket(slot)));
        chosen.truncate(most as usize);
        for slot in chosen.drain(..) {
            self.leave_for(number, slot);
            self.arrive_at(slot, transfer.to);
        }
        self.leaving = chosen;
    }

    /// Add to `chosen` those at a station whom a transfer may take, `most` of each level of priority.
    fn choose_waiting(
        &self,
        number: TransferIndex,
        station: StationIndex,
        most: u32,
        chosen: &mut Vec<Slot>,
    ) {
        let transfer = &self.network.transfers[usize::from(number)];
        let purpose = transfer.key ^ self.network.stations[usize::from(station)].key;
        let wants = |case: &Case| {
            let drawn = || match transfer.takes {
                Takes::Share(_, share) => unit(self.luck(case, purpose)[0]) < share,
                _ => true,
            };
            transfer.classes[usize::from(case.class)] && drawn()
        };
        self.stations[usize::from(station)].line.list(most as usize, &self.cases, wants, chosen);
    }

    /// A waiting case gives up its place because a transfer takes it.
    fn leave_for(&mut self, number: TransferIndex, slot: Slot) {
        let case = self.cases.get(slot);
        let (index, level) = (usize::from(case.station), self.level(case.station, case.class));
        self.cases.set_ticket(slot, 0);
        self.stations[index].line.leave(level, &self.cases);
        let case = self.cases.get(slot);
        self.observer.observe(Occurrence::Transferred { case, transfer: number, at: self.now });
    }

    /// When the first of the transfers with a hazard takes a case that has joined a line; `None`: never.
    pub(super) fn called_away(&self, slot: Slot, station: StationIndex) -> Option<(SimTime, TransferIndex)> {
        let hazards = &self.plan.stations[usize::from(station)].hazards;
        hazards.iter().filter_map(|&number| Some((self.taken_at(number, slot, station)?, number))).min()
    }

    /// When the integral of a hazard since the case joined reaches an exponential variate of mean 1.
    fn taken_at(&self, number: TransferIndex, slot: Slot, station: StationIndex) -> Option<SimTime> {
        let transfer = &self.network.transfers[usize::from(number)];
        let case = self.cases.get(slot);
        let Takes::Hazard(hazard) = &transfer.takes else { return None };
        if !transfer.classes[usize::from(case.class)] {
            return None;
        }
        let purpose = transfer.key ^ self.network.stations[usize::from(station)].key;
        let word = luck(&self.streams, &self.plan.streams, case, purpose)[0];
        let patience = -libm::log(1.0 - unit(word));
        Integral::new(hazard, case.joined().seconds() as f64).advance(patience)
    }

    /// A waiting case whose time has come by a hazard goes where the transfer leads.
    pub(super) fn take_away(&mut self, number: TransferIndex, slot: Slot) {
        let case = self.cases.get(slot);
        self.observer.observe(Occurrence::Transferred { case, transfer: number, at: self.now });
        self.arrive_at(slot, self.network.transfers[usize::from(number)].to);
    }
}

/// When transfers move several cases at once, and how many at most.
pub(super) fn moves(network: &Network) -> impl Iterator<Item = (SimTime, TransferIndex, u32)> {
    (0..).zip(&network.transfers).filter(|(_, transfer)| transfer.acts()).flat_map(|(number, transfer)| {
        let moves = match &transfer.takes {
            Takes::Share(at, _) => vec![(*at, ALL)],
            Takes::Rate(rate) => batches(rate, network.horizon),
            Takes::Hazard(_) => Vec::new(),
        };
        moves.into_iter().map(move |(at, most)| (at, number, most))
    })
}

/// The midnights at which whole cases have come together at a rate, with their number.
fn batches(rate: &Steps<f64>, horizon: SimTime) -> Vec<(SimTime, u32)> {
    let mut batches = Vec::new();
    let (mut total, mut moved) = (0.0, 0_u64);
    for day in 1..=horizon.seconds() / DAY {
        let (from, until) = (SimTime::from_seconds((day - 1) * DAY), SimTime::from_seconds(day * DAY));
        total += brought(rate, from, until);
        let whole = (total + DUST) as u64;
        if whole > moved {
            batches.push((until, u32::try_from(whole - moved).unwrap_or(ALL)));
            moved = whole;
        }
    }
    batches
}

/// ∫ rate dt from `from` to `until`.
fn brought(rate: &Steps<f64>, from: SimTime, until: SimTime) -> f64 {
    let inside = rate.changes().iter().copied().filter(|&change| from < change && change < until);
    let begins = std::iter::once(from).chain(inside.clone());
    let ends = inside.chain([until]);
    begins.zip(ends).map(|(begin, end)| rate.at(begin) * (end - begin).seconds() as f64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> SimTime {
        SimTime::from_seconds(number * DAY)
    }

    #[test]
    fn a_rate_is_moved_in_whole_cases_at_the_end_of_each_day() {
        // Three and a half a day from day 2 to day 5, from noon of day 6 one a day.
        let noon = SimTime::from_seconds(6 * DAY + DAY / 2);
        let per_day = |number: f64| number / DAY as f64;
        let rate = Steps::new(0.0, [(day(2), per_day(3.5)), (day(5), 0.0), (noon, per_day(1.0))]);
        let found: Vec<_> = batches(&rate, day(8)).iter().map(|(at, n)| (at.seconds() / DAY, *n)).collect();
        assert_eq!(found, [(3, 3), (4, 4), (5, 3), (7, 1), (8, 1)]);
    }
}
