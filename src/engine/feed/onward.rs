//! Those who are served and go on at once: handed to the next station in order, without being sorted.
//!
//! A server is taken up again in the order in which servers become free, and whoever was with it before leaves at that
//! instant: so the tournament that finds the next server gives those who leave in order of time, too.

use super::super::event_list::Entry;
use super::super::visit::{BLOCK, Traveller};
use crate::network::{Routes, StationIndex, Target};
use crate::units::SimTime;

/// Nobody who goes on is with this server.
pub(super) const NOBODY: i64 = -1;

/// Cases on their way to a station, in order of their keys, then of the beginning of their services.
#[derive(Debug, Default)]
pub(super) struct Queue {
    entries: Vec<Entry<Traveller>>,
    orders: Vec<u64>,
    /// Those before have been read.
    next: usize,
}

impl Queue {
    /// The key of the first; the greatest number where there is none.
    #[inline]
    pub(super) fn next_key(&self) -> i64 {
        self.entries.get(self.next).map_or(i64::MAX, |entry| entry.key)
    }

    /// Those there are, in order.
    #[inline]
    pub(super) fn rest(&self) -> &[Entry<Traveller>] {
        &self.entries[self.next..]
    }

    /// So many of them have been read.
    #[inline]
    pub(super) fn pass(&mut self, count: usize) {
        self.next += count;
        if self.next == self.entries.len() {
            self.entries.clear();
            self.orders.clear();
            self.next = 0;
        }
    }

    /// The first.
    #[inline]
    pub(super) fn pull(&mut self) -> Traveller {
        let who = self.entries[self.next].what;
        self.pass(1);
        who
    }

    /// One more, most often the last.
    fn put(&mut self, entry: Entry<Traveller>, order: u64) {
        let mut place = self.entries.len();
        while place > self.next && (self.entries[place - 1].key, self.orders[place - 1]) > (entry.key, order)
        {
            place -= 1;
        }
        self.entries.insert(place, entry);
        self.orders.insert(place, order);
    }
}

/// Those in service at a station of whom it is known that they go on at once to one other.
#[derive(Debug)]
pub(super) struct Onward {
    /// Where they go, by which of the ways, and into which of the queues there.
    pub(super) target: StationIndex,
    pub(super) way: usize,
    pub(super) queue: usize,
    /// By server, with the order in which their services began.
    seats: Vec<Entry<Traveller>>,
    orders: Vec<u64>,
    begun: u64,
    /// The server taken last.
    seat: usize,
}

/// Whom a station hands on in order: those who go by the one way that leads to another station at once, where no other way leads there.
pub(super) fn way_onward(routes: &Routes, station: StationIndex) -> Option<(usize, StationIndex)> {
    let mut found = routes.ways().iter().enumerate().filter_map(|(number, way)| match way.target {
        Target::Station(target) if target != station && way.delay.is_none() => Some((number, target)),
        _ => None,
    });
    let only = found.next();
    only.filter(|_| found.next().is_none())
}

impl Onward {
    pub(super) fn new((way, target): (usize, StationIndex), queue: usize) -> Self {
        Self { target, way, queue, seats: Vec::new(), orders: Vec::new(), begun: 0, seat: 0 }
    }

    fn reach(&mut self, seats: usize) {
        if self.seats.len() < seats {
            let nobody = Entry { key: NOBODY, what: Traveller::new(SimTime::START, 0, 0, 0) };
            self.seats.resize(seats, nobody);
            self.orders.resize(seats, 0);
        }
    }

    /// A server is taken: whoever was with it before is on the way.
    pub(super) fn take(&mut self, seat: usize, queue: &mut Queue) {
        self.reach(seat + 1);
        let before = self.seats[seat];
        if before.key != NOBODY {
            queue.put(before, self.orders[seat]);
            self.seats[seat].key = NOBODY;
        }
        self.seat = seat;
    }

    /// The one that is served by the server taken last goes on, to be there at `key`.
    pub(super) fn enter(&mut self, key: i64, who: Traveller) {
        self.seats[self.seat] = Entry { key, what: who };
        self.orders[self.seat] = self.begun;
        self.begun += 1;
    }

    /// The same for a block: by which servers they are served, and who they are, with [`NOBODY`] as key where they do not go on.
    #[inline]
    pub(super) fn hand_on(
        &mut self,
        seats: &[u32],
        come: impl Iterator<Item = Entry<Traveller>>,
        queue: &mut Queue,
    ) {
        let most = seats.iter().fold(0, |most, &seat| most.max(seat));
        self.reach(most as usize + 1);
        let nobody = Entry { key: NOBODY, what: Traveller::new(SimTime::START, 0, 0, 0) };
        let (mut gone, mut orders, mut count) = ([nobody; BLOCK], [0; BLOCK], 0);
        let mut last = queue.entries.last().map_or(NOBODY, |entry| entry.key);
        let mut in_order = true;
        for (&seat, one) in seats.iter().zip(come) {
            let seat = seat as usize;
            let before = self.seats[seat];
            gone[count & (BLOCK - 1)] = before;
            orders[count & (BLOCK - 1)] = self.orders[seat];
            let somebody = before.key != NOBODY;
            count += usize::from(somebody);
            in_order &= before.key == NOBODY || before.key > last;
            last = last.max(before.key);
            self.seats[seat] = one;
            self.orders[seat] = self.begun;
            self.begun += 1;
        }
        if in_order {
            queue.entries.extend_from_slice(&gone[..count]);
            queue.orders.extend_from_slice(&orders[..count]);
        } else {
            gone.iter().zip(orders).take(count).for_each(|(&one, order)| queue.put(one, order));
        }
    }

    /// Those who are there up to and with `end` are on the way, though nobody has taken their servers.
    pub(super) fn leave(&mut self, end: i64, queue: &mut Queue) {
        for (seat, &order) in self.seats.iter_mut().zip(&self.orders) {
            if seat.key != NOBODY && seat.key <= end {
                queue.put(*seat, order);
                seat.key = NOBODY;
            }
        }
    }
}
