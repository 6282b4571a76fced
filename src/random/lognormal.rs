//! The log-normal law.

use super::law_error::{LawError, require_cv, require_mean};
use super::normal;

/// A length whose logarithm is normal, with σ² = log(1 + cv²) and median = mean / √(1 + cv²).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lognormal {
    median: f64,
    sigma: f64,
}

impl Lognormal {
    /// The law with this mean [seconds] and coefficient of variation, both above zero.
    pub fn new(mean: f64, cv: f64) -> Result<Self, LawError> {
        require_mean(mean)?;
        require_cv(cv)?;
        let sigma = libm::log1p(cv * cv).sqrt();
        Ok(Self { median: mean / (1.0 + cv * cv).sqrt(), sigma })
    }

    /// The quantile at `u` [seconds].
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        self.median * libm::exp(self.sigma * normal::quantile(u))
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        self.median * libm::exp(0.5 * self.sigma * self.sigma)
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        self.mean() * self.mean() * libm::expm1(self.sigma * self.sigma)
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self { median: self.median * factor, ..self }
    }
}
