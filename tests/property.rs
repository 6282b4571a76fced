//! What must hold for every network: random networks with feedback, delays, priorities, slots, no-shows, closures, transfers, withdrawals,
//! returns, shared pools, changes of staff and cases at the start.
//!
//! `replicate` itself asserts conservation and Little's law, in whole numbers, for every one of them.

use caseload::engine::Plan;
use caseload::experiment::{
    Detail, DetailPlan, Figure, Origin, StationFigure, Within, figures, replicate, replicate_in_detail,
};
use caseload::network::{
    AgeBand, ArrivalStream, Closure, CountedIn, Docket, Exit, Hires, InitialGroup, Lasts, Measure, Mix,
    Network, NoShow, Order, Pool, Process, Quota, Returns, Roster, Routes, Scheduled, Serves, ServiceDraws,
    Slots, Station, Steps, Takes, Target, Transfer,
};
use caseload::random::{Count, Variate, key};
use caseload::units::{DAY, SimTime, Span};
use proptest::prelude::*;

const DAY_SECONDS: f64 = DAY as f64;

fn day(number: i64) -> SimTime {
    SimTime::from_seconds(number * DAY)
}

fn exponential(days: f64) -> Variate {
    Variate::exponential(days * DAY_SECONDS).expect("a positive mean")
}

/// Everything about a station that is drawn.
#[derive(Debug, Clone)]
struct Draws {
    service: f64,
    order: u8,
    patience: Option<f64>,
    back: f64,
    slots: Option<f64>,
    delay: bool,
    staff: (u8, u8),
    prioritized: bool,
    calls_next: bool,
    /// Rate of a quota, and how it is (bits of this number).
    quota: Option<(f64, u8)>,
    /// Share of slots lost from day 25 to 45 (all starts, without slots), and whether to the end of the line.
    closed: Option<(f64, bool)>,
}

fn draws() -> impl Strategy<Value = Draws> {
    (
        (0.05_f64..3.0, 0_u8..3, prop::option::of(1.0_f64..60.0)),
        (0.0_f64..0.5, prop::option::weighted(0.2, 0.5_f64..8.0), any::<bool>()),
        ((1_u8..6, 0_u8..6), any::<bool>()),
        (any::<bool>(), prop::option::weighted(0.3, (0.1_f64..=1.0, any::<bool>()))),
        prop::option::weighted(0.4, (0.1_f64..6.0, any::<u8>())),
    )
        .prop_map(|(line, calendar, (staff, prioritized), (calls_next, closed), quota)| {
            let ((service, order, patience), (back, slots, delay)) = (line, calendar);
            Draws {
                service,
                order,
                patience,
                back,
                slots,
                delay,
                staff,
                prioritized,
                calls_next,
                quota,
                closed,
            }
        })
}

/// A fifth does not come; after a wait of ten days, half.
fn no_show(calls_next: bool) -> NoShow {
    NoShow { p: 0.2, by_wait: vec![(Span::new(10 * DAY), 0.5)], calls_next }
}

fn closed((share, to_end): (f64, bool)) -> Steps<Closure> {
    let scheduled = if to_end { Scheduled::EndOfLine } else { Scheduled::Keep };
    Steps::new(Closure::OPEN, [(day(25), Closure { share, scheduled }), (day(45), Closure::OPEN)])
}

/// So many a day, by the month or for ten days, of one class or of both, in cases or persons, out, on, or back.
fn quota((rate, how): (f64, u8), index: u16) -> Quota {
    let bit = |number: u8| how >> number & 1 == 1;
    Quota {
        to: [Target::Exit(1), Target::Exit(0), Target::Station(0), Target::Station(index)]
            [usize::from(how & 3)],
        delay: bit(2).then(|| exponential(3.0)),
        takes: vec![true, bit(3)],
        rate: Steps::new(rate / DAY_SECONDS, [(day(40), 0.0), (day(50), 2.0 * rate / DAY_SECONDS)]),
        lasts: if bit(4) { Lasts::Periods(vec![day(30), day(60)]) } else { Lasts::Span(Span::new(10 * DAY)) },
        counted: if bit(5) { CountedIn::Persons } else { CountedIn::Cases },
    }
}

