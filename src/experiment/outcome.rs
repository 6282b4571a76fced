//! What all replications of one variant amount to.

use super::detail::DetailPlan;
use super::figure::Figure;
use super::replication::Replication;
use crate::network::StationIndex;
use crate::stats::Estimate;

/// The replications of one network, in their order, with what is needed to read them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// Seed of all random numbers.
    pub seed: u64,
    /// Confidence of the intervals, in (0, 1).
    pub level: f64,
    /// How many replications in a row share one draw of the uncertain parameters; one where the
    /// parameters are fixed.
    pub per_cluster: usize,
    /// What the numbers of each replication are, in order.
    pub figures: Vec<Figure>,
    /// The replications, in order.
    pub replications: Vec<Replication>,
    /// Whether the run was stopped from outside.
    pub interrupted: bool,
    /// Whether the precision asked for was reached; `None` where none was.
    pub precision: Option<bool>,
    /// The lines at the end, beside those of the network as a fluid; empty where nobody compared them.
    pub fluid: Vec<FluidLevel>,
    /// Values of the inputs that vary between clusters, one for each cluster; empty where none varies.
    pub inputs: Vec<Vec<f64>>,
    /// What was looked at in detail, where anything was.
    pub detail: Option<DetailPlan>,
}

/// A line at the end: in the simulation and in the network as a fluid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FluidLevel {
    /// Whose line.
    pub station: StationIndex,
    /// Mean number waiting in the replications that were compared \[cases\].
    pub simulated: f64,
    /// Half-width of the interval of that mean; NaN where one replication leaves it unknown.
    pub half_width: f64,
    /// Number waiting in the fluid, on average over the draws of those replications \[cases\].
    pub fluid: f64,
}

impl FluidLevel {
    /// Below this a line in a fluid may be one that only chance makes \[cases\].
    const LONG: f64 = 100.0;

    /// Whether the line is long even without chance, so that the two can be held against each other.
    pub fn is_long(&self) -> bool {
        self.fluid >= Self::LONG
    }

    /// Simulated ÷ fluid − 1.
    pub fn gap(&self) -> f64 {
        self.simulated / self.fluid - 1.0
    }
}

impl Outcome {
    /// The number at `index` of [`figures`](Self::figures) in each replication, NaN where it is undefined.
    pub fn values(&self, index: usize) -> Vec<f64> {
        let value = |replication: &Replication| replication.figures.get(index).copied();
        self.replications.iter().map(|replication| value(replication).unwrap_or(f64::NAN)).collect()
    }

    /// Where a figure stands, if the network has it.
    pub fn index_of(&self, figure: Figure) -> Option<usize> {
        self.figures.iter().position(|&other| other == figure)
    }

    /// What the replications say about the number at `index`; `None` where it is undefined in all.
    pub fn estimate(&self, index: usize) -> Option<Estimate> {
        Estimate::clustered(&self.values(index), self.per_cluster, self.level)
    }

    /// Events of all replications together.
    pub fn events(&self) -> u64 {
        self.replications.iter().map(|replication| replication.events).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(per_cluster: usize, values: &[f64]) -> Outcome {
        let replication = |(number, &value): (usize, &f64)| Replication {
            number: number as u64,
            events: 10,
            figures: vec![7.0, value],
            ..Replication::default()
        };
        Outcome {
            level: 0.95,
            per_cluster,
            figures: vec![Figure::PendingCases, Figure::PendingPersons],
            replications: values.iter().enumerate().map(replication).collect(),
            ..Outcome::default()
        }
    }

    #[test]
    fn a_figure_is_found_by_what_it_is() {
        let outcome = outcome(1, &[1.0, f64::NAN, 3.0]);
        let index = outcome.index_of(Figure::PendingPersons).unwrap();
        assert_eq!(outcome.estimate(index).map(|estimate| estimate.mean), Some(2.0));
        assert_eq!(outcome.index_of(Figure::Cost(0)), None);
        assert_eq!(outcome.estimate(9), None);
        assert_eq!(outcome.events(), 30);
    }

    #[test]
    fn replications_that_share_parameters_count_as_one_observation() {
        // Two clusters of means 2 and 12: the error is that of two numbers, not of four.
        let values = [1.0, 3.0, 11.0, 13.0];
        let (apart, together) = (outcome(1, &values).estimate(1), outcome(2, &values).estimate(1));
        assert!(together.unwrap().half_width > 3.0 * apart.unwrap().half_width);
    }
}
