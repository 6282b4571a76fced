//! Cases that go through stations which are worked through one by one, and what befell them, told many at a time.

#![expect(
    clippy::inline_always,
    reason = "called at one place for every case: a sixth of the time of a short queue"
)]

use super::case_table::{Case, Slot, State};
use crate::network::{ClassIndex, ExitIndex, StationIndex};
use crate::units::SimTime;

/// The most classes that a traveller can be of.
pub(super) const MOST_CLASSES: usize = 1 << CLASS_BITS;

const CLASS_BITS: u32 = 8;
const VISIT: u32 = CLASS_BITS;
const INITIAL: u32 = VISIT + 16;
const NEW: u32 = INITIAL + 1;
const ENTERED: u32 = NEW + 1;
/// The last instant at which a traveller can come: after more than eight thousand years.
pub(super) const LAST_ENTRY: SimTime = SimTime::from_seconds((1 << (64 - ENTERED)) - 1);
const STREAM: u32 = 16;
const TAG: u32 = 32;

/// A case between stations: three words, since it is copied at every step.
#[derive(Debug, Clone, Copy)]
pub struct Traveller {
    pub(super) entity: u64,
    /// When it came, whether it has yet to be told, whether it was there at the start, how often it has been here before, its class.
    what: u64,
    /// The number under which observers know it, its stream, its persons.
    who: u64,
}

impl Traveller {
    /// What is known of a case that has come under the number `tag`, before its class and persons are.
    #[inline]
    pub(super) fn new(entered: SimTime, stream: u16, entity: u64, tag: Slot) -> Self {
        Self { entity, what: new_at(entered), who: known_as(tag, stream) }
    }

    /// The same of a case of which all is known.
    pub(super) fn from(case: &Case, tag: Slot) -> Self {
        let mut traveller = Self::new(case.entered(), case.stream, case.entity(), tag);
        traveller.what |= u64::from(case.initial) << INITIAL;
        traveller.describe(case.class, case.persons);
        traveller
    }

    /// Fill in class and persons.
    #[inline]
    pub(super) fn describe(&mut self, class: ClassIndex, persons: u16) {
        self.what |= u64::from(class);
        self.who |= u64::from(persons);
    }

    /// First arrival from outside; the start, for an initial case.
    #[inline]
    pub fn entered(&self) -> SimTime {
        entered(self.what)
    }

    /// Whether this is its first station, so that nobody knows of it before that is told.
    #[inline]
    pub fn is_new(&self) -> bool {
        is_new(self.what)
    }

    /// Whether it was there at the start.
    #[inline]
    pub fn is_initial(&self) -> bool {
        is_initial(self.what)
    }

    /// Its class.
    #[inline]
    pub fn class(&self) -> ClassIndex {
        class(self.what)
    }

    /// Persons in it.
    #[inline]
    pub fn persons(&self) -> u16 {
        self.who as u16
    }

    #[inline]
    pub(super) fn stream(&self) -> u16 {
        (self.who >> STREAM) as u16
    }

    /// The number under which observers know it.
    #[inline]
    pub fn slot(&self) -> Slot {
        slot(self.who)
    }

    /// How often it has been at this station before.
    #[inline]
    pub(super) fn visit(&self) -> u16 {
        (self.what >> VISIT) as u16
    }

    /// The same on its way to another station, or to a further visit.
    #[inline]
    pub(super) fn on_visit(self, visit: u16) -> Self {
        Self { what: self.what & !(0xffff << VISIT | 1 << NEW) | u64::from(visit) << VISIT, ..self }
    }

    /// Its record at the station `station`, to which it came at `joined`.
    pub fn case(&self, station: StationIndex, joined: SimTime, state: State) -> Case {
        let mut case = Case::new(self.entered(), self.stream(), self.entity);
        case.join(station, joined);
        case.class = self.class();
        case.persons = self.persons();
        case.tag = self.slot();
        case.visit = self.visit();
        case.initial = self.is_initial();
        case.state = state;
        case
    }
}

