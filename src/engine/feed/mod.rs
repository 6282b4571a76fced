//! Networks that are worked through station by station.
//!
//! Where every station has its own pool or none, is never closed, serves the oldest first within fixed levels of priority,
//! and no two lead to each other, nothing that happens at a station depends on those after it. So the
//! stations are worked through one after the other, a stretch of time at a time, without a list of all
//! events: who comes to a station is known when its turn comes, in the order of time, rank and
//! scheduling that the general engine keeps. The same occurrences follow, in another order among different cases;
//! `tests/property.rs` holds the two against each other.
//!
//! Without levels a station is the recursion of Lindley, for several servers that of Kiefer & Wolfowitz (1955,
//! "On the theory of queues with many servers", Trans. AMS 78): a case begins when it is there and the
//! first server is free.

mod centre;
mod inputs;
mod levels;
mod line;
mod luck;
mod onward;
mod servers;
mod staff;
mod together;
mod ways;

use super::case_table::Slot;
use super::docket::{docket, initial_case};
use super::occurrence::Observer;
use super::plan::{StationPlan, Withdrawals};
use super::reach::Reach;
use super::simulation::Simulation;
use super::visit::{LAST_ENTRY, MOST_CLASSES, STAYED, Traveller};
use crate::network::{Network, Order, Station, StationIndex, Transfer};
use crate::units::SimTime;
use centre::Centre;
use inputs::{Inputs, Stream, World};
use luck::Lucks;
use onward::{Onward, Queue};
use servers::MOST_SERVERS;

/// Whether a network can be worked through station by station, with nothing to tell it by.
pub(super) fn is_legal(
    network: &Network,
    stations: &[StationPlan],
    served: &[Vec<StationIndex>],
    reach: &Reach,
) -> bool {
    let plain = |(index, station): (usize, &Station)| {
        let plan = &stations[index];
        let alone = match station.pools.as_slice() {
            [] => true,
            [pool] => served[usize::from(*pool)].len() == 1,
            _ => false,
        };
        let loops = reach.leads(index, index);
        let in_turn = plan.levels == 1 && plan.withdrawals == Withdrawals::None;
        alone
            && station.slots.is_none()
            && station.quotas.is_empty()
            && station.closed.is_none()
            && station.place.is_none()
            && station.priority.changes().is_empty()
            && station.order.values().iter().all(|&order| order == Order::OldestFirst)
            && plan.withdrawals != Withdrawals::Timers
            && (in_turn || !loops)
            && (in_turn || !station.pools.is_empty())
    };
    network.responses.is_empty()
        && reach.is_feed_forward()
        && network.persons.len() <= MOST_CLASSES
        && network.exits.len() <= usize::from(STAYED)
        && network.horizon <= LAST_ENTRY
        && network.exits.iter().all(|exit| exit.returns.is_none())
        && !network.transfers.iter().any(Transfer::acts)
        && network
            .pools
            .iter()
            .all(|pool| pool.roster.staff.values().iter().all(|&staff| staff < MOST_SERVERS as f64))
        && network.stations.iter().enumerate().all(plain)
}

/// One replication, station by station.
#[derive(Debug)]
pub(super) struct Feed<'n> {
    world: World<'n>,
    /// In order.
    centres: Vec<Centre<'n>>,
    /// Where in that order each station is.
    places: Vec<usize>,
    slots: Slots,
    /// Length of the stretches of time \[s\].
    stretch: i64,
}

impl<'n> Feed<'n> {
    /// The replication that `simulation` would be, before its first event.
    pub(super) fn new<O: Observer>(simulation: &Simulation<'n, O>, order: &[StationIndex]) -> Self {
        let network = simulation.network;
        let world = World { network, plan: simulation.plan, streams: simulation.streams };
        let centre = |&station: &StationIndex| {
            let to_here = (0..).zip(&network.arrivals).filter(|(_, stream)| stream.to == station);
            let streams = to_here.map(|(number, _)| Stream::new(number, &world)).collect();
            let pool = network.stations[usize::from(station)].pools.first();
            let roster = pool.map(|&pool| simulation.rosters[usize::from(pool)].as_slice());
            let in_turn = world.plan.stations[usize::from(station)].levels == 1;
            let stage = &network.stations[usize::from(station)];
            let lucks = Lucks::new(stage, network.service_draws, in_turn);
            let inputs = Inputs::new(streams, world.plan.event_shift.saturating_sub(1), lucks);
            Centre::new(station, &world, inputs, roster)
        };
        let mut places = vec![0; order.len()];
        for (place, &station) in order.iter().enumerate() {
            places[usize::from(station)] = place;
        }
        let mut centres: Vec<_> = order.iter().map(centre).collect();
        connect(&mut centres, &places);
        Self { world, centres, places, slots: Slots::default(), stretch: stretch(network) }
    }

