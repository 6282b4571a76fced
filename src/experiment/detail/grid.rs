//! Lengths of time in whole days, in bins that widen.

use crate::units::DAY;

/// Up to here every day has its own bin.
const FINE_DAYS: u32 = 90;
/// Relative width of the bins beyond.
const WIDTH: f64 = 0.02;

/// Bins of whole days: single days up to ninety, then 2 % wide, with the edges asked for among them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Last day of each bin.
    edges: Vec<u32>,
    /// The bin of each day.
    bins: Vec<u16>,
}

impl Grid {
    /// Bins up to and with `last` days; a bin ends at each of `kept` that is within.
    pub(super) fn new(last: u32, kept: &[u32]) -> Self {
        let mut edges: Vec<u32> = (0..=FINE_DAYS.min(last)).collect();
        let mut edge = f64::from(FINE_DAYS);
        while edge < f64::from(last) {
            edge = (edge * (1.0 + WIDTH)).ceil().min(f64::from(last));
            edges.push(edge as u32);
        }
        edges.extend(kept.iter().copied().filter(|&kept| kept <= last));
        edges.sort_unstable();
        edges.dedup();
        let bins =
            (0..=last).map(|day| edges.partition_point(|&edge| edge < day) as u16).collect::<Vec<u16>>();
        Self { edges, bins }
    }

    /// How many bins there are.
    pub(super) fn len(&self) -> usize {
        self.edges.len()
    }

    /// Last day of a bin.
    pub(super) fn edge(&self, bin: usize) -> u32 {
        self.edges[bin]
    }

    /// A day of a bin, such a part of the way from its first day to its last: lengths are taken to lie evenly in it.
    pub(super) fn day(&self, bin: usize, part: f64) -> f64 {
        let first = bin.checked_sub(1).map_or(0, |before| self.edges[before] + 1);
        let last = self.edges[bin];
        f64::from(first) + f64::from(last - first) * part
    }

    /// The bin of a length: of the day it ends in, so that a length of exactly 180 days is within 180 days, and one
    /// of a second more is not.
    #[inline]
    pub(super) fn bin(&self, seconds: i64) -> usize {
        let day = ((seconds.max(0) + DAY - 1) / DAY) as usize;
        usize::from(self.bins[day.min(self.bins.len() - 1)])
    }

    /// The last bin that is within so many days; `None` where the grid ends before.
    pub(super) fn within(&self, days: u32) -> Option<usize> {
        self.edges.binary_search(&days).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_lies_in_its_bin() {
        let grid = Grid::new(1_000, &[]);
        // Single days are what they are; wider bins are gone through evenly.
        assert_eq!((grid.day(grid.bin(40 * DAY), 0.1), grid.day(0, 0.5)), (40.0, 0.0));
        let bin = grid.bin(300 * DAY);
        let [first, middle, last] = [0.0, 0.5, 1.0].map(|part| grid.day(bin, part));
        assert!(first <= 300.0 && 300.0 <= last && last - first < 7.0, "{first} to {last}");
        assert_eq!((middle, last), (f64::midpoint(first, last), f64::from(grid.edge(bin))));
    }

    #[test]
    fn bins_end_where_they_are_asked_to() {
        let grid = Grid::new(4_000, &[180, 365, 9_999]);
        let bin = grid.within(180).unwrap();
        assert_eq!((grid.bin(180 * DAY), grid.bin(180 * DAY + 1)), (bin, bin + 1));
        assert_eq!((grid.bin(0), grid.bin(1), grid.bin(DAY)), (0, 1, 1));
        assert_eq!((grid.within(9_999), grid.edge(grid.len() - 1)), (None, 4_000));
        assert_eq!(grid.bin(i64::from(u32::MAX)), grid.len() - 1);
        let width = |bin: usize| f64::from(grid.edge(bin)) / f64::from(grid.edge(bin - 1)) - 1.0;
        assert!((200..grid.len()).all(|bin| width(bin) < 0.021));
    }
}
