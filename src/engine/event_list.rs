//! The future event list: a calendar of buckets on two scales.
//!
//! Guarantee: entries are pulled in order of time, then of rank, then in the order in which they were pushed.
//!
//! A fine ring holds the buckets of the present block, a coarse ring whole blocks, and what lies
//! beyond is kept unsorted until its time comes nearer. Only the bucket being read is sorted. So the
//! cost of an entry does not grow with the number pending, which on a docket of millions a heap's
//! does (Brown 1988, "Calendar queues", CACM 31(10)).

#![expect(
    clippy::inline_always,
    reason = "an entry that is handed on in memory is read before it is written: a tenth of the time"
)]

use crate::units::SimTime;

const FINE_BITS: u32 = 11;
const FINE: usize = 1 << FINE_BITS;
const COARSE_BITS: u32 = 10;
const COARSE: usize = 1 << COARSE_BITS;
/// Buckets no longer than this are sorted in place by insertion, which is stable and allocates nothing.
const SHORT: usize = 32;

/// What comes first of what happens at one instant.
pub(super) type Rank = u32;
/// Room for two ranks of each of 2¹⁶ stations after one of each of 2¹⁶ streams.
const RANK_BITS: u32 = 18;
/// The last rank.
pub(super) const RANKS: Rank = (1 << RANK_BITS) - 1;

/// The key of an instant and a rank: keys are in order as (instant, rank) is. Years up to 9999 take 38 bits.
#[inline]
pub(super) fn key(time: SimTime, rank: Rank) -> i64 {
    time.seconds() << RANK_BITS | i64::from(rank)
}

/// The instant of a key.
#[inline]
pub(super) fn instant(key: i64) -> SimTime {
    SimTime::from_seconds(key >> RANK_BITS)
}

/// A thing to happen, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<T> {
    pub(super) key: i64,
    pub(super) what: T,
}

/// A ring of buckets that knows which of them hold anything.
#[derive(Debug)]
struct Ring<T> {
    buckets: Vec<Vec<Entry<T>>>,
    occupied: Vec<u64>,
}

impl<T> Ring<T> {
    fn new(size: usize) -> Self {
        Self { buckets: (0..size).map(|_| Vec::new()).collect(), occupied: vec![0; size.div_ceil(64)] }
    }

    #[inline(always)]
    fn push(&mut self, index: usize, entry: Entry<T>) {
        self.buckets[index].push(entry);
        self.occupied[index / 64] |= 1 << (index % 64);
    }

    /// The first bucket at or after `from` that holds anything.
    #[inline]
    fn next_occupied(&self, from: usize) -> Option<usize> {
        let mut word = from / 64;
        let mut bits = self.occupied.get(word)? & (u64::MAX << (from % 64));
        loop {
            if bits != 0 {
                return Some(word * 64 + bits.trailing_zeros() as usize);
            }
            word += 1;
            bits = *self.occupied.get(word)?;
        }
    }

    /// Exchange the contents of a bucket with an empty buffer.
    #[inline]
    fn take(&mut self, index: usize, buffer: &mut Vec<Entry<T>>) {
        std::mem::swap(&mut self.buckets[index], buffer);
        self.occupied[index / 64] &= !(1 << (index % 64));
    }
}

/// Scheduled happenings in order of time, then of scheduling.
#[derive(Debug)]
pub(super) struct EventList<T> {
    /// Binary logarithm of the width of a fine bucket, in keys.
    shift: u32,
    /// Entries pending.
    pending: usize,
    /// The bucket being read: sorted, its next entry at `next`.
    current: Vec<Entry<T>>,
    next: usize,
    /// Whether it has just been opened.
    fresh: bool,
    /// Number of the bucket being read, counted from time zero.
    bucket: i64,
    fine: Ring<T>,
    coarse: Ring<T>,
    /// Beyond the coarse ring.
    far: Vec<Entry<T>>,
}

impl<T: Copy> EventList<T> {
    /// An empty list whose fine buckets are 2^`shift` seconds wide.
    pub(super) fn new(shift: u32) -> Self {
        Self {
            shift: shift + RANK_BITS,
            pending: 0,
            current: Vec::new(),
            next: 0,
            fresh: false,
            bucket: 0,
            fine: Ring::new(FINE),
            coarse: Ring::new(COARSE),
            far: Vec::new(),
        }
    }

