//! Feed-forward networks, worked through station by station or by the list of all events: the same numbers.
//!
//! Time is so coarse here (an event nearly every second) that much happens at one instant, and the order
//! within an instant is tried hard.

use caseload::engine::Plan;
use caseload::experiment::{DetailPlan, replicate, replicate_in_detail};
use caseload::network::{
    ArrivalStream, Clock, Docket, Exit, Happening, InitialGroup, Limit, Measure, Mix, Network, Order, Pool,
    Process, Roster, Routes, Serves, ServiceDraws, Station, Steps, Target,
};
use caseload::random::{Count, Variate, key};
use caseload::units::{DAY, SimTime, Span};
use proptest::prelude::*;

const HORIZON: i64 = 2_000;

fn second(number: i64) -> SimTime {
    SimTime::from_seconds(number)
}

fn exponential(mean: f64) -> Variate {
    Variate::exponential(mean).expect("a positive mean")
}

/// Everything about a station that is drawn.
#[derive(Debug, Clone)]
struct Draws {
    pooled: bool,
    service: f64,
    alike: bool,
    staff: Vec<u8>,
    patience: Option<f64>,
    prioritized: bool,
    again: f64,
    ways: Vec<(u8, f64, bool)>,
}

fn draws() -> impl Strategy<Value = Draws> {
    (
        (
            prop::bool::weighted(0.85),
            0.5_f64..12.0,
            prop::bool::weighted(0.6),
            prop_oneof![prop::collection::vec(0_u8..6, 1..5), prop::collection::vec(0_u8..40, 1..5)],
        ),
        (prop::option::of(0.5_f64..40.0), any::<bool>(), 0.0_f64..0.6),
        prop::collection::vec((any::<u8>(), 0.1_f64..1.0, any::<bool>()), 1..4),
    )
        .prop_map(|((pooled, service, alike, staff), (patience, prioritized, again), ways)| Draws {
            pooled,
            service,
            alike,
            staff,
            patience: patience.filter(|_| pooled),
            prioritized: prioritized && pooled,
            again,
            ways,
        })
}

/// Alike for all classes at all times, or not.
fn service(draws: &Draws) -> Vec<Steps<Variate>> {
    let lognormal = || Steps::constant(Variate::lognormal(draws.service, 0.8).expect("a law"));
    match (draws.alike, draws.prioritized) {
        (false, _) => vec![
            Steps::new(exponential(draws.service), [(second(700), exponential(1.5 * draws.service))]),
            lognormal(),
        ],
        (true, false) => vec![Steps::constant(exponential(draws.service)); 2],
        (true, true) => vec![lognormal(); 2],
    }
}

fn station(index: u16, count: u16, pool: Option<u16>, draws: &Draws) -> Station {
    let later = |number: u8| match u16::from(number) % (count - index) {
        0 => Target::Exit(0),
        step => Target::Station(index + step),
    };
    let delay = |delayed: bool| delayed.then(|| exponential(9.0));
    let loops = draws.patience.is_none() && !draws.prioritized;
    let again = if loops { draws.again } else { 0.0 };
    let sum: f64 = draws.ways.iter().map(|way| way.1).sum();
    let ways = draws
        .ways
        .iter()
        .map(|&(to, weight, delayed)| (weight / sum * (1.0 - again), later(to), delay(delayed)));
    let back = (again, Target::Station(index), delay(draws.ways[0].2));
    let patience = draws.patience.map(|mean| Steps::constant(exponential(mean)));
    Station {
        key: key(&format!("station {index}")),
        pools: pool.into_iter().collect(),
        slots: None,
        service: service(draws),
        order: Steps::constant(Order::OldestFirst),
        priority: Steps::constant(if draws.prioritized { vec![1, 0] } else { vec![0, 0] }),
        patience: vec![patience.clone(), patience],
        withdrawn_to: Target::Exit(1),
        routes: vec![Steps::constant(Routes::new(ways.chain([back]))); 2],
        quotas: Vec::new(),
        place: None,
        closed: None,
    }
}

fn pool(number: u16, staff: &[u8]) -> Pool {
    let later = (1..).zip(&staff[1..]).map(|(change, &staff)| (second(300 * change), f64::from(staff)));
    Pool {
        key: key(&format!("pool {number}")),
        roster: Roster {
            staff: Steps::new(f64::from(staff[0]), later),
            extra: Steps::constant(0.0),
            hires: None,
            attrition: Steps::constant(0.0),
            ramp: Vec::new(),
            closed: Steps::new(0.0, [(second(1_500), 0.5), (second(1_520), 0.0)]),
        },
        serves: Serves::LongestWaiting,
    }
}

