//! Every law of a length of time in the program, sampled by inversion of one uniform.

use super::exponential::exp;
use super::gamma::gamma_quantile;
use super::logarithm::ln;
use super::normal::normal_quantile;
use super::unit;
use crate::units::Span;
use rand::{Rng, RngExt};
use rand_distr::Distribution;
use std::fmt;
use std::sync::Arc;

/// A law of a length of time \[seconds\].
#[derive(Debug, Clone, PartialEq)]
pub enum Variate {
    /// Always the same length.
    Constant(f64),
    /// Exponential.
    Exponential {
        /// Mean \[seconds\].
        mean: f64,
    },
    /// Gamma, Erlang among them: shape and scale.
    Gamma {
        /// Shape: 1 ÷ cv².
        shape: f64,
        /// Scale \[seconds\].
        scale: f64,
    },
    /// Log-normal: mean and standard deviation of the logarithm of the seconds.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Weibull.
    Weibull {
        /// 1 ÷ shape.
        inverse_shape: f64,
        /// Scale \[seconds\].
        scale: f64,
    },
    /// Uniform.
    Uniform {
        /// Least \[seconds\].
        min: f64,
        /// Greatest less least \[seconds\].
        width: f64,
    },
    /// Triangular.
    Triangular {
        /// Least \[seconds\].
        min: f64,
        /// Most likely \[seconds\].
        mode: f64,
        /// Greatest \[seconds\].
        max: f64,
    },
    /// A mixture of two exponentials.
    Hyperexponential {
        /// Probability of the first.
        p: f64,
        /// Mean of the first, the shorter \[seconds\].
        first: f64,
        /// Mean of the second \[seconds\].
        second: f64,
    },
    /// As often as in a sample: its values in order \[seconds\].
    Empirical(Arc<[f64]>),
}

/// Why a law does not exist.
#[derive(Debug, Clone, PartialEq)]
pub struct LawError {
    what: &'static str,
    value: f64,
    must: &'static str,
}

impl fmt::Display for LawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its {} is {} and must be {}", self.what, self.value, self.must)
    }
}

impl std::error::Error for LawError {}

fn held(what: &'static str, value: f64, must: &'static str, holds: bool) -> Result<f64, LawError> {
    if holds { Ok(value) } else { Err(LawError { what, value, must }) }
}

fn positive(what: &'static str, value: f64) -> Result<f64, LawError> {
    held(what, value, "positive and finite", value > 0.0 && value.is_finite())
}

fn length(what: &'static str, value: f64) -> Result<f64, LawError> {
    held(what, value, "finite and not negative", value >= 0.0 && value.is_finite())
}

/// A coefficient of variation: larger ones leave the range in which doubles carry the law.
fn spread(cv: f64) -> Result<f64, LawError> {
    held("cv", cv, "not negative and at most 1000", (0.0..=1_000.0).contains(&cv))
}

