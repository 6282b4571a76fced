//! What a model means, with the policies of one variant laid over it.

use super::mix::Mix;
use super::parameter::{Draw, Parameter};
use super::selector::Selector;
use super::selector::Taxonomy;
use super::timeline::{DatedChange, Expr, Timeline, tidy};
use crate::asylum::Disposition;
use crate::legend::{Better, OutcomeUnit};
use crate::network::{
    ClassIndex, Combination, CountedIn, Crowd, ExitIndex, Order, Passage, PlaceIndex, PoolIndex, Responder,
    Scheduled, ServiceDraws, Signal, StationIndex, Steps, Target, Term, WaitStatistic,
};
use crate::random::{Count, Variate};
use crate::units::{SimTime, Span};
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

/// A sum of levels that a record has published figures of.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Name of the first row of the record that is about it.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Cases or persons.
    pub unit: OutcomeUnit,
    /// Names of all rows that are, with their dates.
    pub rows: Vec<(String, Date)>,
    /// Its parts; none where this variant has not got what it is about.
    pub terms: Vec<Term>,
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

/// A group of servers.
#[derive(Debug, Clone)]
pub struct Pool {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Servers by date.
    pub staff: Timeline,
    /// New servers.
    pub hires: Option<Hires>,
    /// Share that leaves per second.
    pub attrition: Timeline,
    /// Output of the newly hired, from lengths of time on.
    pub ramp: Vec<(Span, f64)>,
    /// Capacity lost.
    pub closed: Vec<Closure>,
    /// Whom they serve first.
    pub serves: Serves,
    /// Share of the week worked.
    pub hours: Expr,
}

/// Capacity lost for a time.
#[derive(Debug, Clone)]
pub struct Closure {
    /// From.
    pub from: SimTime,
    /// Until.
    pub until: SimTime,
    /// Share of it.
    pub share: Timeline,
    /// What becomes of those scheduled, at a stage with slots.
    pub scheduled: Scheduled,
}

/// New servers.
#[derive(Debug, Clone)]
pub struct Hires {
    /// Persons per second.
    pub rate: Timeline,
    /// Persons who start together.
    pub class_size: Expr,
    /// From hiring to the first day of work \[s\].
    pub lead: Expr,
    /// None before.
    pub from: SimTime,
}

/// Whom the servers of a shared pool serve first.
#[derive(Debug, Clone)]
pub enum Serves {
    /// The longest waiting.
    Longest,
    /// In this order.
    Strict(Vec<StationIndex>),
    /// With these shares.
    Shares(Vec<(StationIndex, Expr)>),
}

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

/// A law of a length of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// Which.
    pub form: Form,
    /// Its parts: mean and coefficient of variation, or bounds.
    pub parts: Vec<Timeline>,
}

/// The form of a law.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Always the same.
    Constant,
    /// Exponential: mean.
    Exponential,
    /// Erlang: mean, number of phases.
    Erlang,
    /// Gamma: mean, coefficient of variation.
    Gamma,
    /// Log-normal: mean, coefficient of variation.
    Lognormal,
    /// Weibull: mean, coefficient of variation.
    Weibull,
    /// Uniform: least, greatest.
    Uniform,
    /// Triangular: least, most likely, greatest.
    Triangular,
    /// Hyperexponential with balanced means: mean, coefficient of variation.
    Hyperexponential,
    /// As often as in a table \[s\].
    Empirical(Arc<[f64]>),
    /// Exponential with a rate: events per second.
    Rate,
}

/// Where cases wait and are served.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Who serves here.
    pub pools: Vec<PoolIndex>,
    /// Service, by class.
    pub service: Vec<Dated<Law>>,
    /// Who is next.
    pub order: Dated<Order>,
    /// Level by class.
    pub priority: Dated<Vec<u8>>,
    /// Patience, by class.
    pub patience: Vec<Dated<Option<Law>>>,
    /// Where those go who run out of it.
    pub withdrawn_to: Option<Target>,
    /// Where cases go next, by class.
    pub routes: Vec<Dated<Vec<Route>>>,
    /// What takes cases before the draw among the routes.
    pub quotas: Vec<Quota>,
    /// Where those here physically are.
    pub place: Option<PlaceIndex>,
    /// Appointments.
    pub slots: Option<Slots>,
    /// Starts lost for a time.
    pub closed: Vec<Closure>,
}

/// Appointments.
#[derive(Debug, Clone)]
pub struct Slots {
    /// Per second, from dates on.
    pub rate: Dated<Timeline>,
    /// Those called who do not come, by class.
    pub no_show: Vec<Dated<NoShow>>,
    /// Where those go.
    pub no_show_to: Option<Target>,
}

