//! From a study to the outcomes of its variants.

use super::args::{Options, Uncertain};
use super::detail;
use super::exit::Exit;
use super::future::{Baseline, Way};
use super::gains::Gains;
use super::limits;
use super::output::{Failure, tell};
use super::threads;
use super::twin;
use crate::compile::{compile, legend};
use crate::experiment::{Arm, Control, DetailPlan, Figure, Futures, Outcome, compare, figures};
use crate::legend::Legend;
use crate::scenario::{Draw, Replications, Scenario, Study, Variant, Wanted};
use crate::stats::Target;

/// A variant with its outcome.
pub(super) struct Finished {
    pub(super) name: String,
    pub(super) legend: Legend,
    pub(super) outcome: Outcome,
    /// Numbers given without a source.
    pub(super) unsourced: usize,
}

/// With how much work a study is run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Threads; all cores if not given.
    pub(super) threads: Option<u16>,
    /// Whether cohorts, ages and moves are looked at, too.
    pub(super) detail: bool,
}

/// What a command line says of the futures, where it says anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) replications: Option<u32>,
    pub(super) seed: Option<u64>,
    pub(super) uncertain: Option<Uncertain>,
}

impl From<&Options> for Said {
    fn from(options: &Options) -> Self {
        Self { replications: options.replications, seed: options.seed, uncertain: options.uncertain }
    }
}

/// Put what the command line says in place of what the study says. Futures asked for are rounded up to whole draws of
/// the inputs, which is told.
pub(super) fn settle(study: &Study, variants: &[&Variant], said: Said) -> Replications {
    let mut settled = study.replications.clone();
    if let Some(seed) = said.seed {
        settled.seed = seed;
    }
    if let Some(uncertain) = said.uncertain {
        settled.sampled = uncertain == Uncertain::Sample;
        settled.per_draw = settled.per_draw.max(if settled.sampled { 2 } else { 1 });
    }
    if let Some(asked) = said.replications {
        let number = (asked as usize).next_multiple_of(per_draw(&settled, variants));
        if number > asked as usize {
            tell(&format!(
                "note: {number} futures are run where {asked} were asked for: each draw of the inputs is for {} (`per-draw`)",
                settled.per_draw
            ));
        }
        (settled.min, settled.max) = (number, number);
    }
    settled
}

/// Futures for each draw of the inputs: one where nothing is drawn.
fn per_draw(settled: &Replications, variants: &[&Variant]) -> usize {
    if draws(settled, variants) { settled.per_draw } else { 1 }
}

/// Whether an input of any variant varies between futures.
fn draws(settled: &Replications, variants: &[&Variant]) -> bool {
    settled.sampled && variants.iter().any(|variant| is_open(&variant.scenario))
}

/// Run variants of a study on the same futures.
pub(super) fn simulate(
    study: &Study,
    variants: &[&Variant],
    settled: &Replications,
    effort: Effort,
    control: Control<'_>,
) -> Result<Vec<Finished>, Failure> {
    let workers = threads::workers(effort.threads, settled.max);
    let open = draws(settled, variants);
    let futures = Futures {
        seed: settled.seed,
        min: settled.min,
        max: settled.max,
        per_cluster: per_draw(settled, variants),
        level: settled.level,
    };
    for variant in variants {
        limits::check_here(variant, workers)?;
    }
    let plans: Vec<Option<DetailPlan>> =
        variants.iter().map(|variant| effort.detail.then(|| detail::plan(&variant.scenario))).collect();
    let baseline = Baseline::new(study, variants, &plans, (settled, open));
    let arms: Vec<Arm<'_>> = variants
        .iter()
        .zip(&plans)
        .map(|(variant, plan)| {
            let way = Way { settled, open, detail: plan.as_ref(), baseline: baseline.as_ref() };
            arm(variant, way)
        })
        .collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().map_err(|error| Failure {
        message: format!("error: threads cannot be started: {error}"),
        exit: Exit::Failed,
    })?;
    let outcomes = pool.install(|| compare(&arms, &futures, control));
    drop(arms);
    drop(baseline);
    let central = &study.variants[study.baseline].scenario;
    let gains = pool.install(|| Gains::of(central));
    let finished = |((variant, mut outcome), plan): ((&&Variant, Outcome), Option<DetailPlan>)| {
        let scenario = &variant.scenario;
        let drawn = open && is_open(scenario);
        if !answers(study, variant) {
            outcome.fluid = pool.install(|| twin::levels(scenario, settled, &outcome, drawn));
        }
        outcome.detail = plan;
        outcome.inputs = if drawn { twin::inputs(scenario, settled, &outcome) } else { Vec::new() };
        let mut legend = legend(scenario, &variant.hash);
        legend.responses = pool.install(|| gains.named(scenario, legend.responses));
        Finished { name: variant.name.clone(), legend, outcome, unsourced: unsourced(study, scenario) }
    };
    Ok(variants.iter().zip(outcomes).zip(plans).map(finished).collect())
}

/// Whether anything in a variant can answer with a factor other than 1, or waits for a condition: its fluid does not.
fn answers(study: &Study, variant: &Variant) -> bool {
    let baseline = &study.variants[study.baseline];
    let is_baseline = std::ptr::eq(variant, baseline);
    let mut responses = variant.scenario.responses.iter();
    responses.any(|response| !is_baseline || response.reference.is_some())
        || !variant.scenario.conditions.is_empty()
}

pub(super) fn is_open(scenario: &Scenario) -> bool {
    scenario.parameters.iter().any(crate::scenario::Parameter::is_uncertain)
}

fn arm<'a>(variant: &'a Variant, way: Way<'a>) -> Arm<'a> {
    let settled = way.settled;
    let scenario = &variant.scenario;
    let central = compile(scenario, &Draw::central(&scenario.parameters));
    let stop = settled.stop.iter().filter_map(|(name, wanted)| {
        let index = scenario.outcomes.iter().position(|outcome| outcome.name == *name)?;
        let target = match wanted {
            Wanted::Relative(share) => Target::Relative(*share),
            Wanted::Absolute(width) => Target::Absolute(*width),
        };
        Some((Figure::Measure(index), target))
    });
    let stop = if settled.min < settled.max { stop.collect() } else { Vec::new() };
    let figures = figures(&central);
    Arm { figures, stop, simulate: way.simulate(variant) }
}

/// Numbers without a source, in models that have a bibliography.
fn unsourced(study: &Study, scenario: &Scenario) -> usize {
    if !study.bibliography.given {
        return 0;
    }
    let cited = |provenance: &Option<crate::scenario::model::Provenance>| {
        provenance
            .as_ref()
            .is_some_and(|provenance| provenance.source.is_some() || provenance.grade.is_some())
    };
    scenario.inputs.iter().filter(|input| !cited(&input.provenance)).count()
}
