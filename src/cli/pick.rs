//! Which variant of a study is meant.

use super::output::Failure;
use crate::diagnostic::nearest;
use crate::scenario::{Study, Variant};

/// Whether a name is meant as that of a policy file.
fn is_file(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|extension| extension == "toml")
}

/// The variant of that name, or the baseline where no name is given.
pub(super) fn pick<'a>(study: &'a Study, name: Option<&str>) -> Result<&'a Variant, Failure> {
    let Some(name) = name else { return Ok(&study.variants[study.baseline]) };
    if let Some(variant) = study.variants.iter().find(|variant| variant.name == name) {
        return Ok(variant);
    }
    let known: Vec<&str> = study.variants.iter().map(|variant| variant.name.as_str()).collect();
    let help = match nearest(name, known.iter().copied()) {
        _ if is_file(name) => format!("give a file of a policy a name: --policy NAME={name}"),
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is: {}", known.join(", ")),
    };
    Err(Failure::refused(format!("error: there is no variant `{name}`\n  = help: {help}")))
}
