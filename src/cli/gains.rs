//! The loop gains of responses, by the fluid twin at central inputs.

use crate::analytic::loop_gains;
use crate::compile::compile;
use crate::legend::ResponseName;
use crate::scenario::{Draw, Scenario};

/// The names of the responses of a scenario, with their gains.
pub(super) fn named(scenario: &Scenario, names: Vec<ResponseName>) -> Vec<ResponseName> {
    if names.is_empty() {
        return names;
    }
    let gains = loop_gains(&compile(scenario, &Draw::central(&scenario.parameters)));
    names.into_iter().zip(gains).map(|(name, loop_gain)| ResponseName { loop_gain, ..name }).collect()
}
