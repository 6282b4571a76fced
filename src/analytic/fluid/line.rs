//! A waiting line of fluid: who came when, by class.

use crate::network::Order;
use std::collections::VecDeque;

/// Those who joined in one period, by class \[cases\].
#[derive(Debug, Clone)]
pub(super) struct Cohort {
    /// The step in the middle of their joining; below zero for those of the first day, the oldest first.
    pub(super) joined: f64,
    period: i64,
    pub(super) amounts: Vec<f64>,
}

/// Those who wait at a station.
#[derive(Debug, Clone)]
pub(super) struct Line {
    cohorts: VecDeque<Cohort>,
    /// Steps in a period.
    width: i64,
    /// Waiting, by class \[cases\].
    pub(super) waiting: Vec<f64>,
    /// The classes of which anybody ever came, in order.
    known: Vec<usize>,
}

/// What a step can do at a line.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) order: Order,
    /// Level by class, lower first.
    pub(super) levels: &'a [u8],
    /// What one case takes of the means, by class.
    pub(super) work: &'a [f64],
}

/// What is left of a cohort counts as nothing below this \[cases\].
const NOTHING: f64 = 1e-9;

impl Line {
    pub(super) fn new(classes: usize, width: i64) -> Self {
        Self { cohorts: VecDeque::new(), width, waiting: vec![0.0; classes], known: Vec::new() }
    }

    /// Some join in `step`.
    pub(super) fn join(&mut self, step: i64, amounts: &[f64]) {
        if amounts.iter().all(|&amount| amount <= 0.0) {
            return;
        }
        let period = step / self.width;
        let middle = (period * self.width) as f64 + (self.width - 1) as f64 / 2.0;
        self.add(period, middle, amounts);
    }

    /// Those of the first day, who came `age` steps before it; the oldest are to come first.
    pub(super) fn begin(&mut self, age: f64, amounts: &[f64]) {
        let last = self.cohorts.back().map_or((0, f64::INFINITY), |last| (last.period, -last.joined));
        let together = last.1 - age < self.width as f64;
        self.add(if together { last.0 } else { last.0 - 1 }, -age, amounts);
    }

    fn add(&mut self, period: i64, joined: f64, amounts: &[f64]) {
        if self.cohorts.back().is_none_or(|last| last.period != period) {
            let empty = vec![0.0; amounts.len()];
            self.cohorts.push_back(Cohort { joined, period, amounts: empty });
        }
        let cohort = self.cohorts.back_mut().expect("a cohort was just put there");
        for (class, &more) in amounts.iter().enumerate().filter(|(_, more)| **more != 0.0) {
            cohort.amounts[class] += more;
            self.waiting[class] += more;
            if let Err(place) = self.known.binary_search(&class) {
                self.known.insert(place, class);
            }
        }
    }

    /// When the oldest cohort joined \[steps\]; `None` where nobody waits.
    pub(super) fn oldest(&self) -> Option<f64> {
        self.cohorts.front().map(|cohort| cohort.joined)
    }

    /// Everybody there is \[cases\].
    pub(super) fn total(&self) -> f64 {
        self.waiting.iter().sum()
    }

    /// Take people from the line until `means` are used up; those taken are added to `taken`, by class. Where
    /// `first_only`, from one cohort at most.
    pub(super) fn call(&mut self, call: &Call<'_>, means: &mut f64, first_only: bool, taken: &mut [f64]) {
        let top = call.levels.iter().copied().max().unwrap_or(0);
        for level in 0..=top {
            if *means <= NOTHING * NOTHING || self.cohorts.is_empty() {
                break;
            }
            match call.order {
                Order::Random => self.evenly(call, level, means, taken),
                Order::OldestFirst => {
                    let all = if first_only { 1 } else { self.cohorts.len() };
                    (0..all).take_while(|&at| self.take(at, call, level, means, taken)).for_each(drop);
                }
                Order::NewestFirst => {
                    let all = self.cohorts.len();
                    (0..all).rev().take_while(|&at| self.take(at, call, level, means, taken)).for_each(drop);
                }
            }
        }
        self.forget_empty();
    }

