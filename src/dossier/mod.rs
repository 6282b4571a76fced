//! What the files of a study say about themselves: labels, the network as a drawing, inputs with their
//! sources, policies as differences, and the account of methods.
//!
//! Reads trees, not scenarios: a report shows what was written, in the words it was written in.

mod drawing;
mod inputs;
mod labels;
mod methods;
mod policies;
mod published;

use crate::diagnostic::Files;
use crate::report::document::{Background, File, Origin, Provenance, Words};
use crate::scenario::model::Shown;
use crate::scenario::{Study, Variant};

/// What the files say about the variants of a study, the baseline first.
///
/// `run` says what was run; its files are filled in.
pub fn background(study: &Study, variants: &[&Variant], files: &Files, run: Origin) -> Background {
    let mut labels = labels::labels(study, variants, files);
    if let Some(record) = &study.published {
        labels.extend(published::labels(record, &shown(study)));
    }
    let (nodes, routes) = drawing::drawing(variants, &labels);
    let inputs = inputs::inputs(variants, &labels);
    let sources = inputs::sources(study, &inputs);
    let policies = policies::policies(variants, &labels, files);
    let origin = Origin { files: enclosed(study, files), ..run };
    let methods = methods::methods(study, variants, &origin, (&inputs, &labels));
    Background {
        title: variants[0].root.get("title").and_then(labels::words).unwrap_or_default(),
        question: study.root.as_ref().and_then(labels::question),
        origin,
        labels,
        nodes,
        routes,
        provenance: Provenance { inputs, sources, policies, methods },
        design: Words::default(),
        published: study
            .published
            .as_ref()
            .map_or_else(Vec::new, |record| published::published(record, &shown(study))),
    }
}

/// The levels that a record has published figures of: the same in all variants.
fn shown(study: &Study) -> Vec<Shown> {
    study.variants.first().map_or_else(Vec::new, |variant| variant.scenario.shown.clone())
}

/// Every file that was read, once, with its text.
fn enclosed(study: &Study, files: &Files) -> Vec<File> {
    let file = |(path, hash): &(String, String)| File {
        path: path.clone(),
        blake3: hash.clone(),
        text: files.text_of(path).unwrap_or_default().to_owned(),
    };
    study.files.iter().map(file).collect()
}
