//! Student's t law.

use super::{beta, normal};

/// Degrees of freedom from which the expansion about the normal law is exact to rounding.
const LARGE: f64 = 1_000.0;

/// The t with P(|T| ≤ t) = `level` for T with `freedom` degrees of freedom.
///
/// NaN when there are none: one observation says nothing of its error.
pub(super) fn two_sided(level: f64, freedom: f64) -> f64 {
    upper_quantile(0.5 * (1.0 - level), freedom)
}

/// The number that T with `freedom` degrees of freedom exceeds with probability `tail` in (0, ½).
///
/// Relative error below 1e-10: checked against closed forms at 1, 2 and 4 degrees of freedom.
pub(super) fn upper_quantile(tail: f64, freedom: f64) -> f64 {
    if freedom.is_nan() || freedom <= 0.0 {
        return f64::NAN;
    }
    let z = normal::upper_quantile(tail);
    if freedom >= LARGE { expand(z, freedom) } else { climb(z, tail, freedom) }
}

/// Expansion of the t quantile in powers of 1 / `n` about the normal quantile `z`.
///
/// Abramowitz & Stegun 26.7.5, four terms.
fn expand(z: f64, n: f64) -> f64 {
    let s = z * z;
    let g1 = (s + 1.0) / 4.0;
    let g2 = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let g3 = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let g4 = ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
    z * (1.0 + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n)
}

/// Newton's method on the upper tail from a point left of the root, where it is convex.
fn climb(start: f64, tail: f64, n: f64) -> f64 {
    let log_scale = -0.5 * libm::log(n) - beta::log_beta(0.5 * n, 0.5);
    let mut t = start;
    for _ in 0..500 {
        let density = libm::exp(log_scale - 0.5 * (n + 1.0) * libm::log1p(t * t / n));
        let step = (upper_tail(t, n) - tail) / density;
        t += step;
        if step.abs() <= 1e-14 * t.abs() {
            break;
        }
    }
    t
}

/// P(T > t) for t ≥ 0.
pub(super) fn upper_tail(t: f64, n: f64) -> f64 {
    let square = t * t;
    0.5 * beta::regularized(0.5 * n, 0.5, n / (n + square), square / (n + square))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn close(found: f64, expected: f64, error: f64) {
        assert!((found / expected - 1.0).abs() < error, "{found} is not {expected}");
    }

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        // The tables of statistics programs, cut to five decimals.
        for (freedom, t) in [(9.0, 2.26216), (19.0, 2.09302), (49.0, 2.00958), (199.0, 1.97195)] {
            close(two_sided(0.95, freedom), t, 5e-6);
        }
    }

    #[test]
    fn closed_forms_agree() {
        for tail in [1e-6, 0.001, 0.025, 0.2, 0.45] {
            // One degree: the Cauchy law. Two: t = (1 − 2q) / √(2q(1 − q)).
            close(upper_quantile(tail, 1.0), 1.0 / libm::tan(PI * tail), 1e-10);
            let two = (1.0 - 2.0 * tail) / (2.0 * tail * (1.0 - tail)).sqrt();
            close(upper_quantile(tail, 2.0), two, 1e-10);
            // Four: P(T > t) = ½ − ½ s (3 − s²) / 2 with s = t / √(4 + t²).
            let t = upper_quantile(tail, 4.0);
            let s = t / (4.0 + t * t).sqrt();
            assert!((0.5 - 0.25 * s * (3.0 - s * s) - tail).abs() < 1e-14);
        }
    }

    #[test]
    fn the_two_methods_meet() {
        for tail in [1e-5, 0.025, 0.3] {
            let z = normal::upper_quantile(tail);
            close(climb(z, tail, LARGE), expand(z, LARGE), 1e-12);
        }
        // 1 + (z² + 1) / 4n to first order, at z = 1.959963984540054.
        close(two_sided(0.95, 1e6), 1.959_963_984_540_054 * (1.0 + 1.210_364_705e-6), 1e-11);
    }

    #[test]
    fn nothing_can_be_said_without_a_degree_of_freedom() {
        assert!(two_sided(0.95, 0.0).is_nan());
    }
}
