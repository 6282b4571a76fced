//! Many replications of one network after another, in parallel, folded in their order.

use super::detail::{DetailPlan, DetailProbe};
use super::probe::Probe;
use super::replication::Replication;
use super::summary::Summary;
use crate::engine::{Plan, Simulation, initial_ages};
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

/// Run replication `number` of `network` and look at it in detail, too.
///
/// # Panics
///
/// If an exact identity is broken, or somebody is overtaken in a line served oldest first: a bug of the engine and
/// never of a model.
pub fn replicate_in_detail(
    network: &Network,
    plan: &Plan,
    (seed, number): (u64, u64),
    detail: &DetailPlan,
) -> Replication {
    let streams = Streams::new(seed, number);
    let closer = DetailProbe::new(network, detail, initial_ages(network, &streams));
    let simulation = Simulation::new(network, plan, streams, (Probe::new(network), closer));
    let rosters = simulation.rosters().to_vec();
    let (probe, closer) = simulation.run();
    let mut replication = Summary::new(probe, &rosters).replication(number);
    let (audit, found) = (replication.audit, closer.detail());
    assert!(audit.is_exact(), "replication {number}: an exact identity is broken: {audit:?}");
    assert!(found.overtaken == 0, "replication {number}: {} were overtaken in line", found.overtaken);
    replication.detail = Some(Box::new(found));
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
/// `simulate` runs one of them. Numbers are handed out in order and every one handed out is finished, so that
/// what is kept after a stop is what a shorter run would have given, and nothing that was run is lost.
pub fn run<F>(numbers: Range<usize>, control: Control<'_>, simulate: F) -> Vec<Replication>
where
    F: Fn(u64) -> Replication + Sync,
{
    let next = AtomicUsize::new(numbers.start);
    let work = |_worker: usize| {
        let mut own = Vec::new();
        while !control.stop.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= numbers.end {
                break;
            }
            own.push((number, simulate(number as u64)));
            (control.finished)();
        }
        own
    };
    let workers = rayon::current_num_threads().min(numbers.len());
    let mut finished: Vec<_> = (0..workers).into_par_iter().with_max_len(1).flat_map_iter(work).collect();
    finished.sort_unstable_by_key(|&(number, _)| number);
    finished.into_iter().map(|(_, replication)| replication).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replication(number: u64) -> Replication {
        Replication { number, ..Replication::default() }
    }

    #[test]
    fn replications_come_in_order() {
        let stop = AtomicBool::new(false);
        let control = Control { stop: &stop, finished: &|| {} };
        let numbers: Vec<u64> = run(3..103, control, replication).iter().map(|one| one.number).collect();
        assert_eq!(numbers, (3..103).collect::<Vec<_>>());
        assert_eq!(run(3..3, control, replication), []);
    }

    #[test]
    fn what_is_finished_before_a_stop_is_kept_without_a_gap() {
        let stop = AtomicBool::new(false);
        let control = Control { stop: &stop, finished: &|| {} };
        let stopping = |number| {
            stop.fetch_or(number == 20, Ordering::Relaxed);
            replication(number)
        };
        let kept = run(0..10_000, control, stopping);
        assert!(kept.len() > 20 && kept.len() < 10_000);
        assert!(kept.iter().zip(0..).all(|(one, number)| one.number == number));
    }
}
