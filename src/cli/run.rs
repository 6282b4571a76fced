//! `caseload run` and `caseload compare`.

use super::args::{CompareArgs, Format, Language, Options, RunArgs};
use super::command;
use super::exit::Exit;
use super::output::{Failure, OutputDir, tell};
use super::pick::pick;
use super::progress::{Progress, stop_on_interrupt};
use super::report::{Page, REPORT};
use super::simulate::{Effort, Finished, settle, simulate};
use crate::diagnostic::Files;
use crate::dossier::background;
use crate::experiment::Control;
use crate::report::design::{self, Compared};
use crate::report::document::{Background, Document, Lang, Origin, Words};
use crate::report::{Variant as View, csv, json, laid_out, text};
use crate::scenario::{Replications, Request, Study, Variant, load};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Run one variant.
pub(super) fn run(args: &RunArgs) -> Result<(String, Exit), Failure> {
    let named = args.policy.as_deref().map(parse_policy).transpose()?;
    let request = match &named {
        Some((name, Some(files))) => {
            Request { policies: vec![(name.clone(), files.clone())], ..Request::default() }
        }
        _ => Request::default(),
    };
    let (study, files) = open(&args.file, &request)?;
    let variant = pick(&study, named.as_ref().map(|(name, _)| name.as_str()))?;
    let asked = Asked {
        files,
        only: Some(variant.name.clone()),
        ..Asked::new(command::of_run(args), &args.file, &request)
    };
    let job = Job::new(&study, vec![variant], "run.json", &args.options)?;
    let finished = job.run()?;
    let variants = views(&finished);
    let document = job.document(|| json::run(&variants[0]));
    job.write(&document, &variants, &asked)?;
    let words = || {
        text::asked(study.question.as_deref()) + &text::run(&variants[0]) + &picture(&variants, &args.options)
    };
    Ok((shown(args.options.format, &document, words), exit(&finished)))
}

/// Run every variant on the same futures.
pub(super) fn compare(args: &CompareArgs) -> Result<(String, Exit), Failure> {
    let mut policies = Vec::new();
    for policy in &args.policy {
        match parse_policy(policy)? {
            (name, Some(files)) => policies.push((name, files)),
            (name, None) => {
                return Err(Failure::refused(format!(
                    "error: `--policy {name}` names no files\n  = help: write --policy {name}=policies/{name}.toml"
                )));
            }
        }
    }
    let request = Request { policies, ..Request::default() };
    let (study, files) = open(&args.file, &request)?;
    if study.variants.len() < 2 {
        return Err(Failure::refused(format!(
            "error: `{}` has one variant only, and there is nothing to compare it with\n  = help: give a study, or --policy NAME=FILE once for each variant",
            args.file.display()
        )));
    }
    let asked = Asked { files, ..Asked::new(command::of_compare(args), &args.file, &request) };
    let job = Job::new(&study, baseline_first(&study), "compare.json", &args.options)?;
    let finished = job.run()?;
    let variants = views(&finished);
    let compared = Compared { design: &study.design, variants: &variants };
    let document = job.document(|| {
        let mut document = json::compare(&variants[0], &variants[1..]);
        json::add(&mut document, design::document(compared));
        document
    });
    job.write(&document, &variants, &asked)?;
    let words = || {
        text::asked(study.question.as_deref())
            + &text::compare(&variants[0], &variants[1..])
            + &design::text(compared, Lang::En)
            + &picture(&variants, &args.options)
    };
    Ok((shown(args.options.format, &document, words), exit(&finished)))
}

/// All variants, the baseline first.
pub(super) fn baseline_first(study: &Study) -> Vec<&Variant> {
    let others = study.variants.iter().enumerate().filter(|(index, _)| *index != study.baseline);
    let baseline = std::iter::once(&study.variants[study.baseline]);
    baseline.chain(others.map(|(_, variant)| variant)).collect()
}

