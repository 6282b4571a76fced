//! Who comes to a station, in order: from outside, and from the stations before it.

#![expect(
    clippy::inline_always,
    reason = "called at one place for every case: a sixth of the time of a short queue"
)]

use super::super::case_table::Case;
use super::super::event_list::{EventList, Rank, instant, key};
use super::super::flow::describe;
use super::super::source::{Arrival, Source, attributes, member};
use crate::network::Network;
use crate::random::{Streams, unit};
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

/// Who comes to one station.
#[derive(Debug)]
pub(super) struct Inputs<'n> {
    streams: Vec<Stream<'n>>,
    /// Cases on their way here.
    pub(super) ways: EventList<Case>,
}

impl<'n> Inputs<'n> {
    pub(super) fn new(streams: Vec<Stream<'n>>, shift: u32) -> Self {
        Self { streams, ways: EventList::new(shift) }
    }

    /// Put the next case that comes at or before `limit` into `case`: when it comes, and whether it is new.
    #[inline(always)]
    pub(super) fn next(
        &mut self,
        limit: SimTime,
        case: &mut Case,
        world: &World<'n>,
    ) -> Option<(SimTime, bool)> {
        let way = self.ways.next_key();
        let stream = self.first_stream();
        let first = stream.map_or(way, |stream| way.min(self.streams[stream].key));
        if instant(first) > limit {
            return None;
        }
        let new = first < way;
        match stream {
            Some(stream) if new => self.streams[stream].take(case, world),
            _ => *case = self.ways.pull(),
        }
        Some((instant(first), new))
    }

    /// When the next case comes; [`SimTime::NEVER`] if none does.
    #[inline]
    pub(super) fn next_time(&mut self) -> SimTime {
        let way = self.ways.next_key();
        let first = self.first_stream().map_or(way, |stream| way.min(self.streams[stream].key));
        if first == i64::MAX { SimTime::NEVER } else { instant(first) }
    }

    #[inline]
    fn first_stream(&self) -> Option<usize> {
        match self.streams.len() {
            0 => None,
            1 => Some(0),
            count => (0..count).min_by_key(|&stream| self.streams[stream].key),
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
        let source = Source::new(arrivals, world.streams, world.network.horizon);
        let plain = world.plan.sources[usize::from(number)].plain;
        let mut stream = Self { number, plain, source, next: Arrival::NONE, key: i64::MAX, come: 0 };
        stream.advance(world);
        stream
    }

    #[inline(always)]
    fn advance(&mut self, world: &World<'n>) {
        self.come = 0;
        self.next = self.source.next(&world.streams, world.network.horizon);
        let rank = Rank::from(self.number);
        self.key = if self.next.at == SimTime::NEVER { i64::MAX } else { key(self.next.at, rank) };
    }

    /// The next case of the arrival that is there.
    #[inline(always)]
    fn take(&mut self, case: &mut Case, world: &World<'n>) {
        let arrival = self.next;
        let arrivals = &world.network.arrivals[usize::from(self.number)];
        if self.plain {
            *case = Case::new(arrival.at, self.number, arrival.entity);
            describe(case, world.network, arrivals.mix.at(arrival.at).pick(0.5), 0);
            self.advance(world);
            return;
        }
        let entity = member(arrival.entity, self.come);
        let first = attributes(&world.streams, arrivals.key, arrival.entity);
        let words = if self.come == 0 { first } else { attributes(&world.streams, arrivals.key, entity) };
        *case = Case::new(arrival.at, self.number, entity);
        describe(case, world.network, arrivals.mix.at(arrival.at).pick(unit(words[0])), words[1]);
        self.come += 1;
        if self.come == arrivals.batch.quantile(unit(first[3])) {
            self.advance(world);
        }
    }
}
