//! The gamma law, and with it the Erlang law.

use super::law_error::{LawError, require, require_cv, require_mean};
use super::normal;

/// Shape from which the expansion about the normal law is exact to 1e-10.
const LARGE: f64 = 10_000.0;

/// The law with density proportional to xᵃ⁻¹ e^(−x / scale).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
    /// log Γ(shape).
    log_gamma: f64,
}

impl Gamma {
    /// The law with this mean [seconds] and coefficient of variation, both above zero.
    pub fn new(mean: f64, cv: f64) -> Result<Self, LawError> {
        require_cv(cv)?;
        Self::with_shape(mean, 1.0 / (cv * cv))
    }

    /// The Erlang law: a sum of `phases` exponential lengths, with this mean [seconds].
    pub fn erlang(mean: f64, phases: u32) -> Result<Self, LawError> {
        require(phases >= 1, "`k` must be 1 or more")?;
        Self::with_shape(mean, f64::from(phases))
    }

    fn with_shape(mean: f64, shape: f64) -> Result<Self, LawError> {
        require_mean(mean)?;
        Ok(Self { shape, scale: mean / shape, log_gamma: libm::lgamma(shape) })
    }

    /// The quantile at `u` [seconds]: relative error about 1e-12.
    pub fn quantile(&self, u: f64) -> f64 {
        let standard = if self.shape >= LARGE { self.expand(u) } else { self.solve(u) };
        self.scale * standard
    }

    /// The quantile of the standard law for a large shape: Cornish–Fisher expansion about the normal law.
    ///
    /// Abramowitz & Stegun 26.2.49 with the cumulants of the gamma law, six terms.
    fn expand(&self, u: f64) -> f64 {
        let z = normal::quantile(u);
        let s = z * z;
        let root = self.shape.sqrt();
        let h2 = (s - 1.0) / 3.0;
        let h3 = z * (s - 7.0) / 36.0;
        let h4 = -((3.0 * s + 7.0) * s - 16.0) / 810.0;
        let h5 = z * ((9.0 * s + 256.0) * s - 433.0) / 38_880.0;
        let h6 = (((12.0 * s - 243.0) * s - 923.0) * s + 1472.0) / 204_120.0;
        let series = h2 + (h3 + (h4 + (h5 + h6 / root) / root) / root) / root;
        self.shape + root * z + series
    }

    /// The quantile of the standard law by Newton's method in y = log x.
    ///
    /// The logarithm of a gamma variable has a log-concave density, so that the logarithms of the
    /// distribution function and of the tail are concave in y, and the method is sure to converge.
    fn solve(&self, u: f64) -> f64 {
        let mut y = self.start(u);
        if y < -750.0 {
            return 0.0;
        }
        let upper = u > 0.5;
        let target = libm::log(if upper { 1.0 - u } else { u });
        for _ in 0..200 {
            let x = libm::exp(y);
            let log_part = self.log_part(y, x, upper);
            let slope = libm::exp(self.shape * y - x - self.log_gamma - log_part);
            let step = (target - log_part) / if upper { -slope } else { slope };
            y += step.clamp(-1.0, 1.0);
            if step.is_nan() || step.abs() < 1e-13 {
                break;
            }
        }
        libm::exp(y)
    }

    /// The logarithm of a first guess: Wilson & Hilferty (1931), and below shape 1 (and far left) the first
    /// term of the power series, x^a / Γ(a + 1) = u.
    fn start(&self, u: f64) -> f64 {
        let a = self.shape;
        let root = 1.0 - 1.0 / (9.0 * a) + normal::quantile(u) / (3.0 * a.sqrt());
        if a >= 1.0 && root > 0.2 {
            libm::log(a) + 3.0 * libm::log(root)
        } else {
            ((libm::log(u) + libm::log(a) + self.log_gamma) / a).min(libm::log(a + 40.0))
        }
    }

