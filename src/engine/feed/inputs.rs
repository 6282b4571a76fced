//! Who comes to a station, in order: from outside, and from the stations before it.

use super::super::case_table::Slot;
use super::super::event_list::{Entry, EventList, Rank, instant, key};
use super::super::flow::persons;
use super::super::source::{Arrival, Source, attributes, member};
use super::super::visit::{BLOCK, Traveller};
use super::Slots;
use super::luck::{Luck, Lucks};
use crate::network::{ArrivalStream, Network};
use crate::random::{Count, Streams, unit};
use crate::units::SimTime;

/// The arrivals of one stream, case by case.
#[derive(Debug)]
pub(super) struct Stream<'n> {
    number: u16,
    plain: bool,
    source: Source<'n>,
    next: Arrival,
    /// Its key, or the greatest number.
    key: i64,
    /// How many cases of it have come.
    come: u32,
}

/// Who comes to one station: taken up many at a time, so that what chance decides about them can be made together.
#[derive(Debug)]
pub(super) struct Inputs<'n> {
    streams: Vec<Stream<'n>>,
    /// Cases on their way here.
    ways: EventList<Traveller>,
    /// Those who come next, in order, from `next` on.
    ready: Vec<Entry<Traveller>>,
    next: usize,
    lucks: Lucks<'n>,
}

impl<'n> Inputs<'n> {
    pub(super) fn new(streams: Vec<Stream<'n>>, shift: u32, lucks: Lucks<'n>) -> Self {
        Self { streams, ways: EventList::new(shift), ready: Vec::with_capacity(BLOCK), next: 0, lucks }
    }

    /// Key of the next case that comes at or before `limit`; the greatest number if none does.
    #[inline]
    pub(super) fn next_key(&mut self, limit: SimTime, world: &World<'n>, slots: &mut Slots) -> i64 {
        if self.next == self.ready.len() {
            self.refill(limit, world, slots);
        }
        self.ready.get(self.next).map_or(i64::MAX, |entry| entry.key)
    }

    /// The case whose key has just been given, with its luck at this station.
    #[inline]
    pub(super) fn take(&mut self) -> (Traveller, Luck) {
        let case = self.ready[self.next].what;
        let luck = self.lucks.get(self.next);
        self.next += 1;
        (case, luck)
    }

    /// A case sets out for this station from another.
    #[inline]
    pub(super) fn send(&mut self, at: SimTime, rank: Rank, case: Traveller) {
        self.ways.push(at, rank, case);
    }

    /// A case sets out from this station for this one: it may come before some who have been taken up.
    #[inline]
    pub(super) fn send_back(&mut self, at: SimTime, rank: Rank, case: Traveller, world: &World<'n>) {
        let key = key(at, rank);
        if self.ready.last().is_none_or(|last| last.key <= key) {
            self.ways.push(at, rank, case);
        } else {
            let place = self.next + self.ready[self.next..].partition_point(|other| other.key <= key);
            self.ready.insert(place, Entry { key, what: case });
            self.lucks.insert(place, &case, world);
        }
    }

    #[inline(never)]
    fn refill(&mut self, limit: SimTime, world: &World<'n>, slots: &mut Slots) {
        self.ready.clear();
        self.next = 0;
        match self.streams.as_mut_slice() {
            [] => self.ways.pull_until(limit, BLOCK, &mut self.ready),
            [one] if self.ways.is_empty() => one.take_up(limit, &mut self.ready, world, slots),
            _ => self.merge(limit, world, slots),
        }
        self.lucks.draw(&self.ready, world);
    }

    fn merge(&mut self, limit: SimTime, world: &World<'n>, slots: &mut Slots) {
        while self.ready.len() < BLOCK {
            let way = self.ways.next_key();
            let stream = self.streams.iter_mut().min_by_key(|stream| stream.key);
            let stream = stream.filter(|stream| stream.key < way);
            let first = stream.as_ref().map_or(way, |stream| stream.key);
            if instant(first) > limit || first == i64::MAX {
                return;
            }
            let case = match stream {
                Some(stream) => stream.take(slots.take(), world),
                None => self.ways.pull(),
            };
            self.ready.push(Entry { key: first, what: case });
        }
    }
}

/// What every station needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'n> {
    pub(super) network: &'n Network,
    pub(super) plan: &'n super::super::plan::Plan,
    pub(super) streams: Streams,
}

impl<'n> Stream<'n> {
    pub(super) fn new(number: u16, world: &World<'n>) -> Self {
        let arrivals = &world.network.arrivals[usize::from(number)];
        let source = Source::new(arrivals, world.streams, world.network.horizon, None);
        let plain = world.plan.sources[usize::from(number)].plain;
        let mut stream = Self { number, plain, source, next: Arrival::NONE, key: i64::MAX, come: 0 };
        stream.advance(world);
        stream
    }

    #[inline]
    fn advance(&mut self, world: &World<'n>) {
        self.come = 0;
        self.next = self.source.next(&world.streams, world.network.horizon);
        let rank = Rank::from(self.number);
        self.key = if self.next.at == SimTime::NEVER { i64::MAX } else { key(self.next.at, rank) };
    }

    /// As many cases as make up a block, where nobody else comes.
    fn take_up(
        &mut self,
        limit: SimTime,
        ready: &mut Vec<Entry<Traveller>>,
        world: &World<'n>,
        slots: &mut Slots,
    ) {
        let one_by_one = self.arrivals(world).batch == Count::Constant(1);
        while ready.len() < BLOCK && self.next.at <= limit && self.next.at != SimTime::NEVER {
            if !one_by_one {
                let key = self.key;
                ready.push(Entry { key, what: self.take(slots.take(), world) });
                continue;
            }
            let what = Traveller::new(self.next.at, self.number, self.next.entity, slots.take());
            ready.push(Entry { key: self.key, what });
            self.advance(world);
        }
        if one_by_one {
            self.describe(ready, world);
        }
    }

    /// Fill in what the cases of a block are.
    fn describe(&self, ready: &mut [Entry<Traveller>], world: &World<'n>) {
        let arrivals = self.arrivals(world);
        let mut words = [[0; 2]; BLOCK];
        if !self.plain {
            for (words, entry) in words.iter_mut().zip(ready.iter()) {
                let block = attributes(&world.streams, arrivals.key, entry.what.entity);
                *words = [block[0], block[1]];
            }
        }
        for (entry, words) in ready.iter_mut().zip(words) {
            let class = arrivals.mix.at(entry.what.entered()).pick(unit(words[0]));
            entry.what.describe(class, persons(world.network, class, words[1]));
        }
    }

    fn arrivals(&self, world: &World<'n>) -> &'n ArrivalStream {
        &world.network.arrivals[usize::from(self.number)]
    }

    /// The next case of the arrival that is there, under the number `slot`.
    fn take(&mut self, slot: Slot, world: &World<'n>) -> Traveller {
        let arrival = self.next;
        let arrivals = self.arrivals(world);
        let entity = member(arrival.entity, self.come);
        let words = |entity: u64| {
            if self.plain { [0; 4] } else { attributes(&world.streams, arrivals.key, entity) }
        };
        let (first, own) = (words(arrival.entity), words(entity));
        let mut case = Traveller::new(arrival.at, self.number, entity, slot);
        let class = arrivals.mix.at(arrival.at).pick(unit(own[0]));
        case.describe(class, persons(world.network, class, own[1]));
        self.come += 1;
        if self.come == arrivals.batch.quantile(unit(first[3])) {
            self.advance(world);
        }
        case
    }
}
