//! Several variants on the same futures, until enough is known.

use super::Figure;
use super::outcome::Outcome;
use super::replication::Replication;
use super::run::{Control, run};
use crate::stats::{Target, reached};
use std::ops::Range;

/// How many futures there are, and when to stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Futures {
    /// Master seed.
    pub seed: u64,
    /// Least number.
    pub min: usize,
    /// Greatest number.
    pub max: usize,
    /// Futures in a row that share one draw of the inputs.
    pub per_cluster: usize,
    /// Confidence of the intervals.
    pub level: f64,
}

/// One variant: the figures it gives, what is to be known of them how well, and how to run one future.
pub struct Arm<'a> {
    /// The figures of each replication.
    pub figures: Vec<Figure>,
    /// Stop when these are known so well.
    pub stop: Vec<(Figure, Target)>,
    /// Runs one future.
    pub simulate: Box<dyn Fn(u64) -> Replication + Sync + 'a>,
}

/// Run all arms on the same futures: up to the first checkpoint at which everything asked is known well
/// enough, or the greatest number.
///
/// Checkpoints grow by half, and are the same whatever the threads do, so the number of futures never
/// depends on timing (`statistics.md` §5). A stopped run keeps the futures that all arms have finished.
pub fn compare(arms: &[Arm<'_>], futures: &Futures, control: Control<'_>) -> Vec<Outcome> {
    let mut finished: Vec<Vec<Replication>> = arms.iter().map(|_| Vec::new()).collect();
    let mut interrupted = false;
    let mut precision = None;
    for checkpoint in checkpoints(futures) {
        interrupted = !further(arms, &mut finished, checkpoint, control);
        if interrupted {
            break;
        }
        precision = judge(arms, &finished, futures);
        if precision == Some(true) {
            break;
        }
    }
    let common = finished.iter().map(Vec::len).min().unwrap_or(0);
    finished
        .into_iter()
        .zip(arms)
        .map(|(mut replications, arm)| {
            replications.truncate(common);
            outcome(futures, arm, replications, interrupted, precision)
        })
        .collect()
}

/// Run all arms up to `checkpoint` futures, future by future, so that a stop leaves them about equally far;
/// whether all got there.
fn further(
    arms: &[Arm<'_>],
    finished: &mut [Vec<Replication>],
    checkpoint: usize,
    control: Control<'_>,
) -> bool {
    let done = finished.first().map_or(checkpoint, Vec::len);
    let turns = turns(arms.len(), done..checkpoint, rayon::current_num_threads());
    let simulate = |turn: u64| {
        let (arm, future) = turns[turn as usize];
        (arms[arm].simulate)(future as u64)
    };
    let more = run(0..turns.len(), control, simulate);
    let complete = more.len() == turns.len();
    for (&(arm, _), replication) in turns.iter().zip(more) {
        finished[arm].push(replication);
    }
    complete
}

/// Arms and futures in the order in which they are begun. The first arm is ahead of the others by a future for each
/// further thread: they may be held against it, and whoever has to wait for it works at nothing else.
fn turns(arms: usize, futures: Range<usize>, threads: usize) -> Vec<(usize, usize)> {
    let ahead = threads.saturating_sub(1);
    let mut turns: Vec<_> = futures.flat_map(|future| (0..arms).map(move |arm| (arm, future))).collect();
    turns.sort_by_key(|&(arm, future)| (if arm == 0 { future } else { future + ahead }, arm));
    turns
}

fn checkpoints(futures: &Futures) -> Vec<usize> {
    let whole = |number: usize| number.div_ceil(futures.per_cluster) * futures.per_cluster;
    let mut points = vec![whole(futures.min)];
    while let Some(&last) = points.last()
        && last < futures.max
    {
        let next = (last * 3).div_ceil(2).min(futures.max);
        points.push(whole(next));
    }
    points
}

/// Whether everything asked is known well enough; `None` where nothing is asked.
fn judge(arms: &[Arm<'_>], finished: &[Vec<Replication>], futures: &Futures) -> Option<bool> {
    if arms.iter().all(|arm| arm.stop.is_empty()) {
        return None;
    }
    let known = |(arm, done): (&Arm<'_>, &Vec<Replication>)| {
        let so_far = outcome(futures, arm, done.clone(), false, None);
        arm.stop.iter().all(|(figure, target)| {
            let estimate = so_far.index_of(*figure).and_then(|index| so_far.estimate(index));
            estimate.is_some_and(|estimate| reached(&estimate, *target))
        })
    };
    Some(arms.iter().zip(finished).all(known))
}

fn outcome(
    futures: &Futures,
    arm: &Arm<'_>,
    replications: Vec<Replication>,
    interrupted: bool,
    precision: Option<bool>,
) -> Outcome {
    Outcome {
        seed: futures.seed,
        level: futures.level,
        per_cluster: futures.per_cluster,
        figures: arm.figures.clone(),
        replications,
        interrupted,
        precision,
        ..Outcome::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_arm_is_ahead_where_there_are_threads_for_it() {
        assert_eq!(turns(2, 3..5, 1), [(0, 3), (1, 3), (0, 4), (1, 4)]);
        assert_eq!(turns(3, 0..2, 2), [(0, 0), (0, 1), (1, 0), (2, 0), (1, 1), (2, 1)]);
        // Each arm has its futures in order, so that what a stop leaves has no gap.
        for threads in 1..9 {
            let turns = turns(3, 0..5, threads);
            for arm in 0..3 {
                let own: Vec<_> = turns.iter().filter(|turn| turn.0 == arm).map(|turn| turn.1).collect();
                assert_eq!(own, [0, 1, 2, 3, 4]);
            }
        }
    }
}
