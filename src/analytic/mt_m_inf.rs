//! Infinitely many servers under a rate that swings.

/// Poisson arrivals with rate λ(t) = `level` + `swing` · sin(`pulse` · t).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sinusoid {
    /// Mean rate [1/time].
    pub level: f64,
    /// Amplitude, at most the level [1/time].
    pub swing: f64,
    /// Angular frequency [1/time].
    pub pulse: f64,
}

impl Sinusoid {
    /// Mean number in service at `time` with service rate μ and nobody there at time 0: the number is
    /// Poisson, so this is its variance, too.
    ///
    ///   m(t) = ∫₀ᵗ λ(s) e^(−μ (t − s)) ds
    ///
    /// Eick, Massey & Whitt (1993), "Mt/G/∞ queues with sinusoidal arrival rates", Management Science 39.
    pub fn in_service(&self, mu: f64, time: f64) -> Option<f64> {
        let sound = mu > 0.0 && self.swing.abs() <= self.level && time >= 0.0;
        if !sound {
            return None;
        }
        let fading = libm::exp(-mu * time);
        let angle = self.pulse * time;
        let wave = mu * libm::sin(angle) - self.pulse * libm::cos(angle) + self.pulse * fading;
        Some(self.level / mu * (1.0 - fading) + self.swing / (mu * mu + self.pulse * self.pulse) * wave)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_lags_behind_the_rate() {
        // Computed with another program by integrating the equation.
        let rate = Sinusoid { level: 10.0, swing: 5.0, pulse: 2.0 * std::f64::consts::PI };
        for (time, mean) in [(0.25, 2.635_602_9), (1.0, 3.698_548_2), (2.25, 5.182_481_1)] {
            assert!((rate.in_service(2.0, time).unwrap() - mean).abs() < 1e-7);
        }
        assert_eq!(rate.in_service(2.0, 0.0), Some(0.0));
        assert_eq!(Sinusoid { swing: 11.0, ..rate }.in_service(2.0, 1.0), None);
    }
}
