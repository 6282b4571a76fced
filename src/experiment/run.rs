//! Many replications of one network after another, in parallel, folded in their order.

use super::probe::Probe;
use super::replication::Replication;
use super::summary::Summary;
use crate::engine::{Plan, Simulation};
use crate::network::Network;
use crate::random::Streams;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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
/// `simulate` runs one of them. The lowest number not yet begun is always next, so that a stop loses no more
/// than a few; those after the first one missing are let go, so that what is kept is what a shorter run would have
/// given.
pub fn run<F>(numbers: Range<usize>, control: Control<'_>, simulate: F) -> Vec<Replication>
where
    F: Fn(u64) -> Replication + Sync,
{
    let next = AtomicUsize::new(numbers.start);
    let work = |_| {
        let mut done = Vec::new();
        while !control.stop.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= numbers.end {
                break;
            }
            done.push(simulate(number as u64));
            (control.finished)();
        }
        done
    };
    let workers = rayon::current_num_threads().max(1);
    let mut finished: Vec<Replication> =
        (0..workers).into_par_iter().with_max_len(1).flat_map_iter(work).collect();
    finished.sort_by_key(|replication| replication.number);
    let first = numbers.start as u64;
    let in_order =
        (first..).zip(&finished).take_while(|(number, replication)| *number == replication.number).count();
    finished.truncate(in_order);
    finished
}
