//! Networks of queues.

/// Arrival rates at each station from inside and outside: the solution of λ = γ + λP, by Gaussian
/// elimination with pivoting. `None` where the routing lets nobody out.
///
/// Jackson (1957), "Networks of waiting lines", Operations Research 5(4): each station is then as an M/M/c
/// queue of its own with that rate.
pub fn traffic(outside: &[f64], routing: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n = outside.len();
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|i| {
            let mut row: Vec<f64> = (0..n).map(|j| f64::from(u8::from(i == j)) - routing[j][i]).collect();
            row.push(outside[i]);
            row
        })
        .collect();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-12 {
            return None;
        }
        let lead = rows[column].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(index, _)| *index != column) {
            let factor = row[column] / lead[column];
            for (cell, top) in row.iter_mut().zip(&lead) {
                *cell -= factor * top;
            }
        }
    }
    Some((0..n).map(|i| rows[i][n] / rows[i][i]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feedback_multiplies_arrivals() {
        // One station with return probability 0.3: 0.5/0.7.
        let rates = traffic(&[0.5], &[vec![0.3]]).unwrap();
        assert!((rates[0] - 0.5 / 0.7).abs() < 1e-12);
        assert_eq!(traffic(&[0.5], &[vec![1.0]]), None);
    }
}
