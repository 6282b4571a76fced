//! A fluid on its way through a network, step by step.

use super::course::Course;
use super::docket::docket;
use super::lag::Lag;
use super::line::Line;
use super::plan::{Node, Plan, back, done, node};
use super::quota::Budget;
use super::{Scale, concerns, integral, middle};
use crate::network::{Network, StationIndex};
use crate::random::Count;

/// Cohorts that a line keeps apart at most, roughly.
const COHORTS: usize = 400;

/// A content that leaves at a constant hazard.
#[derive(Debug)]
struct Content {
    lag: usize,
    to: Node,
    amounts: Vec<f64>,
}

/// The state at one step.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    pub(super) network: &'a Network,
    pub(super) plan: &'a Plan,
    servers: &'a [Vec<f64>],
    scales: &'a [Scale],
    pub(super) classes: usize,
    pub(super) persons: Vec<f64>,
    /// Of the quotas, by station.
    pub(super) budgets: Vec<Vec<Budget>>,
    pub(super) number: usize,
    /// The place in the order of groups that is being worked at.
    place: usize,
    /// What comes to each node in this step and in the next, by class.
    pub(super) now: Vec<f64>,
    next: Vec<f64>,
    /// What comes later, by node, step and class; empty where nothing does.
    later: Vec<Vec<f64>>,
    contents: Vec<Content>,
    pub(super) lines: Vec<Line>,
    /// Those in each line before anybody is called in this step.
    pub(super) stock: Vec<f64>,
    /// Server-seconds taken beforehand, by pool and step.
    pub(super) carried: Vec<Vec<f64>>,
    /// Server-seconds left in this step, by pool.
    pub(super) budget: Vec<f64>,
    /// Persons at each station.
    pub(super) present: Vec<f64>,
    pending: f64,
    pub(super) course: Course,
}

impl<'a> Flow<'a> {
    pub(super) fn new(
        network: &'a Network,
        plan: &'a Plan,
        servers: &'a [Vec<f64>],
        scales: &'a [Scale],
    ) -> Self {
        let classes = network.persons.len();
        let nodes = plan.places.len();
        let width = plan.steps.div_ceil(COHORTS).max(1) as i64;
        Self {
            network,
            plan,
            servers,
            scales,
            classes,
            persons: network.persons.iter().map(Count::mean).collect(),
            budgets: network
                .stations
                .iter()
                .map(|station| vec![Budget::new(); station.quotas.len()])
                .collect(),
            number: 0,
            place: 0,
            now: vec![0.0; nodes * classes],
            next: vec![0.0; nodes * classes],
            later: vec![Vec::new(); nodes],
            contents: Vec::new(),
            lines: network.stations.iter().map(|_| Line::new(classes, width)).collect(),
            stock: vec![0.0; network.stations.len()],
            carried: vec![vec![0.0; plan.steps + 1]; network.pools.len()],
            budget: vec![0.0; network.pools.len()],
            present: vec![0.0; network.stations.len()],
            pending: 0.0,
            course: Course::new(network, plan.step),
        }
    }

    pub(super) fn run(mut self) -> Course {
        self.begin();
        let plan = self.plan;
        for number in 0..plan.steps {
            self.number = number;
            self.open_step();
            for (group, place) in plan.groups.iter().zip((2..).step_by(2)) {
                self.place = place;
                self.work(group);
                self.place = place + 1;
                group.stations.iter().for_each(|&station| self.send_on(station));
            }
            self.place = usize::MAX;
            self.leave();
            self.note();
        }
        self.course
    }

