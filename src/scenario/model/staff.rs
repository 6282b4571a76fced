//! Groups of servers.

use super::Closure;
use crate::network::StationIndex;
use crate::scenario::timeline::{Expr, Timeline};
use crate::units::{SimTime, Span};

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
