//! The fluid twin: the same network with cases as a fluid and every law at its mean course.
//!
//! In a step (a day, or less where the horizon is short) what comes is added, servers and slots do as much
//! as they can, and a part of those who still wait withdraws:
//!
//!   dQ/dt = λ(t) − min(capacity(t), what there is to do) − withdrawals,   per station
//!
//! which is the fluid limit of a many-server network (Mandelbaum, Massey & Reiman 1998, "Strong
//! approximations for Markovian service networks", Queueing Systems 30; Whitt 2006, "Fluid models for
//! multiserver queues with abandonments", Operations Research 54). Within a step the solution is taken as it
//! stands, which is exact for an overloaded line with constant rates; a step by Runge and Kutta would need the
//! right side to be smooth, and it has a kink wherever a line runs empty. Lines keep who came when, so that
//! order, priority and laws of patience are those of the network and not of a mixture.
//!
//! Forced counts take their part of what goes on from a station before the rest is shared out, up to what their rate
//! has brought by the end of the step.
//!
//! It says what a simulation has on average where lines are long; short lines, which only chance makes, are nothing
//! in it.

mod course;
mod docket;
mod flow;
mod lag;
mod line;
mod plan;
mod quota;
mod serve;
mod staff;

pub use course::Course;

use crate::network::{ClassIndex, Network, PoolIndex, StationIndex, Steps, Target};
use crate::units::{DAY, SimTime};
use flow::Flow;
use plan::Plan;

/// Steps there are at least, and at most.
const LEAST_STEPS: i64 = 1_500;
const MOST_STEPS: i64 = 4_000;

/// Something made larger or smaller, to see what depends on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// A stream of arrivals, by its number.
    Arrivals {
        /// Which stream.
        stream: usize,
        /// Which classes; `None`: all.
        classes: Option<Vec<ClassIndex>>,
        /// What its rate is multiplied by.
        factor: f64,
    },
    /// A way on after service: its probability is multiplied, and the others share what is left in proportion.
    Route {
        /// Where it begins.
        station: StationIndex,
        /// Where it leads.
        target: Target,
        /// Which classes; `None`: all.
        classes: Option<Vec<ClassIndex>>,
        /// What its probability is multiplied by.
        factor: f64,
    },
    /// Withdrawals from a line.
    Withdrawals {
        /// Which line.
        station: StationIndex,
        /// Which classes; `None`: all.
        classes: Option<Vec<ClassIndex>>,
        /// What their hazard is multiplied by.
        factor: f64,
    },
}

/// Whether a class is among those named.
fn concerns(classes: Option<&[ClassIndex]>, class: ClassIndex) -> bool {
    classes.is_none_or(|classes| classes.contains(&class))
}

/// A network as a fluid.
#[derive(Debug, Clone)]
pub struct FluidTwin<'n> {
    network: &'n Network,
    scales: Vec<Scale>,
    /// Servers on average in each step, by pool.
    servers: Vec<Vec<f64>>,
    steps: usize,
    step: f64,
}

impl<'n> FluidTwin<'n> {
    /// The twin of a network, with the servers that its rosters give on average.
    pub fn new(network: &'n Network) -> Self {
        let step = step(network.horizon.seconds().max(1));
        let steps = (network.horizon.seconds() as f64 / step).ceil() as usize;
        let servers = network.pools.iter().map(|pool| staff::servers(&pool.roster, steps, step)).collect();
        Self { network, scales: Vec::new(), servers, steps, step }
    }

    /// The same twin with something made larger or smaller.
    #[must_use]
    pub fn scaled(mut self, scale: Scale) -> Self {
        self.scales.push(scale);
        self
    }

    /// The same twin with these servers in a pool, such as those of one future.
    #[must_use]
    pub fn with_servers(mut self, pool: PoolIndex, servers: &Steps<f64>) -> Self {
        let mean = |number: usize| {
            let from = number as f64 * self.step;
            integral(servers, from, from + self.step) / self.step
        };
        self.servers[usize::from(pool)] = (0..self.steps).map(mean).collect();
        self
    }

    /// Let it flow to the horizon.
    pub fn run(&self) -> Course {
        let plan = Plan::new(self.network, &self.scales, self.steps, self.step);
        Flow::new(self.network, &plan, &self.servers, &self.scales).run()
    }
}

/// The step for a horizon \[s\]: a day, or whole parts or multiples of it where the horizon is short or long.
fn step(horizon: i64) -> f64 {
    let parts = (LEAST_STEPS * DAY / horizon).clamp(1, DAY);
    let days = (horizon + MOST_STEPS * DAY - 1) / (MOST_STEPS * DAY);
    DAY as f64 / parts as f64 * days as f64
}

/// ∫ of a step function between two instants \[s\].
fn integral(rate: &Steps<f64>, from: f64, until: f64) -> f64 {
    let mut sum = 0.0;
    let mut at = from;
    while at < until {
        let piece = rate.changes().partition_point(|change| change.seconds() as f64 <= at);
        let end = rate.changes().get(piece).map_or(until, |change| (change.seconds() as f64).min(until));
        sum += rate.values()[piece] * (end - at);
        at = end;
    }
    sum
}

/// The instant in the middle of a step, at which dated values are read.
fn middle(number: usize, step: f64) -> SimTime {
    SimTime::from_seconds(((number as f64 + 0.5) * step) as i64)
}