fn station(index: u16, last: u16, shared: bool, draws: &Draws) -> Station {
    let next = if index == last { Target::Exit(0) } else { Target::Station(index + 1) };
    let again = draws.delay.then(|| exponential(5.0));
    let routes = Routes::new([(draws.back, Target::Station(index), again), (1.0 - draws.back, next, None)]);
    let order = [Order::OldestFirst, Order::NewestFirst, Order::Random][usize::from(draws.order)];
    let patience = draws.patience.map(|mean| Steps::constant(exponential(mean)));
    let levels = if draws.prioritized { vec![1, 0] } else { vec![0, 0] };
    Station {
        key: key(&format!("station {index}")),
        pools: if shared { vec![0] } else { vec![index] },
        slots: draws.slots.map(|rate| Slots {
            rate: Steps::constant(rate / DAY_SECONDS),
            no_show: vec![Steps::constant(no_show(draws.calls_next)); 2],
            no_show_to: None,
        }),
        service: vec![Steps::constant(exponential(draws.service)); 2],
        order: Steps::new(order, [(day(40), Order::OldestFirst)]),
        priority: Steps::new(levels, [(day(60), vec![0, 1])]),
        patience: vec![patience.clone(), patience],
        withdrawn_to: Target::Exit(1),
        routes: vec![Steps::constant(routes); 2],
        quotas: draws.quota.map(|rate| quota(rate, index)).into_iter().collect(),
        place: None,
        closed: draws.closed.map(closed),
    }
}

fn pool(name: &str, staff: (u8, u8), serves: Serves) -> Pool {
    Pool {
        key: key(name),
        roster: Roster {
            staff: Steps::new(f64::from(staff.0), [(day(50), f64::from(staff.1))]),
            extra: Steps::constant(0.0),
            hires: Some(Hires {
                rate: Steps::constant(0.02 / DAY_SECONDS),
                class_size: 1.0,
                lead: Span::new(10 * DAY),
                from: SimTime::START,
            }),
            attrition: Steps::constant(0.001 / DAY_SECONDS),
            ramp: vec![(Span::ZERO, 0.0), (Span::new(20 * DAY), 1.0)],
            closed: Steps::new(0.0, [(day(70), 0.5), (day(80), 0.0)]),
        },
        serves,
    }
}

fn network(stations: &[Draws], shared: Option<u8>, arrivals: f64, returns: bool) -> Network {
    let last = stations.len() as u16 - 1;
    let all = 0..=last;
    let serves = match shared {
        Some(0) => Serves::Strict(all.clone().collect()),
        Some(1) => Serves::Shares(all.clone().map(|station| (station, f64::from(station + 1))).collect()),
        _ => Serves::LongestWaiting,
    };
    let pools = match shared {
        Some(_) => vec![pool("shared", stations[0].staff, serves)],
        None => stations
            .iter()
            .zip(all.clone())
            .map(|(draws, index)| pool(&index.to_string(), draws.staff, Serves::LongestWaiting))
            .collect(),
    };
    let mix = Mix::new([(0.3, 0), (0.7, 1)]);
    let band = |youngest: i64, class| AgeBand {
        youngest: Span::new(youngest * DAY),
        oldest: Span::new((youngest + 30) * DAY),
        class,
        cases: 12,
    };
    Network {
        horizon: day(120),
        window: SimTime::START,
        persons: vec![Count::Constant(1), Count::shifted_geometric(2.5, 2).expect("a law")],
        stations: stations
            .iter()
            .zip(all)
            .map(|(draws, index)| station(index, last, shared.is_some(), draws))
            .collect(),
        pools,
        exits: vec![
            Exit {
                key: key("out"),
                returns: returns.then(|| Returns {
                    to: 0,
                    probability: vec![Steps::constant(0.3), Steps::new(0.6, [(day(50), 0.1)])],
                    after: exponential(4.0),
                    most: 3,
                }),
            },
            Exit { key: key("gone"), returns: None },
        ],
        places: Vec::new(),
        arrivals: vec![ArrivalStream {
            key: key("in"),
            to: 0,
            mix: Steps::constant(mix),
            process: Process::Poisson,
            rate: Steps::new(arrivals / DAY_SECONDS, [(day(30), 1.5 * arrivals / DAY_SECONDS)]),
            layer: arrivals / DAY_SECONDS,
            batch: Count::Constant(1),
        }],
        initial: vec![InitialGroup {
            key: key("start"),
            station: last,
            docket: Docket::Table(vec![band(0, 0), band(20, 1)]),
        }],
        transfers: Vec::new(),
        clocks: Vec::new(),
        dates: vec![day(30), day(60), day(120)],
        shown: Vec::new(),
        measures: vec![Measure::Visits(0)],
        costs: Vec::new(),
        responses: caseload::network::Responses::default(),
        service_draws: ServiceDraws::BySlot,
    }
}

