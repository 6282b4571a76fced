//! Next-event simulation of a network.
//!
//! At one instant things happen in this order: withdrawals; then changes of priorities, transfers, closures and
//! changes of staff; then arrivals, in order of their streams; then, for one station after the other in the order of
//! [`Plan`], ends of the ways that lead from it, then ends of service and slots at it, in the order in
//! which they were scheduled. A case whose service ends moves on first; then its server takes the next.

use super::case_table::{Case, CaseTable, Slot, State};
use super::event::Event;
use super::event_list::EventList;
use super::feed::Feed;
use super::integral::Integral;
use super::occurrence::{Observer, Occurrence};
use super::plan::Plan;
use super::pool_state::PoolState;
use super::quota::Budget;
use super::responding::Answers;
use super::roster::{Capacity, capacity};
use super::site::Site;
use super::source::{Arrival, Source};
use super::transfer::{TransferIndex, moves};
use super::waiting_line::WaitingLine;
use crate::network::{ClassIndex, Network, PoolIndex, Station, StationIndex};
use crate::random::{Address, Lengths, Sequence, Streams, key};
use crate::units::SimTime;

pub(super) const SERVICE: u64 = key("station: service");
const CALLED: u64 = key("station: called at random");

/// A change that is known beforehand.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// The number of servers of a pool.
    Servers(PoolIndex, i64),
    /// The levels of priority at a station.
    Priorities(StationIndex),
    /// Whether a station without slots is closed.
    Gate(StationIndex, bool),
    /// A transfer moves up to so many.
    Transfer(TransferIndex, u32),
}

/// When somebody may start at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// As soon as a server is free.
    Open,
    /// At its slots alone.
    Slots,
    /// Not now.
    Closed,
}

/// What a station is at this moment.
#[derive(Debug)]
pub(super) struct StationState<'n> {
    pub(super) line: WaitingLine,
    /// The instant whose levels of priority the line is sorted by: a change of today's may still be to come.
    graded: SimTime,
    /// Words for service times.
    pub(super) service: Lengths,
    /// Words for calling at random.
    pub(super) called: Sequence,
    pub(super) slots: Option<Integral<'n>>,
    pub(super) gate: Gate,
    /// Of its quotas.
    pub(super) budgets: Vec<Budget>,
    /// Sum of the shares lost of all slots so far, less the slots that were lost.
    pub(super) lost: f64,
}

/// One replication of a network while it runs.
#[derive(Debug)]
pub struct Simulation<'n, O> {
    pub(super) network: &'n Network,
    pub(super) plan: &'n Plan,
    pub(super) streams: Streams,
    pub(super) observer: O,
    pub(super) now: SimTime,
    pub(super) events: EventList<u64>,
    pub(super) timers: EventList<u64>,
    pub(super) cases: CaseTable,
    pub(super) sites: Vec<Site<'n>>,
    pub(super) stations: Vec<StationState<'n>>,
    pub(super) pools: Vec<PoolState>,
    pub(super) sources: Vec<(Source<'n>, Arrival)>,
    pub(super) tickets: u32,
    /// Those who have left a line together and have not come to where they go; empty in between.
    pub(super) leaving: Vec<Slot>,
    changes: Vec<(SimTime, Change)>,
    next_change: usize,
    /// The first instant at which something other than an event comes: until then the event list alone decides.
    pub(super) pause: SimTime,
    pub(super) rosters: Vec<Vec<Capacity>>,
}

impl<'n, O: Observer> Simulation<'n, O> {
    /// The replication of `network` with these random numbers, before its first event.
    pub fn new(network: &'n Network, plan: &'n Plan, streams: Streams, observer: O) -> Self {
        let rosters: Vec<_> =
            network.pools.iter().map(|pool| capacity(pool, streams, network.horizon)).collect();
        let answers = |station| observer.answers().is_some_and(|answers| answers.has_routes(station));
        let stations = || network.stations.iter().zip(&plan.stations);
        let sites = (0..).zip(stations());
        let sites = sites.map(|(index, (station, plan))| Site::new(station, plan, answers(index))).collect();
        let stations = stations()
            .map(|(station, plan)| StationState {
                line: WaitingLine::new(plan.levels),
                graded: SimTime::START,
                service: Lengths::new(streams, station.key, SERVICE, 0),
                called: Sequence::new(streams, station.key, CALLED),
                slots: station.slots.as_ref().map(|slots| Integral::new(&slots.rate, 0.0)),
                gate: gate(station),
                budgets: station.quotas.iter().map(Budget::new).collect(),
                lost: 0.0,
            })
            .collect();
        let pools = network.pools.iter().zip(&plan.served).zip(&rosters);
        Self {
            network,
            plan,
            streams,
            observer,
            now: SimTime::START,
            events: EventList::new(plan.event_shift),
            timers: EventList::new(plan.timer_shift),
            cases: CaseTable::default(),
            sites,
            stations,
            pools: pools.map(|((pool, served), roster)| PoolState::new(pool, served, roster)).collect(),
            sources: Vec::new(),
            tickets: 0,
            leaving: Vec::new(),
            changes: changes(network, &rosters),
            next_change: 0,
            pause: SimTime::START,
            rosters,
        }
    }

