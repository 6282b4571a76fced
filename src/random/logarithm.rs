//! The natural logarithm without a branch, so that a compiler can take several at a time.

/// ln 2, cut so that whole multiples of it up to 2¹¹ are exact, and the rest.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// The bits of √½, with those of the fraction's lower half cleared: where a binade is cut.
const CUT: u64 = 0x3fe6_a09e_0000_0000;
const FRACTION: u64 = (1 << 52) - 1;

/// The natural logarithm of a positive normal number, to about one unit in the last place.
///
/// x = 2ᵏ·m with m in [√½, √2); ln m = 2·artanh(s), s = (m − 1)/(m + 1), by its series up to s²¹,
/// arranged as f − f²/2 + s·(f²/2 + R) with f = m − 1 so that the leading terms are exact (Tang 1990,
/// "Table-driven implementation of the logarithm function", ACM TOMS 16(4), discusses the arrangement).
#[inline]
pub(super) fn ln(x: f64) -> f64 {
    let shifted = x.to_bits().wrapping_sub(CUT);
    let k = (shifted as i64 >> 52) as f64;
    let f = f64::from_bits((shifted & FRACTION) + CUT) - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    // Pairs of terms, then pairs of pairs: a processor works on several at a time.
    let w = z * z;
    let q = w * w;
    let first = (2.0 / 3.0 + 2.0 / 5.0 * z) + w * (2.0 / 7.0 + 2.0 / 9.0 * z);
    let second = (2.0 / 11.0 + 2.0 / 13.0 * z) + w * (2.0 / 15.0 + 2.0 / 17.0 * z);
    let rest = z * (first + q * (second + q * (2.0 / 19.0 + 2.0 / 21.0 * z)));
    let half = 0.5 * f * f;
    k * LN2_HIGH - ((half - (s * (half + rest) + k * LN2_LOW)) - f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_logarithms_are_met() {
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(ln(2.0), std::f64::consts::LN_2);
        assert_eq!(ln(10.0), std::f64::consts::LN_10);
    }

    proptest! {
        #[test]
        fn it_is_within_two_units_of_the_librarys(x in prop_oneof![1e-300..1e300_f64, 1e-17..1.0_f64, 0.5..2.0_f64]) {
            let exact = libm::log(x);
            prop_assert!((ln(x) - exact).abs() <= 2.0 * f64::EPSILON * exact.abs(), "{} {} {}", x, ln(x), exact);
        }
    }
}
