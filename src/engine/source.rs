//! The arrivals of one stream, one after the other.

#![expect(
    clippy::inline_always,
    reason = "called at one place for every case: a sixth of the time of a short queue"
)]

use super::integral::Integral;
use crate::network::{ArrivalStream, Mix, Process, Steps};
use crate::random::{Address, Lengths, Sequence, Streams, Variate, key, unit};
use crate::units::SimTime;

const GAP: u64 = key("arrivals: gap");
const ATTRIBUTES: u64 = key("arrivals: attributes");
const DISPERSION: u64 = key("arrivals: dispersion");

/// A case of a batch is numbered by layer (8 bits), place in its batch (16) and arrival (40).
const MEMBER_SHIFT: u32 = 40;
const LAYER_SHIFT: u32 = 56;
/// Where a policy takes a rate beyond this many layers, they are made higher.
const MOST_LAYERS: f64 = 250.0;

/// An arrival: one or several cases at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) at: SimTime,
    /// Number of the first case; the next ones of the batch follow by [`member`].
    pub(super) entity: u64,
}

impl Arrival {
    /// There is none any more.
    pub(super) const NONE: Self = Self { at: SimTime::NEVER, entity: 0 };
}

/// The number of the `place`-th case of the batch whose first is `entity`.
pub(super) fn member(entity: u64, place: u32) -> u64 {
    entity | u64::from(place) << MEMBER_SHIFT
}

/// The random words that make a case of a stream what it is: class, persons, mark, size of its batch.
#[inline(always)]
pub(super) fn attributes(streams: &Streams, stream: u64, entity: u64) -> [u64; 4] {
    streams.block(Address { entity, stream, purpose: ATTRIBUTES, ordinal: 0 })
}

/// Where the arrivals of a stream come from.
#[derive(Debug)]
pub(super) enum Source<'n> {
    /// A marked Poisson process, thinned.
    Poisson(Poisson),
    /// The same, of which some come and others do not, as they answer to signals on their day.
    Answering {
        /// Under the highest curve there can be.
        process: Poisson,
        /// Where the arrival that was given last lies.
        level: Level,
    },
    /// A point process on the clock that the integral of the rate is.
    Clock { clock: Integral<'n>, gaps: Gaps<'n>, number: u64 },
}

/// Gaps on that clock.
#[derive(Debug)]
pub(super) enum Gaps<'n> {
    /// Always 1.
    Ones,
    /// Drawn from a law of mean 1.
    Law(&'n Variate, Box<Sequence>),
}

/// The highest factor that a stream of arrivals which answers to signals can have.
#[derive(Debug)]
pub(super) struct Ceiling {
    /// Over all classes, at least 1.
    pub(super) highest: f64,
    /// Of each class; of the first case of a batch, over all classes.
    pub(super) of_class: Vec<f64>,
    /// Which class a case is of.
    pub(super) mix: Steps<Mix>,
}

/// Where a point of the marked process lies: under the curve at a factor that makes the rate higher than it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Level {
    height: f64,
    /// Rate at its own time, at a factor of 1.
    rate: f64,
    /// The random words that make the case what it is.
    pub(super) words: [u64; 4],
}

impl Ceiling {
    /// The highest factor of a case that comes at an instant with these random words.
    #[inline]
    fn at(&self, time: SimTime, words: &[u64; 4]) -> f64 {
        self.of_class[usize::from(self.mix.at(time).pick(unit(words[0])))]
    }
}

impl Level {
    /// Whether it is under the curve at a factor.
    pub(super) fn is_under(self, factor: f64) -> bool {
        self.height < self.rate * factor
    }
}

impl<'n> Source<'n> {
    /// The arrivals of `stream` in one replication; those that answer to signals up to a ceiling.
    pub(super) fn new(
        stream: &'n ArrivalStream,
        streams: Streams,
        horizon: SimTime,
        ceiling: Option<Ceiling>,
    ) -> Self {
        let poisson = |rate: Steps<f64>| match ceiling {
            None => Self::Poisson(Poisson::new::<false>(stream, rate, None, &streams, horizon)),
            Some(_) => Self::Answering {
                process: Poisson::new::<true>(stream, rate, ceiling, &streams, horizon),
                level: Level::default(),
            },
        };
        match &stream.process {
            Process::Poisson => poisson(stream.rate.clone()),
            Process::Overdispersed { dispersion, periods } => {
                poisson(overdispersed(stream, *dispersion, periods, streams, horizon))
            }
            Process::Deterministic => {
                Self::Clock { clock: Integral::new(&stream.rate, 0.0), gaps: Gaps::Ones, number: 0 }
            }
            Process::Renewal(law) => Self::Clock {
                clock: Integral::new(&stream.rate, 0.0),
                gaps: Gaps::Law(law, Box::new(Sequence::new(streams, stream.key, GAP))),
                number: 0,
            },
        }
    }

