//! Words drawn one after the other from one address.

use super::{Address, Streams};
use rand::TryRng;
use std::convert::Infallible;

/// The words of the blocks numbered 0, 1, 2 … of one purpose, in turn.
#[derive(Debug, Clone)]
pub struct Sequence {
    streams: Streams,
    address: Address,
    words: [u64; 4],
    next: usize,
}

impl Sequence {
    /// The words that `stream` draws for `purpose`.
    pub fn new(streams: Streams, stream: u64, purpose: u64) -> Self {
        Self::numbered(streams, stream, purpose, 0)
    }

    /// The same, of the `ordinal`-th of several such sequences.
    pub fn numbered(streams: Streams, stream: u64, purpose: u64, ordinal: u64) -> Self {
        Self { streams, address: Address { entity: 0, stream, purpose, ordinal }, words: [0; 4], next: 4 }
    }

    /// The next word.
    #[inline]
    pub fn next_word(&mut self) -> u64 {
        if self.next == 4 {
            self.words = self.streams.block(self.address);
            self.address.entity += 1;
            self.next = 0;
        }
        let word = self.words[self.next];
        self.next += 1;
        word
    }
}

impl TryRng for Sequence {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_word() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.next_word().to_le_bytes()[..part.len()]);
        }
        Ok(())
    }
}
