//! Forced counts of a fluid: what goes another way before the rest is shared out.

use super::flow::{Flow, add_to_last};
use super::integral;
use super::plan::node;
use crate::network::{CountedIn, Quota, StationIndex};
use crate::units::SimTime;

/// What is left of a quota.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    /// ∫ of the rate up to the end of the step before.
    grown: f64,
    /// The integral up to what has been used or has lapsed.
    spent: f64,
    /// The instant before which what is not used has lapsed, and the integral up to it.
    since: SimTime,
    lapsed: f64,
}

impl Budget {
    /// Of a quota of which nothing has been used.
    pub(super) const fn new() -> Self {
        Self { grown: 0.0, spent: 0.0, since: SimTime::START, lapsed: 0.0 }
    }

    /// What may be taken in the step that begins at `from` and has `length` \[s\], at its end.
    fn left(&mut self, quota: &Quota, from: f64, length: f64) -> f64 {
        self.grown += integral(&quota.rate, from, from + length);
        let since = quota.lasts.since(SimTime::from_seconds((from + 0.5 * length) as i64));
        if since > self.since {
            self.lapsed += integral(&quota.rate, self.since.seconds() as f64, since.seconds() as f64);
            self.since = since;
        }
        self.spent = self.spent.max(self.lapsed);
        (self.grown - self.spent).max(0.0)
    }
}

impl Flow<'_> {
    /// Quotas take their part of those whose service has ended, the same of each class that they take; what is left stays
    /// in `completed`.
    pub(super) fn take_by_quota(&mut self, station: StationIndex, completed: &mut [f64]) {
        let index = usize::from(station);
        let (network, plan) = (self.network, self.plan);
        let from = self.number as f64 * plan.step;
        for (number, quota) in network.stations[index].quotas.iter().enumerate() {
            let left = self.budgets[index][number].left(quota, from, plan.step);
            let weight = |class: usize| match quota.counted {
                CountedIn::Cases => 1.0,
                CountedIn::Persons => self.persons[class],
            };
            let taken = |class: &usize| quota.takes[*class];
            let there: f64 =
                (0..self.classes).filter(taken).map(|class| completed[class] * weight(class)).sum();
            if there <= 0.0 || left <= 0.0 {
                continue;
            }
            let part = (left / there).min(1.0);
            self.budgets[index][number].spent += part * there;
            let way = &plan.stations[index].quotas[number];
            for class in (0..self.classes).filter(taken) {
                let amount = completed[class] * part;
                completed[class] -= amount;
                self.emit(node(network, way.target), class, amount, way.lag);
                add_to_last(&mut self.course.moved[way.row].2, self.number, amount);
            }
        }
    }
}
