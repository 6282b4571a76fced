//! Inputs that are not known exactly, and their values in one future.

use super::timeline::Expr;
use crate::random::{Address, Streams, key, unit};

/// How likely the values of a parameter are.
#[derive(Debug, Clone, PartialEq)]
pub enum Marginal {
    /// Always its central value.
    Fixed,
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Log-normal: mean and standard deviation of the logarithm.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Its standard deviation.
        sigma: f64,
    },
    /// Uniform.
    Uniform {
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
    },
    /// Triangular.
    Triangular {
        /// Least.
        min: f64,
        /// Most likely.
        mode: f64,
        /// Greatest.
        max: f64,
    },
    /// One of a few values: each with the upper end of its part of (0, 1).
    Choice(Vec<(f64, f64)>),
}

/// An input with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name, or the path of the value it is.
    pub name: String,
    /// Its value where chance alone is looked at.
    pub central: f64,
    /// How likely its values are.
    pub marginal: Marginal,
    /// Bounds that its values are held within.
    pub bounds: (f64, f64),
}

/// The values of all parameters in one future.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draw {
    values: Vec<f64>,
}

/// The 95 % point of the standard normal law.
const Z95: f64 = 1.644_853_626_951_472_7;
/// Draws in a Latin hypercube; further draws come in further blocks.
const BLOCK: u64 = 50;
const ORDER: u64 = key("parameter: order");
const JITTER: u64 = key("parameter: jitter");

impl Marginal {
    /// The normal law with these 5 % and 95 % points.
    pub fn normal(p05: f64, p95: f64) -> Self {
        Self::Normal { mean: f64::midpoint(p05, p95), sd: (p95 - p05) / (2.0 * Z95) }
    }

    /// The log-normal law with these 5 % and 95 % points, both positive.
    pub fn lognormal(p05: f64, p95: f64) -> Self {
        let (low, high) = (libm::log(p05), libm::log(p95));
        Self::Lognormal { mu: f64::midpoint(low, high), sigma: (high - low) / (2.0 * Z95) }
    }

    /// The uniform law with these 5 % and 95 % points.
    pub fn uniform_between(p05: f64, p95: f64) -> Self {
        let margin = (p95 - p05) / 18.0;
        Self::Uniform { min: p05 - margin, max: p95 + margin }
    }

    fn quantile(&self, central: f64, u: f64) -> f64 {
        match self {
            Self::Fixed => central,
            Self::Normal { mean, sd } => mean + sd * crate::random::normal_quantile(u),
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * crate::random::normal_quantile(u)),
            Self::Uniform { min, max } => min + u * (max - min),
            Self::Triangular { min, mode, max } => triangular(*min, *mode, *max, u),
            Self::Choice(parts) => {
                parts.iter().find(|(end, _)| u < *end).or(parts.last()).map_or(central, |(_, value)| *value)
            }
        }
    }
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

impl Draw {
    /// Every parameter at its central value.
    pub fn central(parameters: &[Parameter]) -> Self {
        Self { values: parameters.iter().map(|parameter| parameter.central).collect() }
    }

    /// Draw number `number` under a seed: Latin hypercubes in blocks (`McKay`, Beckman & Conover 1979,
    /// Technometrics 21(2)), each parameter keyed by its own name, so that more draws never change the
    /// earlier ones and a new parameter changes no other.
    pub fn sampled(parameters: &[Parameter], seed: u64, number: u64) -> Self {
        let value = |parameter: &Parameter| {
            let u = stratum(seed, key(&parameter.name), number);
            let value = parameter.marginal.quantile(parameter.central, u);
            value.clamp(parameter.bounds.0, parameter.bounds.1)
        };
        Self { values: parameters.iter().map(value).collect() }
    }

    /// The same draw with another value of a parameter.
    #[must_use]
    pub fn with(&self, index: usize, value: f64) -> Self {
        let mut draw = self.clone();
        draw.values[index] = value;
        draw
    }

    /// The value of a parameter.
    pub fn value(&self, index: usize) -> f64 {
        self.values[index]
    }

    /// All values, in order of the parameters.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

/// Where draw `number` of a parameter lies in (0, 1).
fn stratum(seed: u64, parameter: u64, number: u64) -> f64 {
    let (block, place) = (number / BLOCK, number % BLOCK);
    let streams = Streams::new(seed, block);
    let word = |entity: u64, purpose: u64| {
        streams.block(Address { entity, stream: parameter, purpose, ordinal: 0 })[0]
    };
    // The stratum of a draw is the rank of its random word among those of its block.
    let mine = (word(place, ORDER), place);
    let rank = (0..BLOCK).filter(|&other| (word(other, ORDER), other) < mine).count();
    (rank as f64 + unit(word(place, JITTER))) / BLOCK as f64
}

impl Parameter {
    /// Whether it differs between futures.
    pub fn is_uncertain(&self) -> bool {
        self.marginal != Marginal::Fixed
    }

    /// It, as a value.
    pub const fn expr(index: usize) -> Expr {
        Expr::Parameter { index, scale: 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(name: &str) -> Parameter {
        Parameter {
            name: name.to_owned(),
            central: 5.0,
            marginal: Marginal::Uniform { min: 0.0, max: 10.0 },
            bounds: (0.0, 10.0),
        }
    }

    #[test]
    fn a_block_of_draws_meets_every_stratum_once() {
        let parameters = [parameter("a")];
        let mut strata: Vec<_> =
            (50..100).map(|number| (Draw::sampled(&parameters, 1, number).value(0) * 5.0) as usize).collect();
        strata.sort_unstable();
        assert_eq!(strata, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn a_further_parameter_changes_no_other() {
        let one = Draw::sampled(&[parameter("b")], 1, 7);
        let two = Draw::sampled(&[parameter("a"), parameter("b")], 1, 7);
        assert_eq!(one.value(0), two.value(1));
    }

    #[test]
    fn the_ends_of_a_range_are_its_five_and_ninety_five_percent_points() {
        for marginal in [
            Marginal::normal(480.0, 700.0),
            Marginal::lognormal(480.0, 700.0),
            Marginal::uniform_between(480.0, 700.0),
        ] {
            assert!((marginal.quantile(0.0, 0.05) - 480.0).abs() < 1e-6);
            assert!((marginal.quantile(0.0, 0.95) - 700.0).abs() < 1e-6);
        }
    }
}