/// `name`, or `name=file,file`.
fn parse_policy(text: &str) -> Result<(String, Option<Vec<PathBuf>>), Failure> {
    let Some((name, files)) = text.split_once('=') else { return Ok((text.to_owned(), None)) };
    if name.is_empty() || files.split(',').any(str::is_empty) {
        return Err(Failure::refused(format!(
            "error: `--policy {text}` is not a name and its files\n  = help: write --policy more-judges=policies/more-judges.toml, and further files after commas"
        )));
    }
    Ok((name.to_owned(), Some(files.split(',').map(PathBuf::from).collect())))
}

/// That no variant has the name of another, since results are told apart by it.
fn check_names(study: &Study) -> Result<(), Failure> {
    let mut names: Vec<&str> = study.variants.iter().map(|variant| variant.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Failure::refused(format!(
            "error: two variants are called `{}`\n  = help: give each `--policy` a name that no other and no policy of the study has; a model alone is `baseline`",
            pair[0]
        ))),
        None => Ok(()),
    }
}

/// Load a study, telling its warnings.
pub(super) fn open(path: &Path, request: &Request) -> Result<(Study, Files), Failure> {
    let loaded = load(path, request);
    let problems = loaded.found.render(&loaded.files);
    match loaded.study {
        Some(study) => {
            if !problems.is_empty() {
                tell(&problems);
            }
            check_names(&study)?;
            Ok((study, loaded.files))
        }
        None => Err(Failure::refused(problems)),
    }
}

/// A run that is about to begin: everything that can be wrong has been looked at.
struct Job<'a> {
    study: &'a Study,
    variants: Vec<&'a Variant>,
    settled: Replications,
    options: &'a Options,
    /// Name of the file that holds the document.
    document: &'static str,
    output: Option<OutputDir>,
    page: Option<Page>,
}

/// What was asked on the command line, and the files that were read for it.
struct Asked {
    /// The command, without what does not change results.
    command: Vec<String>,
    file: String,
    policies: Vec<(String, Vec<String>)>,
    only: Option<String>,
    files: Files,
}

impl Asked {
    fn new(command: Vec<String>, file: &Path, request: &Request) -> Self {
        let shown = |path: &PathBuf| path.display().to_string();
        let policy =
            |(name, files): &(String, Vec<PathBuf>)| (name.clone(), files.iter().map(shown).collect());
        Self {
            command,
            file: file.display().to_string(),
            policies: request.policies.iter().map(policy).collect(),
            only: None,
            files: Files::default(),
        }
    }
}

/// Names of the files beside the document.
const TABLES: [&str; 4] = ["figures.csv", "series.csv", "manifest.json", REPORT];

impl<'a> Job<'a> {
    fn new(
        study: &'a Study,
        variants: Vec<&'a Variant>,
        document: &'static str,
        options: &'a Options,
    ) -> Result<Self, Failure> {
        let output = options.out.as_ref().map(OutputDir::create).transpose()?;
        if let Some(output) = &output {
            output.reserve(&[document])?;
            output.reserve(&TABLES)?;
        }
        let page = options.report.as_deref().map(Page::at).transpose()?;
        let settled = settle(study, &variants, options.into());
        Ok(Self { study, variants, settled, options, document, output, page })
    }

    fn run(&self) -> Result<Vec<Finished>, Failure> {
        let stop = stop_on_interrupt()?;
        let progress = Progress::new("futures", self.settled.max * self.variants.len());
        let finished = || progress.finished();
        let control = Control { stop, finished: &finished };
        let detail = self.output.is_some() || self.page.is_some();
        let effort = Effort { threads: self.options.threads, detail };
        let finished = simulate(self.study, &self.variants, &self.settled, effort, control)?;
        if finished.iter().any(|variant| variant.outcome.replications.is_empty()) {
            return Err(Failure {
                message: "interrupted before a future was finished".to_owned(),
                exit: Exit::Interrupted,
            });
        }
        Ok(finished)
    }

    /// The document for programs, where somebody wants it: it takes longer than a report.
    fn document(&self, make: impl FnOnce() -> Value) -> Value {
        let wanted = self.output.is_some() || self.options.format == Format::Json;
        if wanted { make() } else { Value::Null }
    }

