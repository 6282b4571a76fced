//! Signals and what answers to them.

use crate::legend::{Answering, Name, ResponseName};
use crate::network::{self, Responder, Responses, Signal};
use crate::scenario::model::{Condition, Response, Scenario};
use crate::scenario::{Draw, Expr};
use crate::units::{DAY, SimTime, Span};

/// The responses of a scenario in one future.
pub(super) fn responses(scenario: &Scenario, draw: &Draw) -> Responses {
    let signals = scenario.signals.iter().map(|(_, signal)| *signal).collect();
    let response = |response: &Response| network::Response {
        to: response.to,
        classes: (0..scenario.classes.len() as u16)
            .map(|class| response.classes.as_ref().is_none_or(|selector| selector.names(class)))
            .collect(),
        signal: scenario.signals.iter().position(|(name, _)| *name == response.name).unwrap_or(0),
        reference: match response.reference {
            None => network::Reference::Baseline,
            Some(level) => network::Reference::Level(level.value(draw) / unit(response.signal)),
        },
        elasticity: response.elasticity.value(draw),
        lag: Span::from_seconds(response.lag.value(draw)),
        bounds: bounds(response, draw),
    };
    // A scenario whose study has not been put together yet has no signals, and nothing in it answers.
    let all = if scenario.signals.is_empty() { &[][..] } else { &scenario.responses };
    let days = |date: jiff::civil::Date| i64::from((date - scenario.start).get_days());
    let begins = |condition: &Condition| SimTime::from_seconds(draw.value(condition.parameter) as i64);
    Responses {
        signals,
        all: all.iter().map(response).collect(),
        tests: scenario.tests.iter().map(|&date| SimTime::from_seconds(days(date) * DAY)).collect(),
        begun: scenario.conditions.iter().map(begins).collect(),
    }
}

/// Least and greatest factor: 1 is always within them, whatever is drawn.
fn bounds(response: &Response, draw: &Draw) -> (f64, f64) {
    let cap = response.cap.value(draw).max(1.0);
    (response.floor.map_or(1.0 / cap, |floor| floor.value(draw).clamp(0.0, 1.0)), cap)
}

/// Base units in a unit of a signal: waits are told in days.
const fn unit(signal: Signal) -> f64 {
    if matches!(signal, Signal::Wait(_)) { DAY as f64 } else { 1.0 }
}

/// What the responses of a scenario are called, with their central values.
pub(super) fn names(scenario: &Scenario) -> Vec<ResponseName> {
    let draw = Draw::central(&scenario.parameters);
    let name = |response: &Response| ResponseName {
        name: Name { name: response.path.clone(), label: label(scenario, response) },
        answers: answering(scenario, response),
        of: response.classes.as_ref().map(|selector| selector.text.clone()),
        signal: response.name.clone(),
        reference: response.reference.map(|level: Expr| level.value(&draw) / unit(response.signal)),
        elasticity: response.elasticity.value(&draw),
        lag_days: response.lag.value(&draw) / DAY as f64,
        bounds: bounds(response, &draw),
        loop_gain: None,
    };
    let all = if scenario.signals.is_empty() { &[][..] } else { &scenario.responses };
    all.iter().map(name).collect()
}

fn answering(scenario: &Scenario, response: &Response) -> Answering {
    let number = usize::from;
    match response.to {
        Responder::Arrivals(stream) => Answering::Arrivals(scenario.arrivals[stream].name.clone()),
        Responder::Route(from, network::Target::Station(to)) => {
            Answering::WayToStage(number(from), number(to))
        }
        Responder::Route(from, network::Target::Exit(to)) => Answering::WayToExit(number(from), number(to)),
        Responder::Withdrawals(stage) => Answering::Withdrawals(number(stage)),
    }
}

/// What answers to what, in words.
fn label(scenario: &Scenario, response: &Response) -> String {
    let stage = |station: u16| &scenario.stages[usize::from(station)].label;
    let what = match response.to {
        Responder::Arrivals(stream) => format!("arrivals of {}", scenario.arrivals[stream].name),
        Responder::Route(station, target) => {
            let to = match target {
                network::Target::Station(to) => stage(to),
                network::Target::Exit(exit) => &scenario.exits[usize::from(exit)].label,
            };
            format!("{} to {to}", stage(station))
        }
        Responder::Withdrawals(station) => format!("withdrawals from {}", stage(station)),
    };
    let who = response.classes.as_ref().map_or_else(String::new, |selector| format!(" ({})", selector.text));
    format!("{what}{who}, by {}", response.name)
}
