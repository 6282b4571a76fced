//! One station while it is worked through.

#![expect(
    clippy::inline_always,
    reason = "called at one place for every case: a sixth of the time of a short queue"
)]

use super::super::case_table::{Case, State};
use super::super::event_list::Rank;
use super::super::flow::{SERVICE as SERVICE_WORD, deadline, length, way};
use super::super::occurrence::{Observer, Occurrence};
use super::super::plan::Withdrawals;
use super::super::roster::Capacity;
use super::super::simulation::{SERVICE, luck};
use super::Floor;
use super::inputs::{Inputs, World};
use super::line::Line;
use super::servers::{Half, NEVER, Servers};
use crate::network::{PoolIndex, ServiceDraws, Station, StationIndex, Target};
use crate::random::Lengths;
use crate::units::{SimTime, Span};

/// Initial cases come before everything else.
const AT_THE_START: Half = -2;

/// A station with its pool, its line and those who come to it.
#[derive(Debug)]
pub(super) struct Centre<'n> {
    pub(super) station: StationIndex,
    stage: &'n Station,
    rank: Rank,
    withdraws: bool,
    inputs: Inputs<'n>,
    pool: Option<PoolIndex>,
    servers: Servers,
    /// Changes of the number of servers, and the next of them.
    changes: Vec<(SimTime, i64)>,
    next_change: Half,
    changed: usize,
    /// Servers that were taken away, last first to be free, with the instant from which they count as too many.
    leaving: Vec<(Half, SimTime)>,
    lengths: Lengths,
    /// Those waiting, by level; without levels nobody needs to be kept, but for those still there at the end.
    lines: Vec<Line>,
    waiting: usize,
}

impl<'n> Centre<'n> {
    pub(super) fn new(
        station: StationIndex,
        world: &World<'n>,
        inputs: Inputs<'n>,
        roster: Option<&[Capacity]>,
    ) -> Self {
        let stage = &world.network.stations[usize::from(station)];
        let plan = &world.plan.stations[usize::from(station)];
        let mut servers = Servers::new();
        let roster = roster.unwrap_or_default();
        for _ in 0..roster.first().map_or(0, |step| step.servers) {
            servers.add(-1);
        }
        let changes = roster.windows(2).map(|pair| (pair[1].from, pair[1].servers - pair[0].servers));
        let changes: Vec<_> = changes.filter(|(from, _)| *from <= world.network.horizon).collect();
        Self {
            station,
            stage,
            rank: plan.rank,
            withdraws: plan.withdrawals == Withdrawals::WhenCalled,
            inputs,
            pool: stage.pools.first().copied(),
            servers,
            next_change: changes.first().map_or(NEVER, |change| before(change.0)),
            changes,
            changed: 0,
            leaving: Vec::new(),
            lengths: Lengths::new(world.streams, stage.key, SERVICE, 0),
            lines: (0..plan.levels).map(|_| Line::default()).collect(),
            waiting: 0,
        }
    }

    /// An initial case takes its place.
    pub(super) fn admit<O: Observer>(&mut self, mut case: Case, floor: &mut Floor<'_, 'n, O>) {
        case.tag = floor.slots.take();
        floor.observer.observe(Occurrence::Arrived { case: &case });
        self.come(&mut case, SimTime::START, AT_THE_START, floor);
    }

    /// Work until `limit`, that instant included.
    #[inline]
    pub(super) fn work<O: Observer>(&mut self, limit: SimTime, floor: &mut Floor<'_, 'n, O>) {
        if self.lines.len() == 1 {
            let mut case = Case::new(SimTime::START, 0, 0);
            while let Some(at) = self.next(limit, &mut case, floor) {
                self.come(&mut case, at, 2 * at.seconds(), floor);
            }
        } else {
            self.work_lines(limit, floor);
        }
    }

    /// The next case that comes at or before `limit`, and when.
    #[inline(always)]
    fn next<O: Observer>(
        &mut self,
        limit: SimTime,
        case: &mut Case,
        floor: &mut Floor<'_, 'n, O>,
    ) -> Option<SimTime> {
        let (at, new) = self.inputs.next(limit, case, &floor.world)?;
        if new {
            case.tag = floor.slots.take();
            floor.observer.observe(Occurrence::Arrived { case });
        }
        Some(at)
    }

    /// A case comes at `at`; it stands behind all that happened up to `half`.
    #[inline(always)]
    fn come<O: Observer>(&mut self, case: &mut Case, at: SimTime, half: Half, floor: &mut Floor<'_, 'n, O>) {
        case.join(self.station, at);
        floor.observer.observe(Occurrence::Joined { case, slot: case.tag });
        if self.pool.is_none() {
            self.start(case, at, floor);
        } else if self.lines.len() == 1 {
            self.take_turn(case, half, floor);
        } else {
            let level = self.stage.priority.values()[0][usize::from(case.class)];
            self.lines[usize::from(level)].push(*case);
            self.waiting += 1;
        }
    }