    /// Where the arrival that was given last lies, if it answers to signals.
    pub(super) fn level(&self) -> Option<Level> {
        match self {
            Self::Answering { level, .. } => Some(*level),
            _ => None,
        }
    }

    /// The next arrival, if it is at or before `horizon`; else [`Arrival::NONE`].
    #[inline(always)]
    pub(super) fn next(&mut self, streams: &Streams, horizon: SimTime) -> Arrival {
        match self {
            Self::Poisson(process) => process.next::<false>(streams, horizon).0,
            Self::Answering { process, level } => {
                let arrival;
                (arrival, *level) = process.next::<true>(streams, horizon);
                arrival
            }
            Self::Clock { clock, gaps, number } => {
                let gap = match gaps {
                    Gaps::Ones => 1.0,
                    Gaps::Law(law, words) => law.quantile(unit(words.next_word())),
                };
                let entity = *number;
                *number += 1;
                match clock.advance(gap) {
                    Some(at) if at <= horizon => Arrival { at, entity },
                    _ => Arrival::NONE,
                }
            }
        }
    }
}

impl Source<'_> {
    /// The next arrivals at or before `limit`, which is no later than `horizon`, as many as there is room for in
    /// `taken`; how many. `next` is the first of them before, and the one after them then.
    #[inline]
    pub(super) fn take_up(
        &mut self,
        next: &mut Arrival,
        limit: SimTime,
        taken: &mut [Arrival],
        streams: &Streams,
        horizon: SimTime,
    ) -> usize {
        if let Self::Poisson(process) = self
            && process.is_steady()
        {
            return process.take_up(next, limit, taken, horizon);
        }
        let mut count = 0;
        while count < taken.len() && next.at <= limit {
            taken[count] = *next;
            count += 1;
            *next = self.next(streams, horizon);
        }
        count
    }
}

/// A Poisson process with a rate that changes, thinned from layers.
///
/// The points of a Poisson process of rate 1 in the half-plane (time, height), those below the curve
/// of the rate, are a Poisson process of that rate. The half-plane is cut into layers of one height,
/// fixed by the model before any policy; each layer has its own addressed points. So a
/// policy that lowers the rate keeps a subset of the same people, one that raises it adds to them, and
/// no highest rate need be declared. The rate is taken at the candidate's own time (Lewis & Shedler 1979,
/// "Simulation of nonhomogeneous Poisson processes by thinning", Naval Res. Logist. Q. 26).
#[derive(Debug)]
pub(super) struct Poisson {
    rate: Steps<f64>,
    /// How far the curve can be above the rate, where arrivals answer to signals.
    ceiling: Option<Ceiling>,
    height: f64,
    /// Mean gap between the points of a layer: 1 ÷ height \[s\].
    gap: f64,
    stream: u64,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    gaps: Lengths,
    time: f64,
    number: u64,
    /// The piece of the rate that holds at `time`.
    piece: usize,
    /// The next point of this layer that is under the curve.
    ready: Arrival,
    /// Where it lies, where arrivals answer to signals.
    level: Level,
}

impl Poisson {
    fn new<const ANSWERS: bool>(
        stream: &ArrivalStream,
        rate: Steps<f64>,
        ceiling: Option<Ceiling>,
        streams: &Streams,
        horizon: SimTime,
    ) -> Self {
        let factor = ceiling.as_ref().map_or(1.0, |ceiling| ceiling.highest);
        let highest = rate.values().iter().copied().fold(0.0, f64::max) * factor;
        let height = stream.layer.max(highest / MOST_LAYERS);
        let count = (highest / height - 1e-12).ceil().max(0.0) as u64;
        let layers = (0..count)
            .map(|layer| Layer {
                gaps: Lengths::new(*streams, stream.key, GAP, layer),
                time: 0.0,
                number: layer << LAYER_SHIFT,
                piece: 0,
                ready: Arrival::NONE,
                level: Level::default(),
            })
            .collect();
        let mut process = Self { rate, ceiling, height, gap: 1.0 / height, stream: stream.key, layers };
        for layer in 0..process.layers.len() {
            process.refill::<ANSWERS>(layer, streams, horizon);
        }
        process
    }

    #[inline(always)]
    fn next<const ANSWERS: bool>(&mut self, streams: &Streams, horizon: SimTime) -> (Arrival, Level) {
        let first = match self.layers.len() {
            0 => return (Arrival::NONE, Level::default()),
            1 => 0,
            count => (0..count).min_by_key(|&layer| self.layers[layer].ready.at).unwrap_or(0),
        };
        let Layer { ready, level, .. } = self.layers[first];
        self.refill::<ANSWERS>(first, streams, horizon);
        (ready, level)
    }

