//! Cases with exact answers that need more than the standard figures: second moments, waits by class, counts by
//! period, and the recursion that spreadsheets use.
//!
//! A mean of replications must lie within four of its own standard errors of the theory (risk 6·10⁻⁵ each), with fixed seeds.

use caseload::engine::{Observer, Occurrence, Plan, Simulation};
use caseload::experiment::replicate;
use caseload::network::{
    ArrivalStream, Docket, Exit, InitialGroup, Mix, Network, Order, Pool, Process, Roster, Routes, Serves,
    ServiceDraws, Station, Steps, Target,
};
use caseload::random::{Count, Streams, Variate, key};
use caseload::units::{DAY, SimTime};

const DAY_SECONDS: f64 = DAY as f64;

fn day(number: i64) -> SimTime {
    SimTime::from_seconds(number * DAY)
}

fn stream(name: &str, class: u16, process: Process, rate: Steps<f64>) -> ArrivalStream {
    let layer = rate.values().iter().copied().fold(0.0, f64::max);
    ArrivalStream {
        key: key(name),
        to: 0,
        mix: Steps::constant(Mix::new([(1.0, class)])),
        process,
        rate,
        layer,
        batch: Count::Constant(1),
    }
}

/// One station with two classes; `servers` 0 makes it a pure delay.
fn network(servers: u32, service: Variate, arrivals: Vec<ArrivalStream>, days: i64) -> Network {
    let routes = Steps::constant(Routes::new([(1.0, Target::Exit(0), None)]));
    let pool = Pool {
        key: key("pool"),
        roster: Roster {
            staff: Steps::constant(f64::from(servers)),
            extra: Steps::constant(0.0),
            hires: None,
            attrition: Steps::constant(0.0),
            ramp: Vec::new(),
            closed: Steps::constant(0.0),
        },
        serves: Serves::LongestWaiting,
    };
    Network {
        horizon: day(days),
        window: SimTime::START,
        persons: vec![Count::Constant(1); 2],
        stations: vec![Station {
            key: key("station"),
            pools: if servers == 0 { Vec::new() } else { vec![0] },
            slots: None,
            service: vec![Steps::constant(service); 2],
            order: Steps::constant(Order::OldestFirst),
            priority: Steps::constant(vec![0, 1]),
            patience: vec![None, None],
            withdrawn_to: Target::Exit(0),
            routes: vec![routes.clone(), routes],
            quotas: Vec::new(),
            place: None,
            closed: None,
        }],
        pools: if servers == 0 { Vec::new() } else { vec![pool] },
        exits: vec![Exit { key: key("out"), returns: None }],
        places: Vec::new(),
        arrivals,
        initial: Vec::new(),
        transfers: Vec::new(),
        clocks: Vec::new(),
        dates: vec![day(days)],
        shown: Vec::new(),
        measures: Vec::new(),
        costs: Vec::new(),
        responses: caseload::network::Responses::default(),
        service_draws: ServiceDraws::BySlot,
    }
}

fn exponential(days: f64) -> Variate {
    Variate::exponential(days * DAY_SECONDS).expect("a positive mean")
}

fn poisson(name: &str, class: u16, per_day: f64) -> ArrivalStream {
    stream(name, class, Process::Poisson, Steps::constant(per_day / DAY_SECONDS))
}

/// Sums of waits and of their squares after the warm-up, by class [days].
#[derive(Debug, Default)]
struct Waits {
    warm_up: SimTime,
    count: [f64; 2],
    sum: [f64; 2],
    squares: [f64; 2],
}

impl Observer for Waits {
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        if let Occurrence::Started { case, at, .. } = occurrence
            && at >= self.warm_up
        {
            let (class, wait) = (usize::from(case.class), (at - case.joined()).days());
            self.count[class] += 1.0;
            self.sum[class] += wait;
            self.squares[class] += wait * wait;
        }
    }
}

/// One number from the waits of each replication.
fn sample(network: &Network, replications: u64, number: impl Fn(&Waits) -> f64) -> Vec<f64> {
    let plan = Plan::new(network);
    let run = |replication| {
        let observer = Waits { warm_up: day(500), ..Waits::default() };
        number(&Simulation::new(network, &plan, Streams::new(11, replication), observer).run())
    };
    (0..replications).map(run).collect()
}

/// Hold the mean of a sample against theory.
fn hold(values: &[f64], theory: f64, most: f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0);
    let z = (mean - theory) / (variance / n).sqrt();
    assert!(z.abs() <= 4.0, "{mean} for {theory}: {z} standard errors off");
    assert!((mean / theory - 1.0).abs() <= most, "{mean} for {theory}");
}