    /// Run to the horizon.
    pub(super) fn run<O: Observer>(mut self, mut observer: O) -> O {
        let horizon = self.world.network.horizon;
        self.load(&mut observer);
        let mut until = SimTime::START;
        while until < horizon {
            until = SimTime::from_seconds(until.seconds() + self.stretch).min(horizon);
            for place in 0..self.centres.len() {
                let (centre, mut floor) = self.floor(place, &mut observer);
                centre.work(until, &mut floor);
            }
        }
        for place in 0..self.centres.len() {
            let (centre, mut floor) = self.floor(place, &mut observer);
            centre.finish(&mut floor);
        }
        observer
    }

    fn load<O: Observer>(&mut self, observer: &mut O) {
        let world = self.world;
        for place in 0..self.centres.len() {
            let (centre, mut floor) = self.floor(place, observer);
            for waiting in docket(world.network, &world.streams, centre.station) {
                let case = initial_case(world.network, &world.streams, waiting);
                let who = Traveller::from(&case, floor.slots.take());
                centre.admit(&who, &mut floor);
            }
        }
    }

    /// A station, and what lies around it.
    fn floor<'a, O>(
        &'a mut self,
        place: usize,
        observer: &'a mut O,
    ) -> (&'a mut Centre<'n>, Floor<'a, 'n, O>) {
        let (centre, after) = self.centres[place..].split_first_mut().expect("a station of the order");
        (
            centre,
            Floor {
                world: self.world,
                observer,
                slots: &mut self.slots,
                after,
                places: &self.places,
                first: place + 1,
            },
        )
    }
}

/// Let each station that can hand on in order know the queue that leads to the next.
fn connect(centres: &mut [Centre<'_>], places: &[usize]) {
    for place in 0..centres.len() {
        if let Some((way, target)) = centres[place].way_onward() {
            let queue = centres[places[usize::from(target)]].inputs.add_queue();
            centres[place].onward = Some(Box::new(Onward::new((way, target), queue)));
        }
    }
}

/// What a station can see while it works: the stations after it.
pub(super) struct Floor<'a, 'n, O> {
    world: World<'n>,
    observer: &'a mut O,
    slots: &'a mut Slots,
    after: &'a mut [Centre<'n>],
    places: &'a [usize],
    first: usize,
}

impl<O> Floor<'_, '_, O> {
    /// The queue into which a station hands on.
    #[inline]
    fn queue(&mut self, onward: &Onward) -> &mut Queue {
        let place = self.places[usize::from(onward.target)] - self.first;
        self.after[place].inputs.queue(onward.queue)
    }
}

/// Stretches in which about a thousand cases come: enough to keep at one thing, few enough to stay
/// in the nearest memory.
fn stretch(network: &Network) -> i64 {
    const CASES: f64 = 1_000.0;
    let rate: f64 = network.arrivals.iter().map(|stream| stream.rate.at(SimTime::START)).sum();
    (CASES / rate.max(1e-9)).clamp(60.0, 1e9) as i64
}

/// Numbers for the cases in system, reused after they are gone: observers know a case by its number.
#[derive(Debug, Default)]
struct Slots {
    free: Vec<Slot>,
    given: Slot,
}

impl Slots {
    #[inline]
    fn take(&mut self) -> Slot {
        self.free.pop().unwrap_or_else(|| {
            self.given += 1;
            self.given - 1
        })
    }

    #[inline]
    fn give_back(&mut self, slots: impl Iterator<Item = Slot>) {
        self.free.extend(slots);
    }
}
