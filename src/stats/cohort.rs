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

/// The same from counts: `ended` says for each way how many ended in each bin of time, `open` how many were last
/// seen in it, still open. Gives for each way the probability of having ended that way by the end of each bin.
///
/// Within a bin those who end come before those who are last seen; after everybody has gone the probabilities stay.
pub fn grouped_incidence(ended: &[&[u32]], open: &[u32]) -> Vec<Vec<f64>> {
    let total = |row: &&[u32]| row.iter().map(|&count| f64::from(count)).sum::<f64>();
    let mut at_risk: f64 = ended.iter().map(total).sum::<f64>() + total(&open);
    let mut surviving = 1.0;
    let mut sums = vec![0.0; ended.len()];
    let mut all = vec![Vec::with_capacity(open.len()); ended.len()];
    for (bin, last_seen) in open.iter().enumerate() {
        let mut gone = 0.0;
        for ((sum, way), row) in sums.iter_mut().zip(ended).zip(&mut all) {
            let count = f64::from(way[bin]);
            if count > 0.0 {
                *sum += surviving * count / at_risk;
                gone += count;
            }
            row.push(*sum);
        }
        if gone > 0.0 {
            surviving *= 1.0 - gone / at_risk;
        }
        at_risk -= gone + f64::from(*last_seen);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_give_what_cases_give() {
        // The cases below, in bins of one unit of time.
        let decided = [0, 0, 1, 0, 0, 2, 0, 0, 0, 1];
        let withdrawn = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0];
        let open = [0, 0, 0, 0, 1, 0, 1, 0, 0, 0];
        let found = grouped_incidence(&[&decided, &withdrawn], &open);
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
        close(found[0][2], 0.125);
        close(found[0][8], 0.425);
        close(found[0][9], 0.65);
        close(found[1][6], 0.125);
        close(found[1][9], 0.35);
        assert_eq!(grouped_incidence(&[&[0, 0]], &[0, 0]), [[0.0, 0.0]]);
    }

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
