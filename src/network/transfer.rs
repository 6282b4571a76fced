//! Waiting cases that are moved in bulk, by a decision that is not about each of them.

use super::{StationIndex, Steps, Target};
use crate::units::SimTime;

/// A transfer of waiting cases from one or several stations.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// Key of its name: part of the address of every draw made for it.
    pub key: u64,
    /// From where.
    pub from: Vec<StationIndex>,
    /// Where to.
    pub to: Target,
    /// Whether it takes cases of a class, by class.
    pub classes: Vec<bool>,
    /// How many it takes, and when.
    pub takes: Takes,
}

/// How many cases a transfer takes, and when.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    /// At one instant each of those waiting with this probability.
    Share(SimTime, f64),
    /// So many a second; those that a day brings are moved at the midnight that ends it, who came first
    /// first. Where fewer wait, the rest lapses.
    Rate(Steps<f64>),
    /// Each waiting case at this rate \[1/second\].
    Hazard(Steps<f64>),
}

impl Transfer {
    /// Whether it ever takes anybody.
    pub fn acts(&self) -> bool {
        match &self.takes {
            Takes::Share(_, share) => *share > 0.0,
            Takes::Rate(rate) | Takes::Hazard(rate) => rate.values().iter().any(|&rate| rate > 0.0),
        }
    }

    /// Whether it takes cases through time, each at its own instant.
    pub const fn is_hazard(&self) -> bool {
        matches!(self.takes, Takes::Hazard(_))
    }
}
