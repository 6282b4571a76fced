//! A network made ready for a fluid: where each part goes and when, in steps.

use super::Scale;
use super::course::moves;
use super::lag::{Lag, Service};
use crate::network::{Network, PoolIndex, Quota, Route, Routes, Station, StationIndex, Steps, Target};
use crate::random::Variate;

/// Something that fluid comes to: a station, its end of service, an exit, or the return from an exit.
pub(super) type Node = usize;

/// A way on: a part goes to a node, after a lag by its number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    pub(super) part: f64,
    pub(super) target: Target,
    pub(super) lag: Option<usize>,
    /// The row of the course that counts it.
    pub(super) row: usize,
}

/// A station; vectors are by class.
#[derive(Debug)]
pub(super) struct StationPlan {
    /// Numbers of services, or of lags at a pure delay.
    pub(super) service: Vec<Steps<usize>>,
    pub(super) ways: Vec<Steps<Vec<Way>>>,
    /// Where its quotas lead, in their order; not by class.
    pub(super) quotas: Vec<Way>,
    /// The kinds of patience there are, not by class, and of which each class is.
    pub(super) patience: Vec<Patience>,
    pub(super) kinds: Vec<usize>,
}

/// How those of some classes withdraw.
#[derive(Debug, PartialEq)]
pub(super) struct Patience {
    /// Numbers of tables; `None` where they do not.
    pub(super) tables: Option<Steps<usize>>,
    /// What the hazard is multiplied by.
    hazard: f64,
}

impl Patience {
    /// The part that withdraws where without the factor of the hazard this one did.
    pub(super) fn scaled(&self, part: f64) -> f64 {
        if (self.hazard - 1.0).abs() < f64::EPSILON { part } else { 1.0 - libm::pow(1.0 - part, self.hazard) }
    }
}

/// Each kind once, and the number of that of each class.
fn told_apart(by_class: impl Iterator<Item = Patience>) -> (Vec<Patience>, Vec<usize>) {
    let mut all: Vec<Patience> = Vec::new();
    let number = |one: Patience| {
        all.iter().position(|other| *other == one).unwrap_or_else(|| {
            all.push(one);
            all.len() - 1
        })
    };
    let kinds = by_class.map(number).collect();
    (all, kinds)
}

/// Stations that share servers, and their pools.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) stations: Vec<StationIndex>,
    pub(super) pools: Vec<PoolIndex>,
}

/// The whole network.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) steps: usize,
    /// Length of a step \[s\].
    pub(super) step: f64,
    pub(super) lags: Vec<Lag>,
    pub(super) services: Vec<Service>,
    /// Part of those still there that leave in the k-th step after they joined.
    pub(super) patience: Vec<Vec<f64>>,
    pub(super) stations: Vec<StationPlan>,
    /// In the order in which they are worked through within a step.
    pub(super) groups: Vec<Group>,
    /// The place of each node in that order; a group has two places, the second for its ends of service.
    pub(super) places: Vec<usize>,
    /// Lags of the returns, by exit.
    pub(super) returns: Vec<Option<usize>>,
}

/// Laws, each once.
#[derive(Default)]
struct Laws(Vec<Variate>);

impl Laws {
    fn number(&mut self, law: &Variate) -> usize {
        self.0.iter().position(|other| other == law).unwrap_or_else(|| {
            self.0.push(law.clone());
            self.0.len() - 1
        })
    }
}

impl Plan {
    pub(super) fn new(network: &Network, scales: &[Scale], steps: usize, step: f64) -> Self {
        let (mut lags, mut services, mut patience) = (Laws::default(), Laws::default(), Laws::default());
        let rows = moves(network);
        let stations = (0..).zip(&network.stations).map(|(index, station)| {
            let service = station.service.iter().map(|laws| {
                laws.map(|law| if station.is_delay() { lags.number(law) } else { services.number(law) })
            });
            let service = service.collect();
            let ways = (0..)
                .zip(&station.routes)
                .map(|(class, routes)| ways(routes, (&mut lags, &rows), scales, (index, class)))
                .collect();
            let quotas =
                station.quotas.iter().map(|quota| forced(quota, (&mut lags, &rows), index)).collect();
            let (patience, kinds) = told_apart((0..).zip(&station.patience).map(|(class, laws)| Patience {
                tables: laws.as_ref().map(|laws| laws.map(|law| patience.number(law))),
                hazard: scaled_hazard(scales, index, class),
            }));
            StationPlan { service, ways, quotas, patience, kinds }
        });
        let stations = stations.collect();
        let returns =
            network.exits.iter().map(|exit| exit.returns.as_ref().map(|back| lags.number(&back.after)));
        let returns = returns.collect();
        let groups = groups(network);
        Self {
            steps,
            step,
            lags: lags.0.iter().map(|law| Lag::new(law, step, steps)).collect(),
            services: services.0.iter().map(|law| Service::new(law, step, steps)).collect(),
            patience: patience.0.iter().map(|law| leaving(law, steps, step)).collect(),
            stations,
            places: places(network, &groups),
            groups,
            returns,
        }
    }
}

/// The node of a target.
pub(super) fn node(network: &Network, target: Target) -> Node {
    match target {
        Target::Station(station) => usize::from(station),
        Target::Exit(exit) => 2 * network.stations.len() + usize::from(exit),
    }
}

/// The node of the ends of service at a station.
pub(super) fn done(network: &Network, station: usize) -> Node {
    network.stations.len() + station
}