#[inline]
fn entered(what: u64) -> SimTime {
    SimTime::from_seconds((what >> ENTERED) as i64)
}

#[inline]
fn is_new(what: u64) -> bool {
    what >> NEW & 1 == 1
}

#[inline]
fn is_initial(what: u64) -> bool {
    what >> INITIAL & 1 == 1
}

#[inline]
fn class(what: u64) -> ClassIndex {
    (what & ((1 << CLASS_BITS) - 1)) as ClassIndex
}

#[inline]
fn slot(who: u64) -> Slot {
    (who >> TAG) as Slot
}

/// A case came to a station at `joined`, was served, and is done there.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    /// Who.
    pub who: Traveller,
    /// When it came to the station.
    pub joined: SimTime,
    /// When its service, or the delay that the station is, began.
    pub at: SimTime,
    /// When that ended, before the horizon.
    pub until: SimTime,
    /// By which exit it left the network at that instant, if it did.
    pub exit: Option<ExitIndex>,
}

/// Cases between stations, many at a time: a list of each of their words.
#[derive(Debug, Default)]
pub(super) struct Travellers {
    entities: Vec<u64>,
    what: Vec<u64>,
    who: Vec<u64>,
}

impl Travellers {
    pub(super) fn clear(&mut self) {
        self.entities.clear();
        self.what.clear();
        self.who.clear();
    }

    #[inline]
    pub(super) fn push(&mut self, one: &Traveller) {
        self.entities.push(one.entity);
        self.what.push(one.what);
        self.who.push(one.who);
    }

    #[inline]
    pub(super) fn extend<'t>(&mut self, more: impl Iterator<Item = &'t Traveller> + Clone) {
        self.entities.extend(more.clone().map(|one| one.entity));
        self.what.extend(more.clone().map(|one| one.what));
        self.who.extend(more.map(|one| one.who));
    }

    /// Those who have come by a stream, when and as which entity, under the numbers that `tag` gives; nothing else
    /// is known of them.
    #[inline]
    pub(super) fn begin(
        &mut self,
        come: impl Iterator<Item = (SimTime, u64)> + Clone,
        stream: u16,
        mut tag: impl FnMut() -> Slot,
    ) {
        self.entities.extend(come.clone().map(|(_, entity)| entity));
        self.what.extend(come.clone().map(|(time, _)| new_at(time)));
        self.who.extend(come.map(|_| known_as(tag(), stream)));
    }

    pub(super) fn insert(&mut self, place: usize, one: &Traveller) {
        self.entities.insert(place, one.entity);
        self.what.insert(place, one.what);
        self.who.insert(place, one.who);
    }

    #[inline]
    pub(super) fn get(&self, place: usize) -> Traveller {
        Traveller { entity: self.entities[place], what: self.what[place], who: self.who[place] }
    }

    /// All of them, in order.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = Traveller> {
        let words = self.entities.iter().zip(&self.what).zip(&self.who);
        words.map(|((&entity, &what), &who)| Traveller { entity, what, who })
    }

    /// Fill in class and persons of the one at `place`.
    #[inline]
    pub(super) fn describe(&mut self, place: usize, class: ClassIndex, persons: u16) {
        self.what[place] |= u64::from(class);
        self.who[place] |= u64::from(persons);
    }

    /// Fill in one class and number of persons for all of them.
    #[inline]
    pub(super) fn describe_all(&mut self, class: ClassIndex, persons: u16) {
        for (what, who) in self.what.iter_mut().zip(&mut self.who) {
            *what |= u64::from(class);
            *who |= u64::from(persons);
        }
    }
}

#[inline]
fn new_at(entered: SimTime) -> u64 {
    (entered.seconds() as u64) << ENTERED | 1 << NEW
}

#[inline]
fn known_as(tag: Slot, stream: u16) -> u64 {
    u64::from(tag) << TAG | u64::from(stream) << STREAM
}