impl Variate {
    /// Whether it is always the same length: no word matters to it.
    #[inline]
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }

    /// Always `length` seconds.
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn constant(seconds: f64) -> Result<Self, LawError> {
        Ok(Self::Constant(length("length", seconds)?))
    }

    /// Exponential with this mean \[seconds\].
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn exponential(mean: f64) -> Result<Self, LawError> {
        Ok(Self::Exponential { mean: positive("mean", mean)? })
    }

    /// Erlang: the sum of `k` exponentials, with this mean in all \[seconds\].
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn erlang(mean: f64, k: u32) -> Result<Self, LawError> {
        let k = held("k", f64::from(k), "at least 1", k >= 1)?;
        Ok(Self::Gamma { shape: k, scale: positive("mean", mean)? / k })
    }

    /// Gamma with this mean \[seconds\] and coefficient of variation.
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn gamma(mean: f64, cv: f64) -> Result<Self, LawError> {
        let mean = positive("mean", mean)?;
        if spread(cv)? == 0.0 {
            return Self::constant(mean);
        }
        let shape = 1.0 / (cv * cv);
        Ok(Self::Gamma { shape, scale: mean / shape })
    }

    /// Log-normal with this mean \[seconds\] and coefficient of variation: σ² = ln(1 + cv²), μ = ln mean − σ²/2.
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn lognormal(mean: f64, cv: f64) -> Result<Self, LawError> {
        let mean = positive("mean", mean)?;
        let variance = libm::log(1.0 + spread(cv)? * cv);
        Ok(Self::Lognormal { mu: libm::log(mean) - variance / 2.0, sigma: variance.sqrt() })
    }

    /// Weibull with this mean \[seconds\] and coefficient of variation; the shape is found by bisection of
    /// cv² = Γ(1 + 2/k)/Γ(1 + 1/k)² − 1.
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn weibull(mean: f64, cv: f64) -> Result<Self, LawError> {
        let mean = positive("mean", mean)?;
        if length("cv", cv)? == 0.0 {
            return Self::constant(mean);
        }
        let cv = held("cv", cv, "at most 30", cv <= 30.0)?;
        let (mut low, mut high) = (0.0_f64, 10.0_f64);
        for _ in 0..200 {
            let inverse = f64::midpoint(low, high);
            if weibull_cv(inverse) < cv { low = inverse } else { high = inverse }
        }
        let inverse_shape = f64::midpoint(low, high);
        Ok(Self::Weibull { inverse_shape, scale: mean / libm::tgamma(1.0 + inverse_shape) })
    }

    /// Uniform between two lengths \[seconds\].
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn uniform(min: f64, max: f64) -> Result<Self, LawError> {
        let min = length("min", min)?;
        held("max", max, "finite and not below the min", max >= min && max.is_finite())?;
        Ok(Self::Uniform { min, width: max - min })
    }

    /// Triangular \[seconds\].
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Self, LawError> {
        let min = length("min", min)?;
        held("mode", mode, "not below the min", mode >= min)?;
        held("max", max, "finite and not below the mode", max >= mode && max.is_finite())?;
        Ok(Self::Triangular { min, mode, max })
    }

    /// Two exponentials with balanced means (each gives half of the mean), with this mean \[seconds\] and a
    /// coefficient of variation of at least 1: p = (1 + √((cv² − 1)/(cv² + 1)))/2 (Morse 1958).
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn hyperexponential(mean: f64, cv: f64) -> Result<Self, LawError> {
        let mean = positive("mean", mean)?;
        let cv = held("cv", cv, "at least 1 and at most 1000", (1.0..=1_000.0).contains(&cv))?;
        let square = cv * cv;
        let p = f64::midpoint(1.0, ((square - 1.0) / (square + 1.0)).sqrt());
        Ok(Self::Hyperexponential { p, first: mean / (2.0 * p), second: mean / (2.0 * (1.0 - p)) })
    }

    /// Each of these lengths with equal probability \[seconds\].
    ///
    /// # Errors
    ///
    /// If a part is not what the law needs: negative, not finite, or out of order.
    pub fn empirical(mut values: Vec<f64>) -> Result<Self, LawError> {
        held("number of values", values.len() as f64, "at least 1", !values.is_empty())?;
        for &value in &values {
            length("value", value)?;
        }
        values.sort_by(f64::total_cmp);
        Ok(Self::Empirical(values.into()))
    }

    /// The quantile at `u` in (0, 1) \[seconds\]: never decreasing in `u`.
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Exponential { mean } => mean * -ln(1.0 - u),
            other => other.other_quantile(u),
        }
    }

    fn other_quantile(&self, u: f64) -> f64 {
        match self {
            Self::Constant(length) => *length,
            Self::Exponential { .. } => self.quantile(u),
            Self::Gamma { shape, scale } => scale * gamma_quantile(*shape, u),
            Self::Lognormal { mu, sigma } => exp(mu + sigma * normal_quantile(u)),
            Self::Weibull { inverse_shape, scale } => {
                scale * libm::exp(inverse_shape * libm::log(-libm::log(1.0 - u)))
            }
            Self::Uniform { min, width } => min + u * width,
            Self::Triangular { min, mode, max } => triangular(*min, *mode, *max, u),
            Self::Hyperexponential { p, first, second } => hyperexponential(*p, *first, *second, u),
            Self::Empirical(values) => values[((u * values.len() as f64) as usize).min(values.len() - 1)],
        }
    }

    /// Mean \[seconds\].
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(length) => *length,
            Self::Exponential { mean } => *mean,
            Self::Gamma { shape, scale } => shape * scale,
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Self::Weibull { inverse_shape, scale } => scale * libm::tgamma(1.0 + inverse_shape),
            Self::Uniform { min, width } => min + width / 2.0,
            Self::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Self::Hyperexponential { p, first, second } => p * first + (1.0 - p) * second,
            Self::Empirical(values) => values.iter().sum::<f64>() / values.len() as f64,
        }
    }

    /// Variance \[seconds²\].
    pub fn variance(&self) -> f64 {
        let square = self.mean() * self.mean();
        match self {
            Self::Constant(_) => 0.0,
            Self::Exponential { .. } => square,
            Self::Gamma { shape, scale } => shape * scale * scale,
            Self::Lognormal { sigma, .. } => square * (libm::exp(sigma * sigma) - 1.0),
            Self::Weibull { inverse_shape, .. } => {
                let cv = weibull_cv(*inverse_shape);
                square * cv * cv
            }
            Self::Uniform { width, .. } => width * width / 12.0,
            Self::Triangular { min, mode, max } => {
                (min * min + mode * mode + max * max - min * mode - min * max - mode * max) / 18.0
            }
            Self::Hyperexponential { p, first, second } => {
                2.0 * (p * first * first + (1.0 - p) * second * second) - square
            }
            Self::Empirical(values) => {
                values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64 - square
            }
        }
    }
}

