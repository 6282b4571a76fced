//! What the standard observer sums up of each thing.

use crate::network::Place;
use crate::units::SimTime;

/// Sums of one station.
#[derive(Debug, Default)]
pub(super) struct StationSums {
    /// In the window.
    pub(super) joined: u64,
    pub(super) at_once: u64,
    pub(super) started: u64,
    pub(super) completed: u64,
    pub(super) withdrawn: u64,
    pub(super) no_shows: u64,
    pub(super) cancelled: u64,
    pub(super) transferred: u64,
    /// Sum of the waits of those started in the window \[s\].
    pub(super) waits: i64,
    /// Case-seconds in service in the window, and of them with a server.
    pub(super) in_service: i64,
    pub(super) busy: i64,
    pub(super) waiting_at_end: u64,
    pub(super) waiting_persons_at_end: u64,
    pub(super) present_at_end: i64,
    /// Over the whole run.
    pub(super) balance: Balance,
}

/// Comings and goings over the whole run, for the identities.
#[derive(Debug, Default)]
pub(super) struct Balance {
    /// Came less went.
    pub(super) present: i64,
    /// Sum of the instants of going less that of coming \[s\].
    pub(super) instants: i64,
    /// Sum of the times between, case by case \[s\].
    pub(super) times: i64,
}

impl Balance {
    #[inline]
    pub(super) fn come(&mut self, at: SimTime) {
        self.present += 1;
        self.instants -= at.seconds();
    }

    #[inline]
    pub(super) fn go(&mut self, came: SimTime, at: SimTime) {
        self.present -= 1;
        self.instants += at.seconds();
        self.times += (at - came).seconds();
    }
}

/// Sums of one exit.
#[derive(Debug, Default)]
pub(super) struct ExitSums {
    pub(super) cases: u64,
    pub(super) persons: u64,
    pub(super) in_system: i64,
    /// In which attempt they left, the first being 1; kept where somebody comes back.
    pub(super) attempts: u64,
}

impl ExitSums {
    #[inline]
    pub(super) fn count(&mut self, entered: SimTime, persons: u16, at: SimTime) {
        self.cases += 1;
        self.persons += u64::from(persons);
        self.in_system += (at - entered).seconds();
    }
}

/// Sums of one transfer.
#[derive(Debug, Default)]
pub(super) struct TransferSums {
    pub(super) cases: u64,
    pub(super) persons: u64,
}

/// Sums of one place.
#[derive(Debug)]
pub(super) struct PlaceSums {
    /// For how many there is room \[persons\].
    capacity: i64,
    /// Person-seconds in the window, and of them those for whom there was no room.
    pub(super) area: i64,
    pub(super) beyond: i64,
    pub(super) at_end: u64,
    /// Most persons at once in the window.
    pub(super) peak: i64,
    /// Persons there now, and since when.
    now: i64,
    since: SimTime,
}

impl PlaceSums {
    /// A place where nobody is yet.
    pub(super) fn new(place: &Place) -> Self {
        Self {
            capacity: place.capacity.unwrap_or(i64::MAX),
            area: 0,
            beyond: 0,
            at_end: 0,
            peak: 0,
            now: 0,
            since: SimTime::START,
        }
    }

    /// Persons come (or go, if fewer than none) at an instant: what happens at one instant counts as a whole.
    pub(super) fn change(&mut self, persons: i64, at: SimTime, window: SimTime) {
        self.pass(at, window);
        self.now += persons;
    }

    /// Nothing changes up to an instant.
    fn pass(&mut self, at: SimTime, window: SimTime) {
        if at <= self.since {
            return;
        }
        if at > window {
            self.peak = self.peak.max(self.now);
            let length = (at - self.since.max(window)).seconds();
            self.beyond += (self.now - self.capacity).max(0) * length;
        }
        self.since = at;
    }

    /// The run is over.
    pub(super) fn close(&mut self, horizon: SimTime, window: SimTime) {
        self.pass(horizon, window);
        self.peak = self.peak.max(self.now);
    }
}

/// Case-seconds and person-seconds of waiting, of one class at one station.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct WaitingArea {
    pub(super) cases: i64,
    pub(super) persons: i64,
}

impl WaitingArea {
    /// A case of `persons` waited for `seconds`.
    #[inline]
    pub(super) fn add(&mut self, seconds: i64, persons: u16) {
        self.cases += seconds;
        self.persons += seconds * i64::from(persons);
    }
}
