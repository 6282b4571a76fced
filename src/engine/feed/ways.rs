//! Where the cases of a block go, found for all of them at once.

use super::super::flow::{ON_THE_WAY, ROUTE, length};
use super::super::visit::BLOCK;
use super::servers::NEVER_BACK;
use crate::network::{Route, Routes, StationIndex, Target};
use crate::random::{Variate, unit};
use crate::units::Span;

/// More ways than these are taken case by case.
const MOST_WAYS: usize = 6;

/// The ways on from a station for the cases of a block.
#[derive(Debug)]
pub(super) struct Ways<'n> {
    all: &'n [Route],
    /// Which of them leads back to the station.
    again: Option<usize>,
    /// Number of its way, for each case; and how long it takes.
    numbers: [u8; BLOCK],
    delays: [Span; BLOCK],
    /// How long after its service each is here again.
    back: [Span; BLOCK],
}

impl<'n> Ways<'n> {
    /// The ways on from `station`, if they are few enough and lead to different places: those who come to one place by two
    /// ways would have to set out in turn.
    pub(super) fn new(routes: &'n Routes, station: StationIndex) -> Option<Self> {
        let all = routes.ways();
        let differ =
            |(place, way): (usize, &Route)| all[..place].iter().all(|other| other.target != way.target);
        let again = all.iter().position(|way| way.target == Target::Station(station));
        let alike = all.len() <= MOST_WAYS && all.iter().enumerate().all(differ);
        alike.then_some(Self {
            all,
            again,
            numbers: [0; BLOCK],
            delays: [Span::ZERO; BLOCK],
            back: [NEVER_BACK; BLOCK],
        })
    }

    /// Whether chance has a part in them.
    #[inline]
    pub(super) fn are_drawn(&self) -> bool {
        self.all.len() > 1 || self.all[0].delay.is_some()
    }

    /// Choose for cases with these words, and standard exponential numbers of the word for the way.
    #[inline]
    pub(super) fn choose(&mut self, words: &[[u64; 4]], exponentials: &[f64]) {
        if let [_, _, ..] = self.all {
            self.pick(words);
        }
        for (number, way) in self.all.iter().enumerate() {
            let number = number as u8;
            let chosen = self.numbers.iter().map(|&other| other == number);
            let these = self.delays.iter_mut().zip(chosen);
            match &way.delay {
                None => these.for_each(|(delay, chosen)| *delay = if chosen { Span::ZERO } else { *delay }),
                Some(Variate::Exponential { mean }) => {
                    for ((delay, chosen), exponential) in these.zip(exponentials) {
                        let own = Span::from_seconds(mean * exponential);
                        *delay = if chosen { own } else { *delay };
                    }
                }
                Some(law) => {
                    for ((delay, _), words) in these.zip(words).filter(|((_, chosen), _)| *chosen) {
                        *delay = length(law, words[ON_THE_WAY]);
                    }
                }
            }
        }
        if let Some(again) = self.again {
            for ((back, &delay), &number) in self.back.iter_mut().zip(&self.delays).zip(&self.numbers) {
                *back = if usize::from(number) == again { delay.min(NEVER_BACK) } else { NEVER_BACK };
            }
        }
    }

    /// The number of a way is how many others its uniform number lies beyond.
    fn pick(&mut self, words: &[[u64; 4]]) {
        for (number, words) in self.numbers.iter_mut().zip(words) {
            let u = unit(words[ROUTE]);
            let others = &self.all[..self.all.len() - 1];
            *number = others.iter().map(|way| u8::from(u >= way.cumulative)).sum();
        }
    }

    /// How long after its service each of the first `count` is here again; empty where nobody ever is.
    #[inline]
    pub(super) fn back(&self, count: usize) -> &[Span] {
        if self.again.is_some() { &self.back[..count] } else { &[] }
    }

    /// All ways, in order.
    #[inline]
    pub(super) fn all(&self) -> &'n [Route] {
        self.all
    }

    /// Which of the first `count` cases take the way `number`: their places, put into `chosen`, and how many.
    #[inline]
    pub(super) fn chosen(&self, number: usize, count: usize, chosen: &mut [u8; BLOCK]) -> usize {
        let mut found = 0;
        for (place, &other) in (0..).zip(&self.numbers[..count.min(BLOCK)]) {
            chosen[found & (BLOCK - 1)] = place;
            found += usize::from(usize::from(other) == number);
        }
        found
    }

    /// Whether the case at `place` takes the way `number`.
    #[inline]
    pub(super) fn takes(&self, number: usize, place: usize) -> bool {
        usize::from(self.numbers[place]) == number
    }

    /// How long the way of the case at `place` takes.
    #[inline]
    pub(super) fn delay(&self, place: usize) -> Span {
        self.delays[place]
    }
}
