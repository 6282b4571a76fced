//! Behaviour that answers to signals: arrivals, ways and withdrawals with a factor that changes each week.
//!
//! A [`Simulation`](super::Simulation) told to a [`Responding`] observer stops at every sample, before
//! anything else at that instant, and asks it for factors. Told to any other, all this is compiled away.
//!
//! Common random numbers are kept: those who come at a factor below 1 are among those who come at 1, and
//! these among those who come at a higher one; a case changes its way only as far as probabilities do.

#![expect(
    clippy::inline_always,
    reason = "each kind of occurrence is told at one place of the engine, where the others fall away"
)]

use super::gauge::Gauge;
use super::occurrence::{Observer, Occurrence};
use super::source::Ceiling;
use crate::network::{
    ArrivalStream, ClassIndex, Mix, Network, Reference, Responder, Response, Route, Routes, SAMPLING,
    StationIndex, Target, sample_at,
};
use crate::random::Count;
use crate::units::{SimTime, Span};
use std::sync::Arc;

/// The signals of one future.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SignalPath {
    /// One row of samples for each signal.
    pub samples: Vec<Vec<f64>>,
    /// One row for each signal of what it was at the further midnights asked for.
    pub tested: Vec<Vec<f64>>,
}

/// Factors of responses, and what they are made from.
#[derive(Debug, Clone)]
pub struct Answers {
    gauge: Gauge,
    responses: Vec<Response>,
    baseline: Option<Arc<SignalPath>>,
    path: SignalPath,
    /// By response: one factor for each week so far.
    factors: Vec<Vec<f64>>,
    /// Numbers of the responses that can be other than 1, of each stream of arrivals, and of the ways and withdrawals
    /// of each station.
    streams: Vec<Vec<usize>>,
    routes: Vec<Vec<usize>>,
    withdrawals: Vec<Vec<usize>>,
    /// Midnights at which the signals are looked at besides, and how many of them are past.
    tests: Vec<SimTime>,
    tests_done: usize,
    /// The next sample.
    next: SimTime,
    horizon: SimTime,
}

/// An observer that makes a simulation answer to signals, and hands on all that happens to another.
#[derive(Debug)]
pub struct Responding<O> {
    answers: Answers,
    inner: O,
}

impl<O: Observer> Responding<O> {
    /// Answers for a network; `baseline` is the path of the same future without any policy, and `None` where this is
    /// that future itself: all responses relative to it are then 1.
    pub fn new(network: &Network, baseline: Option<Arc<SignalPath>>, inner: O) -> Self {
        Self { answers: Answers::new(network, baseline), inner }
    }

    /// The observer inside, the path of the signals, and the factors of each response by week.
    pub fn into_parts(self) -> (O, SignalPath, Vec<Vec<f64>>) {
        (self.inner, self.answers.path, self.answers.factors)
    }
}

impl<O: Observer> Observer for Responding<O> {
    #[inline(always)]
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        self.answers.gauge.observe(occurrence);
        self.inner.observe(occurrence);
    }

    #[inline]
    fn answers(&self) -> Option<&Answers> {
        Some(&self.answers)
    }

    #[inline]
    fn answers_mut(&mut self) -> Option<&mut Answers> {
        Some(&mut self.answers)
    }
}

impl Answers {
    fn new(network: &Network, baseline: Option<Arc<SignalPath>>) -> Self {
        let responses = network.responses.all.clone();
        // What is held against the future that this is would always be 1.
        let is_baseline = baseline.is_none();
        let acts = |response: &Response| !is_baseline || response.reference != Reference::Baseline;
        let of = |wanted: &dyn Fn(Responder) -> bool| {
            let own = |&index: &usize| acts(&responses[index]) && wanted(responses[index].to);
            (0..responses.len()).filter(own).collect::<Vec<_>>()
        };
        let stations = || 0..network.stations.len() as StationIndex;
        let routes = |station| of(&|to| matches!(to, Responder::Route(at, _) if at == station));
        Self {
            gauge: Gauge::new(network),
            baseline,
            path: SignalPath {
                samples: vec![Vec::new(); network.responses.signals.len()],
                tested: vec![Vec::new(); network.responses.signals.len()],
            },
            tests: network.responses.tests.clone(),
            tests_done: 0,
            factors: vec![Vec::new(); responses.len()],
            streams: (0..network.arrivals.len())
                .map(|stream| of(&|to| to == Responder::Arrivals(stream)))
                .collect(),
            routes: stations().map(routes).collect(),
            withdrawals: stations().map(|at| of(&|to| to == Responder::Withdrawals(at))).collect(),
            next: SimTime::START,
            horizon: network.horizon,
            responses,
        }
    }