    /// Schedule `what` at `time`, which is not before the last time pulled.
    #[inline(always)]
    pub(super) fn push(&mut self, time: SimTime, rank: Rank, what: T) {
        let entry = Entry { key: key(time, rank), what };
        self.pending += 1;
        let bucket = entry.key >> self.shift;
        if bucket <= self.bucket {
            self.insert(entry);
        } else if bucket >> FINE_BITS == self.bucket >> FINE_BITS {
            self.fine.push(bucket as usize & (FINE - 1), entry);
        } else {
            self.push_beyond(bucket >> FINE_BITS, entry);
        }
    }

    #[inline(always)]
    fn push_beyond(&mut self, block: i64, entry: Entry<T>) {
        if block >> COARSE_BITS == self.bucket >> (FINE_BITS + COARSE_BITS) {
            self.coarse.push(block as usize & (COARSE - 1), entry);
        } else {
            self.far.push(entry);
        }
    }

    /// Put an entry into the bucket being read, behind those of the same key.
    #[inline(always)]
    fn insert(&mut self, entry: Entry<T>) {
        let mut place = self.current.len();
        self.current.push(entry);
        while place > self.next && self.current[place - 1].key > entry.key {
            self.current[place] = self.current[place - 1];
            place -= 1;
        }
        self.current[place] = entry;
    }

    /// Whether nothing is pending.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.pending == 0
    }

    /// The time of the next entry; [`SimTime::NEVER`] when there is none.
    #[inline]
    pub(super) fn next_time(&mut self) -> SimTime {
        match self.next_key() {
            i64::MAX => SimTime::NEVER,
            key => instant(key),
        }
    }

    /// The key of the next entry; the greatest number when there is none.
    #[inline]
    pub(super) fn next_key(&mut self) -> i64 {
        if self.next < self.current.len() || (self.pending > 0 && self.advance()) {
            self.current[self.next].key
        } else {
            i64::MAX
        }
    }

    /// Pull the entry that [`next_key`](Self::next_key) has just named.
    #[inline]
    pub(super) fn pull(&mut self) -> T {
        let what = self.current[self.next].what;
        self.next += 1;
        self.pending -= 1;
        what
    }

    /// The entries that come next, in order: those of one bucket; none when none is pending.
    #[inline]
    pub(super) fn bucket(&mut self) -> &[Entry<T>] {
        if self.next == self.current.len() && self.pending > 0 {
            self.advance();
        }
        &self.current[self.next..]
    }

    /// So many of [those](Self::bucket) have been pulled.
    #[inline]
    pub(super) fn pass(&mut self, count: usize) {
        self.next += count;
        self.pending -= count;
    }

    /// Pull all entries at or before `limit` in order, but no more than `most`: `take` is given them piece by piece.
    #[inline]
    pub(super) fn pull_until(&mut self, limit: SimTime, most: usize, mut take: impl FnMut(&[Entry<T>])) {
        let end = key(limit, RANKS);
        let mut room = most;
        while room > 0 && self.next_key() <= end {
            let rest = &self.current[self.next..];
            let count = rest.iter().take(room).take_while(|entry| entry.key <= end).count();
            take(&rest[..count]);
            self.next += count;
            self.pending -= count;
            room -= count;
        }
    }

    /// The entries of the bucket being read, if they are not known already.
    #[inline]
    pub(super) fn opened(&mut self) -> Option<&[Entry<T>]> {
        std::mem::take(&mut self.fresh).then_some(self.current.as_slice())
    }

    /// Open the next bucket that holds anything; false when none does.
    #[inline]
    fn advance(&mut self) -> bool {
        self.current.clear();
        self.next = 0;
        let from = (self.bucket as usize & (FINE - 1)) + 1;
        match self.fine.next_occupied(from) {
            Some(index) => self.open(index),
            None => self.advance_block(),
        }
    }

    #[inline]
    fn open(&mut self, index: usize) -> bool {
        self.bucket = (self.bucket & !(FINE as i64 - 1)) | index as i64;
        self.fine.take(index, &mut self.current);
        sort(&mut self.current);
        self.fresh = true;
        true
    }

    /// Spread the next block that holds anything over the fine ring, and open its first bucket.
    #[cold]
    #[inline(never)]
    fn advance_block(&mut self) -> bool {
        let block = self.bucket >> FINE_BITS;
        let from = (block as usize & (COARSE - 1)) + 1;
        let Some(index) = self.coarse.next_occupied(from) else { return self.advance_far() };
        let block = (block & !(COARSE as i64 - 1)) | index as i64;
        // The emptied block keeps no room: most blocks ahead hold less than one that has come.
        let mut entries = Vec::new();
        self.coarse.take(index, &mut entries);
        for entry in entries {
            self.fine.push((entry.key >> self.shift) as usize & (FINE - 1), entry);
        }
        self.bucket = block << FINE_BITS;
        let first = self.fine.next_occupied(0).expect("a block that holds entries was spread");
        self.open(first)
    }

    /// Move to the stretch of time of the earliest far entry.
    #[cold]
    #[inline(never)]
    fn advance_far(&mut self) -> bool {
        let Some(earliest) = self.far.iter().map(|entry| entry.key).min() else { return false };
        let block = earliest >> self.shift >> FINE_BITS;
        // Stand just before the first block of that stretch, in the stretch itself: every entry of it is
        // then in the coarse ring, except for its very first block, which is opened here.
        let first_block = block >> COARSE_BITS << COARSE_BITS;
        self.bucket = first_block << FINE_BITS;
        let far = std::mem::take(&mut self.far);
        for entry in far {
            let bucket = entry.key >> self.shift;
            if bucket >> FINE_BITS == first_block {
                self.fine.push(bucket as usize & (FINE - 1), entry);
            } else {
                self.push_beyond(bucket >> FINE_BITS, entry);
            }
        }
        match self.fine.next_occupied(0) {
            Some(index) => self.open(index),
            None => self.advance_block(),
        }
    }
}

