//! The standard observer: everything the figures of a replication are made of.
//!
//! All sums are of whole numbers and none depends on the order in which the occurrences of different
//! cases come. So withdrawals booked late and withdrawals by timers give the same bytes.

#![expect(
    clippy::inline_always,
    reason = "each kind of occurrence is told at one place of the engine, where the others fall away: a fifth of the time"
)]

use super::case_rules::CaseRules;
use super::clock_probe::ClockProbe;
use super::dates::{Changes, Dates, PairedChanges};
use super::still::StillWaiting;
use super::sums::{ExitSums, PlaceSums, StationSums, TransferSums, WaitingArea};
use super::visit_probe::VisitProbe;
use super::watch::{self, Flow, Watch};
use crate::engine::{Case, Observer, Occurrence, Slot, State, Visits, Withdrawal};
use crate::network::{ExitIndex, Happening, Network, PoolIndex, Station, StationIndex};
use crate::stats::Histogram;
use crate::units::SimTime;

/// What is asked of a station at every turn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    pub(super) served: bool,
    pub(super) beyond: Option<Beyond>,
}

/// How a case leaves the line or the servers of a station.
#[derive(Debug, Clone, Copy)]
enum Going {
    Served,
    Unserved,
    BackInLine,
}

/// What is kept of a station beyond the sums of every one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beyond {
    place: Option<u16>,
    watch: Option<watch::Row>,
}

impl Beyond {
    fn of(place: Option<u16>, watch: Option<watch::Row>) -> Option<Self> {
        (place.is_some() || watch.is_some()).then_some(Self { place, watch })
    }
}

/// Watches one replication.
#[derive(Debug)]
pub(super) struct Probe<'n> {
    pub(super) network: &'n Network,
    pub(super) events: u64,
    pub(super) stations: Vec<StationSums>,
    pub(super) waits: Vec<Histogram>,
    /// By station, then class.
    pub(super) areas: Vec<WaitingArea>,
    pub(super) exits: Vec<ExitSums>,
    pub(super) places: Vec<PlaceSums>,
    pub(super) transfers: Vec<TransferSums>,
    /// Measures that are decided case by case.
    pub(super) rules: CaseRules,
    /// Stations that outcomes ask about.
    pub(super) watch: Watch,
    /// For each station: whether somebody is served there, which place it is at, and whether it is watched.
    pub(super) sites: Vec<Site>,
    /// Servers beyond those there are, by pool [server-seconds in the window].
    pub(super) overhang: Vec<i64>,
    /// Busy time, by pool [server-seconds in the window].
    pub(super) busy: Vec<i64>,
    /// Who is left in the lines.
    pub(super) still: StillWaiting,
    pub(super) pending: u64,
    pub(super) pending_persons: u64,
    /// Cases come less gone, initial and returned ones among them.
    pub(super) in_system: i64,
    pub(super) clocks: ClockProbe<'n>,
    pub(super) visits: VisitProbe,
    /// Whether there is a clock, a count of visits or an attempt to look at for each case.
    pub(super) follows: bool,
    pub(super) dates: Dates,
    /// The same dates, for the instants at which cases joined: those lie elsewhere.
    pub(super) joined_dates: Dates,
    pub(super) waiting: PairedChanges,
    pub(super) completed: Changes,
    pub(super) place_persons: Changes,
    pub(super) departed: PairedChanges,
    pub(super) transferred: PairedChanges,
    /// One row.
    pub(super) pending_changes: PairedChanges,
}

fn sites(network: &Network, watch: &Watch) -> Vec<Site> {
    let site = |(index, station): (usize, &Station)| Site {
        served: !station.is_delay(),
        beyond: Beyond::of(station.place, watch.row(index as u16)),
    };
    network.stations.iter().enumerate().map(site).collect()
}

fn each<T: Default>(count: usize) -> Vec<T> {
    std::iter::repeat_with(T::default).take(count).collect()
}

