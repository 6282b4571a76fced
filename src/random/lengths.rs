//! Lengths of time drawn one after the other from one address, made ready many at a time.

use super::logarithm::ln;
use super::{Address, Streams, Variate, unit};
use crate::units::Span;

/// Words made at a time; each block of the generator gives four.
const BATCH: usize = 64;

/// The words of the blocks 0, 1, 2 … of one purpose in turn, with the standard exponential number of each.
///
/// The numbers are made in batches, since the logarithms of many words can be taken at once.
#[derive(Debug, Clone)]
pub struct Lengths {
    streams: Streams,
    address: Address,
    next: usize,
    words: [u64; BATCH],
    exponentials: [f64; BATCH],
    /// Whether the exponential numbers are those of these words: no law but their own needs them.
    made: bool,
}

impl Lengths {
    /// The lengths that `stream` draws for `purpose`, in the `ordinal`-th of several such sequences.
    pub fn new(streams: Streams, stream: u64, purpose: u64, ordinal: u64) -> Self {
        let address = Address { entity: 0, stream, purpose, ordinal };
        Self { streams, address, next: BATCH, words: [0; BATCH], exponentials: [0.0; BATCH], made: false }
    }

    /// The next length, by `law`.
    #[inline]
    pub fn next_length(&mut self, law: &Variate) -> Span {
        let place = self.place();
        Span::from_seconds(match law {
            Variate::Exponential { mean } => mean * self.exponential(place),
            law => law.quantile(unit(self.words[place])),
        })
    }

    /// The next number, exponential with mean 1.
    #[inline]
    pub fn next_exponential(&mut self) -> f64 {
        let place = self.place();
        self.exponential(place)
    }

    #[inline]
    fn exponential(&mut self, place: usize) -> f64 {
        if !self.made {
            self.make();
        }
        self.exponentials[place]
    }

    #[cold]
    #[inline(never)]
    fn make(&mut self) {
        self.exponentials = standard_exponentials(&self.words);
        self.made = true;
    }

    #[inline]
    fn place(&mut self) -> usize {
        if self.next >= BATCH {
            self.refill();
        }
        let place = self.next;
        self.next += 1;
        place
    }

    #[cold]
    #[inline(never)]
    fn refill(&mut self) {
        for block in self.words.chunks_exact_mut(4) {
            block.copy_from_slice(&self.streams.block(self.address));
            self.address.entity += 1;
        }
        self.made = false;
        self.next = 0;
    }
}

/// The standard exponential numbers of random words, as [`Variate::quantile`] gives them.
#[inline]
pub fn standard_exponentials<const N: usize>(words: &[u64; N]) -> [f64; N] {
    let mut numbers = [0.0; N];
    for (number, &word) in numbers.iter_mut().zip(words) {
        *number = -ln(1.0 - unit(word));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Sequence;

    #[test]
    fn lengths_are_those_of_the_words_one_by_one() {
        let streams = Streams::new(3, 1);
        let mut lengths = Lengths::new(streams, 5, 9, 2);
        let mut words = Sequence::numbered(streams, 5, 9, 2);
        let laws = [Variate::exponential(9e5).unwrap(), Variate::lognormal(9e5, 1.0).unwrap()];
        for law in laws.iter().cycle().take(300) {
            assert_eq!(lengths.next_length(law), Span::from_seconds(law.quantile(unit(words.next_word()))));
        }
    }
}
