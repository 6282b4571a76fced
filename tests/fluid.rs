//! The fluid twin against differential equations that can be solved by hand, and against the simulation.

use caseload::analytic::{FluidTwin, Scale};
use caseload::compile::compile;
use caseload::engine::Plan;
use caseload::experiment::{Figure, StationFigure, figures, replicate};
use caseload::network::{
    ArrivalStream, CountedIn, Docket, Exit, InitialGroup, Lasts, Mix, Network, Order, Pool, Process, Quota,
    Roster, Routes, Serves, ServiceDraws, Station, Steps, Takes, Target, Transfer,
};
use caseload::random::{Count, Variate, key};
use caseload::scenario::{Draw, Request, load};
use caseload::units::{DAY, SimTime, Span};
use std::path::Path;

const DAY_SECONDS: f64 = DAY as f64;

fn day(number: i64) -> SimTime {
    SimTime::from_seconds(number * DAY)
}

fn exponential(days: f64) -> Variate {
    Variate::exponential(days * DAY_SECONDS).expect("a positive mean")
}

fn steps(values: &[(i64, f64)]) -> Steps<f64> {
    Steps::new(values[0].1, values[1..].iter().map(|&(from, value)| (day(from), value)))
}

/// A station; without `pool` a pure delay. Whoever is done goes to `to`, at once or after `delay`.
fn station(
    pool: Option<u16>,
    service: Variate,
    patience: Option<Variate>,
    to: Target,
    delay: Option<Variate>,
) -> Station {
    Station {
        key: key("station"),
        pools: pool.into_iter().collect(),
        slots: None,
        service: vec![Steps::constant(service)],
        order: Steps::constant(Order::OldestFirst),
        priority: Steps::constant(vec![0]),
        patience: vec![patience.map(Steps::constant)],
        withdrawn_to: Target::Exit(1),
        routes: vec![Steps::constant(Routes::new([(1.0, to, delay)]))],
        quotas: Vec::new(),
        place: None,
        closed: None,
    }
}

fn pool(servers: &[(i64, f64)]) -> Pool {
    Pool {
        key: key("pool"),
        roster: Roster {
            staff: steps(servers),
            extra: Steps::constant(0.0),
            hires: None,
            attrition: Steps::constant(0.0),
            ramp: Vec::new(),
            closed: Steps::constant(0.0),
        },
        serves: Serves::LongestWaiting,
    }
}

