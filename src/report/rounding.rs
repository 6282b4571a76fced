//! How numbers are printed: no more digits than the Monte Carlo error allows.

/// Most decimals shown.
const MOST_DECIMALS: i32 = 6;
/// Digits shown of a number whose error is unknown or nil.
const DIGITS: i32 = 4;

/// How many decimals numbers of one row are shown with; below zero, zeros before the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rounding {
    decimals: i32,
}

impl Rounding {
    /// The rule for a mean with standard error `error`, both as shown: round to 10^⌊log₁₀ 2s⌋.
    ///
    /// Where the error is nil or unknown, four digits of `mean` are shown, or all of a whole number.
    pub(super) fn of(mean: f64, error: f64) -> Self {
        let decimals = if error > 0.0 && error.is_finite() {
            -decade(2.0 * error)
        } else if mean.fract().abs() <= 0.0 || !mean.is_finite() {
            0
        } else {
            (DIGITS - 1 - decade(mean.abs())).max(0)
        };
        Self { decimals: decimals.min(MOST_DECIMALS) }
    }

    /// A number by this rule, with separators between thousands.
    pub(super) fn show(self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let rounded = match u32::try_from(-self.decimals) {
            Ok(zeros) => {
                let unit = libm::exp10(f64::from(zeros)).round();
                format!("{:.0}", (value / unit).round() * unit)
            }
            Err(_) => format!("{value:.*}", self.decimals as usize),
        };
        grouped(&rounded)
    }
}

/// ⌊log₁₀⌋ of a positive number.
fn decade(value: f64) -> i32 {
    // A hair more, so that 0.001 and 1000 are in the decades they begin.
    (libm::log10(value) + 1e-12).floor() as i32
}

/// A number with all its digits, up to the sixth decimal: one that was given, not estimated.
pub(super) fn exact(value: f64) -> String {
    grouped(&((value * 1e6).round() / 1e6).to_string())
}

/// A whole count with separators: `1,234,567`.
pub(super) fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A written number with a comma between every three digits before the point.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.split_at(number.find(|letter| !matches!(letter, '-' | '+')).unwrap_or(0));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut shown = String::new();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    // A difference that rounds to nothing has no sign.
    let nothing = digits.chars().all(|digit| matches!(digit, '0' | '.'));
    format!("{}{shown}{rest}", if nothing { "" } else { sign })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_beyond_the_error_are_not_shown() {
        // statistics.md §3: 2 413 882 with s = 4 100 is shown as 2 414 000.
        let rounding = Rounding::of(2_413_882.0, 4_100.0);
        assert_eq!(rounding.show(2_413_882.0), "2,414,000");
        assert_eq!(rounding.show(-310_499.0), "-310,000");
        assert_eq!(Rounding::of(0.123_456, 0.000_7).show(0.123_456), "0.123");
        assert_eq!(Rounding::of(14.2, 0.2).show(14.249), "14.2");
    }

    #[test]
    fn a_number_without_error_keeps_its_digits() {
        assert_eq!(Rounding::of(1_234_567.0, 0.0).show(1_234_567.0), "1,234,567");
        assert_eq!(Rounding::of(0.125, f64::NAN).show(0.125), "0.1250");
        assert_eq!(Rounding::of(12_345.678, 0.0).show(12_345.678), "12,346");
        assert_eq!(Rounding::of(0.0, 0.0).show(0.0), "0");
    }

    #[test]
    fn a_number_that_was_given_keeps_all_its_digits() {
        assert_eq!([exact(1_391_361.0), exact(0.57 * 100.0), exact(0.1125)], ["1,391,361", "57", "0.1125"]);
    }

    #[test]
    fn signs_and_gaps_are_kept_apart() {
        assert_eq!(grouped("-1234.5"), "-1,234.5");
        assert_eq!([grouped("-0.00"), grouped("+0"), grouped("+123")], ["0.00", "0", "+123"]);
        assert_eq!(grouped("999"), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(Rounding::of(1.0, 1.0).show(f64::NAN), "–");
    }
}