impl Distribution<Span> for Variate {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Span {
        Span::from_seconds(self.quantile(unit(rng.random::<u64>())))
    }
}

fn weibull_cv(inverse_shape: f64) -> f64 {
    let log_ratio = libm::lgamma(1.0 + 2.0 * inverse_shape) - 2.0 * libm::lgamma(1.0 + inverse_shape);
    libm::expm1(log_ratio).max(0.0).sqrt()
}

fn triangular(min: f64, mode: f64, max: f64, u: f64) -> f64 {
    let width = max - min;
    if width <= 0.0 {
        return min;
    }
    let split = (mode - min) / width;
    if u < split {
        min + (u * width * (mode - min)).sqrt()
    } else {
        max - ((1.0 - u) * width * (max - mode)).sqrt()
    }
}

/// Solve p·exp(−x/a) + (1 − p)·exp(−x/b) = 1 − u by Newton's method on the logarithm, from a point left of the
/// root: the logarithm of a mixture of exponentials is convex, so the steps never overshoot.
fn hyperexponential(p: f64, a: f64, b: f64, u: f64) -> f64 {
    let goal = libm::log(1.0 - u);
    let mut x = 0.0;
    for _ in 0..100 {
        let (first, second) = (p * libm::exp(-x / a), (1.0 - p) * libm::exp(-x / b));
        let sum = first + second;
        let slope = (first / a + second / b) / sum;
        let step = (libm::log(sum) - goal) / slope;
        x += step;
        if step.abs() <= 1e-13 * x {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Sequence, Streams};
    use proptest::prelude::*;

    fn laws() -> Vec<Variate> {
        [
            Variate::constant(86_400.0),
            Variate::exponential(5e4),
            Variate::erlang(3e5, 4),
            Variate::gamma(2e5, 1.7),
            Variate::lognormal(43_200.0, 0.8),
            Variate::weibull(1e6, 0.4),
            Variate::weibull(1e6, 2.5),
            Variate::uniform(100.0, 5e5),
            Variate::triangular(1e4, 2e4, 9e4),
            Variate::hyperexponential(1e5, 3.0),
            Variate::empirical(vec![3e4, 1e4, 2e4, 2e4]),
        ]
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap()
    }

    #[test]
    fn means_and_variances_are_those_of_the_quantiles() {
        // ∫ Q(u) du and ∫ Q(u)² du by the midpoint rule; heavy tails cost it some accuracy.
        const POINTS: u32 = 400_000;
        for law in laws() {
            let (mut sum, mut squares) = (0.0, 0.0);
            for point in 0..POINTS {
                let x = law.quantile((f64::from(point) + 0.5) / f64::from(POINTS));
                sum += x;
                squares += x * x;
            }
            let mean = sum / f64::from(POINTS);
            let variance = squares / f64::from(POINTS) - mean * mean;
            assert!((mean / law.mean() - 1.0).abs() < 1e-3, "{law:?}: {mean}");
            assert!((variance - law.variance()).abs() <= 2e-2 * law.variance(), "{law:?}: {variance}");
        }
    }

    #[test]
    fn coefficients_of_variation_are_as_asked() {
        for (law, cv) in [
            (Variate::weibull(10.0, 2.5), 2.5),
            (Variate::gamma(10.0, 0.3), 0.3),
            (Variate::lognormal(10.0, 0.8), 0.8),
            (Variate::hyperexponential(10.0, 3.0), 3.0),
        ] {
            let law = law.unwrap();
            assert!((law.mean() - 10.0).abs() < 1e-9);
            assert!((law.variance().sqrt() / 10.0 - cv).abs() < 1e-6, "{law:?}");
        }
    }

    /// The largest distance between the distribution functions of two samples.
    fn two_sample_distance(mut a: Vec<f64>, mut b: Vec<f64>) -> f64 {
        a.sort_by(f64::total_cmp);
        b.sort_by(f64::total_cmp);
        let share = |sample: &[f64], x: f64| sample.partition_point(|&y| y <= x) as f64 / sample.len() as f64;
        a.iter().chain(&b).map(|&x| (share(&a, x) - share(&b, x)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn laws_agree_with_independent_samplers() {
        const N: usize = 20_000;
        // Kolmogorov and Smirnov at risk 0.001: 1.949·√(2/n).
        let critical = 1.949 * (2.0 / N as f64).sqrt();
        let mut witness = Sequence::new(Streams::new(5, 0), 1, 2);
        let mut ours = Sequence::new(Streams::new(6, 0), 1, 2);
        let s = libm::log(1.64_f64).sqrt();
        let mut pair = |law: Result<Variate, LawError>, other: &dyn Fn(&mut Sequence) -> f64| {
            let law = law.unwrap();
            let a = (0..N).map(|_| law.quantile(unit(ours.next_word()))).collect();
            let b = (0..N).map(|_| other(&mut witness)).collect();
            let distance = two_sample_distance(a, b);
            assert!(distance < critical, "{law:?}: {distance} ≥ {critical}");
        };
        let exponential = rand_distr::Exp::new(1.0 / 3.0).unwrap();
        pair(Variate::exponential(3.0), &|rng| exponential.sample(rng));
        let gamma = rand_distr::Gamma::new(4.0, 0.5).unwrap();
        pair(Variate::erlang(2.0, 4), &|rng| gamma.sample(rng));
        let lognormal = rand_distr::LogNormal::new(-s * s / 2.0, s).unwrap();
        pair(Variate::lognormal(1.0, 0.8), &|rng| lognormal.sample(rng));
        let weibull = rand_distr::Weibull::new(1.0 / libm::tgamma(1.5), 2.0).unwrap();
        pair(Variate::weibull(1.0, (4.0 / std::f64::consts::PI - 1.0).sqrt()), &|rng| weibull.sample(rng));
        let triangular = rand_distr::Triangular::new(1.0, 9.0, 2.0).unwrap();
        pair(Variate::triangular(1.0, 2.0, 9.0), &|rng| triangular.sample(rng));
    }

    #[test]
    fn a_law_that_does_not_exist_says_why() {
        let message = |law: Result<Variate, LawError>| law.unwrap_err().to_string();
        assert_eq!(message(Variate::exponential(0.0)), "its mean is 0 and must be positive and finite");
        assert_eq!(
            message(Variate::hyperexponential(1.0, 0.5)),
            "its cv is 0.5 and must be at least 1 and at most 1000"
        );
        assert_eq!(
            message(Variate::uniform(3.0, 2.0)),
            "its max is 2 and must be finite and not below the min"
        );
    }

    proptest! {
        #[test]
        fn quantiles_never_decrease(u in 1e-12..1.0_f64, v in 1e-12..1.0_f64) {
            let (low, high) = (u.min(v), u.max(v).min(1.0 - 1e-15));
            for law in laws() {
                prop_assert!(law.quantile(low) <= law.quantile(high) * (1.0 + 1e-12), "{:?}", law);
            }
        }
    }
}
