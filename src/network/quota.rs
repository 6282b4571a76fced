//! Forced counts: so many a period go one way before the draw among the others.

use super::{CountedIn, Steps, Target};
use crate::random::Variate;
use crate::units::{SimTime, Span};

/// A way on that takes cases, or the persons in them, up to a budget, first come first taken.
///
/// The budget is the integral of a rate, less what was taken and what has lapsed. A case is taken when it is above 0, so
/// that it may fall below 0 by the persons of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// Where those taken go.
    pub to: Target,
    /// Time on the way; `None`: at once.
    pub delay: Option<Variate>,
    /// Whether it takes cases of a class, by class.
    pub takes: Vec<bool>,
    /// Budget per second.
    pub rate: Steps<f64>,
    /// How long what is not used lasts.
    pub lasts: Lasts,
    /// What the budget counts.
    pub counted: CountedIn,
}

/// How long an unused budget lasts.
#[derive(Debug, Clone, PartialEq)]
pub enum Lasts {
    /// To the end of the period in which it came up; the instants at which periods begin, in order.
    Periods(Vec<SimTime>),
    /// This long.
    Span(Span),
}

impl Lasts {
    /// The instant from which on a budget still counts at `time`; not before the start.
    pub fn since(&self, time: SimTime) -> SimTime {
        let since = match self {
            Self::Periods(begin) => match begin.partition_point(|from| *from <= time) {
                0 => SimTime::START,
                number => begin[number - 1],
            },
            Self::Span(span) => SimTime::from_seconds(time.seconds() - span.seconds()),
        };
        since.max(SimTime::START)
    }
}