    /// Without levels: everybody before this case has begun or is never to begin, so its own beginning is known.
    #[inline(always)]
    fn take_turn<O: Observer>(&mut self, case: &mut Case, half: Half, floor: &mut Floor<'_, 'n, O>) {
        let mut begins = self.servers.earliest().max(half);
        while self.next_change <= begins && self.next_change < NEVER {
            self.change(floor);
            begins = self.servers.earliest().max(half);
        }
        let at = second(begins);
        // One who comes at the very instant at which a server ends has to wait for that.
        let waits = self.servers.earliest() >= half;
        let horizon = floor.world.network.horizon;
        if waits && self.withdraws && self.withdraw(case, at.min(horizon), floor) {
            return;
        }
        if at <= horizon {
            self.start(case, at, floor);
        } else {
            case.state = State::Waiting;
            floor.observer.observe(Occurrence::Present { case, slot: case.tag });
        }
    }

    /// With levels: changes, comings and beginnings in order of time.
    fn work_lines<O: Observer>(&mut self, limit: SimTime, floor: &mut Floor<'_, 'n, O>) {
        let end = 2 * limit.seconds();
        let mut case = Case::new(SimTime::START, 0, 0);
        loop {
            let comes = half(self.inputs.next_time());
            let free = self.servers.earliest();
            let begins = if self.waiting > 0 { free } else { NEVER };
            let next = comes.min(begins);
            if self.next_change <= next.min(end) {
                self.change(floor);
            } else if next > end {
                return;
            } else if begins < comes {
                self.call(second(begins), floor);
            } else if self.waiting == 0 && free < comes {
                let Some(at) = self.next(limit, &mut case, floor) else { return };
                case.join(self.station, at);
                floor.observer.observe(Occurrence::Joined { case: &case, slot: case.tag });
                self.start(&mut case, at, floor);
            } else {
                let Some(at) = self.next(limit, &mut case, floor) else { return };
                self.come(&mut case, at, comes, floor);
            }
        }
    }

    /// A server is free at `at` and calls the first of the first level.
    #[inline]
    fn call<O: Observer>(&mut self, at: SimTime, floor: &mut Floor<'_, 'n, O>) {
        let line = self.lines.iter_mut().find(|line| line.len() > 0);
        let Some(mut case) = line.and_then(Line::pull) else { return };
        self.waiting -= 1;
        if !(self.withdraws && self.withdraw(&case, at, floor)) {
            self.start(&mut case, at, floor);
        }
    }

    /// Book the withdrawal of a case whose patience had ended by `at`; whether it had.
    #[inline]
    fn withdraw<O: Observer>(&mut self, case: &Case, at: SimTime, floor: &mut Floor<'_, 'n, O>) -> bool {
        let world = &floor.world;
        let Some(ends) = deadline(&world.streams, world.plan, self.stage, case).filter(|&ends| ends <= at)
        else {
            return false;
        };
        floor.observer.observe(Occurrence::Withdrew { case, at: ends });
        if let Target::Exit(exit) = self.stage.withdrawn_to {
            floor.observer.observe(Occurrence::Departed { case, slot: case.tag, exit, at: ends });
            floor.slots.give_back(case.tag);
        }
        true
    }

    /// Service begins, and with it all that follows at this station.
    #[inline(always)]
    fn start<O: Observer>(&mut self, case: &mut Case, at: SimTime, floor: &mut Floor<'_, 'n, O>) {
        let law = self.stage.service[usize::from(case.class)].at(at);
        let lasts = match (self.pool, floor.world.network.service_draws) {
            (Some(_), ServiceDraws::BySlot) => self.lengths.next_length(law),
            _ => length(law, floor.luck(case, self.stage.key)[SERVICE_WORD]),
        };
        let until = at + lasts;
        let (pool, slot) = (self.pool, case.tag);
        floor.observer.observe(Occurrence::Started { case, slot, pool, at, until });
        if pool.is_some() {
            self.servers.occupy((2 * until.seconds()).min(NEVER - 1));
        }
        if until <= floor.world.network.horizon {
            floor.observer.observe(Occurrence::Completed { case, slot, pool, at: until });
            self.send(case, until, floor);
        } else {
            case.state = State::InService;
            floor.observer.observe(Occurrence::Present { case, slot });
        }
    }

