//! How many digits of a number its error leaves.

/// `value` rounded to the place that its standard error leaves meaning: 10^⌊log₁₀(2s)⌋.
///
/// An error that is zero or unknown leaves the number as it is.
pub fn rounded(value: f64, standard_error: f64) -> f64 {
    if standard_error.is_nan() || standard_error <= 0.0 || !value.is_finite() {
        return value;
    }
    let place = libm::floor(libm::log10(2.0 * standard_error));
    // Dividing by a power of ten keeps decimals such as 0.1 as near as they can be.
    if place < 0.0 {
        let scale = libm::exp10(-place);
        libm::rint(value * scale) / scale
    } else {
        let scale = libm::exp10(place);
        libm::rint(value / scale) * scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_below_the_error_are_dropped() {
        // 2s = 8 200, so to thousands; 2s = 0.024, so to hundredths.
        assert_eq!(rounded(2_413_882.0, 4_100.0), 2_414_000.0);
        assert_eq!(rounded(2.345_67, 0.012), 2.35);
        assert_eq!(rounded(2.345_67, 0.0), 2.345_67);
        assert_eq!(rounded(2.345_67, f64::NAN), 2.345_67);
    }
}
