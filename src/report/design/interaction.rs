//! What two policies change together beyond the sum of what each changes alone.

use super::Compared;
use crate::legend::design::Interaction;
use crate::stats::Estimate;

/// One interaction at one setting of the axes.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub(super) asked: &'a Interaction,
    pub(super) setting: Vec<String>,
    /// Differences from the baseline: of the first policy, the second, and both.
    pub(super) alone: [Estimate; 3],
    /// both − first − second + baseline, in each future.
    pub(super) beyond: Estimate,
}

/// All interactions of a study, at all settings; those undefined in every future are left out.
pub(super) fn interactions(compared: Compared<'_>) -> Vec<Found<'_>> {
    let asked = compared.design.interactions.iter();
    asked
        .flat_map(|asked| {
            compared.design.settings().into_iter().filter_map(move |setting| found(compared, asked, setting))
        })
        .collect()
}

fn found<'a>(compared: Compared<'a>, asked: &'a Interaction, setting: Vec<String>) -> Option<Found<'a>> {
    let baseline = compared.variant(compared.baseline(), &setting)?;
    let [first, second, both] =
        [0, 1, 2].map(|index: usize| compared.variant(&asked.policies[index], &setting));
    let (first, second, both) = (first?, second?, both?);
    let effect = |variant| compared.combined(&asked.outcome, &[(1.0, variant), (-1.0, baseline)]);
    let alone = [effect(first)?, effect(second)?, effect(both)?];
    let parts = [(1.0, both), (-1.0, first), (-1.0, second), (1.0, baseline)];
    let beyond = compared.combined(&asked.outcome, &parts)?;
    Some(Found { asked, setting, alone, beyond })
}
