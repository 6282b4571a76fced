//! Many replications of one network after another, in parallel, folded in their order.

use super::detail::{DetailPlan, DetailProbe};
use super::probe::Probe;
use super::replication::Replication;
use super::summary::Summary;
use crate::engine::{Capacity, Observer, Plan, Responding, SignalPath, Simulation, initial_ages};
use crate::network::Network;
use crate::random::Streams;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Run replication `number` of `network`; where it answers to signals, as the baseline itself.
///
/// # Panics
///
/// If an exact identity is broken, which is a bug of the engine and never of a model.
pub fn replicate(network: &Network, plan: &Plan, seed: u64, number: u64) -> Replication {
    replicate_answering(network, plan, (seed, number), None, None).replication
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
    future: (u64, u64),
    detail: &DetailPlan,
) -> Replication {
    replicate_answering(network, plan, future, None, Some(detail)).replication
}

/// A replication with the path of its signals, which is empty where the network has none.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The replication.
    pub replication: Replication,
    /// What others may be held against.
    pub path: Arc<SignalPath>,
}

/// Run a replication (seed and number); `baseline` is the path of the same future without any policy, and `None` where
/// this is that future itself; `detail` says what is to be looked at in detail.
///
/// # Panics
///
/// If an exact identity is broken, or somebody is overtaken in a line served oldest first: a bug of the engine and
/// never of a model.
pub fn replicate_answering(
    network: &Network,
    plan: &Plan,
    (seed, number): (u64, u64),
    baseline: Option<Arc<SignalPath>>,
    detail: Option<&DetailPlan>,
) -> Answered {
    let streams = Streams::new(seed, number);
    let run = Run { network, plan, streams, baseline };
    let Some(detail) = detail else {
        let (seen, course) = run.told_to(Probe::new(network));
        let summary = Summary::new(seen, &course.rosters).with_factors(course.factors);
        return Answered { replication: exact(summary, number), path: Arc::new(course.path) };
    };
    let closer = DetailProbe::new(network, detail, initial_ages(network, &streams));
    let ((seen, closer), course) = run.told_to((Probe::new(network), closer));
    let summary = Summary::new(seen, &course.rosters).with_factors(course.factors);
    let (mut replication, found) = (exact(summary, number), closer.detail());
    assert!(found.overtaken == 0, "replication {number}: {} were overtaken in line", found.overtaken);
    replication.detail = Some(Box::new(found));
    Answered { replication, path: Arc::new(course.path) }
}

/// A replication before it is run.
struct Run<'n> {
    network: &'n Network,
    plan: &'n Plan,
    streams: Streams,
    baseline: Option<Arc<SignalPath>>,
}

/// What is known of a replication beside what an observer has seen.
struct Course {
    rosters: Vec<Vec<Capacity>>,
    path: SignalPath,
    factors: Vec<Vec<f64>>,
}

impl Run<'_> {
    /// Tell it to an observer; a network without signals is run without anything that could answer to them.
    fn told_to<O: Observer>(self, observer: O) -> (O, Course) {
        let Self { network, plan, streams, baseline } = self;
        if network.responses.is_empty() {
            let simulation = Simulation::new(network, plan, streams, observer);
            let rosters = simulation.rosters().to_vec();
            let (path, factors) = (SignalPath::default(), Vec::new());
            return (simulation.run(), Course { rosters, path, factors });
        }
        let simulation =
            Simulation::new(network, plan, streams, Responding::new(network, baseline, observer));
        let rosters = simulation.rosters().to_vec();
        let (observer, path, factors) = simulation.run().into_parts();
        (observer, Course { rosters, path, factors })
    }
}

fn exact(summary: Summary<'_>, number: u64) -> Replication {
    let replication = summary.replication(number);
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