    /// log P(X ≤ x), or log P(X > x) where `upper`, with y = log x.
    fn log_part(&self, y: f64, x: f64, upper: bool) -> f64 {
        let front = self.shape * y - x - self.log_gamma;
        let series = x < self.shape + 1.0;
        let found = front + libm::log(if series { self.series(x) } else { self.fraction(x) });
        if series == upper { libm::log(-libm::expm1(found)) } else { found }
    }

    /// P(X ≤ x) · Γ(a) eˣ x⁻ᵃ by its power series (DLMF 8.11.4).
    fn series(&self, x: f64) -> f64 {
        let mut term = 1.0 / self.shape;
        let mut sum = term;
        let mut n = self.shape;
        while term > 1e-17 * sum {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        sum
    }

    /// P(X > x) · Γ(a) eˣ x⁻ᵃ by its continued fraction (DLMF 8.9.2), by Lentz's method.
    fn fraction(&self, x: f64) -> f64 {
        let mut b = x + 1.0 - self.shape;
        let mut c = 1e300;
        let mut d = 1.0 / b;
        let mut value = d;
        for n in 1..10_000 {
            let n = f64::from(n);
            let a = -n * (n - self.shape);
            b += 2.0;
            d = 1.0 / (a * d + b);
            c = b + a / c;
            value *= c * d;
            if (c * d - 1.0).abs() < 1e-16 {
                break;
            }
        }
        value
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self { scale: self.scale * factor, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-10, "{found} is not {expected}");
    }

    #[test]
    fn one_phase_is_exponential() {
        let law = Gamma::erlang(3.0, 1).unwrap();
        for u in [1e-12, 0.1, 0.5, 0.9, 1.0 - 1e-12] {
            close(law.quantile(u), -3.0 * libm::log1p(-u));
        }
    }

    #[test]
    fn half_a_shape_is_the_square_of_a_normal() {
        // Shape ½ and scale 2: χ² with one degree of freedom, mean 1, cv = √2.
        let law = Gamma::new(1.0, 2.0_f64.sqrt()).unwrap();
        for u in [1e-6, 0.2, 0.5, 0.95, 1.0 - 1e-9] {
            let z = normal::quantile(0.5 * (1.0 + u));
            let z = if u < 0.1 { z } else { -normal::quantile(0.5 * (1.0 - u)) };
            assert!((law.quantile(u) / (z * z) - 1.0).abs() < if u < 0.1 { 1e-9 } else { 1e-12 }, "{u}");
        }
    }

    #[test]
    fn three_phases_undo_their_closed_form() {
        // P(X > x) = e^(−x) (1 + x + x²/2) for three phases of mean 1.
        let law = Gamma::erlang(3.0, 3).unwrap();
        for u in [1e-9, 0.01, 0.4, 0.6, 0.999, 1.0 - 1e-13] {
            let x = law.quantile(u);
            let tail = libm::exp(-x) * (1.0 + x + 0.5 * x * x);
            if u > 0.1 {
                close(tail, 1.0 - u);
            } else {
                // x³/6 (1 − 3x/4 + 3x²/10 − x³/12 + x⁴/56 − …), the power series of the rest.
                let rest = 1.0 - x * (0.75 - x * (0.3 - x * (1.0 / 12.0 - x * (1.0 / 56.0 - x / 320.0))));
                assert!((x * x * x / 6.0 * rest / u - 1.0).abs() < 1e-4 * x * x + 1e-11, "{u}");
            }
        }
    }

    #[test]
    fn the_two_methods_meet_at_a_large_shape() {
        let law = Gamma { shape: LARGE, scale: 1.0, log_gamma: libm::lgamma(LARGE) };
        for u in [1e-12, 1e-3, 0.3, 0.5, 0.8, 1.0 - 1e-12] {
            close(law.expand(u), law.solve(u));
        }
    }

    #[test]
    fn a_tiny_shape_is_nearly_always_nothing() {
        let law = Gamma::new(1.0, 1e5).unwrap();
        assert_eq!(law.quantile(0.5), 0.0);
        assert!(law.quantile(1.0 - 1e-12).is_finite());
    }
}
