//! Words drawn one after the other from one address.

use super::{Address, Streams};
use std::convert::Infallible;

/// Blocks worked out together: enough to keep the processor's multipliers busy.
const BLOCKS: usize = 4;
/// Words in as many blocks.
const WORDS: usize = 4 * BLOCKS;

/// The words of the blocks numbered 0, 1, 2 … of one purpose, in turn.
///
/// It is a generator for [`rand`] and its laws, too.
#[derive(Debug, Clone)]
pub struct Sequence {
    streams: Streams,
    address: Address,
    words: [u64; WORDS],
    next: usize,
}

impl Sequence {
    /// The words that `stream` draws for `purpose`.
    pub fn new(streams: Streams, stream: u64, purpose: u64) -> Self {
        Self::numbered(streams, stream, purpose, 0)
    }

    /// The same, of the `ordinal`-th of several such sequences.
    pub fn numbered(streams: Streams, stream: u64, purpose: u64, ordinal: u64) -> Self {
        let address = Address { entity: 0, stream, purpose, ordinal };
        Self { streams, address, words: [0; WORDS], next: WORDS }
    }

    /// The next word.
    #[inline]
    pub fn next_word(&mut self) -> u64 {
        if self.next >= WORDS {
            self.refill();
        }
        let word = self.words[self.next];
        self.next += 1;
        word
    }

    #[cold]
    #[inline(never)]
    fn refill(&mut self) {
        for words in self.words.as_chunks_mut().0 {
            *words = self.streams.block(self.address);
            self.address.entity += 1;
        }
        self.next = 0;
    }
}

impl rand::TryRng for Sequence {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_word() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next_word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn a_sequence_is_its_blocks_in_turn() {
        let streams = Streams::new(7, 3);
        let mut sequence = Sequence::numbered(streams, 11, 13, 17);
        for entity in 0..9 {
            let block = streams.block(Address { entity, stream: 11, purpose: 13, ordinal: 17 });
            assert_eq!([(); 4].map(|()| sequence.next_word()), block);
        }
    }

    #[test]
    fn bytes_are_those_of_the_words() {
        let mut sequence = Sequence::new(Streams::new(1, 0), 2, 3);
        let mut bytes = [0; 12];
        sequence.clone().fill_bytes(&mut bytes);
        assert_eq!(bytes[..8], sequence.next_word().to_le_bytes());
        assert_eq!(bytes[8..], sequence.next_word().to_le_bytes()[..4]);
    }
}
