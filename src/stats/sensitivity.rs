//! Which inputs drive an output, from draws that were made anyway.

use super::estimate::{mean, squares};
use super::normal;
use crate::random::{Address, Streams, key};

/// Subsamples that the error of an index is taken from, and their part of the draws.
const SAMPLES: u64 = 100;
const PART: usize = 4;
const SUBSAMPLE: u64 = key("sensitivity: subsample");

/// The first-order index of an input: the share of the variance of the output that would go if it were known.
///
///   ξ = [Σ Yⱼ Y₍ₙₑₓₜ ⱼ₎ / K − Ȳ²] / [Σ Yⱼ² / K − Ȳ²]
///
/// where the next of a draw is the one with the next greater value of the input, the last one being followed by the first. Gamboa,
/// Gremaud, Klein & Lagnoux (2022), "Global sensitivity analysis: a novel generation of mighty estimators
/// based on rank statistics", Bernoulli 28. An input without effect has an index about 0, which may be below it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FirstOrder {
    /// The index.
    pub share: f64,
    /// Its standard error, from subsamples.
    pub error: f64,
}

/// The draws of an input in order of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked(Vec<usize>);

impl Ranked {
    /// Draws in order; those of equal values in order of their numbers.
    pub fn new(input: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..input.len()).collect();
        order.sort_by(|&a, &b| input[a].total_cmp(&input[b]).then(a.cmp(&b)));
        Self(order)
    }

    /// The index of this input for an output, one value a draw; NaN where the output does not vary.
    pub fn index(&self, output: &[f64]) -> f64 {
        let ordered: Vec<f64> = self.0.iter().map(|&draw| output[draw]).collect();
        index(&ordered)
    }

    /// The index with its error.
    ///
    /// The error is the spread of the index over quarters of the draws, taken without replacement, times √(m/K) (subsampling: Politis &
    /// Romano 1994, Annals of Statistics 22): right for an input without effect, up to an eighth too small for one that explains
    /// everything. A bootstrap with replacement would put the copies of a draw next to each other, where they look as if
    /// the input explained them.
    pub fn first_order(&self, output: &[f64]) -> FirstOrder {
        let streams = Streams::new(0, 0);
        let draws = self.0.len();
        let sampled: Vec<f64> = (0..SAMPLES)
            .map(|number| {
                let kept = subsample(&streams, number, draws);
                let ordered: Vec<f64> =
                    self.0.iter().filter(|&&draw| kept[draw]).map(|&draw| output[draw]).collect();
                index(&ordered)
            })
            .collect();
        let center = mean(&sampled).unwrap_or(f64::NAN);
        let spread = (squares(&sampled, center) / (SAMPLES - 1) as f64).sqrt();
        let part = draws.div_ceil(PART) as f64 / draws as f64;
        FirstOrder { share: self.index(output), error: spread * part.sqrt() }
    }
}

impl FirstOrder {
    /// The interval of the index at confidence `level`, within 0 to 1.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let reach = normal::upper_quantile(0.5 * (1.0 - level)) * self.error;
        ((self.share - reach).clamp(0.0, 1.0), (self.share + reach).clamp(0.0, 1.0))
    }
}

fn index(ordered: &[f64]) -> f64 {
    let Some(center) = mean(ordered) else { return f64::NAN };
    let next = ordered.iter().cycle().skip(1);
    let together: f64 = ordered.iter().zip(next).map(|(one, next)| (one - center) * (next - center)).sum();
    together / squares(ordered, center)
}

/// Which quarter of the draws is kept: those of the smallest random words.
fn subsample(streams: &Streams, number: u64, draws: usize) -> Vec<bool> {
    let word = |draw: usize| {
        streams.block(Address { entity: draw as u64, stream: SUBSAMPLE, purpose: number, ordinal: 0 })[0]
    };
    let mut order: Vec<(u64, usize)> = (0..draws).map(|draw| (word(draw), draw)).collect();
    order.sort_unstable();
    let mut kept = vec![false; draws];
    order.iter().take(draws.div_ceil(PART)).for_each(|&(_, draw)| kept[draw] = true);
    kept
}

/// Partial rank correlations of inputs with outputs: sign and strength of what is monotone, the other inputs held.
#[derive(Debug, Clone)]
pub struct RankCorrelations {
    ranks: Vec<Vec<f64>>,
    among: Vec<Vec<f64>>,
}

impl RankCorrelations {
    /// For these inputs, one value a draw each.
    pub fn new(inputs: &[Vec<f64>]) -> Self {
        let ranks: Vec<Vec<f64>> = inputs.iter().map(|input| ranks(input)).collect();
        let row = |one: &Vec<f64>| ranks.iter().map(|other| correlation(one, other)).collect();
        Self { among: ranks.iter().map(row).collect(), ranks }
    }

