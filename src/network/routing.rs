//! Where a case goes next.

use super::{ExitIndex, StationIndex};
use crate::random::Variate;

/// A next station or a way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Another station, or the same one again.
    Station(StationIndex),
    /// Out of the network.
    Exit(ExitIndex),
}

/// One of the ways that a case may take.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Upper end of its part of (0, 1): the sum of the probabilities up to and with this one.
    pub cumulative: f64,
    /// Where it leads.
    pub target: Target,
    /// Time on the way; `None`: at once.
    pub delay: Option<Variate>,
}

/// The ways on from a station. The cumulative probabilities rise to exactly 1 at the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Routes(Vec<Route>);

impl Routes {
    /// Ways on with their probabilities, which sum to 1; those of probability zero are left out.
    ///
    /// # Panics
    ///
    /// If no way has a positive probability: the check of the scenario has found that before.
    pub fn new(ways: impl IntoIterator<Item = (f64, Target, Option<Variate>)>) -> Self {
        let mut sum = 0.0;
        let mut routes: Vec<Route> = ways
            .into_iter()
            .filter(|(probability, ..)| *probability > 0.0)
            .map(|(probability, target, delay)| {
                sum += probability;
                Route { cumulative: sum, target, delay }
            })
            .collect();
        routes.last_mut().expect("a station leads somewhere").cumulative = 1.0;
        Self(routes)
    }

    /// The way that the uniform number `u` in (0, 1) picks.
    #[inline]
    pub fn pick(&self, u: f64) -> &Route {
        match self.0.as_slice() {
            [only] => only,
            all => all.iter().find(|route| u < route.cumulative).unwrap_or(&all[all.len() - 1]),
        }
    }

    /// The number of that way, in their order.
    pub fn number(&self, u: f64) -> usize {
        self.0.iter().position(|route| u < route.cumulative).unwrap_or(self.0.len() - 1)
    }

    /// All ways, in order.
    pub fn ways(&self) -> &[Route] {
        &self.0
    }
}
