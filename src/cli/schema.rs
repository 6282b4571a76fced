//! `caseload schema`.

use super::args::SchemaArgs;
use super::exit::Exit;
use super::output::{Failure, OutputDir};
use crate::scenario::{reference, schema};

/// Print a schema, or write all of them.
pub(super) fn schemas(args: &SchemaArgs) -> Result<(String, Exit), Failure> {
    let Some(dir) = &args.dir else { return Ok((text(&args.kind), Exit::Done)) };
    let folder = OutputDir::create(dir)?;
    for kind in ["model", "policy", "study", "record", "source"] {
        folder.write(&format!("{kind}.json"), text(kind).as_bytes())?;
    }
    Ok((String::new(), Exit::Done))
}

/// A schema, or the reference page, as text.
pub fn text(kind: &str) -> String {
    match schema(kind) {
        Some(schema) => format!("{schema:#}\n"),
        None => reference(),
    }
}
