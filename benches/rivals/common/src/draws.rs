//! Random draws, the same for every Rust rival.

use crate::{CONTINUED, DETAINED, MERITS};
use rand::SeedableRng;
use rand::distr::Distribution;
use rand_distr::{Exp1, StandardNormal, StandardUniform};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

/// A stream of draws: xoshiro256++, ziggurats.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draws(Xoshiro256PlusPlus);

impl Draws {
    /// The stream of a seed; `part` tells the parts of one model apart.
    pub fn new(seed: u64, part: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(part)))
    }

    /// An exponential time with that mean.
    #[inline]
    pub fn exponential(&mut self, mean: f64) -> f64 {
        let unit: f64 = Exp1.sample(&mut self.0);
        mean * unit
    }

    /// True with that probability.
    #[inline]
    pub fn chance(&mut self, probability: f64) -> bool {
        let unit: f64 = StandardUniform.sample(&mut self.0);
        unit < probability
    }

    /// Whether a new case is detained.
    #[inline]
    pub fn detained(&mut self) -> bool {
        self.chance(DETAINED)
    }

    /// The time until a continued case is heard again, or none when it goes on.
    #[inline]
    pub fn continuance(&mut self) -> Option<f64> {
        self.chance(CONTINUED.0).then(|| self.exponential(CONTINUED.1))
    }

    /// A merits hearing: log-normal, by the mean and the coefficient of variation.
    #[inline]
    pub fn merits(&mut self) -> f64 {
        let variance = (1.0 + MERITS.1 * MERITS.1).ln();
        let normal: f64 = StandardNormal.sample(&mut self.0);
        (MERITS.0.ln() - variance / 2.0 + variance.sqrt() * normal).exp()
    }
}