/// Arrivals of so many a day to the first of `stations`, `initial` cases there on the first day.
fn network(
    stations: Vec<Station>,
    pools: Vec<Pool>,
    arrivals: &[(i64, f64)],
    initial: u64,
    days: i64,
) -> Network {
    let mix = || Mix::new([(1.0, 0)]);
    let rate = steps(arrivals).map(|rate| rate / DAY_SECONDS);
    let layer = rate.values().iter().copied().fold(1e-9, f64::max);
    Network {
        horizon: day(days),
        window: SimTime::START,
        persons: vec![Count::Constant(1)],
        stations,
        pools,
        exits: ["out", "withdrawn"].map(|name| Exit { key: key(name), returns: None }).into(),
        places: Vec::new(),
        arrivals: vec![ArrivalStream {
            key: key("in"),
            to: 0,
            mix: Steps::constant(mix()),
            process: Process::Poisson,
            rate,
            layer,
            batch: Count::Constant(1),
        }],
        initial: vec![InitialGroup {
            key: key("docket"),
            station: 0,
            docket: Docket::Law { cases: initial, ages: Variate::Constant(0.0), mix: mix() },
        }],
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

fn close(found: f64, exact: f64, relative: f64, what: &str) {
    assert!((found / exact - 1.0).abs() <= relative, "{what}: {found}, exactly {exact}");
}

#[test]
fn an_overloaded_line_with_withdrawals_follows_its_differential_equation() {
    // dQ/dt = 100 − 40 − Q/500 from Q = 8,000, of whom 4 begin at once; from day 1,000 on 8 servers, of whom the
    // new ones take 4 at once: dQ/dt = 20 − Q/500.
    let desk = station(Some(0), exponential(0.1), Some(exponential(500.0)), Target::Exit(0), None);
    let network = network(vec![desk], vec![pool(&[(0, 4.0), (1_000, 8.0)])], &[(0, 100.0)], 8_000, 2_000);
    let course = FluidTwin::new(&network).run();
    let fall = |from: f64, to: f64, days: f64| to + (from - to) * libm::exp(-days / 500.0);
    let before = fall(7_996.0, 30_000.0, 1_000.0);
    close(course.waiting(0, day(300)), fall(7_996.0, 30_000.0, 300.0), 1e-3, "day 300");
    close(course.waiting(0, day(1_000)), before, 1e-3, "day 1000");
    close(course.waiting(0, day(2_000)), fall(before - 4.0, 10_000.0, 1_000.0), 1e-3, "day 2000");
    // Withdrawals balance: those who came less those served and those who wait.
    let gone = course.withdrawn(0, day(0), day(2_000));
    let came = 8_000.0 + course.joined(0, day(0), day(2_000));
    let served = course.started(0, day(0), day(2_000));
    assert!((came - served - gone - course.waiting(0, day(2_000))).abs() < 1e-3);
    close(served, 40.0 * 1_000.0 + 80.0 * 1_000.0, 1e-3, "served");
}

#[test]
fn a_line_that_runs_empty_stays_empty_until_it_is_overloaded_again() {
    // 3,000 less 20 a day are gone on day 150; from day 400 on it grows by 30 a day.
    let desk = station(Some(0), exponential(0.1), None, Target::Exit(0), None);
    let arrivals = [(0, 80.0), (400, 130.0)];
    let network = network(vec![desk], vec![pool(&[(0, 10.0)])], &arrivals, 3_000, 500);
    let course = FluidTwin::new(&network).run();
    close(course.waiting(0, day(100)), 1_000.0, 1e-3, "day 100");
    assert!(course.waiting(0, day(300)) < 1.0);
    close(course.waiting(0, day(500)), 3_000.0, 1e-3, "day 500");
}

#[test]
fn a_delay_holds_what_its_law_says() {
    // λ m (1 − exp(−t/m)) for exponential delays; for a constant delay λ times its length.
    for (law, at_100) in [
        (exponential(60.0), 20.0 * 60.0 * (1.0 - libm::exp(-100.0 / 60.0))),
        (Variate::constant(45.5 * DAY_SECONDS).expect("a length"), 20.0 * 45.5),
    ] {
        let wait = station(None, law, None, Target::Exit(0), None);
        let network = network(vec![wait], Vec::new(), &[(0, 20.0)], 0, 400);
        let course = FluidTwin::new(&network).run();
        close(course.pending(day(100)), at_100, 1e-3, "day 100");
        close(course.pending(day(100)) + course.departed(0, day(0), day(100)), 2_000.0, 1e-9, "balance");
    }
}

#[test]
fn long_services_hold_their_servers() {
    // 50 servers busy for 20 days each do 2.5 a day, of 4 that come.
    let law = Variate::gamma(20.0 * DAY_SECONDS, 0.7).expect("a law");
    let beds = station(Some(0), law, None, Target::Exit(0), None);
    let network = network(vec![beds], vec![pool(&[(0, 50.0)])], &[(0, 4.0)], 2_000, 1_500);
    let course = FluidTwin::new(&network).run();
    close(course.started(0, day(500), day(1_500)), 2_500.0, 5e-3, "starts");
    close(course.waiting(0, day(1_500)), 2_000.0 - 50.0 + 1_500.0 * 1.5, 1e-2, "waiting");
}

#[test]
fn forced_counts_take_what_their_rate_brings_and_no_more() {
    // Of 100 a day, in cases of one person: 30 a day go out by force to day 500, then 150 a day would, so all do. A second quota
    // has 3,000 at day 1,000, of which 500 days of nothing to take leave nothing once its period is over.
    let per_day = |number: f64| number / DAY_SECONDS;
    let quota = |to: u16, rate: Steps<f64>, lasts: Lasts| Quota {
        to: Target::Exit(to),
        delay: None,
        takes: vec![true],
        rate,
        lasts,
        counted: CountedIn::Persons,
    };
    let mut door = station(None, Variate::Constant(DAY_SECONDS), None, Target::Exit(1), None);
    door.quotas = vec![
        quota(
            0,
            steps(&[(0, 30.0), (500, 150.0)]).map(|&rate| per_day(rate)),
            Lasts::Span(Span::new(30 * DAY)),
        ),
        quota(
            0,
            steps(&[(0, 0.0), (800, 10.0), (1_100, 0.0)]).map(|&rate| per_day(rate)),
            Lasts::Periods(vec![day(1_200)]),
        ),
    ];
    let network = network(vec![door], Vec::new(), &[(0, 100.0), (700, 0.0), (1_199, 500.0)], 0, 1_500);
    let course = FluidTwin::new(&network).run();
    // They come out a day after they came.
    close(course.departed(0, day(100), day(500)), 30.0 * 400.0, 1e-6, "a part");
    close(course.departed(1, day(100), day(500)), 70.0 * 400.0, 1e-6, "the rest");
    close(course.departed(0, day(510), day(700)), 100.0 * 190.0, 1e-6, "all");
    // Of the 500 of day 1,199, all of which come out on day 1,200: 30 days of 150 a day have come up, so all go by force.
    close(course.departed(0, day(1_200), day(1_201)), 500.0, 1e-6, "what a rate leaves for thirty days");
    // 500 a day later on: 4,500 less 500 are left beside 150 a day; the second has lapsed.
    let more = course.departed(0, day(1_200), day(1_300));
    close(more, 4_500.0 + 150.0 * 100.0, 2e-2, "what is left, and what comes up");
    close(course.moved(0, Target::Exit(0), day(100), day(500)), 12_000.0, 1e-6, "told as a way");
}

#[test]
fn forced_counts_of_the_simulation_are_those_of_the_fluid() {
    let mut door = station(None, Variate::Constant(DAY_SECONDS), None, Target::Station(1), None);
    door.quotas = vec![Quota {
        to: Target::Exit(1),
        delay: None,
        takes: vec![true],
        rate: steps(&[(0, 40.0), (300, 5.0)]).map(|&rate| rate / DAY_SECONDS),
        lasts: Lasts::Span(Span::new(30 * DAY)),
        counted: CountedIn::Cases,
    }];
    let desk = station(Some(0), exponential(0.1), None, Target::Exit(0), None);
    let network = network(vec![door, desk], vec![pool(&[(0, 5.0)])], &[(0, 100.0)], 0, 600);
    let course = FluidTwin::new(&network).run();
    // The desk serves 50 a day of the 60 and later 95 that come to it.
    close(course.waiting(1, day(600)), 10.0 * 300.0 + 45.0 * 300.0, 1e-2, "the line in the fluid");
    let waiting = Figure::Station(1, StationFigure::WaitingAtEnd);
    let all = figures(&network);
    let index = all.iter().position(|figure| *figure == waiting).expect("kept");
    let plan = Plan::new(&network);
    let mean = (0..8).map(|number| replicate(&network, &plan, 77, number).figures[index]).sum::<f64>() / 8.0;
    close(mean, course.waiting(1, day(600)), 2e-2, "the line in the simulation");
}

#[test]
fn a_constant_patience_cuts_the_line_at_its_age() {
    // Nobody is served: whoever is there came in the last 90 days.
    let law = Variate::constant(90.0 * DAY_SECONDS).expect("a length");
    let desk = station(Some(0), exponential(1.0), Some(law), Target::Exit(0), None);
    let network = network(vec![desk], vec![pool(&[(0, 0.0)])], &[(0, 10.0)], 500, 365);
    let course = FluidTwin::new(&network).run();
    close(course.waiting(0, day(60)), 1_100.0, 1e-3, "day 60");
    close(course.waiting(0, day(365)), 900.0, 2e-2, "day 365");
}

#[test]
fn transfers_take_their_share_their_number_and_their_hazard() {
    // 1,000 wait, nobody comes and nobody is served.
    let waiting = |takes: Takes, days: i64| {
        let desk = station(Some(0), exponential(1.0), None, Target::Exit(0), None);
        let mut network = network(vec![desk], vec![pool(&[(0, 0.0)])], &[(0, 0.0)], 1_000, 400);
        let classes = vec![true];
        network.transfers.push(Transfer {
            key: key("t"),
            from: vec![0],
            to: Target::Exit(1),
            classes,
            takes,
        });
        FluidTwin::new(&network).run().waiting(0, day(days))
    };
    let share = Takes::Share(day(100), 0.6);
    close(waiting(share.clone(), 99), 1_000.0, 1e-9, "before");
    close(waiting(share, 102), 400.0, 1e-9, "after");
    let rate = Takes::Rate(steps(&[(0, 0.0), (50, 5.0 / DAY_SECONDS), (150, 0.0)]));
    close(waiting(rate, 400), 500.0, 1e-3, "rate");
    let hazard = Takes::Hazard(steps(&[(0, 1.0 / (200.0 * DAY_SECONDS))]));
    close(waiting(hazard, 400), 1_000.0 * libm::exp(-2.0), 1e-3, "hazard");
}

#[test]
fn what_is_scaled_grows_with_its_factor() {
    let desk = station(Some(0), exponential(1.0), None, Target::Station(1), Some(exponential(30.0)));
    let then = station(Some(1), exponential(1.0), Some(exponential(100.0)), Target::Exit(0), None);
    let pools = vec![pool(&[(0, 40.0)]), pool(&[(0, 10.0)])];
    let network = network(vec![desk, then], pools, &[(0, 30.0)], 0, 1_000);
    let twin = FluidTwin::new(&network);
    let waiting = |scale| twin.clone().scaled(scale).run().waiting(1, day(1_000));
    // λ(1,000) = 30 f, less 10, times 100 days.
    let base = waiting(Scale::Arrivals { stream: 0, classes: Some(vec![7]), factor: 1.2 });
    close(base, 2_000.0, 1e-2, "no class of that number");
    close(waiting(Scale::Arrivals { stream: 0, classes: None, factor: 1.2 }), 2_600.0, 1e-2, "arrivals");
    let double = Scale::Withdrawals { station: 1, classes: None, factor: 2.0 };
    close(waiting(double), 1_000.0, 1e-2, "withdrawals");
}

#[test]
fn the_court_has_its_fluid_limit_and_its_mean() {
    let loaded = load(Path::new("benches/workloads/court-hundredth.toml"), &Request::default());
    let study = loaded.study.expect("the workload is sound");
    let scenario = &study.variants[0].scenario;
    let network = compile(scenario, &Draw::central(&scenario.parameters));
    let course = FluidTwin::new(&network).run();
    // benches/workloads: 18,000 − 16,000 exp(−3650/1500) if all came to the line at once; in truth 40 days of
    // continuances on average keep 800 cases from it at first, of which exp(−3650/1500) are missing at the end.
    close(course.waiting(2, day(3_650)), 18_000.0 - 16_000.0 * libm::exp(-3650.0 / 1500.0), 0.006, "limit");
    // And the mean of 2,000 replications of another program: 16,516 waiting at the end (s.e. 0.02 %).
    close(course.waiting(2, day(3_650)), 16_516.0, 0.003, "mean of simulations");
    close(course.withdrawn(2, day(0), day(3_650)), 28_460.0, 0.003, "withdrawn");
    close(course.completed(2, day(0), day(3_650)), 29_198.0, 0.003, "completed");
}

/// Changes of staff and arrivals, withdrawals, and cases that come back after a log-normal time.
#[test]
fn an_overloaded_network_with_returning_cases_is_as_its_simulations() {
    let mut desk = station(Some(0), exponential(0.5), Some(exponential(300.0)), Target::Exit(0), None);
    let ways = [
        (0.3, Target::Station(0), Some(Variate::lognormal(50.0 * DAY_SECONDS, 1.2).expect("a law"))),
        (0.7, Target::Exit(0), None),
    ];
    desk.routes = vec![Steps::constant(Routes::new(ways))];
    let arrivals = [(0, 60.0), (500, 30.0)];
    let network = network(vec![desk], vec![pool(&[(0, 20.0), (400, 25.0)])], &arrivals, 1_000, 900);
    let twin = FluidTwin::new(&network).run();
    let plan = Plan::new(&network);
    let index = figures(&network)
        .iter()
        .position(|figure| *figure == Figure::Station(0, StationFigure::WaitingAtEnd))
        .expect("a figure");
    let values: Vec<f64> =
        (0..24).map(|number| replicate(&network, &plan, 1, number).figures[index]).collect();
    let mean = values.iter().sum::<f64>() / 24.0;
    close(twin.waiting(0, day(900)), mean, 0.02, "mean of simulations");
}
