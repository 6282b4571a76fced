//! What may befall those at a stage: slots they do not come to, closures, forced counts.

use super::Compiler;
use crate::network::{self, Lasts, Steps};
use crate::scenario::model::{Closure, Dated, NoShow, Quota, dated};
use crate::scenario::{Timeline, tidy};
use crate::units::{DAY, SimTime, Span};

impl Compiler<'_> {
    /// Those who do not come, each piece of which may change through time.
    pub(super) fn no_shows(&self, rules: &Dated<NoShow>) -> Steps<network::NoShow> {
        let breaks = rules.iter().flat_map(|(from, rule)| {
            let shares = std::iter::once(&rule.p).chain(rule.by_wait.iter().map(|(_, p)| p));
            std::iter::once(*from).chain(shares.flat_map(|p| p.breaks(self.draw)))
        });
        let value = |time: SimTime| match dated(rules, time) {
            Some(rule) => self.no_show(rule, time),
            None => network::NoShow::constant(0.0),
        };
        Steps::new(value(SimTime::START), tidy(breaks.collect()).into_iter().map(|time| (time, value(time))))
    }

    fn no_show(&self, rule: &NoShow, time: SimTime) -> network::NoShow {
        let share = |p: &Timeline| p.at(time, self.draw).clamp(0.0, 1.0);
        network::NoShow {
            p: share(&rule.p),
            by_wait: rule.by_wait.iter().map(|(after, p)| (*after, share(p))).collect(),
            calls_next: rule.calls_next,
        }
    }

    /// Forced counts. What comes up at a rate, not by the periods of a table, lasts thirty days.
    pub(super) fn quota(&self, quota: &Quota) -> network::Quota {
        const LASTS: Span = Span::new(30 * DAY);
        let value =
            |time: SimTime| (quota.rate.at(time, self.draw) * quota.scale.at(time, self.draw)).max(0.0);
        let breaks = quota.rate.breaks(self.draw).into_iter().chain(quota.scale.breaks(self.draw));
        let breaks = tidy(breaks.collect()).into_iter().map(|time| (time, value(time)));
        let periods = || quota.rate.steps.iter().map(|(from, _)| *from).collect();
        network::Quota {
            to: quota.to,
            delay: quota.after.as_ref().and_then(|law| law.at(SimTime::START, self.draw, 1.0).ok()),
            takes: quota.takes.clone(),
            rate: Steps::new(value(SimTime::START), breaks),
            lasts: if quota.by_period { Lasts::Periods(tidy(periods())) } else { Lasts::Span(LASTS) },
            counted: quota.unit,
        }
    }

    /// When starts are lost; `None`: never.
    pub(super) fn stage_closed(&self, closures: &[Closure]) -> Option<Steps<network::Closure>> {
        if closures.is_empty() {
            return None;
        }
        let breaks = closures.iter().flat_map(|closure| {
            [closure.from, closure.until].into_iter().chain(closure.share.breaks(self.draw))
        });
        let value = |time: SimTime| {
            let now = closures.iter().find(|closure| closure.from <= time && time < closure.until);
            now.map_or(network::Closure::OPEN, |closure| network::Closure {
                share: closure.share.at(time, self.draw).clamp(0.0, 1.0),
                scheduled: closure.scheduled,
            })
        };
        let first = value(SimTime::START);
        Some(Steps::new(first, tidy(breaks.collect()).into_iter().map(|time| (time, value(time)))))
    }
}