    /// A case goes on at `at`.
    #[inline(always)]
    fn send<O: Observer>(&mut self, case: &mut Case, at: SimTime, floor: &mut Floor<'_, 'n, O>) {
        let routes = self.stage.routes[usize::from(case.class)].at(at);
        let (target, delay) = match routes.ways() {
            [only] if only.delay.is_none() => (only.target, Span::ZERO),
            _ => way(routes, &floor.luck(case, self.stage.key)),
        };
        if delay == Span::ZERO {
            self.arrive(case, target, at, self.rank, floor);
        } else {
            self.set_out(case, target, at + delay, floor);
        }
    }

    /// On a way that takes until `until`.
    #[inline]
    fn set_out<O: Observer>(
        &mut self,
        case: &mut Case,
        target: Target,
        until: SimTime,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        if until > floor.world.network.horizon {
            case.state = State::OnTheWay;
            floor.observer.observe(Occurrence::Present { case, slot: case.tag });
            return;
        }
        floor.observer.observe(Occurrence::DelayEnded { at: until });
        self.arrive(case, target, until, self.rank - 1, floor);
    }

    #[inline(always)]
    fn arrive<O: Observer>(
        &mut self,
        case: &mut Case,
        target: Target,
        at: SimTime,
        rank: Rank,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        match target {
            Target::Exit(exit) => {
                floor.observer.observe(Occurrence::Departed { case, slot: case.tag, exit, at });
                floor.slots.give_back(case.tag);
            }
            Target::Station(station) if station == self.station => {
                case.visit = case.visit.wrapping_add(1);
                self.inputs.ways.push(at, rank, *case);
            }
            Target::Station(station) => {
                case.visit = 0;
                let place = floor.places[usize::from(station)] - floor.first;
                floor.after[place].inputs.ways.push(at, rank, *case);
            }
        }
    }

    /// The number of servers changes.
    #[cold]
    fn change<O: Observer>(&mut self, floor: &mut Floor<'_, 'n, O>) {
        let (at, by) = self.changes[self.changed];
        self.changed += 1;
        self.next_change = self.changes.get(self.changed).map_or(NEVER, |change| before(change.0));
        self.let_go(before(at), floor);
        for _ in 0..by.max(0) {
            self.add_server(at, floor);
        }
        for _ in 0..(-by).max(0) {
            self.leaving.push((self.servers.remove(), at));
        }
        self.leaving.sort_unstable();
        self.let_go(before(at), floor);
    }

    /// Those who were to leave and are free by `half` are gone.
    fn let_go<O: Observer>(&mut self, half: Half, floor: &mut Floor<'_, 'n, O>) {
        let gone = self.leaving.partition_point(|&(free, _)| free <= half);
        let horizon = floor.world.network.horizon;
        for (free, from) in self.leaving.drain(..gone) {
            book(self.pool, from, second(free).min(horizon), floor);
        }
    }

    /// One who was to leave and still works stays; else somebody new comes.
    fn add_server<O: Observer>(&mut self, at: SimTime, floor: &mut Floor<'_, 'n, O>) {
        match self.leaving.pop() {
            Some((free, from)) => {
                book(self.pool, from, at, floor);
                self.servers.add(free);
            }
            None => self.servers.add(before(at)),
        }
    }

    /// The horizon is there: tell who still waits.
    pub(super) fn finish<O: Observer>(&mut self, floor: &mut Floor<'_, 'n, O>) {
        let horizon = floor.world.network.horizon;
        while let Some(mut case) = self.lines.iter_mut().find_map(Line::pull) {
            if !(self.withdraws && self.withdraw(&case, horizon, floor)) {
                case.state = State::Waiting;
                floor.observer.observe(Occurrence::Present { case: &case, slot: case.tag });
            }
        }
        while self.next_change < NEVER {
            self.change(floor);
        }
        self.let_go(NEVER, floor);
    }
}

/// One server was too many from `from` to `until`.
fn book<O: Observer>(pool: Option<PoolIndex>, from: SimTime, until: SimTime, floor: &mut Floor<'_, '_, O>) {
    if let Some(pool) = pool
        && from < until
    {
        floor.observer.observe(Occurrence::Overhang { pool, servers: 1, from, until });
    }
}

impl<O> Floor<'_, '_, O> {
    #[inline]
    fn luck(&self, case: &Case, purpose: u64) -> [u64; 4] {
        luck(&self.world.streams, &self.world.plan.streams, case, purpose)
    }
}

/// Just before anything that happens at `time`.
fn before(time: SimTime) -> Half {
    2 * time.seconds() - 1
}

fn half(time: SimTime) -> Half {
    if time == SimTime::NEVER { NEVER } else { 2 * time.seconds() }
}

/// The second in which a half second lies.
#[inline]
fn second(half: Half) -> SimTime {
    SimTime::from_seconds((half + 1) >> 1)
}
