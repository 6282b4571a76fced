//! What chance decides about a visit, made for many visits at a time.

#![expect(
    clippy::inline_always,
    reason = "words handed on in memory are read too soon after they were written: a tenth of the time"
)]

use super::super::flow::{ON_THE_WAY, PATIENCE, length};
use super::super::visit::{BLOCK, Traveller, Travellers};
use super::inputs::World;
use super::line::Waiting;
use crate::network::{Routes, ServiceDraws, Station, Steps};
use crate::random::{Address, Variate, standard_exponentials};
use crate::units::{SimTime, Span};

/// The random words of a visit, and the standard exponential number of the word for the way on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Luck {
    pub(super) words: [u64; 4],
    pub(super) way: f64,
}

/// The luck of those who come to one station.
#[derive(Debug)]
pub(super) struct Lucks<'n> {
    stage: &'n Station,
    /// Whether anything is drawn from a case's own words when it comes, or while it is served.
    drawn: bool,
    /// Whether a way takes an exponential time.
    exponential: bool,
    words: Vec<[u64; 4]>,
    ways: Vec<f64>,
}

impl<'n> Lucks<'n> {
    /// The luck at `stage`, drawn `together` for those who come, where they are served in the order in which they come.
    pub(super) fn new(stage: &'n Station, draws: ServiceDraws, together: bool) -> Self {
        let ways = || stage.routes.iter().flat_map(Steps::values).flat_map(Routes::ways);
        let exponential = ways().any(|way| matches!(way.delay, Some(Variate::Exponential { .. })));
        let drawn = together && is_drawn(stage, draws);
        Self { stage, drawn, exponential, words: Vec::with_capacity(BLOCK), ways: vec![0.0; BLOCK] }
    }

    /// The luck of the case at `place` among those taken up.
    #[inline]
    pub(super) fn get(&self, place: usize) -> Luck {
        self.words.get(place).map_or_else(Luck::default, |&words| Luck { words, way: self.ways[place] })
    }

    /// The words of those from `first` on, and the standard exponential number of each of their ways.
    #[inline]
    pub(super) fn from(&self, first: usize) -> (&[[u64; 4]], &[f64]) {
        (&self.words[first..], &self.ways[first..])
    }

    /// Draw for all of `cases`.
    #[inline]
    pub(super) fn draw(&mut self, cases: &Travellers, world: &World<'n>) {
        if !self.drawn {
            return;
        }
        self.words.clear();
        self.words.extend(cases.iter().map(|case| words(self.stage, &case, world)));
        if self.exponential {
            let mut ways = [0; BLOCK];
            for (way, words) in ways.iter_mut().zip(&self.words) {
                *way = words[ON_THE_WAY];
            }
            self.ways.clear();
            self.ways.extend_from_slice(&standard_exponentials(&ways));
        }
    }

    /// One more case at `place`.
    pub(super) fn insert(&mut self, place: usize, case: &Traveller, world: &World<'n>) {
        if self.drawn {
            let luck = one(self.stage, case, world);
            self.words.insert(place, luck.words);
            self.ways.insert(place, luck.way);
        }
    }
}

/// Whether anything about a visit is drawn from the case's own words, patience apart.
pub(super) fn is_drawn(stage: &Station, draws: ServiceDraws) -> bool {
    let mut routes = stage.routes.iter().flat_map(Steps::values);
    let forks = routes.any(|routes| routes.ways().len() > 1 || routes.ways()[0].delay.is_some());
    forks || stage.pools.is_empty() || draws == ServiceDraws::ByCase
}

/// The luck of one visit.
pub(super) fn one(stage: &Station, case: &Traveller, world: &World<'_>) -> Luck {
    let words = words(stage, case, world);
    let [way] = standard_exponentials(&[words[ON_THE_WAY]]);
    Luck { words, way }
}

/// The random words of a case for its decisions in this visit: those that the list of all events gives it.
#[inline(always)]
fn words(stage: &Station, case: &Traveller, world: &World<'_>) -> [u64; 4] {
    world.streams.block(Address {
        entity: case.entity,
        stream: world.plan.streams[usize::from(case.stream())],
        purpose: stage.key,
        ordinal: u64::from(case.visit()),
    })
}

/// When the patience of each of `cases`, waiting at `stage`, ends: put into `deadlines` behind those there are.
///
/// There are at most [`BLOCK`] of them.
pub(super) fn deadlines(stage: &Station, cases: &[Waiting], world: &World<'_>, deadlines: &mut Vec<SimTime>) {
    /// Fewer are not worth a block.
    const FEW: usize = 4;
    if cases.len() <= FEW {
        return deadlines.extend(cases.iter().map(|case| deadline(stage, case, world)));
    }
    let mut drawn = [0; BLOCK];
    for (word, case) in drawn.iter_mut().zip(cases) {
        *word = words(stage, &case.who, world)[PATIENCE];
    }
    let exponentials = standard_exponentials(&drawn);
    for ((case, word), exponential) in cases.iter().zip(drawn).zip(exponentials) {
        let law = stage.patience[usize::from(case.who.class())].as_ref();
        deadlines.push(match law.map(|law| law.at(case.joined)) {
            None => SimTime::NEVER,
            Some(Variate::Exponential { mean }) => case.joined + Span::from_seconds(mean * exponential),
            Some(law) => case.joined + length(law, word),
        });
    }
}

/// When the patience of one case ends.
pub(super) fn deadline(stage: &Station, case: &Waiting, world: &World<'_>) -> SimTime {
    let Some(law) = &stage.patience[usize::from(case.who.class())] else { return SimTime::NEVER };
    case.joined + length(law.at(case.joined), words(stage, &case.who, world)[PATIENCE])
}
