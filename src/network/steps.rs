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
}

impl<T> Clone for Steps<T> {
    fn clone(&self) -> Self {
        Self { changes: Arc::clone(&self.changes), values: Arc::clone(&self.values) }
    }
}

impl<T> Steps<T> {
    /// The same value at all times.
    pub fn constant(value: T) -> Self {
        Self { changes: Arc::default(), values: Arc::new([value]) }
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
        Self { changes: times.into(), values: values.into() }
    }

    /// The value that holds at `time`.
    #[inline]
    pub fn at(&self, time: SimTime) -> &T {
        if self.changes.is_empty() {
            return &self.values[0];
        }
        &self.values[self.changes.partition_point(|&change| change <= time)]
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
        Steps { changes: Arc::clone(&self.changes), values: self.values.iter().map(f).collect() }
    }
}

/// The value of all of `steps`, if it is the same at all times.
pub fn one_for_all<T: PartialEq>(steps: &[Steps<T>]) -> Option<&T> {
    let mut values = steps.iter().flat_map(Steps::values);
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