    /// When the signals are to be looked at next.
    #[inline]
    pub(super) fn next(&self) -> SimTime {
        self.next_test().min(self.next)
    }

    fn next_test(&self) -> SimTime {
        self.tests.get(self.tests_done).copied().unwrap_or(SimTime::NEVER)
    }

    /// Look at the signals now that it is due, and let those answer who hear of a sample.
    pub(super) fn sample(&mut self, waiting: &dyn Fn(StationIndex) -> usize) {
        let now = self.next();
        if self.next_test() == now {
            for signal in 0..self.path.tested.len() {
                let value = self.gauge.read(signal, now, waiting);
                self.path.tested[signal].push(value);
            }
            self.tests_done += 1;
        }
        if self.next > now {
            return;
        }
        for signal in 0..self.path.samples.len() {
            let value = self.gauge.read(signal, now, waiting);
            self.path.samples[signal].push(value);
        }
        for index in 0..self.responses.len() {
            let factor = self.factor_now(&self.responses[index]);
            self.factors[index].push(factor);
        }
        let later = self.next + SAMPLING;
        self.next = if later <= self.horizon { later } else { SimTime::NEVER };
    }

    /// The factor from the sample just taken on.
    fn factor_now(&self, response: &Response) -> f64 {
        let heard = SimTime::from_seconds(self.next.seconds() - response.lag.seconds());
        let Some(sample) = sample_at(heard).filter(|_| self.next > SimTime::START) else { return 1.0 };
        let reference = match (response.reference, &self.baseline) {
            (Reference::Level(level), _) => level,
            (Reference::Baseline, Some(path)) => path.samples[response.signal][sample],
            (Reference::Baseline, None) => return 1.0,
        };
        response.factor(self.path.samples[response.signal][sample], reference)
    }

    /// The factor of a response at an instant that is past or now.
    fn at(&self, response: usize, time: SimTime) -> f64 {
        let factors = &self.factors[response];
        sample_at(time).and_then(|sample| factors.get(sample)).copied().unwrap_or(1.0)
    }

    /// Product of those of some responses that a class gives, at an instant.
    fn product(&self, responses: &[usize], class: ClassIndex, time: SimTime) -> f64 {
        let own = responses.iter().filter(|&&index| self.responses[index].is_of(class));
        own.map(|&index| self.at(index, time)).product()
    }

    /// How high the factors of a stream of arrivals can be; `None` where it does not answer.
    pub(super) fn ceiling(&self, stream: usize, arrivals: &ArrivalStream) -> Option<Ceiling> {
        let own: Vec<_> = self.streams[stream].iter().map(|&index| &self.responses[index]).collect();
        let first = own.first()?;
        let of_class = |class: ClassIndex| -> f64 {
            let own = own.iter().filter(|response| response.is_of(class));
            own.map(|response| response.bounds.1).product()
        };
        let mix = arrivals.mix.clone();
        let classes = mix.values().iter().flat_map(Mix::parts).map(|&(_, class)| class);
        let highest = classes.map(of_class).fold(1.0, f64::max);
        let alone = arrivals.batch == Count::Constant(1);
        let of_classes =
            (0..first.classes.len() as ClassIndex).map(|class| if alone { of_class(class) } else { highest });
        Some(Ceiling { highest, of_class: of_classes.collect(), mix })
    }

    /// The factor of the arrivals of a class.
    pub(super) fn of_arrivals(&self, stream: usize, class: ClassIndex, now: SimTime) -> f64 {
        self.product(&self.streams[stream], class, now)
    }

    /// When patience that would end at `deadline` ends for one who joined a line of these.
    pub(super) fn hasten(
        &self,
        station: StationIndex,
        class: ClassIndex,
        joined: SimTime,
        deadline: SimTime,
    ) -> SimTime {
        let factor = self.product(&self.withdrawals[usize::from(station)], class, joined);
        if factor == 1.0 {
            return deadline;
        }
        joined + Span::from_seconds((deadline - joined).seconds() as f64 / factor)
    }

