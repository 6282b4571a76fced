//! The Weibull law.

use super::law_error::{LawError, require_cv, require_mean};

/// Exceeds x with probability exp(−(x / scale)ᵏ).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    scale: f64,
    /// 1 / k.
    power: f64,
}

impl Weibull {
    /// The law with this mean [seconds] and coefficient of variation, both above zero.
    ///
    /// The shape solves Γ(1 + 2/k) / Γ(1 + 1/k)² = 1 + cv², whose left side rises with 1/k.
    pub fn new(mean: f64, cv: f64) -> Result<Self, LawError> {
        require_mean(mean)?;
        require_cv(cv)?;
        let power = power(libm::log1p(cv * cv));
        Ok(Self { scale: mean / libm::exp(libm::lgamma(1.0 + power)), power })
    }

    /// The quantile at `u` [seconds].
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        self.scale * libm::exp(self.power * libm::log(-libm::log(1.0 - u)))
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        self.scale * libm::exp(libm::lgamma(1.0 + self.power))
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        self.mean() * self.mean() * libm::expm1(log_square_ratio(self.power))
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self { scale: self.scale * factor, ..self }
    }
}

/// log(E X² / (E X)²) where 1 / k = `power`.
fn log_square_ratio(power: f64) -> f64 {
    libm::lgamma(1.0 + 2.0 * power) - 2.0 * libm::lgamma(1.0 + power)
}

/// The 1 / k with the given log(E X² / (E X)²), by bisection: at 64 the ratio is beyond any allowed.
fn power(target: f64) -> f64 {
    let (mut low, mut high) = (0.0, 64.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if log_square_ratio(middle) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
