//! The cases in system: one arena of small records with reused slots.

use crate::network::{ClassIndex, StationIndex};
use crate::units::SimTime;

/// Number of a record in the arena; reused after the case is gone.
pub type Slot = u32;

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The record is free.
    Gone,
    /// In a waiting line.
    Waiting,
    /// In service, or in the delay that a station without pools is.
    InService,
    /// On the way from one station to the next.
    OnTheWay,
    /// Out by an exit, to come back.
    Away,
}

/// A case.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// First arrival from outside; the start, for an initial case.
    pub entered: SimTime,
    /// When it came to the station where it is, or was last.
    pub joined: SimTime,
    /// Its number within its stream: part of the address of its draws.
    pub entity: u64,
    /// Its place in the waiting line; 0 when it does not wait.
    pub(super) ticket: u32,
    /// The stream it came by: arrival streams first, then initial groups.
    pub(super) stream: u16,
    /// Its class.
    pub class: ClassIndex,
    /// Persons in it.
    pub persons: u16,
    /// The station where it is, or was last.
    pub station: StationIndex,
    /// How often it has been at this station before, in this attempt.
    pub(super) visit: u16,
    /// How often it has come back after an exit.
    pub attempt: u8,
    /// Where it stands.
    pub state: State,
    /// Whether it was there at the start.
    pub initial: bool,
}

/// All cases in system.
#[derive(Debug, Default)]
pub(super) struct CaseTable {
    records: Vec<Case>,
    free: Vec<Slot>,
    /// Visits made by each case to each station that can be visited more than once.
    visits: Vec<u16>,
    counted: usize,
}

impl CaseTable {
    /// An empty table, with room for the visits to `counted` stations of each case.
    pub(super) fn new(counted: usize) -> Self {
        Self { counted, ..Self::default() }
    }

    #[inline]
    pub(super) fn insert(&mut self, case: Case) -> Slot {
        if let Some(slot) = self.free.pop() {
            self.records[slot as usize] = case;
            if self.counted > 0 {
                self.forget_visits(slot);
            }
            return slot;
        }
        let slot = Slot::try_from(self.records.len()).expect("fewer than 2³² cases in system");
        self.records.push(case);
        if self.counted > 0 {
            self.visits.resize(self.visits.len() + self.counted, 0);
        }
        slot
    }

    #[inline]
    pub(super) fn remove(&mut self, slot: Slot) {
        let case = &mut self.records[slot as usize];
        case.state = State::Gone;
        case.ticket = 0;
        self.free.push(slot);
    }

    /// Count a visit to the `counted`-th station of several visits; how many there were before.
    #[inline]
    pub(super) fn visit(&mut self, slot: Slot, counted: usize) -> u16 {
        let visits = &mut self.visits[slot as usize * self.counted + counted];
        let before = *visits;
        *visits = before.wrapping_add(1);
        before
    }

    /// Start counting visits anew, as after a return.
    #[inline]
    pub(super) fn forget_visits(&mut self, slot: Slot) {
        let from = slot as usize * self.counted;
        self.visits[from..from + self.counted].fill(0);
    }

    #[inline]
    pub(super) fn get(&self, slot: Slot) -> &Case {
        &self.records[slot as usize]
    }

    #[inline]
    pub(super) fn get_mut(&mut self, slot: Slot) -> &mut Case {
        &mut self.records[slot as usize]
    }

    /// All cases that are not gone.
    pub(super) fn present(&self) -> impl Iterator<Item = (Slot, &Case)> {
        (0..).zip(&self.records).filter(|(_, case)| case.state != State::Gone)
    }
}
