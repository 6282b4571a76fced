//! Where a difference that was tested at some values changes its sign.

/// A mean difference at one tested value, with the half-width of its interval (NaN: unknown).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The value.
    pub at: f64,
    /// Mean difference there.
    pub mean: f64,
    /// Half-width of its interval.
    pub half_width: f64,
}

/// A change of sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Where the mean, linear between tested values, is zero.
    pub at: f64,
    /// From where on, below `at`, the interval contains zero; `None`: from below the least tested value.
    pub from: Option<f64>,
    /// Until where; `None`: beyond the greatest tested value.
    pub until: Option<f64>,
}

impl Tested {
    /// Whether the interval leaves the sign open.
    pub fn is_open(&self) -> bool {
        self.half_width.is_nan() || self.mean.abs() <= self.half_width
    }
}

/// The changes of sign of differences tested at ascending values. Mean and half-width are taken as linear between them.
pub fn crossings(tested: &[Tested]) -> Vec<Crossing> {
    let signed: Vec<usize> = (0..tested.len()).filter(|&index| tested[index].mean.abs() > 0.0).collect();
    signed
        .windows(2)
        .filter(|pair| (tested[pair[0]].mean > 0.0) != (tested[pair[1]].mean > 0.0))
        .map(|pair| {
            let (before, after) = (pair[0], pair[1]);
            Crossing {
                at: zero(tested, before, after),
                from: edge(tested[..=before].iter().rev(), &tested[before + 1]),
                until: edge(tested[after..].iter(), &tested[after - 1]),
            }
        })
        .collect()
}

/// Where the mean is zero between two values of different sign: in the middle of those where it is zero, if any.
fn zero(tested: &[Tested], before: usize, after: usize) -> f64 {
    let (first, last) = (&tested[before], &tested[after]);
    if after > before + 1 {
        return f64::midpoint(tested[before + 1].at, tested[after - 1].at);
    }
    first.at + (last.at - first.at) * first.mean / (first.mean - last.mean)
}

/// Going outwards from `inner`, where the interval leaves zero out for the first time; `None` where it never does.
fn edge<'a>(outwards: impl Iterator<Item = &'a Tested>, inner: &Tested) -> Option<f64> {
    let mut inner = *inner;
    for outer in outwards {
        if !outer.is_open() {
            // How far the nearer end of the interval is from zero, on the side of the outer value: linear, and not
            // positive at the inner value.
            let sign = outer.mean.signum();
            let (far, near) = (sign * outer.mean - outer.half_width, sign * inner.mean - inner.half_width);
            return Some(outer.at + (inner.at - outer.at) * far / (far - near));
        }
        inner = *outer;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tested(points: &[(f64, f64, f64)]) -> Vec<Tested> {
        points.iter().map(|&(at, mean, half_width)| Tested { at, mean, half_width }).collect()
    }

    #[test]
    fn a_sign_changes_where_the_line_between_two_values_is_zero() {
        // From −10 at 2 to 30 at 6: zero at 3. Intervals of ± 2: −10 + 2 = −8 and its edge is linear, zero at 2.8; upwards at 3.2.
        let found = crossings(&tested(&[(2.0, -10.0, 2.0), (6.0, 30.0, 2.0)]));
        assert_eq!(found.len(), 1);
        let crossing = found[0];
        for (found, expected) in [(Some(crossing.at), 3.0), (crossing.from, 2.8), (crossing.until, 3.2)] {
            assert!((found.unwrap() - expected).abs() < 1e-12, "{crossing:?}");
        }
    }

    #[test]
    fn an_interval_that_always_contains_zero_has_no_edge() {
        let found = crossings(&tested(&[(0.0, -1.0, 5.0), (1.0, 1.0, 5.0), (2.0, 11.0, 5.0)]));
        // Upwards: at 1 the near edge is −4, at 2 it is 6: zero at 1.4.
        assert_eq!((found[0].at, found[0].from), (0.5, None));
        assert!((found[0].until.unwrap() - 1.4).abs() < 1e-12, "{found:?}");
        assert_eq!(crossings(&tested(&[(0.0, -1.0, f64::NAN), (1.0, 1.0, f64::NAN)]))[0].until, None);
    }

    #[test]
    fn a_difference_of_one_sign_never_crosses() {
        assert_eq!(crossings(&tested(&[(0.0, 1.0, 0.1), (1.0, 0.0, 0.1), (2.0, 3.0, 0.1)])), []);
        assert_eq!(crossings(&[]), []);
    }

    #[test]
    fn where_it_is_zero_itself_it_crosses_there() {
        let found =
            crossings(&tested(&[(0.0, 1.0, 0.5), (1.0, 0.0, 0.5), (2.0, 0.0, 0.5), (3.0, -1.0, 0.5)]));
        assert_eq!(found, [Crossing { at: 1.5, from: Some(0.5), until: Some(2.5) }]);
    }

    #[test]
    fn every_change_is_told() {
        let found = crossings(&tested(&[(0.0, 1.0, 0.0), (1.0, -1.0, 0.0), (2.0, 1.0, 0.0)]));
        assert_eq!(found.iter().map(|one| one.at).collect::<Vec<_>>(), [0.5, 1.5]);
    }
}