    /// The servers and staff of each pool in this replication.
    pub fn rosters(&self) -> &[Vec<Capacity>] {
        &self.rosters
    }

    /// Run to the horizon, tell the observer who is still there, and give it back.
    pub fn run(mut self) -> O {
        if let Some(order) = &self.plan.feed {
            return Feed::new(&self, order).run(self.observer);
        }
        self.load_initial_cases();
        self.open_sources();
        self.open_slots();
        while self.step() {}
        self.finish();
        self.observer
    }

    /// Let the next thing happen; false when nothing is left before the horizon.
    #[inline]
    fn step(&mut self) -> bool {
        let event = self.events.next_time();
        if event < self.pause {
            self.now = event;
            self.handle();
            return true;
        }
        self.step_at_pause(event)
    }

    /// The same, where a timer, a change or a sample may come before the next event.
    #[cold]
    fn step_at_pause(&mut self, event: SimTime) -> bool {
        let timer = self.timers.next_time();
        let change = self.changes.get(self.next_change).map_or(SimTime::NEVER, |change| change.0);
        let sample = self.observer.answers().map_or(SimTime::NEVER, Answers::next);
        self.pause = timer.min(change).min(sample);
        if event < self.pause {
            self.now = event;
            self.handle();
            return true;
        }
        if self.pause == SimTime::NEVER {
            return false;
        }
        self.now = self.pause;
        if sample == self.now {
            self.sample();
        } else if timer == self.now {
            self.time_out();
        } else {
            self.change();
        }
        true
    }

    /// Look at the signals, and let those answer who hear of them.
    #[cold]
    fn sample(&mut self) {
        let stations = &self.stations;
        if let Some(answers) = self.observer.answers_mut() {
            answers.sample(&|station| stations[usize::from(station)].line.len());
        }
    }

    #[inline]
    fn handle(&mut self) {
        if let Some(soon) = self.events.opened() {
            self.cases.fetch(soon.iter().map(|event| event.what as Slot));
        }
        let event = self.events.pull();
        match Event::unpack(event) {
            Event::Arrival { stream } => self.arrive(stream),
            Event::ServiceEnd { station, pool, slot, sent } => self.end_service(slot, station, pool, sent),
            Event::DelayEnd { target, slot } => {
                self.observer.observe(Occurrence::DelayEnded { at: self.now });
                self.arrive_at(slot, target);
            }
            Event::Slot { station } => self.open_slot(station),
            Event::Return { station, slot } => self.come_back(slot, station),
        }
    }

    #[cold]
    fn change(&mut self) {
        let (_, change) = self.changes[self.next_change];
        self.next_change += 1;
        match change {
            Change::Servers(pool, servers) => {
                self.book_overhang(pool);
                self.pools[usize::from(pool)].servers = servers;
                self.dispatch(pool);
            }
            Change::Priorities(station) => self.regrade(station),
            Change::Gate(station, closed) => self.set_gate(station, closed),
            Change::Transfer(number, most) => self.transfer(number, most),
        }
    }

    fn set_gate(&mut self, station: StationIndex, closed: bool) {
        let index = usize::from(station);
        self.stations[index].gate = if closed { Gate::Closed } else { Gate::Open };
        if !closed {
            for &pool in &self.network.stations[index].pools {
                self.dispatch(pool);
            }
        }
    }

    fn regrade(&mut self, station: StationIndex) {
        let index = usize::from(station);
        let levels = self.network.stations[index].priority.at(self.now);
        self.stations[index].graded = self.now;
        let cases = &self.cases;
        let level = |slot: Slot| levels[usize::from(cases.get(slot).class)];
        self.stations[index].line.regrade(self.plan.stations[index].levels, cases, level);
    }

    /// The level at which a class stands in the line of a station, as that is sorted now.
    #[inline]
    pub(super) fn level(&self, station: StationIndex, class: ClassIndex) -> u8 {
        let index = usize::from(station);
        self.network.stations[index].priority.at(self.stations[index].graded)[usize::from(class)]
    }

    /// The random words of `case` for the decisions of this visit to the station (or exit) with key `purpose`.
    #[inline]
    pub(super) fn luck(&self, case: &Case, purpose: u64) -> [u64; 4] {
        luck(&self.streams, &self.plan.streams, case, purpose)
    }

    /// Book all withdrawals that are due and tell the observer who is still there.
    fn finish(&mut self) {
        self.now = self.network.horizon;
        for pool in 0..self.pools.len() {
            self.book_overhang(pool as PoolIndex);
        }
        for station in 0..self.stations.len() {
            self.settle_withdrawals(station);
        }
        for (slot, case) in self.cases.present() {
            if case.state != State::Away {
                self.observer.observe(Occurrence::Present { case, slot });
            }
        }
    }
}

