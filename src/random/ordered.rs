//! The quantiles of one law at many probabilities in order, for laws whose inversion is slow.

use super::variate::Variate;

/// How far a quantile may be from the law's own \[seconds\].
const TOLERANCE: f64 = 1e-3;
/// So few are asked for one by one.
const FEW: usize = 32;
/// Where a cubic through four points at equal distances is worst: halfway, and at the extremes of
/// t (t − 1/3) (t − 2/3) (t − 1) beside the ends.
const WORST: [f64; 3] = [0.127_322, 0.5, 0.872_678];

/// Turn probabilities, in order, into the quantiles of `law` \[seconds\], each within a millisecond of
/// [`Variate::quantile`].
///
/// A gamma law costs some hundred times as much to invert as a polynomial to evaluate. So a stretch of probabilities is
/// given by the cubic through four quantiles, where that is right to the tolerance at the three places where it is
/// worst, and else halved.
pub fn quantiles_in_order(law: &Variate, probabilities: &mut [f64]) {
    let count = probabilities.len();
    if count > FEW && matches!(law, Variate::Gamma { .. }) {
        let piece = Cubic::through(law, probabilities[0], probabilities[count - 1]);
        if piece.is_close_to(law) {
            return piece.replace(probabilities);
        }
        let (first, second) = probabilities.split_at_mut(count / 2);
        quantiles_in_order(law, first);
        return quantiles_in_order(law, second);
    }
    for place in probabilities {
        *place = law.quantile(*place);
    }
}

/// A cubic between two probabilities.
struct Cubic {
    from: f64,
    width: f64,
    /// Its value at the beginning, and its differences of the first to the third order at thirds of the width.
    differences: [f64; 4],
}

impl Cubic {
    fn through(law: &Variate, from: f64, to: f64) -> Self {
        let width = to - from;
        let [a, b, c, d] = [0.0, 1.0, 2.0, 3.0].map(|third| law.quantile(from + width * third / 3.0));
        Self { from, width, differences: [a, b - a, c - 2.0 * b + a, d - 3.0 * (c - b) - a] }
    }

    /// Its value at a probability, by Newton's forward formula.
    fn at(&self, probability: f64) -> f64 {
        let [value, first, second, third] = self.differences;
        let s = 3.0 * (probability - self.from) / self.width;
        value + s * (first + (s - 1.0) / 2.0 * (second + (s - 2.0) / 3.0 * third))
    }

    fn is_close_to(&self, law: &Variate) -> bool {
        WORST
            .map(|part| self.from + self.width * part)
            .iter()
            .all(|&probability| (self.at(probability) - law.quantile(probability)).abs() <= TOLERANCE)
    }

    fn replace(&self, probabilities: &mut [f64]) {
        for place in probabilities {
            *place = self.at(*place).max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `count` probabilities, one in each of as many equal parts of (0, 1), the greatest first.
    fn strata(count: usize) -> Vec<f64> {
        let jitter = |part: usize| (part * 37 % 101) as f64 / 101.0;
        (0..count).map(|part| (count - 1 - part) as f64 + jitter(part)).map(|at| at / count as f64).collect()
    }

    #[test]
    fn they_are_the_laws_own() {
        let year = 31_557_600.0;
        for (cv, count) in [(0.05, 5_000), (0.7, 20_000), (1.0, 3_000), (2.5, 5_000), (0.6, 20)] {
            let law = Variate::gamma(2.0 * year, cv).expect("a law");
            let mut found: Vec<_> = strata(count).iter().map(|p| p.max(1e-9)).collect();
            let exact: Vec<_> = found.iter().map(|&p| law.quantile(p)).collect();
            quantiles_in_order(&law, &mut found);
            for (a, b) in found.iter().zip(exact) {
                assert!((a - b).abs() < 2.0 * TOLERANCE, "{cv}: {a} {b}");
            }
        }
    }

    #[test]
    fn other_laws_are_asked_one_by_one() {
        let law = Variate::exponential(1e7).expect("a law");
        let mut found = strata(1_000);
        let exact: Vec<_> = found.iter().map(|&p| law.quantile(p)).collect();
        quantiles_in_order(&law, &mut found);
        assert_eq!(found, exact);
    }
}
