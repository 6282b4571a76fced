//! Laws of a number of cases or persons.

use super::law_error::{LawError, require};

/// A law of a whole number, at least one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Count {
    /// Always the same number.
    Constant(u32),
    /// `min` plus a geometric number of failures, with the given mean in all.
    ShiftedGeometric {
        /// Mean of the whole number.
        mean: f64,
        /// Its smallest value.
        min: u32,
    },
}

impl Count {
    /// Always `number`, at least one.
    pub fn constant(number: u32) -> Result<Self, LawError> {
        require(number >= 1, "a number must be 1 or more")?;
        Ok(Self::Constant(number))
    }

    /// `min`, at least one, plus a geometric number, with `mean` in all: no less than `min`, below a million.
    pub fn shifted_geometric(mean: f64, min: u32) -> Result<Self, LawError> {
        require(min >= 1, "`min` must be 1 or more")?;
        require(mean >= f64::from(min) && mean < 1e6, "the mean must be `min` or more, and below a million")?;
        Ok(Self::ShiftedGeometric { mean, min })
    }

    /// The quantile at `u` in (0, 1).
    ///
    /// P(K > k) = (m / (1 + m))^(k + 1) for a geometric number K of mean m.
    #[inline]
    pub fn quantile(&self, u: f64) -> u32 {
        match *self {
            Self::Constant(number) => number,
            Self::ShiftedGeometric { mean, min } => {
                let log_more = -libm::log1p(1.0 / (mean - f64::from(min)));
                min.saturating_add((libm::log(1.0 - u) / log_more) as u32)
            }
        }
    }

    /// Mean.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(number) => f64::from(*number),
            Self::ShiftedGeometric { mean, .. } => *mean,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_geometric_number_has_its_probabilities() {
        // m = 1: P(K = k) = 2^−(k + 1), so the quantile leaps at 1/2, 3/4, 7/8.
        let law = Count::shifted_geometric(2.0, 1).unwrap();
        for (u, number) in [(0.49, 1), (0.51, 2), (0.74, 2), (0.76, 3), (0.876, 4)] {
            assert_eq!(law.quantile(u), number, "{u}");
        }
    }

    #[test]
    fn the_sample_mean_is_the_mean() {
        let law = Count::shifted_geometric(3.4, 2).unwrap();
        let n = 100_000;
        let sum: f64 = (0..n).map(|i| f64::from(law.quantile((f64::from(i) + 0.5) / f64::from(n)))).sum();
        assert!((sum / f64::from(n) - law.mean()).abs() < 1e-3);
    }

    #[test]
    fn no_failures_leave_the_smallest_value() {
        let law = Count::shifted_geometric(2.0, 2).unwrap();
        assert_eq!((law.quantile(1e-9), law.quantile(1.0 - 1e-9)), (2, 2));
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert!(Count::constant(0).is_err());
        assert!(Count::shifted_geometric(1.5, 2).is_err());
        assert!(Count::shifted_geometric(f64::NAN, 1).is_err());
    }
}
