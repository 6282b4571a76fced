//! `caseload check`.

use super::args::CheckArgs;
use super::counted;
use super::exit::Exit;
use super::gains::Gains;
use super::limits;
use super::output::Failure;
use crate::compile::legend;
use crate::scenario::{Loaded, Request, Study, load};
use std::fmt::Write as _;

/// Look for everything that is wrong with files; the report on those that are sound, or the failure.
pub(super) fn check(args: &CheckArgs) -> Result<(String, Exit), Failure> {
    let mut report = String::new();
    let mut problems = Vec::new();
    for path in &args.files {
        let loaded = load(path, &Request::default());
        let text = loaded.found.render(&loaded.files);
        match &loaded.study {
            Some(_) => report.push_str(&sound(&path.display().to_string(), &loaded)),
            None => problems.push(text.clone()),
        }
        let variants = loaded.study.iter().flat_map(|study| &study.variants);
        problems.extend(
            variants.filter_map(|variant| limits::check(variant).err()).map(|failure| failure.message),
        );
        if loaded.study.is_some() && !text.is_empty() {
            report.push_str(&text);
            report.push('\n');
        }
    }
    if problems.is_empty() { Ok((report, Exit::Done)) } else { Err(Failure::refused(problems.join("\n\n"))) }
}

fn sound(path: &str, loaded: &Loaded) -> String {
    let Some(study) = &loaded.study else { return String::new() };
    let scenario = &study.variants[study.baseline].scenario;
    let open = scenario.parameters.iter().filter(|parameter| parameter.is_uncertain()).count();
    let head = format!(
        "{path}: sound; {}, {}, {}, {}, {}, {}, {open} of them with a range\n",
        counted(scenario.stages.len(), "stage"),
        counted(scenario.pools.len(), "pool"),
        counted(scenario.exits.len(), "exit"),
        counted(study.variants.len(), "variant"),
        counted(scenario.outcomes.len(), "outcome"),
        counted(scenario.inputs.len(), "input"),
    );
    head + &responses(study)
}

/// What answers to signals, each once, and how much of it comes back to itself; of a policy alone what it brings.
fn responses(study: &Study) -> String {
    let (mut told, gains) = if is_policy_alone(study) {
        (study.model.responses.iter().map(|one| one.path.clone()).collect(), Gains::default())
    } else {
        (Vec::new(), Gains::of(&study.variants[study.baseline].scenario))
    };
    let mut text = String::new();
    for variant in &study.variants {
        let names = legend(&variant.scenario, "").responses.into_iter();
        let new = names.filter(|response| !told.contains(&response.name.name)).collect();
        for response in gains.named(&variant.scenario, new) {
            let gain = response.loop_gain.map_or_else(|| "not known".to_owned(), |gain| gain.to_string());
            let _ = writeln!(text, "  {}: loop gain {gain}", response.name.label);
            told.push(response.name.name);
        }
    }
    text
}

/// Whether it is a policy laid over the model that it extends.
fn is_policy_alone(study: &Study) -> bool {
    study.root.is_none() && study.variants.iter().all(|variant| !variant.policies.is_empty())
}
