//! `caseload report`: a report in another form or language, from what a run left.

use super::args::{Language, ReportArgs, ReportFormat};
use super::exit::Exit;
use super::output::{Failure, OutputFile};
use crate::report::document::{Document, Lang};
use crate::report::{csv, html, markdown, tidy};
use std::fs;
use std::path::Path;

/// The file of a run's folder that holds all that a report shows.
pub(super) const REPORT: &str = "report.json";

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Es => Self::Es,
        }
    }
}

/// Write a report again.
pub(super) fn report(args: &ReportArgs) -> Result<(String, Exit), Failure> {
    let document = read(&args.run)?;
    let by_name = args.output.as_deref().map(form_of).transpose();
    let form = args.format.map_or_else(|| by_name.map(|form| form.unwrap_or(ReportFormat::Html)), Ok)?;
    match (&args.output, form) {
        (Some(path), _) => {
            let file = OutputFile::at(path)?;
            file.write(&shown(&document, form, args.lang.into())).map(|()| (String::new(), Exit::Done))
        }
        (None, ReportFormat::Parquet) => Err(Failure::refused(
            "error: a Parquet table is no text that could be printed\n  = help: name the file to write: -o numbers.parquet",
        )),
        (None, _) => {
            // Every other form is text.
            let text = String::from_utf8_lossy(&shown(&document, form, args.lang.into())).into_owned();
            Ok((text, Exit::Done))
        }
    }
}

/// The form that the end of a file's name stands for.
pub(super) fn form_of(path: &Path) -> Result<ReportFormat, Failure> {
    match path.extension().and_then(|end| end.to_str()) {
        Some("html" | "htm") => Ok(ReportFormat::Html),
        Some("md") => Ok(ReportFormat::Md),
        Some("csv") => Ok(ReportFormat::Csv),
        Some("parquet") => Ok(ReportFormat::Parquet),
        Some("json") => Ok(ReportFormat::Json),
        _ => Err(Failure::refused(format!(
            "error: the name of the report `{}` does not say its form\n  = help: end it in .html, .md, .csv, .parquet or .json",
            path.display()
        ))),
    }
}

/// A report to be written, in the form that its name says.
#[derive(Debug)]
pub(super) struct Page {
    file: OutputFile,
    form: ReportFormat,
}

impl Page {
    /// The report at `path`, after a trial that it can be written.
    pub(super) fn at(path: &Path) -> Result<Self, Failure> {
        let form = form_of(path)?;
        Ok(Self { file: OutputFile::at(path)?, form })
    }

    /// Write it.
    pub(super) fn write(&self, document: &Document, lang: Lang) -> Result<(), Failure> {
        self.file.write(&shown(document, self.form, lang))
    }
}

fn shown(document: &Document, form: ReportFormat, lang: Lang) -> Vec<u8> {
    match form {
        ReportFormat::Html => html::page(document, lang).into_bytes(),
        ReportFormat::Md => markdown::text(document, lang).into_bytes(),
        ReportFormat::Csv => csv::document(document).into_bytes(),
        ReportFormat::Parquet => tidy::parquet(document),
        ReportFormat::Json => document.to_json().into_bytes(),
    }
}

/// The document of a run's folder, or of a report.
pub(super) fn read(path: &Path) -> Result<Document, Failure> {
    let file = if path.is_dir() { path.join(REPORT) } else { path.to_owned() };
    let bytes = fs::read(&file).map_err(|error| Failure::io("read", &file, &error))?;
    let refuse = |problem: &dyn std::fmt::Display| {
        Failure::refused(format!(
            "error: `{}` cannot be shown: {problem}\n  = help: run the study again with `--out DIR` or `--report FILE`",
            file.display()
        ))
    };
    let text = String::from_utf8(bytes).map_err(|_| refuse(&"it is not text"))?;
    let found =
        if text.trim_start().starts_with('{') { Document::from_json(&text) } else { html::enclosed(&text) };
    found.map_err(|problem| refuse(&problem))
}
