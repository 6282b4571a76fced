//! Who comes to a station, in order: from outside, and from the stations before it.

use super::super::case_table::Slot;
use super::super::event_list::{Entry, EventList, RANKS, Rank, instant, key};
use super::super::flow::persons;
use super::super::source::{Arrival, Source, attributes, member};
use super::super::visit::{BLOCK, Traveller, Travellers};
use super::Slots;
use super::luck::{Luck, Lucks};
use super::onward::Queue;
use crate::network::{ArrivalStream, Network};
use crate::random::{Count, Streams, unit};
use crate::units::SimTime;
use std::hint::select_unpredictable;

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
    /// Those whom a station before hands on in order.
    queues: Vec<Queue>,
    /// Those who come next, in order, from `next` on.
    ready: Ready,
    next: usize,
    lucks: Lucks<'n>,
}

/// Cases with the keys of their coming.
#[derive(Debug, Default)]
pub(super) struct Ready {
    keys: Vec<i64>,
    cases: Travellers,
}

impl Ready {
    fn clear(&mut self) {
        self.keys.clear();
        self.cases.clear();
    }

    /// Those of a queue up to and with the key `end`, as far as there is room.
    fn read(&mut self, queue: &mut Queue, end: i64) {
        let rest = queue.rest();
        let room = BLOCK - self.keys.len();
        let count = rest.iter().take(room).take_while(|entry| entry.key <= end).count();
        self.extend(&rest[..count]);
        queue.pass(count);
    }

    #[inline]
    fn extend(&mut self, entries: &[Entry<Traveller>]) {
        self.keys.extend(entries.iter().map(|entry| entry.key));
        self.cases.extend(entries.iter().map(|entry| &entry.what));
    }

    #[inline]
    fn push(&mut self, key: i64, case: &Traveller) {
        self.keys.push(key);
        self.cases.push(case);
    }
}

impl<'n> Inputs<'n> {
    pub(super) fn new(streams: Vec<Stream<'n>>, shift: u32, lucks: Lucks<'n>) -> Self {
        Self {
            streams,
            ways: EventList::new(shift),
            queues: Vec::new(),
            ready: Ready::default(),
            next: 0,
            lucks,
        }
    }

    /// Key of the next case that comes at or before `limit`; the greatest number if none does.
    #[inline]
    pub(super) fn next_key(&mut self, limit: SimTime, world: &World<'n>, slots: &mut Slots) -> i64 {
        if self.next == self.ready.keys.len() {
            self.refill(limit, world, slots);
        }
        self.ready.keys.get(self.next).copied().unwrap_or(i64::MAX)
    }

    /// The case whose key has just been given, with its luck at this station.
    #[inline]
    pub(super) fn take(&mut self) -> (Traveller, Luck) {
        let case = self.ready.cases.get(self.next);
        let luck = self.lucks.get(self.next);
        self.next += 1;
        (case, luck)
    }

    /// The keys of those who have been taken up and come next.
    #[inline]
    pub(super) fn keys(&self) -> &[i64] {
        &self.ready.keys[self.next..]
    }

    /// Those taken up, and which of them comes next.
    #[inline]
    pub(super) fn cases(&self) -> (&Travellers, usize) {
        (&self.ready.cases, self.next)
    }

    /// The `place`-th of them, and when it comes.
    #[inline]
    pub(super) fn coming(&self, place: usize) -> (i64, Traveller) {
        (self.ready.keys[self.next + place], self.ready.cases.get(self.next + place))
    }

    /// What chance has decided about them.
    #[inline]
    pub(super) fn luck(&self) -> (&[[u64; 4]], &[f64]) {
        self.lucks.from(self.next)
    }

    /// So many have come.
    #[inline]
    pub(super) fn pass(&mut self, count: usize) {
        self.next += count;
    }

    /// One more queue of those handed on in order; its number.
    pub(super) fn add_queue(&mut self) -> usize {
        self.queues.push(Queue::default());
        self.queues.len() - 1
    }

    /// The queue `number`.
    #[inline]
    pub(super) fn queue(&mut self, number: usize) -> &mut Queue {
        &mut self.queues[number]
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
        let Ready { keys, cases } = &mut self.ready;
        if keys.last().is_none_or(|&last| last <= key) {
            self.ways.push(at, rank, case);
        } else {
            let place = self.next + keys[self.next..].partition_point(|&other| other <= key);
            keys.insert(place, key);
            cases.insert(place, &case);
            self.lucks.insert(place, &case, world);
        }
    }