/// The node of the returns from an exit.
pub(super) fn back(network: &Network, exit: usize) -> Node {
    2 * network.stations.len() + network.exits.len() + exit
}

fn places(network: &Network, groups: &[Group]) -> Vec<usize> {
    let mut places = vec![usize::MAX; back(network, network.exits.len())];
    for (group, place) in groups.iter().zip((2..).step_by(2)) {
        for &station in &group.stations {
            places[usize::from(station)] = place;
            places[done(network, usize::from(station))] = place + 1;
        }
    }
    for exit in 0..network.exits.len() {
        places[back(network, exit)] = 0;
    }
    places
}

fn ways(
    routes: &Steps<Routes>,
    (lags, rows): (&mut Laws, &[(StationIndex, Target)]),
    scales: &[Scale],
    (station, class): (StationIndex, u16),
) -> Steps<Vec<Way>> {
    routes.map(|routes| {
        let mut before = 0.0;
        let mut way = |route: &Route| {
            let part = route.cumulative - before;
            before = route.cumulative;
            let row = rows.iter().position(|&row| row == (station, route.target)).unwrap_or_default();
            Way { part, target: route.target, lag: route.delay.as_ref().map(|law| lags.number(law)), row }
        };
        let mut ways: Vec<Way> = routes.ways().iter().map(&mut way).collect();
        for scale in scales {
            if let Scale::Route { station: at, target, classes, factor } = scale
                && *at == station
                && super::concerns(classes.as_deref(), class)
            {
                stretch(&mut ways, *target, *factor);
            }
        }
        ways
    })
}

/// The way that a quota leads: the part is what its budget makes of it.
fn forced(quota: &Quota, (lags, rows): (&mut Laws, &[(StationIndex, Target)]), station: StationIndex) -> Way {
    let row = rows.iter().position(|&row| row == (station, quota.to)).unwrap_or_default();
    Way { part: 1.0, target: quota.to, lag: quota.delay.as_ref().map(|law| lags.number(law)), row }
}

/// Multiply the part of one target; the others shrink or grow in proportion.
fn stretch(ways: &mut [Way], target: Target, factor: f64) {
    let part = |ways: &[Way]| ways.iter().filter(|way| way.target == target).map(|way| way.part).sum::<f64>();
    let before = part(ways);
    if before <= 0.0 || before >= 1.0 {
        return;
    }
    let after = (before * factor).clamp(0.0, 1.0);
    for way in ways {
        way.part *= if way.target == target { after / before } else { (1.0 - after) / (1.0 - before) };
    }
}

fn scaled_hazard(scales: &[Scale], station: StationIndex, class: u16) -> f64 {
    let of_station = scales.iter().filter_map(|scale| match scale {
        Scale::Withdrawals { station: at, classes, factor }
            if *at == station && super::concerns(classes.as_deref(), class) =>
        {
            Some(*factor)
        }
        _ => None,
    });
    of_station.product()
}

/// The part of those still waiting who leave in the k-th step: they came evenly through their own step, on
/// average in its middle.
fn leaving(law: &Variate, steps: usize, step: f64) -> Vec<f64> {
    let mut before = 1.0;
    (0..steps)
        .map(|number| {
            let now = law.survival((number as f64 + 0.5) * step);
            let part = if before > 0.0 { 1.0 - now / before } else { 1.0 };
            before = now;
            part.clamp(0.0, 1.0)
        })
        .collect()
}

/// Groups of stations that share servers, those first that others hear from at once.
fn groups(network: &Network) -> Vec<Group> {
    let mut all = gather(network);
    let numbers = || 0..all.len();
    let heard: Vec<Vec<bool>> = numbers()
        .map(|to| numbers().map(|from| from != to && leads(network, &all[from], &all[to])).collect())
        .collect();
    let mut open: Vec<usize> = numbers().collect();
    let mut ordered = Vec::new();
    while !open.is_empty() {
        let waits_for = |to: usize| open.iter().filter(|&&from| heard[to][from]).count();
        let next = (0..open.len()).min_by_key(|&at| waits_for(open[at])).unwrap_or(0);
        ordered.push(std::mem::take(&mut all[open.remove(next)]));
    }
    ordered
}

fn gather(network: &Network) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, station) in (0..).zip(&network.stations) {
        let mut own = Group { stations: vec![index], pools: station.pools.clone() };
        let shares = |group: &Group| group.pools.iter().any(|pool| station.pools.contains(pool));
        for group in groups.extract_if(.., |group| shares(group)) {
            own.stations.extend(group.stations);
            own.pools.extend(group.pools);
        }
        own.stations.sort_unstable();
        own.pools.sort_unstable();
        own.pools.dedup();
        groups.push(own);
    }
    groups.sort_by_key(|group| group.stations[0]);
    groups
}

/// Whether something goes at once from one group to another.
fn leads(network: &Network, from: &Group, to: &Group) -> bool {
    let hears = |target: &Target| matches!(target, Target::Station(station) if to.stations.contains(station));
    from.stations.iter().map(|&station| &network.stations[usize::from(station)]).any(|station: &Station| {
        let routes = station.routes.iter().flat_map(Steps::values).flat_map(Routes::ways);
        let missed = station.slots.as_ref().and_then(|slots| slots.no_show_to);
        routes.filter(|route| route.delay.is_none()).any(|route| hears(&route.target))
            || hears(&station.withdrawn_to)
            || missed.as_ref().is_some_and(hears)
            || station.quotas.iter().filter(|quota| quota.delay.is_none()).any(|quota| hears(&quota.to))
    })
}
