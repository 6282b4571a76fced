//! What a model means, with the policies of one variant laid over it.

mod answer;
mod asked;
mod inflow;
mod input;
mod law;
mod staff;
mod stage;
mod way_out;

pub use answer::{Bound, Condition, Response};
pub use asked::{Outcome, Question, Shown};
pub use inflow::{Ages, Arrivals, Band, Initial, Process};
pub use input::{Input, Provenance};
pub use law::{Form, Law};
pub use staff::{Hires, Pool, Serves};
pub use stage::{Closure, NoShow, Quota, Route, Slots, Stage, Takes, Transfer};
pub use way_out::{Exit, Returns};

use super::parameter::Parameter;
use super::selector::Taxonomy;
use super::timeline::{Expr, Timeline};
use crate::network::{ServiceDraws, Signal};
use crate::random::Count;
use crate::units::{DAY, SimTime, Span};
use jiff::civil::Date;
use std::sync::Arc;

/// A value from dates on; the first holds from before the start.
pub type Dated<T> = Vec<(SimTime, T)>;

/// One variant of a model.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Title of the model.
    pub title: String,
    /// First day.
    pub start: Date,
    /// Last day; the run ends at its midnight.
    pub end: Date,
    /// Inputs with a range, and those of policies whose date is open.
    pub parameters: Vec<Parameter>,
    /// Kinds of case.
    pub classes: Vec<Class>,
    /// What they are told apart by.
    pub taxonomy: Arc<Taxonomy>,
    /// Groups of servers.
    pub pools: Vec<Pool>,
    /// Cases from outside.
    pub arrivals: Vec<Arrivals>,
    /// Where cases wait and are served.
    pub stages: Vec<Stage>,
    /// Cases waiting at the start.
    pub initial: Vec<Initial>,
    /// Ways out.
    pub exits: Vec<Exit>,
    /// Where people physically are.
    pub places: Vec<Place>,
    /// Waiting cases moved in bulk.
    pub transfers: Vec<Transfer>,
    /// Legal time limits.
    pub clocks: Vec<Clock>,
    /// Prices.
    pub costs: Vec<Cost>,
    /// Currency of the prices.
    pub currency: Option<String>,
    /// Behaviour that answers to signals.
    pub responses: Vec<Response>,
    /// The signals that this variant looks at, by name, in an order common to all variants of a study.
    pub signals: Vec<(String, Signal)>,
    /// Changes that wait for a condition.
    pub conditions: Vec<Condition>,
    /// Dates at which conditions of any variant of the study are looked at, in order, none twice.
    pub tests: Vec<Date>,
    /// What the study asks.
    pub outcomes: Vec<Outcome>,
    /// Sums of levels that reports show beside published figures, the same in all variants.
    pub shown: Vec<Shown>,
    /// Dates at which the system is shown, in order.
    pub series: Vec<Date>,
    /// Time left out of all figures.
    pub warm_up: Span,
    /// Whose luck a service time is.
    pub service_draws: ServiceDraws,
    /// Every number that was given, and where it comes from.
    pub inputs: Vec<Input>,
    /// Which parameter is read where: name and path.
    pub readers: Vec<(String, String)>,
}

impl Scenario {
    /// The first date from which on figures are taken: the first midnight that is not within the warm-up.
    pub fn counted_from(&self) -> Date {
        let days = self.warm_up.seconds().max(0).unsigned_abs().div_ceil(DAY.unsigned_abs());
        let days = i64::try_from(days).ok().and_then(|days| jiff::Span::new().try_days(days).ok());
        days.and_then(|days| self.start.checked_add(days).ok()).unwrap_or(self.end)
    }
}

/// A kind of case.
#[derive(Debug, Clone)]
pub struct Class {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Persons in a case.
    pub persons: Count,
}

/// Where people physically are.
#[derive(Debug, Clone)]
pub struct Place {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Persons it can shelter.
    pub capacity: Option<Expr>,
}

/// A legal time limit.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// The limit as the network has it.
    pub clock: crate::network::Clock,
}

/// A price.
#[derive(Debug, Clone)]
pub struct Cost {
    /// Name, as `staff(ij)`.
    pub name: String,
    /// What is paid for.
    pub basis: crate::network::CostBasis,
    /// Units of money per unit.
    pub price: Timeline,
    /// Seconds that a price per day or year stands for; 1 for a price of each.
    pub per: f64,
}

/// The value of a dated list that holds at an instant.
pub fn dated<T>(values: &Dated<T>, time: SimTime) -> Option<&T> {
    values.iter().rev().find(|(from, _)| *from <= time).or(values.first()).map(|(_, value)| value)
}