    /// Those who wait on the first day.
    fn begin(&mut self) {
        for index in 0..self.network.stations.len() {
            let mut docket = docket(self.network, index as StationIndex, self.classes);
            docket.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (age, amounts) in docket {
                self.pending += amounts.iter().sum::<f64>();
                if self.network.stations[index].is_delay() {
                    let place = index * self.classes;
                    amounts.iter().zip(&mut self.next[place..]).for_each(|(amount, next)| *next += amount);
                } else {
                    self.present[index] += self.persons_in(&amounts);
                    self.lines[index].begin(age / self.plan.step, &amounts);
                }
            }
            self.course.waiting[index][0] = self.lines[index].total();
            self.course.waiting_persons[index][0] = self.persons_in(&self.lines[index].waiting);
            if let Some(place) = self.network.stations[index].place {
                self.course.population[usize::from(place)][0] += self.present[index];
            }
        }
        self.course.pending[0] = self.pending;
    }

    /// What comes in this step: from outside, and from what set out before.
    fn open_step(&mut self) {
        self.place = 0;
        std::mem::swap(&mut self.now, &mut self.next);
        self.next.iter_mut().for_each(|amount| *amount = 0.0);
        let (classes, number) = (self.classes, self.number);
        for (node, later) in self.later.iter().enumerate().filter(|(_, later)| !later.is_empty()) {
            let due = &later[number * classes..(number + 1) * classes];
            due.iter().zip(&mut self.now[node * classes..]).for_each(|(due, now)| *now += due);
        }
        for content in &mut self.contents {
            let Lag::Exponential { keep, .. } = self.plan.lags[content.lag] else { continue };
            let now = &mut self.now[content.to * classes..];
            for (amount, now) in content.amounts.iter_mut().zip(now) {
                *now += *amount * (1.0 - keep);
                *amount *= keep;
            }
        }
        self.come_back();
        self.arrive();
        let (servers, carried, step) = (self.servers, &self.carried, self.plan.step);
        for (pool, budget) in self.budget.iter_mut().enumerate() {
            *budget = (servers[pool][number] * step - carried[pool][number]).max(0.0);
        }
    }

    /// Returns from exits join their stations.
    fn come_back(&mut self) {
        for (exit, returns) in self.network.exits.iter().enumerate() {
            let Some(returns) = &returns.returns else { continue };
            for class in 0..self.classes {
                let amount = self.now[back(self.network, exit) * self.classes + class];
                self.now[usize::from(returns.to) * self.classes + class] += amount;
                self.pending += amount;
            }
        }
    }

    fn arrive(&mut self) {
        let (from, step) = (self.number as f64 * self.plan.step, self.plan.step);
        let mut sum = 0.0;
        for (number, stream) in self.network.arrivals.iter().enumerate() {
            let cases = integral(&stream.rate, from, from + step) * stream.batch.mean();
            let mut before = 0.0;
            for &(end, class) in stream.mix.at(middle(self.number, step)).parts() {
                let amount = cases * (end - before) * self.scale_of(number, class);
                before = end;
                self.now[usize::from(stream.to) * self.classes + usize::from(class)] += amount;
                sum += amount;
            }
        }
        self.pending += sum;
        let before = self.course.arrived[self.number];
        self.course.arrived.push(before + sum);
    }

    fn scale_of(&self, number: usize, class: u16) -> f64 {
        let of_stream = self.scales.iter().filter_map(|scale| match scale {
            Scale::Arrivals { stream, classes, factor }
                if *stream == number && concerns(classes.as_deref(), class) =>
            {
                Some(*factor)
            }
            _ => None,
        });
        of_stream.product()
    }

