//! Laws of lengths of time, as written.

use crate::random::Variate;
use crate::scenario::parameter::Draw;
use crate::scenario::timeline::{Timeline, tidy};
use crate::units::SimTime;
use std::sync::Arc;

/// A law of a length of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// Which.
    pub form: Form,
    /// Its parts: mean and coefficient of variation, or bounds.
    pub parts: Vec<Timeline>,
}

/// The form of a law.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Always the same.
    Constant,
    /// Exponential: mean.
    Exponential,
    /// Erlang: mean, number of phases.
    Erlang,
    /// Gamma: mean, coefficient of variation.
    Gamma,
    /// Log-normal: mean, coefficient of variation.
    Lognormal,
    /// Weibull: mean, coefficient of variation.
    Weibull,
    /// Uniform: least, greatest.
    Uniform,
    /// Triangular: least, most likely, greatest.
    Triangular,
    /// Hyperexponential with balanced means: mean, coefficient of variation.
    Hyperexponential,
    /// As often as in a table \[s\].
    Empirical(Arc<[f64]>),
    /// Exponential with a rate: events per second.
    Rate,
}

impl Law {
    /// Always the same length.
    pub fn constant(seconds: f64) -> Self {
        Self { form: Form::Constant, parts: vec![Timeline::from(seconds)] }
    }

    /// The law at an instant in one future, its lengths multiplied by `factor`.
    ///
    /// # Errors
    ///
    /// What is wrong with its parts at that instant, in words.
    pub fn at(&self, time: SimTime, draw: &Draw, factor: f64) -> Result<Variate, String> {
        let part = |number: usize| self.parts.get(number).map_or(0.0, |part| part.at(time, draw));
        let (first, second) = (part(0) * factor, part(1));
        let law = match &self.form {
            Form::Constant => Variate::constant(first),
            Form::Exponential => Variate::exponential(first),
            Form::Rate if part(0) > 0.0 => Variate::exponential(factor / part(0)),
            // Nobody is ever served at a rate of zero.
            Form::Rate => Variate::constant(1e18),
            Form::Erlang => Variate::erlang(first, second as u32),
            Form::Gamma => Variate::gamma(first, second),
            Form::Lognormal => Variate::lognormal(first, second),
            Form::Weibull => Variate::weibull(first, second),
            Form::Uniform => Variate::uniform(first, second * factor),
            Form::Triangular => Variate::triangular(first, second * factor, part(2) * factor),
            Form::Hyperexponential => Variate::hyperexponential(first, second),
            Form::Empirical(values) => {
                Variate::empirical(values.iter().map(|value| value * factor).collect())
            }
        };
        law.map_err(|error| error.to_string())
    }

    /// The instants at which it may change in one future.
    pub fn breaks(&self, draw: &Draw) -> Vec<SimTime> {
        tidy(self.parts.iter().flat_map(|part| part.breaks(draw)).collect())
    }

    /// Its mean at an instant in one future \[s\].
    pub fn mean(&self, time: SimTime, draw: &Draw) -> f64 {
        self.at(time, draw, 1.0).map_or(f64::NAN, |law| law.mean())
    }
}
