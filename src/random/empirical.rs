//! The law of observed lengths.

use super::law_error::{LawError, require};
use std::sync::Arc;

/// Any of a number of observed lengths, each with equal probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Empirical {
    sorted: Arc<[f64]>,
}

impl Empirical {
    /// The law of these lengths [seconds], in any order: at least one, none negative.
    pub fn new(mut lengths: Vec<f64>) -> Result<Self, LawError> {
        require(!lengths.is_empty(), "there must be at least one observation")?;
        require(
            lengths.iter().all(|length| *length >= 0.0 && length.is_finite()),
            "observations must be zero or more and finite",
        )?;
        lengths.sort_unstable_by(f64::total_cmp);
        Ok(Self { sorted: lengths.into() })
    }

    /// The quantile at `u` [seconds]: the least observation that at least a share `u` does not exceed.
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        let place = (u * self.sorted.len() as f64) as usize;
        self.sorted[place.min(self.sorted.len() - 1)]
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        self.sorted.iter().sum::<f64>() / self.sorted.len() as f64
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        let squares: f64 = self.sorted.iter().map(|length| (length - mean) * (length - mean)).sum();
        squares / self.sorted.len() as f64
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { sorted: self.sorted.iter().map(|length| length * factor).collect() }
    }
}