#[test]
fn the_order_of_service_changes_the_spread_of_waits_and_not_their_mean() {
    // M/M/1 at load 0.8: E W² is 40 oldest first; times 1/(1 − ρ/2) at random and 1/(1 − ρ) newest first
    // (Takács 1962; Kingman 1962).
    for (order, square, most) in [
        (Order::OldestFirst, 40.0, 0.02),
        (Order::Random, 40.0 / 0.6, 0.02),
        (Order::NewestFirst, 200.0, 0.05),
    ] {
        let mut network = network(1, exponential(1.0), vec![poisson("in", 0, 0.8)], 100_000);
        network.stations[0].order = Steps::constant(order);
        hold(&sample(&network, 60, |waits| waits.sum[0] / waits.count[0]), 4.0, 0.01);
        hold(&sample(&network, 60, |waits| waits.squares[0] / waits.count[0]), square, most);
    }
}

#[test]
fn classes_wait_as_cobham_says() {
    // Cobham (1954), arrivals 3 and 5 a day, service 1 a day, 10 servers.
    let network =
        network(10, exponential(1.0), vec![poisson("first", 0, 3.0), poisson("second", 1, 5.0)], 20_000);
    hold(&sample(&network, 40, |waits| waits.sum[0] / waits.count[0]), 0.058_454_3, 0.01);
    hold(&sample(&network, 40, |waits| waits.sum[1] / waits.count[1]), 0.292_271_5, 0.01);
}

/// Departures in each stretch between dates, replication by replication.
fn counts(network: &Network, replications: u64) -> Vec<Vec<f64>> {
    let plan = Plan::new(network);
    let run = |number| {
        replicate(network, &plan, 3, number).series.departed[0]
            .iter()
            .map(|&count| f64::from(count))
            .collect()
    };
    (0..replications).map(run).collect()
}

#[test]
fn thinned_arrivals_follow_their_rate_at_their_own_time() {
    // Rates 1, 20, 1, 20 a day: counts of those means with dispersion 1.
    let rate = |per_day: f64| per_day / DAY_SECONDS;
    let steps = Steps::new(rate(1.0), [(day(1), rate(20.0)), (day(2), rate(1.0)), (day(3), rate(20.0))]);
    let mut network = network(0, Variate::Constant(0.0), vec![stream("in", 0, Process::Poisson, steps)], 4);
    network.dates = (1..=4).map(day).collect();
    let counts = counts(&network, 20_000);
    for (period, mean) in [1.0, 20.0, 1.0, 20.0].into_iter().enumerate() {
        let values: Vec<f64> = counts.iter().map(|row| row[period]).collect();
        hold(&values, mean, 0.05);
        let squares: Vec<f64> = values.iter().map(|value| (value - mean) * (value - mean) / mean).collect();
        hold(&squares, 1.0, 0.05);
    }
}

#[test]
fn monthly_counts_have_the_dispersion_asked_for() {
    // Negative binomial: mean 30·10, variance 1.8 times that.
    let process = Process::Overdispersed { dispersion: 1.8, periods: vec![SimTime::START, day(30), day(60)] };
    let rate = Steps::constant(10.0 / DAY_SECONDS);
    let mut network = network(0, Variate::Constant(0.0), vec![stream("in", 0, process, rate)], 90);
    network.dates = vec![day(30), day(60), day(90)];
    let counts = counts(&network, 6_000);
    for period in 0..3 {
        let values: Vec<f64> = counts.iter().map(|row| row[period]).collect();
        hold(&values, 300.0, 0.01);
        let squares: Vec<f64> =
            values.iter().map(|value| (value - 300.0) * (value - 300.0) / 300.0).collect();
        hold(&squares, 1.8, 0.1);
    }
}

#[test]
fn without_chance_the_docket_follows_the_recursion_of_spreadsheets() {
    // Q' = max(0, Q + A − k·J): 500 at the start, 1,000 a year, two judges with 400 a year each: 200 more a year.
    const YEAR_DAYS: i64 = 400;
    let arrivals =
        stream("in", 0, Process::Deterministic, Steps::constant(1_000.0 / (YEAR_DAYS as f64 * DAY_SECONDS)));
    let mut network = network(2, Variate::Constant(DAY_SECONDS), vec![arrivals], 5 * YEAR_DAYS);
    network.dates = (1..=5).map(|year| day(year * YEAR_DAYS)).collect();
    let docket = Docket::Law { cases: 500, ages: Variate::Constant(0.0), mix: Mix::new([(1.0, 0)]) };
    network.initial = vec![InitialGroup { key: key("start"), station: 0, docket }];
    let pending = replicate(&network, &Plan::new(&network), 1, 0).series.pending;
    for (year, pending) in (1..).zip(pending) {
        assert!((i64::from(pending) - (500 + 200 * year)).abs() <= 1, "{pending} after {year} years");
    }
}
