//! Every law of a length of time in the program, sampled by inversion.
//!
//! Each constructor checks its parameters; what is costly in a quantile is worked out there, once.

use super::law_error::{LawError, require, require_mean};
use super::{Empirical, Gamma, Hyperexponential, Lognormal, Triangular, Uniform, Weibull, unit};
use crate::units::Span;

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
    /// Gamma; an Erlang law is one.
    Gamma(Gamma),
    /// Log-normal.
    Lognormal(Lognormal),
    /// Weibull.
    Weibull(Weibull),
    /// Uniform.
    Uniform(Uniform),
    /// Triangular.
    Triangular(Triangular),
    /// Hyperexponential with balanced means.
    Hyperexponential(Hyperexponential),
    /// As observed.
    Empirical(Empirical),
}

impl Variate {
    /// Always `length` [seconds], zero or more.
    pub fn constant(length: f64) -> Result<Self, LawError> {
        require(length >= 0.0 && length.is_finite(), "a length must be zero or more and finite")?;
        Ok(Self::Constant(length))
    }

    /// Exponential with this mean [seconds], above zero.
    pub fn exponential(mean: f64) -> Result<Self, LawError> {
        require_mean(mean)?;
        Ok(Self::Exponential { mean })
    }

    /// The sum of `k` exponential lengths, at least one, with this mean of the sum [seconds].
    pub fn erlang(mean: f64, k: u32) -> Result<Self, LawError> {
        Gamma::erlang(mean, k).map(Self::Gamma)
    }

    /// Gamma with this mean [seconds] and coefficient of variation, both above zero.
    pub fn gamma(mean: f64, cv: f64) -> Result<Self, LawError> {
        Gamma::new(mean, cv).map(Self::Gamma)
    }

    /// Log-normal with this mean [seconds] and coefficient of variation, both above zero.
    pub fn lognormal(mean: f64, cv: f64) -> Result<Self, LawError> {
        Lognormal::new(mean, cv).map(Self::Lognormal)
    }

    /// Weibull with this mean [seconds] and coefficient of variation, both above zero.
    pub fn weibull(mean: f64, cv: f64) -> Result<Self, LawError> {
        Weibull::new(mean, cv).map(Self::Weibull)
    }

    /// Uniform between two lengths [seconds], 0 ≤ min ≤ max.
    pub fn uniform(min: f64, max: f64) -> Result<Self, LawError> {
        Uniform::new(min, max).map(Self::Uniform)
    }

    /// Triangular with these corners [seconds], 0 ≤ min ≤ mode ≤ max.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Self, LawError> {
        Triangular::new(min, mode, max).map(Self::Triangular)
    }

    /// Hyperexponential with this mean [seconds] and coefficient of variation, at least 1.
    pub fn hyperexponential(mean: f64, cv: f64) -> Result<Self, LawError> {
        Hyperexponential::new(mean, cv).map(Self::Hyperexponential)
    }

    /// As observed: these lengths [seconds], in any order, at least one, none negative.
    pub fn empirical(lengths: Vec<f64>) -> Result<Self, LawError> {
        Empirical::new(lengths).map(Self::Empirical)
    }

    /// The quantile at `u` in (0, 1) [seconds]: increasing in `u`.
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Constant(length) => *length,
            Self::Exponential { mean } => -mean * libm::log(1.0 - u),
            Self::Gamma(law) => law.quantile(u),
            Self::Lognormal(law) => law.quantile(u),
            Self::Weibull(law) => law.quantile(u),
            Self::Uniform(law) => law.quantile(u),
            Self::Triangular(law) => law.quantile(u),
            Self::Hyperexponential(law) => law.quantile(u),
            Self::Empirical(law) => law.quantile(u),
        }
    }

    /// The length that a random word picks, in whole seconds.
    #[inline]
    pub fn sample(&self, word: u64) -> Span {
        Span::from_seconds(self.quantile(unit(word)))
    }

    /// Mean [seconds].
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(length) => *length,
            Self::Exponential { mean } => *mean,
            Self::Gamma(law) => law.mean(),
            Self::Lognormal(law) => law.mean(),
            Self::Weibull(law) => law.mean(),
            Self::Uniform(law) => law.mean(),
            Self::Triangular(law) => law.mean(),
            Self::Hyperexponential(law) => law.mean(),
            Self::Empirical(law) => law.mean(),
        }
    }

    /// Variance [seconds²].
    pub fn variance(&self) -> f64 {
        match self {
            Self::Constant(_) => 0.0,
            Self::Exponential { mean } => mean * mean,
            Self::Gamma(law) => law.variance(),
            Self::Lognormal(law) => law.variance(),
            Self::Weibull(law) => law.variance(),
            Self::Uniform(law) => law.variance(),
            Self::Triangular(law) => law.variance(),
            Self::Hyperexponential(law) => law.variance(),
            Self::Empirical(law) => law.variance(),
        }
    }

    /// The law of lengths `factor` times as long, with a factor of zero or more.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        match self {
            Self::Constant(length) => Self::Constant(length * factor),
            Self::Exponential { mean } => Self::Exponential { mean: mean * factor },
            Self::Gamma(law) => Self::Gamma(law.scaled(factor)),
            Self::Lognormal(law) => Self::Lognormal(law.scaled(factor)),
            Self::Weibull(law) => Self::Weibull(law.scaled(factor)),
            Self::Uniform(law) => Self::Uniform(law.scaled(factor)),
            Self::Triangular(law) => Self::Triangular(law.scaled(factor)),
            Self::Hyperexponential(law) => Self::Hyperexponential(law.scaled(factor)),
            Self::Empirical(law) => Self::Empirical(law.scaled(factor)),
        }
    }
}

