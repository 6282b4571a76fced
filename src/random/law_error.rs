//! Why numbers do not make a law.

use std::fmt;

/// What the parameters of a law must satisfy and did not, as a fragment of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LawError(pub(super) &'static str);

impl fmt::Display for LawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for LawError {}

/// An error with this message unless the condition holds.
pub(super) fn require(holds: bool, message: &'static str) -> Result<(), LawError> {
    if holds { Ok(()) } else { Err(LawError(message)) }
}

/// A mean that a law of positive lengths can have.
pub(super) fn require_mean(mean: f64) -> Result<(), LawError> {
    require(mean > 0.0 && mean.is_finite(), "the mean must be above zero and finite")
}

/// A coefficient of variation that a law can have.
pub(super) fn require_cv(cv: f64) -> Result<(), LawError> {
    require(cv > 0.0 && cv < 1e6, "`cv` (standard deviation / mean) must be above zero and below a million")
}
