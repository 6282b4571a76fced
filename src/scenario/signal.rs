//! Signals by their names, as `wait(merits)`: the same in every variant that has what they are about.

use super::load::Variant;
use super::model::{Bound, Condition, Scenario};
use super::notation::{Dimension, from_text};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::network::{Signal, Target};

/// The name and the one or two arguments of `name(a, b)`; `pending` and `pending()` have none.
pub fn call(text: &str) -> Option<(&str, Vec<&str>)> {
    let Some((name, rest)) = text.trim().split_once('(') else { return Some((text.trim(), Vec::new())) };
    let inner = rest.strip_suffix(')')?;
    let arguments = inner.split(',').map(str::trim).filter(|argument| !argument.is_empty());
    Some((name.trim(), arguments.collect()))
}

/// What a condition compares: a signal, whether it must be below, and with which bound.
pub fn comparison(text: &str) -> Option<(&str, bool, &str)> {
    let sign = text.find(['<', '>'])?;
    Some((text[..sign].trim(), text[sign..].starts_with('<'), text[sign + 1..].trim()))
}

/// The signal of a name in one variant; `None` where it has not got what the name is about.
fn resolve(name: &str, scenario: &Scenario) -> Option<Signal> {
    let stage =
        |name: &str| scenario.stages.iter().position(|stage| stage.name == name).map(|index| index as u16);
    let place =
        |name: &str| scenario.places.iter().position(|place| place.name == name).map(|index| index as u16);
    let exit =
        |name: &str| scenario.exits.iter().position(|exit| exit.name == name).map(|index| index as u16);
    let target = |name: &str| match (name.strip_prefix("stage."), name.strip_prefix("exit.")) {
        (Some(name), _) => stage(name).map(Target::Station),
        (_, Some(name)) => exit(name).map(Target::Exit),
        _ => stage(name).map(Target::Station).or_else(|| exit(name).map(Target::Exit)),
    };
    let (what, arguments) = call(name)?;
    match (what, arguments.as_slice()) {
        ("wait", [name]) => stage(name).map(Signal::Wait),
        ("waiting", [name]) => stage(name).map(Signal::Waiting),
        ("share", [name, to]) => Some(Signal::Share(stage(name)?, target(to)?)),
        ("population", [name]) => place(name).map(Signal::Population),
        ("pending", []) => Some(Signal::Pending),
        ("arrived", [name, length]) => {
            let days = (from_text(length, Dimension::Length).ok()? / 86_400.0).round() as u32;
            let stream = scenario.arrivals.iter().position(|stream| stream.name == *name);
            stream
                .map(|stream| Signal::Arrived(stream, days))
                .or_else(|| Some(Signal::Joined(stage(name)?, days)))
        }
        _ => None,
    }
}

/// Give every variant that answers to signals, and the baseline if they are held against it, the signals of all of
/// them in one order; note those that the baseline has not got.
pub(super) fn link(variants: &mut [Variant], baseline: usize, found: &mut Diagnostics) {
    let of = |variant: &Variant| variant.scenario.responses.clone();
    let all: Vec<_> = variants.iter().flat_map(of).collect();
    let conditions: Vec<_> =
        variants.iter().flat_map(|variant| variant.scenario.conditions.clone()).collect();
    let mut names: Vec<String> = all.iter().map(|response| response.name.clone()).collect();
    names.extend(conditions.iter().map(|condition| condition.signal.clone()));
    names.sort();
    names.dedup();
    let mut tests: Vec<_> = conditions.iter().flat_map(|condition| condition.tested.clone()).collect();
    tests.sort_unstable();
    tests.dedup();
    let beside = |condition: &&Condition| matches!(condition.bound, Bound::OfBaseline(_));
    let relative =
        all.iter().any(|response| response.reference.is_none()) || conditions.iter().any(|one| beside(&one));
    for (index, variant) in variants.iter_mut().enumerate() {
        let own = !variant.scenario.responses.is_empty() || !variant.scenario.conditions.is_empty();
        if own || (index == baseline && relative) {
            variant.scenario.tests.clone_from(&tests);
            let signal = |name: &String| resolve(name, &variant.scenario).unwrap_or(Signal::Nothing);
            variant.scenario.signals = names.iter().map(|name| (name.clone(), signal(name))).collect();
        }
    }
    let known = |name: &str| {
        variants.get(baseline).is_some_and(|variant| {
            variant.scenario.signals.iter().any(|(known, signal)| known == name && *signal != Signal::Nothing)
        })
    };
    let responses = all.iter().filter(|response| response.reference.is_none());
    let asked = responses.map(|response| (&response.name, &response.at));
    let asked =
        asked.chain(conditions.iter().filter(beside).map(|condition| (&condition.signal, &condition.at)));
    for (name, at) in asked.filter(|(name, _)| !known(name)) {
        found.push(
            Diagnostic::error(
                format!("the baseline has no `{name}`"),
                at,
                "held against the baseline, where it does not exist",
            )
            .help("give a number to hold it against, as reference = \"900 days\""),
        );
    }
}
