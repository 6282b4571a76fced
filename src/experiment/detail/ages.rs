//! Ages of those pending at given instants.

use super::grid::Grid;
use crate::units::{DAY, SimTime};

/// Ages up to this many days are told apart: sixty years.
const OLDEST: u32 = 21_915;
/// Shares older than these many days are kept.
pub(super) const OLDER: [u32; 6] = [180, 365, 730, 1_096, 1_461, 1_826];

/// Ages at one instant: time since the case came into the system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgeAt {
    /// How many there are \[cases\].
    pub cases: u32,
    /// Mean age \[days\]; NaN of nobody.
    pub mean: f32,
    /// Median age \[days\], to 2 %.
    pub median: f32,
    /// Nine in ten are no older \[days\], to 2 %.
    pub p90: f32,
    /// Shares older than 180 days, 1, 2, 3, 4 and 5 years.
    pub older: [f32; 6],
}

impl AgeAt {
    /// The days of [`older`](Self::older).
    pub const OLDER: [u32; 6] = OLDER;
}

/// Counts of ages: snapshots, in each the rows.
#[derive(Debug)]
pub(super) struct Ages {
    snapshots: Vec<SimTime>,
    rows: usize,
    grid: Grid,
    counts: Vec<u32>,
    /// Sums of ages \[s\].
    sums: Vec<i64>,
}

impl Ages {
    pub(super) fn new(snapshots: &[SimTime], rows: usize) -> Self {
        let grid = Grid::new(OLDEST, &OLDER);
        Self {
            snapshots: snapshots.to_vec(),
            rows,
            counts: vec![0; snapshots.len() * rows * grid.len()],
            sums: vec![0; snapshots.len() * rows],
            grid,
        }
    }

    /// A case that came into the system at `entered`, `older` seconds older than that, was in `row` from `from` on and before `until`.
    #[inline]
    pub(super) fn stay(&mut self, row: usize, from: SimTime, until: SimTime, born: i64) {
        let first = self.snapshots.partition_point(|&snapshot| snapshot < from);
        for (number, snapshot) in self.snapshots.iter().enumerate().skip(first) {
            if *snapshot >= until {
                break;
            }
            let age = snapshot.seconds() - born;
            let place = number * self.rows + row;
            self.counts[place * self.grid.len() + self.grid.bin(age)] += 1;
            self.sums[place] += age;
        }
    }

    /// All snapshots, the rows of the first one first.
    pub(super) fn results(&self) -> Vec<AgeAt> {
        (0..self.sums.len()).map(|place| self.result(place)).collect()
    }

    fn result(&self, place: usize) -> AgeAt {
        let counts = &self.counts[place * self.grid.len()..(place + 1) * self.grid.len()];
        let cases: u32 = counts.iter().sum();
        let whole = f64::from(cases);
        let quantile = |p: f64| {
            let (mut sum, rank) = (0, p * whole);
            let bin = counts.iter().position(|count| {
                sum += count;
                f64::from(sum) >= rank
            });
            bin.filter(|_| cases > 0).map_or(f32::NAN, |bin| {
                let before = f64::from(sum - counts[bin]);
                self.grid.day(bin, (rank - before) / f64::from(counts[bin])) as f32
            })
        };
        let older = OLDER.map(|days| {
            let after = self.grid.within(days).map_or(counts.len(), |bin| bin + 1);
            (f64::from(counts[after..].iter().sum::<u32>()) / whole) as f32
        });
        AgeAt {
            cases,
            mean: (self.sums[place] as f64 / whole / DAY as f64) as f32,
            median: quantile(0.5),
            p90: quantile(0.9),
            older,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_sees_those_who_are_there() {
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        let mut ages = Ages::new(&[day(0), day(400)], 1);
        // There from the start, 100 days old, until day 400: gone just then.
        ages.stay(0, day(0), day(400), -100 * DAY);
        ages.stay(0, day(10), day(900), 10 * DAY);
        ages.stay(0, day(399), day(401), 399 * DAY);
        let found = ages.results();
        assert_eq!((found[0].cases, found[0].mean), (1, 100.0));
        assert!((found[0].median - 100.0).abs() <= 1.0, "{}", found[0].median);
        assert_eq!((found[1].cases, found[1].mean), (2, 195.5));
        assert_eq!(found[1].older, [0.5, 0.5, 0.0, 0.0, 0.0, 0.0]);
    }
}