    #[inline(never)]
    fn refill(&mut self, limit: SimTime, world: &World<'n>, slots: &mut Slots) {
        let ready = &mut self.ready;
        ready.clear();
        self.next = 0;
        match (self.streams.as_mut_slice(), self.queues.as_mut_slice()) {
            ([], []) => self.ways.pull_until(limit, BLOCK, |entries| ready.extend(entries)),
            ([], [queue]) if self.ways.is_empty() => ready.read(queue, key(limit, RANKS)),
            ([], [_]) => self.merge_two(key(limit, RANKS)),
            ([one], []) if self.ways.is_empty() => one.take_up(limit, ready, world, slots),
            _ => self.merge(limit, world, slots),
        }
        self.lucks.draw(&self.ready.cases, world);
    }

    fn merge(&mut self, limit: SimTime, world: &World<'n>, slots: &mut Slots) {
        let end = key(limit, RANKS);
        while self.ready.keys.len() < BLOCK {
            let way = self.ways.next_key();
            let stream = self.streams.iter_mut().min_by_key(|stream| stream.key);
            let queue = self.queues.iter_mut().min_by_key(|queue| queue.next_key());
            let come = stream.as_ref().map_or(i64::MAX, |stream| stream.key);
            let handed = queue.as_ref().map_or(i64::MAX, |queue| queue.next_key());
            let first = way.min(come).min(handed);
            if first > end {
                return;
            }
            let case = match (stream, queue) {
                (Some(stream), _) if come == first => stream.take(slots.take(), world),
                (_, Some(queue)) if handed == first => queue.pull(),
                _ => self.ways.pull(),
            };
            self.ready.push(first, &case);
        }
    }

    /// One queue and those on their ways: which of them comes next, chance decides, and so no branch is made of it.
    fn merge_two(&mut self, end: i64) {
        let ([queue], ready) = (self.queues.as_mut_slice(), &mut self.ready) else { return };
        loop {
            let (ways, handed) = (self.ways.bucket(), queue.rest());
            let room = BLOCK - ready.keys.len();
            if ways.is_empty() {
                return ready.read(queue, end);
            } else if handed.is_empty() {
                return self.ways.pull_until(instant(end), room, |entries| ready.extend(entries));
            }
            let (mut from_ways, mut from_queue) = (0, 0);
            while from_ways < ways.len() && from_queue < handed.len() && from_ways + from_queue < room {
                let (way, other) = (&ways[from_ways], &handed[from_queue]);
                let is_way = way.key < other.key;
                let first = select_unpredictable(is_way, way, other);
                if first.key > end {
                    break;
                }
                ready.push(first.key, &first.what);
                from_ways += usize::from(is_way);
                from_queue += usize::from(!is_way);
            }
            let stuck = from_ways + from_queue == 0;
            self.ways.pass(from_ways);
            queue.pass(from_queue);
            if stuck {
                return;
            }
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
        self.key = self.next_key();
    }

    #[inline]
    fn next_key(&self) -> i64 {
        if self.next.at == SimTime::NEVER { i64::MAX } else { key(self.next.at, Rank::from(self.number)) }
    }

    /// As many cases as make up a block, where nobody else comes.
    fn take_up(&mut self, limit: SimTime, ready: &mut Ready, world: &World<'n>, slots: &mut Slots) {
        if self.arrivals(world).batch == Count::Constant(1) {
            let mut arrivals = [Arrival::NONE; BLOCK];
            let count = self.source.take_up(
                &mut self.next,
                limit,
                &mut arrivals,
                &world.streams,
                world.network.horizon,
            );
            self.key = self.next_key();
            self.describe(&arrivals[..count], ready, world, slots);
            return;
        }
        while ready.keys.len() < BLOCK && self.next.at <= limit && self.next.at != SimTime::NEVER {
            let key = self.key;
            ready.push(key, &self.take(slots.take(), world));
        }
    }

    /// Arrivals of one case each, and what these are.
    fn describe(&self, come: &[Arrival], ready: &mut Ready, world: &World<'n>, slots: &mut Slots) {
        let (rank, arrivals) = (Rank::from(self.number), self.arrivals(world));
        ready.keys.extend(come.iter().map(|one| key(one.at, rank)));
        ready.cases.begin(come.iter().map(|one| (one.at, one.entity)), self.number, || slots.take());
        let pick = |at: SimTime, words: [u64; 2]| {
            let class = arrivals.mix.at(at).pick(unit(words[0]));
            (class, persons(world.network, class, words[1]))
        };
        if self.plain && arrivals.mix.changes().is_empty() {
            let (class, persons) = pick(SimTime::START, [0; 2]);
            return ready.cases.describe_all(class, persons);
        }
        let mut words = [[0; 2]; BLOCK];
        for (words, one) in words.iter_mut().zip(come) {
            let block = attributes(&world.streams, arrivals.key, one.entity);
            *words = [block[0], block[1]];
        }
        for (place, (one, words)) in come.iter().zip(words).enumerate() {
            let (class, persons) = pick(one.at, words);
            ready.cases.describe(place, class, persons);
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
