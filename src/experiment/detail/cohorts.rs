//! Those who came in one period: how many ended in which way, and when.

use super::grid::Grid;
use super::{Periods, Within};
use crate::stats::grouped_incidence;
use crate::units::{DAY, SimTime};

/// What became of those who came in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortResult {
    /// How many came \[cases\].
    pub cases: u32,
    /// Probability of having ended in each way within each limit, by limit, then way; NaN where the limit lies
    /// beyond the horizon for any of them. Competing risks by Aalen & Johansen; open at the horizon counts as censored.
    pub shares: Vec<f32>,
    /// Days after which half of them had ended by a decision; NaN where fewer have.
    pub median: f32,
    /// Mean days of those who ended by a decision before the horizon, which leaves out all who wait longer; NaN where none
    /// has.
    pub decided_mean: f32,
}

/// How those who came in one period went out through time.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveResult {
    /// Probability of having ended in each way within each number of days, by day, then way; NaN for days that not all of them are
    /// followed for. The estimator is that of [`CohortResult::shares`], and so are its values.
    pub ended: Vec<f32>,
}

/// Counts of cohorts: groups, in each the periods.
#[derive(Debug)]
pub(super) struct Cohorts {
    periods: Periods,
    groups: usize,
    ways: usize,
    decisions: Vec<bool>,
    borders: Vec<SimTime>,
    horizon: SimTime,
    limits: Vec<Within>,
    grid: Grid,
    /// By cohort.
    came: Vec<u32>,
    /// Ended, by cohort, way and bin; open ones in one more way.
    ended: Vec<u32>,
    /// Ended within a limit by day, by cohort, such limit and way.
    in_time: Vec<u32>,
    /// Time to a decision, by cohort: how many, and their sum \[s\].
    decided: Vec<(u32, i64)>,
}

/// What cohorts are told apart by, and followed for.
#[derive(Debug)]
pub(super) struct CohortPlan<'a> {
    pub(super) borders: &'a [SimTime],
    pub(super) groups: usize,
    /// Whether each way is a decision.
    pub(super) decisions: Vec<bool>,
    pub(super) limits: &'a [Within],
    pub(super) horizon: SimTime,
}

impl Cohorts {
    pub(super) fn new(plan: CohortPlan<'_>, kept: &[u32]) -> Self {
        let periods = Periods::new(plan.borders, plan.horizon);
        let grid = Grid::new((plan.horizon.seconds() / DAY + 1) as u32, kept);
        let (cohorts, ways) = (plan.groups * periods.count, plan.decisions.len());
        let by_day = plan.limits.iter().filter(|limit| matches!(limit, Within::ByDay(_))).count();
        Self {
            groups: plan.groups,
            ways,
            decisions: plan.decisions,
            borders: plan.borders.to_vec(),
            horizon: plan.horizon,
            limits: plan.limits.to_vec(),
            came: vec![0; cohorts],
            ended: vec![0; cohorts * (ways + 1) * grid.len()],
            in_time: vec![0; cohorts * by_day * ways],
            decided: vec![(0, 0); cohorts],
            periods,
            grid,
        }
    }

    fn cohort(&self, group: usize, came: SimTime) -> Option<usize> {
        Some(group * self.periods.count + self.periods.of(came)?)
    }

    /// Somebody of `group` came.
    #[inline]
    pub(super) fn come(&mut self, group: usize, came: SimTime) {
        if let Some(cohort) = self.cohort(group, came) {
            self.came[cohort] += 1;
        }
    }

    /// One who came at `came` ended in `way`.
    #[inline]
    pub(super) fn end(&mut self, group: usize, came: SimTime, way: usize, at: SimTime) {
        let Some(cohort) = self.cohort(group, came) else { return };
        let length = (at - came).seconds();
        let bin = self.grid.bin(length);
        self.ended[(cohort * (self.ways + 1) + way) * self.grid.len() + bin] += 1;
        if self.decisions[way] {
            self.decided[cohort].0 += 1;
            self.decided[cohort].1 += length;
        }
        let mut number = 0;
        for limit in &self.limits {
            if let Within::ByDay(deadlines) = limit {
                let deadline = deadlines.get((came.seconds() / DAY) as usize);
                let count = self.in_time.len() / (self.came.len() * self.ways);
                if deadline.is_some_and(|&deadline| at <= deadline) {
                    self.in_time[(cohort * count + number) * self.ways + way] += 1;
                }
                number += 1;
            }
        }
    }

