//! The triangular law.

use super::law_error::{LawError, require};

/// A length between two whose density rises to a mode and falls again, both in straight lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    /// The law with these corners [seconds], 0 ≤ min ≤ mode ≤ max.
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, LawError> {
        require(
            0.0 <= min && min <= mode && mode <= max && max.is_finite(),
            "`min` must be zero or more, `mode` between `min` and `max`, and `max` finite",
        )?;
        Ok(Self { min, mode, max })
    }

    /// The quantile at `u` [seconds].
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        let width = self.max - self.min;
        let rise = self.mode - self.min;
        if u * width < rise {
            self.min + (u * width * rise).sqrt()
        } else {
            self.max - ((1.0 - u) * width * (self.max - self.mode)).sqrt()
        }
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        (self.min + self.mode + self.max) / 3.0
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        let (a, b, c) = (self.mode - self.min, self.max - self.mode, self.max - self.min);
        (a * a + b * b + c * c) / 36.0
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self { min: self.min * factor, mode: self.mode * factor, max: self.max * factor }
    }
}
