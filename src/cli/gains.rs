//! The loop gains of responses, by the fluid twin at central inputs.

use crate::analytic::loop_gains;
use crate::compile::{compile, legend};
use crate::legend::{LoopGain, ResponseName};
use crate::scenario::{Draw, Scenario};

/// The responses of the baseline with their gains.
#[derive(Debug, Default)]
pub(super) struct Gains {
    known: Vec<ResponseName>,
}

impl Gains {
    /// Those of a baseline.
    pub(super) fn of(baseline: &Scenario) -> Self {
        let names = legend(baseline, "").responses;
        Self { known: Self::default().named(baseline, names) }
    }

    /// The names of the responses of a variant with gains: of those that the baseline has, its own; of others, as the
    /// variant is.
    pub(super) fn named(&self, scenario: &Scenario, mut names: Vec<ResponseName>) -> Vec<ResponseName> {
        let mut new = Vec::new();
        for (number, name) in names.iter_mut().enumerate() {
            let same = |known: &&ResponseName| {
                ResponseName { loop_gain: name.loop_gain, ..(*known).clone() } == *name
            };
            match self.known.iter().find(same) {
                Some(known) => name.loop_gain = known.loop_gain,
                None => new.push(number),
            }
        }
        if new.is_empty() {
            return names;
        }
        let network = compile(scenario, &Draw::central(&scenario.parameters));
        for (&number, gain) in new.iter().zip(loop_gains(&network, &new)) {
            names[number].loop_gain = gain.map(LoopGain);
        }
        names
    }
}
