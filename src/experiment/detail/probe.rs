//! The observer that fills the detail.

use super::ages::Ages;
use super::cohorts::{CohortPlan, Cohorts};
use super::moves::{Leaving, Moves, Origin};
use super::{Detail, DetailPlan};
use crate::engine::{Case, Observer, Occurrence, Slot, State};
use crate::network::{ExitIndex, Network, Order, Target};
use crate::units::SimTime;

/// Ways out of a line, as cohorts of stations number them.
const STARTED: usize = 0;
const WITHDREW: usize = 1;
const LEFT: usize = 2;

/// What is remembered of a case, by its number in the arena.
#[derive(Debug, Clone, Copy)]
struct Memory {
    /// Where it was last.
    from: Origin,
    /// Since when it is pending.
    since: SimTime,
}

/// Watches one replication in detail.
#[derive(Debug)]
pub(in crate::experiment) struct DetailProbe<'n> {
    network: &'n Network,
    plan: &'n DetailPlan,
    /// Ages of the cases of the first day beyond their entry, by group and number \[s\].
    first_ages: Vec<Vec<i64>>,
    /// The group of filings of each stream, beside the whole.
    groups: Vec<Option<usize>>,
    /// Stations with a line.
    lines: Vec<bool>,
    filings: Cohorts,
    joinings: Cohorts,
    ages: Ages,
    moves: Moves,
    memory: Vec<Memory>,
    /// Cases that have left a line and are about to be somewhere else.
    leaving: Vec<(u16, u64, Origin)>,
    /// Of the one who joined last of all who have started, when it joined and started: by station and class.
    latest: Vec<(SimTime, SimTime)>,
    /// Whether a line is served oldest first.
    in_order: Vec<bool>,
    overtaken: u64,
}

impl<'n> DetailProbe<'n> {
    /// A probe that has seen nothing yet. `first_ages` are as the engine tells them.
    pub(in crate::experiment) fn new(
        network: &'n Network,
        plan: &'n DetailPlan,
        first_ages: Vec<Vec<i64>>,
    ) -> Self {
        let stations = network.stations.len();
        let kept = plan.days();
        let (limits, horizon) = (plan.limits.as_slice(), network.horizon);
        let filings = CohortPlan {
            borders: &plan.filings,
            groups: 1 + plan.streams.len(),
            decisions: plan.decisions.clone(),
            limits,
            horizon,
        };
        let joinings = CohortPlan {
            borders: &plan.joinings,
            groups: stations,
            decisions: vec![true, false, false],
            limits,
            horizon,
        };
        let group = |stream: usize| plan.streams.iter().position(|&other| usize::from(other) == stream);
        let oldest_first = |order: &Order| *order == Order::OldestFirst;
        Self {
            groups: (0..network.arrivals.len()).map(|stream| group(stream).map(|group| group + 1)).collect(),
            lines: network.stations.iter().map(|station| !station.is_delay()).collect(),
            filings: Cohorts::new(filings, &kept),
            joinings: Cohorts::new(joinings, &kept),
            ages: Ages::new(&plan.snapshots, 1 + stations),
            moves: Moves::new(network, &plan.periods),
            memory: Vec::new(),
            leaving: Vec::new(),
            latest: vec![(SimTime::START, SimTime::NEVER); stations * network.persons.len()],
            in_order: network
                .stations
                .iter()
                .map(|station| !station.is_delay() && station.order.values().iter().all(oldest_first))
                .collect(),
            overtaken: 0,
            network,
            plan,
            first_ages,
        }
    }

    /// What was found.
    pub(in crate::experiment) fn detail(&self) -> Detail {
        let (moves, stock) = self.moves.results();
        Detail {
            filings: self.filings.results(),
            curves: self.filings.curves(&self.plan.traced, &self.plan.trace),
            joinings: self.joinings.results(),
            ages: self.ages.results(),
            moves,
            stock,
            overtaken: self.overtaken,
        }
    }

    /// The instant from which the age of a case counts \[s\].
    fn born(&self, case: &Case) -> i64 {
        if !case.initial {
            return case.entered().seconds();
        }
        let group = usize::from(case.stream()) - self.network.arrivals.len();
        case.entered().seconds() - self.first_ages[group][case.number() as usize]
    }

    fn filed(&mut self, case: &Case) {
        if !case.initial {
            self.filings.come(0, case.entered());
            if let Some(group) = self.groups[usize::from(case.stream())] {
                self.filings.come(group, case.entered());
            }
        }
    }

    fn joined(&mut self, case: &Case, slot: Slot) {
        let at = case.joined();
        let came = self.came_from(case, slot, at);
        self.moves.count(came.from, Target::Station(case.station), at, case.persons);
        self.remember(slot, came);
        if self.lines[usize::from(case.station)] {
            self.joinings.come(usize::from(case.station), at);
        }
    }

