//! What comes from outside, and what is there on the first day.

use super::{Class, Law};
use crate::network::{ClassIndex, CountedIn, StationIndex, Steps};
use crate::random::Count;
use crate::scenario::mix::Mix;
use crate::scenario::parameter::Draw;
use crate::scenario::timeline::{Expr, Timeline, tidy};
use crate::units::SimTime;

/// Cases from outside.
#[derive(Debug, Clone)]
pub struct Arrivals {
    /// Name.
    pub name: String,
    /// Stage they come to.
    pub to: StationIndex,
    /// Shares of classes.
    pub mix: Mix,
    /// Arrivals, of what is counted, per second.
    pub rate: Timeline,
    /// Multiplies the rate.
    pub scale: Timeline,
    /// How they follow each other.
    pub process: Process,
    /// Cases per arrival.
    pub batch: Count,
    /// What is counted.
    pub unit: CountedIn,
    /// Highest rate allowed, of what is counted, per second.
    pub cap: Option<Expr>,
    /// Largest central rate before any policy \[arrivals/s\]: height of a layer of the thinned process.
    pub layer: f64,
}

/// How arrivals follow each other.
#[derive(Debug, Clone)]
pub enum Process {
    /// Poisson, with an index of dispersion of monthly counts.
    Poisson(Expr),
    /// Evenly.
    Deterministic,
    /// With gaps of this law, whose mean is the interval.
    Renewal(Law),
}

/// Cases waiting at the start.
#[derive(Debug, Clone)]
pub struct Initial {
    /// Name.
    pub name: String,
    /// Where they wait.
    pub stage: StationIndex,
    /// How many; `None`: as many as the table has.
    pub cases: Option<Timeline>,
    /// Shares of classes.
    pub mix: Mix,
    /// Time since they came.
    pub ages: Ages,
}

/// Ages of the cases at the start.
#[derive(Debug, Clone)]
pub enum Ages {
    /// A law.
    Law(Law),
    /// Bands; those without a class are shared out by the mix.
    Bands(Vec<Band>),
}

/// Cases of an age.
#[derive(Debug, Clone)]
pub struct Band {
    /// Least age \[s\].
    pub youngest: f64,
    /// Greatest age \[s\].
    pub oldest: f64,
    /// The classes they may be of; `None`: any of the mix.
    pub classes: Option<Vec<ClassIndex>>,
    /// How many.
    pub cases: f64,
}

impl Arrivals {
    /// The rate at an instant in one future, of what is counted \[1/s\].
    pub fn counted_rate(&self, time: SimTime, draw: &Draw) -> f64 {
        (self.rate.at(time, draw) * self.scale.at(time, draw)).max(0.0)
    }

    /// The instants at which rate or mix may change in one future.
    pub fn breaks(&self, draw: &Draw) -> Vec<SimTime> {
        let rate = self.rate.breaks(draw).into_iter().chain(self.scale.breaks(draw));
        tidy(self.mix.breaks(draw).into_iter().chain(rate).collect())
    }

    /// Cases per second of each class at an instant in one future.
    pub fn class_rates(&self, classes: &[Class], time: SimTime, draw: &Draw) -> Vec<(ClassIndex, f64)> {
        let rate = self.counted_rate(time, draw);
        let cases = |(class, share): (ClassIndex, f64)| {
            let persons = match self.unit {
                CountedIn::Cases => 1.0,
                CountedIn::Persons => classes[usize::from(class)].persons.mean(),
            };
            (class, rate * share / persons)
        };
        self.mix.at(time, draw).into_iter().map(cases).collect()
    }

    /// Arrivals (batches) per second as a step function, in one future.
    pub fn steps(&self, classes: &[Class], draw: &Draw) -> Steps<f64> {
        let total = |time: SimTime| -> f64 {
            let cases: f64 = self.class_rates(classes, time, draw).iter().map(|(_, rate)| rate).sum();
            // Counted in persons, a batch is a number of persons, too; counted in cases the rate is one of arrivals.
            if self.unit == CountedIn::Persons { cases / self.batch.mean() } else { cases }
        };
        Steps::new(total(SimTime::START), self.breaks(draw).into_iter().map(|time| (time, total(time))))
    }
}