/// Those called who do not come.
#[derive(Debug, Clone, PartialEq)]
pub struct NoShow {
    /// Which share of them.
    pub p: Timeline,
    /// Which share from waits on.
    pub by_wait: Vec<(Span, Timeline)>,
    /// Whether the next in line is called to the same slot.
    pub calls_next: bool,
}

/// A way on that takes so many a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// Where to.
    pub to: Target,
    /// Time on the way.
    pub after: Option<Law>,
    /// Whether it takes cases of a class, by class.
    pub takes: Vec<bool>,
    /// So many per second.
    pub rate: Timeline,
    /// Multiplies the rate.
    pub scale: Timeline,
    /// Whether what is not used lapses with the period of the table, not after a length of time.
    pub by_period: bool,
    /// What is counted.
    pub unit: CountedIn,
}

/// One way on from a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Where to.
    pub target: Target,
    /// How likely; `None`: what the others leave.
    pub p: Option<Timeline>,
    /// Time on the way.
    pub after: Option<Law>,
    /// What policies send elsewhere: the share as a change of 0, and where to.
    pub diverted: Vec<(DatedChange, Target)>,
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

/// A way out.
#[derive(Debug, Clone)]
pub struct Exit {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// What kind of end it is.
    pub kind: Disposition,
    /// Those who come back.
    pub returns: Option<Returns>,
}

/// Those who come back.
#[derive(Debug, Clone)]
pub struct Returns {
    /// Where to.
    pub to: StationIndex,
    /// Which share, by class.
    pub p: Vec<Dated<Timeline>>,
    /// After how long.
    pub after: Law,
    /// Attempts of a case at most, the first among them.
    pub most: u8,
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

/// Waiting cases moved in bulk.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// From where.
    pub from: Vec<StationIndex>,
    /// Where to.
    pub to: Target,
    /// Cases of which classes.
    pub classes: Vec<ClassIndex>,
    /// How many, and when; `None`: it is switched off.
    pub takes: Option<Takes>,
}

/// How many cases a transfer takes, and when.
#[derive(Debug, Clone)]
pub enum Takes {
    /// A share of those waiting at an instant.
    Share(SimTime, Timeline),
    /// So many a second, from and until.
    Rate(Timeline, SimTime, SimTime),
    /// Each of those waiting at this rate, from and until.
    Hazard(Timeline, SimTime, SimTime),
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

/// Behaviour that answers to a signal.
#[derive(Debug, Clone)]
pub struct Response {
    /// Its path, as `arrivals.border.responds.0`.
    pub path: String,
    /// What answers.
    pub to: Responder,
    /// Which classes; `None`: all.
    pub classes: Option<Selector>,
    /// Name of the signal, as `wait(merits)`.
    pub name: String,
    /// The signal in this variant.
    pub signal: Signal,
    /// Where it is named.
    pub at: crate::diagnostic::Place,
    /// What it is held against; `None`: the same signal in the baseline.
    pub reference: Option<Expr>,
    /// Relative change for a small relative change of the signal.
    pub elasticity: Expr,
    /// How long the signal takes to be heard \[s\].
    pub lag: Expr,
    /// Greatest factor.
    pub cap: Expr,
    /// Least factor; `None`: 1 ÷ cap.
    pub floor: Option<Expr>,
}

/// A condition that changes of policies wait for.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// It, as written.
    pub text: String,
    /// The parameter that is the instant at which the changes begin \[s\]; infinite where they do not.
    pub parameter: usize,
    /// Name of the signal that it is about.
    pub signal: String,
    /// Where it is said.
    pub at: crate::diagnostic::Place,
    /// Whether the signal must be below the bound (above it otherwise).
    pub below: bool,
    /// The bound, in the unit of the signal.
    pub bound: Bound,
    /// The dates at which it is looked at.
    pub tested: Vec<Date>,
    /// From such a date to the beginning \[s\].
    pub after: Expr,
}

/// What a signal of a condition is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A number.
    Level(f64),
    /// A multiple of what it is in the baseline.
    OfBaseline(f64),
}

/// Something that a study asks.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// What it is counted in.
    pub unit: OutcomeUnit,
    /// Which sign of a difference is good.
    pub better: Option<Better>,
    /// What is asked.
    pub question: Question,
}

