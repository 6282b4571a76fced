//! `caseload record`: a model held beside what was published.

use super::args::{RecordArgs, RecordFormat};
use super::exit::Exit;
use super::output::{Failure, OutputFile, tell};
use super::progress::{Progress, stop_on_interrupt};
use super::run::open;
use super::simulate::{Effort, Finished, Said, settle, simulate};
use crate::experiment::Control;
use crate::report::{self, laid_out, record as page};
use crate::scenario::{Request, Study};

/// Simulate what a record asks, and print or write its page.
pub(super) fn record(args: &RecordArgs) -> Result<(String, Exit), Failure> {
    let (study, _) = open(&args.file, &Request::default())?;
    let Some(record) = &study.record else {
        return Err(Failure::refused(format!(
            "error: `{}` is not a record\n  = help: give a file with kind = \"record\"; a study is run by `caseload compare`",
            args.file.display()
        )));
    };
    let output = args.out.as_deref().map(OutputFile::at).transpose()?;
    let finished = futures(&study, args)?;
    let variant = report::Variant {
        name: &finished.name,
        legend: &finished.legend,
        outcome: &finished.outcome,
        unsourced: finished.unsourced,
    };
    let findings = page::findings(record, &variant);
    for found in findings.iter().filter(|found| found.verdict == page::Verdict::Miss) {
        if found.row.miss.is_none() {
            tell(&format!(
                "warning: row `{0}` misses and does not say why\n  = help: write [row.{0}] miss = \"…\"",
                found.row.name
            ));
        }
    }
    let text = match args.format {
        RecordFormat::Md => {
            page::markdown(record, &variant, &findings, &format!("caseload record {}", args.file.display()))
        }
        RecordFormat::Text => page::text(record, &variant, &findings),
        RecordFormat::Json => laid_out(&page::document(record, &variant, &findings)),
    };
    let exit = Exit::of([&finished.outcome]);
    match output {
        Some(file) => file.write(text.as_bytes()).map(|()| (String::new(), exit)),
        None => Ok((text, exit)),
    }
}

/// All futures of the record's one variant.
fn futures(study: &Study, args: &RecordArgs) -> Result<Finished, Failure> {
    let variant = &study.variants[study.baseline];
    let said = Said { replications: args.replications, seed: args.seed, uncertain: None };
    let settled = settle(study, &[variant], said);
    let progress = Progress::new("futures", settled.max);
    let count = || progress.finished();
    let control = Control { stop: stop_on_interrupt()?, finished: &count };
    let finished =
        simulate(study, &[variant], &settled, Effort { threads: args.threads, detail: false }, control)?;
    finished.into_iter().find(|finished| !finished.outcome.replications.is_empty()).ok_or_else(|| Failure {
        message: "interrupted before a future was finished".to_owned(),
        exit: Exit::Interrupted,
    })
}