    /// Write everything into the folder and the report asked for.
    fn write(&self, document: &Value, variants: &[View<'_>], asked: &Asked) -> Result<(), Failure> {
        if self.output.is_none() && self.page.is_none() {
            return Ok(());
        }
        let report = self.account(variants, asked);
        if let (Some(page), Some(path)) = (&self.page, &self.options.report) {
            page.write(&report, self.options.lang.unwrap_or(Language::En).into())?;
            tell(&format!("report: {}", path.display()));
        }
        let Some(output) = &self.output else { return Ok(()) };
        let [figures, series, manifest, account] = TABLES;
        output.write(self.document, laid_out(document).as_bytes())?;
        output.write(figures, csv::figures(variants).as_bytes())?;
        output.write(series, csv::series(variants).as_bytes())?;
        output.write(manifest, laid_out(&self.manifest(variants, asked)).as_bytes())?;
        output.write(account, report.to_json().as_bytes())
    }

    /// All that a report shows.
    fn account(&self, variants: &[View<'_>], asked: &Asked) -> Document {
        let outcome = variants[0].outcome;
        let origin = Origin {
            command: asked.command.clone(),
            file: asked.file.clone(),
            policies: asked.policies.clone(),
            only: asked.only.clone(),
            seed: self.settled.seed,
            replications: outcome.replications.len(),
            sampled: self.settled.sampled,
            per_draw: self.settled.per_draw,
            level: self.settled.level,
            interrupted: outcome.interrupted,
            precision: outcome.precision,
            files: Vec::new(),
        };
        gather(self.study, &self.variants, variants, (&asked.files, origin))
    }

    fn manifest(&self, variants: &[View<'_>], asked: &Asked) -> Value {
        let inputs: Vec<Value> =
            self.study.files.iter().map(|(path, hash)| json!({ "path": path, "blake3": hash })).collect();
        let replications = variants.first().map_or(0, |variant| variant.outcome.replications.len());
        json!({
            "caseload": env!("CARGO_PKG_VERSION"),
            "command": asked.command,
            "seed": self.settled.seed,
            "replications": replications,
            "uncertain": if self.settled.sampled { "sample" } else { "central" },
            "per-draw": self.settled.per_draw,
            "variants": variants.iter().map(|variant| json!({ "name": variant.name, "hash": variant.legend.hash })).collect::<Vec<_>>(),
            "inputs": inputs,
        })
    }
}

/// The document of variants that were run.
pub(super) fn gather(
    study: &Study,
    variants: &[&Variant],
    views: &[View<'_>],
    (files, origin): (&Files, Origin),
) -> Document {
    let background = background(study, variants, files, origin);
    let design = design_told(study, views, &background);
    Document::new(views, &Background { design, ..background })
}

/// Sweeps, interactions and flips in both languages; nothing where the study asks for none.
fn design_told(study: &Study, views: &[View<'_>], background: &Background) -> Words {
    let english = design::text(Compared { design: &study.design, variants: views }, Lang::En);
    if english.is_empty() {
        return Words::default();
    }
    let legends: Vec<_> = views.iter().map(|view| background.in_spanish(view.legend)).collect();
    let views: Vec<View<'_>> =
        views.iter().zip(&legends).map(|(view, legend)| View { legend, ..*view }).collect();
    let named = background.design_in_spanish(&study.design);
    Words::both(english, design::text(Compared { design: &named, variants: &views }, Lang::Es))
}

pub(super) fn views(finished: &[Finished]) -> Vec<View<'_>> {
    finished
        .iter()
        .map(|finished| View {
            name: &finished.name,
            legend: &finished.legend,
            outcome: &finished.outcome,
            unsourced: finished.unsourced,
        })
        .collect()
}

fn shown(format: Format, document: &Value, words: impl FnOnce() -> String) -> String {
    match format {
        Format::Json => laid_out(document),
        Format::Text => words(),
    }
}

/// Queues through time as a picture, where a person looks at it.
fn picture(variants: &[View<'_>], options: &Options) -> String {
    if options.plain || !std::io::stdout().is_terminal() {
        return String::new();
    }
    let coloured = !options.no_color && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    text::picture(variants, coloured)
}

fn exit(finished: &[Finished]) -> Exit {
    Exit::of(finished.iter().map(|finished| &finished.outcome))
}