/// What is asked; dates are still dates.
#[derive(Debug, Clone)]
pub enum Question {
    /// Waiting at stages at a date, or on average.
    Waiting(Vec<StationIndex>, CountedIn, Option<Date>),
    /// Waiting of cases of some classes on average.
    WaitingAverageOf(Vec<StationIndex>, Vec<ClassIndex>, CountedIn),
    /// Persons at a place at a date.
    PopulationAt(PlaceIndex, Date),
    /// The most there are.
    PopulationPeak(PlaceIndex),
    /// On average.
    PopulationAverage(PlaceIndex),
    /// Present and not out at a date.
    Pending(CountedIn, Date),
    /// The same of cases of some classes.
    PendingOf(Vec<ClassIndex>, CountedIn, Date),
    /// Comings from outside by streams of arrivals, of cases of some classes, between dates.
    CameBy(Vec<u16>, Vec<ClassIndex>, CountedIn, [Date; 2]),
    /// Departures between dates.
    Exits(Vec<ExitIndex>, CountedIn, Date, Date),
    /// Departures of cases of some classes between dates.
    ExitsOf(Vec<ExitIndex>, Vec<ClassIndex>, CountedIn, [Date; 2]),
    /// Cases moved by transfers between dates.
    Transferred(Vec<u16>, CountedIn, Date, Date),
    /// Ends of service between dates.
    Completed(Vec<StationIndex>, CountedIn, Date, Date),
    /// Waiting or in service at stages at a date.
    Present(Vec<StationIndex>, CountedIn, Date),
    /// Comings to stages between dates.
    Joined(Vec<StationIndex>, CountedIn, Date, Date),
    /// What cases of some classes do at stages between dates; both are the same where they are counted at one.
    Passed(Passage, Crowd, [Date; 2]),
    /// Visits of those who left and had been there.
    Visits(StationIndex),
    /// Waits.
    Wait(StationIndex, WaitStatistic),
    /// Whether a level is ever below (true) or above a bound, by a date.
    Ever(crate::network::Level, bool, f64, Date),
    /// Share of a cohort out in time.
    ShareWithin(Date, Date, Span, Vec<ExitIndex>),
    /// Share in time of a clock.
    Clock(u16),
    /// Sum of cost items.
    Cost(Vec<usize>),
    /// Made of outcomes before it, by their numbers.
    Combined(Combination, Vec<usize>),
}

/// A number that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path.
    pub path: String,
    /// It, as written.
    pub value: String,
    /// Where it comes from.
    pub provenance: Option<Provenance>,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Id of the source.
    pub source: Option<String>,
    /// Where in it.
    pub at: Option<String>,
    /// Date that the figure is of, where it is not that of the source.
    pub as_of: Option<Date>,
    /// What it counts as, of what a prediction may know though it is of after the start.
    pub counts_as: Option<String>,
    /// A to D.
    pub grade: Option<String>,
    /// Why.
    pub note: Option<String>,
}

impl Law {
    /// Always the same length.
    pub fn constant(seconds: f64) -> Self {
        Self { form: Form::Constant, parts: vec![Timeline::from(seconds)] }
    }

    /// The law at an instant in one future, its lengths multiplied by `factor`.
    ///
    /// # Errors
    ///
    /// What is wrong with its parts at that instant, in words.
    pub fn at(&self, time: SimTime, draw: &Draw, factor: f64) -> Result<Variate, String> {
        let part = |number: usize| self.parts.get(number).map_or(0.0, |part| part.at(time, draw));
        let (first, second) = (part(0) * factor, part(1));
        let law = match &self.form {
            Form::Constant => Variate::constant(first),
            Form::Exponential => Variate::exponential(first),
            Form::Rate if part(0) > 0.0 => Variate::exponential(factor / part(0)),
            // Nobody is ever served at a rate of zero.
            Form::Rate => Variate::constant(1e18),
            Form::Erlang => Variate::erlang(first, second as u32),
            Form::Gamma => Variate::gamma(first, second),
            Form::Lognormal => Variate::lognormal(first, second),
            Form::Weibull => Variate::weibull(first, second),
            Form::Uniform => Variate::uniform(first, second * factor),
            Form::Triangular => Variate::triangular(first, second * factor, part(2) * factor),
            Form::Hyperexponential => Variate::hyperexponential(first, second),
            Form::Empirical(values) => {
                Variate::empirical(values.iter().map(|value| value * factor).collect())
            }
        };
        law.map_err(|error| error.to_string())
    }

    /// The instants at which it may change in one future.
    pub fn breaks(&self, draw: &Draw) -> Vec<SimTime> {
        tidy(self.parts.iter().flat_map(|part| part.breaks(draw)).collect())
    }

    /// Its mean at an instant in one future \[s\].
    pub fn mean(&self, time: SimTime, draw: &Draw) -> f64 {
        self.at(time, draw, 1.0).map_or(f64::NAN, |law| law.mean())
    }
}

/// The value of a dated list that holds at an instant.
pub fn dated<T>(values: &Dated<T>, time: SimTime) -> Option<&T> {
    values.iter().rev().find(|(from, _)| *from <= time).or(values.first()).map(|(_, value)| value)
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