    /// Where a case was before it came to where it is now, at `at`.
    ///
    /// One that has been nowhere is told by its number in the arena: that is new, or the one who had it before has left
    /// by an exit, while this one has never come back from any.
    fn came_from(&mut self, case: &Case, slot: Slot, at: SimTime) -> Memory {
        let known = self.memory.get(slot as usize).copied();
        let stream = Memory { from: Origin::Stream(case.stream()), since: at };
        let Some(mut known) = known else { return stream };
        if matches!(known.from, Origin::Return(_)) {
            if case.attempt == 0 {
                return stream;
            }
            known.since = at;
        }
        let identity = (case.stream(), case.number());
        if let Some(place) = self.leaving.iter().position(|left| (left.0, left.1) == identity) {
            known.from = self.leaving.swap_remove(place).2;
        }
        known
    }

    fn remember(&mut self, slot: Slot, memory: Memory) {
        let place = slot as usize;
        if self.memory.len() <= place {
            // Nobody has had these numbers yet: as if the one before had left.
            let free = Memory { from: Origin::Return(0), since: SimTime::START };
            self.memory.resize((place + 1).next_power_of_two(), free);
        }
        self.memory[place] = memory;
    }

    fn started(&mut self, case: &Case, at: SimTime) {
        let index = usize::from(case.station);
        if self.in_order[index] {
            // Whatever the order in which starts are told, one who joined before another and started after it was
            // overtaken.
            let latest = &mut self.latest[index * self.network.persons.len() + usize::from(case.class)];
            self.overtaken += u64::from(case.joined() < latest.0 && at > latest.1);
            if case.joined() > latest.0 {
                *latest = (case.joined(), at);
            } else if case.joined() == latest.0 {
                latest.1 = latest.1.min(at);
            }
        }
        self.left_line(case, STARTED, at);
    }

    fn completed(&mut self, case: &Case, slot: Slot) {
        self.memory[slot as usize].from = Origin::Station(case.station, Leaving::Served);
    }

    /// A case leaves a line without service.
    fn gave_up_line(&mut self, case: &Case, why: Leaving, at: SimTime) {
        self.leaving.push((case.stream(), case.number(), Origin::Station(case.station, why)));
        self.left_line(case, if why == Leaving::Withdrew { WITHDREW } else { LEFT }, at);
    }

    fn left_line(&mut self, case: &Case, way: usize, at: SimTime) {
        let index = usize::from(case.station);
        if self.lines[index] {
            self.joinings.end(index, case.joined(), way, at);
            let born = self.born(case);
            self.ages.stay(1 + index, case.joined(), at, born);
        }
    }

    fn departed(&mut self, case: &Case, slot: Slot, exit: ExitIndex, at: SimTime) {
        let came = self.came_from(case, slot, at);
        self.moves.count(came.from, Target::Exit(exit), at, case.persons);
        self.memory[slot as usize].from = Origin::Return(exit);
        let born = self.born(case);
        self.ages.stay(0, came.since, at, born);
        if case.attempt == 0 && !case.initial {
            let way = self.plan.way(exit);
            self.filings.end(0, case.entered(), way, at);
            if let Some(group) = self.groups[usize::from(case.stream())] {
                self.filings.end(group, case.entered(), way, at);
            }
        }
    }

    /// Still there at the horizon.
    fn present(&mut self, case: &Case, slot: Slot) {
        let at_station = matches!(case.state, State::Waiting | State::InService);
        self.moves.stay(at_station.then_some(case.station), case.persons);
        let (born, after) = (self.born(case), SimTime::NEVER);
        self.ages.stay(0, self.memory[slot as usize].since, after, born);
        let index = usize::from(case.station);
        if case.state == State::Waiting {
            self.joinings.stay(index, case.joined());
            self.ages.stay(1 + index, case.joined(), after, born);
        }
        if case.attempt == 0 && !case.initial {
            self.filings.stay(0, case.entered());
            if let Some(group) = self.groups[usize::from(case.stream())] {
                self.filings.stay(group, case.entered());
            }
        }
    }
}

impl Observer for DetailProbe<'_> {
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        match occurrence {
            Occurrence::Arrived { case } => self.filed(case),
            Occurrence::Joined { case, slot } => self.joined(case, slot),
            Occurrence::Started { case, at, .. } => self.started(case, at),
            Occurrence::Completed { case, slot, .. } => self.completed(case, slot),
            Occurrence::NoShow { case, at, .. } => self.gave_up_line(case, Leaving::DidNotCome, at),
            Occurrence::Cancelled { case, at } => self.gave_up_line(case, Leaving::Cancelled, at),
            Occurrence::Transferred { case, at, .. } => self.gave_up_line(case, Leaving::Transferred, at),
            Occurrence::Withdrew { case, at } => self.gave_up_line(case, Leaving::Withdrew, at),
            Occurrence::Departed { case, slot, exit, at } => self.departed(case, slot, exit, at),
            Occurrence::Present { case, slot } => self.present(case, slot),
            Occurrence::Returned { .. } | Occurrence::DelayEnded { .. } | Occurrence::Overhang { .. } => {}
        }
    }
}
