//! Which cases something is kept of: a bit for each, so that asking about those of whom nothing is kept reaches no
//! far memory.

use crate::engine::Slot;

/// A set of numbers of cases.
#[derive(Debug, Default)]
pub(super) struct SlotSet(Vec<u64>);

impl SlotSet {
    #[inline]
    pub(super) fn contains(&self, slot: Slot) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|bits| bits >> (slot % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, slot: Slot) {
        let word = slot as usize / 64;
        if self.0.len() <= word {
            self.0.resize((word + 1).next_power_of_two(), 0);
        }
        self.0[word] |= 1 << (slot % 64);
    }

    /// Take a number out; whether it was there.
    #[inline]
    pub(super) fn remove(&mut self, slot: Slot) -> bool {
        let was_there = self.contains(slot);
        if was_there {
            self.0[slot as usize / 64] &= !(1 << (slot % 64));
        }
        was_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_in_a_set_from_insertion_to_removal() {
        let mut set = SlotSet::default();
        assert!(!set.contains(1_000) && !set.remove(1_000));
        for slot in [0, 63, 64, 1_000] {
            set.insert(slot);
        }
        assert!([0, 63, 64, 1_000].map(|slot| set.contains(slot)) == [true; 4]);
        assert!(set.remove(63) && !set.contains(63) && set.contains(64));
    }
}
