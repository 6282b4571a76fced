//! Every number that was given, and the sources it comes from.

use crate::report::document::{Input, Source, Words};
use crate::scenario::model::Input as Given;
use crate::scenario::tree::Node;
use crate::scenario::{Study, Variant, split, written};
use std::collections::BTreeMap;

/// The inputs of all variants, those of the baseline first; one that not all have, or with another value, says
/// whose it is.
pub(super) fn inputs(variants: &[&Variant], labels: &BTreeMap<String, Words>) -> Vec<Input> {
    let mut all: Vec<Input> = Vec::new();
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    for variant in variants {
        for given in &variant.scenario.inputs {
            let key = (given.path.clone(), given.value.clone());
            let place = *known.entry(key).or_insert_with(|| {
                all.push(input(given, variant, labels));
                all.len() - 1
            });
            if all[place].variants.last() != Some(&variant.name) {
                all[place].variants.push(variant.name.clone());
            }
        }
    }
    for input in &mut all {
        if input.variants.len() == variants.len() {
            input.variants.clear();
        }
    }
    all
}

fn input(given: &Given, variant: &Variant, labels: &BTreeMap<String, Words>) -> Input {
    let provenance = given.provenance.clone().unwrap_or_default();
    let keys = split(&given.path);
    let node = variant.root.find(keys.iter().map(String::as_str));
    let thing = keys.iter().take(2).cloned().collect::<Vec<_>>().join(".");
    Input {
        path: given.path.clone(),
        value: given.value.clone(),
        label: labels.get(&thing).cloned(),
        range: node.and_then(|node| node.get("range")).map(range),
        source: provenance.source,
        at: provenance.at,
        grade: provenance.grade,
        note: provenance.note,
        variants: Vec::new(),
    }
}

/// A range as people write it: `0.43 hours to 0.84 hours, lognormal`.
fn range(node: &Node) -> String {
    let part = |key: &str| node.get(key).map(written);
    match (part("p05"), part("p95")) {
        (Some(low), Some(high)) => {
            let form = part("dist").map_or_else(String::new, |form| format!(", {form}"));
            format!("{low} – {high}{form}")
        }
        _ => written(node),
    }
}

/// The sources that inputs cite, with how many cite them, in order of the bibliography.
pub(super) fn sources(study: &Study, inputs: &[Input]) -> Vec<Source> {
    let cited = |id: &str| inputs.iter().filter(|input| input.source.as_deref() == Some(id)).count();
    let source = |source: &crate::scenario::bibliography::Source| Source {
        id: source.id.clone(),
        title: source.title.clone(),
        url: source.url.clone(),
        cited: cited(&source.id),
    };
    study.bibliography.sources.iter().map(source).collect()
}
