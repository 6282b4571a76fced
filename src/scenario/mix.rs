//! Of which classes cases are: products of shares.

use super::parameter::Draw;
use super::timeline::{Timeline, tidy};
use crate::network::ClassIndex;
use crate::units::SimTime;

/// A share that may change through time.
#[derive(Debug, Clone, PartialEq)]
pub enum Share {
    /// A number.
    Of(Timeline),
    /// What these others leave of the whole.
    Rest(Vec<usize>),
}

/// The shares of classes in a flow or a stock. The share of a class is the product of its factors, as where
/// citizenship and family status are known as marginals only.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mix {
    /// All factors.
    pub shares: Vec<Share>,
    /// Classes with the numbers of their factors.
    pub classes: Vec<(ClassIndex, Vec<usize>)>,
}

impl Mix {
    /// All cases are of one class.
    pub fn only(class: ClassIndex) -> Self {
        Self { shares: Vec::new(), classes: vec![(class, Vec::new())] }
    }

    /// The classes that may have a share.
    pub fn classes(&self) -> impl Iterator<Item = ClassIndex> {
        self.classes.iter().map(|(class, _)| *class)
    }

    /// The share of each class at an instant in one future, not negative.
    pub fn at(&self, time: SimTime, draw: &Draw) -> Vec<(ClassIndex, f64)> {
        let given = |share: &Share| match share {
            Share::Of(line) => line.at(time, draw).max(0.0),
            Share::Rest(_) => 0.0,
        };
        let mut values: Vec<f64> = self.shares.iter().map(given).collect();
        for (index, share) in self.shares.iter().enumerate() {
            if let Share::Rest(others) = share {
                values[index] = (1.0 - others.iter().map(|&other| values[other]).sum::<f64>()).max(0.0);
            }
        }
        let product = |factors: &[usize]| factors.iter().map(|&factor| values[factor]).product::<f64>();
        self.classes.iter().map(|(class, factors)| (*class, product(factors))).collect()
    }

    /// The instants at which a share may change in one future.
    pub fn breaks(&self, draw: &Draw) -> Vec<SimTime> {
        let lines = self.shares.iter().filter_map(|share| match share {
            Share::Of(line) => Some(line),
            Share::Rest(_) => None,
        });
        tidy(lines.flat_map(|line| line.breaks(draw)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_a_class_is_the_product_of_its_factors() {
        // 0.25 and the rest of one dimension, 0.4 and 0.6 of another.
        let of = |share: f64| Share::Of(Timeline::from(share));
        let mix = Mix {
            shares: vec![of(0.25), Share::Rest(vec![0]), of(0.4), of(0.6)],
            classes: vec![
                (0, vec![0, 2]),
                (1, vec![0, 3]),
                (2, vec![1, 2]),
                (3, vec![1, 3]),
                (7, Vec::new()),
            ],
        };
        let shares: Vec<f64> =
            mix.at(SimTime::START, &Draw::default()).into_iter().map(|(_, share)| share).collect();
        for (share, expected) in shares.iter().zip([0.1, 0.15, 0.3, 0.45, 1.0]) {
            assert!((share - expected).abs() < 1e-15, "{shares:?}");
        }
        assert_eq!(shares.len(), 5);
    }
}