    /// Whether ways on from a station answer.
    #[inline]
    pub(super) fn has_routes(&self, station: StationIndex) -> bool {
        !self.routes[usize::from(station)].is_empty()
    }

    /// Choose the way of a case: the one that the uniform number `u` picks, where it is as likely as ever; a way that has
    /// become less likely keeps its part of those who would take it, and the others go, by `other`, where
    /// probabilities have risen.
    pub(super) fn choose(
        &self,
        station: StationIndex,
        class: ClassIndex,
        now: SimTime,
        (routes, u): (&Routes, f64),
        other: impl FnOnce() -> f64,
    ) -> usize {
        let first = routes.number(u);
        match Tilt::new(self, station, (class, now), routes) {
            Some(tilt) => tilt.choose(first, other),
            None => first,
        }
    }

    /// A case leaves a station and goes this way.
    #[inline]
    pub(super) fn goes(&mut self, station: StationIndex, target: Target, at: SimTime) {
        self.gauge.goes(station, target, at);
    }
}

/// The ways on from a station with some of their probabilities multiplied.
struct Tilt<'a> {
    answers: &'a Answers,
    own: &'a [usize],
    class: ClassIndex,
    now: SimTime,
    ways: &'a [Route],
    /// What the probabilities of the ways that answer, and of the others, are multiplied by besides.
    answering: f64,
    others: f64,
}

impl<'a> Tilt<'a> {
    /// `None` where every way is as likely as ever.
    fn new(
        answers: &'a Answers,
        station: StationIndex,
        (class, now): (ClassIndex, SimTime),
        routes: &'a Routes,
    ) -> Option<Self> {
        let own = answers.routes[usize::from(station)].as_slice();
        let ways = routes.ways();
        let mut tilt = Self { answers, own, class, now, ways, answering: 1.0, others: 1.0 };
        let factors = || (0..ways.len()).map(|way| (tilt.width(way), tilt.factor(way)));
        if factors().all(|(_, factor)| factor.is_none_or(|factor| factor == 1.0)) {
            return None;
        }
        let sum: f64 = factors().filter_map(|(width, factor)| factor.map(|factor| width * factor)).sum();
        let rest: f64 = factors().filter(|(_, factor)| factor.is_none()).map(|(width, _)| width).sum();
        if sum > 1.0 || rest <= 0.0 {
            if sum <= 0.0 {
                return None;
            }
            (tilt.answering, tilt.others) = (1.0 / sum, 0.0);
        } else {
            tilt.others = (1.0 - sum) / rest;
        }
        Some(tilt)
    }

    /// Probability of a way before anything answers.
    fn width(&self, way: usize) -> f64 {
        let before = if way == 0 { 0.0 } else { self.ways[way - 1].cumulative };
        self.ways[way].cumulative - before
    }

    /// Product of the factors of a way; `None` where none is about it.
    fn factor(&self, way: usize) -> Option<f64> {
        let target = self.ways[way].target;
        let about = |&&index: &&usize| {
            let response = &self.answers.responses[index];
            matches!(response.to, Responder::Route(_, to) if to == target) && response.is_of(self.class)
        };
        let mut factors = self.own.iter().filter(about).map(|&index| self.answers.at(index, self.now));
        let first = factors.next()?;
        Some(factors.fold(first, |product, factor| product * factor))
    }

    /// Probability of a way now.
    fn tilted(&self, way: usize) -> f64 {
        let width = self.width(way);
        self.factor(way).map_or(width * self.others, |factor| width * factor * self.answering)
    }

    /// The way of one who would take `first`, with a uniform number for those who do not.
    fn choose(&self, first: usize, other: impl FnOnce() -> f64) -> usize {
        let kept = self.tilted(first) / self.width(first);
        if kept >= 1.0 {
            return first;
        }
        let u = other();
        if u < kept {
            return first;
        }
        let gain = |way: usize| (self.tilted(way) - self.width(way)).max(0.0);
        let all: f64 = (0..self.ways.len()).map(gain).sum();
        let mut left = (u - kept) / (1.0 - kept) * all;
        (0..self.ways.len())
            .find(|&way| {
                left -= gain(way);
                left < 0.0
            })
            .unwrap_or(first)
    }
}
