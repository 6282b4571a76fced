//! The cases that are there when the model starts.

use super::case_table::Case;
use super::flow::describe;
use super::occurrence::Observer;
use super::simulation::Simulation;
use super::source::attributes;
use crate::network::{AgeBand, ClassIndex, Docket, InitialGroup, Mix, Network, StationIndex};
use crate::random::{Streams, Variate, quantiles_in_order, unit};
use crate::units::SimTime;

/// Which of a case's random words sets its age; the others are as for an arrival.
const AGE: usize = 3;

/// An initial case before it is in the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    /// Time since it came to its station \[s\].
    age: i64,
    group: u16,
    class: ClassIndex,
    number: u32,
}

impl<O: Observer> Simulation<'_, O> {
    /// Put every initial case in line, the oldest first; then, those without any patience gone, let the
    /// free servers begin.
    pub(super) fn load_initial_cases(&mut self) {
        for station in 0..self.network.stations.len() {
            self.load(station as StationIndex);
        }
        while self.timers.next_time() == SimTime::START {
            self.time_out();
        }
        for pool in 0..self.pools.len() {
            self.dispatch(pool as u16);
        }
    }

    fn load(&mut self, station: StationIndex) {
        for waiting in docket(self.network, &self.streams, station) {
            let case = initial_case(self.network, &self.streams, waiting);
            let slot = self.enter(case);
            self.queue_up(slot, station);
        }
    }
}

/// The initial cases of a station, the oldest first.
pub(super) fn docket(network: &Network, streams: &Streams, station: StationIndex) -> Vec<Waiting> {
    let groups = (0..).zip(&network.initial).filter(|(_, group)| group.station == station);
    let mut docket: Vec<Waiting> = Vec::new();
    let mut count = 0;
    for (number, group) in groups {
        count += 1;
        list(number, group, streams, &mut docket);
    }
    if count > 1 {
        docket.sort_by_key(|case| std::cmp::Reverse(case.age));
    }
    docket
}

/// How long each case of the first day had been at its station by then, by group and number \[s\].
pub fn initial_ages(network: &Network, streams: &Streams) -> Vec<Vec<i64>> {
    let ages = |(number, group): (u16, &InitialGroup)| {
        let mut docket = Vec::new();
        list(number, group, streams, &mut docket);
        let mut ages = vec![0; docket.len()];
        for case in docket {
            ages[case.number as usize] = case.age;
        }
        ages
    };
    (0..).zip(&network.initial).map(ages).collect()
}

/// An initial case, not yet anywhere.
pub(super) fn initial_case(network: &Network, streams: &Streams, waiting: Waiting) -> Case {
    let group = &network.initial[usize::from(waiting.group)];
    let entity = u64::from(waiting.number);
    let words = attributes(streams, group.key, entity);
    let mut case = Case::new(SimTime::START, network.arrivals.len() as u16 + waiting.group, entity);
    describe(&mut case, network, waiting.class, words[1]);
    case.initial = true;
    case
}

/// List the cases of a group, the oldest first.
fn list(number: u16, group: &InitialGroup, streams: &Streams, docket: &mut Vec<Waiting>) {
    let begin = docket.len();
    match &group.docket {
        Docket::Law { cases, ages, mix } => {
            by_law(number, group.key, (*cases, ages, mix), streams, docket);
        }
        Docket::Table(bands) => by_table(number, bands, docket),
    }
    docket[begin..].sort_by_key(|case| std::cmp::Reverse(case.age));
}

/// Ages drawn one from each of as many equal parts of the law as there are cases (stratified sampling):
/// the docket on the first day is known, so its ages vary no more than they must.
fn by_law(
    group: u16,
    key: u64,
    (cases, ages, mix): (u64, &Variate, &Mix),
    streams: &Streams,
    docket: &mut Vec<Waiting>,
) {
    let share = 1.0 / cases as f64;
    let draw = |number: u64| {
        let words = attributes(streams, key, number);
        let u = ((cases - 1 - number) as f64 + unit(words[AGE])) * share;
        (mix.pick(unit(words[0])), u.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON))
    };
    let (classes, mut drawn): (Vec<_>, Vec<_>) = (0..cases).map(draw).unzip();
    quantiles_in_order(ages, &mut drawn);
    let cases = (0..).zip(classes).zip(drawn);
    docket.extend(cases.map(|((number, class), age)| Waiting { age: age as i64, group, class, number }));
}

/// Cases spread evenly over their band of age.
fn by_table(group: u16, bands: &[AgeBand], docket: &mut Vec<Waiting>) {
    let mut number = 0;
    for band in bands {
        let width = (band.oldest.seconds() - band.youngest.seconds()) as f64;
        for place in 0..band.cases {
            let part = (place as f64 + 0.5) / band.cases as f64;
            let age = band.oldest.seconds() - (part * width) as i64;
            docket.push(Waiting { age, group, class: band.class, number });
            number += 1;
        }
    }
}
