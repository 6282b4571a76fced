//! The engine agrees with exact theory where no steady state helps: overload, a full start, changes of staff
//! and of the rate, withdrawals.
//!
//! Fixed seeds: these tests pass or fail for good. A test of about thirty comparisons at four standard errors
//! would fail by chance once in five hundred seeds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod oracle;
mod station;
mod transfers;

use caseload::analytic::Sinusoid;
use caseload::engine::Plan;
use caseload::network::{Network, Steps};
use caseload::random::Variate;
use caseload::stats::Estimate;
use caseload::units::{DAY, SimTime};
use oracle::{Moments, Regime};
use station::{Story, agree, replications};

/// Enough for a standard error of the mean well below 1 % of it.
const REPLICATIONS: usize = 10_000;

/// Staff raised, then cut below those busy, under a rate that doubles and then falls, with withdrawals and a full start.
fn eventful() -> Story {
    let regime = |arrivals, servers| Regime { arrivals, service: 1.0, servers, withdrawal: 0.25 };
    Story {
        cases_at_start: 30,
        places: 220,
        regimes: vec![
            (0, regime(12.0, 8)),
            (2, regime(24.0, 8)),
            (4, regime(24.0, 14)),
            (6, regime(12.0, 5)),
        ],
        dates: vec![1, 2, 3, 4, 5, 6, 7, 8, 10],
    }
}

/// A docket that starts full and only grows.
fn overloaded() -> Story {
    let regime = Regime { arrivals: 10.0, service: 1.0, servers: 6, withdrawal: 0.0 };
    Story { cases_at_start: 60, places: 260, regimes: vec![(0, regime)], dates: vec![1, 5, 10, 20] }
}

fn follows_the_oracle(story: &Story) {
    follows(story, &story.network());
}

/// Whether the numbers of a network are those that theory has for a story.
fn follows(story: &Story, network: &Network) {
    let found = replications(network, &Plan::new(network), REPLICATIONS);
    for (index, (date, (waiting, present))) in story.dates.iter().zip(story.exact()).enumerate() {
        let numbers =
            |of: &dyn Fn(usize) -> u32| (0..REPLICATIONS).map(|r| f64::from(of(r))).collect::<Vec<_>>();
        agree(&numbers(&|r| found[r].series.waiting[0][index]), waiting, &format!("waiting, day {date}"));
        agree(&numbers(&|r| found[r].series.pending[index]), present, &format!("present, day {date}"));
    }
}

#[test]
fn changes_of_staff_and_rate_with_withdrawals_follow_the_forward_equations() {
    follows_the_oracle(&eventful());
}

#[test]
fn an_overloaded_full_docket_follows_the_forward_equations() {
    follows_the_oracle(&overloaded());
}

#[test]
fn a_swinging_rate_into_a_delay_gives_the_poisson_number_of_theory() {
    // λ(t) = 10 + 5 sin 2πt a day, mean stay half a day; the rate in steps of a quarter of an hour.
    const STEP: i64 = 900;
    let rate = Sinusoid { level: 10.0, swing: 5.0, pulse: 2.0 * std::f64::consts::PI };
    let at = |seconds: i64| {
        let middle = (seconds as f64 + 0.5 * STEP as f64) / DAY as f64;
        (rate.level + rate.swing * libm::sin(rate.pulse * middle)) / DAY as f64
    };
    let quarters = [DAY / 4, DAY, 2 * DAY + DAY / 4];
    let mut network = Story { cases_at_start: 0, ..overloaded() }.network();
    network.horizon = SimTime::from_seconds(quarters[2]);
    network.dates = quarters.map(SimTime::from_seconds).into();
    network.initial.clear();
    network.pools.clear();
    network.stations[0].pools.clear();
    network.stations[0].service = vec![Steps::constant(Variate::exponential(0.5 * DAY as f64).unwrap())];
    let later = (1..quarters[2] / STEP).map(|k| (SimTime::from_seconds(k * STEP), at(k * STEP)));
    network.arrivals[0].rate = Steps::new(at(0), later);
    network.arrivals[0].layer = 15.0 / DAY as f64;
    let found = replications(&network, &Plan::new(&network), 4 * REPLICATIONS);
    for (index, seconds) in quarters.into_iter().enumerate() {
        let mean = rate.in_service(2.0, seconds as f64 / DAY as f64).unwrap();
        let numbers: Vec<f64> = found.iter().map(|one| f64::from(one.series.pending[index])).collect();
        agree(&numbers, Moments { mean, variance: mean }, &format!("in service after {seconds} s"));
    }
}

#[test]
fn intervals_cover_the_truth_as_often_as_they_say() {
    // 1 000 studies of 20 replications, nominal 95 %: within 93 to 97 %, three standard errors of the share.
    let story = Story { dates: vec![5], ..overloaded() };
    let truth = story.exact()[0].0.mean;
    let network = story.network();
    let waiting: Vec<f64> = replications(&network, &Plan::new(&network), 20_000)
        .iter()
        .map(|one| f64::from(one.series.waiting[0][0]))
        .collect();
    let covering = waiting.chunks(20).filter(|study| {
        let estimate = Estimate::of(study, 0.95).unwrap();
        (estimate.mean - truth).abs() <= estimate.half_width
    });
    let share = covering.count() as f64 / 1_000.0;
    assert!((0.93..=0.97).contains(&share), "{share}");
}

#[test]
fn short_cuts_of_the_plan_change_no_number() {
    for story in [eventful(), overloaded()] {
        let network = story.network();
        let fast = replications(&network, &Plan::new(&network), 50);
        let slow = replications(&network, &Plan::reference(&network), 50);
        assert_eq!(format!("{fast:?}"), format!("{slow:?}"));
    }
}

#[test]
fn an_unused_station_changes_no_number() {
    let network = eventful().network();
    let mut larger = network.clone();
    let mut unused = larger.stations[0].clone();
    unused.key = caseload::random::key("unused");
    larger.stations.push(unused);
    let plain = replications(&network, &Plan::new(&network), 50);
    let more = replications(&larger, &Plan::new(&larger), 50);
    for (one, other) in plain.iter().zip(&more) {
        assert_eq!(one.series.waiting[0], other.series.waiting[0]);
        assert_eq!(one.series.departed, other.series.departed);
        assert_eq!(one.events, other.events);
    }
}

#[test]
fn more_replications_continue_the_fewer() {
    let network = eventful().network();
    let plan = Plan::new(&network);
    let (few, many) = (replications(&network, &plan, 100), replications(&network, &plan, 400));
    assert_eq!(format!("{few:?}"), format!("{:?}", &many[..100]));
}
