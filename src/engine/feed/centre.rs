//! One station while it is worked through.

#![expect(
    clippy::inline_always,
    reason = "called at one place for every case: a sixth of the time of a short queue"
)]

use super::super::case_table::State;
use super::super::event_list::{RANKS, Rank, key};
use super::super::flow::{ON_THE_WAY, ROUTE, SERVICE as SERVICE_WORD, length};
use super::super::occurrence::{Observer, Occurrence};
use super::super::plan::Withdrawals;
use super::super::roster::Capacity;
use super::super::simulation::SERVICE;
use super::super::visit::{BLOCK, Traveller, Visit, Visits, Withdrawal};
use super::Floor;
use super::inputs::{Inputs, World};
use super::line::{Line, Waiting};
use super::luck::{self, Luck};
use super::onward::{Onward, way_onward};
use super::servers::{Half, NEVER, Servers, before, second};
use super::ways::Ways;
use crate::network::{
    ExitIndex, PoolIndex, Routes, ServiceDraws, Station, StationIndex, Target, one_for_all,
};
use crate::random::{Lengths, Spans, Variate, unit};
use crate::units::{SimTime, Span};

/// Initial cases come before everything else.
const AT_THE_START: Half = -2;

/// A station with its pool, its line and those who come to it.
#[derive(Debug)]
pub(super) struct Centre<'n> {
    pub(super) station: StationIndex,
    pub(super) stage: &'n Station,
    pub(super) rank: Rank,
    pub(super) withdraws: bool,
    /// Whether anything about a visit is drawn from the case's own words, patience apart.
    drawn: bool,
    /// The ways on, where they are the same for all classes at all times; and as they are found for a whole block, where they
    /// can be.
    routes: Option<&'n Routes>,
    pub(super) ways: Option<Box<Ways<'n>>>,
    /// Those in service who are handed on in order, where any are; and by which servers those of a block are served.
    pub(super) onward: Option<Box<Onward>>,
    pub(super) seats: Box<[u32; BLOCK]>,
    pub(super) inputs: Inputs<'n>,
    pub(super) pool: Option<PoolIndex>,
    pub(super) servers: Servers,
    /// Changes of the number of servers, and the next of them.
    pub(super) changes: Vec<(SimTime, i64)>,
    pub(super) next_change: Half,
    pub(super) changed: usize,
    /// Servers that were taken away, last first to be free, with the instant from which they count as too many.
    pub(super) leaving: Vec<(Half, SimTime)>,
    pub(super) services: Services<'n>,
    /// Those waiting, by level; without levels nobody needs to be kept, but for those still there at the end.
    pub(super) lines: Vec<Line>,
    pub(super) waiting: usize,
    /// What has happened and is not yet told.
    pub(super) untold: Untold,
}

/// Where the times of service come from.
#[derive(Debug)]
pub(super) enum Services<'n> {
    /// From each case's own words.
    OwnWords,
    /// In turn, by the law of class and time.
    InTurn(Box<Lengths>),
    /// In turn, by one law for all.
    OneLaw(Box<Spans<'n>>),
}

impl<'n> Services<'n> {
    fn new(stage: &'n Station, world: &World<'n>) -> Self {
        if stage.pools.is_empty() || world.network.service_draws == ServiceDraws::ByCase {
            return Self::OwnWords;
        }
        match one_for_all(&stage.service) {
            Some(law) => Self::OneLaw(Box::new(Spans::new(world.streams, stage.key, SERVICE, law))),
            None => Self::InTurn(Box::new(Lengths::new(world.streams, stage.key, SERVICE, 0))),
        }
    }
}

