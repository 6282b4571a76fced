//! A value that changes at given instants and is constant between them.

use crate::units::SimTime;
use std::sync::Arc;

/// A piecewise-constant function of simulated time, continuous from the right.
///
/// The first piece reaches back to before the start. Clones share their pieces: classes that differ in nothing at a
/// station cost a pointer each.
#[derive(Debug, PartialEq)]
pub struct Steps<T> {
    changes: Arc<[SimTime]>,
    values: Arc<[T]>,
    /// Changes a second between the first and the last: most come at an even pace, by month or by week.
    pace: f64,
}

impl<T> Clone for Steps<T> {
    fn clone(&self) -> Self {
        Self { changes: Arc::clone(&self.changes), values: Arc::clone(&self.values), pace: self.pace }
    }
}

impl<T> Steps<T> {
    /// The same value at all times.
    pub fn constant(value: T) -> Self {
        Self { changes: Arc::default(), values: Arc::new([value]), pace: 0.0 }
    }

    /// `first` until the first change, then each value from its instant on.
    ///
    /// Changes must be in order of time; of several at one instant the last one holds.
    ///
    /// # Panics
    ///
    /// If the changes are out of order: callers sort them.
    pub fn new(first: T, changes: impl IntoIterator<Item = (SimTime, T)>) -> Self {
        let mut times: Vec<SimTime> = Vec::new();
        let mut values = vec![first];
        for (from, value) in changes {
            match times.last() {
                Some(&last) if last == from => {
                    values.pop();
                    values.push(value);
                }
                last => {
                    assert!(
                        last.is_none_or(|&last| last < from),
                        "changes of a step function are in order of time"
                    );
                    times.push(from);
                    values.push(value);
                }
            }
        }
        let pace = match times.as_slice() {
            [first, .., last] => (times.len() - 1) as f64 / (*last - *first).seconds() as f64,
            _ => 0.0,
        };
        Self { changes: times.into(), values: values.into(), pace }
    }

    /// The value that holds at `time`.
    #[inline]
    pub fn at(&self, time: SimTime) -> &T {
        &self.values[self.piece(time)]
    }

    /// The number of the piece that holds at `time`: looked for near where it is if changes come at an even pace.
    #[inline]
    fn piece(&self, time: SimTime) -> usize {
        /// Pieces that a guess may be off by.
        const NEAR: usize = 2;
        let changes = &*self.changes;
        let Some(first) = changes.first() else { return 0 };
        let since = time.seconds() as f64 - first.seconds() as f64;
        let mut piece = ((since * self.pace) as usize + 1).min(changes.len());
        for _ in 0..=NEAR {
            if changes[piece - 1] > time {
                piece -= 1;
                if piece == 0 {
                    return 0;
                }
            } else if changes.get(piece).is_some_and(|&change| change <= time) {
                piece += 1;
            } else {
                return piece;
            }
        }
        changes.partition_point(|&change| change <= time)
    }

    /// The instants at which the value changes, in order.
    pub fn changes(&self) -> &[SimTime] {
        &self.changes
    }

    /// All values, the first one first.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// Every piece as (from, value); the first starts at the start of the model.
    pub fn pieces(&self) -> impl Iterator<Item = (SimTime, &T)> {
        std::iter::once(SimTime::START).chain(self.changes.iter().copied()).zip(self.values.iter())
    }

    /// The same step function of other values.
    pub fn map<U>(&self, f: impl FnMut(&T) -> U) -> Steps<U> {
        Steps {
            changes: Arc::clone(&self.changes),
            values: self.values.iter().map(f).collect(),
            pace: self.pace,
        }
    }
}

/// The value of all of `steps`, if it is the same at all times.
pub fn one_for_all<T: PartialEq>(steps: &[Steps<T>]) -> Option<&T> {
    let mut values = steps.iter().flat_map(Steps::values);
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_piece_is_that_after_all_changes_up_to_the_instant(
            gaps in prop::collection::vec(prop_oneof![Just(30_i64), 1_i64..100, 1_i64..100_000], 0..60),
            first in -50_i64..50,
            off in prop::collection::vec(-3_i64..4, 1..9),
        ) {
            let changes = gaps.iter().scan(first, |at, gap| { *at += gap; Some(SimTime::from_seconds(*at)) });
            let steps = Steps::new(0, changes.zip(1..));
            let near = steps.changes().iter().flat_map(|at| off.iter().map(|off| at.seconds() + off));
            for at in near.chain([-1_000_000, 1_000_000_000]).map(SimTime::from_seconds) {
                let passed = steps.changes().iter().filter(|&&change| change <= at).count();
                prop_assert_eq!(*steps.at(at), passed);
            }
        }
    }
}
