//! The standard observer told many at a time: the same sums as one by one, with what is the same for all of
//! them looked up once.
//!
//! Only where no clock runs, no visits are counted and of the station nothing is kept beyond the sums of every one: a block then touches sums of one station, of
//! exits and of dates, and nothing else.

use super::probe::Probe;
use crate::engine::{Observer, Occurrence, State, Traveller, Visit, Withdrawal};
use crate::network::{ExitIndex, PoolIndex, StationIndex};
use crate::units::SimTime;

/// What the visits of a block add to sums of which there is one for a station.
#[derive(Debug, Default)]
struct Sums {
    count: u64,
    joined: u64,
    at_once: u64,
    waits: i64,
    in_service: i64,
}

impl Probe<'_> {
    /// A case came from outside, or was there at the start.
    #[inline]
    fn entered(&mut self, who: &Traveller) {
        let date = self.joined_dates.next(who.entered());
        self.in_system += 1;
        self.pending_changes.add(0, date, 1, i32::from(who.persons()));
        if !who.is_initial() {
            self.events += 1;
            if !self.cohort_rules.is_empty() {
                self.filed(&who.case(0, who.entered(), State::OnTheWay));
            }
        }
    }

    /// Visits to one station.
    pub(super) fn visits(&mut self, station: StationIndex, pool: Option<PoolIndex>, mut visits: &[Visit]) {
        if !self.is_plain(usize::from(station)) {
            return OneByOne(self).observe_visits(station, pool, visits);
        }
        while let Some(first) = visits.first() {
            let date = self.dates.next(first.at);
            let stretch = (self.dates.before(date), self.dates.at(date));
            let (these, rest) = visits.split_at(visits.partition_point(|visit| visit.at <= stretch.1));
            self.visits_between(station, pool, date, these);
            visits = rest;
        }
    }

    /// Visits whose services begin after the date before `date`, up to and with that date.
    fn visits_between(
        &mut self,
        station: StationIndex,
        pool: Option<PoolIndex>,
        date: usize,
        visits: &[Visit],
    ) {
        let sums = self.add_up(station, pool, date, visits);
        let station = usize::from(station);
        self.events += sums.count + if self.sites[station].served { sums.count } else { 0 };
        self.completed.add(station, date, sums.count as i32);
        if let Some(pool) = pool {
            self.busy[usize::from(pool)] += sums.in_service;
        }
        let all = &mut self.stations[station];
        all.joined += sums.joined;
        all.at_once += sums.at_once;
        all.started += sums.count;
        all.completed += sums.count;
        all.waits += sums.waits;
        all.in_service += sums.in_service;
        all.busy += if pool.is_some() { sums.in_service } else { 0 };
        // Each came when it joined and went when its service ended.
        all.balance.instants += sums.waits + sums.in_service;
        all.balance.times += sums.waits + sums.in_service;
    }

    /// The sums of those visits that are in the window and end by `date`; the others are told one by one.
    fn add_up(&mut self, at: StationIndex, pool: Option<PoolIndex>, date: usize, visits: &[Visit]) -> Sums {
        let (window, by) = (self.network.window, self.dates.at(date));
        let plain = |visit: &Visit| visit.at >= window && visit.until <= by;
        let mut sums = Sums::default();
        if visits.iter().all(plain) {
            self.add_up_plain(usize::from(at), date, visits, &mut sums);
            return sums;
        }
        for visit in visits.chunks(1) {
            if plain(&visit[0]) {
                self.add_up_plain(usize::from(at), date, visit, &mut sums);
            } else {
                OneByOne(self).observe_visits(at, pool, visit);
            }
        }
        sums
    }

    /// One short loop for each kind of sum: its parts stay in registers.
    fn add_up_plain(&mut self, station: usize, date: usize, visits: &[Visit], sums: &mut Sums) {
        let (window, since) = (self.network.window, self.dates.before(date));
        let (mut new, mut earlier, mut left) = (0, 0, 0);
        for &Visit { ref who, joined, at, until, exit } in visits {
            sums.joined += u64::from(joined >= window);
            sums.at_once += u64::from(joined == at);
            sums.waits += (at - joined).seconds();
            sums.in_service += (until - at).seconds();
            new += usize::from(who.is_new());
            earlier += usize::from(joined <= since);
            left += usize::from(exit.is_some());
        }
        sums.count += visits.len() as u64;
        if self.sites[station].served {
            self.waits[station].record_all(visits.iter().map(|visit| (visit.at - visit.joined).seconds()));
        }
        let classes = self.network.persons.len();
        let areas = &mut self.areas[station * classes..][..classes];
        for &Visit { ref who, joined, at, .. } in visits {
            areas[usize::from(who.class())].add((at - joined.max(window)).seconds(), who.persons());
        }
        if new > 0 {
            self.come_between(date, visits);
        }
        if earlier > 0 {
            for &Visit { ref who, joined, .. } in visits.iter().filter(|visit| visit.joined <= since) {
                self.waited_over_dates(station, joined, date, who.persons());
            }
        }
        if left > 0 {
            self.leave_between(date, visits);
        }
    }

    /// Those of a block who are new, most of them after the date before `date`.
    fn come_between(&mut self, date: usize, visits: &[Visit]) {
        let since = self.dates.before(date);
        if !self.cohort_rules.is_empty()
            || visits.iter().any(|one| one.joined <= since || one.who.is_initial())
        {
            for visit in visits.iter().filter(|visit| visit.who.is_new()) {
                self.entered(&visit.who);
            }
            return;
        }
        let (mut cases, mut persons) = (0, 0);
        for Visit { who, .. } in visits {
            cases += i32::from(who.is_new());
            persons += i32::from(who.is_new()) * i32::from(who.persons());
        }
        self.events += cases as u64;
        self.in_system += i64::from(cases);
        self.pending_changes.add(0, date, cases, persons);
    }

    /// Those of a block, in the window, who leave the network by `date`.
    fn leave_between(&mut self, date: usize, visits: &[Visit]) {
        let first = visits.first().and_then(|visit| visit.exit);
        let alike = self.cohort_rules.is_empty() && visits.iter().all(|visit| visit.exit == first);
        let (Some(exit), true) = (first, alike) else {
            for visit in visits {
                if let Some(exit) = visit.exit {
                    self.left(&visit.who, exit, date, visit.until);
                }
            }
            return;
        };
        let (mut persons, mut in_system) = (0, 0);
        for Visit { who, until, .. } in visits {
            persons += i32::from(who.persons());
            in_system += (*until - who.entered()).seconds();
        }
        let cases = visits.len() as i32;
        self.departed.add(usize::from(exit), date, cases, persons);
        self.pending_changes.add(0, date, -cases, -persons);
        self.in_system -= i64::from(cases);
        let sums = &mut self.exits[usize::from(exit)];
        sums.cases += cases as u64;
        sums.persons += persons as u64;
        sums.in_system += in_system;
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
        self.departed.add(usize::from(exit), date, 1, persons);
        self.pending_changes.add(0, date, -1, -persons);
        self.in_system -= 1;
        if at >= self.network.window {
            self.exits[usize::from(exit)].count(who.entered(), who.persons(), at);
        }
        if !self.cohort_rules.is_empty() {
            self.within(&who.case(0, at, State::Gone), exit, at);
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
