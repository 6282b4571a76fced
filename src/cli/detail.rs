//! What a report looks at in detail: periods, limits and ways for a scenario.

use crate::asylum::Disposition;
use crate::compile::compile;
use crate::experiment::{DetailPlan, Within};
use crate::network::Network;
use crate::scenario::{Draw, Scenario, term_in_working_days};
use crate::units::{DAY, SimTime};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Cohorts of filing at most, of joining, snapshots of ages, and periods of moves.
const FILINGS: usize = 40;
const JOININGS: usize = 10;
const SNAPSHOTS: usize = 12;
const PERIODS: usize = 12;
/// Streams whose cohorts are kept apart.
const STREAMS: usize = 4;
/// How many days a cohort is followed: 180 days, 1, 2, 3 and 5 years; and the term of Mexican law.
const DAYS: [u32; 5] = [180, 365, 730, 1_096, 1_826];
const WORKING_DAYS: u32 = 45;
/// Days at which curves are kept in the first year, where most happens, and points spread evenly over the run.
const SOON: [u32; 8] = [7, 14, 30, 60, 90, 120, 240, 300];
const EVENLY: u32 = 24;

/// The plan for a scenario.
pub(super) fn plan(scenario: &Scenario) -> DetailPlan {
    let network = compile(scenario, &Draw::central(&scenario.parameters));
    let (start, end) = (scenario.start, scenario.end);
    let kind = |kind: Disposition| Disposition::ALL.iter().position(|&other| other == kind);
    let days = DAYS.map(Within::Days);
    let filings = instants(start, &borders(start, end, 1, FILINGS));
    let term = Within::ByDay(term_in_working_days(start, end, WORKING_DAYS));
    let dates = |most: usize| borders(start, end, 12, most);
    DetailPlan {
        traced: traced(filings.len().saturating_sub(1)),
        trace: trace((end - start).get_days().unsigned_abs()),
        filings,
        streams: largest(&network),
        joinings: instants(start, &dates(JOININGS)),
        ways: scenario.exits.iter().map(|exit| kind(exit.kind).unwrap_or_default() as u8).collect(),
        decisions: Disposition::ALL.iter().map(|kind| kind.is_decision()).collect(),
        limits: std::iter::once(term).chain(days).collect(),
        snapshots: instants(start, &dates(SNAPSHOTS)),
        periods: instants(start, &dates(PERIODS)).into_iter().skip(1).collect(),
    }
}

/// Periods whose curves are kept: the first that is whole, and the one half way; those in a short run that has but one.
fn traced(periods: usize) -> Vec<usize> {
    let first = usize::from(periods > 1);
    let half = periods / 2;
    if half > first { vec![first, half] } else { (first..periods).take(1).collect() }
}

/// Days at which a curve is kept: few where much happens, at the limits, and evenly up to the end of the run.
fn trace(run: u32) -> Vec<u32> {
    let step = (run / EVENLY).max(1);
    let evenly = (0..=EVENLY).map(|number| number * step);
    let mut all: Vec<u32> = SOON.into_iter().chain(DAYS).chain(evenly).filter(|&day| day <= run).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The start, the firsts of months between, and the end: every `months` months or, where these are more than
/// `most` periods, the next longer of 1, 3, 6 and 12 months and whole numbers of years.
fn borders(start: Date, end: Date, months: i32, most: usize) -> Vec<Date> {
    let steps = [1, 3, 6].into_iter().chain((1..).map(|years| 12 * years));
    let mut longer = steps.skip_while(|&step| step < months).map(|step| every(start, end, step));
    longer.find(|dates| dates.len() <= most + 1).unwrap_or_else(|| vec![start, end])
}

/// The start, the first of every so many months from January of the first year on, and the end.
fn every(start: Date, end: Date, months: i32) -> Vec<Date> {
    let first = date(start.year(), 1, 1);
    let firsts = (1..).map_while(|number| first.checked_add((number * months).months()).ok());
    let between = firsts.skip_while(|date| *date <= start).take_while(|date| *date < end);
    std::iter::once(start).chain(between).chain([end]).collect()
}

fn instants(start: Date, dates: &[Date]) -> Vec<SimTime> {
    let days = |date: &Date| i64::from((*date - start).get_days());
    dates.iter().map(|date| SimTime::from_seconds(days(date) * DAY)).collect()
}

/// The streams that bring most cases, in their order; none where there is but one.
fn largest(network: &Network) -> Vec<u16> {
    let mut streams: Vec<(f64, u16)> = network
        .arrivals
        .iter()
        .zip(0..)
        .map(|(stream, number)| {
            let mean = |from: SimTime, until: SimTime, rate: f64| rate * (until - from).seconds() as f64;
            let ends = stream.rate.changes().iter().copied().chain([network.horizon]);
            let cases: f64 =
                stream.rate.pieces().zip(ends).map(|((from, &rate), until)| mean(from, until, rate)).sum();
            (cases * stream.batch.mean(), number)
        })
        .collect();
    if streams.len() < 2 {
        return Vec::new();
    }
    streams.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut kept: Vec<u16> = streams.into_iter().take(STREAMS).map(|(_, number)| number).collect();
    kept.sort_unstable();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_kept_of_the_first_whole_period_and_of_a_later_one() {
        assert_eq!([traced(0), traced(1), traced(2), traced(3)], [vec![], vec![0], vec![1], vec![1]]);
        assert_eq!(traced(36), [1, 18]);
        let days = trace(1_826);
        assert_eq!(days[..6], [0, 7, 14, 30, 60, 76]);
        assert!(DAYS.iter().all(|day| days.contains(day)) && days.len() < 40, "{days:?}");
        assert_eq!(trace(20), (0..=20).collect::<Vec<u32>>());
    }

    #[test]
    fn periods_are_months_where_there_are_few_and_years_where_there_are_many() {
        let (start, end) = (date(2019, 6, 7), date(2019, 9, 1));
        let months = [start, date(2019, 7, 1), date(2019, 8, 1), end];
        assert_eq!(borders(start, end, 1, 40), months);
        assert_eq!(borders(start, date(2022, 6, 7), 1, 40).len(), 38);
        // Sixty months in twenty quarters; a century in periods of three years.
        assert_eq!(borders(date(2018, 1, 1), date(2023, 1, 1), 1, 40).len(), 21);
        assert_eq!(borders(date(2000, 1, 1), date(2100, 1, 1), 1, 40).len(), 35);
        assert_eq!(borders(start, date(2022, 6, 7), 12, 10).len(), 5);
    }
}
