//! What was checked, and what a reader must know.

use super::super::Variant as View;
use super::super::caution::{Caution, cautions_in, pairing_cautions_in};
use super::super::say::Speech;
use super::Background;
use super::burden::named;
use super::words::{Lang, Words};
use crate::experiment::{Audit as Exact, FluidLevel};
use crate::legend::Legend;
use serde::{Deserialize, Serialize};

/// What was checked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Audit {
    /// The exact identities, by variant.
    pub identities: Vec<Identities>,
    /// The fluid twin against the simulation.
    pub fluid: Vec<FluidGap>,
    /// Cautions; those that hold for every variant stand once.
    pub cautions: Vec<CautionNote>,
}

/// In how many futures of a variant each identity is broken: zero where the program is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Identities {
    /// Futures that were checked.
    pub futures: usize,
    /// Initial + arrived + returned = departed + pending.
    pub conservation: usize,
    /// ∫ N dt = sum of the times of the cases.
    pub little: usize,
    /// Busy time within staffed time, and all service time accounted for.
    pub busy: usize,
}

/// The deterministic fluid twin of a stage, against the simulation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FluidGap {
    /// Number of the variant.
    pub variant: usize,
    /// Name of the stage.
    pub stage: String,
    /// Its label.
    pub label: Words,
    /// Simulated mean number waiting at the end.
    pub simulated: f64,
    /// What the fluid twin has there.
    pub fluid: f64,
}

/// A caution in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CautionNote {
    /// Number of the variant it was first found in.
    pub variant: usize,
    /// The word for it in JSON.
    pub kind: String,
    /// What is the matter.
    pub message: Words,
    /// What to do.
    pub advice: Words,
}

impl Audit {
    pub(super) fn of(views: &[View<'_>], background: &Background) -> Self {
        Self {
            identities: views.iter().map(Identities::of).collect(),
            fluid: gaps(views, background),
            cautions: notes(views, background),
        }
    }
}

impl Identities {
    fn of(view: &View<'_>) -> Self {
        let replications = &view.outcome.replications;
        let broken = |gap: fn(&Exact) -> bool| {
            replications.iter().filter(|replication| gap(&replication.audit)).count()
        };
        Self {
            futures: replications.len(),
            conservation: broken(|audit| audit.conservation != 0),
            little: broken(|audit| audit.little != 0),
            busy: broken(|audit| audit.busy != 0),
        }
    }

    /// Whether all hold in every future.
    pub fn are_exact(&self) -> bool {
        self.conservation + self.little + self.busy == 0
    }
}

/// The lines of every variant that are long even without chance, beside those of the fluid.
fn gaps(views: &[View<'_>], background: &Background) -> Vec<FluidGap> {
    let of_view = |(variant, view): (usize, &View<'_>)| {
        let long = view.outcome.fluid.iter().filter(|level| level.is_long()).copied();
        let gap = |level: FluidLevel| {
            let stage = &view.legend.stages[usize::from(level.station)].name;
            let path = format!("stage.{}", stage.name);
            FluidGap {
                variant,
                label: named(&path, &stage.label, background),
                stage: stage.name.clone(),
                simulated: level.simulated,
                fluid: level.fluid,
            }
        };
        long.map(gap).collect::<Vec<_>>()
    };
    views.iter().enumerate().flat_map(of_view).collect()
}

/// The cautions of all variants, each once.
fn notes(views: &[View<'_>], background: &Background) -> Vec<CautionNote> {
    let legends: Vec<Legend> = views.iter().map(|view| background.in_spanish(view.legend)).collect();
    let spanish: Vec<View<'_>> =
        views.iter().zip(&legends).map(|(view, legend)| View { legend, ..*view }).collect();
    let mut told: Vec<Caution> = Vec::new();
    let mut notes = Vec::new();
    // The same futures make the same cautions, whatever things are called.
    for (english, spanish) in all(views, Lang::En).into_iter().zip(all(&spanish, Lang::Es)) {
        if !told.contains(&english.1) {
            notes.push(note(english.0, &english.1, &spanish.1));
            told.push(english.1);
        }
    }
    notes
}

/// The cautions of each variant by its number.
fn all(views: &[View<'_>], lang: Lang) -> Vec<(usize, Caution)> {
    let of_view = |(number, view): (usize, &View<'_>)| {
        let of_pairs = if number == 0 { Vec::new() } else { pairing_cautions_in(view, &views[0], lang) };
        let both = cautions_in(view, lang).into_iter().chain(of_pairs);
        both.map(|caution| (number, caution)).collect::<Vec<_>>()
    };
    views.iter().enumerate().flat_map(of_view).collect()
}

fn note(variant: usize, english: &Caution, spanish: &Caution) -> CautionNote {
    let t = Speech { lang: Lang::Es };
    CautionNote {
        variant,
        kind: english.kind().to_owned(),
        message: Words::both(english.to_string(), t.caution(spanish)),
        advice: Words::both(english.advice(), t.advice(spanish)),
    }
}