/// A transfer of one kind: from all stations but the one it leads to, or from all of them to the second exit.
fn transfer(number: usize, (kind, to, picky): (u8, u16, bool), stations: u16) -> Transfer {
    let to = if to < stations { Target::Station(to) } else { Target::Exit(1) };
    let through = |rate: f64| Steps::new(0.0, [(day(20), rate / DAY_SECONDS), (day(90), 0.0)]);
    Transfer {
        key: key(&format!("transfer {number}")),
        from: (0..stations).filter(|&from| to != Target::Station(from)).collect(),
        to,
        classes: vec![true, !picky],
        takes: match kind {
            0 => Takes::Share(day(35), 0.4),
            1 => Takes::Rate(through(2.5)),
            _ => Takes::Hazard(through(0.05)),
        },
    }
}

fn networks() -> impl Strategy<Value = Network> {
    let transfers = prop::collection::vec((0_u8..3, 0_u16..6, any::<bool>()), 0..3);
    (prop::collection::vec(draws(), 1..4), prop::option::of(0_u8..3), 0.5_f64..12.0, any::<bool>(), transfers)
        .prop_map(|(stations, shared, arrivals, returns, transfers)| {
            let mut network = network(&stations, shared, arrivals, returns);
            let all = transfers.into_iter().enumerate();
            network.transfers =
                all.map(|(number, draws)| transfer(number, draws, stations.len() as u16)).collect();
            network
        })
}

/// Equal where NaN, as the mean wait of nobody is, equals itself.
fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

fn detail_plan() -> DetailPlan {
    DetailPlan {
        filings: vec![day(0), day(30), day(60), day(120)],
        streams: vec![0],
        joinings: vec![day(0), day(60), day(120)],
        ways: vec![0, 1],
        decisions: vec![true, false],
        limits: vec![Within::Days(10), Within::Days(45), Within::ByDay((3..130).map(day).collect())],
        traced: vec![0, 1],
        trace: vec![10, 45],
        snapshots: vec![day(0), day(50), day(120)],
        periods: vec![day(60), day(120)],
    }
}

/// Curves go through the shares within the same days, of the same periods.
fn curves_meet_shares(detail: &Detail) {
    const DAYS_AND_WAYS: usize = 2 * 2;
    let bits = |shares: &[f32]| shares.iter().map(|share| share.to_bits()).collect::<Vec<u32>>();
    for (period, curve) in detail.curves.iter().enumerate() {
        assert_eq!(bits(&curve.ended), bits(&detail.filings[period].shares[..DAYS_AND_WAYS]));
    }
}

