//! How one future of a variant is run: with its draw of the inputs, and beside the same future of the baseline.

use super::simulate::is_open;
use crate::compile::compile;
use crate::engine::Plan;
use crate::engine::SignalPath;
use crate::experiment::{Answered, DetailPlan, Replication, Shared, replicate_answering};
use crate::network::Network;
use crate::scenario::model::{Bound, Condition};
use crate::scenario::{Draw, Replications, Scenario, Study, Variant};
use crate::units::DAY;
use jiff::civil::Date;
use std::sync::Arc;

/// How the futures of a variant are run.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) settled: &'a Replications,
    /// Whether inputs with a range are drawn.
    pub(super) open: bool,
    /// What is looked at in detail.
    pub(super) detail: Option<&'a DetailPlan>,
    /// The baseline, where some variant answers to it.
    pub(super) baseline: Option<&'a Baseline<'a>>,
}

impl<'a> Way<'a> {
    /// Runs one future of a variant.
    pub(super) fn simulate(self, variant: &'a Variant) -> Box<dyn Fn(u64) -> Replication + Sync + 'a> {
        let Self { settled, open, detail, baseline } = self;
        let seed = settled.seed;
        let is_baseline = baseline.is_some_and(|baseline| std::ptr::eq(baseline.variant, variant));
        let shared = baseline.map(|baseline| &baseline.shared);
        if let Some(shared) = shared.filter(|_| is_baseline) {
            return Box::new(move |number| shared.get(number).replication.clone());
        }
        let shared = shared.filter(|_| !variant.scenario.signals.is_empty());
        let future = Future::new(&variant.scenario, settled, open);
        Box::new(move |number| {
            let path = shared.map(|shared| Arc::clone(&shared.get(number).path));
            let answer = |network: &Network, plan: &Plan| {
                replicate_answering(network, plan, (seed, number), path.clone(), detail)
            };
            future.when_conditions_hold(number, path.as_deref(), answer).replication
        })
    }
}

/// The futures of one scenario: one network for all of them, or one for each draw of its inputs.
struct Future<'a> {
    scenario: &'a Scenario,
    fixed: Option<(Network, Plan)>,
    seed: u64,
    per_draw: u64,
}

impl<'a> Future<'a> {
    fn new(scenario: &'a Scenario, settled: &Replications, open: bool) -> Self {
        let fixed = (!open || !is_open(scenario)).then(|| {
            let network = compile(scenario, &Draw::central(&scenario.parameters));
            let plan = Plan::new(&network);
            (network, plan)
        });
        Self { scenario, fixed, seed: settled.seed, per_draw: settled.per_draw as u64 }
    }

    /// Do something with the network of a future.
    fn with<T>(&self, number: u64, run: impl FnOnce(&Network, &Plan) -> T) -> T {
        if let Some((network, plan)) = &self.fixed {
            return run(network, plan);
        }
        let network = compile(self.scenario, &self.draw(number));
        run(&network, &Plan::new(&network))
    }

    fn draw(&self, number: u64) -> Draw {
        if self.fixed.is_some() {
            return Draw::central(&self.scenario.parameters);
        }
        Draw::sampled(&self.scenario.parameters, self.seed, number / self.per_draw)
    }

    /// Run a future, and where a condition turns out to hold run it again with what waits for it begun then: up to
    /// that date both are the same. The earliest comes first, and later ones are looked at anew.
    fn when_conditions_hold(
        &self,
        number: u64,
        baseline: Option<&SignalPath>,
        run: impl Fn(&Network, &Plan) -> Answered,
    ) -> Answered {
        let mut answered = self.with(number, &run);
        let mut draw = self.draw(number);
        let mut waiting: Vec<&Condition> = self.scenario.conditions.iter().collect();
        while let Some(date) =
            waiting.iter().filter_map(|one| self.holds(one, &answered.path, baseline)).min()
        {
            let due = |one: &&Condition| self.holds(one, &answered.path, baseline) == Some(date);
            let (begun, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(due);
            let midnight = f64::from((date - self.scenario.start).get_days()) * DAY as f64;
            for condition in begun {
                draw = draw.with(condition.parameter, midnight + condition.after.value(&draw));
            }
            waiting = later;
            let network = compile(self.scenario, &draw);
            answered = run(&network, &Plan::new(&network));
        }
        answered
    }

    /// The first date at which a condition is looked at and holds.
    fn holds(&self, condition: &Condition, path: &SignalPath, baseline: Option<&SignalPath>) -> Option<Date> {
        let signal = self.scenario.signals.iter().position(|(name, _)| *name == condition.signal)?;
        let holds = |&date: &Date| {
            let test = self.scenario.tests.binary_search(&date).ok()?;
            let bound = match condition.bound {
                Bound::Level(level) => level,
                // In the baseline itself the signal is what it is held against.
                Bound::OfBaseline(factor) => factor * baseline.unwrap_or(path).tested[signal][test],
            };
            let level = path.tested[signal][test];
            Some(if condition.below { level < bound } else { level > bound })
        };
        condition.tested.iter().copied().find(|date| holds(date) == Some(true))
    }
}

/// The baseline of a study whose variants answer to its signals: each of its futures is run once for all of them.
pub(super) struct Baseline<'a> {
    variant: &'a Variant,
    shared: Shared<'a, Answered>,
}

impl<'a> Baseline<'a> {
    /// `None` where no variant that is run is held against it; `plans` say what is looked at in detail of each.
    pub(super) fn new(
        study: &'a Study,
        variants: &[&Variant],
        plans: &'a [Option<DetailPlan>],
        (settled, open): (&'a Replications, bool),
    ) -> Option<Self> {
        let variant = &study.variants[study.baseline];
        if variant.scenario.signals.is_empty() {
            return None;
        }
        let asks = |other: &&&Variant| std::ptr::eq(**other, variant) || !other.scenario.signals.is_empty();
        let users = variants.iter().filter(asks).count();
        let own = variants.iter().position(|other| std::ptr::eq(*other, variant));
        let detail = own.and_then(|own| plans[own].as_ref());
        let future = Future::new(&variant.scenario, settled, open);
        let make = move |number| {
            let answer = |network: &Network, plan: &Plan| {
                replicate_answering(network, plan, (settled.seed, number), None, detail)
            };
            future.when_conditions_hold(number, None, answer)
        };
        Some(Self { variant, shared: Shared::new(users, make) })
    }
}
