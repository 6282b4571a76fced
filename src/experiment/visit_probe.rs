//! Visits: how often cases have been at the stations that somebody asks about. A visit is a start of
//! service, or a slot that the case did not come to.

use super::slot_set::SlotSet;
use crate::engine::{Case, Slot};
use crate::network::{CostBasis, CountedIn, Measure, Network, StationIndex};

/// Visits to one station.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// Made in the window, in cases and in persons.
    cases: u64,
    persons: u64,
    /// Cases that left in the window and had been there, and how often they had.
    left: u64,
    visits: u64,
}

/// Watches visits to the stations that are asked about; others cost nothing.
#[derive(Debug)]
pub(super) struct VisitProbe {
    /// Row of each station, where it has one.
    rows: Vec<Option<usize>>,
    tallies: Vec<Tally>,
    /// Visits of each case to each of them since it came, or came back.
    counts: Vec<u16>,
    /// Cases that made any.
    visitors: SlotSet,
}

impl VisitProbe {
    pub(super) fn new(network: &Network) -> Self {
        let measured = network.measures.iter().filter_map(|measure| match measure {
            Measure::Visits(station) => Some(*station),
            _ => None,
        });
        let paid = network.costs.iter().filter_map(|cost| match cost.basis {
            CostBasis::Visits(station, _) => Some(station),
            _ => None,
        });
        let mut rows = vec![None; network.stations.len()];
        let mut count = 0;
        for station in measured.chain(paid) {
            let row = &mut rows[usize::from(station)];
            if row.is_none() {
                *row = Some(count);
                count += 1;
            }
        }
        Self {
            rows,
            tallies: vec![Tally::default(); count],
            counts: Vec::new(),
            visitors: SlotSet::default(),
        }
    }

    /// Whether nobody asks.
    pub(super) fn is_idle(&self) -> bool {
        self.tallies.is_empty()
    }

    /// The case in `slot` is at its station for a visit.
    pub(super) fn visited(&mut self, case: &Case, slot: Slot, in_window: bool) {
        let Some(row) = self.rows[usize::from(case.station)] else { return };
        let index = slot as usize * self.tallies.len() + row;
        if self.counts.len() <= index {
            self.counts.resize((index + 1).next_power_of_two(), 0);
        }
        self.counts[index] = self.counts[index].saturating_add(1);
        self.visitors.insert(slot);
        let tally = &mut self.tallies[row];
        tally.cases += u64::from(in_window);
        tally.persons += u64::from(in_window) * u64::from(case.persons);
    }

    /// The case in `slot` has left by an exit.
    #[inline]
    pub(super) fn gone(&mut self, slot: Slot, in_window: bool) {
        if self.visitors.remove(slot) {
            self.tally_visits(slot, in_window);
        }
    }

    fn tally_visits(&mut self, slot: Slot, in_window: bool) {
        let first = slot as usize * self.tallies.len();
        for (count, tally) in self.counts[first..].iter_mut().zip(&mut self.tallies) {
            let visits = std::mem::take(count);
            if in_window && visits > 0 {
                tally.left += 1;
                tally.visits += u64::from(visits);
            }
        }
    }

    /// Mean number of visits to a station of the cases that left and had been there; NaN without any.
    pub(super) fn mean(&self, station: StationIndex) -> f64 {
        let tally = self.tally(station);
        tally.visits as f64 / tally.left as f64
    }

    /// Visits made in the window.
    pub(super) fn made(&self, station: StationIndex, counted: CountedIn) -> f64 {
        let tally = self.tally(station);
        match counted {
            CountedIn::Cases => tally.cases as f64,
            CountedIn::Persons => tally.persons as f64,
        }
    }

    fn tally(&self, station: StationIndex) -> Tally {
        self.rows[usize::from(station)].map_or_else(Tally::default, |row| self.tallies[row])
    }
}
