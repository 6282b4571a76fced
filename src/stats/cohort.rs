//! What becomes of a cohort whose cases can end in several ways, some still open.

/// The cumulative incidence of one way to end, as steps (time, probability).
pub type Incidence = Vec<(f64, f64)>;

/// The probability, by each time, of having ended in way `cause`, from cases (time, way); way 0 is "still open".
///
///   F(t) = Σ_{s ≤ t} S(s−) · d(s) / n(s)
///
/// Aalen & Johansen (1978), "An empirical transition matrix for non-homogeneous Markov chains based on
/// censored observations", Scandinavian Journal of Statistics 5. A step for each time at which a case ended that way.
pub fn incidence(cases: &[(f64, u32)], cause: u32) -> Incidence {
    let mut sorted = cases.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut at_risk = sorted.len() as f64;
    let (mut surviving, mut sum) = (1.0, 0.0);
    let mut steps = Vec::new();
    for tied in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let ended = tied.iter().filter(|(_, way)| *way != 0).count() as f64;
        let this_way = tied.iter().filter(|(_, way)| *way == cause).count() as f64;
        if this_way > 0.0 {
            sum += surviving * this_way / at_risk;
            steps.push((tied[0].0, sum));
        }
        surviving *= 1.0 - ended / at_risk;
        at_risk -= tied.len() as f64;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn competing_ends_share_the_cohort() {
        // By hand: 1 decided, 2 withdrawn, 0 open.
        let cases = [(2.0, 1), (3.0, 2), (4.0, 0), (5.0, 1), (5.0, 1), (6.0, 0), (7.0, 2), (9.0, 1)];
        let close = |found: Incidence, expected: &[(f64, f64)]| {
            assert_eq!(found.len(), expected.len());
            assert!(
                found.iter().zip(expected).all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-12),
                "{found:?}"
            );
        };
        close(incidence(&cases, 1), &[(2.0, 0.125), (5.0, 0.425), (9.0, 0.65)]);
        close(incidence(&cases, 2), &[(3.0, 0.125), (7.0, 0.35)]);
    }
}