/// Sort by key, keeping the order of entries of equal key.
#[inline]
fn sort<T: Copy>(entries: &mut [Entry<T>]) {
    if entries.len() > SHORT {
        entries.sort_by_key(|entry| entry.key);
        return;
    }
    for i in 1..entries.len() {
        let entry = entries[i];
        let mut place = i;
        while place > 0 && entries[place - 1].key > entry.key {
            entries[place] = entries[place - 1];
            place -= 1;
        }
        entries[place] = entry;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A sorted list that keeps the order of pushing among equal times.
    fn reference(mut pending: Vec<(i64, u64)>) -> Vec<(i64, u64)> {
        pending.sort_by_key(|entry| entry.0);
        pending
    }

    fn drain(list: &mut EventList<u64>) -> Vec<(i64, u64)> {
        std::iter::from_fn(|| {
            let time = list.next_time();
            (time != SimTime::NEVER).then(|| (time.seconds(), list.pull()))
        })
        .collect()
    }

    proptest! {
        #[test]
        fn entries_come_in_order_of_time_then_of_pushing(
            times in prop::collection::vec(prop_oneof![0_i64..50, 0_i64..100_000, 0_i64..10_000_000_000], 0..200),
            shift in 0_u32..12,
        ) {
            let mut list = EventList::new(shift);
            let entries: Vec<_> = times.iter().copied().zip(0_u64..).collect();
            for &(time, what) in &entries {
                list.push(SimTime::from_seconds(time), 0, what);
            }
            prop_assert_eq!(drain(&mut list), reference(entries));
        }

        #[test]
        fn entries_pushed_while_reading_come_in_order(
            gaps in prop::collection::vec((prop_oneof![Just(0_i64), 0_i64..500, 0_i64..40_000_000], any::<bool>()), 1..300),
            shift in 0_u32..8,
        ) {
            let mut list = EventList::new(shift);
            let mut pending: Vec<(i64, u64)> = Vec::new();
            let mut now = 0;
            for (number, (gap, pull)) in (0_u64..).zip(gaps) {
                list.push(SimTime::from_seconds(now + gap), 0, number);
                pending.push((now + gap, number));
                if pull {
                    pending = reference(pending);
                    let expected = pending.remove(0);
                    now = list.next_time().seconds();
                    prop_assert_eq!((now, list.pull()), expected);
                }
            }
            prop_assert_eq!(drain(&mut list), reference(pending));
        }
    }
}
