//! The uniform law.

use super::law_error::{LawError, require};

/// Any length between two, with equal density.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uniform {
    min: f64,
    width: f64,
}

impl Uniform {
    /// The law between two lengths [seconds], 0 ≤ min ≤ max.
    pub fn new(min: f64, max: f64) -> Result<Self, LawError> {
        require(
            0.0 <= min && min <= max && max.is_finite(),
            "`min` must be zero or more, and `max` no less than `min` and finite",
        )?;
        Ok(Self { min, width: max - min })
    }

    /// The quantile at `u` [seconds].
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        self.min + self.width * u
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        self.min + 0.5 * self.width
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        self.width * self.width / 12.0
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self { min: self.min * factor, width: self.width * factor }
    }
}