impl rand_distr::Distribution<Span> for Variate {
    fn sample<R: rand::Rng + ?Sized>(&self, rng: &mut R) -> Span {
        Self::sample(self, rng.next_u64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_law() -> impl Strategy<Value = Variate> {
        let (mean, cv) = (1e-3..1e9_f64, 0.01..20.0_f64);
        prop_oneof![
            mean.clone().prop_map(|mean| Variate::exponential(mean).unwrap()),
            (mean.clone(), 1..200_u32).prop_map(|(mean, k)| Variate::erlang(mean, k).unwrap()),
            (mean.clone(), cv.clone()).prop_map(|(mean, cv)| Variate::gamma(mean, cv).unwrap()),
            (mean.clone(), cv.clone()).prop_map(|(mean, cv)| Variate::lognormal(mean, cv).unwrap()),
            (mean.clone(), cv.clone()).prop_map(|(mean, cv)| Variate::weibull(mean, cv).unwrap()),
            (mean.clone(), cv.clone()).prop_map(|(min, w)| Variate::uniform(min, min + w).unwrap()),
            (mean.clone(), cv.clone(), cv.clone()).prop_map(|(min, rise, fall)| Variate::triangular(
                min,
                min + rise,
                min + rise + fall
            )
            .unwrap()),
            (mean.clone(), cv).prop_map(|(mean, cv)| Variate::hyperexponential(mean, 1.0 + cv).unwrap()),
            prop::collection::vec(mean, 1..20).prop_map(|seen| Variate::empirical(seen).unwrap()),
        ]
    }

    proptest! {
        #[test]
        fn quantiles_rise_with_their_probability(law in any_law(), a in any::<u64>(), b in any::<u64>()) {
            let (low, high) = (unit(a.min(b)), unit(a.max(b)));
            // Inverted numerically, equal to rounding may be out of order by rounding.
            prop_assert!(law.quantile(low) <= law.quantile(high) * (1.0 + 1e-11));
        }

        #[test]
        fn a_scaled_law_has_scaled_lengths(law in any_law(), word in any::<u64>(), factor in 0.1..10.0_f64) {
            let u = unit(word);
            let (plain, scaled) = (law.quantile(u) * factor, law.scaled(factor).quantile(u));
            prop_assert!((plain - scaled).abs() <= 1e-11 * plain, "{plain} {scaled}");
            prop_assert!((law.scaled(factor).mean() - law.mean() * factor).abs() <= 1e-11 * law.mean() * factor);
        }

        #[test]
        fn laws_have_the_mean_and_spread_they_are_given(mean in 1e-3..1e9_f64, cv in 1.0..50.0_f64) {
            for law in [Variate::gamma, Variate::lognormal, Variate::weibull, Variate::hyperexponential] {
                for cv in [cv, 1.0 / cv] {
                    let Ok(law) = law(mean, cv) else { continue };
                    prop_assert!((law.mean() / mean - 1.0).abs() < 1e-10);
                    prop_assert!((law.variance().sqrt() / (mean * cv) - 1.0).abs() < 1e-8, "{law:?}");
                }
            }
        }

        #[test]
        fn the_mean_is_the_integral_of_the_quantile(law in any_law()) {
            // Midpoint rule away from the tail: never above the mean, and near it where the tail is light.
            let n = 2_000;
            let sum: f64 = (0..n).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(n))).sum();
            let (found, mean) = (sum / f64::from(n), law.mean());
            prop_assert!(found <= mean * 1.001);
            if law.variance() <= mean * mean {
                prop_assert!((found / mean - 1.0).abs() < 0.01, "{found} for {mean}");
            }
        }
    }

    #[test]
    fn impossible_laws_say_what_must_hold() {
        let message = |law: Result<Variate, LawError>| law.unwrap_err().to_string();
        assert_eq!(message(Variate::exponential(0.0)), "the mean must be above zero and finite");
        assert_eq!(message(Variate::gamma(f64::NAN, 1.0)), "the mean must be above zero and finite");
        assert!(message(Variate::lognormal(1.0, -1.0)).starts_with("`cv` (standard deviation / mean)"));
        assert_eq!(message(Variate::erlang(1.0, 0)), "`k` must be 1 or more");
        assert_eq!(
            message(Variate::hyperexponential(1.0, 0.5)),
            "`cv` of a hyperexponential law must be 1 or more"
        );
        assert!(message(Variate::uniform(2.0, 1.0)).starts_with("`min` must be zero or more"));
        assert!(message(Variate::triangular(1.0, 3.0, 2.0)).starts_with("`min` must be zero or more"));
        assert_eq!(message(Variate::empirical(vec![])), "there must be at least one observation");
        assert_eq!(message(Variate::constant(-1.0)), "a length must be zero or more and finite");
    }

    #[test]
    fn a_hyperexponential_of_cv_one_is_exponential() {
        let law = Variate::hyperexponential(5.0, 1.0).unwrap();
        for u in [1e-12, 0.3, 0.999] {
            assert!((law.quantile(u) / (-5.0 * libm::log1p(-u)) - 1.0).abs() < 1e-11);
        }
    }
}