/// Visits told together.
pub(super) const BLOCK: usize = 64;
/// No exit; so many exits there may be.
pub(super) const STAYED: u16 = u16::MAX;

/// Visits to one station in the order in which service began: a list for each thing that is known of them, so that
/// sums over all of them can be taken several at a time.
#[derive(Debug)]
pub struct Visits {
    count: usize,
    entities: [u64; BLOCK],
    what: [u64; BLOCK],
    who: [u64; BLOCK],
    joined: [SimTime; BLOCK],
    at: [SimTime; BLOCK],
    until: [SimTime; BLOCK],
    exits: [u16; BLOCK],
}

impl Visits {
    /// None yet.
    pub(super) fn new() -> Self {
        let (words, times) = ([0; BLOCK], [SimTime::START; BLOCK]);
        Self {
            count: 0,
            entities: words,
            what: words,
            who: words,
            joined: times,
            at: times,
            until: times,
            exits: [STAYED; BLOCK],
        }
    }

    /// One more; whether there is room for another.
    #[inline(always)]
    pub(super) fn push(&mut self, visit: &Visit) -> bool {
        let place = self.count & (BLOCK - 1);
        self.entities[place] = visit.who.entity;
        self.what[place] = visit.who.what;
        self.who[place] = visit.who.who;
        self.joined[place] = visit.joined;
        self.at[place] = visit.at;
        self.until[place] = visit.until;
        self.exits[place] = visit.exit.unwrap_or(STAYED);
        self.count = place + 1;
        self.count < BLOCK
    }

    /// Room for more.
    #[inline]
    pub(super) fn room(&self) -> usize {
        BLOCK - self.len()
    }

    /// Where the next `count` will begin and end, to be filled in before they are [added](Self::add).
    #[inline]
    pub(super) fn next_times(&mut self, count: usize) -> (&mut [SimTime], &mut [SimTime]) {
        let from = self.len();
        (&mut self.at[from..from + count], &mut self.until[from..from + count])
    }

    /// So many more, whose times are filled in, and who stay: those from `first` on of `cases`, who came at `joined`.
    #[inline]
    pub(super) fn add(
        &mut self,
        cases: &Travellers,
        first: usize,
        joined: impl ExactSizeIterator<Item = SimTime>,
    ) {
        let (from, count) = (self.len(), joined.len());
        let (old, new) = (first..first + count, from..from + count);
        self.exits[new.clone()].fill(STAYED);
        self.entities[new.clone()].copy_from_slice(&cases.entities[old.clone()]);
        self.what[new.clone()].copy_from_slice(&cases.what[old.clone()]);
        self.who[new.clone()].copy_from_slice(&cases.who[old]);
        for (mine, joined) in self.joined[new].iter_mut().zip(joined) {
            *mine = joined;
        }
        self.count = from + count;
    }

    /// All from `first` on leave by an exit.
    #[inline]
    pub(super) fn leave_all(&mut self, first: usize, exit: ExitIndex) {
        let len = self.len();
        self.exits[first..len].fill(exit);
    }

    /// The one at `place` leaves by an exit.
    #[inline]
    pub(super) fn leave_by(&mut self, place: usize, exit: ExitIndex) {
        self.exits[place] = exit;
    }

    /// The one at `place`, when it came to the station, and when its service ended.
    #[inline]
    pub(super) fn done(&self, place: usize) -> (Traveller, SimTime, SimTime) {
        let who = Traveller { entity: self.entities[place], what: self.what[place], who: self.who[place] };
        (who, self.joined[place], self.until[place])
    }

    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.count.min(BLOCK)
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Each of them, as a whole.
    pub fn iter(&self) -> impl Iterator<Item = Visit> {
        (0..self.len()).map(|place| Visit {
            who: Traveller { entity: self.entities[place], what: self.what[place], who: self.who[place] },
            joined: self.joined[place],
            at: self.at[place],
            until: self.until[place],
            exit: (self.exits[place] != STAYED).then_some(self.exits[place]),
        })
    }

