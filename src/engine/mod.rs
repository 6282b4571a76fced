//! Next-event simulation of a compiled network.
//!
//! It keeps no statistics: whatever happens is told to an [`Observer`] as an [`Occurrence`].
//! Guarantees:
//!
//! 1. The same network and random numbers give the same occurrences, under any [`Plan`]; in the same order
//!    for each case, not for different cases.
//! 2. What happens at one instant happens in an order that the network alone decides.
//! 3. Nothing is allocated for an event, save when a table or a queue outgrows all it held before.

mod appointments;
mod case_table;
mod docket;
mod event;
mod event_list;
mod feed;
mod flow;
mod gauge;
mod integral;
mod occurrence;
mod plan;
mod pool_state;
mod quota;
mod reach;
mod responding;
mod roster;
mod service;
mod simulation;
mod site;
mod source;
mod tally;
mod transfer;
mod visit;
mod waiting_line;

pub use case_table::{Case, Slot, State};
pub use docket::initial_ages;
pub use occurrence::{Observer, Occurrence};
pub use plan::Plan;
pub use responding::{Answers, Responding, SignalPath};
pub use roster::Capacity;
pub use simulation::Simulation;
pub use visit::{Leave, Traveller, Visit, Visits, Withdrawal};

/// The most pools a network may have.
pub const MOST_POOLS: usize = event::MOST_POOLS;