impl<'n> Probe<'n> {
    /// A probe that has seen nothing yet.
    pub(super) fn new(network: &'n Network) -> Self {
        let dates = Dates::new(&network.dates, network.horizon);
        let changes = |rows: usize| Changes::new(rows, dates.len());
        let pairs = |rows: usize| PairedChanges::new(rows, dates.len());
        let stations = network.stations.len();
        let watch = Watch::new(network);
        let (clocks, visits) = (ClockProbe::new(network), VisitProbe::new(network));
        let begun = watch.begun;
        Self {
            network,
            events: 0,
            stations: each(stations),
            waits: std::iter::repeat_with(Histogram::new).take(stations).collect(),
            areas: vec![WaitingArea::default(); stations * network.persons.len()],
            exits: each(network.exits.len()),
            places: network.places.iter().map(PlaceSums::new).collect(),
            transfers: each(network.transfers.len()),
            rules: CaseRules::new(network),
            sites: sites(network, &watch),
            watch,
            overhang: vec![0; network.pools.len()],
            busy: vec![0; network.pools.len()],
            still: StillWaiting::new(network),
            pending: 0,
            pending_persons: 0,
            in_system: 0,
            follows: !clocks.is_idle()
                || !visits.is_idle()
                || begun
                || network.exits.iter().any(|exit| exit.returns.is_some()),
            clocks,
            visits,
            waiting: pairs(stations),
            completed: changes(stations),
            place_persons: changes(network.places.len()),
            departed: pairs(network.exits.len()),
            transferred: pairs(network.transfers.len()),
            pending_changes: pairs(1),
            joined_dates: dates.clone(),
            dates,
        }
    }

    /// The part of [from, until] that lies in the window \[s\].
    #[inline(always)]
    fn inside(&self, from: SimTime, until: SimTime) -> i64 {
        let until = until.min(self.network.horizon).max(self.network.window);
        (until - from.max(self.network.window)).seconds().max(0)
    }

    #[inline(always)]
    fn in_window(&self, at: SimTime) -> bool {
        at >= self.network.window
    }

    #[inline(always)]
    fn arrived(&mut self, case: &Case, at: SimTime) {
        self.in_system += 1;
        let date = self.dates.next(at);
        self.pending_changes.add(0, date, 1, i32::from(case.persons));
    }

    #[inline(always)]
    fn joined(&mut self, case: &Case, slot: Slot) {
        let index = usize::from(case.station);
        let counted = self.in_window(case.joined());
        let sums = &mut self.stations[index];
        sums.joined += u64::from(counted);
        sums.balance.come(case.joined());
        if let Some(beyond) = self.sites[index].beyond {
            self.came(case, beyond);
        }
        if !self.clocks.is_idle() {
            self.clocks.happened(slot, Happening::Joined(case.station), case.joined());
        }
    }

    fn came(&mut self, case: &Case, beyond: Beyond) {
        if let Some(place) = beyond.place {
            self.places[usize::from(place)].change(
                i64::from(case.persons),
                case.joined(),
                self.network.window,
            );
        }
        if let Some(row) = beyond.watch {
            let date = self.dates.next(case.joined());
            self.watch.count(Flow::Came, row, case, date, 1);
        }
    }

    /// A case was in line at its station from when it joined until `at`.
    #[inline(always)]
    fn waited(&mut self, case: &Case, at: SimTime) {
        if at == case.joined() {
            return;
        }
        let index = usize::from(case.station);
        let area = self.inside(case.joined(), at);
        let persons = i64::from(case.persons);
        self.areas[index * self.network.persons.len() + usize::from(case.class)].add(area, case.persons);
        let (from, until) = (self.dates.next(case.joined()), self.dates.next(at));
        if from != until {
            self.waiting.add(index, from, 1, persons as i32);
            self.waiting.add(index, until, -1, -(persons as i32));
        }
    }

    /// A case was at its station from when it joined until `at`.
    #[inline(always)]
    fn left_station(&mut self, case: &Case, at: SimTime, going: Going) {
        let index = usize::from(case.station);
        self.stations[index].balance.go(case.joined(), at);
        if let Some(beyond) = self.sites[index].beyond {
            self.went(case, at, beyond, going);
        }
    }

    fn went(&mut self, case: &Case, at: SimTime, beyond: Beyond, going: Going) {
        if let Some(place) = beyond.place {
            self.book_place(case, usize::from(place), at);
            self.places[usize::from(place)].change(-i64::from(case.persons), at, self.network.window);
        }
        if let Some(row) = beyond.watch {
            let date = self.dates.next(at);
            match going {
                Going::Served => {
                    self.watch.count(Flow::Left, row, case, date, 1);
                    self.watch.count(Flow::Served, row, case, date, 1);
                }
                Going::Unserved => self.watch.count(Flow::Left, row, case, date, 1),
                // It comes again at this instant, which is no coming.
                Going::BackInLine => self.watch.count(Flow::Came, row, case, date, -1),
            }
        }
    }

