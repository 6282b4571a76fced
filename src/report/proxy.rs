//! What authorities publish in place of waits.

use super::Variant;
use super::moves::{Way, grouped};
use crate::experiment::{Leaving, Origin};
use crate::network::Target;
use crate::units::{DAY, SimTime};
use jiff::ToSpan;

const LEAST_OUTPUT: f64 = 1.0;

/// Inventory ÷ output of the last year \[days\], in every future: how long those waiting at the end would take at the pace of the
/// last year (since the last date that is a year or more before the end), if nobody withdrew. NaN where nothing was done; empty where the model is shorter than a year.
///
/// The measure of the Immigration and Refugee Board of Canada, "inventory ÷ funded annual output", with what was done
/// in place of what is funded. It is no wait: it looks back at the pace and not at what is to come.
pub(super) fn inventory_days(variant: &Variant, station: usize) -> Vec<f64> {
    let dates = &variant.legend.dates;
    let Some(last) = dates.len().checked_sub(1) else { return Vec::new() };
    let Ok(before) = dates[last].checked_sub(1.year()) else { return Vec::new() };
    let Some(first) = dates.iter().rposition(|date| *date <= before) else { return Vec::new() };
    let days = f64::from((dates[last] - dates[first]).get_days());
    let of_future = |one: &crate::experiment::Replication| {
        let (waiting, completed) = (one.series.waiting.get(station)?, one.series.completed.get(station)?);
        let output: f64 = completed.get(first + 1..=last)?.iter().map(|&done| f64::from(done)).sum();
        let inventory = f64::from(*waiting.get(last)?);
        Some(if output < LEAST_OUTPUT { f64::NAN } else { inventory * days / output })
    };
    variant.outcome.replications.iter().filter_map(of_future).collect()
}

/// Completed ÷ came in the last year, by stage, in every future: above 1 a stage catches up, below 1 it falls behind. NaN where
/// nobody came; empty where moves were not counted.
///
/// The clearance rate of court statistics (National Center for State Courts, "Court tools", measure 2): outgoing cases as a
/// share of incoming ones. A case that comes back to the stage counts each time, on both sides; who withdraws is not
/// completed; those there at the start did not come. The year is made of the whole periods of the detail within it.
pub(super) fn clearances(variant: &Variant) -> Vec<Vec<f64>> {
    let Some(plan) = &variant.outcome.detail else { return Vec::new() };
    let (legend, stages) = (variant.legend, variant.legend.stages.len());
    let year_before = legend.end.checked_sub(1.year()).map_or(0, |date| (date - legend.start).get_days());
    let begins = |period: usize| period.checked_sub(1).map_or(SimTime::START, |before| plan.periods[before]);
    let within = |period: &usize| begins(*period).seconds() >= i64::from(year_before) * DAY;
    let first = (0..plan.periods.len()).find(within).unwrap_or(plan.periods.len().saturating_sub(1));
    let there_at_first = |stream: u16| legend.streams[usize::from(stream)].name.starts_with("initial.");
    let group = |way: &Way| {
        let late = usize::from(way.period) >= first;
        let new = !matches!(way.from, Origin::Stream(stream) if there_at_first(stream));
        let came = match way.to {
            Target::Station(to) if late && new => Some(usize::from(to)),
            _ => None,
        };
        let done = match way.from {
            Origin::Station(from, Leaving::Served) if late => Some(stages + usize::from(from)),
            _ => None,
        };
        [came, done]
    };
    let mut came = grouped(variant, 2 * stages, group);
    let done = came.split_off(stages);
    let rate = |(came, done): (Vec<f64>, Vec<f64>)| {
        let of = |(came, done): (f64, f64)| if came > 0.0 { done / came } else { f64::NAN };
        came.into_iter().zip(done).map(of).collect()
    };
    came.into_iter().zip(done).map(rate).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_pace_is_that_of_the_last_year() {
        let mut now = sample::baseline();
        now.legend.dates = vec![date(2019, 1, 1), date(2019, 7, 2), date(2020, 7, 1)];
        // From 1 January 2019, the last date a year before the end, 547 days: 10 done in them; 200, 220, 240 wait.
        let found = inventory_days(&now.variant("now"), 0);
        assert_eq!(found.len(), 3);
        for (found, waiting) in found.iter().zip([200.0, 220.0, 240.0]) {
            assert!((found / (waiting * 547.0 / 10.0) - 1.0).abs() < 1e-12, "{found}");
        }
        now.legend.dates = vec![date(2020, 1, 1), date(2020, 2, 1), date(2020, 7, 1)];
        assert!(inventory_days(&now.variant("now"), 0).is_empty());
    }
}
