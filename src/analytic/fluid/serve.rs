//! What a step does at the lines: slots, servers, withdrawals.

use super::flow::{Flow, add_to_last};
use super::line::{Call, Cohort};
use super::plan::{Group, done, node};
use super::{integral, middle};
use crate::network::{
    Closure, NoShow, Order, PoolIndex, Scheduled, Serves, StationIndex, Takes, Target, Transfer,
};
use crate::units::{SimTime, Span};

/// Parts that the means of a pool are given out in where stations compare their waits.
const TURNS: f64 = 16.0;

impl Flow<'_> {
    /// One group: those who come join, servers and slots do what they can, some of the rest withdraw.
    pub(super) fn work(&mut self, group: &Group) {
        for &station in &group.stations {
            self.join(usize::from(station));
        }
        for &station in &group.stations {
            if self.network.stations[usize::from(station)].slots.is_some() {
                self.hold_slots(usize::from(station));
            }
        }
        for &pool in &group.pools {
            self.serve(pool, group);
        }
        for &station in &group.stations {
            self.withdraw(usize::from(station));
        }
        for transfer in &self.network.transfers {
            for &station in transfer.from.iter().filter(|station| group.stations.contains(station)) {
                self.transfer(usize::from(station), transfer);
            }
        }
    }

    /// A transfer takes its part of a line, the same of every cohort.
    fn transfer(&mut self, index: usize, transfer: &Transfer) {
        let (from, step) = (self.number as f64 * self.plan.step, self.plan.step);
        let part = match &transfer.takes {
            Takes::Share(at, share) => {
                let now = (from..from + step).contains(&(at.seconds() as f64));
                if now { *share } else { 0.0 }
            }
            Takes::Rate(rate) => {
                let all: f64 = transfer.from.iter().map(|&station| self.concerned(station, transfer)).sum();
                if all > 0.0 { (integral(rate, from, from + step) / all).min(1.0) } else { 0.0 }
            }
            Takes::Hazard(hazard) => 1.0 - libm::exp(-integral(hazard, from, from + step)),
        };
        if part <= 0.0 {
            return;
        }
        let mut gone = vec![0.0; self.classes];
        let kinds: Vec<usize> = transfer.classes.iter().map(|&concerned| usize::from(concerned)).collect();
        self.lines[index].withdraw(&kinds, |_, parts| parts[1..].fill(part), &mut gone);
        self.present[index] -= self.persons_in(&gone);
        let to = node(self.network, transfer.to);
        gone.iter().enumerate().for_each(|(class, &amount)| self.emit(to, class, amount, None));
    }

    /// Those in a line whom a transfer may take.
    fn concerned(&self, station: StationIndex, transfer: &Transfer) -> f64 {
        let waiting = self.lines[usize::from(station)].waiting.iter().zip(&transfer.classes);
        waiting.filter(|(_, concerned)| **concerned).map(|(waiting, _)| waiting).sum()
    }

    fn join(&mut self, index: usize) {
        let classes = self.classes;
        let came = self.now[index * classes..(index + 1) * classes].to_vec();
        add_to_last(&mut self.course.joined[index], self.number, came.iter().sum());
        self.present[index] += self.persons_in(&came);
        if self.network.stations[index].is_delay() {
            add_to_last(&mut self.course.started[index], self.number, came.iter().sum());
            let at = middle(self.number, self.plan.step);
            for (class, &amount) in came.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
                let lag = *self.plan.stations[index].service[class].at(at);
                self.emit(done(self.network, index), class, amount, Some(lag));
            }
        } else {
            self.lines[index].join(self.number as i64, &came);
            self.stock[index] = self.lines[index].total();
        }
    }

    /// Appointments: those called come or do not; those who come are served.
    fn hold_slots(&mut self, index: usize) {
        let station = &self.network.stations[index];
        let Some(slots) = &station.slots else { return };
        let (from, at) = (self.number as f64 * self.plan.step, middle(self.number, self.plan.step));
        let whole = integral(&slots.rate, from, from + self.plan.step);
        let lost = station.closed.as_ref().map_or(Closure::OPEN, |closed| *closed.at(at));
        if lost.scheduled == Scheduled::EndOfLine {
            self.cancel(index, whole * lost.share);
        }
        let wait = self.lines[index].oldest().map_or(0.0, |oldest| self.number as f64 - oldest);
        let wait = Span::from_seconds(wait * self.plan.step);
        let rules: Vec<&NoShow> = slots.no_show.iter().map(|rule| rule.at(at)).collect();
        let missing: Vec<f64> = rules.iter().map(|rule| rule.probability(wait)).collect();
        // Of a slot that calls the next one, those who do not come take nothing.
        let part = |(rule, missing): (&&NoShow, &f64)| if rule.calls_next { 1.0 - missing } else { 1.0 };
        let work: Vec<f64> = rules.iter().zip(&missing).map(part).collect();
        let mut means = whole * (1.0 - lost.share);
        if !station.pools.is_empty() {
            means = means.min(self.slots_that_pools_can_hold(index, &missing, at));
        }
        let mut called = vec![0.0; self.classes];
        self.call(index, &work, &mut means, false, &mut called);
        let missed: Vec<f64> = called.iter().zip(&missing).map(|(called, share)| called * share).collect();
        let shown: Vec<f64> = called.iter().zip(&missed).map(|(called, missed)| called - missed).collect();
        self.miss(index, slots.no_show_to, &missed);
        let pool = station.pools.iter().copied().find(|&pool| self.budget[usize::from(pool)] > 0.0);
        self.begin_service(index, &shown, pool);
    }

    /// Those who did not come go on, or to the end of the line.
    fn miss(&mut self, index: usize, to: Option<Target>, missed: &[f64]) {
        let Some(target) = to else { return self.lines[index].join(self.number as i64, missed) };
        self.present[index] -= self.persons_in(missed);
        let to = node(self.network, target);
        missed.iter().enumerate().for_each(|(class, &amount)| self.emit(to, class, amount, None));
    }

    /// Those first in line lose so many slots and go to its end.
    fn cancel(&mut self, index: usize, mut slots: f64) {
        let mut called = vec![0.0; self.classes];
        let work = vec![1.0; self.classes];
        self.call(index, &work, &mut slots, false, &mut called);
        self.lines[index].join(self.number as i64, &called);
    }

    /// Slots at which somebody is free, going by the mix of those who wait.
    fn slots_that_pools_can_hold(&self, index: usize, missing: &[f64], at: SimTime) -> f64 {
        let budget: f64 =
            self.network.stations[index].pools.iter().map(|&pool| self.budget[usize::from(pool)]).sum();
        let waiting = &self.lines[index].waiting;
        let work = self.work_of(index, at);
        let needed: f64 =
            (0..self.classes).map(|class| waiting[class] * (1.0 - missing[class]) * work[class]).sum();
        let total: f64 = waiting.iter().sum();
        if needed > 0.0 { budget * total / needed } else { f64::INFINITY }
    }

    /// A pool serves its stations by its rule.
    fn serve(&mut self, pool: PoolIndex, group: &Group) {
        let network = self.network;
        let at = middle(self.number, self.plan.step);
        let open: Vec<usize> = group
            .stations
            .iter()
            .map(|&station| usize::from(station))
            .filter(|&index| {
                let station = &network.stations[index];
                let closed = station.closed.as_ref().is_some_and(|closed| closed.at(at).share > 0.0);
                station.pools.contains(&pool) && station.slots.is_none() && !closed
            })
            .collect();
        match (&network.pools[usize::from(pool)].serves, open.as_slice()) {
            (_, []) => {}
            (_, [only]) => self.serve_station(*only, pool, f64::INFINITY, false),
            (Serves::Strict(order), _) => {
                let open = order.iter().map(|&station| usize::from(station)).filter(|at| open.contains(at));
                open.for_each(|index| self.serve_station(index, pool, f64::INFINITY, false));
            }
            (Serves::Shares(shares), _) => self.serve_by_shares(pool, shares, &open),
            (Serves::LongestWaiting, _) => self.serve_longest_waiting(pool, &open),
        }
    }

    /// Whoever has waited longest is next.
    fn serve_longest_waiting(&mut self, pool: PoolIndex, open: &[usize]) {
        let turn = self.budget[usize::from(pool)] / TURNS;
        while self.budget[usize::from(pool)] > 1e-6 {
            let oldest = open.iter().filter_map(|&index| Some((self.lines[index].oldest()?, index)));
            let Some((_, index)) = oldest.min_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            let station = &self.network.stations[index];
            let in_turn = *station.order.at(middle(self.number, self.plan.step)) == Order::OldestFirst
                && station.priority.values().iter().flatten().all(|&level| level == 0);
            self.serve_station(index, pool, if in_turn { f64::INFINITY } else { turn }, in_turn);
        }
    }

    /// Calls in proportion to shares, so time in proportion to shares and lengths of service; what one does not use
    /// the others have.
    fn serve_by_shares(&mut self, pool: PoolIndex, shares: &[(StationIndex, f64)], open: &[usize]) {
        for _ in 0..open.len() {
            let active: Vec<(usize, f64)> = shares
                .iter()
                .map(|&(station, share)| (usize::from(station), share))
                .filter(|(index, _)| open.contains(index) && self.lines[*index].total() > 0.0)
                .map(|(index, share)| (index, share * self.mean_work(index)))
                .collect();
            let whole: f64 = active.iter().map(|(_, share)| share).sum();
            let budget = self.budget[usize::from(pool)];
            for &(index, share) in active.iter().filter(|_| whole > 0.0) {
                self.serve_station(index, pool, budget * share / whole, false);
            }
        }
    }

    /// Server-seconds that one of those waiting takes in the step of its start, on average.
    fn mean_work(&self, index: usize) -> f64 {
        let waiting = &self.lines[index].waiting;
        let work = self.work_of(index, middle(self.number, self.plan.step));
        let needed: f64 = waiting.iter().zip(&work).map(|(waiting, work)| waiting * work).sum();
        needed / waiting.iter().sum::<f64>()
    }

    /// Serve a line with so many of the server-seconds of a pool at most.
    fn serve_station(&mut self, index: usize, pool: PoolIndex, most: f64, first_only: bool) {
        let at = middle(self.number, self.plan.step);
        let mut means = self.budget[usize::from(pool)].min(most);
        let mut taken = vec![0.0; self.classes];
        let work = self.work_of(index, at);
        self.call(index, &work, &mut means, first_only, &mut taken);
        self.begin_service(index, &taken, Some(pool));
    }

    fn call(&mut self, index: usize, work: &[f64], means: &mut f64, first_only: bool, taken: &mut [f64]) {
        let station = &self.network.stations[index];
        let at = middle(self.number, self.plan.step);
        let call = Call { order: *station.order.at(at), levels: station.priority.at(at), work };
        self.lines[index].call(&call, means, first_only, taken);
    }

    /// Server-seconds that a start takes in its own step, by class.
    fn work_of(&self, index: usize, at: SimTime) -> Vec<f64> {
        let service = &self.plan.stations[index].service;
        service.iter().map(|numbers| self.plan.services[*numbers.at(at)].now).collect()
    }

    fn begin_service(&mut self, index: usize, taken: &[f64], pool: Option<PoolIndex>) {
        let at = middle(self.number, self.plan.step);
        let plan = self.plan;
        add_to_last(&mut self.course.started[index], self.number, taken.iter().sum());
        for (class, &amount) in taken.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
            let service = &plan.services[*plan.stations[index].service[class].at(at)];
            if let Some(pool) = pool {
                self.budget[usize::from(pool)] -= amount * service.now;
                let carried = &mut self.carried[usize::from(pool)][self.number + 1..];
                carried.iter_mut().zip(&service.later).for_each(|(sum, later)| *sum += amount * later);
            }
            self.spread(done(self.network, index), class, amount, &service.lag);
        }
    }

    fn withdraw(&mut self, index: usize) {
        let plan = &self.plan.stations[index];
        if plan.patience.iter().all(|kind| kind.tables.is_none()) {
            return;
        }
        let (tables, step, number) = (&self.plan.patience, self.plan.step, self.number);
        let mut gone = vec![0.0; self.classes];
        // Those called in this step waited through half of it: some of them withdrew, and others were called instead.
        let left = self.lines[index].total();
        let called = (self.stock[index] - left).max(0.0);
        let longer = if left > called { 1.0 + 0.5 * called / left } else { 1.0 };
        let leaving = |cohort: &Cohort, parts: &mut [f64]| {
            let joined = cohort.joined.max(0.0);
            let since = SimTime::from_seconds((joined * step) as i64);
            let waited = (number as f64 - joined).max(0.0) as usize;
            for (part, kind) in parts.iter_mut().zip(&plan.patience) {
                let table = kind.tables.as_ref().map(|numbers| &tables[*numbers.at(since)]);
                let hazard = |table: &Vec<f64>| table.get(waited).copied().unwrap_or(1.0);
                *part = kind.scaled(table.map_or(0.0, |table| (hazard(table) * longer).min(1.0)));
            }
        };
        self.lines[index].withdraw(&plan.kinds, leaving, &mut gone);
        add_to_last(&mut self.course.withdrawn[index], number, gone.iter().sum());
        self.present[index] -= self.persons_in(&gone);
        let to = node(self.network, self.network.stations[index].withdrawn_to);
        gone.iter().enumerate().for_each(|(class, &amount)| self.emit(to, class, amount, None));
    }
}
