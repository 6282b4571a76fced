//! What was run: enough to run it again.

use super::super::Variant as View;
use super::Background;
use super::words::Words;
use serde::{Deserialize, Serialize};

/// What was run, on which futures, and from which files.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Origin {
    /// What was typed, without the name of the program.
    pub command: Vec<String>,
    /// The model or study, as it was named.
    pub file: String,
    /// Variants named on the command line, with their policy files.
    pub policies: Vec<(String, Vec<String>)>,
    /// The one variant that was run; absent where all were.
    pub only: Option<String>,
    /// Master seed.
    pub seed: u64,
    /// Futures.
    pub replications: usize,
    /// Whether inputs with a range varied between futures.
    pub sampled: bool,
    /// Futures for each draw of them.
    pub per_draw: usize,
    /// Confidence of intervals, in (0, 1).
    pub level: f64,
    /// Whether the run was stopped before it was done.
    pub interrupted: bool,
    /// Whether the precision asked for was reached; absent where none was.
    pub precision: Option<bool>,
    /// Every file that was read, with its text.
    pub files: Vec<File>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct File {
    /// Its path, as it was named.
    pub path: String,
    /// BLAKE3 of its text.
    pub blake3: String,
    /// Its text.
    pub text: String,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Titles of the policies it is made of; its name where it has none.
    pub label: Words,
    /// Hash of all it was made from.
    pub hash: String,
    /// Events of all its futures.
    pub events: u64,
    /// Inputs without a source.
    pub unsourced: usize,
}

impl Variant {
    pub(super) fn of(view: &View<'_>, background: &Background) -> Self {
        let label = background.labels.get(&format!("variant.{}", view.name));
        Self {
            name: view.name.to_owned(),
            label: label.cloned().unwrap_or_else(|| view.name.into()),
            hash: view.legend.hash.clone(),
            events: view.outcome.events(),
            unsourced: view.unsourced,
        }
    }
}
