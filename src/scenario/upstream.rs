//! What the outcome of a model rests on: the stages, ways and exits that lead to what it counts.
//!
//! An outcome rests on the work of the stages it counts at, on everything that sends cases there, and on every stage that shares
//! a pool with one of these. Where what comes in is itself a recorded count (a forced count, or ways and returns
//! that count as arrivals) what lies beyond is not looked at. Responses relative to the baseline are 1 there and carry nothing.

use super::model::{Exit, Outcome, Question, Scenario, Stage};
use super::overlay::split;
use crate::legend::OutcomeUnit;
use crate::network::{CostBasis, Level, PlaceIndex, StationIndex, Target};

/// The ways that count as arrivals: nothing beyond them is looked at.
#[derive(Debug)]
pub(super) struct Recorded {
    stages: Vec<bool>,
    exits: Vec<bool>,
}

impl Recorded {
    /// Those whose inputs all say that they count as something that a prediction may know.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let stages = scenario.stages.iter().map(|stage| says_so(scenario, "stage", &stage.name, "then"));
        let exits = scenario.exits.iter().map(|exit| says_so(scenario, "exit", &exit.name, "returns"));
        Self { stages: stages.collect(), exits: exits.collect() }
    }
}

fn says_so(scenario: &Scenario, kind: &str, name: &str, key: &str) -> bool {
    let of_it = |path: &str| {
        let keys = split(path);
        keys[0] == kind && keys.get(1).is_some_and(|own| own == name) && keys.iter().any(|own| own == key)
    };
    let mut inputs = scenario.inputs.iter().filter(|input| of_it(&input.path)).peekable();
    let counts = |input: &super::model::Input| {
        input.provenance.as_ref().is_some_and(|provenance| provenance.counts_as.is_some())
    };
    inputs.peek().is_some() && inputs.all(counts)
}

/// What an outcome rests on.
#[derive(Debug)]
pub(super) struct Upstream<'a> {
    scenario: &'a Scenario,
    recorded: &'a Recorded,
    /// Stages whose line and service matter.
    work: Vec<bool>,
    /// Stages whose ways on matter.
    ways: Vec<bool>,
    /// Exits whose returns matter.
    exits: Vec<bool>,
    transfers: Vec<bool>,
    /// Whether persons are counted, and not cases.
    persons: bool,
    /// Targets whose senders have been looked for.
    sought: Vec<Target>,
}

impl<'a> Upstream<'a> {
    /// What the outcome of that number rests on.
    pub(super) fn of(scenario: &'a Scenario, recorded: &'a Recorded, outcome: usize) -> Self {
        let stages = scenario.stages.len();
        let mut upstream = Self {
            scenario,
            recorded,
            work: vec![false; stages],
            ways: vec![false; stages],
            exits: vec![false; scenario.exits.len()],
            transfers: vec![false; scenario.transfers.len()],
            persons: false,
            sought: Vec::new(),
        };
        upstream.ask(outcome);
        upstream
    }

    fn ask(&mut self, outcome: usize) {
        let Outcome { unit, question, .. } = &self.scenario.outcomes[outcome];
        self.persons |= *unit == OutcomeUnit::Persons;
        match question {
            Question::Waiting(stages, ..)
            | Question::WaitingAverageOf(stages, ..)
            | Question::Completed(stages, ..)
            | Question::Present(stages, ..)
            | Question::Ever(Level::Waiting(stages, _) | Level::Present(stages, _), ..) => self.all(stages),
            Question::CameBy(..) => {}
            Question::Passed(_, crowd, _) => self.all(&crowd.stations),
            Question::Visits(stage) | Question::Wait(stage, _) => self.work_at(*stage),
            Question::Joined(stages, ..) => {
                self.senders_to_all(stages.iter().map(|&stage| Target::Station(stage)));
            }
            Question::Exits(exits, ..) | Question::ExitsOf(exits, ..) => {
                self.senders_to_all(exits.iter().map(|&exit| Target::Exit(exit)));
            }
            Question::PopulationAt(place, _)
            | Question::PopulationPeak(place)
            | Question::PopulationAverage(place)
            | Question::Ever(Level::Population(place), ..) => self.place(*place),
            Question::Transferred(transfers, ..) => {
                for &transfer in transfers {
                    self.transfer(usize::from(transfer));
                }
            }
            Question::Cost(items) => {
                for &item in items {
                    self.cost(item);
                }
            }
            Question::Combined(_, parts) => {
                for &part in parts {
                    self.ask(part);
                }
            }
            Question::Pending(..)
            | Question::PendingOf(..)
            | Question::Ever(Level::Pending(_), ..)
            | Question::ShareWithin(..)
            | Question::Clock(_) => self.everything(),
        }
    }

    fn everything(&mut self) {
        for stage in 0..self.work.len() {
            self.work_at(stage as StationIndex);
        }
        self.senders_to_all((0..self.exits.len()).map(|exit| Target::Exit(exit as u16)));
    }

    fn all(&mut self, stages: &[StationIndex]) {
        for &stage in stages {
            self.work_at(stage);
        }
    }

    fn place(&mut self, place: PlaceIndex) {
        for (index, stage) in self.scenario.stages.iter().enumerate() {
            if stage.place == Some(place) {
                self.work_at(index as StationIndex);
            }
        }
    }

    fn cost(&mut self, item: usize) {
        match &self.scenario.costs[item].basis {
            CostBasis::Staff(_) => {}
            CostBasis::Waiting(stages, ..) => self.all(stages),
            CostBasis::Place(place) | CostBasis::WithinCapacity(place) | CostBasis::BeyondCapacity(place) => {
                self.place(*place);
            }
            CostBasis::Visits(stage, _) | CostBasis::Started(stage) | CostBasis::Completed(stage) => {
                self.work_at(*stage);
            }
            CostBasis::Departed(exit, _) => self.senders_to(Target::Exit(*exit)),
        }
    }

