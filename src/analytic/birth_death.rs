//! Birth-and-death processes on 0, 1, 2 …

/// No state space of use is larger.
const MOST_STATES: usize = 10_000_000;

/// The stationary probabilities of a birth-and-death process with these rates, up to the first state that can
/// not be left upward, or else up to where the rest is below rounding. `None` when there is no such end.
///
///   p(n) = p(n − 1) · birth(n − 1) / death(n)
pub(super) fn stationary(birth: impl Fn(usize) -> f64, death: impl Fn(usize) -> f64) -> Option<Vec<f64>> {
    let mut weights = vec![1.0_f64];
    let (mut weight, mut largest) = (1.0, 1.0_f64);
    for n in 1..MOST_STATES {
        let ratio = birth(n - 1) / death(n);
        weight *= ratio;
        if weight > 1e250 {
            for weight in &mut weights {
                *weight *= 1e-250;
            }
            (weight, largest) = (weight * 1e-250, largest * 1e-250);
        }
        if ratio < 1.0 && weight < 1e-22 * (1.0 - ratio) * largest {
            let sum: f64 = weights.iter().sum();
            return Some(weights.into_iter().map(|w| w / sum).collect());
        }
        weights.push(weight);
        largest = largest.max(weight);
    }
    None
}
