//! What the indices of a network mean: names, labels and dates, for reports.

pub mod design;
pub mod record;

use crate::asylum::Disposition;
use jiff::civil::Date;

/// The names of everything that a network numbers, in the order of its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Legend {
    /// Title of the model, in its own language (English where several are given).
    pub title: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Hash of everything the variant was made from.
    pub hash: String,
    /// Currency of the costs, as `USD`.
    pub currency: Option<String>,
    /// Classes.
    pub classes: Vec<Name>,
    /// Streams that cases come by: arrivals, then the groups of the first day.
    pub streams: Vec<Name>,
    /// Inputs that may vary between futures.
    pub inputs: Vec<Name>,
    /// Stages.
    pub stages: Vec<StageName>,
    /// Pools.
    pub pools: Vec<Name>,
    /// Exits.
    pub exits: Vec<ExitName>,
    /// Places.
    pub places: Vec<PlaceName>,
    /// Transfers of waiting cases.
    pub transfers: Vec<Name>,
    /// Clocks.
    pub clocks: Vec<Name>,
    /// Responses, in the order of the network.
    pub responses: Vec<ResponseName>,
    /// Conditions that changes wait for, in the order of the network.
    pub conditions: Vec<Name>,
    /// Cost items.
    pub costs: Vec<Name>,
    /// Outcomes, in the order of the network's measures.
    pub outcomes: Vec<OutcomeName>,
    /// Sums of levels that are kept at every date, in the order of the network.
    pub levels: Vec<LevelName>,
    /// The dates of the network, in order.
    pub dates: Vec<Date>,
    /// Which of them belong to the regular series that reports show.
    pub series: Vec<usize>,
}

/// A name as in the file, and how reports call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As in the file.
    pub name: String,
    /// For people; the name where the file gives none.
    pub label: String,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageName {
    /// Its name.
    pub name: Name,
    /// Whether a pool serves it; a pure delay otherwise.
    pub served: bool,
    /// The pools that serve it.
    pub pools: Vec<u16>,
}

/// A way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExitName {
    /// Its name.
    pub name: Name,
    /// What kind of end it is.
    pub kind: Disposition,
}

/// A place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceName {
    /// Its name.
    pub name: Name,
    /// Persons it can shelter, where the file says so.
    pub capacity: Option<f64>,
}

/// Behaviour that answers to a signal.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseName {
    /// Its path, and what answers to what in words.
    pub name: Name,
    /// What answers.
    pub answers: Answering,
    /// The classes of which it does, as written; all where there are none.
    pub of: Option<String>,
    /// Name of the signal.
    pub signal: String,
    /// What it is held against, in the unit of the signal; `None`: the same signal in the baseline.
    pub reference: Option<f64>,
    /// Central elasticity.
    pub elasticity: f64,
    /// Central lag \[days\].
    pub lag_days: f64,
    /// Least and greatest factor.
    pub bounds: (f64, f64),
    /// Relative change of what answers that follows, after the lag, from a relative change of one of itself by way of the
    /// signal; `None` where it is not known.
    pub loop_gain: Option<LoopGain>,
}

/// What answers to a signal. Stages and exits are told by their numbers in the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answering {
    /// Arrivals of this name.
    Arrivals(String),
    /// The way from a stage to another.
    WayToStage(usize, usize),
    /// The way from a stage to an exit.
    WayToExit(usize, usize),
    /// Withdrawals from a stage.
    Withdrawals(usize),
}

/// How much of a change of what answers comes back to it: the relative change that comes back, for a relative change
/// of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoopGain(pub f64);

impl std::fmt::Display for LoopGain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // No sign where nothing is left to be shown.
        write!(f, "{:.2}", if self.0.abs() < 0.005 { 0.0 } else { self.0 })
    }
}

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeName {
    /// Its name.
    pub name: Name,
    /// What it counts, for the column of units.
    pub unit: OutcomeUnit,
    /// Which sign of a difference is good, where the file says so.
    pub better: Option<Better>,
    /// The waits of those whose turn came that it is, or is made of.
    pub waits: Vec<WaitName>,
}

/// A wait of those whose turn came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitName {
    /// The stage, by its number in the legend.
    pub stage: usize,
    /// What of those waits.
    pub statistic: Statistic,
}

/// What is told of many waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Their mean.
    Mean,
    /// Their median.
    Median,
    /// Nine in ten are no longer.
    P90,
}

/// A level through time that is not that of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelName {
    /// Its name.
    pub name: Name,
    /// Cases or persons.
    pub unit: OutcomeUnit,
}

/// What an outcome is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeUnit {
    /// Cases.
    Cases,
    /// Persons.
    Persons,
    /// Days.
    Days,
    /// A share of one, or a probability over futures.
    Share,
    /// Units of money.
    Money,
    /// One unit over another: a plain number.
    Ratio,
}

/// Which sign of a difference is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
}