    /// One who came at `came` is still there at the horizon.
    #[inline]
    pub(super) fn stay(&mut self, group: usize, came: SimTime) {
        if let Some(cohort) = self.cohort(group, came) {
            let bin = self.grid.bin((self.horizon - came).seconds());
            self.ended[(cohort * (self.ways + 1) + self.ways) * self.grid.len() + bin] += 1;
        }
    }

    /// All cohorts, the periods of the first group first.
    pub(super) fn results(&self) -> Vec<CohortResult> {
        let cohorts = (0..self.groups).flat_map(|group| (0..self.periods.count).map(move |at| (group, at)));
        cohorts.map(|(group, period)| self.result(group * self.periods.count + period, period)).collect()
    }

    /// Curves of some periods of the first group at some days.
    pub(super) fn curves(&self, periods: &[usize], days: &[u32]) -> Vec<CurveResult> {
        let of_period = |&period: &usize| {
            let incidence = self.incidence(period);
            let ended = days.iter().flat_map(|&day| self.at(&incidence, period, day)).collect();
            CurveResult { ended }
        };
        periods.iter().map(of_period).collect()
    }

    /// The probability of having ended in each way by the end of each bin.
    fn incidence(&self, cohort: usize) -> Vec<Vec<f64>> {
        let bins = self.grid.len();
        let rows = &self.ended[cohort * (self.ways + 1) * bins..(cohort + 1) * (self.ways + 1) * bins];
        let rows: Vec<&[u32]> = rows.chunks(bins).collect();
        grouped_incidence(&rows[..self.ways], rows[self.ways])
    }

    /// The probability of having ended in each way within so many days; NaN where not all of the period are followed for so long.
    fn at(&self, incidence: &[Vec<f64>], period: usize, days: u32) -> Vec<f32> {
        let bin = self.grid.within(days).filter(|_| days <= self.seen(period));
        incidence.iter().map(|way| bin.map_or(f32::NAN, |bin| way[bin] as f32)).collect()
    }

    fn result(&self, cohort: usize, period: usize) -> CohortResult {
        let incidence = self.incidence(cohort);
        let (decided, sum) = self.decided[cohort];
        CohortResult {
            cases: self.came[cohort],
            shares: self.shares(cohort, period, &incidence),
            median: self.median(period, &incidence),
            decided_mean: (sum as f64 / f64::from(decided) / DAY as f64) as f32,
        }
    }

    fn shares(&self, cohort: usize, period: usize, incidence: &[Vec<f64>]) -> Vec<f32> {
        let (mut all, mut number) = (Vec::with_capacity(self.limits.len() * self.ways), 0);
        let by_day = self.in_time.len() / (self.came.len().max(1) * self.ways);
        for limit in &self.limits {
            match limit {
                Within::Days(days) => all.extend(self.at(incidence, period, *days)),
                Within::ByDay(deadlines) => {
                    let last_day = (self.borders[period + 1].seconds() / DAY - 1).max(0) as usize;
                    let known = deadlines.get(last_day).is_some_and(|&deadline| deadline <= self.horizon);
                    let counts = &self.in_time[(cohort * by_day + number) * self.ways..][..self.ways];
                    let share = |&count: &u32| (f64::from(count) / f64::from(self.came[cohort])) as f32;
                    all.extend(counts.iter().map(|count| if known { share(count) } else { f32::NAN }));
                    number += 1;
                }
            }
        }
        all
    }

    /// Days that everybody of a period is followed for. Beyond them only those who came early in it are still seen, and in a
    /// line they wait less than those who came later: censoring would not be independent of what it hides.
    fn seen(&self, period: usize) -> u32 {
        ((self.horizon - self.borders[period + 1]).seconds().max(0) / DAY) as u32
    }

