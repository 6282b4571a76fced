//! The standard observer told many at a time: the same sums as one by one, with what is the same for all of
//! them looked up once.
//!
//! Only where no clock runs, no visits are counted and of the station nothing is kept beyond the sums of every one: a block then touches sums of one station, of
//! exits and of dates, and nothing else.

use super::probe::Probe;
use crate::engine::{Leave, Observer, Occurrence, State, Traveller, Visits, Withdrawal};
use crate::network::{ExitIndex, PoolIndex, StationIndex};
use crate::units::SimTime;

/// What the visits of a block add up to.
#[derive(Debug, Default)]
struct Sums {
    /// Of those who came in the window.
    joined: u64,
    at_once: u64,
    waits: i64,
    in_service: i64,
}

/// Where the instants of a block lie among the dates.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// The date at or after the first beginning.
    date: usize,
    /// Whether all ends lie between that date and the one before; whether all comings and beginnings do.
    ends: bool,
    begins: bool,
}

impl Probe<'_> {
    /// A case came from outside, or was there at the start.
    #[inline]
    fn entered(&mut self, who: &Traveller) {
        let date = self.joined_dates.next(who.entered());
        self.in_system += 1;
        self.pending_changes.add(0, date, 1, i32::from(who.persons()));
        self.events += u64::from(!who.is_initial());
        if !self.rules.is_idle() {
            let case = who.case(0, who.entered(), State::OnTheWay);
            self.rules.came(&case, who.entered(), !who.is_initial());
        }
    }

    /// Visits to one station.
    pub(super) fn visits(&mut self, station: StationIndex, pool: Option<PoolIndex>, visits: &Visits) {
        let index = usize::from(station);
        if !self.is_plain(index) || visits.at().first().is_none_or(|&first| first < self.network.window) {
            return OneByOne(self).observe_visits(station, pool, visits);
        }
        self.add_up(index, pool, visits);
        let stretch = self.stretch(visits);
        self.wait(index, visits, stretch);
        self.complete(index, visits, stretch);
        self.come(visits, stretch);
        self.leave(visits, stretch);
    }

    fn stretch(&mut self, visits: &Visits) -> Stretch {
        let first = visits.at().first().copied().unwrap_or_default();
        let last = visits.at().last().copied().unwrap_or_default();
        let date = self.dates.next(first);
        let (since, by) = (self.dates.before(date), self.dates.at(date));
        let earliest = visits.joined().iter().fold(first, |earliest, &joined| earliest.min(joined));
        let latest = visits.until().iter().fold(last, |latest, &until| latest.max(until));
        Stretch { date, ends: latest <= by, begins: earliest > since && last <= by }
    }

    /// What does not depend on dates.
    fn add_up(&mut self, station: usize, pool: Option<PoolIndex>, visits: &Visits) {
        let window = self.network.window;
        let mut sums = Sums::default();
        for ((&joined, &at), &until) in visits.joined().iter().zip(visits.at()).zip(visits.until()) {
            sums.joined += u64::from(joined >= window);
            sums.at_once += u64::from(joined == at);
            sums.waits += (at - joined).seconds();
            sums.in_service += (until - at).seconds();
        }
        let count = visits.len() as u64;
        if self.sites[station].served {
            self.events += 2 * count;
            let waits = visits.at().iter().zip(visits.joined()).map(|(&at, &joined)| (at - joined).seconds());
            self.waits[station].record_all(waits);
        } else {
            self.events += count;
        }
        let all = &mut self.stations[station];
        if let Some(pool) = pool {
            self.busy[usize::from(pool)] += sums.in_service;
            all.busy += sums.in_service;
        }
        all.joined += sums.joined;
        all.at_once += sums.at_once;
        all.started += count;
        all.completed += count;
        all.waits += sums.waits;
        all.in_service += sums.in_service;
        // Each came when it joined and went when its service ended.
        all.balance.instants += sums.waits + sums.in_service;
        all.balance.times += sums.waits + sums.in_service;
    }

    /// Who waited for how long, and at which dates.
    fn wait(&mut self, station: usize, visits: &Visits, stretch: Stretch) {
        /// Of so few classes the sums are taken one after the other, without a look at which class comes next.
        const FEW: usize = 3;
        let window = self.network.window;
        let classes = self.network.persons.len();
        let areas = &mut self.areas[station * classes..][..classes];
        let waits = || {
            let times = visits.at().iter().zip(visits.joined());
            times.map(move |(&at, &joined)| (at - joined.max(window)).seconds())
        };
        if classes <= FEW {
            for (class, area) in areas.iter_mut().enumerate() {
                for ((other, wait), persons) in visits.classes().zip(waits()).zip(visits.persons()) {
                    let wait = if usize::from(other) == class { wait } else { 0 };
                    area.add(wait, persons);
                }
            }
        } else {
            for ((class, wait), persons) in visits.classes().zip(waits()).zip(visits.persons()) {
                areas[usize::from(class)].add(wait, persons);
            }
        }
        if !stretch.begins {
            for ((&joined, &at), persons) in visits.joined().iter().zip(visits.at()).zip(visits.persons()) {
                let date = self.dates.next(at);
                self.waited_over_dates(station, joined, date, persons);
            }
        }
    }

    fn complete(&mut self, station: usize, visits: &Visits, stretch: Stretch) {
        if stretch.ends {
            return self.completed.add(station, stretch.date, visits.len() as i32);
        }
        for &until in visits.until() {
            self.completed.add(station, self.dates.next(until), 1);
        }
    }

    /// Those of a block who are new.
    fn come(&mut self, visits: &Visits, stretch: Stretch) {
        let (mut cases, mut initial, mut persons) = (0, 0, 0);
        for ((new, first), own) in visits.are_new().zip(visits.are_initial()).zip(visits.persons()) {
            cases += i32::from(new);
            initial += i32::from(new & first);
            persons += i32::from(new) * i32::from(own);
        }
        if stretch.begins && initial == 0 && self.rules.is_idle() {
            self.events += cases as u64;
            self.in_system += i64::from(cases);
            self.pending_changes.add(0, stretch.date, cases, persons);
        } else if cases > 0 {
            for visit in visits.iter().filter(|visit| visit.who.is_new()) {
                self.entered(&visit.who);
            }
        }
    }

    /// Those of a block who leave the network.
    fn leave(&mut self, visits: &Visits, stretch: Stretch) {
        let exit = match visits.leave() {
            Leave::None => return,
            Leave::All(exit) if self.rules.is_idle() => exit,
            _ => return self.leave_one_by_one(visits),
        };
        let (mut persons, mut in_system) = (0, 0);
        for ((own, entered), &until) in visits.persons().zip(visits.entered()).zip(visits.until()) {
            persons += i32::from(own);
            in_system += (until - entered).seconds();
        }
        let cases = visits.len() as i32;
        self.in_system -= i64::from(cases);
        let sums = &mut self.exits[usize::from(exit)];
        sums.cases += cases as u64;
        sums.persons += persons as u64;
        sums.in_system += in_system;
        if stretch.ends {
            return self.count_out(exit, stretch.date, cases, persons);
        }
        for (&until, persons) in visits.until().iter().zip(visits.persons()) {
            let date = self.dates.next(until);
            self.count_out(exit, date, 1, i32::from(persons));
        }
    }

    fn leave_one_by_one(&mut self, visits: &Visits) {
        for visit in visits.iter() {
            if let Some(exit) = visit.exit {
                let date = self.dates.next(visit.until);
                self.left(&visit.who, exit, date, visit.until);
            }
        }
    }

    /// Cases and persons are out by an exit at a date.
    #[inline]
    fn count_out(&mut self, exit: ExitIndex, date: usize, cases: i32, persons: i32) {
        self.departed.add(usize::from(exit), date, cases, persons);
        self.pending_changes.add(0, date, -cases, -persons);
    }

    /// A case that came before the last date was in line at the dates up to the one before `date`.
    #[inline]
    fn waited_over_dates(&mut self, station: usize, joined: SimTime, date: usize, persons: u16) {
        let from = self.joined_dates.next(joined);
        if from != date {
            self.waiting.add(station, from, 1, i32::from(persons));
            self.waiting.add(station, date, -1, -i32::from(persons));
        }
    }

    /// A case left by an exit at `at`, up to the date `date`.
    #[inline]
    fn left(&mut self, who: &Traveller, exit: ExitIndex, date: usize, at: SimTime) {
        let persons = i32::from(who.persons());
        self.count_out(exit, date, 1, persons);
        self.in_system -= 1;
        if at >= self.network.window {
            self.exits[usize::from(exit)].count(who.entered(), who.persons(), at);
        }
        if !self.rules.is_idle() {
            self.rules.left(&who.case(0, at, State::Gone), exit, at);
        }
    }

    /// Withdrawals from the line of one station.
    pub(super) fn withdrawals(&mut self, at: StationIndex, withdrawals: &[Withdrawal]) {
        let station = usize::from(at);
        if !self.is_plain(station) {
            return OneByOne(self).observe_withdrawals(at, withdrawals);
        }
        let window = self.network.window;
        let classes = self.network.persons.len();
        let (mut came, mut withdrawn, mut times) = (0, 0, 0);
        for &Withdrawal { who, joined, at, exit } in withdrawals {
            if who.is_new() {
                self.entered(&who);
            }
            came += u64::from(joined >= window);
            withdrawn += u64::from(at >= window);
            times += (at - joined).seconds();
            let area = (at - joined.max(window)).seconds().max(0);
            self.areas[station * classes + usize::from(who.class())].add(area, who.persons());
            let date = self.dates.next(at);
            if joined <= self.dates.before(date) {
                self.waited_over_dates(station, joined, date, who.persons());
            }
            self.left(&who, exit, date, at);
        }
        self.events += withdrawals.len() as u64;
        let all = &mut self.stations[station];
        all.joined += came;
        all.withdrawn += withdrawn;
        all.balance.instants += times;
        all.balance.times += times;
    }

    fn is_plain(&self, station: usize) -> bool {
        !self.follows && self.sites[station].beyond.is_none()
    }
}

/// Told what a block says, one by one.
struct OneByOne<'p, 'n>(&'p mut Probe<'n>);

impl Observer for OneByOne<'_, '_> {
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        self.0.tell(occurrence);
    }
}
