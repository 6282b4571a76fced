//! One Markovian station as a network, and as the oracle sees it.

use crate::oracle::{Law, Moments, Regime};
use caseload::engine::Plan;
use caseload::experiment::{Control, Replication, replicate, run};
use caseload::network::{
    ArrivalStream, Docket, Exit, InitialGroup, Mix, Network, Order, Pool, Process, Roster, Routes, Serves,
    ServiceDraws, Station, Steps, Target,
};
use caseload::random::{Count, Variate, key};
use caseload::units::{DAY, SimTime};
use std::sync::atomic::AtomicBool;

/// A station that changes at whole days: the regime of each piece and the day it begins, the first at 0.
pub(crate) struct Story {
    pub(crate) cases_at_start: usize,
    /// Most waiting that the oracle tells apart.
    pub(crate) places: usize,
    pub(crate) regimes: Vec<(i64, Regime)>,
    /// Days at which it is looked at, just after whatever happens then.
    pub(crate) dates: Vec<i64>,
}

fn day(number: i64) -> SimTime {
    SimTime::from_seconds(number * DAY)
}

impl Story {
    /// A step function of what each regime has.
    fn steps<T>(&self, of: impl Fn(&Regime) -> T) -> Steps<T> {
        let later = self.regimes[1..].iter().map(|(from, regime)| (day(*from), of(regime)));
        Steps::new(of(&self.regimes[0].1), later)
    }

    fn regime_at(&self, date: i64) -> Regime {
        self.regimes.iter().rev().find(|(from, _)| *from <= date).expect("the first regime begins at 0").1
    }

    fn pool(&self) -> Pool {
        Pool {
            key: key("servers"),
            roster: Roster {
                staff: self.steps(|regime| regime.servers as f64),
                extra: Steps::constant(0.0),
                hires: None,
                attrition: Steps::constant(0.0),
                ramp: Vec::new(),
                closed: Steps::constant(0.0),
            },
            serves: Serves::LongestWaiting,
        }
    }

    fn station(&self) -> Station {
        let per_second = 1.0 / DAY as f64;
        let first = self.regimes[0].1;
        let patience = (first.withdrawal > 0.0).then(|| {
            Steps::constant(
                Variate::exponential(1.0 / (first.withdrawal * per_second)).expect("a positive mean"),
            )
        });
        Station {
            key: key("desk"),
            pools: vec![0],
            slots: None,
            service: vec![Steps::constant(
                Variate::exponential(1.0 / (first.service * per_second)).expect("a positive mean"),
            )],
            order: Steps::constant(Order::OldestFirst),
            priority: Steps::constant(vec![0]),
            patience: vec![patience],
            withdrawn_to: Target::Exit(1),
            routes: vec![Steps::constant(Routes::new([(1.0, Target::Exit(0), None)]))],
            quotas: Vec::new(),
            place: None,
            closed: None,
        }
    }

    /// The story as a network. Service and withdrawal are those of the first regime throughout.
    pub(crate) fn network(&self) -> Network {
        let only = || Mix::new([(1.0, 0)]);
        let rate = self.steps(|regime| regime.arrivals / DAY as f64);
        let layer = rate.values().iter().fold(1e-9, |a: f64, b| a.max(*b));
        let horizon = day(*self.dates.last().expect("a story has dates"));
        Network {
            horizon,
            window: SimTime::START,
            persons: vec![Count::Constant(1)],
            stations: vec![self.station()],
            pools: vec![self.pool()],
            exits: ["served", "withdrawn"].map(|name| Exit { key: key(name), returns: None }).into(),
            places: Vec::new(),
            arrivals: vec![ArrivalStream {
                key: key("arrivals"),
                to: 0,
                mix: Steps::constant(only()),
                process: Process::Poisson,
                rate,
                layer,
                batch: Count::Constant(1),
            }],
            initial: vec![InitialGroup {
                key: key("docket"),
                station: 0,
                docket: Docket::Law {
                    cases: self.cases_at_start as u64,
                    ages: Variate::Constant(0.0),
                    mix: only(),
                },
            }],
            transfers: Vec::new(),
            clocks: Vec::new(),
            dates: self.dates.iter().map(|date| day(*date)).collect(),
            shown: Vec::new(),
            measures: Vec::new(),
            costs: Vec::new(),
            responses: caseload::network::Responses::default(),
            service_draws: ServiceDraws::BySlot,
        }
    }

    /// The exact moments of (waiting, present) at each date.
    pub(crate) fn exact(&self) -> Vec<(Moments, Moments)> {
        let most = self.regimes.iter().map(|(_, regime)| regime.servers).max().expect("a story has a regime");
        let mut law = Law::starting_with(self.cases_at_start, most, self.places, self.regimes[0].1);
        let mut found = Vec::new();
        for date in 0..=*self.dates.last().expect("a story has dates") {
            let regime = self.regime_at(date);
            law = law.restaffed(regime);
            assert!(law.truncated() < 1e-9, "the oracle needs more places on day {date}");
            if self.dates.contains(&date) {
                found.push((law.waiting(), law.present()));
            }
            law = law.after(1.0, regime);
        }
        found
    }
}

/// Replications of a network under seed 1.
pub(crate) fn replications(network: &Network, plan: &Plan, number: usize) -> Vec<Replication> {
    let stop = AtomicBool::new(false);
    run(0..number, Control { stop: &stop, finished: &|| {} }, |r| replicate(network, plan, 1, r))
}

/// Assert that mean and variance of `values` are those of the oracle: at most four standard errors off, the
/// mean at most 1 % and the variance at most 6 % (its standard error is about √(2/n) of it).
pub(crate) fn agree(values: &[f64], exact: Moments, what: &str) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let moment =
        |power: i32| values.iter().map(|x| (0..power).map(|_| x - mean).product::<f64>()).sum::<f64>() / n;
    let (variance, fourth) = (moment(2), moment(4));
    let mean_error = (mean - exact.mean) / (variance / n).sqrt();
    let variance_error = (variance - exact.variance) / ((fourth - variance * variance) / n).sqrt();
    assert!(mean_error.abs() <= 4.0, "{what}: mean {mean}, exact {}, {mean_error:+.1} s.e.", exact.mean);
    assert!((mean / exact.mean - 1.0).abs() <= 0.01, "{what}: mean {mean}, exact {}", exact.mean);
    assert!(
        variance_error.abs() <= 4.0 && (variance / exact.variance - 1.0).abs() <= 0.06,
        "{what}: variance {variance}, exact {}, {variance_error:+.1} s.e.",
        exact.variance
    );
}
