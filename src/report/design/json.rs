//! Sweeps, interactions and flips for programs.

use super::super::json::of_estimate;
use super::{Compared, flip, interaction, sweep};
use crate::legend::design::Design;
use crate::stats::{Crossing, Estimate, Tested};
use serde_json::{Map, Value, json};

/// The keys that a study with axes, interactions or flips adds to the document of its comparison.
pub fn design(compared: Compared) -> Map<String, Value> {
    let mut added = Map::new();
    let design = compared.design;
    if !design.axes.is_empty() {
        added.insert("sweep".to_owned(), sweep(compared));
    }
    let interactions = interaction::interactions(compared);
    if !interactions.is_empty() {
        let each = interactions.iter().map(|found| (found.asked.name.as_str(), interaction(found, design)));
        added.insert("interactions".to_owned(), grouped(each));
    }
    let flips = flip::flips(compared);
    if !flips.is_empty() {
        let each = flips.iter().map(|found| (found.asked.name.as_str(), flip(found, design)));
        added.insert("flips".to_owned(), grouped(each));
    }
    added
}

/// A list under each name: one entry a setting.
fn grouped<'a>(each: impl Iterator<Item = (&'a str, Value)>) -> Value {
    let mut groups = Map::new();
    for (name, value) in each {
        if let Value::Array(list) = groups.entry(name.to_owned()).or_insert_with(|| json!([])) {
            list.push(value);
        }
    }
    Value::Object(groups)
}

fn axes(design: &Design, setting: &[String]) -> Value {
    design
        .axes
        .iter()
        .zip(setting)
        .map(|(axis, value)| (axis.name.clone(), json!(value)))
        .collect::<Map<_, _>>()
        .into()
}

fn sweep(compared: Compared) -> Value {
    let names: Vec<&str> = compared.variants.first().map_or_else(Vec::new, |variant| {
        variant.legend.outcomes.iter().map(|one| one.name.name.as_str()).collect()
    });
    let stop = |stop: &sweep::Stop| {
        let outcomes: Map<String, Value> = names
            .iter()
            .map(|name| {
                let found = stop.outcome(compared, name).map(|(own, difference)| {
                    json!({ "estimate": of_estimate(&own), "difference": difference.as_ref().map(of_estimate) })
                });
                ((*name).to_owned(), json!(found))
            })
            .collect();
        json!({
            "axes": axes(compared.design, &stop.setting),
            "policy": stop.policy,
            "variant": stop.variant.name,
            "against": stop.against.map(|other| other.name),
            "outcomes": outcomes,
        })
    };
    sweep::stops(compared).iter().map(stop).collect()
}

fn interaction(found: &interaction::Found, design: &Design) -> Value {
    let [first, second, both] = &found.asked.policies;
    let [alone, other, together] = &found.alone;
    let effect =
        |policy: &str, estimate: &Estimate| json!({ "policy": policy, "difference": of_estimate(estimate) });
    json!({
        "axes": axes(design, &found.setting),
        "of": found.asked.outcome,
        "first": effect(first, alone),
        "second": effect(second, other),
        "both": effect(both, together),
        "interaction": of_estimate(&found.beyond),
    })
}

fn flip(found: &flip::Found, design: &Design) -> Value {
    let tested =
        |tested: &Tested| json!({ "at": tested.at, "mean": tested.mean, "half-width": tested.half_width });
    let crossing =
        |crossing: &Crossing| json!({ "at": crossing.at, "from": crossing.from, "until": crossing.until });
    json!({
        "axis": design.axes[found.asked.axis].name,
        "unit": found.asked.unit,
        "outcome": found.asked.outcome,
        "between": found.asked.between,
        "others": found.others,
        "tested": found.tested.iter().map(tested).collect::<Vec<_>>(),
        "flips": found.crossings.iter().map(crossing).collect::<Vec<_>>(),
    })
}
