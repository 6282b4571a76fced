//! What can be scheduled, and how it is packed into a word.

use super::case_table::Slot;
use crate::network::{PoolIndex, StationIndex, Target};

/// A scheduled change of state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// The next arrival of a stream.
    Arrival { stream: u16 },
    /// The end of a service, or of the delay that a station without pools is.
    ServiceEnd {
        station: StationIndex,
        pool: Option<PoolIndex>,
        slot: Slot,
        /// Whether the case then is on a way that takes time, whose end is scheduled already.
        sent: bool,
    },
    /// The end of a delay on the way.
    DelayEnd { target: Target, slot: Slot },
    /// An appointment.
    Slot { station: StationIndex },
    /// A case that had left comes back.
    Return { station: StationIndex, slot: Slot },
}

/// Bits of a packed event: slot 0–31, index 32–47, pool 48–59, kind 60–63.
const INDEX: u32 = 32;
const POOL: u32 = 48;
const KIND: u32 = 60;
/// The most pools a network may have: one number stands for none.
pub(crate) const MOST_POOLS: usize = (1 << (KIND - POOL)) - 1;
const NO_POOL: u64 = MOST_POOLS as u64;

impl Event {
    #[inline]
    pub(super) fn pack(self) -> u64 {
        let word =
            |kind: u64, index: u16, slot: Slot| kind << KIND | u64::from(index) << INDEX | u64::from(slot);
        match self {
            Self::Arrival { stream } => word(0, stream, 0),
            Self::ServiceEnd { station, pool, slot, sent } => {
                word(if sent { 6 } else { 1 }, station, slot) | pool.map_or(NO_POOL, u64::from) << POOL
            }
            Self::DelayEnd { target: Target::Station(station), slot } => word(2, station, slot),
            Self::DelayEnd { target: Target::Exit(exit), slot } => word(3, exit, slot),
            Self::Slot { station } => word(4, station, 0),
            Self::Return { station, slot } => word(5, station, slot),
        }
    }

    #[inline]
    pub(super) fn unpack(word: u64) -> Self {
        let slot = word as Slot;
        let index = (word >> INDEX) as u16;
        match word >> KIND {
            0 => Self::Arrival { stream: index },
            kind @ (1 | 6) => {
                let pool = word >> POOL & NO_POOL;
                Self::ServiceEnd {
                    station: index,
                    pool: (pool != NO_POOL).then_some(pool as PoolIndex),
                    slot,
                    sent: kind == 6,
                }
            }
            2 => Self::DelayEnd { target: Target::Station(index), slot },
            3 => Self::DelayEnd { target: Target::Exit(index), slot },
            4 => Self::Slot { station: index },
            _ => Self::Return { station: index, slot },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_survives_packing() {
        let events = [
            Event::Arrival { stream: 7 },
            Event::ServiceEnd { station: 65_535, pool: Some(4_094), slot: u32::MAX, sent: true },
            Event::ServiceEnd { station: 0, pool: None, slot: 5, sent: false },
            Event::DelayEnd { target: Target::Station(3), slot: 9 },
            Event::DelayEnd { target: Target::Exit(3), slot: 9 },
            Event::Slot { station: 12 },
            Event::Return { station: 2, slot: 1 },
        ];
        for event in events {
            assert_eq!(Event::unpack(event.pack()), event);
        }
    }
}