    /// Whether every point is under the curve of the rate, at all times.
    #[inline]
    fn is_steady(&self) -> bool {
        self.layers.len() == 1 && self.rate.changes().is_empty() && self.rate.values()[0] >= self.height
    }

    /// The same as [`Source::take_up`], where it is steady.
    fn take_up(
        &mut self,
        next: &mut Arrival,
        limit: SimTime,
        taken: &mut [Arrival],
        horizon: SimTime,
    ) -> usize {
        let Layer { gaps, time, number, ready, .. } = &mut self.layers[0];
        let mut count = 0;
        while count < taken.len() && next.at <= limit {
            let gaps_ready = gaps.exponentials();
            let mut used = 0;
            for (place, gap) in taken[count..].iter_mut().zip(gaps_ready) {
                if next.at > limit {
                    break;
                }
                *place = *next;
                *next = *ready;
                *time += gap * self.gap;
                let at = SimTime::from_seconds((*time + 0.5) as i64);
                *ready = if at > horizon { Arrival::NONE } else { Arrival { at, entity: *number } };
                *number += u64::from(at <= horizon);
                used += 1;
            }
            gaps.pass(used);
            count += used;
        }
        count
    }

    /// Find the next point of a layer that is under the curve of the rate.
    #[inline(always)]
    fn refill<const ANSWERS: bool>(&mut self, layer: usize, streams: &Streams, horizon: SimTime) {
        let base = layer as f64 * self.height;
        let points = &mut self.layers[layer];
        points.ready = loop {
            points.time += points.gaps.next_exponential() * self.gap;
            let at = SimTime::from_seconds((points.time + 0.5) as i64);
            if at > horizon {
                break Arrival::NONE;
            }
            let entity = points.number;
            points.number += 1;
            let changes = self.rate.changes();
            while changes.get(points.piece).is_some_and(|change| change.seconds() as f64 <= points.time) {
                points.piece += 1;
            }
            let rate = self.rate.values()[points.piece];
            let highest =
                if ANSWERS { self.ceiling.as_ref().map_or(1.0, |ceiling| ceiling.highest) } else { 1.0 };
            if rate * highest <= base {
                continue;
            }
            let words = || attributes(streams, self.stream, entity);
            let height = |words: [u64; 4]| base + unit(words[2]) * self.height;
            let under = if ANSWERS {
                let words = words();
                points.level = Level { height: height(words), rate, words };
                points.level.is_under(self.ceiling.as_ref().map_or(1.0, |ceiling| ceiling.at(at, &words)))
            } else {
                rate >= base + self.height || height(words()) < rate
            };
            if under {
                break Arrival { at, entity };
            }
        };
    }
}

/// The rate with a gamma factor of mean 1 for each period, so that the count of a period has the given
/// index of dispersion φ: the factor's variance is (φ − 1)/μ with μ the expected count (`statistics.md` §2,
/// the negative binomial law).
fn overdispersed(
    stream: &ArrivalStream,
    dispersion: f64,
    periods: &[SimTime],
    streams: Streams,
    horizon: SimTime,
) -> Steps<f64> {
    let mut factors: Vec<f64> = Vec::with_capacity(periods.len());
    for (number, &from) in periods.iter().enumerate() {
        let until = periods.get(number + 1).copied().unwrap_or(horizon);
        let expected = integrate(&stream.rate, from, until);
        let address = Address { entity: number as u64, stream: stream.key, purpose: DISPERSION, ordinal: 0 };
        factors.push(factor(dispersion, expected, streams.block(address)[0]));
    }
    let factor_at = |time: SimTime| {
        let period = periods.partition_point(|&from| from <= time);
        factors.get(period.saturating_sub(1)).copied().unwrap_or(1.0)
    };
    let mut changes: Vec<SimTime> = stream.rate.changes().iter().chain(periods).copied().collect();
    changes.retain(|&change| change > SimTime::START);
    changes.sort_unstable();
    changes.dedup();
    let value = |time: SimTime| stream.rate.at(time) * factor_at(time);
    Steps::new(value(SimTime::START), changes.into_iter().map(|change| (change, value(change))))
}

fn factor(dispersion: f64, expected: f64, word: u64) -> f64 {
    if expected <= 0.0 {
        return 1.0;
    }
    let cv = ((dispersion - 1.0) / expected).sqrt();
    Variate::gamma(1.0, cv).map_or(1.0, |law| law.quantile(unit(word)))
}

/// ∫ rate dt from `from` to `until`, the part before the start left out.
fn integrate(rate: &Steps<f64>, from: SimTime, until: SimTime) -> f64 {
    let ends = rate.changes().iter().copied().chain([SimTime::NEVER]);
    rate.pieces()
        .zip(ends)
        .map(|((begin, value), end)| {
            let length = end.min(until).seconds() - begin.max(from).max(SimTime::START).seconds();
            value * length.max(0) as f64
        })
        .sum()
}