/// The random words of `case` for its decisions at `purpose`, in this visit and attempt.
#[inline]
pub(super) fn luck(streams: &Streams, keys: &[u64], case: &Case, purpose: u64) -> [u64; 4] {
    streams.block(Address {
        entity: case.entity(),
        stream: keys[usize::from(case.stream)],
        purpose,
        ordinal: u64::from(case.attempt) << 32 | u64::from(case.visit),
    })
}

fn changes(network: &Network, rosters: &[Vec<Capacity>]) -> Vec<(SimTime, Change)> {
    let servers = (0..).zip(rosters).flat_map(|(pool, roster)| {
        let later = roster.iter().filter(|step| step.from > SimTime::START);
        later.map(move |step| (step.from, Change::Servers(pool, step.servers)))
    });
    let priorities = (0..).zip(&network.stations).flat_map(|(index, station)| {
        station.priority.changes().iter().map(move |&from| (from, Change::Priorities(index)))
    });
    let gates = (0..).zip(&network.stations).flat_map(|(index, station)| gates(index, station));
    let transfers = moves(network).map(|(at, number, most)| (at, Change::Transfer(number, most)));
    let mut changes: Vec<_> = priorities
        .chain(transfers)
        .chain(gates)
        .chain(servers)
        .filter(|&(from, _)| from <= network.horizon)
        .collect();
    changes.sort_by_key(|&(from, _)| from);
    changes
}

/// When a station without slots is closed and opened after the start.
fn gates(index: StationIndex, station: &Station) -> impl Iterator<Item = (SimTime, Change)> {
    let closures = station.closed.iter().filter(|_| station.slots.is_none());
    let pieces = closures.flat_map(|closures| closures.pieces().skip(1));
    pieces.map(move |(from, closure)| (from, Change::Gate(index, closure.share > 0.0)))
}

/// When somebody may start at a station when the model starts.
fn gate(station: &Station) -> Gate {
    let closed = station.closed.as_ref().is_some_and(|closures| closures.at(SimTime::START).share > 0.0);
    match &station.slots {
        Some(_) => Gate::Slots,
        None if closed => Gate::Closed,
        None => Gate::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{
        Docket, Exit, InitialGroup, Mix, Order, Pool, Responses, Roster, Routes, Serves, ServiceDraws, Steps,
        Target, Transfer,
    };
    use crate::random::{Count, Variate};
    use crate::units::DAY;

    #[derive(Debug)]
    struct Nobody;
    impl Observer for Nobody {
        fn observe(&mut self, _: Occurrence<'_>) {}
    }

    /// One pool without staff; of two classes the first runs out of patience on day 10, when the two change levels.
    fn network() -> Network {
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        let roster = Roster {
            staff: Steps::constant(0.0),
            extra: Steps::constant(0.0),
            hires: None,
            attrition: Steps::constant(0.0),
            ramp: Vec::new(),
            closed: Steps::constant(0.0),
        };
        let group = |class: ClassIndex, cases: u64| InitialGroup {
            key: key(if class == 0 { "first" } else { "second" }),
            station: 0,
            docket: Docket::Law { cases, ages: Variate::Constant(0.0), mix: Mix::new([(1.0, class)]) },
        };
        let days = |number: f64| Variate::Constant(number * DAY as f64);
        Network {
            horizon: day(20),
            window: SimTime::START,
            persons: vec![Count::Constant(1); 2],
            stations: vec![Station {
                key: key("station"),
                pools: vec![0],
                slots: None,
                service: vec![Steps::constant(days(1.0)); 2],
                order: Steps::constant(Order::NewestFirst),
                priority: Steps::new(vec![0, 1], [(day(10), vec![1, 0])]),
                patience: vec![Some(Steps::constant(days(10.0))), None],
                withdrawn_to: Target::Exit(0),
                routes: vec![Steps::constant(Routes::new([(1.0, Target::Exit(0), None)])); 2],
                quotas: Vec::new(),
                place: None,
                closed: None,
            }],
            pools: vec![Pool { key: key("pool"), roster, serves: Serves::LongestWaiting }],
            exits: vec![Exit { key: key("out"), returns: None }],
            places: Vec::new(),
            arrivals: Vec::new(),
            initial: vec![group(0, 3), group(1, 2)],
            transfers: Vec::<Transfer>::new(),
            clocks: Vec::new(),
            dates: vec![day(20)],
            shown: Vec::new(),
            measures: Vec::new(),
            costs: Vec::new(),
            responses: Responses::default(),
            service_draws: ServiceDraws::BySlot,
        }
    }

    #[test]
    fn patience_that_ends_as_priorities_change_is_booked_at_the_level_that_held() {
        let network = network();
        let plan = Plan::new(&network);
        let mut simulation = Simulation::new(&network, &plan, Streams::new(1, 0), Nobody);
        simulation.load_initial_cases();
        let mut steps = 0;
        while simulation.step() {
            let line = &simulation.stations[0].line;
            assert!(line.is_sound(&simulation.cases), "after step {steps}: {line:?}");
            steps += 1;
        }
        assert_eq!(steps, 4, "three run out of patience, and then the line is sorted anew");
        assert_eq!(simulation.stations[0].line.len(), 2);
    }
}
