//! What the parts of a replication take: laws, generator, lines, event list, observers, loading, threads.

use caseload::compile::compile;
use caseload::engine::{Observer, Occurrence, Plan, Simulation};
use caseload::experiment::replicate;
use caseload::network::{
    ArrivalStream, Docket, Exit, InitialGroup, Mix, Network, Order, Pool, Process, Roster, Routes, Serves,
    ServiceDraws, Station, Steps, Target,
};
use caseload::random::{Address, Count, Lengths, Streams, Variate, key, unit};
use caseload::scenario::{Draw, Request, load};
use caseload::units::{DAY, SimTime};
use rayon::prelude::*;
use std::path::Path;

const DAY_SECONDS: f64 = DAY as f64;

fn main() {
    divan::main();
}

const LAWS: [&str; 8] =
    ["exponential", "erlang", "gamma", "lognormal", "weibull", "uniform", "triangular", "hyperexponential"];

fn law_named(name: &str) -> Variate {
    let law = match name {
        "exponential" => Variate::exponential(5e4),
        "erlang" => Variate::erlang(3e5, 4),
        "gamma" => Variate::gamma(2e5, 1.7),
        "lognormal" => Variate::lognormal(43_200.0, 0.8),
        "weibull" => Variate::weibull(1e6, 0.4),
        "uniform" => Variate::uniform(100.0, 5e5),
        "triangular" => Variate::triangular(1e4, 2e4, 9e4),
        _ => Variate::hyperexponential(1e5, 3.0),
    };
    law.expect("a law")
}

/// A thousand quantiles of a law.
#[divan::bench(args = LAWS, counters = [divan::counter::ItemsCount::new(1_000_u32)])]
fn law(bencher: divan::Bencher, name: &str) {
    let law = law_named(name);
    let words: Vec<u64> = (0..250).flat_map(block).collect();
    bencher.bench(|| words.iter().map(|&word| law.quantile(unit(word))).sum::<f64>());
}

fn block(entity: u64) -> [u64; 4] {
    Streams::new(1, 0).block(Address { entity, stream: 1, purpose: 2, ordinal: 0 })
}

/// What addressed random numbers cost: a block for each decision, and words in turn.
#[divan::bench(counters = [divan::counter::ItemsCount::new(1_000_u32)])]
fn addressed_blocks() -> u64 {
    (0..1_000).map(|entity| block(divan::black_box(entity))[0]).fold(0, u64::wrapping_add)
}

#[divan::bench(counters = [divan::counter::ItemsCount::new(1_024_u32)])]
fn exponentials_in_turn(bencher: divan::Bencher) {
    let mut lengths = Lengths::new(Streams::new(1, 0), 1, 2, 0);
    bencher.bench_local(|| (0..1_024).map(|_| lengths.next_exponential()).sum::<f64>());
}

fn scenario(name: &str) -> Network {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let study = load(&path, &Request::default()).study.expect("the scenario is sound");
    let scenario = &study.variants[0].scenario;
    compile(scenario, &Draw::central(&scenario.parameters))
}

#[divan::bench(sample_count = 10)]
fn load_and_compile_the_largest() -> Network {
    scenario("scenarios/us-mx-2019/model.toml")
}

/// A stream into one station that nothing leads back to.
fn single(station: Station, per_day: f64, initial: u64, days: i64) -> Network {
    let roster = Roster {
        staff: Steps::constant(10.0),
        extra: Steps::constant(0.0),
        hires: None,
        attrition: Steps::constant(0.0),
        ramp: Vec::new(),
        closed: Steps::constant(0.0),
    };
    let pooled = !station.pools.is_empty();
    Network {
        horizon: SimTime::from_seconds(days * DAY),
        window: SimTime::START,
        persons: vec![Count::Constant(1)],
        stations: vec![station],
        pools: if pooled {
            vec![Pool { key: 2, roster, serves: Serves::LongestWaiting }]
        } else {
            Vec::new()
        },
        exits: vec![Exit { key: 3, returns: None }],
        places: Vec::new(),
        arrivals: vec![ArrivalStream {
            key: 4,
            to: 0,
            mix: Steps::constant(Mix::new([(1.0, 0)])),
            process: Process::Poisson,
            rate: Steps::constant(per_day / DAY_SECONDS),
            layer: per_day / DAY_SECONDS,
            batch: Count::Constant(1),
        }],
        initial: vec![InitialGroup {
            key: 5,
            station: 0,
            docket: Docket::Law {
                cases: initial,
                ages: Variate::constant(0.0).expect("a law"),
                mix: Mix::new([(1.0, 0)]),
            },
        }],
        transfers: Vec::new(),
        clocks: Vec::new(),
        dates: vec![SimTime::from_seconds(days * DAY)],
        shown: Vec::new(),
        measures: Vec::new(),
        costs: Vec::new(),
        responses: caseload::network::Responses::default(),
        service_draws: ServiceDraws::BySlot,
    }
}

