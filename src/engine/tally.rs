//! How often a case has been at each of the stations that it can come back to from others: small numbers in the
//! case's own record, the rest in a map.

use super::case_table::Slot;
use std::collections::BTreeMap;

/// Bytes of a tally: what is left of a line of the cache beside a case.
const BYTES: usize = 24;
/// Stations whose visits it counts: two in a byte.
const STATIONS: usize = 2 * BYTES;
/// The most that it counts of one.
const MOST: u8 = 15;

/// Visits to the first stations, up to the most of each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally([u8; BYTES]);

impl Tally {
    /// Count a visit to a station; how many there were before. `None` where that is beyond a tally.
    #[inline]
    pub(super) fn add(&mut self, station: usize) -> Option<u8> {
        let byte = self.0.get_mut(station / 2)?;
        let shift = station % 2 * 4;
        let before = *byte >> shift & MOST;
        (before < MOST).then(|| {
            *byte += 1 << shift;
            before
        })
    }
}

/// Visits that are beyond the tallies of their cases.
#[derive(Debug, Default)]
pub(super) struct Many(BTreeMap<(Slot, usize), u16>);

impl Many {
    /// Count a visit that is beyond the tally of its case; how many there were before.
    #[cold]
    pub(super) fn add(&mut self, slot: Slot, station: usize) -> u16 {
        let none_yet = if station < STATIONS { u16::from(MOST) } else { 0 };
        let visits = self.0.entry((slot, station)).or_insert(none_yet);
        let before = *visits;
        *visits = before.wrapping_add(1);
        before
    }

    /// Start counting those of a case anew.
    #[inline]
    pub(super) fn forget(&mut self, slot: Slot) {
        if !self.0.is_empty() {
            self.remove(slot);
        }
    }

    #[cold]
    fn remove(&mut self, slot: Slot) {
        while let Some((&key, _)) = self.0.range((slot, 0)..=(slot, usize::MAX)).next() {
            self.0.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_are_counted_past_what_a_tally_holds() {
        let (mut tally, mut many) = (Tally::default(), Many::default());
        let mut visit = |station: usize| match tally.add(station) {
            Some(before) => u16::from(before),
            None => many.add(7, station),
        };
        for before in 0..40 {
            // Two that share a byte, and two that are beyond it.
            for station in [0, 1, STATIONS - 1, STATIONS, STATIONS + 1] {
                assert_eq!(visit(station), before);
            }
        }
        assert_eq!(visit(2), 0);
    }

    #[test]
    fn those_of_one_case_are_forgotten() {
        let mut many = Many::default();
        for slot in [6, 7, 8] {
            assert_eq!((many.add(slot, 0), many.add(slot, 0), many.add(slot, 99)), (15, 16, 0));
        }
        many.forget(7);
        assert_eq!((many.add(6, 0), many.add(7, 0), many.add(8, 99)), (17, 15, 1));
    }
}