/// Whoever came somewhere left again or is still there: at every station, and in the whole.
fn balances(network: &Network, detail: &Detail) {
    let cases = |from: &dyn Fn(&Origin) -> bool, to: &dyn Fn(&Target) -> bool| -> i64 {
        let moves = detail.moves.iter().filter(|one| from(&one.from) && to(&one.to));
        moves.map(|one| i64::from(one.cases)).sum()
    };
    let anywhere = |_: &Target| true;
    let mut on_the_way = 0;
    for station in 0..network.stations.len() as u16 {
        let came = cases(&|_| true, &|to| *to == Target::Station(station));
        let left = cases(&|from| matches!(from, Origin::Station(index, _) if *index == station), &anywhere);
        let there = i64::from(detail.stock[usize::from(station)].cases);
        assert!(came >= left + there, "station {station}: {came} came, {left} left, {there} are there");
        on_the_way += came - left - there;
    }
    assert_eq!(on_the_way, i64::from(detail.stock[network.stations.len()].cases));
    let entered = cases(&|from| matches!(from, Origin::Stream(_)), &anywhere);
    let out = cases(&|_| true, &|to| matches!(to, Target::Exit(_)));
    let back = cases(&|from| matches!(from, Origin::Return(_)), &anywhere);
    let present: i64 = detail.stock.iter().map(|stock| i64::from(stock.cases)).sum();
    assert_eq!(entered, out - back + present);
    // The ages of the last day are those of all who are there; the cohorts, those who came from outside.
    assert_eq!(i64::from(detail.ages[2 * (1 + network.stations.len())].cases), present);
    let filed: i64 = detail.filings[..3].iter().map(|cohort| i64::from(cohort.cases)).sum();
    assert_eq!(filed, cases(&|from| *from == Origin::Stream(0), &anywhere));
    assert_eq!(format!("{:?}", &detail.filings[..3]), format!("{:?}", &detail.filings[3..]));
    assert_eq!(detail.overtaken, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, rng_seed: proptest::test_runner::RngSeed::Fixed(2019), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn short_cuts_change_no_number(network in networks(), number in 0_u64..50) {
        let fast = replicate(&network, &Plan::new(&network), 7, number);
        let slow = replicate(&network, &Plan::reference(&network), 7, number);
        prop_assert!(same(&fast.figures, &slow.figures));
        prop_assert_eq!((fast.events, fast.series), (slow.events, slow.series));
    }

    #[test]
    fn detail_changes_no_number_and_balances(network in networks(), number in 0_u64..50) {
        let plan = detail_plan();
        let plain = replicate(&network, &Plan::new(&network), 7, number);
        let fast = replicate_in_detail(&network, &Plan::new(&network), (7, number), &plan);
        let slow = replicate_in_detail(&network, &Plan::reference(&network), (7, number), &plan);
        prop_assert!(same(&plain.figures, &fast.figures));
        // NaN, as the mean age of nobody is, has a form that equals itself.
        prop_assert_eq!(format!("{:?}", fast.detail), format!("{:?}", slow.detail));
        balances(&network, fast.detail.as_deref().expect("detail was asked for"));
        curves_meet_shares(fast.detail.as_deref().expect("detail was asked for"));
    }

    #[test]
    fn an_identical_variant_differs_by_exactly_nothing(network in networks(), number in 0_u64..50) {
        let twin = network.clone();
        let (a, b) = (replicate(&network, &Plan::new(&network), 3, number), replicate(&twin, &Plan::new(&twin), 3, number));
        prop_assert!(same(&a.figures, &b.figures));
    }

    #[test]
    fn another_server_lengthens_no_wait_at_a_line_served_oldest_first(draws in draws(), arrivals in 0.5_f64..8.0, number in 0_u64..50) {
        let plain = Draws { order: 0, patience: None, back: 0.0, slots: None, prioritized: false, staff: (3, 3), closed: None, ..draws };
        let mut few = network(&[plain], None, arrivals, false);
        few.pools[0].roster.hires = None;
        few.stations[0].priority = Steps::constant(vec![0, 0]);
        let mut more = few.clone();
        more.pools[0].roster.staff = Steps::constant(4.0);
        let wait = |network: &Network| {
            let index = figures(network).iter().position(|figure| *figure == Figure::Station(0, StationFigure::WaitingAverage));
            replicate(network, &Plan::new(network), 5, number).figures[index.expect("a figure of every station")]
        };
        prop_assert!(wait(&more) <= wait(&few));
    }
}