    fn book_place(&mut self, case: &Case, place: usize, at: SimTime) {
        let persons = i64::from(case.persons);
        self.places[place].area += self.inside(case.joined(), at) * persons;
        self.place_persons.add(place, self.dates.next(case.joined()), persons as i32);
        self.place_persons.add(place, self.dates.next(at), -(persons as i32));
    }

    #[inline(always)]
    fn started(&mut self, case: &Case, slot: Slot, pool: Option<u16>, at: SimTime, until: SimTime) {
        let index = usize::from(case.station);
        let served = self.sites[index].served;
        self.events += u64::from(served);
        let service = self.inside(at, until);
        let counted = self.in_window(at);
        let sums = &mut self.stations[index];
        sums.in_service += service;
        if let Some(pool) = pool {
            sums.busy += service;
            self.busy[usize::from(pool)] += service;
        }
        if counted {
            let wait = (at - case.joined()).seconds();
            sums.started += 1;
            sums.at_once += u64::from(wait == 0);
            sums.waits += wait;
            if served {
                self.waits[index].record(wait);
            }
        }
        self.waited(case, at);
        if self.follows {
            self.follow_start(case, slot, at);
        }
    }

    #[inline(always)]
    fn completed(&mut self, case: &Case, slot: Slot, at: SimTime) {
        let index = usize::from(case.station);
        self.events += 1;
        let counted = self.in_window(at);
        self.stations[index].completed += u64::from(counted);
        self.completed.add(index, self.dates.next(at), 1);
        self.left_station(case, at, Going::Served);
        if !self.clocks.is_idle() {
            self.clocks.happened(slot, Happening::Completed(case.station), at);
        }
    }

    fn withdrew(&mut self, case: &Case, at: SimTime) {
        self.events += 1;
        let counted = self.in_window(at);
        self.stations[usize::from(case.station)].withdrawn += u64::from(counted);
        self.waited(case, at);
        self.left_station(case, at, Going::Unserved);
    }

    fn no_show(&mut self, case: &Case, slot: Slot, at: SimTime) {
        let counted = self.in_window(at);
        if !self.visits.is_idle() {
            self.visits.visited(case, slot, counted);
        }
        self.stations[usize::from(case.station)].no_shows += u64::from(counted);
        self.waited(case, at);
        self.left_station(case, at, Going::Unserved);
    }

    fn cancelled(&mut self, case: &Case, at: SimTime) {
        let counted = self.in_window(at);
        self.stations[usize::from(case.station)].cancelled += u64::from(counted);
        self.waited(case, at);
        self.left_station(case, at, Going::BackInLine);
    }

    fn transferred(&mut self, case: &Case, transfer: u16, at: SimTime) {
        let index = usize::from(transfer);
        self.transferred.add(index, self.dates.next(at), 1, i32::from(case.persons));
        if self.in_window(at) {
            self.stations[usize::from(case.station)].transferred += 1;
            self.transfers[index].cases += 1;
            self.transfers[index].persons += u64::from(case.persons);
        }
        self.waited(case, at);
        self.left_station(case, at, Going::Unserved);
    }

    #[inline(always)]
    fn departed(&mut self, case: &Case, slot: Slot, exit: ExitIndex, at: SimTime) {
        let index = usize::from(exit);
        let persons = i32::from(case.persons);
        let date = self.dates.next(at);
        self.departed.add(index, date, 1, persons);
        self.pending_changes.add(0, date, -1, -persons);
        self.in_system -= 1;
        if self.in_window(at) {
            self.exits[index].count(case.entered(), case.persons, at);
        }
        self.rules.left(case, exit, at);
        if self.follows {
            self.follow_out(case, slot, exit, at);
        }
    }

    /// Beyond sums: clocks, visits and who begins, of a case that starts.
    fn follow_start(&mut self, case: &Case, slot: Slot, at: SimTime) {
        if let Some(Beyond { watch: Some(row), .. }) = self.sites[usize::from(case.station)].beyond
            && self.watch.begun
        {
            let date = self.dates.next(at);
            self.watch.count(Flow::Begun, row, case, date, 1);
        }
        if !self.clocks.is_idle() {
            self.clocks.happened(slot, Happening::Started(case.station), at);
        }
        if !self.visits.is_idle() {
            let counted = self.in_window(at);
            self.visits.visited(case, slot, counted);
        }
    }

