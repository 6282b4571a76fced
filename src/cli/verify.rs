//! `caseload verify`: run again what a report was made from, and hold the two against each other.

use super::args::{ReportFormat, VerifyArgs};
use super::counted;
use super::exit::Exit;
use super::output::Failure;
use super::pick::pick;
use super::progress::{Progress, stop_on_interrupt};
use super::report::read;
use super::run::{baseline_first, gather, views};
use super::simulate::{Effort, simulate};
use crate::experiment::Control;
use crate::report::document::{Document, Lang, Origin};
use crate::report::html;
use crate::scenario::{Loaded, Replications, Request, Study, Variant, load};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Run a report again.
pub(super) fn verify(args: &VerifyArgs) -> Result<(String, Exit), Failure> {
    let document = read(&args.report)?;
    let again = rerun(&document, args.threads)?;
    let mut text = String::new();
    let mut same = true;
    for (section, found) in compared(&document, &again) {
        same &= found.is_none();
        let verdict = found.unwrap_or_else(|| "identical".to_owned());
        let _ = writeln!(text, "{section:<12} {verdict}");
    }
    let page = page(&args.report, &document)?;
    same &= page != Some(false);
    if let Some(page) = page {
        let verdict = if page { "identical" } else { "differs: the page was changed after it was written" };
        let _ = writeln!(text, "{:<12} {verdict}", "page");
    }
    text.push_str(&conclusion(&document, same));
    Ok((text, if same { Exit::Done } else { Exit::ValidationFailed }))
}

fn conclusion(document: &Document, same: bool) -> String {
    let own = env!("CARGO_PKG_VERSION");
    if same {
        format!(
            "\nverified: {}, {}, every table is identical\n",
            counted(document.variants.len(), "variant"),
            counted(document.origin.replications, "future")
        )
    } else if document.caseload == own {
        "\nNOT verified: what this program makes of the enclosed files differs from the report\n".to_owned()
    } else {
        format!(
            "\nNOT verified: the report is of caseload {}, this is {own}; numbers may differ between versions\n",
            document.caseload
        )
    }
}

/// Whether a page is what this program makes of its document; `None` of what is no page.
fn page(path: &Path, document: &Document) -> Result<Option<bool>, Failure> {
    if path.is_dir() || super::report::form_of(path).ok() == Some(ReportFormat::Json) {
        return Ok(None);
    }
    let text = std::fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
    let lang = [Lang::En, Lang::Es].into_iter().find(|&lang| text.contains(&html::language_mark(lang)));
    Ok(Some(lang.is_some_and(|lang| html::page(document, lang) == text)))
}

/// The document that the enclosed files give.
fn rerun(document: &Document, threads: Option<u16>) -> Result<Document, Failure> {
    let origin = &document.origin;
    let loaded = reload(origin);
    let Loaded { files, found, study } = loaded;
    let study = study.ok_or_else(|| Failure::refused(found.render(&files)))?;
    let variants = chosen(&study, origin)?;
    let settled = Replications {
        seed: origin.seed,
        min: origin.replications,
        max: origin.replications,
        sampled: origin.sampled,
        per_draw: origin.per_draw,
        ..study.replications.clone()
    };
    let stop = stop_on_interrupt()?;
    let progress = Progress::new("futures", origin.replications * variants.len());
    let done = || progress.finished();
    let mut finished = simulate(
        &study,
        &variants,
        &settled,
        Effort { threads, detail: true },
        Control { stop, finished: &done },
    )?;
    for variant in &mut finished {
        if variant.outcome.interrupted {
            return Err(Failure {
                message: "interrupted: nothing is verified".to_owned(),
                exit: Exit::Interrupted,
            });
        }
        variant.outcome.replications.truncate(origin.replications);
        (variant.outcome.interrupted, variant.outcome.precision) = (origin.interrupted, origin.precision);
    }
    Ok(gather(&study, &variants, &views(&finished), (&files, origin.clone())))
}

fn reload(origin: &Origin) -> Loaded {
    let policy =
        |(name, files): &(String, Vec<String>)| (name.clone(), files.iter().map(PathBuf::from).collect());
    let request = Request {
        policies: origin.policies.iter().map(policy).collect(),
        enclosed: Some(origin.files.iter().map(|file| (file.path.clone(), file.text.clone())).collect()),
    };
    load(Path::new(&origin.file), &request)
}

fn chosen<'a>(study: &'a Study, origin: &Origin) -> Result<Vec<&'a Variant>, Failure> {
    match &origin.only {
        Some(name) => Ok(vec![pick(study, Some(name))?]),
        None => Ok(baseline_first(study)),
    }
}

/// The sections of two documents, each with the first place where they differ.
fn compared(ours: &Document, theirs: &Document) -> Vec<(String, Option<String>)> {
    let value = |document: &Document| serde_json::to_value(document).unwrap_or(Value::Null);
    let (ours, theirs) = (value(ours), value(theirs));
    let sections = ours.as_object().into_iter().flatten().filter(|(key, _)| key.as_str() != "seal");
    let found = |(key, section): (&String, &Value)| {
        let other = theirs.get(key).unwrap_or(&Value::Null);
        (key.clone(), difference(key, section, other))
    };
    sections.map(found).collect()
}

/// The first place where two values differ, with both.
fn difference(path: &str, ours: &Value, theirs: &Value) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let inner = match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => a.iter().find_map(|(key, value)| {
            difference(&format!("{path}.{key}"), value, b.get(key).unwrap_or(&Value::Null))
        }),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.into_iter().find_map(|(place, (a, b))| difference(&format!("{path}.{place}"), a, b))
        }
        _ => None,
    };
    inner.or_else(|| Some(format!("differs at {path}: report {}, run again {}", short(ours), short(theirs))))
}

fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_difference_is_named_with_both_values() {
        let (a, b) = (json!({ "x": [1, { "y": 2 }] }), json!({ "x": [1, { "y": 3 }] }));
        assert_eq!(difference("s", &a, &a), None);
        assert_eq!(difference("s", &a, &b).unwrap(), "differs at s.x.1.y: report 2, run again 3");
        assert!(
            difference("s", &json!([1]), &json!([1, 2])).unwrap().contains("report [1], run again [1,2]")
        );
    }
}
