//! Which of the dates at which a system is looked at comes next.

use crate::units::{DAY, SimTime};
use std::sync::Arc;

const BEFORE_ALL: SimTime = SimTime::from_seconds(-1);

/// Finds the first date at or after an instant.
#[derive(Debug, Clone)]
pub(super) struct Dates {
    all: Vec<SimTime>,
    /// For each day, the first date not before its beginning.
    by_day: Arc<[u32]>,
    /// The last answer, and the instants it holds for: after one, up to and with the other.
    last: usize,
    after: SimTime,
    until: SimTime,
}

impl Dates {
    /// Dates in order.
    pub(super) fn new(dates: &[SimTime], horizon: SimTime) -> Self {
        let days = horizon.seconds() / DAY + 2;
        let mut next = 0;
        let by_day = (0..days)
            .map(|day| {
                while dates.get(next).is_some_and(|date| date.seconds() < day * DAY) {
                    next += 1;
                }
                next as u32
            })
            .collect();
        Self { all: dates.to_vec(), by_day, last: 0, after: SimTime::NEVER, until: SimTime::START }
    }

    /// Number of the first date at or after `time`, or how many there are if none is.
    #[inline]
    pub(super) fn next(&mut self, time: SimTime) -> usize {
        if self.after < time && time <= self.until {
            return self.last;
        }
        self.look_up(time)
    }

    fn look_up(&mut self, time: SimTime) -> usize {
        let mut next = self.by_day[(time.seconds() / DAY) as usize] as usize;
        while self.all.get(next).is_some_and(|&date| date < time) {
            next += 1;
        }
        self.last = next;
        self.after = self.before(next);
        self.until = self.at(next);
        next
    }

    /// The date before date number `date`; before the start for the first.
    #[inline]
    pub(super) fn before(&self, date: usize) -> SimTime {
        date.checked_sub(1).and_then(|before| self.all.get(before)).copied().unwrap_or(BEFORE_ALL)
    }

    /// Date number `date`; never after the last.
    #[inline]
    pub(super) fn at(&self, date: usize) -> SimTime {
        self.all.get(date).copied().unwrap_or(SimTime::NEVER)
    }

    /// How many dates there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

/// Numbers through time, gathered as changes and read as levels: one row of dates for each thing.
#[derive(Debug, Clone)]
pub(super) struct Changes {
    dates: usize,
    changes: Vec<i32>,
}

impl Changes {
    /// `rows` things at `dates` dates.
    pub(super) fn new(rows: usize, dates: usize) -> Self {
        // One more column takes what lies after the last date.
        Self { dates, changes: vec![0; rows * (dates + 1)] }
    }

    /// From date number `date` on, `row` is higher by `by`.
    #[inline]
    pub(super) fn add(&mut self, row: usize, date: usize, by: i32) {
        self.changes[row * (self.dates + 1) + date] += by;
    }

    /// What was added at each date: flows.
    pub(super) fn flows(&self) -> Vec<Vec<u32>> {
        self.rows().map(|row| row.iter().map(|&change| change as u32).collect()).collect()
    }

    /// The running sums: levels.
    pub(super) fn levels(&self) -> Vec<Vec<u32>> {
        let running = |row: &[i32]| {
            let mut level = 0;
            row.iter()
                .map(|change| {
                    level += change;
                    level as u32
                })
                .collect()
        };
        self.rows().map(running).collect()
    }

    fn rows(&self) -> impl Iterator<Item = &[i32]> {
        self.changes.chunks(self.dates + 1).map(|row| &row[..self.dates])
    }
}

/// The same in cases and in persons, side by side.
#[derive(Debug, Clone)]
pub(super) struct PairedChanges {
    dates: usize,
    changes: Vec<[i32; 2]>,
}

impl PairedChanges {
    /// `rows` things at `dates` dates.
    pub(super) fn new(rows: usize, dates: usize) -> Self {
        Self { dates, changes: vec![[0; 2]; rows * (dates + 1)] }
    }

    /// From date number `date` on, `row` is higher by these cases and persons.
    #[inline]
    pub(super) fn add(&mut self, row: usize, date: usize, cases: i32, persons: i32) {
        let change = &mut self.changes[row * (self.dates + 1) + date];
        *change = [change[0] + cases, change[1] + persons];
    }

    /// The changes of a row at each date, in cases and persons.
    pub(super) fn row(&self, row: usize) -> &[[i32; 2]] {
        &self.changes[row * (self.dates + 1)..][..self.dates]
    }

    /// The changes in cases, and those in persons.
    pub(super) fn split(&self) -> [Changes; 2] {
        [0, 1].map(|which| Changes {
            dates: self.dates,
            changes: self.changes.iter().map(|change| change[which]).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_takes_in_its_own_instant() {
        let at = |days: i64, seconds: i64| SimTime::from_seconds(days * DAY + seconds);
        let mut dates = Dates::new(&[at(2, 0), at(5, 0), at(5, 7)], at(9, 0));
        let mut next = |time| dates.next(time);
        assert_eq!([next(at(0, 0)), next(at(2, 0)), next(at(2, 1)), next(at(5, 0))], [0, 0, 1, 1]);
        assert_eq!([next(at(5, 1)), next(at(5, 7)), next(at(5, 8)), next(at(9, 0))], [2, 2, 3, 3]);
    }

    #[test]
    fn levels_are_running_sums_of_flows() {
        let mut changes = Changes::new(2, 3);
        changes.add(1, 0, 4);
        changes.add(1, 2, -1);
        changes.add(1, 3, -3);
        assert_eq!(changes.levels(), [vec![0, 0, 0], vec![4, 4, 3]]);
    }
}
