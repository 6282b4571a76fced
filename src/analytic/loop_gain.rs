//! How much of a change of what answers to a signal comes back to it by that signal.

use super::fluid::{Course, FluidTwin, Scale};
use crate::network::{ClassIndex, MEMORY, Network, Responder, Response, Signal};
use crate::units::{DAY, SimTime};
use rayon::prelude::*;

/// Relative change that the fluid is asked about: small, and far above the error of its steps.
const CHANGE: f64 = 0.01;

/// The gains of the loops of some responses of a network, by their numbers: elasticity times the relative change of the
/// signal, at the end of the run, for a small lasting relative change of what answers, by a one-sided difference of
/// the fluid twin.
///
/// `None` where the fluid does not know the signal at the end. Below 1 a change dies down from turn to turn, at 1 and
/// above it feeds itself until a bound holds it; below 0 it is damped. Responses are looked at one by one, each
/// with all factors at 1.
pub fn loop_gains(network: &Network, which: &[usize]) -> Vec<Option<f64>> {
    if which.is_empty() {
        return Vec::new();
    }
    let twin = FluidTwin::new(network);
    let plain = twin.run();
    let gain = |&number: &usize| {
        let response = &network.responses.all[number];
        let signal = network.responses.signals[response.signal];
        let level = read(signal, network, &plain);
        // Whatever 0 or an unknown level becomes, its relative change is not defined.
        if !level.is_normal() {
            return None;
        }
        let after = read(signal, network, &twin.clone().scaled(scale(response, 1.0 + CHANGE)).run());
        let gain = response.elasticity * (after - level) / (CHANGE * level);
        gain.is_finite().then_some(gain)
    };
    which.par_iter().map(gain).collect()
}

/// What answers, made larger or smaller.
fn scale(response: &Response, factor: f64) -> Scale {
    let all = (0..response.classes.len() as ClassIndex).filter(|&class| response.is_of(class));
    let classes = Some(all.collect());
    match response.to {
        Responder::Arrivals(stream) => Scale::Arrivals { stream, classes, factor },
        Responder::Route(station, target) => Scale::Route { station, target, classes, factor },
        Responder::Withdrawals(station) => Scale::Withdrawals { station, classes, factor },
    }
}

/// A signal at the end of a fluid; NaN where it is not known.
fn read(signal: Signal, network: &Network, course: &Course) -> f64 {
    let end = network.horizon;
    let from = SimTime::from_seconds((end.seconds() - MEMORY.seconds()).max(0));
    match signal {
        Signal::Wait(station) => {
            let days = (end - from).seconds() as f64 / DAY as f64;
            let flow = course.started(station, from, end) + course.withdrawn(station, from, end);
            course.waiting(station, end) * days / flow
        }
        Signal::Waiting(station) => course.waiting(station, end),
        Signal::Share(station, target) => {
            let all = course.moved_on(station, from, end) + course.withdrawn(station, from, end);
            course.moved(station, target, from, end) / all
        }
        Signal::Population(place) => course.population(place, end),
        Signal::Pending => course.pending(end),
        Signal::Arrived(..) | Signal::Joined(..) | Signal::Nothing => f64::NAN,
    }
}
