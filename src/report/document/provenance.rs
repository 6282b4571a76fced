//! Where the numbers come from: inputs, sources, policies, and the account of methods.

use super::words::Words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where the numbers come from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provenance {
    /// Every number that was given, in the order of the model; those of policies after it.
    pub inputs: Vec<Input>,
    /// The sources cited.
    pub sources: Vec<Source>,
    /// The policies as differences from the model.
    pub policies: Vec<Policy>,
    /// The account of methods: STRESS-DES, filled from the model, gaps left open.
    pub methods: Vec<Item>,
}

impl Provenance {
    /// How many inputs have a range: numbers, and dates that are drawn, which are one for all changes of a policy that
    /// choose among the same.
    pub fn open(&self) -> usize {
        let numbers = self.inputs.iter().filter(|input| input.range.is_some()).count();
        numbers + self.policies.iter().map(Policy::open_dates).sum::<usize>()
    }
}

/// A number that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Input {
    /// Its path.
    pub path: String,
    /// It, as written, with its unit.
    pub value: String,
    /// What it is, where the file has words for it.
    pub label: Option<Words>,
    /// Its range, as written, where it has one.
    pub range: Option<String>,
    /// Id of its source.
    pub source: Option<String>,
    /// Where in the source.
    pub at: Option<String>,
    /// A to D.
    pub grade: Option<String>,
    /// Why, in the words of the file.
    pub note: Option<String>,
    /// Variants that have it, where not all do or their values differ.
    pub variants: Vec<String>,
}

impl Input {
    /// Whether it is an assumption: of grade D, or without any source.
    pub fn is_assumed(&self) -> bool {
        self.grade.as_deref() == Some("D") || (self.source.is_none() && self.grade.is_none())
    }
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// Id used in the files.
    pub id: String,
    /// Title.
    pub title: String,
    /// Where it can be read; `http:` or `https:` only.
    pub url: Option<String>,
    /// How many inputs cite it.
    pub cited: usize,
}

/// A policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Policy {
    /// Its title.
    pub title: Words,
    /// Its path.
    pub file: String,
    /// Variants that have it.
    pub variants: Vec<String>,
    /// What it changes.
    pub changes: Vec<Alteration>,
}

impl Policy {
    fn open_dates(&self) -> usize {
        let chosen = self.changes.iter().filter_map(|change| match &change.from {
            Some(Beginning::OneOf(dates)) if dates.len() > 1 => Some(dates),
            _ => None,
        });
        chosen.collect::<BTreeSet<_>>().len()
    }
}

/// One change of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Alteration {
    /// `set`, `scale`, `add`, `divert`, `insert`, `remove`.
    pub operation: String,
    /// Path of what is changed.
    pub path: String,
    /// What the changed thing is called, where a file has words for it.
    pub label: Option<Words>,
    /// The value in the model, as written, where there is one.
    pub before: Option<String>,
    /// The new value, the factor, what is added, or where cases are sent.
    pub value: Option<String>,
    /// What the target of a diversion is called.
    pub target: Option<Words>,
    /// Share of those sent elsewhere, as written.
    pub share: Option<String>,
    /// When it begins; from the start where there is none.
    pub from: Option<Beginning>,
    /// Until before this date.
    pub until: Option<String>,
    /// Length of the build-up, as written.
    pub ramp: Option<String>,
    /// How it wears off.
    pub fade: Option<Fade>,
    /// Further keys of the change, as written.
    pub more: Vec<(String, String)>,
    /// Why, in the words of the file.
    pub why: Option<String>,
    /// Id of its source.
    pub source: Option<String>,
    /// A to D.
    pub grade: Option<String>,
    /// What to know of it.
    pub note: Option<String>,
}

/// When a change begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beginning {
    /// On a date, as written.
    On(String),
    /// On one of several dates, each with its probability, as written.
    OneOf(Vec<(String, String)>),
    /// Once a condition holds.
    Once(Condition),
}

/// What a change waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Condition {
    /// The kind of its signal, as `waiting`.
    pub signal: String,
    /// What the signal is of: things by their labels, a length of time as written.
    pub of: Vec<Words>,
    /// Whether it must be below the bound; above it otherwise.
    pub below: bool,
    /// The bound, as written.
    pub bound: String,
    /// The dates at which it is looked at.
    pub tested: Vec<String>,
    /// Time from the date at which it holds to the beginning, as written.
    pub after: Option<String>,
}

/// How a change wears off once it is built up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fade {
    /// Time in which half of what is left goes, as written.
    pub half_life: String,
    /// The share of it that stays, as written; none where nothing does.
    pub floor: Option<String>,
}

/// An item of the STRESS-DES checklist (Monks et al. 2019, *Journal of Simulation* 13(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Item {
    /// Its number in the checklist, as `2.1`.
    pub number: String,
    /// What it asks for.
    pub asks: Words,
    /// What the model says; absent where only a person can say it.
    pub says: Option<Words>,
}
