//! What is decided once about a network, before any event.

use super::event_list::Rank;
use super::feed;
use super::reach::Reach;
use super::transfer::TransferIndex;
use crate::network::{
    ArrivalStream, Mix, Network, Order, Routes, Serves, Station, StationIndex, Steps, Target, Transfer,
};
use crate::random::Count;
use crate::units::SimTime;

/// How withdrawals of a station are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Withdrawals {
    /// Nobody withdraws.
    None,
    /// A timer for every case that waits.
    Timers,
    /// Found out when a case is called, and booked at its deadline.
    WhenCalled,
}

/// How visits of one case in one attempt are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visits {
    /// There is one at most.
    One,
    /// A case comes back only straight from the station itself.
    InARow,
    /// They are counted under this number.
    Counted(usize),
}

/// What is decided about a station.
#[derive(Debug, Clone)]
pub(super) struct StationPlan {
    pub(super) withdrawals: Withdrawals,
    pub(super) visits: Visits,
    /// Levels of priority.
    pub(super) levels: usize,
    /// Whether the way on from it is drawn, and known when service begins.
    pub(super) drawn: bool,
    /// Transfers that take each waiting case at a rate.
    pub(super) hazards: Vec<TransferIndex>,
    /// Rank of what happens at it; the ends of ways that lead from it come just before.
    pub(super) rank: Rank,
}

/// What is decided about a stream of arrivals.
#[derive(Debug, Clone)]
pub(super) struct SourcePlan {
    /// All its cases are alike and come one by one: nothing about them is drawn.
    pub(super) plain: bool,
}

/// The plan of a network: shared by all its replications.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) stations: Vec<StationPlan>,
    pub(super) sources: Vec<SourcePlan>,
    /// Keys of the streams: arrivals first, then initial groups.
    pub(super) streams: Vec<u64>,
    /// The stations in order, where each can be worked through on its own: see [`feed`](super::feed).
    pub(super) feed: Option<Vec<StationIndex>>,
    /// The stations that each pool serves, in order of their numbers.
    pub(super) served: Vec<Vec<StationIndex>>,
    /// Widths of the fine buckets of events and of timers, as binary logarithms \[s\].
    pub(super) event_shift: u32,
    pub(super) timer_shift: u32,
}

impl Plan {
    /// The plan that is fastest for `network`.
    pub fn new(network: &Network) -> Self {
        Self::with(network, true)
    }

    /// The plan that takes no short cut: the reference that [`new`](Self::new) is held against.
    pub fn reference(network: &Network) -> Self {
        Self::with(network, false)
    }

    /// Whether each station is worked through on its own, without a list of all events.
    pub fn is_station_by_station(&self) -> bool {
        self.feed.is_some()
    }

    fn with(network: &Network, short_cuts: bool) -> Self {
        let served = served(network);
        let reach = Reach::new(network);
        let first_rank = network.arrivals.len() as Rank + 1;
        let mut counted = 0;
        let stations = network
            .stations
            .iter()
            .enumerate()
            .map(|(index, station)| StationPlan {
                withdrawals: withdrawals(
                    network,
                    index,
                    &served,
                    short_cuts && !network.responses.watch_line(index as StationIndex),
                ),
                hazards: hazards(network, index),
                visits: visits(&reach, index, &mut counted),
                levels: levels(station),
                drawn: station.quotas.is_empty() && drawn(station),
                rank: first_rank + 2 * reach.place(index) as Rank,
            })
            .collect::<Vec<_>>();
        let feed = (short_cuts && feed::is_legal(network, &stations, &served, &reach)).then(|| reach.order());
        let arrivals = network.arrivals.iter().map(|stream| stream.key);
        let streams = arrivals.chain(network.initial.iter().map(|group| group.key)).collect();
        let event_shift = event_shift(network);
        let sources =
            network.arrivals.iter().map(|stream| SourcePlan { plain: plain(network, stream) }).collect();
        Self { stations, sources, feed, streams, served, event_shift, timer_shift: event_shift + 4 }
    }
}

