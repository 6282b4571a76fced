//! Many replications of one network after another, in parallel, folded in their order.

use super::probe::Probe;
use super::replication::Replication;
use super::summary::Summary;
use crate::engine::{Plan, Simulation};
use crate::network::Network;
use crate::random::Streams;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Run replication `number` of `network`.
///
/// # Panics
///
/// If an exact identity is broken, which is a bug of the engine and never of a model.
pub fn replicate(network: &Network, plan: &Plan, seed: u64, number: u64) -> Replication {
    let streams = Streams::new(seed, number);
    let simulation = Simulation::new(network, plan, streams, Probe::new(network));
    let rosters = simulation.rosters().to_vec();
    let probe = simulation.run();
    let replication = Summary::new(probe, &rosters).replication(number);
    let audit = replication.audit;
    assert!(audit.is_exact(), "replication {number}: an exact identity is broken: {audit:?}");
    replication
}

/// What a run is told from outside while it goes on.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Set by somebody else to end the run; what is finished is kept.
    pub stop: &'a AtomicBool,
    /// Called after each replication, from any thread.
    pub finished: &'a (dyn Fn() + Sync),
}

/// Run replications `numbers`, in parallel, and give them in order.
///
/// `simulate` runs one of them. After a stop the replications before the first one missing are given:
/// those after it are let go, so that what is kept is what a shorter run would have given.
pub fn run<F>(numbers: Range<usize>, control: Control<'_>, simulate: F) -> Vec<Replication>
where
    F: Fn(u64) -> Replication + Sync,
{
    let finished: Vec<Option<Replication>> = numbers
        .into_par_iter()
        .with_max_len(1)
        .map(|number| {
            if control.stop.load(Ordering::Relaxed) {
                return None;
            }
            let replication = simulate(number as u64);
            (control.finished)();
            Some(replication)
        })
        .collect();
    finished.into_iter().map_while(|replication| replication).collect()
}
