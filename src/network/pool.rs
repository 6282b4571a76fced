//! A pool of servers: how many there are through time, and whom they serve first.

use super::{StationIndex, Steps};
use crate::units::{SimTime, Span};

/// A group of servers.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Key of its name: addresses the draws of its staff.
    pub key: u64,
    /// How many servers there are.
    pub roster: Roster,
    /// Which station a free server turns to, where there is a choice.
    pub serves: Serves,
}

/// Staff through time. What it amounts to in one replication is worked out by the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Roster {
    /// Staff in post by date \[persons\]: the number at the start, and dated new numbers that replace
    /// whatever hiring and leaving have made of it.
    pub staff: Steps<f64>,
    /// Persons more (or fewer) than hiring and leaving make of it, by date: posts that are kept filled.
    pub extra: Steps<f64>,
    /// New staff in classes; `None`: nobody is hired.
    pub hires: Option<Hires>,
    /// Rate at which each of the staff leaves \[1/second\].
    pub attrition: Steps<f64>,
    /// Output of a hire, as a share of a trained server's, from each length of time after
    /// appointment on; before the first entry, and with no entry, the output is 1.
    pub ramp: Vec<(Span, f64)>,
    /// Share of capacity lost through time, 0 to 1.
    pub closed: Steps<f64>,
}

/// New staff: a class of `class_size` starts work whenever the integral of `rate` has grown by
/// that much, `lead` after the hiring.
#[derive(Debug, Clone, PartialEq)]
pub struct Hires {
    /// Persons hired per second.
    pub rate: Steps<f64>,
    /// Persons who start together.
    pub class_size: f64,
    /// From the start of hiring to the first day of work.
    pub lead: Span,
    /// No hiring before this instant.
    pub from: SimTime,
}

/// Which station a free server of a shared pool turns to.
#[derive(Debug, Clone, PartialEq)]
pub enum Serves {
    /// The one whose next case has waited longest at it.
    LongestWaiting,
    /// The first in this order that has somebody waiting.
    Strict(Vec<StationIndex>),
    /// In proportion to these shares, among those that have somebody waiting.
    Shares(Vec<(StationIndex, f64)>),
}
