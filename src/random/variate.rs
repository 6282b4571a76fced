//! Every law of a length of time in the program, sampled by inversion.

/// A law of a length of time [seconds].
#[derive(Debug, Clone, PartialEq)]
pub enum Variate {
    /// Always the same length.
    Constant(f64),
    /// Exponential with the given mean.
    Exponential {
        /// Mean [seconds].
        mean: f64,
    },
}

impl Variate {
    /// The quantile at `u` in (0, 1) [seconds]: increasing in `u`.
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Constant(length) => *length,
            Self::Exponential { mean } => -mean * libm::log(1.0 - u),
        }
    }
}

impl Variate {
    /// stub
    pub fn gamma(_mean: f64, _cv: f64) -> Result<Self, ()> {
        Err(())
    }
}
