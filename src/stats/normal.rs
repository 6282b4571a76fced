//! The normal law.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// P(Z > z) of a standard normal variable Z.
pub(super) fn upper_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z * FRAC_1_SQRT_2)
}

/// The number that a standard normal variable exceeds with probability `tail` in (0, 1).
///
/// Newton's method on the upper tail, which is convex for positive z: from z = 0 it climbs to the
/// root without overshooting.
pub(super) fn upper_quantile(tail: f64) -> f64 {
    if tail > 0.5 {
        return -upper_quantile(1.0 - tail);
    }
    let mut z = 0.0;
    for _ in 0..200 {
        let density = libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
        let step = (upper_tail(z) - tail) / density;
        z += step;
        if step <= 1e-15 * z {
            break;
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_is_that_of_tables() {
        // Abramowitz & Stegun, table 26.5, and 1.959963984540054 of every statistics program.
        for (tail, z) in
            [(0.025, 1.959_963_984_540_054), (0.05, 1.644_853_626_951_472), (1e-9, 5.997_807_015_007_687)]
        {
            assert!((upper_quantile(tail) - z).abs() < 1e-12, "{tail}");
            assert!((upper_quantile(1.0 - tail) + z).abs() < 1e-7, "{tail}");
        }
        assert_eq!(upper_quantile(0.5), 0.0);
    }
}