fn stream(name: &str, to: u16, rate: f64) -> ArrivalStream {
    ArrivalStream {
        key: key(name),
        to,
        mix: Steps::constant(Mix::new([(0.4, 0), (0.6, 1)])),
        process: Process::Poisson,
        rate: Steps::new(rate, [(second(900), 1.7 * rate)]),
        layer: rate,
        batch: Count::shifted_geometric(1.4, 1).expect("a law"),
    }
}

fn network(stations: &[Draws], rate: f64, initial: u64, watched: bool, draws: ServiceDraws) -> Network {
    let count = stations.len() as u16;
    let pools: Vec<Pool> =
        stations.iter().filter(|one| one.pooled).zip(0..).map(|(one, n)| pool(n, &one.staff)).collect();
    let mut next = 0..pools.len() as u16;
    let all: Vec<Station> = (0..)
        .zip(stations)
        .map(|(index, one)| station(index, count, one.pooled.then(|| next.next().expect("a pool")), one))
        .collect();
    Network {
        horizon: second(HORIZON),
        window: second(150),
        persons: vec![Count::Constant(2), Count::shifted_geometric(2.5, 2).expect("a law")],
        stations: all,
        pools,
        exits: vec![Exit { key: key("out"), returns: None }, Exit { key: key("gone"), returns: None }],
        places: Vec::new(),
        arrivals: vec![
            stream("in", 0, rate),
            stream("more", count - 1, rate / 2.0),
            stream("most", 0, rate / 3.0),
        ],
        initial: vec![InitialGroup {
            key: key("start"),
            station: count - 1,
            docket: Docket::Law {
                cases: initial,
                ages: exponential(50.0),
                mix: Mix::new([(0.5, 0), (0.5, 1)]),
            },
        }],
        transfers: Vec::new(),
        clocks: watched
            .then(|| Clock {
                from: Happening::Joined(0),
                to: vec![Happening::Departed(0), Happening::Started(count - 1)],
                limit: Limit::Span(Span::new(60)),
            })
            .into_iter()
            .collect(),
        dates: (1..=20).map(|number| second(100 * number)).collect(),
        shown: Vec::new(),
        measures: watched
            .then_some(Measure::Visits(0))
            .into_iter()
            .chain([Measure::ShareWithin {
                from: second(0),
                until: second(1_000),
                limit: Span::new(40),
                exits: vec![0],
            }])
            .collect(),
        costs: Vec::new(),
        responses: caseload::network::Responses::default(),
        service_draws: draws,
    }
}

fn networks() -> impl Strategy<Value = Network> {
    let by = prop_oneof![Just(ServiceDraws::BySlot), Just(ServiceDraws::ByCase)];
    (prop::collection::vec(draws(), 1..6), 0.02_f64..1.5, 0_u64..40, any::<bool>(), by)
        .prop_map(|(stations, rate, initial, watched, by)| network(&stations, rate, initial, watched, by))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, rng_seed: proptest::test_runner::RngSeed::Fixed(1955), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn station_by_station_changes_no_number(network in networks(), number in 0_u64..50) {
        let plan = Plan::new(&network);
        prop_assert!(plan.is_station_by_station());
        let fast = replicate(&network, &plan, 7, number);
        let slow = replicate(&network, &Plan::reference(&network), 7, number);
        for (place, (a, b)) in fast.figures.iter().zip(&slow.figures).enumerate() {
            prop_assert!(a.to_bits() == b.to_bits(), "figure {}: {} and {}", place, a, b);
        }
        prop_assert_eq!(fast.events, slow.events);
        prop_assert_eq!(fast.series, slow.series);
        prop_assert!(fast.events > 10);
    }

    #[test]
    fn station_by_station_changes_no_detail(network in networks(), number in 0_u64..50) {
        let detail = DetailPlan {
            filings: vec![second(0), second(DAY)],
            streams: vec![0, 2],
            joinings: vec![second(0), second(DAY)],
            ways: vec![0, 1],
            decisions: vec![true, false],
            limits: Vec::new(),
            traced: vec![0],
            trace: vec![0, 1],
            snapshots: vec![second(0), second(700), second(1_999)],
            periods: vec![second(1_000), second(HORIZON)],
        };
        let fast = replicate_in_detail(&network, &Plan::new(&network), (7, number), &detail);
        let slow = replicate_in_detail(&network, &Plan::reference(&network), (7, number), &detail);
        // NaN, as the mean age of nobody is, has a form that equals itself.
        prop_assert_eq!(format!("{:?}", fast.detail), format!("{:?}", slow.detail));
    }
}