    /// The line of a stage matters: so does whoever comes, whoever is served by the same pools, and what takes from it.
    fn work_at(&mut self, stage: StationIndex) {
        let index = usize::from(stage);
        if std::mem::replace(&mut self.work[index], true) {
            return;
        }
        self.senders_to(Target::Station(stage));
        let stages = &self.scenario.stages;
        for (other, sharing) in stages.iter().enumerate() {
            if sharing.pools.iter().any(|pool| stages[index].pools.contains(pool)) {
                self.work_at(other as StationIndex);
            }
        }
        for transfer in 0..self.transfers.len() {
            if self.scenario.transfers[transfer].from.contains(&stage) {
                self.transfer(transfer);
            }
        }
    }

    fn transfer(&mut self, transfer: usize) {
        if !std::mem::replace(&mut self.transfers[transfer], true) {
            self.all(&self.scenario.transfers[transfer].from);
        }
    }

    fn senders_to_all(&mut self, targets: impl Iterator<Item = Target>) {
        for target in targets {
            self.senders_to(target);
        }
    }

    /// What comes to a stage or an exit matters.
    fn senders_to(&mut self, target: Target) {
        if self.sought.contains(&target) {
            return;
        }
        self.sought.push(target);
        for (index, stage) in self.scenario.stages.iter().enumerate() {
            self.sender(index, stage, target);
        }
        for (index, exit) in self.scenario.exits.iter().enumerate() {
            if leads_back(exit, target)
                && !std::mem::replace(&mut self.exits[index], true)
                && !self.recorded.exits[index]
            {
                self.senders_to(Target::Exit(index as u16));
            }
        }
        for transfer in 0..self.transfers.len() {
            if self.scenario.transfers[transfer].to == target {
                self.transfer(transfer);
            }
        }
    }

    fn sender(&mut self, index: usize, stage: &Stage, target: Target) {
        let missed = stage.slots.as_ref().and_then(|slots| slots.no_show_to);
        let on = leads_on(stage, target);
        self.ways[index] |= on;
        let left = stage.withdrawn_to == Some(target) || missed == Some(target);
        if left || (on && !self.recorded.stages[index]) {
            self.work_at(index as StationIndex);
        }
    }

    /// Whether the input of that path matters, if it is not of a kind that a prediction may always know.
    pub(super) fn rests_on(&self, path: &str) -> bool {
        let keys = split(path);
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        match keys.as_slice() {
            ["stage", name, rest @ ..] => self.rests_on_stage(name, rest, path),
            ["exit", name, ..] => {
                named(&self.scenario.exits, name, |one| &one.name).is_some_and(|index| self.exits[index])
            }
            ["transfer", name, ..] => named(&self.scenario.transfers, name, |one| &one.name)
                .is_some_and(|index| self.transfers[index]),
            ["pool", name, "closed" | "serves", ..] => {
                let pool = named(&self.scenario.pools, name, |one| &one.name);
                let stages = self.scenario.stages.iter().zip(&self.work).filter(|(_, matters)| **matters);
                stages.flat_map(|(stage, _)| &stage.pools).any(|&own| pool == Some(usize::from(own)))
            }
            ["param", name, ..] => {
                let mut readers = self.scenario.readers.iter().filter(|(read, _)| read == name);
                readers.any(|(_, reader)| self.rests_on(reader))
            }
            ["class", name, ..] => self.persons && self.has_come(name),
            ["dimension", ..] => self.persons,
            _ => false,
        }
    }

    /// Whether cases of a class come into what matters from outside.
    fn has_come(&self, class: &str) -> bool {
        let family = format!("{class}:");
        let of_it = |index: u16| {
            let name = &self.scenario.classes[usize::from(index)].name;
            name == class || name.starts_with(&family)
        };
        let arrivals = self.scenario.arrivals.iter().map(|one| (one.to, &one.mix));
        let initial = self.scenario.initial.iter().map(|one| (one.stage, &one.mix));
        let mut comings = arrivals.chain(initial);
        comings.any(|(stage, mix)| self.sought.contains(&Target::Station(stage)) && mix.classes().any(of_it))
    }

    fn rests_on_stage(&self, name: &str, rest: &[&str], path: &str) -> bool {
        let Some(index) = named(&self.scenario.stages, name, |stage| &stage.name) else { return false };
        if rest.contains(&"quota") {
            false
        } else if rest.contains(&"then") {
            self.ways[index]
        } else if rest.first() == Some(&"responds") {
            let mut answers = self.scenario.responses.iter().filter(|one| path.starts_with(&one.path));
            (self.work[index] || self.ways[index]) && answers.any(|one| one.reference.is_some())
        } else {
            self.work[index]
        }
    }
}

fn named<T>(things: &[T], name: &str, of: impl Fn(&T) -> &String) -> Option<usize> {
    things.iter().position(|thing| of(thing) == name)
}

fn leads_back(exit: &Exit, target: Target) -> bool {
    exit.returns.as_ref().is_some_and(|returns| Target::Station(returns.to) == target)
}

/// Whether a way on from a stage leads to a target, at any date and for any class.
fn leads_on(stage: &Stage, target: Target) -> bool {
    let mut ways = stage.routes.iter().flatten().flat_map(|(_, ways)| ways);
    ways.any(|way| way.target == target || way.diverted.iter().any(|(_, to)| *to == target))
}
