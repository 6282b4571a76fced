//! The hyperexponential law of two phases with balanced means.

use super::law_error::{LawError, require, require_cv, require_mean};

/// Exponential with one of two means, more variable than the exponential law.
///
/// The phases contribute equally to the mean: p · m₁ = (1 − p) · m₂ (Tijms 2003, *A First Course in
/// Stochastic Models*, appendix B), with p = (1 + √((cv² − 1) / (cv² + 1))) / 2.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hyperexponential {
    /// Probabilities of the phases, the likelier first.
    shares: [f64; 2],
    /// Their means [seconds].
    means: [f64; 2],
}

impl Hyperexponential {
    /// The law with this mean [seconds], above zero, and coefficient of variation, at least 1.
    pub fn new(mean: f64, cv: f64) -> Result<Self, LawError> {
        require_mean(mean)?;
        require_cv(cv)?;
        require(cv >= 1.0, "`cv` of a hyperexponential law must be 1 or more")?;
        let gap = 2.0 / (cv * cv + 1.0);
        // (1 − √(1 − gap)) / 2 without cancellation.
        let rare = 0.5 * gap / (1.0 + (1.0 - gap).sqrt());
        let shares = [1.0 - rare, rare];
        Ok(Self { shares, means: shares.map(|share| 0.5 * mean / share) })
    }

    /// The quantile at `u` [seconds].
    ///
    /// Newton's method on the logarithm of the tail, which is convex: it climbs from a bound below.
    pub fn quantile(&self, u: f64) -> f64 {
        let target = libm::log1p(-u);
        let mut x = self.bound(target);
        for _ in 0..100 {
            let (log_tail, hazard) = self.tail(x, u);
            let step = (log_tail - target) / hazard;
            x += step;
            if step.is_nan() || step <= 1e-13 * x {
                break;
            }
        }
        x
    }

    /// A length below the one whose tail has the logarithm `target`: the tail is above each of its
    /// two parts, and above the exponential with the same hazard at zero.
    fn bound(&self, target: f64) -> f64 {
        let hazard: f64 = (0..2).map(|phase| self.shares[phase] / self.means[phase]).sum();
        (0..2)
            .map(|phase| self.means[phase] * (libm::log(self.shares[phase]) - target))
            .fold(-target / hazard, f64::max)
    }

    /// The logarithm of the tail at `x`, and the hazard there [1/second].
    fn tail(&self, x: f64, u: f64) -> (f64, f64) {
        let parts = [0, 1].map(|phase| self.shares[phase] * libm::exp(-x / self.means[phase]));
        let tail = parts[0] + parts[1];
        let hazard = (parts[0] / self.means[0] + parts[1] / self.means[1]) / tail;
        let log_tail = if u < 0.5 {
            // 1 − tail without cancellation.
            let missing: f64 =
                (0..2).map(|phase| self.shares[phase] * libm::expm1(-x / self.means[phase])).sum();
            libm::log1p(missing)
        } else {
            libm::log(tail)
        };
        (log_tail, hazard)
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        self.shares[0] * self.means[0] + self.shares[1] * self.means[1]
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        let square: f64 =
            (0..2).map(|phase| 2.0 * self.shares[phase] * self.means[phase] * self.means[phase]).sum();
        square - self.mean() * self.mean()
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self { means: self.means.map(|mean| mean * factor), ..self }
    }
}