    /// Take from one cohort; whether means are left.
    fn take(&mut self, at: usize, call: &Call<'_>, level: u8, means: &mut f64, taken: &mut [f64]) -> bool {
        let cohort = &mut self.cohorts[at];
        let share = share_of(&cohort.amounts, call, level, *means);
        for (class, amount) in cohort.amounts.iter_mut().enumerate() {
            if call.levels[class] == level && *amount > 0.0 {
                let part = *amount * share;
                *amount = if share < 1.0 { *amount - part } else { 0.0 };
                *means -= part * call.work[class];
                taken[class] += part;
                self.waiting[class] -= part;
            }
        }
        share >= 1.0
    }

    /// Take the same share of every cohort.
    fn evenly(&mut self, call: &Call<'_>, level: u8, means: &mut f64, taken: &mut [f64]) {
        let share = share_of(&self.waiting, call, level, *means);
        for &class in self.known.iter().filter(|&&class| call.levels[class] == level) {
            let all = &mut self.waiting[class];
            let part = *all * share;
            *means -= part * call.work[class];
            taken[class] += part;
            *all -= part;
            self.cohorts.iter_mut().for_each(|cohort| cohort.amounts[class] *= 1.0 - share);
        }
    }

    /// Those whose patience ends. Classes are of `kinds`, and `leaving` fills in which part of each kind in a cohort goes.
    pub(super) fn withdraw(
        &mut self,
        kinds: &[usize],
        mut leaving: impl FnMut(&Cohort, &mut [f64]),
        gone: &mut [f64],
    ) {
        let mut parts = vec![0.0; kinds.iter().max().map_or(0, |last| last + 1)];
        for cohort in &mut self.cohorts {
            leaving(cohort, &mut parts);
            for &class in &self.known {
                let amount = cohort.amounts[class];
                if amount > 0.0 {
                    let part = amount * parts[kinds[class]];
                    cohort.amounts[class] -= part;
                    self.waiting[class] -= part;
                    gone[class] += part;
                }
            }
        }
        self.forget_empty();
    }

    fn forget_empty(&mut self) {
        let empty = |cohort: &Cohort| cohort.amounts.iter().sum::<f64>() <= NOTHING;
        while self.cohorts.front().is_some_and(empty) {
            self.cohorts.pop_front();
        }
        while self.cohorts.back().is_some_and(empty) {
            self.cohorts.pop_back();
        }
        if self.cohorts.is_empty() {
            self.waiting.iter_mut().for_each(|waiting| *waiting = 0.0);
        }
    }
}

/// The share of a level that means suffice for.
fn share_of(amounts: &[f64], call: &Call<'_>, level: u8, means: f64) -> f64 {
    let of_level = |class: &usize| call.levels[*class] == level;
    let work: f64 = (0..amounts.len()).filter(of_level).map(|class| amounts[class] * call.work[class]).sum();
    if work <= means { 1.0 } else { (means / work).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let mut line = Line::new(2, 1);
        line.join(0, &[4.0, 0.0]);
        line.join(1, &[0.0, 6.0]);
        line
    }

    fn taken(order: Order, levels: &[u8], means: f64) -> [f64; 2] {
        let mut means = means;
        let mut taken = [0.0; 2];
        line().call(&Call { order, levels, work: &[1.0, 0.5] }, &mut means, false, &mut taken);
        taken
    }

    #[test]
    fn the_order_decides_who_is_taken() {
        assert_eq!(taken(Order::OldestFirst, &[0, 0], 5.0), [4.0, 2.0]);
        assert_eq!(taken(Order::NewestFirst, &[0, 0], 5.0), [2.0, 6.0]);
        // Work 4 + 3 = 7: half of each.
        assert_eq!(taken(Order::Random, &[0, 0], 3.5), [2.0, 3.0]);
        assert_eq!(taken(Order::OldestFirst, &[1, 0], 4.0), [1.0, 6.0]);
    }

    #[test]
    fn the_line_knows_its_oldest_and_its_number() {
        let mut line = line();
        line.withdraw(
            &[0, 0],
            |cohort, part| part[0] = if cohort.joined < 0.5 { 1.0 } else { 0.5 },
            &mut [0.0; 2],
        );
        assert_eq!((line.oldest(), line.total()), (Some(1.0), 3.0));
    }
}
