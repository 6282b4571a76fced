//! Lengths of time drawn one after the other from one address, made ready many at a time.

use super::exponential::exp;
use super::logarithm::ln;
use super::normal::normal_quantiles;
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

    /// The next numbers, exponential with mean 1: at least one. They stay until they are [passed](Self::pass).
    #[inline]
    pub fn exponentials(&mut self) -> &[f64] {
        if self.next >= BATCH {
            self.refill();
        }
        if !self.made {
            self.make();
        }
        &self.exponentials[self.next..]
    }

    /// So many of the next numbers are used up.
    #[inline]
    pub fn pass(&mut self, count: usize) {
        self.next += count;
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

/// Lengths of time by one law, of the same words.
#[derive(Debug, Clone)]
pub struct Spans<'l> {
    streams: Streams,
    address: Address,
    law: &'l Variate,
    next: usize,
    ready: [Span; BATCH],
}

impl<'l> Spans<'l> {
    /// The lengths by `law` that `stream` draws for `purpose`, as [`Lengths`] numbered 0 gives them.
    pub fn new(streams: Streams, stream: u64, purpose: u64, law: &'l Variate) -> Self {
        let address = Address { entity: 0, stream, purpose, ordinal: 0 };
        Self { streams, address, law, next: BATCH, ready: [Span::ZERO; BATCH] }
    }

    /// The next lengths: at least one. They stay until they are [passed](Self::pass).
    #[inline]
    pub fn ready(&mut self) -> &[Span] {
        if self.next >= BATCH {
            self.refill();
        }
        &self.ready[self.next..]
    }

    /// So many of the next lengths are used up.
    #[inline]
    pub fn pass(&mut self, count: usize) {
        self.next += count;
    }

    /// The next length.
    #[inline]
    pub fn next_span(&mut self) -> Span {
        let span = self.ready()[0];
        self.next += 1;
        span
    }

    #[cold]
    #[inline(never)]
    fn refill(&mut self) {
        let mut words = [0; BATCH];
        for block in words.chunks_exact_mut(4) {
            block.copy_from_slice(&self.streams.block(self.address));
            self.address.entity += 1;
        }
        spans(self.law, &words, &mut self.ready);
        self.next = 0;
    }
}

/// The lengths of time that `law` gives for random words.
pub fn spans<const N: usize>(law: &Variate, words: &[u64; N], spans: &mut [Span; N]) {
    match law {
        Variate::Exponential { mean } => {
            for (span, &word) in spans.iter_mut().zip(words) {
                *span = Span::from_seconds(mean * -ln(1.0 - unit(word)));
            }
        }
        Variate::Lognormal { mu, sigma } => {
            let mut u = [0.0; N];
            for (u, &word) in u.iter_mut().zip(words) {
                *u = unit(word);
            }
            for (span, z) in spans.iter_mut().zip(normal_quantiles(&u)) {
                *span = Span::from_seconds(exp(mu + sigma * z));
            }
        }
        law => *spans = words.map(|word| Span::from_seconds(law.quantile(unit(word)))),
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

    #[test]
    fn lengths_by_one_law_are_those_of_the_words_one_by_one() {
        let streams = Streams::new(3, 1);
        for law in [Variate::exponential(9e5), Variate::lognormal(9e5, 1.0), Variate::uniform(3.0, 7e5)] {
            let law = law.unwrap();
            let (mut spans, mut lengths) = (Spans::new(streams, 5, 9, &law), Lengths::new(streams, 5, 9, 0));
            for _ in 0..100 {
                assert_eq!(spans.next_span(), lengths.next_length(&law));
                assert_eq!(spans.ready()[0], lengths.next_length(&law));
                spans.pass(1);
            }
        }
    }
}
