//! Laws of a number of cases or persons.

use std::fmt;

/// A law of a whole number, at least one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Count {
    /// Always the same number.
    Constant(u32),
    /// `min` plus a geometric number of failures.
    ShiftedGeometric {
        /// Smallest value.
        min: u32,
        /// Mean of the whole number.
        mean: f64,
    },
}

/// Why a law of a number does not exist.
#[derive(Debug, Clone, PartialEq)]
pub struct CountError(f64, u32);

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "its mean is {} and must be finite and not below its min of {}, which must be at least 1",
            self.0, self.1
        )
    }
}

impl std::error::Error for CountError {}

impl Count {
    /// `min` plus a geometric number, with this mean in all.
    ///
    /// # Errors
    ///
    /// If the mean is below `min`, or `min` below 1.
    pub fn shifted_geometric(mean: f64, min: u32) -> Result<Self, CountError> {
        let sound = min >= 1 && mean >= f64::from(min) && mean < 60_000.0;
        if sound { Ok(Self::ShiftedGeometric { min, mean }) } else { Err(CountError(mean, min)) }
    }

    /// Mean.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(number) => f64::from(*number),
            Self::ShiftedGeometric { mean, .. } => *mean,
        }
    }

    /// The quantile at `u` in (0, 1).
    ///
    /// For the geometric part: the least n with 1 − qⁿ⁺¹ ≥ u, where q/(1 − q) is its mean.
    #[inline]
    pub fn quantile(&self, u: f64) -> u32 {
        match self {
            Self::Constant(number) => *number,
            Self::ShiftedGeometric { min, mean } => {
                let excess = mean - f64::from(*min);
                if excess <= 0.0 {
                    return *min;
                }
                let q = excess / (1.0 + excess);
                min + (libm::log(1.0 - u) / libm::log(q)).floor().clamp(0.0, 60_000.0) as u32
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_geometric_number_has_its_mean_and_its_least_value() {
        const POINTS: u32 = 200_000;
        let law = Count::shifted_geometric(2.6, 2).unwrap();
        let values = (0..POINTS).map(|point| law.quantile((f64::from(point) + 0.5) / f64::from(POINTS)));
        let mean = values.clone().map(f64::from).sum::<f64>() / f64::from(POINTS);
        assert!((mean - 2.6).abs() < 1e-3, "{mean}");
        assert_eq!(values.min(), Some(2));
        // P(N = min) = 1 − q with q = 0.6/1.6.
        assert_eq!([law.quantile(0.624), law.quantile(0.626)], [2, 3]);
        assert!(Count::shifted_geometric(1.5, 2).is_err());
    }
}
