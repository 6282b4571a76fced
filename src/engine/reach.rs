//! Which stations lead to which.

use crate::network::{Network, Routes, Scheduled, Station, StationIndex, Steps, Target, Transfer};

/// For each pair of stations whether a case can come from one to the other without leaving the network.
#[derive(Debug)]
pub(super) struct Reach {
    /// For each station, those it leads to.
    leads: Vec<Vec<bool>>,
    /// The place of each station in an order in which whatever leads to another comes first, unless the
    /// other leads back.
    places: Vec<usize>,
}

impl Reach {
    pub(super) fn new(network: &Network) -> Self {
        let next: Vec<Vec<usize>> = (0..)
            .zip(&network.stations)
            .map(|(i, one)| {
                let all = successors(i, one).chain(transferred(network, i));
                all.filter_map(|target| match target {
                    Target::Station(index) => Some(usize::from(index)),
                    Target::Exit(_) => None,
                })
                .collect()
            })
            .collect();
        let leads: Vec<Vec<bool>> = (0..next.len()).map(|start| from(start, &next)).collect();
        // Whoever leads to `b` but not back has fewer before it than `b` has: all of its own, and not itself.
        let before = |b: usize| (0..leads.len()).filter(|&a| leads[a][b] && !leads[b][a]).count();
        let mut order: Vec<(usize, usize)> =
            (0..leads.len()).map(|station| (before(station), station)).collect();
        order.sort_unstable();
        let mut places = vec![0; order.len()];
        for (place, (_, station)) in order.into_iter().enumerate() {
            places[station] = place;
        }
        Self { leads, places }
    }

    /// Whether a case at `a` can come to `b` later, in the same attempt.
    pub(super) fn leads(&self, a: usize, b: usize) -> bool {
        self.leads[a][b]
    }

    /// Whether a case can come back to a station by way of another one.
    pub(super) fn returns_by_others(&self, station: usize) -> bool {
        let mut others = (0..self.leads.len()).filter(|&other| other != station);
        others.any(|other| self.leads[station][other] && self.leads[other][station])
    }

    /// The place of a station in the order.
    pub(super) fn place(&self, station: usize) -> usize {
        self.places[station]
    }

    /// The stations in order.
    pub(super) fn order(&self) -> Vec<StationIndex> {
        let mut order: Vec<StationIndex> = (0..self.places.len() as StationIndex).collect();
        order.sort_unstable_by_key(|&station| self.places[usize::from(station)]);
        order
    }

    /// Whether no station leads to another that leads back.
    pub(super) fn is_feed_forward(&self) -> bool {
        let all = 0..self.leads.len();
        all.clone().all(|a| (0..a).all(|b| !(self.leads[a][b] && self.leads[b][a])))
    }
}

fn from(start: usize, next: &[Vec<usize>]) -> Vec<bool> {
    let mut seen = vec![false; next.len()];
    let mut open = next[start].clone();
    while let Some(station) = open.pop() {
        if !std::mem::replace(&mut seen[station], true) {
            open.extend(&next[station]);
        }
    }
    seen
}

/// Where transfers lead that take from a station.
fn transferred(network: &Network, index: usize) -> impl Iterator<Item = Target> {
    let from_here = move |transfer: &&Transfer| transfer.from.iter().any(|&from| usize::from(from) == index);
    network.transfers.iter().filter(|transfer| transfer.acts()).filter(from_here).map(|one| one.to)
}

fn successors(index: usize, station: &Station) -> impl Iterator<Item = Target> {
    let routes = station.routes.iter().flat_map(Steps::values).flat_map(Routes::ways);
    let missed = station.slots.as_ref().map(|slots| {
        let itself = Target::Station(index as StationIndex);
        slots.no_show_to.unwrap_or(itself)
    });
    let mut closures = station.closed.iter().flat_map(Steps::values);
    let cancelled = closures
        .any(|closure| closure.scheduled == Scheduled::EndOfLine)
        .then_some(Target::Station(index as StationIndex));
    let forced = station.quotas.iter().map(|quota| quota.to);
    routes
        .map(|route| route.target)
        .chain(forced)
        .chain([station.withdrawn_to])
        .chain(missed)
        .chain(cancelled)
}