/// What has happened at a station and is not yet told: the visits first, then what came of them.
#[derive(Debug)]
pub(super) struct Untold {
    pub(super) visits: Box<Visits>,
    /// Those who left at the end of a way that took time.
    pub(super) departures: Vec<(Waiting, ExitIndex, SimTime)>,
    /// Those on their way at the horizon.
    on_the_way: Vec<Waiting>,
    withdrawals: Vec<Withdrawal>,
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
        let (draws, routes) = (world.network.service_draws, one_for_all(&stage.routes));
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
            drawn: luck::is_drawn(stage, draws),
            routes,
            ways: routes
                .filter(|_| plan.levels == 1)
                .and_then(|routes| Ways::new(routes, station))
                .map(Box::new),
            onward: None,
            seats: Box::new([0; BLOCK]),
            inputs,
            pool: stage.pools.first().copied(),
            servers,
            next_change: changes.first().map_or(NEVER, |change| before(change.0)),
            changes,
            changed: 0,
            leaving: Vec::new(),
            services: Services::new(stage, world),
            lines: (0..plan.levels).map(|_| Line::default()).collect(),
            waiting: 0,
            untold: Untold {
                visits: Box::new(Visits::new()),
                departures: Vec::new(),
                on_the_way: Vec::new(),
                withdrawals: Vec::with_capacity(BLOCK),
            },
        }
    }

    /// By which way and to which station it can hand on in order, if it can.
    pub(super) fn way_onward(&self) -> Option<(usize, StationIndex)> {
        self.pool?;
        way_onward(self.routes.filter(|_| self.ways.is_some())?, self.station)
    }

    /// An initial case takes its place.
    pub(super) fn admit<O: Observer>(&mut self, who: &Traveller, floor: &mut Floor<'_, 'n, O>) {
        let case = Waiting { who: *who, joined: SimTime::START };
        if self.lines.len() == 1 {
            let luck = self.luck(who, floor);
            self.come(&case, AT_THE_START, &luck, floor);
        } else {
            self.line_up(case);
        }
    }

    /// Work until `limit`, that instant included.
    pub(super) fn work<O: Observer>(&mut self, limit: SimTime, floor: &mut Floor<'_, 'n, O>) {
        if self.lines.len() == 1 {
            self.work_in_turn(limit, floor);
            if self.servers.earliest() <= 2 * limit.seconds() {
                self.let_on(key(limit, RANKS), floor);
            }
        } else {
            self.work_lines(limit, floor);
        }
        self.tell(floor);
    }

    /// Hand on those who leave up to and with the key `end`.
    pub(super) fn let_on<O>(&mut self, end: i64, floor: &mut Floor<'_, 'n, O>) {
        if let Some(onward) = &mut self.onward {
            onward.leave(end, floor.queue(onward));
        }
    }

    /// Key of the next case that comes at or before `limit`; the greatest number if none does.
    #[inline(always)]
    pub(super) fn next_key<O>(&mut self, limit: SimTime, floor: &mut Floor<'_, 'n, O>) -> i64 {
        self.inputs.next_key(limit, &floor.world, floor.slots)
    }

    /// What chance decides about a visit, where it was not made with that of others.
    #[inline(always)]
    pub(super) fn luck<O>(&self, who: &Traveller, floor: &Floor<'_, 'n, O>) -> Luck {
        if self.drawn { luck::one(self.stage, who, &floor.world) } else { Luck::default() }
    }

    /// Without levels: a case comes, behind all that happened up to `half`.
    #[inline(always)]
    pub(super) fn come<O: Observer>(
        &mut self,
        case: &Waiting,
        half: Half,
        luck: &Luck,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        if self.pool.is_none() {
            self.start(case, case.joined, luck, floor);
        } else {
            self.take_turn(case, half, luck, floor);
        }
    }

    /// Everybody before this case has begun or is never to begin, so its own beginning is known.
    #[inline(always)]
    fn take_turn<O: Observer>(
        &mut self,
        case: &Waiting,
        half: Half,
        luck: &Luck,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        let mut begins = self.servers.earliest().max(half);
        while self.next_change <= begins && self.next_change < NEVER {
            self.change(floor);
            begins = self.servers.earliest().max(half);
        }
        let at = second(begins);
        // One who comes at the very instant at which a server ends has to wait for that.
        let waits = self.servers.earliest() >= half;
        let horizon = floor.world.network.horizon;
        if waits && self.withdraws {
            let ends = luck::deadline(self.stage, case, &floor.world);
            if ends <= at.min(horizon) {
                return self.withdraw(case, ends, floor);
            }
        }
        if at <= horizon {
            self.start(case, at, luck, floor);
        } else {
            self.tell(floor);
            self.tell_waiting(case, floor);
        }
    }

    /// Book the withdrawal of a case whose patience had ended `at`.
    #[inline]
    pub(super) fn withdraw<O: Observer>(
        &mut self,
        case: &Waiting,
        at: SimTime,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        if let Target::Exit(exit) = self.stage.withdrawn_to {
            self.untold.withdrawals.push(Withdrawal { who: case.who, joined: case.joined, at, exit });
            if self.untold.withdrawals.len() == BLOCK {
                self.tell(floor);
            }
        }
    }

    /// Service begins.
    #[inline(always)]
    pub(super) fn start<O: Observer>(
        &mut self,
        case: &Waiting,
        at: SimTime,
        luck: &Luck,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        let law = || self.stage.service[usize::from(case.who.class())].at(at);
        let lasts = match &mut self.services {
            Services::OneLaw(spans) => spans.next_span(),
            Services::InTurn(lengths) => lengths.next_length(law()),
            Services::OwnWords => length(law(), luck.words[SERVICE_WORD]),
        };
        let until = at + lasts;
        if self.pool.is_some() {
            let seat = self.servers.occupy((2 * until.seconds()).min(NEVER - 1));
            if let Some(onward) = &mut self.onward {
                onward.take(seat, floor.queue(onward));
            }
        }
        if until > floor.world.network.horizon {
            return self.tell_unfinished(case, at, until, floor);
        }
        self.finish_visit(case, (at, until), luck, floor);
    }

    /// A service is known to end before the horizon.
    #[inline(always)]
    pub(super) fn finish_visit<O: Observer>(
        &mut self,
        case: &Waiting,
        (at, until): (SimTime, SimTime),
        luck: &Luck,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        let exit = self.send(case, until, luck, floor);
        let room = self.untold.visits.push(&Visit { who: case.who, joined: case.joined, at, until, exit });
        if !room {
            self.tell(floor);
        }
    }

    /// A case goes on at `at`; if it leaves at once, by which exit.
    #[inline(always)]
    pub(super) fn send<O: Observer>(
        &mut self,
        case: &Waiting,
        at: SimTime,
        luck: &Luck,
        floor: &mut Floor<'_, 'n, O>,
    ) -> Option<ExitIndex> {
        let routes = self.routes.unwrap_or_else(|| self.stage.routes[usize::from(case.who.class())].at(at));
        let route = routes.pick(unit(luck.words[ROUTE]));
        let delay = match &route.delay {
            None => Span::ZERO,
            Some(Variate::Exponential { mean }) => Span::from_seconds(mean * luck.way),
            Some(law) => length(law, luck.words[ON_THE_WAY]),
        };
        if delay == Span::ZERO {
            self.arrive(case, route.target, at, self.rank, floor)
        } else {
            self.set_out(case, route.target, at + delay, floor);
            None
        }
    }

    /// On a way that takes until `until`.
    #[inline]
    pub(super) fn set_out<O: Observer>(
        &mut self,
        case: &Waiting,
        target: Target,
        until: SimTime,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        if until > floor.world.network.horizon {
            self.untold.on_the_way.push(*case);
            return;
        }
        floor.observer.observe(Occurrence::DelayEnded { at: until });
        if let Some(exit) = self.arrive(case, target, until, self.rank - 1, floor) {
            self.untold.departures.push((*case, exit, until));
        }
    }

    /// A case comes to a station or an exit at `at`; to which exit.
    #[inline(always)]
    pub(super) fn arrive<O: Observer>(
        &mut self,
        case: &Waiting,
        target: Target,
        at: SimTime,
        rank: Rank,
        floor: &mut Floor<'_, 'n, O>,
    ) -> Option<ExitIndex> {
        match target {
            Target::Exit(exit) => return Some(exit),
            Target::Station(station) if station == self.station => {
                let again = case.who.on_visit(case.who.visit().wrapping_add(1));
                self.inputs.send_back(at, rank, again, &floor.world);
            }
            Target::Station(station)
                if self.onward.as_ref().is_some_and(|onward| onward.target == station) =>
            {
                let who = case.who.on_visit(0);
                self.onward.iter_mut().for_each(|onward| onward.enter(key(at, rank), who));
            }
            Target::Station(station) => {
                let place = floor.places[usize::from(station)] - floor.first;
                floor.after[place].inputs.send(at, rank, case.who.on_visit(0));
            }
        }
        None
    }

    /// Tell what has happened; only then are the numbers of those who have left free for others.
    #[inline(never)]
    pub(super) fn tell<O: Observer>(&mut self, floor: &mut Floor<'_, 'n, O>) {
        let (station, untold) = (self.station, &mut self.untold);
        if !untold.visits.is_empty() {
            floor.observer.observe_visits(station, self.pool, &untold.visits);
            floor.slots.give_back(untold.visits.gone());
            untold.visits.clear();
        }
        for (case, exit, at) in &untold.departures {
            let (slot, exit, at) = (case.who.slot(), *exit, *at);
            let case = &case.who.case(station, case.joined, State::OnTheWay);
            floor.observer.observe(Occurrence::Departed { case, slot, exit, at });
        }
        floor.slots.give_back(untold.departures.drain(..).map(|(case, ..)| case.who.slot()));
        for Waiting { who, joined } in untold.on_the_way.drain(..) {
            let (slot, case) = (who.slot(), &who.case(station, joined, State::OnTheWay));
            floor.observer.observe(Occurrence::Present { case, slot });
        }
        if !untold.withdrawals.is_empty() {
            floor.observer.observe_withdrawals(station, &untold.withdrawals);
            floor.slots.give_back(untold.withdrawals.drain(..).map(|one| one.who.slot()));
        }
    }

    /// A case waits at the horizon.
    #[cold]
    pub(super) fn tell_waiting<O: Observer>(&mut self, case: &Waiting, floor: &mut Floor<'_, 'n, O>) {
        let slot = case.who.slot();
        let new = case.who.is_new();
        let case = &case.who.case(self.station, case.joined, State::Waiting);
        if new {
            floor.observer.observe(Occurrence::Arrived { case });
        }
        floor.observer.observe(Occurrence::Joined { case, slot });
        floor.observer.observe(Occurrence::Present { case, slot });
    }

    /// A case is in service at the horizon.
    #[cold]
    pub(super) fn tell_unfinished<O: Observer>(
        &mut self,
        case: &Waiting,
        at: SimTime,
        until: SimTime,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        self.tell(floor);
        let (slot, pool) = (case.who.slot(), self.pool);
        let new = case.who.is_new();
        let case = &case.who.case(self.station, case.joined, State::InService);
        if new {
            floor.observer.observe(Occurrence::Arrived { case });
        }
        floor.observer.observe(Occurrence::Joined { case, slot });
        floor.observer.observe(Occurrence::Started { case, slot, pool, at, until });
        floor.observer.observe(Occurrence::Present { case, slot });
    }
}