fn station(pools: Vec<u16>, order: Order, mean_days: f64, patience_days: Option<f64>, again: f64) -> Station {
    let exponential = |days: f64| Variate::exponential(days * DAY_SECONDS).expect("a positive mean");
    Station {
        key: key("station"),
        pools,
        slots: None,
        service: vec![Steps::constant(exponential(mean_days))],
        order: Steps::constant(order),
        priority: Steps::constant(vec![0]),
        patience: vec![patience_days.map(|days| Steps::constant(exponential(days)))],
        withdrawn_to: Target::Exit(0),
        routes: vec![Steps::constant(Routes::new([
            (again, Target::Station(0), None),
            (1.0 - again, Target::Exit(0), None),
        ]))],
        quotas: Vec::new(),
        place: None,
        closed: None,
    }
}

/// The hold model (Jones 1986, CACM 29(4)): each of `pending` cases comes due and is scheduled anew,
/// a million times in all, in the list of all events.
#[divan::bench(args = [1_000, 100_000, 1_000_000], sample_count = 3, counters = [divan::counter::ItemsCount::new(1_000_000_u32)])]
fn hold(bencher: divan::Bencher, pending: u64) {
    let days = 1_000;
    let mean = days as f64 * pending as f64 / 1e6;
    let network = single(station(Vec::new(), Order::OldestFirst, mean, None, 0.999_999), 1e-3, pending, days);
    let plan = Plan::reference(&network);
    bencher.bench_local(|| Simulation::new(&network, &plan, Streams::new(1, 0), ()).run());
}

/// A line of about fifty thousand with withdrawals by timers, under each discipline.
#[divan::bench(args = ["oldest first", "newest first", "random"], sample_count = 3)]
fn waiting_line(bencher: divan::Bencher, order: &str) {
    let order = match order {
        "oldest first" => Order::OldestFirst,
        "newest first" => Order::NewestFirst,
        _ => Order::Random,
    };
    let network = single(station(vec![0], order, 0.02, Some(100.0), 0.0), 1_000.0, 50_000, 300);
    let plan = Plan::reference(&network);
    bencher.bench_local(|| Simulation::new(&network, &plan, Streams::new(1, 0), ()).run());
}

/// Counts what it is told and nothing else.
#[derive(Default)]
struct Counter(u64);

impl Observer for Counter {
    fn observe(&mut self, _: Occurrence<'_>) {
        self.0 += 1;
    }
}

/// The small court with nobody looking on, with somebody who counts, and with the standard observer.
#[divan::bench(args = ["nobody", "counter", "standard"], sample_count = 10)]
fn observer(bencher: divan::Bencher, who: &str) {
    let network = scenario("benches/workloads/court-hundredth.toml");
    let plan = Plan::new(&network);
    let streams = Streams::new(1, 0);
    match who {
        "nobody" => bencher.bench_local(|| Simulation::new(&network, &plan, streams, ()).run()),
        "counter" => bencher.bench_local(|| {
            divan::black_box(Simulation::new(&network, &plan, streams, Counter::default()).run().0);
        }),
        _ => bencher.bench_local(|| {
            divan::black_box(replicate(&network, &plan, 1, 0));
        }),
    }
}

/// The small court without and with the list of all events, and a timer for everybody who waits.
#[divan::bench(args = ["station by station", "by events and timers"], sample_count = 10)]
fn way_of_working(bencher: divan::Bencher, way: &str) {
    let network = scenario("benches/workloads/court-hundredth.toml");
    let plan = if way == "station by station" { Plan::new(&network) } else { Plan::reference(&network) };
    bencher.bench_local(|| replicate(&network, &plan, 1, 0));
}

#[divan::bench(args = [1, 2], sample_count = 3)]
fn sixteen_futures_on_threads(bencher: divan::Bencher, threads: usize) {
    let network = scenario("benches/workloads/court-hundredth.toml");
    let plan = Plan::new(&network);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher.bench_local(|| {
        pool.install(|| {
            (0..16_u64)
                .into_par_iter()
                .map(|number| replicate(&network, &plan, 1, number).events)
                .sum::<u64>()
        })
    });
}
