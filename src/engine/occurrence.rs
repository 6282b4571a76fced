//! What has happened, as told to observers.

use super::case_table::{Case, Slot, State};
use super::responding::Answers;
use super::visit::{Visit, Visits, Withdrawal};
use crate::network::{ExitIndex, PoolIndex, StationIndex};
use crate::units::SimTime;

/// A change of state.
///
/// Occurrences of one case come in order of time. Those of different cases do, too, but for
/// [`Withdrew`](Self::Withdrew) and the [`Departed`](Self::Departed) that follows it at a station whose
/// withdrawals are booked when somebody is called: statistics must not depend on the order in which
/// the occurrences of different cases come.
#[derive(Debug, Clone, Copy)]
pub enum Occurrence<'a> {
    /// A case came from outside, or was there at the start (`case.initial`), at `case.entered`.
    Arrived {
        /// Its record.
        case: &'a Case,
    },
    /// A case that had left by an exit came back.
    Returned {
        /// Its record.
        case: &'a Case,
        /// When.
        at: SimTime,
    },
    /// A case came to the station `case.station`, at `case.joined`.
    Joined {
        /// Its record.
        case: &'a Case,
        /// Its number in the arena.
        slot: Slot,
    },
    /// Its service, or the delay that the station is, began.
    Started {
        /// Its record.
        case: &'a Case,
        /// Its number in the arena.
        slot: Slot,
        /// Who serves it.
        pool: Option<PoolIndex>,
        /// When.
        at: SimTime,
        /// When it will end.
        until: SimTime,
    },
    /// Its service, or the delay that the station is, ended.
    Completed {
        /// Its record.
        case: &'a Case,
        /// Its number in the arena.
        slot: Slot,
        /// Who served it.
        pool: Option<PoolIndex>,
        /// When.
        at: SimTime,
    },
    /// It was called to a slot and did not come; it left the line.
    NoShow {
        /// Its record.
        case: &'a Case,
        /// Its number in the arena.
        slot: Slot,
        /// When.
        at: SimTime,
    },
    /// The slot it would have been called to was lost; it left the line, to join it again at its end.
    Cancelled {
        /// Its record.
        case: &'a Case,
        /// When.
        at: SimTime,
    },
    /// It was moved out of the line at `case.station` by a transfer.
    Transferred {
        /// Its record.
        case: &'a Case,
        /// Which transfer.
        transfer: u16,
        /// When.
        at: SimTime,
    },
    /// It ran out of patience while waiting at `case.station`.
    Withdrew {
        /// Its record.
        case: &'a Case,
        /// When.
        at: SimTime,
    },
    /// A delay on the way to a station or an exit ended.
    DelayEnded {
        /// When.
        at: SimTime,
    },
    /// It left by an exit.
    Departed {
        /// Its record.
        case: &'a Case,
        /// Its number in the arena.
        slot: Slot,
        /// Which exit.
        exit: ExitIndex,
        /// When.
        at: SimTime,
    },
    /// More servers were busy than there are, as after a cut, for a stretch of time.
    Overhang {
        /// Where.
        pool: PoolIndex,
        /// How many more.
        servers: i64,
        /// From.
        from: SimTime,
        /// To.
        until: SimTime,
    },
    /// At the horizon, for each case that has not gone.
    Present {
        /// Its record; `state` says where it stands.
        case: &'a Case,
        /// Its number in the arena.
        slot: Slot,
    },
}

/// Somebody who is told what happens.
///
/// What is told many at a time is what [`observe`](Self::observe) would be told one by one: whoever does not care
/// leaves those methods as they are, and whoever overrides them must come to the same.
pub trait Observer {
    /// Take note of an occurrence.
    fn observe(&mut self, occurrence: Occurrence<'_>);

    /// Visits to `station`, all served by `pool`, in the order in which service began; before a visit that is
    /// the first of its case, that the case arrived.
    #[inline]
    fn observe_visits(&mut self, station: StationIndex, pool: Option<PoolIndex>, visits: &Visits) {
        for Visit { who, joined, at, until, exit } in visits.iter() {
            let (slot, case) = (who.slot(), &who.case(station, joined, State::InService));
            if who.is_new() {
                self.observe(Occurrence::Arrived { case });
            }
            self.observe(Occurrence::Joined { case, slot });
            self.observe(Occurrence::Started { case, slot, pool, at, until });
            self.observe(Occurrence::Completed { case, slot, pool, at: until });
            if let Some(exit) = exit {
                self.observe(Occurrence::Departed { case, slot, exit, at: until });
            }
        }
    }

    /// Withdrawals from the line of `station`, likewise.
    #[inline]
    fn observe_withdrawals(&mut self, station: StationIndex, withdrawals: &[Withdrawal]) {
        for &Withdrawal { who, joined, at, exit } in withdrawals {
            let (slot, case) = (who.slot(), &who.case(station, joined, State::Waiting));
            if who.is_new() {
                self.observe(Occurrence::Arrived { case });
            }
            self.observe(Occurrence::Joined { case, slot });
            self.observe(Occurrence::Withdrew { case, at });
            self.observe(Occurrence::Departed { case, slot, exit, at });
        }
    }

    /// How the run answers to signals; nothing answers but for a [`Responding`](super::Responding) observer.
    #[inline]
    fn answers(&self) -> Option<&Answers> {
        None
    }

    /// The same, to take note of what happens.
    #[inline]
    fn answers_mut(&mut self) -> Option<&mut Answers> {
        None
    }
}

/// Nobody.
impl Observer for () {
    #[inline]
    fn observe(&mut self, _: Occurrence<'_>) {}
}

impl<O: Observer> Observer for &mut O {
    #[inline]
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        (**self).observe(occurrence);
    }

    #[inline]
    fn observe_visits(&mut self, station: StationIndex, pool: Option<PoolIndex>, visits: &Visits) {
        (**self).observe_visits(station, pool, visits);
    }

    #[inline]
    fn observe_withdrawals(&mut self, station: StationIndex, withdrawals: &[Withdrawal]) {
        (**self).observe_withdrawals(station, withdrawals);
    }

    #[inline]
    fn answers(&self) -> Option<&Answers> {
        (**self).answers()
    }

    #[inline]
    fn answers_mut(&mut self) -> Option<&mut Answers> {
        (**self).answers_mut()
    }
}

impl<A: Observer, B: Observer> Observer for (A, B) {
    #[inline]
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        self.0.observe(occurrence);
        self.1.observe(occurrence);
    }

    #[inline]
    fn observe_visits(&mut self, station: StationIndex, pool: Option<PoolIndex>, visits: &Visits) {
        self.0.observe_visits(station, pool, visits);
        self.1.observe_visits(station, pool, visits);
    }

    #[inline]
    fn observe_withdrawals(&mut self, station: StationIndex, withdrawals: &[Withdrawal]) {
        self.0.observe_withdrawals(station, withdrawals);
        self.1.observe_withdrawals(station, withdrawals);
    }
}