    /// When decisions reach half of the cohort.
    fn median(&self, period: usize, incidence: &[Vec<f64>]) -> f32 {
        let decided = |bin: &usize| -> f64 {
            let ways = incidence.iter().zip(&self.decisions).filter(|(_, is_decision)| **is_decision);
            ways.map(|(way, _)| way[*bin]).sum()
        };
        let half = (0..self.grid.len()).find(|bin| decided(bin) >= 0.5);
        let known = half.filter(|&bin| self.grid.edge(bin) <= self.seen(period));
        known.map_or(f32::NAN, |bin| {
            let before = bin.checked_sub(1).map_or(0.0, |before| decided(&before));
            self.grid.day(bin, (0.5 - before) / (decided(&bin) - before)) as f32
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> SimTime {
        SimTime::from_seconds(number * DAY)
    }

    /// The worked example of `statistics.md` §10 with everybody seen to the end: 1 decided, 2 withdrawn; times in days, and two
    /// who are still open after ninety days.
    fn example(limits: &[Within]) -> Cohorts {
        let borders = [day(0), day(10)];
        let decisions = vec![true, false];
        let plan = CohortPlan { borders: &borders, groups: 1, decisions, limits, horizon: day(100) };
        let mut cohorts = Cohorts::new(plan, &[2, 5, 9, 91]);
        for (time, way) in [(2, 1), (3, 2), (0, 0), (5, 1), (5, 1), (0, 0), (7, 2), (9, 1)] {
            cohorts.come(0, day(4));
            match way {
                0 => cohorts.stay(0, day(4)),
                way => cohorts.end(0, day(4), way - 1, day(4 + time)),
            }
        }
        cohorts
    }

    #[test]
    fn shares_are_those_of_all_who_came() {
        let results =
            example(&[Within::Days(2), Within::Days(5), Within::Days(9), Within::Days(91)]).results();
        let eighths = [1.0, 0.0, 3.0, 1.0, 4.0, 2.0].map(|number: f32| number / 8.0);
        assert_eq!(results.len(), 1);
        for (found, expected) in results[0].shares.iter().zip(eighths) {
            assert!((found - expected).abs() < 1e-6, "{:?}", results[0].shares);
        }
        // Those who came on day 10 are followed for 90 days.
        assert!(results[0].shares[6].is_nan());
        assert_eq!((results[0].cases, results[0].median), (8, 9.0));
        assert!((results[0].decided_mean - (2.0 + 5.0 + 5.0 + 9.0) / 4.0).abs() < 1e-6);
    }

    #[test]
    fn a_curve_goes_through_the_shares() {
        let cohorts = example(&[Within::Days(5)]);
        let curve = &cohorts.curves(&[0], &[0, 2, 5, 9, 91])[0];
        let eighths = [0.0, 0.0, 1.0, 0.0, 3.0, 1.0, 4.0, 2.0].map(|number: f32| number / 8.0);
        for (found, expected) in curve.ended.iter().zip(eighths) {
            assert!((found - expected).abs() < 1e-6, "{curve:?}");
        }
        assert_eq!(curve.ended[4..6], cohorts.results()[0].shares);
        assert!(curve.ended[8].is_nan());
    }

    #[test]
    fn a_limit_beyond_the_horizon_is_unknown() {
        let results = example(&[Within::Days(150)]).results();
        assert!(results[0].shares.iter().all(|share| share.is_nan()));
    }

    #[test]
    fn a_limit_by_day_is_exact() {
        // Whoever comes on day 10 is in time up to day 15.
        let deadlines: Vec<SimTime> = (0..=100).map(|number| day(number + 5)).collect();
        let borders = [day(0), day(50)];
        let limits = [Within::ByDay(deadlines)];
        let plan = CohortPlan {
            borders: &borders,
            groups: 1,
            decisions: vec![true],
            limits: &limits,
            horizon: day(100),
        };
        let mut cohorts = Cohorts::new(plan, &[]);
        for time in [3, 5, 6, 8] {
            cohorts.come(0, day(10));
            cohorts.end(0, day(10), 0, day(10 + time));
        }
        assert_eq!(cohorts.results()[0].shares, [0.5]);
    }
}
