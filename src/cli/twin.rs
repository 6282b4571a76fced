//! The network as a fluid beside its simulation, and the inputs of each draw.

use crate::analytic::FluidTwin;
use crate::compile::compile;
use crate::experiment::{Figure, FluidLevel, Outcome, StationFigure};
use crate::network::Network;
use crate::scenario::{Draw, Replications, Scenario};
use crate::stats::Estimate;
use rayon::prelude::*;

/// Draws of the inputs that are compared: the twin of each takes a fiftieth of a second.
const DRAWS: usize = 4;

/// The lines at the end of the fluid, on average over the first draws, beside those of the same futures.
pub(super) fn levels(
    scenario: &Scenario,
    settled: &Replications,
    outcome: &Outcome,
    open: bool,
) -> Vec<FluidLevel> {
    let clusters = outcome.replications.len().div_ceil(outcome.per_cluster.max(1));
    let draws: Vec<Draw> = if open {
        let draw = |number| Draw::sampled(&scenario.parameters, settled.seed, number);
        (0..DRAWS.min(clusters) as u64).map(draw).collect()
    } else {
        vec![Draw::central(&scenario.parameters)]
    };
    let futures = if open { draws.len() * outcome.per_cluster } else { outcome.replications.len() };
    let networks: Vec<Network> = draws.iter().map(|draw| compile(scenario, draw)).collect();
    let lines: Vec<Vec<f64>> = networks.par_iter().map(lines).collect();
    let level = |station: usize| {
        let fluid = lines.iter().map(|line| line[station]).sum::<f64>() / lines.len() as f64;
        let index = outcome.index_of(Figure::Station(station as u16, StationFigure::WaitingAtEnd))?;
        let values = outcome.values(index);
        let seen = &values[..futures.min(values.len())];
        let estimate = Estimate::clustered(seen, outcome.per_cluster, outcome.level)?;
        Some(FluidLevel {
            station: station as u16,
            simulated: estimate.mean,
            half_width: estimate.half_width,
            fluid,
        })
    };
    let served = |station: &usize| !networks[0].stations[*station].is_delay();
    (0..networks[0].stations.len()).filter(served).filter_map(level).collect()
}

/// Waiting at each station at the end.
fn lines(network: &Network) -> Vec<f64> {
    let course = FluidTwin::new(network).run();
    (0..network.stations.len() as u16).map(|station| course.waiting(station, network.horizon)).collect()
}

/// The values of each input that varies, one for each cluster of futures.
pub(super) fn inputs(scenario: &Scenario, settled: &Replications, outcome: &Outcome) -> Vec<Vec<f64>> {
    let clusters = outcome.replications.len().div_ceil(outcome.per_cluster.max(1)) as u64;
    let draws: Vec<Draw> =
        (0..clusters).map(|number| Draw::sampled(&scenario.parameters, settled.seed, number)).collect();
    let uncertain = scenario.parameters.iter().enumerate().filter(|(_, parameter)| parameter.is_uncertain());
    uncertain.map(|(index, _)| draws.iter().map(|draw| draw.value(index)).collect()).collect()
}
