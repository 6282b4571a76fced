//! The exponential function without a branch, so that a compiler can take several at a time.

use std::f64::consts::LOG2_E;

/// ln 2, cut so that whole multiples of it up to 2¹¹ are exact, and the rest.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// Beyond these the result leaves the normal numbers.
const LEAST: f64 = -708.0;
const GREATEST: f64 = 709.0;

/// eˣ to about one unit in the last place; constant below −708 and above 709.
///
/// x = k·ln 2 + r with |r| ≤ ½ ln 2, and eʳ by its series up to r¹³, whose rest is below 5·10⁻¹⁸.
#[inline]
pub(super) fn exp(x: f64) -> f64 {
    /// Added and taken away again it rounds to whole numbers.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let x = x.clamp(LEAST, GREATEST);
    let k = (x * LOG2_E + ROUND) - ROUND;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    // 1/2! + r/3! + … + r¹¹/13!, in pairs and pairs of pairs: a processor works on several at a time.
    let w = r * r;
    let q = w * w;
    let first = (1.0 / 2.0 + r * (1.0 / 6.0)) + w * (1.0 / 24.0 + r * (1.0 / 120.0));
    let second = (1.0 / 720.0 + r * (1.0 / 5_040.0)) + w * (1.0 / 40_320.0 + r * (1.0 / 362_880.0));
    let third = (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0))
        + w * (1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0));
    let series = 1.0 + (r + w * (first + q * (second + q * third)));
    series * f64::from_bits(((k as i64 + 1_023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_powers_are_met() {
        assert_eq!(exp(0.0), 1.0);
        assert!((exp(1.0) / std::f64::consts::E - 1.0).abs() <= f64::EPSILON);
        assert_eq!(exp(-40.0), 4.248_354_255_291_589e-18); // mpmath: 4.24835425529158899533…e-18
        assert!(exp(-1e9) > 0.0 && exp(1e9).is_finite());
    }

    proptest! {
        #[test]
        fn it_is_within_two_units_of_the_librarys(x in -700.0..700.0_f64) {
            let exact = libm::exp(x);
            prop_assert!((exp(x) / exact - 1.0).abs() <= 2.0 * f64::EPSILON, "{} {} {}", x, exp(x), exact);
        }
    }
}
