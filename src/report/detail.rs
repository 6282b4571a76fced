//! What was looked at in detail, as numbers over futures.

use super::Variant;
use super::document::{Spread, Words};
use crate::experiment::{Detail, Leaving, Origin, Within};
use crate::legend::Legend;
use crate::network::Target;
use crate::units::{DAY, SimTime};
use jiff::ToSpan;

/// A number of the detail in every future; empty where nothing was looked at in detail.
pub(super) fn values(variant: &Variant, of: impl Fn(&Detail) -> f64) -> Vec<f64> {
    variant.outcome.replications.iter().filter_map(|one| one.detail.as_deref().map(&of)).collect()
}

/// What the futures say about it.
pub(super) fn spread(variant: &Variant, of: impl Fn(&Detail) -> f64) -> Option<Spread> {
    Spread::of(&values(variant, of), variant.outcome.per_cluster, variant.outcome.level)
}

/// The date of an instant, as 2019-06-07.
pub(super) fn date(variant: &Variant, at: SimTime) -> String {
    let days = (at.seconds() / DAY).days();
    variant.legend.start.checked_add(days).map_or_else(|_| String::new(), |date| date.to_string())
}

/// Working days are counted by a calendar; in days a term of them is about seven fifths as long.
const TERM_DAYS: f64 = 63.0;

/// A limit in days.
pub(super) fn days(limit: &Within) -> f64 {
    match limit {
        Within::Days(days) => f64::from(*days),
        Within::ByDay(_) => TERM_DAYS,
    }
}

/// What a limit is called.
pub(super) fn length(limit: &Within) -> Words {
    match limit {
        Within::ByDay(_) => Words::both("45 working days", "45 días hábiles"),
        Within::Days(365) => Words::both("1 year", "1 año"),
        Within::Days(730) => Words::both("2 years", "2 años"),
        Within::Days(1_096) => Words::both("3 years", "3 años"),
        Within::Days(1_826) => Words::both("5 years", "5 años"),
        Within::Days(days) => Words::both(format!("{days} days"), format!("{days} días")),
    }
}

/// The path of where a case came from.
pub(super) fn origin(legend: &Legend, from: Origin) -> String {
    match from {
        Origin::Stream(stream) => legend.streams[usize::from(stream)].name.clone(),
        Origin::Return(exit) => format!("exit.{}", legend.exits[usize::from(exit)].name.name),
        Origin::Station(station, _) => format!("stage.{}", legend.stages[usize::from(station)].name.name),
    }
}

/// How a case left where it came from, where there is more than one way to.
pub(super) const fn leaving(from: Origin) -> Option<&'static str> {
    match from {
        Origin::Stream(_) | Origin::Return(_) => None,
        Origin::Station(_, Leaving::Served) => Some("served"),
        Origin::Station(_, Leaving::Withdrew) => Some("withdrew"),
        Origin::Station(_, Leaving::DidNotCome) => Some("no-show"),
        Origin::Station(_, Leaving::Cancelled) => Some("cancelled"),
        Origin::Station(_, Leaving::Transferred) => Some("transferred"),
    }
}

/// The path of where a case went.
pub(super) fn target(legend: &Legend, to: Target) -> String {
    match to {
        Target::Station(station) => format!("stage.{}", legend.stages[usize::from(station)].name.name),
        Target::Exit(exit) => format!("exit.{}", legend.exits[usize::from(exit)].name.name),
    }
}
