//! Loops in which no time passes: a run would never come out of one.

use super::{ClassIndex, Network, Routes, Station, StationIndex, Steps, Target};
use crate::random::Variate;
use crate::units::SimTime;

impl Network {
    /// A station at which a case of some class can be caught at one instant for ever: from some date on, everything that can
    /// happen to it next happens at once, and leads back.
    ///
    /// A law passes no time if its mean is less than a second. Whoever runs out of patience so soon is taken to do so
    /// always, since nobody says that a server is free.
    pub fn endless(&self) -> Option<StationIndex> {
        if !self.stations.iter().any(can_be_instant) {
            return None;
        }
        let classes = 0..self.persons.len() as ClassIndex;
        classes.flat_map(|class| self.dates_of(class).map(move |time| (class, time))).find_map(
            |(class, time)| {
                let free = self.come_out(class, time);
                free.iter().position(|free| !free).map(|station| station as StationIndex)
            },
        )
    }

    /// The start, and the instants at which something changes for a class at a station that can be instant.
    fn dates_of(&self, class: ClassIndex) -> impl Iterator<Item = SimTime> {
        let class = usize::from(class);
        let of_station = move |station: &Station| {
            let patience = station.patience[class].iter().flat_map(|laws| laws.changes().to_vec());
            let service = station.service[class].changes().to_vec();
            let routes = station.routes[class].changes().to_vec();
            service.into_iter().chain(routes).chain(patience).collect::<Vec<_>>()
        };
        let mut all: Vec<SimTime> =
            self.stations.iter().filter(|station| can_be_instant(station)).flat_map(of_station).collect();
        all.push(SimTime::START);
        all.sort_unstable();
        all.dedup();
        all.into_iter()
    }

    /// From which stations a case of a class comes out, at an instant.
    fn come_out(&self, class: ClassIndex, time: SimTime) -> Vec<bool> {
        let class = usize::from(class);
        let mut free = vec![false; self.stations.len()];
        loop {
            let leads_out = |target: Target| match target {
                Target::Exit(_) => true,
                Target::Station(to) => free[usize::from(to)],
            };
            let comes_out = |station: &Station| {
                let served = takes_time(&station.service[class], time)
                    || station.slots.is_some()
                    || !station.quotas.is_empty()
                    || any_way_out(station.routes[class].at(time), &leads_out);
                let patience = station.patience[class].as_ref().filter(|_| !station.is_delay());
                let waits =
                    patience.is_none_or(|laws| takes_time(laws, time)) || leads_out(station.withdrawn_to);
                served && waits
            };
            let next: Vec<bool> = self.stations.iter().map(comes_out).collect();
            if next == free {
                return free;
            }
            free = next;
        }
    }
}

/// Whether nothing may pass at a station for some class at some time.
fn can_be_instant(station: &Station) -> bool {
    let instant = |laws: &Steps<Variate>| laws.values().iter().any(is_instant);
    station.service.iter().any(instant) || station.patience.iter().flatten().any(instant)
}

fn is_instant(law: &Variate) -> bool {
    law.mean() < 1.0
}

fn takes_time(laws: &Steps<Variate>, time: SimTime) -> bool {
    !is_instant(laws.at(time))
}

fn any_way_out(routes: &Routes, leads_out: &impl Fn(Target) -> bool) -> bool {
    let takes_time = |delay: &Option<Variate>| delay.as_ref().is_some_and(|law| !is_instant(law));
    routes.ways().iter().any(|way| takes_time(&way.delay) || leads_out(way.target))
}
