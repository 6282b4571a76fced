//! Transfers of waiting cases have the laws they are said to have.

use super::oracle::{Moments, Regime};
use super::station::{Story, agree, replications};
use super::{REPLICATIONS, follows};
use caseload::engine::Plan;
use caseload::experiment::{Figure, TransferFigure, figures};
use caseload::network::{Network, Steps, Takes, Target, Transfer};
use caseload::random::key;
use caseload::units::{DAY, SimTime};

fn day(number: i64) -> SimTime {
    SimTime::from_seconds(number * DAY)
}

fn transfer(takes: Takes) -> Transfer {
    Transfer { key: key("transfer"), from: vec![0], to: Target::Exit(1), classes: vec![true], takes }
}

/// An overloaded desk from which those waiting are taken at a quarter a day, from day 2 to day 6.
fn with_hazard() -> (Story, Network) {
    let regime = |withdrawal| Regime { arrivals: 12.0, service: 1.0, servers: 8, withdrawal };
    let story = Story {
        cases_at_start: 30,
        places: 220,
        regimes: vec![(0, regime(0.0)), (2, regime(0.25)), (6, regime(0.0))],
        dates: vec![1, 2, 3, 4, 6, 8],
    };
    let mut network = story.network();
    let hazard = Steps::new(0.0, [(day(2), 0.25 / DAY as f64), (day(6), 0.0)]);
    network.transfers.push(transfer(Takes::Hazard(hazard)));
    (story, network)
}

#[test]
fn a_hazard_takes_those_waiting_as_withdrawals_at_that_rate_do() {
    let (story, network) = with_hazard();
    follows(&story, &network);
}

/// A hundred who wait for nobody, of whom a share is taken on day 1.
fn with_share(share: f64) -> Network {
    let regime = Regime { arrivals: 1.0, service: 1.0, servers: 0, withdrawal: 0.0 };
    let story = Story { cases_at_start: 100, places: 200, regimes: vec![(0, regime)], dates: vec![2] };
    let mut network = story.network();
    network.arrivals.clear();
    network.transfers.push(transfer(Takes::Share(day(1), share)));
    network
}

fn taken(network: &Network, count: usize) -> Vec<f64> {
    let figure = Figure::Transfer(0, TransferFigure::Cases);
    let index = figures(network).iter().position(|&other| other == figure).unwrap();
    replications(network, &Plan::new(network), count).iter().map(|one| one.figures[index]).collect()
}

#[test]
fn a_share_takes_a_binomial_number() {
    let (n, p) = (100.0, 0.3);
    let numbers = taken(&with_share(p), REPLICATIONS);
    agree(&numbers, Moments { mean: n * p, variance: n * p * (1.0 - p) }, "taken of a hundred");
}

#[test]
fn a_larger_share_takes_the_same_cases_and_more() {
    // Of other cases, 31 % would be fewer than 30 % in every other future.
    let (few, more) = (taken(&with_share(0.30), 1_000), taken(&with_share(0.31), 1_000));
    assert!(few.iter().zip(&more).all(|(few, more)| few <= more));
    assert!(few.iter().sum::<f64>() < more.iter().sum());
}

#[test]
fn a_rate_takes_exactly_its_number_and_what_nobody_waits_for_lapses() {
    // Seven and a half a day from day 1 to day 11: 75, and of thirty who wait no more than thirty.
    let through = |per_day: f64| Steps::new(0.0, [(day(1), per_day / DAY as f64), (day(11), 0.0)]);
    let mut network = with_share(1.0);
    network.horizon = day(20);
    network.transfers[0].takes = Takes::Rate(through(7.5));
    assert_eq!(taken(&network, 3), [75.0; 3]);
    network.transfers[0].takes = Takes::Rate(through(15.0));
    assert_eq!(taken(&network, 3), [100.0; 3]);
}

#[test]
fn a_transfer_that_takes_nobody_changes_no_number() {
    let (_, network) = with_hazard();
    let mut without = network.clone();
    without.transfers.clear();
    for idle in [Takes::Rate(Steps::constant(0.0)), Takes::Share(day(3), 0.0)] {
        let mut network = network.clone();
        network.transfers[0].takes = idle;
        let plain = replications(&without, &Plan::new(&without), 20);
        let idle = replications(&network, &Plan::new(&network), 20);
        assert!(plain.iter().zip(&idle).all(|(one, other)| one.series == other.series));
    }
}
