//! What is wrong with an input, told so that its writer can mend it.
//!
//! Every message has four parts: what is wrong (with the value), where, what would be right, what to
//! do. Problems are collected, and shown in order of file and position.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;

/// Number of a file among those read.
pub type FileId = usize;

/// A stretch of text in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which file.
    pub file: FileId,
    /// From which byte.
    pub start: usize,
    /// To before which byte.
    pub end: usize,
}

impl Place {
    /// A stretch of a file.
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// A file as a whole.
    pub const fn whole(file: FileId) -> Self {
        Self::new(file, 0..0)
    }
}

/// The files read, as the user named them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    files: Vec<(String, String)>,
    /// Texts by path, where they are not to be read from the disk.
    enclosed: Option<BTreeMap<String, String>>,
}

impl Files {
    /// Files of which the texts are given by path: nothing is read from the disk.
    pub fn enclosed(texts: BTreeMap<String, String>) -> Self {
        Self { files: Vec::new(), enclosed: Some(texts) }
    }

    /// The bytes at a path: of the texts given, where there are any, or of the disk.
    ///
    /// # Errors
    ///
    /// When there is no such file, or it cannot be read.
    pub fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        match &self.enclosed {
            None => std::fs::read(path),
            Some(texts) => texts
                .get(&path.display().to_string())
                .map(|text| text.clone().into_bytes())
                .ok_or_else(|| io::ErrorKind::NotFound.into()),
        }
    }

    /// The text of the file that was read under a path.
    pub fn text_of(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|(known, _)| known == path).map(|(_, text)| text.as_str())
    }

    /// Take in a file; its number, which is that of its first reading where it was read before.
    pub fn add(&mut self, path: String, text: String) -> FileId {
        let file = (path, text);
        self.files.iter().position(|known| *known == file).unwrap_or_else(|| {
            self.files.push(file);
            self.files.len() - 1
        })
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The path of a file as the user gave it.
    pub fn path(&self, file: FileId) -> &str {
        &self.files[file].0
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file].1
    }

    /// The line on which a place begins, counted from 1.
    pub fn line(&self, place: &Place) -> usize {
        self.text(place.file)[..place.start].matches('\n').count() + 1
    }
}

/// Whether a run may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It may not.
    Error,
    /// It may.
    Warning,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, with the value.
    pub message: String,
    /// Where, and what would be right there; the first is the main one.
    pub labels: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(message: impl Into<String>, at: &Place, label: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            labels: vec![(at.clone(), label.into())],
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(message: impl Into<String>, at: &Place, label: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message, at, label) }
    }

    /// The same with what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with another place that matters.
    #[must_use]
    pub fn also(mut self, at: &Place, label: impl Into<String>) -> Self {
        self.labels.push((at.clone(), label.into()));
        self
    }
}

/// Problems, as they are found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Take note of a problem; the same one twice is noted once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Whether any of them forbids to go on.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Take in those of another list.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.found {
            self.push(diagnostic);
        }
    }

    /// All of them, in order of file and position.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.found.iter().collect();
        sorted.sort_by_key(|diagnostic| {
            (diagnostic.labels.first().map(|(at, _)| at.clone()), diagnostic.severity)
        });
        sorted
    }

    /// The text of all of them, as a compiler would print it.
    pub fn render(&self, files: &Files) -> String {
        let renderer = Renderer::plain();
        let texts: Vec<String> =
            self.sorted().into_iter().map(|diagnostic| render(diagnostic, files, &renderer)).collect();
        texts.join("\n\n")
    }
}

fn render(diagnostic: &Diagnostic, files: &Files, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()));
    let mut seen: Vec<FileId> = Vec::new();
    for (place, _) in &diagnostic.labels {
        if seen.contains(&place.file) {
            continue;
        }
        seen.push(place.file);
        let here = diagnostic.labels.iter().enumerate().filter(|(_, (at, _))| at.file == place.file);
        let annotations = here.map(|(number, (at, label))| {
            let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(clamp(at, files)).label(label.as_str())
        });
        let snippet = Snippet::source(files.text(place.file)).path(files.path(place.file));
        group = group.element(snippet.annotations(annotations));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The place within the bounds of its file, on the borders of characters.
fn clamp(at: &Place, files: &Files) -> Range<usize> {
    let text = files.text(at.file);
    let border = |mut byte: usize| {
        byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let start = border(at.start);
    start..border(at.end).max(start)
}

/// The one of `known` that `word` was probably meant to be.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this likeness (Jaro and Winkler) a suggestion would puzzle more than it helps.
    const LIKE_ENOUGH: f64 = 0.75;
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= LIKE_ENOUGH)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