    /// Those whose service has ended go their ways.
    fn send_on(&mut self, station: StationIndex) {
        let index = usize::from(station);
        let place = done(self.network, index) * self.classes;
        let mut completed = self.now[place..place + self.classes].to_vec();
        add_to_last(&mut self.course.completed[index], self.number, completed.iter().sum());
        self.present[index] -= self.persons_in(&completed);
        self.take_by_quota(station, &mut completed);
        let plan = self.plan;
        for (class, &amount) in completed.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
            for way in plan.stations[index].ways[class].at(middle(self.number, plan.step)) {
                self.emit(node(self.network, way.target), class, amount * way.part, way.lag);
                add_to_last(&mut self.course.moved[way.row].2, self.number, amount * way.part);
            }
        }
    }

    /// Departures, of which some come back.
    fn leave(&mut self) {
        let at = middle(self.number, self.plan.step);
        for (exit, way_out) in self.network.exits.iter().enumerate() {
            let place = (2 * self.network.stations.len() + exit) * self.classes;
            let gone = self.now[place..place + self.classes].to_vec();
            let sum: f64 = gone.iter().sum();
            self.pending -= sum;
            add_to_last(&mut self.course.departed[exit], self.number, sum);
            let Some(returns) = &way_out.returns else { continue };
            for (class, amount) in gone.into_iter().enumerate() {
                let part = amount * returns.probability[class].at(at);
                self.emit(back(self.network, exit), class, part, self.plan.returns[exit]);
            }
        }
    }

    /// Something sets out for a node.
    pub(super) fn emit(&mut self, to: Node, class: usize, amount: f64, lag: Option<usize>) {
        if amount <= 0.0 {
            return;
        }
        let plan = self.plan;
        match lag.map(|lag| (lag, &plan.lags[lag])) {
            None => self.put(to, class, amount, 0),
            Some((number, Lag::Exponential { first, .. })) => {
                let known =
                    self.contents.iter().position(|content| (content.lag, content.to) == (number, to));
                let at = known.unwrap_or_else(|| {
                    self.contents.push(Content { lag: number, to, amounts: vec![0.0; self.classes] });
                    self.contents.len() - 1
                });
                self.contents[at].amounts[class] += amount * (1.0 - first);
                self.put(to, class, amount * first, 0);
            }
            Some((_, lag)) => self.spread(to, class, amount, lag),
        }
    }

    pub(super) fn spread(&mut self, to: Node, class: usize, amount: f64, lag: &Lag) {
        if let Lag::Spread(spread) = lag {
            for &(steps, part) in spread {
                self.put(to, class, amount * part, steps);
            }
        }
    }

    /// Something comes to a node so many steps later; in this step only if the node's turn is still to come.
    fn put(&mut self, to: Node, class: usize, amount: f64, steps: usize) {
        let place = to * self.classes + class;
        match steps {
            0 if self.plan.places[to] > self.place => self.now[place] += amount,
            0 | 1 => self.next[place] += amount,
            _ if self.number + steps < self.plan.steps => {
                let later = &mut self.later[to];
                if later.is_empty() {
                    later.resize(self.plan.steps * self.classes, 0.0);
                }
                later[(self.number + steps) * self.classes + class] += amount;
            }
            _ => {}
        }
    }

    pub(super) fn persons_in(&self, amounts: &[f64]) -> f64 {
        amounts.iter().zip(&self.persons).map(|(amount, persons)| amount * persons).sum()
    }

    /// Note the levels at the end of the step.
    fn note(&mut self) {
        for row in &mut self.course.population {
            row.push(0.0);
        }
        for (index, station) in self.network.stations.iter().enumerate() {
            let line = &self.lines[index];
            self.course.waiting[index].push(line.total());
            let persons: f64 = line.waiting.iter().zip(&self.persons).map(|(cases, each)| cases * each).sum();
            self.course.waiting_persons[index].push(persons);
            if let Some(place) = station.place {
                self.course.population[usize::from(place)][self.number + 1] += self.present[index];
            }
        }
        self.course.pending.push(self.pending);
        let length = self.number + 2;
        let course = &mut self.course;
        let sums = [
            &mut course.joined,
            &mut course.started,
            &mut course.completed,
            &mut course.withdrawn,
            &mut course.departed,
        ];
        let rows = sums.into_iter().flatten().chain(course.moved.iter_mut().map(|(_, _, row)| row));
        for row in rows.filter(|row| row.len() < length) {
            row.push(*row.last().unwrap_or(&0.0));
        }
    }
}

/// Add to the running sum of the step that is being worked at.
pub(super) fn add_to_last(row: &mut Vec<f64>, number: usize, amount: f64) {
    if row.len() < number + 2 {
        row.push(*row.last().unwrap_or(&0.0));
    }
    row[number + 1] += amount;
}
