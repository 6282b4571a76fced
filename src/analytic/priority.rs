//! Classes of different priority, none interrupted.

use super::{erlang_c, positive};

/// The mean waits \[time\] of classes in order of priority at c servers of rate μ for all, with these
/// arrival rates, the class served first first.
///
///   Wₖ = C / (cμ) / ((1 − σₖ₋₁) (1 − σₖ)),   σₖ = (λ₁ + … + λₖ) / (cμ)
///
/// Cobham (1954), "Priority assignment in waiting line problems", Operations Research 2; with several
/// servers Davis (1966), Operations Research 14.
pub fn priority_mmc(rates: &[f64], mu: f64, servers: u32) -> Option<Vec<f64>> {
    if !positive(mu) {
        return None;
    }
    let capacity = f64::from(servers) * mu;
    let delayed = erlang_c(servers, rates.iter().sum::<f64>() / mu)?;
    cobham(delayed / capacity, rates.iter().map(|rate| rate / capacity))
}

/// The mean waits \[time\] of classes (λ, mean service, squared coefficient of variation) in order of priority at one server.
///
///   Wₖ = Σ λᵢ E Sᵢ² / 2 / ((1 − σₖ₋₁) (1 − σₖ)),   σₖ = ρ₁ + … + ρₖ
///
/// Cobham (1954), Operations Research 2.
pub fn priority_mg1(classes: &[(f64, f64, f64)]) -> Option<Vec<f64>> {
    let residual = classes.iter().map(|(rate, mean, scv)| 0.5 * rate * mean * mean * (1.0 + scv)).sum();
    cobham(residual, classes.iter().map(|(rate, mean, _)| rate * mean))
}

/// The waits from the work found in service and the load of each class; `None` in overload.
fn cobham(residual: f64, loads: impl Iterator<Item = f64>) -> Option<Vec<f64>> {
    let mut sum = 0.0;
    loads
        .map(|load| {
            let before = sum;
            sum += load;
            (load >= 0.0 && sum < 1.0).then(|| residual / ((1.0 - before) * (1.0 - sum)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_class_waits_a_fifth_as_long_as_the_second() {
        // W₀ = 0.4091802 / 10; divided by 0.7 and by 0.7 · 0.2.
        let waits = priority_mmc(&[3.0, 5.0], 1.0, 10).unwrap();
        assert!((waits[0] - 0.058_454_3).abs() < 1e-7 && (waits[1] - 0.292_271_5).abs() < 1e-7);
    }

    #[test]
    fn priority_moves_waiting_and_does_not_make_it() {
        // Kleinrock's conservation law: Σ ρₖ Wₖ does not depend on the order.
        let (a, b) = ((0.3, 1.0, 1.0), (0.2, 2.0, 0.5));
        let one = priority_mg1(&[a, b]).unwrap();
        let other = priority_mg1(&[b, a]).unwrap();
        assert!((0.3 * one[0] + 0.4 * one[1] - 0.4 * other[0] - 0.3 * other[1]).abs() < 1e-12);
        assert_eq!(priority_mg1(&[a, (0.4, 2.0, 1.0)]), None);
    }
}
