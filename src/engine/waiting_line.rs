//! The waiting line of one station, under each discipline, with removal of those who leave it.
//!
//! A line keeps one queue for each level of priority. Who leaves from the middle is not searched
//! for: the case's own record says which ticket it holds, and an entry whose ticket is no longer
//! held is passed over when met. A queue whose entries are mostly of that kind is compacted, so that
//! its length stays within twice the number waiting.

use super::case_table::{Case, CaseTable, Slot};
use crate::network::Order;
use std::collections::VecDeque;

/// A place in the line.
#[derive(Debug, Clone, Copy)]
struct Entry {
    slot: Slot,
    ticket: u32,
}

/// One queue: those of one level of priority.
#[derive(Debug, Default)]
struct Queue {
    entries: VecDeque<Entry>,
    waiting: usize,
    /// How many of the first entries have had their records fetched.
    fetched: usize,
}

/// Those waiting at one station.
#[derive(Debug, Default)]
pub(super) struct WaitingLine {
    queues: Vec<Queue>,
}

/// Entries below this number are not worth compacting.
const FEW: usize = 64;
/// Records that are fetched at once.
const AHEAD: usize = 16;

fn holds(cases: &CaseTable, entry: Entry) -> bool {
    entry.ticket != 0 && cases.ticket(entry.slot) == entry.ticket
}

impl WaitingLine {
    /// A line with the given number of levels of priority.
    pub(super) fn new(levels: usize) -> Self {
        Self { queues: (0..levels).map(|_| Queue::default()).collect() }
    }

    /// The last in line, at its level.
    #[inline]
    pub(super) fn join(&mut self, level: u8, slot: Slot, ticket: u32) {
        let queue = &mut self.queues[usize::from(level)];
        queue.entries.push_back(Entry { slot, ticket });
        queue.waiting += 1;
    }

    /// How many wait; ghosts of a line that books withdrawals late among them.
    pub(super) fn len(&self) -> usize {
        self.queues.iter().map(|queue| queue.waiting).sum()
    }

    /// Whether nobody waits; ghosts of a line that books withdrawals late count as waiting.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.queues.iter().all(|queue| queue.waiting == 0)
    }

    /// The case at `level` has given up its ticket without being called.
    pub(super) fn leave(&mut self, level: u8, cases: &CaseTable) {
        let queue = &mut self.queues[usize::from(level)];
        queue.waiting -= 1;
        if queue.entries.len() > FEW && queue.entries.len() > 2 * queue.waiting {
            queue.entries.retain(|&entry| holds(cases, entry));
        }
    }

    /// Add to `into` those whom `wants` picks, at most `most` of each level, in the order in which they joined.
    pub(super) fn list(
        &self,
        most: usize,
        cases: &CaseTable,
        wants: impl Fn(&Case) -> bool,
        into: &mut Vec<Slot>,
    ) {
        for queue in &self.queues {
            let waiting = queue.entries.iter().filter(|&&entry| holds(cases, entry)).map(|entry| entry.slot);
            into.extend(waiting.filter(|&slot| wants(cases.get(slot))).take(most));
        }
    }

    /// Call the next case: the lowest level first, within it by `order`; `word` gives random words.
    #[inline]
    pub(super) fn call(
        &mut self,
        order: Order,
        cases: &CaseTable,
        word: impl FnMut() -> u64,
    ) -> Option<Slot> {
        let queue = self.queues.iter_mut().find(|queue| queue.waiting > 0)?;
        queue.waiting -= 1;
        Some(queue.take(order, cases, word))
    }

    /// The case that has been in line longest, over all levels.
    pub(super) fn longest_waiting(&mut self, cases: &CaseTable) -> Option<Slot> {
        self.queues
            .iter_mut()
            .filter_map(|queue| queue.oldest(cases))
            .min_by_key(|&slot| (cases.get(slot).joined(), cases.ticket(slot)))
    }

    /// Sort everybody anew into levels, as when priorities change on a date.
    pub(super) fn regrade(&mut self, levels: usize, cases: &CaseTable, level: impl Fn(Slot) -> u8) {
        let mut everybody: Vec<Entry> = self
            .queues
            .iter_mut()
            .flat_map(|queue| queue.entries.drain(..))
            .filter(|&e| holds(cases, e))
            .collect();
        everybody.sort_by_key(|entry| (cases.get(entry.slot).joined(), entry.ticket));
        *self = Self::new(levels);
        for entry in everybody {
            self.join(level(entry.slot), entry.slot, entry.ticket);
        }
    }

    /// Whether each queue counts as many waiting as hold a ticket in it.
    #[cfg(test)]
    pub(super) fn is_sound(&self, cases: &CaseTable) -> bool {
        let held = |queue: &Queue| queue.entries.iter().filter(|&&entry| holds(cases, entry)).count();
        self.queues.iter().all(|queue| queue.waiting == held(queue))
    }

    /// Empty the line: everybody still in it, in order of level and arrival.
    pub(super) fn drain(&mut self, cases: &CaseTable) -> Vec<Slot> {
        self.queues
            .iter_mut()
            .flat_map(|queue| queue.entries.drain(..))
            .filter(|&entry| holds(cases, entry))
            .map(|entry| entry.slot)
            .collect()
    }
}

impl Queue {
    fn take(&mut self, order: Order, cases: &CaseTable, word: impl FnMut() -> u64) -> Slot {
        match order {
            Order::OldestFirst => loop {
                self.fetch_ahead(cases);
                let entry = self.entries.pop_front().expect("somebody waits in this queue");
                if holds(cases, entry) {
                    return entry.slot;
                }
            },
            Order::NewestFirst => loop {
                let entry = self.entries.pop_back().expect("somebody waits in this queue");
                if holds(cases, entry) {
                    return entry.slot;
                }
            },
            Order::Random => self.take_any(cases, word),
        }
    }

    /// See to it that the records of the first in line are near when they are called.
    #[inline]
    fn fetch_ahead(&mut self, cases: &CaseTable) {
        if self.fetched == 0 {
            self.fetched = AHEAD;
            cases.fetch(self.entries.iter().take(AHEAD).map(|entry| entry.slot));
        }
        self.fetched -= 1;
    }

    /// Anybody, with equal probability: places are drawn until one is held.
    fn take_any(&mut self, cases: &CaseTable, mut word: impl FnMut() -> u64) -> Slot {
        loop {
            let place = (u128::from(word()) * self.entries.len() as u128) >> 64;
            let entry = &mut self.entries[place as usize];
            if holds(cases, *entry) {
                let slot = entry.slot;
                entry.ticket = 0;
                self.compact(cases);
                return slot;
            }
        }
    }

    /// Called with the one just taken still holding its ticket, but its entry cleared.
    fn compact(&mut self, cases: &CaseTable) {
        if self.entries.len() > FEW && self.entries.len() > 2 * self.waiting {
            self.entries.retain(|&entry| holds(cases, entry));
        }
    }

    fn oldest(&mut self, cases: &CaseTable) -> Option<Slot> {
        while let Some(&entry) = self.entries.front() {
            if holds(cases, entry) {
                return Some(entry.slot);
            }
            self.entries.pop_front();
        }
        None
    }
}
