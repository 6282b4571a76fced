//! Traffic equations: how many cases come to each station in the long run.

/// The total arrival rate at each station: λⱼ = γⱼ + Σᵢ λᵢ pᵢⱼ, from the rates γ from outside and
/// the routing probabilities p (row: from; column: to).
///
/// Gaussian elimination with partial pivoting. `None` when the shapes do not fit or cases never leave.
/// Jackson (1957), "Networks of waiting lines", Operations Research 5.
pub fn traffic(external: &[f64], routing: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n = external.len();
    if routing.len() != n || routing.iter().any(|row| row.len() != n) {
        return None;
    }
    let entry = |i: usize, j: usize| if i == j { 1.0 - routing[j][i] } else { -routing[j][i] };
    let mut rows: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| entry(i, j)).chain([external[i]]).collect()).collect();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        eliminate(&mut rows, column)?;
    }
    let rates: Vec<f64> = rows.iter().enumerate().map(|(i, row)| row[n] / row[i]).collect();
    rates.iter().all(|rate| rate.is_finite() && *rate >= -1e-9).then_some(rates)
}

/// Make `column` zero in every row but its own; `None` when it is so already.
fn eliminate(rows: &mut [Vec<f64>], column: usize) -> Option<()> {
    let pivot = rows[column].clone();
    if pivot[column].is_nan() || pivot[column].abs() < 1e-12 {
        return None;
    }
    for (_, row) in rows.iter_mut().enumerate().filter(|(index, _)| *index != column) {
        let factor = row[column] / pivot[column];
        row.iter_mut().zip(&pivot).for_each(|(value, above)| *value -= factor * above);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_multiplies_the_work() {
        // 0.5 / (1 − 0.3).
        let rates = traffic(&[0.5], &[vec![0.3]]).unwrap();
        assert!((rates[0] - 0.5 / 0.7).abs() < 1e-14);
    }

    #[test]
    fn three_stations_with_feedback_have_the_rates_worked_out_by_hand() {
        // λ₁ = 1 + λ₃/4, λ₂ = λ₁/2, λ₃ = λ₁/2 + λ₂: λ₃ = λ₁, so λ₁ = 4/3, λ₂ = 2/3.
        let routing = [vec![0.0, 0.5, 0.5], vec![0.0, 0.0, 1.0], vec![0.25, 0.0, 0.0]];
        let rates = traffic(&[1.0, 0.0, 0.0], &routing).unwrap();
        for (found, expected) in rates.iter().zip([4.0 / 3.0, 2.0 / 3.0, 4.0 / 3.0]) {
            assert!((found - expected).abs() < 1e-14);
        }
    }

    #[test]
    fn a_ring_without_exit_has_no_solution() {
        assert_eq!(traffic(&[1.0, 0.0], &[vec![0.0, 1.0], vec![1.0, 0.0]]), None);
        assert_eq!(traffic(&[1.0], &[]), None);
    }
}
