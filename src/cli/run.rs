//! `caseload run` and `caseload compare`.

use super::args::{CompareArgs, Format, Options, RunArgs};
use super::exit::Exit;
use super::output::{Failure, OutputDir};
use super::pick::pick;
use super::progress::{Progress, stop_on_interrupt};
use super::simulate::{Finished, settle, simulate};
use crate::experiment::Control;
use crate::report::{self, csv, json, text};
use crate::scenario::{Replications, Request, Study, Variant, load};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Run one variant.
pub(super) fn run(args: &RunArgs) -> Result<(String, Exit), Failure> {
    let named = args.policy.as_deref().map(parse_policy);
    let request = match &named {
        Some((name, Some(files))) => Request { policies: vec![(name.clone(), files.clone())] },
        _ => Request::default(),
    };
    let study = open(&args.file, &request)?;
    let variant = pick(&study, named.as_ref().map(|(name, _)| name.as_str()))?;
    let job = Job::new(&study, vec![variant], &args.options)?;
    let finished = job.run()?;
    let variants = views(&finished);
    let document = json::run(&variants[0]);
    job.write("run.json", &document, &variants)?;
    Ok((shown(args.options.format, &document, || text::run(&variants[0])), exit(&finished)))
}

/// Run every variant on the same futures.
pub(super) fn compare(args: &CompareArgs) -> Result<(String, Exit), Failure> {
    let mut policies = Vec::new();
    for policy in &args.policy {
        match parse_policy(policy) {
            (name, Some(files)) => policies.push((name, files)),
            (name, None) => {
                return Err(Failure::refused(format!(
                    "error: `--policy {name}` names no files\n  = help: write --policy {name}=policies/{name}.toml"
                )));
            }
        }
    }
    let study = open(&args.file, &Request { policies })?;
    if study.variants.len() < 2 {
        return Err(Failure::refused(format!(
            "error: `{}` has one variant only, and there is nothing to compare it with\n  = help: give a study, or --policy NAME=FILE once for each variant",
            args.file.display()
        )));
    }
    let mut order: Vec<&Variant> = vec![&study.variants[study.baseline]];
    order.extend(
        study
            .variants
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != study.baseline)
            .map(|(_, variant)| variant),
    );
    let job = Job::new(&study, order, &args.options)?;
    let finished = job.run()?;
    let variants = views(&finished);
    let document = json::compare(&variants[0], &variants[1..]);
    job.write("compare.json", &document, &variants)?;
    let question = study.question.as_ref().map_or_else(String::new, |question| format!("{question}\n\n"));
    let words = || question + &text::compare(&variants[0], &variants[1..]);
    Ok((shown(args.options.format, &document, words), exit(&finished)))
}

/// `name`, or `name=file,file`.
fn parse_policy(text: &str) -> (String, Option<Vec<PathBuf>>) {
    match text.split_once('=') {
        Some((name, files)) => (name.to_owned(), Some(files.split(',').map(PathBuf::from).collect())),
        None => (text.to_owned(), None),
    }
}

/// Load a study, telling its warnings.
fn open(path: &Path, request: &Request) -> Result<Study, Failure> {
    let loaded = load(path, request);
    let problems = loaded.found.render(&loaded.files);
    match loaded.study {
        Some(study) => {
            if !problems.is_empty() {
                warn(&problems);
            }
            Ok(study)
        }
        None => Err(Failure::refused(problems)),
    }
}

#[expect(clippy::print_stderr, reason = "warnings are told on stderr")]
fn warn(text: &str) {
    eprintln!("{text}");
}

/// A run that is about to begin: everything that can be wrong has been looked at.
struct Job<'a> {
    study: &'a Study,
    variants: Vec<&'a Variant>,
    settled: Replications,
    threads: Option<u16>,
    output: Option<OutputDir>,
}

impl<'a> Job<'a> {
    fn new(study: &'a Study, variants: Vec<&'a Variant>, options: &Options) -> Result<Self, Failure> {
        let output = options.out.as_ref().map(OutputDir::create).transpose()?;
        let settled = settle(&study.replications, options);
        Ok(Self { study, variants, settled, threads: options.threads, output })
    }

    fn run(&self) -> Result<Vec<Finished>, Failure> {
        let stop = stop_on_interrupt()?;
        let progress = Progress::new("futures", self.settled.max * self.variants.len());
        let finished = || progress.finished();
        let control = Control { stop, finished: &finished };
        simulate(self.study, &self.variants, &self.settled, self.threads, control)
    }

    /// Write everything into the folder asked for.
    fn write(&self, name: &str, document: &Value, variants: &[report::Variant<'_>]) -> Result<(), Failure> {
        let Some(output) = &self.output else { return Ok(()) };
        output.write(name, format!("{document:#}\n").as_bytes())?;
        output.write("figures.csv", csv::figures(variants).as_bytes())?;
        output.write("series.csv", csv::series(variants).as_bytes())?;
        output.write("manifest.json", format!("{:#}\n", self.manifest(variants)).as_bytes())
    }

    fn manifest(&self, variants: &[report::Variant<'_>]) -> Value {
        let inputs: Vec<Value> =
            self.study.files.iter().map(|(path, hash)| json!({ "path": path, "blake3": hash })).collect();
        let replications = variants.first().map_or(0, |variant| variant.outcome.replications.len());
        json!({
            "caseload": env!("CARGO_PKG_VERSION"),
            "command": std::env::args().skip(1).collect::<Vec<_>>(),
            "seed": self.settled.seed,
            "replications": replications,
            "uncertain": if self.settled.sampled { "sample" } else { "central" },
            "per-draw": self.settled.per_draw,
            "variants": variants.iter().map(|variant| json!({ "name": variant.name, "hash": variant.legend.hash })).collect::<Vec<_>>(),
            "inputs": inputs,
        })
    }
}

fn views(finished: &[Finished]) -> Vec<report::Variant<'_>> {
    finished
        .iter()
        .map(|finished| report::Variant {
            name: &finished.name,
            legend: &finished.legend,
            outcome: &finished.outcome,
            unsourced: finished.unsourced,
        })
        .collect()
}

fn shown(format: Format, document: &Value, words: impl FnOnce() -> String) -> String {
    match format {
        Format::Json => format!("{document:#}\n"),
        Format::Text => words(),
    }
}

fn exit(finished: &[Finished]) -> Exit {
    Exit::of(finished.iter().map(|finished| &finished.outcome))
}