fn plain(network: &Network, stream: &ArrivalStream) -> bool {
    let alike = |mix: &Mix| match mix.parts() {
        [(_, class)] => matches!(network.persons[usize::from(*class)], Count::Constant(_)),
        _ => false,
    };
    matches!(stream.batch, Count::Constant(1)) && stream.mix.values().iter().all(alike)
}

fn served(network: &Network) -> Vec<Vec<StationIndex>> {
    let mut served = vec![Vec::new(); network.pools.len()];
    for (index, station) in (0..).zip(&network.stations) {
        for &pool in &station.pools {
            served[usize::from(pool)].push(index);
        }
    }
    served
}

fn levels(station: &Station) -> usize {
    1 + station.priority.values().iter().flatten().copied().max().map_or(0, usize::from)
}

/// Withdrawals may be booked late where nothing can tell: the line is served oldest first, those who
/// withdraw are gone for good, no place and no signal counts them, no transfer takes from it, and no shared
/// pool asks who has waited longest.
fn withdrawals(
    network: &Network,
    index: usize,
    served: &[Vec<StationIndex>],
    short_cuts: bool,
) -> Withdrawals {
    let station = &network.stations[index];
    if !hazards(network, index).is_empty() {
        return Withdrawals::Timers;
    }
    if station.patience.iter().all(Option::is_none) {
        return Withdrawals::None;
    }
    let gone = match station.withdrawn_to {
        Target::Exit(exit) => network.exits[usize::from(exit)].returns.is_none(),
        Target::Station(_) => false,
    };
    let transferred = transfers(network, index).next().is_some();
    let compared =
        station.pools.iter().map(|&pool| usize::from(pool)).any(|pool| {
            served[pool].len() > 1 && matches!(network.pools[pool].serves, Serves::LongestWaiting)
        });
    let oldest_first = station.order.values().iter().all(|&order| order == Order::OldestFirst);
    if short_cuts && gone && !compared && oldest_first && station.place.is_none() && !transferred {
        Withdrawals::WhenCalled
    } else {
        Withdrawals::Timers
    }
}

/// The transfers that take from a station, with their numbers.
fn transfers(network: &Network, index: usize) -> impl Iterator<Item = (TransferIndex, &Transfer)> {
    let from_here = move |transfer: &Transfer| transfer.from.iter().any(|&from| usize::from(from) == index);
    (0..).zip(&network.transfers).filter(move |(_, transfer)| transfer.acts() && from_here(transfer))
}

fn hazards(network: &Network, index: usize) -> Vec<TransferIndex> {
    transfers(network, index).filter(|(_, one)| one.is_hazard()).map(|(number, _)| number).collect()
}

fn visits(reach: &Reach, station: usize, counted: &mut usize) -> Visits {
    if !reach.leads(station, station) {
        Visits::One
    } else if reach.returns_by_others(station) {
        *counted += 1;
        Visits::Counted(*counted - 1)
    } else {
        Visits::InARow
    }
}

fn drawn(station: &Station) -> bool {
    let mut routes = station.routes.iter().flat_map(Steps::values).map(Routes::ways);
    routes.any(|ways| ways.len() > 1 || ways[0].delay.is_some())
}

/// Buckets that hold some events each: arrivals and what each of them sets off, at their mean rate.
fn event_shift(network: &Network) -> u32 {
    /// Services and delays that an arrival leads to, roughly.
    const FOLLOW_UPS: f64 = 3.0;
    const PER_BUCKET: f64 = 16.0;
    let arrivals: f64 = network.arrivals.iter().map(|stream| mean(&stream.rate, network.horizon)).sum();
    let per_second = (arrivals * (1.0 + FOLLOW_UPS)).max(1e-6);
    let width = (PER_BUCKET / per_second).clamp(1.0, f64::from(1 << 20));
    (width as u32).ilog2()
}

/// The mean of a rate from the start to the horizon.
fn mean(rate: &Steps<f64>, horizon: SimTime) -> f64 {
    let ends = rate.changes().iter().copied().chain([horizon]);
    let areas = rate.pieces().zip(ends).map(|((from, value), until)| {
        let (from, until) = (from.min(horizon), until.min(horizon));
        value * (until - from.max(SimTime::START)).seconds().max(0) as f64
    });
    areas.sum::<f64>() / horizon.seconds().max(1) as f64
}