    /// When each came to the station.
    #[inline]
    pub fn joined(&self) -> &[SimTime] {
        &self.joined[..self.len()]
    }

    /// When the service of each began: in order.
    #[inline]
    pub fn at(&self) -> &[SimTime] {
        &self.at[..self.len()]
    }

    /// When the service of each ended.
    #[inline]
    pub fn until(&self) -> &[SimTime] {
        &self.until[..self.len()]
    }

    /// Who of them left the network.
    #[inline]
    pub fn leave(&self) -> Leave {
        let first = self.exits[0];
        let differ = self.exits().iter().map(|&exit| u32::from(exit != first)).sum::<u32>() > 0;
        match first {
            _ if differ => Leave::Some,
            STAYED => Leave::None,
            exit => Leave::All(exit),
        }
    }

    #[inline]
    fn exits(&self) -> &[u16] {
        &self.exits[..self.len()]
    }

    /// When each came from outside.
    #[inline]
    pub fn entered(&self) -> impl Iterator<Item = SimTime> {
        self.what[..self.len()].iter().map(|&what| entered(what))
    }

    /// Whether each is at its first station.
    #[inline]
    pub fn are_new(&self) -> impl Iterator<Item = bool> {
        self.what[..self.len()].iter().map(|&what| is_new(what))
    }

    /// Whether each was there at the start.
    #[inline]
    pub fn are_initial(&self) -> impl Iterator<Item = bool> {
        self.what[..self.len()].iter().map(|&what| is_initial(what))
    }

    /// The class of each.
    #[inline]
    pub fn classes(&self) -> impl Iterator<Item = ClassIndex> {
        self.what[..self.len()].iter().map(|&what| class(what))
    }

    /// The persons in each.
    #[inline]
    pub fn persons(&self) -> impl Iterator<Item = u16> {
        self.who[..self.len()].iter().map(|&who| who as u16)
    }

    /// The numbers of those who left.
    #[inline]
    pub(super) fn gone(&self) -> impl Iterator<Item = Slot> {
        let who = self.who.iter().zip(self.exits());
        who.filter(|(_, exit)| **exit != STAYED).map(|(&who, _)| slot(who))
    }
}

/// Who of a block left the network.
#[derive(Debug, Clone, Copy)]
pub enum Leave {
    /// Nobody.
    None,
    /// All of them by one exit.
    All(ExitIndex),
    /// Some, or by several exits.
    Some,
}

/// A case came to a station at `joined` and left the network without having been served.
#[derive(Debug, Clone, Copy)]
pub struct Withdrawal {
    /// Who.
    pub who: Traveller,
    /// When it came to the station.
    pub joined: SimTime,
    /// When its patience ended.
    pub at: SimTime,
    /// By which exit it left.
    pub exit: ExitIndex,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traveller_is_the_case_in_24_bytes() {
        assert_eq!(size_of::<Traveller>(), 24);
        let last = LAST_ENTRY;
        let mut case = Case::new(last, 65_535, u64::MAX - 5);
        (case.class, case.persons, case.initial) = (255, 65_535, true);
        let traveller = Traveller::from(&case, u32::MAX - 1).on_visit(65_535);
        let joined = SimTime::from_seconds(77);
        let again = traveller.case(7, joined, State::Waiting);
        assert_eq!((again.entered(), again.joined(), again.station), (last, joined, 7));
        assert_eq!((again.entity(), again.stream, again.visit), (u64::MAX - 5, 65_535, 65_535));
        assert_eq!((again.class, again.persons, again.initial), (255, 65_535, true));
        assert_eq!((traveller.slot(), again.tag), (u32::MAX - 1, u32::MAX - 1));
        assert_eq!(traveller.on_visit(0).visit(), 0);
        assert!(Traveller::from(&case, 0).is_new() && !traveller.is_new());
    }
}
