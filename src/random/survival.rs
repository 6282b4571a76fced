//! The probability that a length of time lasts longer than a given one.

use super::gamma::gamma_cdf;
use super::variate::Variate;
use std::f64::consts::SQRT_2;

impl Variate {
    /// P(X > x) for a length of `x` seconds: the inverse of [`quantile`](Self::quantile) counted from above.
    pub fn survival(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 1.0;
        }
        match self {
            Self::Constant(length) => f64::from(u8::from(x < *length)),
            Self::Exponential { mean } => libm::exp(-x / mean),
            Self::Gamma { shape, scale } => 1.0 - gamma_cdf(*shape, x / scale),
            Self::Lognormal { mu, sigma } if *sigma > 0.0 => {
                0.5 * libm::erfc((libm::log(x) - mu) / (sigma * SQRT_2))
            }
            Self::Lognormal { mu, .. } => f64::from(u8::from(x < libm::exp(*mu))),
            Self::Weibull { inverse_shape, scale } if x > 0.0 => {
                libm::exp(-libm::exp(libm::log(x / scale) / inverse_shape))
            }
            Self::Weibull { .. } => 1.0,
            Self::Uniform { min, width } if *width > 0.0 => 1.0 - ((x - min) / width).clamp(0.0, 1.0),
            Self::Uniform { min, .. } => f64::from(u8::from(x < *min)),
            Self::Triangular { min, mode, max } => triangular(*min, *mode, *max, x),
            Self::Hyperexponential { p, first, second } => {
                p * libm::exp(-x / first) + (1.0 - p) * libm::exp(-x / second)
            }
            Self::Empirical(values) => {
                let above = values.len() - values.partition_point(|&value| value <= x);
                above as f64 / values.len() as f64
            }
        }
    }
}

fn triangular(min: f64, mode: f64, max: f64, x: f64) -> f64 {
    if x <= min {
        f64::from(u8::from(x < max))
    } else if x >= max {
        0.0
    } else if x < mode {
        1.0 - (x - min) * (x - min) / ((max - min) * (mode - min))
    } else {
        (max - x) * (max - x) / ((max - min) * (max - mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survival_undoes_the_quantile_of_every_law() {
        let laws = [
            Variate::exponential(3.0),
            Variate::gamma(5.0, 0.6),
            Variate::lognormal(4.0, 1.3),
            Variate::weibull(2.0, 0.7),
            Variate::uniform(1.0, 9.0),
            Variate::triangular(1.0, 2.0, 7.0),
            Variate::hyperexponential(3.0, 2.0),
        ];
        for law in laws.map(|law| law.expect("a law")) {
            for u in [0.001, 0.2, 0.5, 0.9, 0.999] {
                let above = law.survival(law.quantile(u));
                assert!((above - (1.0 - u)).abs() < 1e-9, "{law:?} at {u}: {above}");
            }
        }
    }

    #[test]
    fn laws_with_steps_fall_at_their_values() {
        let sample = Variate::empirical(vec![1.0, 2.0, 2.0, 5.0]).expect("a law");
        assert_eq!([0.5, 1.0, 2.0, 5.0].map(|x| sample.survival(x)), [1.0, 0.75, 0.25, 0.0]);
        let constant = Variate::constant(7.0).expect("a law");
        assert_eq!([6.9, 7.0].map(|x| constant.survival(x)), [1.0, 0.0]);
    }
}
