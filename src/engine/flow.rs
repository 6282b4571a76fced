//! How cases come, move on and leave.

use super::case_table::{Case, NOWHERE, Onward, Slot, State};
use super::event::Event;
use super::event_list::Rank;
use super::occurrence::{Observer, Occurrence};
use super::plan::{Plan, Visits, Withdrawals};
use super::simulation::{Gate, Simulation, luck};
use super::site::WayOn;
use super::source::{Arrival, Source, attributes, member};
use crate::network::{ClassIndex, ExitIndex, Network, Route, Routes, Station, StationIndex, Target};
use crate::random::{Count, Streams, Variate, key, unit};
use crate::units::{SimTime, Span};

const ANOTHER_WAY: u64 = key("station: another way");

/// Which of the four random words of a visit decides what.
pub(super) const PATIENCE: usize = 0;
pub(super) const ROUTE: usize = 1;
pub(super) const ON_THE_WAY: usize = 2;
pub(super) const SERVICE: usize = 3;
/// And of the four of an exit.
const COMES_BACK: usize = 0;
const TIME_AWAY: usize = 1;

impl<O: Observer> Simulation<'_, O> {
    /// Schedule the first arrival of every stream.
    pub(super) fn open_sources(&mut self) {
        let network = self.network;
        for (stream, arrivals) in (0..).zip(&network.arrivals) {
            let answers = self.observer.answers();
            let ceiling = answers.and_then(|answers| answers.ceiling(usize::from(stream), arrivals));
            let source = Source::new(arrivals, self.streams, network.horizon, ceiling);
            self.sources.push((source, Arrival::NONE));
            self.schedule_arrival(stream);
        }
    }

    #[inline]
    fn schedule_arrival(&mut self, stream: u16) {
        let (source, next) = &mut self.sources[usize::from(stream)];
        *next = source.next(&self.streams, self.network.horizon);
        if next.at != SimTime::NEVER {
            self.events.push(next.at, Rank::from(stream), Event::Arrival { stream }.pack());
        }
    }

    /// The next arrival of `stream` is there: one case, or a batch.
    #[inline]
    pub(super) fn arrive(&mut self, stream: u16) {
        let arrivals = &self.network.arrivals[usize::from(stream)];
        let arrival = self.sources[usize::from(stream)].1;
        let level = self.observer.answers().and_then(|_| self.sources[usize::from(stream)].0.level());
        self.schedule_arrival(stream);
        let words = match level {
            Some(level) => level.words,
            None if self.plan.sources[usize::from(stream)].plain => [0; 4],
            None => attributes(&self.streams, arrivals.key, arrival.entity),
        };
        let mix = arrivals.mix.at(self.now);
        let size = arrivals.batch.quantile(unit(words[3]));
        for place in 0..size {
            let entity = member(arrival.entity, place);
            let words = if place == 0 { words } else { attributes(&self.streams, arrivals.key, entity) };
            let class = mix.pick(unit(words[0]));
            if let (Some(answers), Some(level)) = (self.observer.answers(), level)
                && !level.is_under(answers.of_arrivals(usize::from(stream), class, self.now))
            {
                continue;
            }
            let mut case = Case::new(self.now, stream, entity);
            describe(&mut case, self.network, class, words[1]);
            let slot = self.enter(case);
            self.join(slot, arrivals.to);
        }
    }

    /// A case comes from outside, or is there at the start.
    #[inline]
    pub(super) fn enter(&mut self, case: Case) -> Slot {
        let slot = self.cases.insert(case);
        self.observer.observe(Occurrence::Arrived { case: self.cases.get(slot) });
        slot
    }

    /// A case comes to a station: it starts at once, or waits.
    #[inline]
    pub(super) fn join(&mut self, slot: Slot, station: StationIndex) {
        self.come_to(slot, station);
        let index = usize::from(station);
        if self.sites[index].is_delay {
            self.start(slot, station, None);
        } else if self.stations[index].gate != Gate::Open {
            self.wait(slot, station);
        } else {
            let pools = &self.network.stations[index].pools;
            match pools.iter().find(|&&pool| self.pools[usize::from(pool)].has_free_server()) {
                Some(&pool) => self.start(slot, station, Some(pool)),
                None => self.wait(slot, station),
            }
        }
    }

    /// Note where a case is now, and which visit it is.
    #[inline]
    fn come_to(&mut self, slot: Slot, station: StationIndex) {
        let before = match self.sites[usize::from(station)].visits {
            Visits::One => 0,
            Visits::InARow => {
                let case = self.cases.get(slot);
                if case.station == station { case.visit.wrapping_add(1) } else { 0 }
            }
            Visits::Counted(counted) => self.cases.visit(slot, counted),
        };
        let case = self.cases.get_mut(slot);
        case.join(station, self.now);
        case.visit = before;
        self.observer.observe(Occurrence::Joined { case: self.cases.get(slot), slot });
    }

    /// An initial case takes its place in line; free servers are given their first cases later.
    pub(super) fn queue_up(&mut self, slot: Slot, station: StationIndex) {
        self.come_to(slot, station);
        if self.sites[usize::from(station)].is_delay {
            self.start(slot, station, None);
        } else {
            self.wait(slot, station);
        }
    }

    /// A case takes the last place in the line of its level.
    #[inline]
    pub(super) fn wait(&mut self, slot: Slot, station: StationIndex) {
        let index = usize::from(station);
        // Tickets are never 0, which stands for none.
        self.tickets = self.tickets.wrapping_add(1).max(1);
        let ticket = self.tickets;
        self.cases.set_ticket(slot, ticket);
        let case = self.cases.get_mut(slot);
        case.state = State::Waiting;
        let class = case.class;
        let level = self.level(station, class);
        self.stations[index].line.join(level, slot, ticket);
        if self.plan.stations[index].withdrawals == Withdrawals::Timers {
            self.set_timer(slot, station, ticket);
        }
    }

    fn set_timer(&mut self, slot: Slot, station: StationIndex, ticket: u32) {
        let deadline = self.deadline(slot, station);
        let called_away = self.called_away(slot, station).map(|(at, _)| at);
        if let Some(deadline) = deadline.into_iter().chain(called_away).min()
            && deadline <= self.network.horizon
        {
            self.timers.push(deadline, 0, u64::from(ticket) << 32 | u64::from(slot));
            self.pause = self.pause.min(deadline);
        }
    }

    /// When the patience of a waiting case ends.
    #[inline]
    pub(super) fn deadline(&self, slot: Slot, station: StationIndex) -> Option<SimTime> {
        let case = self.cases.get(slot);
        let stage = &self.network.stations[usize::from(station)];
        let deadline = deadline(&self.streams, self.plan, stage, case)?;
        match self.observer.answers() {
            Some(answers) => Some(answers.hasten(station, case.class, case.joined(), deadline)),
            None => Some(deadline),
        }
    }

    /// A timer is due: if its case still holds the ticket, it withdraws, or a transfer takes it.
    #[inline]
    pub(super) fn time_out(&mut self) {
        let word = self.timers.pull();
        let slot = word as Slot;
        if self.cases.ticket(slot) != (word >> 32) as u32 {
            return;
        }
        let case = self.cases.get(slot);
        let (station, level) = (case.station, self.level(case.station, case.class));
        self.cases.set_ticket(slot, 0);
        self.stations[usize::from(station)].line.leave(level, &self.cases);
        match self.called_away(slot, station) {
            Some((at, number)) if at == self.now && self.deadline(slot, station) != Some(at) => {
                self.take_away(number, slot);
            }
            _ => self.withdraw(slot, self.now),
        }
    }

    /// A case that has left the line goes where those go who run out of patience.
    #[inline]
    pub(super) fn withdraw(&mut self, slot: Slot, at: SimTime) {
        let case = self.cases.get(slot);
        let station = case.station;
        let target = self.network.stations[usize::from(station)].withdrawn_to;
        self.observer.observe(Occurrence::Withdrew { case, at });
        self.note_way(station, target, at);
        match target {
            Target::Exit(exit) => self.depart(slot, exit, at),
            Target::Station(station) => self.join(slot, station),
        }
    }

    /// A case that has been taken out of its line gives up its ticket, for the reason that is told, and is
    /// among those leaving.
    pub(super) fn leave_line(&mut self, slot: Slot, why: impl Fn(&Case, SimTime) -> Occurrence<'_>) {
        self.cases.set_ticket(slot, 0);
        self.observer.observe(why(self.cases.get(slot), self.now));
        self.leaving.push(slot);
    }

    /// Those leaving go to `target`, in their order.
    pub(super) fn send_leaving(&mut self, target: Target) {
        let mut leaving = std::mem::take(&mut self.leaving);
        for slot in leaving.drain(..) {
            self.arrive_at(slot, target);
        }
        self.leaving = leaving;
    }

    /// Service has ended: the case moves on, then its server takes the next one.
    #[inline]
    pub(super) fn end_service(&mut self, slot: Slot, station: StationIndex, pool: Option<u16>, sent: bool) {
        let case = self.cases.get(slot);
        self.observer.observe(Occurrence::Completed { case, slot, pool, at: self.now });
        if sent {
            self.cases.get_mut(slot).state = State::OnTheWay;
        } else {
            self.move_on(slot, station);
        }
        if let Some(pool) = pool {
            self.release(pool);
        }
    }

    /// A case goes where its way leads, at once.
    #[inline]
    fn move_on(&mut self, slot: Slot, station: StationIndex) {
        match self.cases.onward(slot) {
            Onward::To(target) => {
                self.note_way(station, target, self.now);
                self.arrive_at(slot, target);
            }
            Onward::UnlessTaken(way) => self.move_on_by_quota(slot, station, usize::from(way)),
        }
    }

    /// Tell the signals, if there are any, where a case goes that leaves a station at an instant, now or later.
    #[inline]
    pub(super) fn note_way(&mut self, station: StationIndex, target: Target, at: SimTime) {
        if let Some(answers) = self.observer.answers_mut() {
            answers.goes(station, target, at);
        }
    }

    /// The number of the way that a case takes among `routes`, by the random words of its visit; where they answer
    /// to signals, by the factors of today.
    #[inline]
    fn choose_way(&self, slot: Slot, station: StationIndex, routes: &Routes, words: &[u64; 4]) -> usize {
        let u = unit(words[ROUTE]);
        let site = &self.sites[usize::from(station)];
        let Some(answers) = self.observer.answers().filter(|_| site.way_on == WayOn::Answering) else {
            return routes.number(u);
        };
        let case = self.cases.get(slot);
        let other = || unit(self.luck(case, site.key ^ ANOTHER_WAY)[0]);
        answers.choose(station, case.class, self.now, (routes, u), other)
    }

    /// Note where a case will go when its service ends at `from`, and schedule its coming if its way takes time;
    /// whether it does.
    ///
    /// That is known when service begins, since nothing interrupts it; and scheduled then, so that those on
    /// their way from one station come in the order in which they were served.
    #[inline]
    pub(super) fn send(
        &mut self,
        slot: Slot,
        station: StationIndex,
        from: SimTime,
        words: &[u64; 4],
    ) -> bool {
        let site = &self.sites[usize::from(station)];
        let routes = site.routes(self.cases.get(slot).class, from);
        let way = if site.way_on == WayOn::One { 0 } else { self.choose_way(slot, station, routes, words) };
        if site.has_quotas {
            self.cases.set_onward(slot, Onward::UnlessTaken(way as u16));
            return false;
        }
        let (target, delay) = along(&routes.ways()[way], words);
        let rank = site.rank - 1;
        self.cases.set_onward(slot, Onward::To(target));
        if delay == Span::ZERO {
            return false;
        }
        self.note_way(station, target, from);
        self.schedule_coming(slot, target, from + delay, rank);
        true
    }

    /// A case on its way comes to its end at `until`, if that is within the run.
    #[inline]
    pub(super) fn schedule_coming(&mut self, slot: Slot, target: Target, until: SimTime, rank: Rank) {
        if until <= self.network.horizon {
            self.events.push(until, rank, Event::DelayEnd { target, slot }.pack());
        }
    }

    /// A case comes to a station or an exit.
    #[inline]
    pub(super) fn arrive_at(&mut self, slot: Slot, target: Target) {
        match target {
            Target::Station(station) => self.join(slot, station),
            Target::Exit(exit) => self.depart(slot, exit, self.now),
        }
    }

    /// A case leaves by an exit, for good or for a time.
    #[inline]
    pub(super) fn depart(&mut self, slot: Slot, exit: ExitIndex, at: SimTime) {
        let way_out = &self.network.exits[usize::from(exit)];
        let case = self.cases.get(slot);
        self.observer.observe(Occurrence::Departed { case, slot, exit, at });
        let Some(returns) = &way_out.returns else { return self.cases.remove(slot) };
        let words = self.luck(case, way_out.key);
        let tired = case.attempt >= returns.most.saturating_sub(1);
        if tired || unit(words[COMES_BACK]) >= *returns.probability[usize::from(case.class)].at(at) {
            return self.cases.remove(slot);
        }
        let back = at + length(&returns.after, words[TIME_AWAY]);
        self.cases.get_mut(slot).state = State::Away;
        if back <= self.network.horizon {
            let rank = self.sites[usize::from(returns.to)].rank - 1;
            self.events.push(back, rank, Event::Return { station: returns.to, slot }.pack());
        }
    }

    /// A case that had left comes back, as the same case in a new attempt.
    pub(super) fn come_back(&mut self, slot: Slot, station: StationIndex) {
        self.cases.forget_visits(slot);
        let case = self.cases.get_mut(slot);
        case.attempt = case.attempt.wrapping_add(1);
        case.state = State::OnTheWay;
        case.station = NOWHERE;
        self.observer.observe(Occurrence::Returned { case: self.cases.get(slot), at: self.now });
        self.join(slot, station);
    }
}

