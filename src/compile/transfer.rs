//! Transfers of waiting cases.

use super::Compiler;
use crate::network::{self, Steps};
use crate::random::key;
use crate::scenario::model::{Takes, Transfer};
use crate::scenario::{Timeline, tidy};
use crate::units::SimTime;

impl Compiler<'_> {
    pub(super) fn transfer(&self, transfer: &Transfer) -> network::Transfer {
        let classes = 0..self.scenario.classes.len() as u16;
        network::Transfer {
            key: key(&format!("transfer {}", transfer.name)),
            from: transfer.from.clone(),
            to: transfer.to,
            classes: classes.map(|class| transfer.classes.contains(&class)).collect(),
            takes: match &transfer.takes {
                None => network::Takes::Rate(Steps::constant(0.0)),
                Some(Takes::Share(at, share)) => {
                    network::Takes::Share(*at, share.at(*at, self.draw).clamp(0.0, 1.0))
                }
                Some(Takes::Rate(rate, from, until)) => {
                    network::Takes::Rate(self.between(rate, *from, *until))
                }
                Some(Takes::Hazard(hazard, from, until)) => {
                    network::Takes::Hazard(self.between(hazard, *from, *until))
                }
            },
        }
    }

    /// A number through time that is nothing before `from` and from `until` on.
    fn between(&self, line: &Timeline, from: SimTime, until: SimTime) -> Steps<f64> {
        let inside = |time: SimTime| from <= time && time < until;
        let value = |time: SimTime| if inside(time) { line.at(time, self.draw).max(0.0) } else { 0.0 };
        let breaks = tidy(line.breaks(self.draw).into_iter().chain([from, until]).collect());
        Steps::new(value(SimTime::START), breaks.into_iter().map(|time| (time, value(time))))
    }
}
