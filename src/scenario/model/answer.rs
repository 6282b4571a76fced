//! What answers to the state of the system: behaviour, and changes that wait for a condition.

use crate::diagnostic::Place;
use crate::network::{Responder, Signal};
use crate::scenario::selector::Selector;
use crate::scenario::timeline::Expr;
use jiff::civil::Date;

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
    pub at: Place,
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
    /// It, as written; with what tells it apart from others that read the same.
    pub text: String,
    /// The parameter that is the instant at which the changes begin \[s\]; infinite where they do not.
    pub parameter: usize,
    /// Name of the signal that it is about.
    pub signal: String,
    /// Where it is said.
    pub at: Place,
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
