//! Words drawn one after the other from one address.

use super::{Address, Streams};

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