/// Fill in what a case is: its class, and how many persons are in it, by a random word.
#[inline]
pub(super) fn describe(case: &mut Case, network: &Network, class: ClassIndex, word: u64) {
    case.class = class;
    case.persons = persons(network, class, word);
}

/// How many persons are in a case of a class, by a random word.
#[inline]
pub(super) fn persons(network: &Network, class: ClassIndex, word: u64) -> u16 {
    match &network.persons[usize::from(class)] {
        Count::Constant(number) => u16::try_from(*number).unwrap_or(u16::MAX),
        law @ Count::ShiftedGeometric { .. } => u16::try_from(law.quantile(unit(word))).unwrap_or(u16::MAX),
    }
}

/// When the patience of a waiting case ends.
#[inline]
pub(super) fn deadline(streams: &Streams, plan: &Plan, stage: &Station, case: &Case) -> Option<SimTime> {
    let law = stage.patience[usize::from(case.class)].as_ref()?.at(case.joined());
    let words = luck(streams, &plan.streams, case, stage.key);
    Some(case.joined() + length(law, words[PATIENCE]))
}

/// Where a case goes by the random words of its visit, and how long its way takes.
#[inline]
pub(super) fn way(routes: &Routes, words: &[u64; 4]) -> (Target, Span) {
    along(routes.pick(unit(words[ROUTE])), words)
}

/// Where a route leads, and how long it takes by the random words of a visit.
#[inline]
pub(super) fn along(route: &Route, words: &[u64; 4]) -> (Target, Span) {
    (route.target, time_on_the_way(route.delay.as_ref(), words))
}

/// How long a way takes by the random words of a visit.
#[inline]
pub(super) fn time_on_the_way(delay: Option<&Variate>, words: &[u64; 4]) -> Span {
    delay.map_or(Span::ZERO, |law| length(law, words[ON_THE_WAY]))
}

/// A length of time drawn from a law by a random word.
#[inline]
pub(super) fn length(law: &Variate, word: u64) -> Span {
    Span::from_seconds(law.quantile(unit(word)))
}
