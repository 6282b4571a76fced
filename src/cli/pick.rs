//! Which variant of a study is meant.

use super::output::Failure;
use crate::diagnostic::nearest;
use crate::scenario::{Study, Variant};

/// The variant of that name, or the baseline where no name is given.
pub(super) fn pick<'a>(study: &'a Study, name: Option<&str>) -> Result<&'a Variant, Failure> {
    let Some(name) = name else { return Ok(&study.variants[study.baseline]) };
    if let Some(variant) = study.variants.iter().find(|variant| variant.name == name) {
        return Ok(variant);
    }
    let known: Vec<&str> = study.variants.iter().map(|variant| variant.name.as_str()).collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is: {}", known.join(", ")),
    };
    Err(Failure::refused(format!("error: there is no variant `{name}`\n  = help: {help}")))
}