    /// Beyond sums: attempts, clocks and visits of a case that leaves.
    fn follow_out(&mut self, case: &Case, slot: Slot, exit: ExitIndex, at: SimTime) {
        if self.in_window(at) {
            self.exits[usize::from(exit)].attempts += u64::from(case.attempt) + 1;
        }
        if !self.clocks.is_idle() {
            self.clocks.happened(slot, Happening::Departed(exit), at);
            self.clocks.gone(slot);
        }
        if !self.visits.is_idle() {
            let counted = self.in_window(at);
            self.visits.gone(slot, counted);
        }
    }

    fn present(&mut self, case: &Case, slot: Slot) {
        let horizon = self.network.horizon;
        self.pending += 1;
        self.pending_persons += u64::from(case.persons);
        let sums = &mut self.stations[usize::from(case.station)];
        match case.state {
            State::Waiting => {
                sums.present_at_end += 1;
                sums.waiting_at_end += 1;
                sums.waiting_persons_at_end += u64::from(case.persons);
                sums.balance.times += (horizon - case.joined()).seconds();
                self.still.count(case);
                self.still_waiting(case);
                self.book_present_place(case);
            }
            State::InService => {
                sums.present_at_end += 1;
                sums.balance.times += (horizon - case.joined()).seconds();
                self.book_present_place(case);
            }
            State::Gone | State::OnTheWay | State::Away => {}
        }
        if !self.clocks.is_idle() {
            self.clocks.gone(slot);
        }
    }

    /// One that waits at the horizon waits at the date of the horizon, too.
    fn still_waiting(&mut self, case: &Case) {
        let index = usize::from(case.station);
        let area = self.inside(case.joined(), self.network.horizon);
        let persons = i64::from(case.persons);
        self.areas[index * self.network.persons.len() + usize::from(case.class)].add(area, case.persons);
        let from = self.dates.next(case.joined());
        self.waiting.add(index, from, 1, persons as i32);
    }

    fn book_present_place(&mut self, case: &Case) {
        let Some(Beyond { place: Some(place), .. }) = self.sites[usize::from(case.station)].beyond else {
            return;
        };
        let place = usize::from(place);
        let persons = i64::from(case.persons);
        self.places[place].at_end += u64::from(case.persons);
        self.places[place].area += self.inside(case.joined(), self.network.horizon) * persons;
        self.place_persons.add(place, self.dates.next(case.joined()), persons as i32);
    }

    /// The run is over: the last numbers of persons at places count.
    pub(super) fn close(&mut self) {
        for place in &mut self.places {
            place.close(self.network.horizon, self.network.window);
        }
    }
}

impl Observer for Probe<'_> {
    #[inline(always)]
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        self.tell(occurrence);
    }

    fn observe_visits(&mut self, station: StationIndex, pool: Option<PoolIndex>, visits: &Visits) {
        self.visits(station, pool, visits);
    }

    fn observe_withdrawals(&mut self, station: StationIndex, withdrawals: &[Withdrawal]) {
        self.withdrawals(station, withdrawals);
    }
}

impl Probe<'_> {
    /// Take note of an occurrence.
    #[inline(always)]
    pub(super) fn tell(&mut self, occurrence: Occurrence<'_>) {
        match occurrence {
            Occurrence::Arrived { case } => {
                self.arrived(case, case.entered());
                self.events += u64::from(!case.initial);
                self.rules.came(case, case.entered(), !case.initial);
            }
            Occurrence::Returned { case, at } => {
                self.events += 1;
                self.arrived(case, at);
                self.rules.came(case, at, false);
            }
            Occurrence::Joined { case, slot } => self.joined(case, slot),
            Occurrence::Started { case, slot, pool, at, until } => self.started(case, slot, pool, at, until),
            Occurrence::Completed { case, slot, pool: _, at } => self.completed(case, slot, at),
            Occurrence::NoShow { case, slot, at } => self.no_show(case, slot, at),
            Occurrence::Cancelled { case, at } => self.cancelled(case, at),
            Occurrence::Transferred { case, transfer, at } => self.transferred(case, transfer, at),
            Occurrence::Withdrew { case, at } => self.withdrew(case, at),
            Occurrence::DelayEnded { at: _ } => self.events += 1,
            Occurrence::Departed { case, slot, exit, at } => self.departed(case, slot, exit, at),
            Occurrence::Overhang { pool, servers, from, until } => {
                self.overhang[usize::from(pool)] += servers * self.inside(from, until);
            }
            Occurrence::Present { case, slot } => self.present(case, slot),
        }
    }
}