    /// The partial rank correlation of each input with `output`; `None` where there are too few draws for so many inputs,
    /// or something does not vary.
    ///
    /// From the inverse P of the matrix of rank correlations, −Pᵢᵧ / √(Pᵢᵢ Pᵧᵧ). Marino, Hogue, Ray & Kirschner (2008), Journal
    /// of Theoretical Biology 254.
    pub fn with(&self, output: &[f64]) -> Option<Vec<f64>> {
        let inputs = self.ranks.len();
        if output.len() < inputs + 3 {
            return None;
        }
        let own = ranks(output);
        let beside: Vec<f64> = self.ranks.iter().map(|input| correlation(input, &own)).collect();
        let mut matrix: Vec<Vec<f64>> = self
            .among
            .iter()
            .zip(&beside)
            .map(|(row, last)| row.iter().copied().chain([*last]).collect())
            .collect();
        matrix.push(beside.into_iter().chain([1.0]).collect());
        let inverse = inverse(matrix)?;
        let partial =
            |input: usize| -inverse[input][inputs] / (inverse[input][input] * inverse[inputs][inputs]).sqrt();
        let all: Vec<f64> = (0..inputs).map(partial).collect();
        all.iter().all(|value| value.is_finite()).then_some(all)
    }
}

/// Ranks, ties in the middle of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let order = Ranked::new(values).0;
    let mut ranks = vec![0.0; values.len()];
    for tied in order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq()) {
        let below = order.partition_point(|&draw| values[draw].total_cmp(&values[tied[0]]).is_lt());
        for &draw in tied {
            ranks[draw] = below as f64 + (tied.len() - 1) as f64 / 2.0;
        }
    }
    ranks
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (Some(center_a), Some(center_b)) = (mean(a), mean(b)) else { return f64::NAN };
    let together: f64 = a.iter().zip(b).map(|(a, b)| (a - center_a) * (b - center_b)).sum();
    together / (squares(a, center_a) * squares(b, center_b)).sqrt()
}

/// The inverse by elimination with pivots; `None` of a matrix that has none.
fn inverse(mut rows: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let n = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        row.extend((0..n).map(|column| f64::from(u8::from(column == index))));
    }
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        let scale = rows[column][column];
        if scale.is_nan() || scale.abs() < 1e-10 {
            return None;
        }
        rows[column].iter_mut().for_each(|value| *value /= scale);
        let above = rows[column].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(index, _)| *index != column) {
            let factor = row[column];
            row.iter_mut().zip(&above).for_each(|(value, above)| *value -= factor * above);
        }
    }
    Some(rows.into_iter().map(|row| row[n..].to_vec()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::unit;
    use std::f64::consts::PI;

    /// Ishigami's function of three inputs uniform on (−π, π), at addressed points.
    fn ishigami(draws: u64) -> (Vec<Vec<f64>>, Vec<f64>) {
        let streams = Streams::new(1990, 0);
        let point = |draw: u64| {
            let address = Address { entity: draw, stream: key("ishigami"), purpose: 0, ordinal: 0 };
            streams.block(address).map(|word| PI * (2.0 * unit(word) - 1.0))
        };
        let points: Vec<[f64; 4]> = (0..draws).map(point).collect();
        let value = |[a, b, c, _]: &[f64; 4]| {
            libm::sin(*a) + 7.0 * libm::sin(*b) * libm::sin(*b) + 0.1 * c * c * c * c * libm::sin(*a)
        };
        let inputs = (0..3).map(|which| points.iter().map(|point| point[which]).collect()).collect();
        (inputs, points.iter().map(value).collect())
    }

    #[test]
    fn ranks_find_the_indices_of_the_ishigami_function() {
        // First-order indices 0.3139, 0.4424 and 0 (Ishigami & Homma 1990). Four errors reach the truth (risk 6·10⁻⁵ each), and
        // with 16 times the draws the error is about a quarter.
        for (draws, most) in [(500, 0.08), (8_000, 0.02)] {
            let (inputs, output) = ishigami(draws);
            for (input, exact) in inputs.iter().zip([0.3139, 0.4424, 0.0]) {
                let found = Ranked::new(input).first_order(&output);
                assert!(
                    (found.share - exact).abs() < 4.0 * found.error,
                    "{draws}: {found:?}, exactly {exact}"
                );
                assert!(found.error < most, "{draws}: {found:?}");
            }
        }
    }

    #[test]
    fn an_input_that_is_the_output_explains_it() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let found = Ranked::new(&values).first_order(&values);
        assert!(found.share > 0.95 && found.interval(0.95).1 <= 1.0, "{found:?}");
        assert!(Ranked::new(&values).index(&[3.0; 200]).is_nan());
    }

    #[test]
    fn partial_correlations_see_past_an_input_that_only_goes_along() {
        // y = a, and b = a plus something of its own: b is correlated with y, but not beside a.
        let a: Vec<f64> = (0..100).map(|draw| f64::from(draw * 37 % 101)).collect();
        let b: Vec<f64> =
            (0..100).map(|draw| f64::from(draw * 37 % 101) + f64::from(draw * 53 % 97)).collect();
        let y: Vec<f64> = a.iter().zip(0..).map(|(a, draw)| -a + 0.5 * f64::from(draw * 71 % 89)).collect();
        let found = RankCorrelations::new(&[a, b]).with(&y).expect("enough draws");
        // With b held, a has variance σa² σc² / (σa² + σc²) = 406 (σa = 29, σc = 28), and d = 0.5 · (0 … 88) has 165:
        // −√(406 / 571) = −0.843.
        assert!((found[0] + 0.843).abs() < 0.05 && found[1].abs() < 0.2, "{found:?}");
        assert_eq!(RankCorrelations::new(&[vec![1.0, 2.0]]).with(&[1.0, 2.0]), None);
    }

    #[test]
    fn ties_share_their_ranks() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 9.0]), [1.5, 0.0, 1.5, 3.0]);
    }
}
