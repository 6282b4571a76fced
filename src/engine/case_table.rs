//! The cases in system: one arena of small records with reused slots.

use super::tally::{Many, Tally};
use crate::network::{ClassIndex, StationIndex, Target};
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

/// The station of a case that has come to none yet.
pub(super) const NOWHERE: StationIndex = StationIndex::MAX;

/// A case: 36 bytes, since a docket holds millions of them.
///
/// Instants are kept in 40 bits, which last beyond the year 9999.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    entered: u32,
    joined: u32,
    entity: [u32; 2],
    /// In the arena: its ticket in the waiting line, 0 when it does not wait. Outside it: its number.
    pub(super) tag: u32,
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
    entered_high: u8,
    joined_high: u8,
    /// How often it has come back after an exit.
    pub attempt: u8,
    /// Where it stands.
    pub state: State,
    /// Whether it was there at the start.
    pub initial: bool,
}

impl Case {
    /// A case that comes from outside at `entered` and is not yet anywhere.
    #[inline]
    pub(super) fn new(entered: SimTime, stream: u16, entity: u64) -> Self {
        let (low, high) = split(entered);
        Self {
            entered: low,
            joined: low,
            entity: [entity as u32, (entity >> 32) as u32],
            tag: 0,
            stream,
            class: 0,
            persons: 1,
            station: NOWHERE,
            visit: 0,
            entered_high: high,
            joined_high: high,
            attempt: 0,
            state: State::OnTheWay,
            initial: false,
        }
    }

    /// First arrival from outside; the start, for an initial case.
    #[inline]
    pub fn entered(&self) -> SimTime {
        whole(self.entered, self.entered_high)
    }

    /// When it came to the station where it is, or was last.
    #[inline]
    pub fn joined(&self) -> SimTime {
        whole(self.joined, self.joined_high)
    }

    /// The stream it came by: arrival streams first, then the groups of the first day.
    #[inline]
    pub fn stream(&self) -> u16 {
        self.stream
    }

    /// Its number within its stream.
    #[inline]
    pub fn number(&self) -> u64 {
        self.entity()
    }

    #[inline]
    pub(super) fn join(&mut self, station: StationIndex, at: SimTime) {
        (self.joined, self.joined_high) = split(at);
        self.station = station;
    }

    /// Its number within its stream: part of the address of its draws.
    #[inline]
    pub(super) fn entity(&self) -> u64 {
        u64::from(self.entity[1]) << 32 | u64::from(self.entity[0])
    }
}

#[inline]
fn split(time: SimTime) -> (u32, u8) {
    (time.seconds() as u32, (time.seconds() >> 32) as u8)
}

#[inline]
fn whole(low: u32, high: u8) -> SimTime {
    SimTime::from_seconds(i64::from(high) << 32 | i64::from(low))
}

/// What is known, while a case is served, of where it goes when its service ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Onward {
    /// There.
    To(Target),
    /// Where a quota takes it, and if none does, the way of this number.
    UnlessTaken(u16),
}

/// A case with all that the engine keeps of it: one line of the cache, so that an event waits for one line from far
/// memory at most.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Record {
    case: Case,
    /// Where it goes when its service ends.
    onward: Onward,
    /// Its visits to the stations that it can come back to from others.
    visits: Tally,
}

/// All cases in system.
#[derive(Debug, Default)]
pub(super) struct CaseTable {
    records: Vec<Record>,
    free: Vec<Slot>,
    /// Visits beyond what the records hold.
    many: Many,
}

impl CaseTable {
    #[inline]
    pub(super) fn insert(&mut self, case: Case) -> Slot {
        let record = Record { case, onward: Onward::UnlessTaken(0), visits: Tally::default() };
        if let Some(slot) = self.free.pop() {
            self.records[slot as usize] = record;
            return slot;
        }
        let slot = Slot::try_from(self.records.len()).expect("fewer than 2³² cases in system");
        self.records.push(record);
        slot
    }

    #[inline]
    pub(super) fn remove(&mut self, slot: Slot) {
        self.forget_visits(slot);
        let case = self.get_mut(slot);
        case.state = State::Gone;
        case.tag = 0;
        self.free.push(slot);
    }

    /// The place of a case in its waiting line; 0 when it does not wait.
    #[inline]
    pub(super) fn ticket(&self, slot: Slot) -> u32 {
        self.get(slot).tag
    }

    #[inline]
    pub(super) fn set_ticket(&mut self, slot: Slot, ticket: u32) {
        self.get_mut(slot).tag = ticket;
    }

    /// Count a visit to the `counted`-th station of several visits; how many there were before.
    #[inline]
    pub(super) fn visit(&mut self, slot: Slot, counted: usize) -> u16 {
        match self.records[slot as usize].visits.add(counted) {
            Some(before) => u16::from(before),
            None => self.many.add(slot, counted),
        }
    }

    /// Start counting visits anew, as after a return.
    #[inline]
    pub(super) fn forget_visits(&mut self, slot: Slot) {
        self.records[slot as usize].visits = Tally::default();
        self.many.forget(slot);
    }

    /// Where a case goes when its service ends, as it was set when it began.
    #[inline]
    pub(super) fn onward(&self, slot: Slot) -> Onward {
        self.records[slot as usize].onward
    }

    #[inline]
    pub(super) fn set_onward(&mut self, slot: Slot, onward: Onward) {
        self.records[slot as usize].onward = onward;
    }

    /// Service begins: a case holds no place in line any more.
    #[inline]
    pub(super) fn begin(&mut self, slot: Slot) -> &Case {
        let case = self.get_mut(slot);
        case.tag = 0;
        case.state = State::InService;
        case
    }

    /// Fetch the records of cases that will be needed soon: all at once, so that their ways from far memory overlap.
    #[inline]
    pub(super) fn fetch(&self, slots: impl Iterator<Item = Slot>) {
        let records = slots.filter_map(|slot| self.records.get(slot as usize));
        std::hint::black_box(records.fold(0, |all: u32, record| all.wrapping_add(record.case.tag)));
    }

    #[inline]
    pub(super) fn get(&self, slot: Slot) -> &Case {
        &self.records[slot as usize].case
    }

    #[inline]
    pub(super) fn get_mut(&mut self, slot: Slot) -> &mut Case {
        &mut self.records[slot as usize].case
    }

    /// All cases that are not gone.
    pub(super) fn present(&self) -> impl Iterator<Item = (Slot, &Case)> {
        let cases = self.records.iter().map(|record| &record.case);
        (0..).zip(cases).filter(|(_, case)| case.state != State::Gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_takes_36_bytes_and_keeps_its_instants() {
        assert_eq!((size_of::<Case>(), size_of::<Record>()), (36, 64));
        // The last second of the year 9999, from the year 1 on: 315 537 897 599 s.
        let last = SimTime::from_seconds(315_537_897_599);
        let mut case = Case::new(last, 3, u64::MAX - 5);
        case.join(7, SimTime::from_seconds(4_294_967_296));
        assert_eq!((case.entered(), case.joined().seconds()), (last, 4_294_967_296));
        assert_eq!((case.entity(), case.station), (u64::MAX - 5, 7));
    }
}
