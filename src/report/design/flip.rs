//! Where on an axis the sign of the difference between two policies turns.

use super::Compared;
use crate::legend::design::Flip;
use crate::stats::{Crossing, Tested, crossings};

/// A flip looked for, with the other axes at one setting.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub(super) asked: &'a Flip,
    /// The other axes, in words; empty where there are none.
    pub(super) others: String,
    /// Paired differences at the values of the axis, in ascending order.
    pub(super) tested: Vec<Tested>,
    pub(super) crossings: Vec<Crossing>,
}

/// All flips of a study, at all settings of the axes that each is not about.
pub(super) fn flips(compared: Compared<'_>) -> Vec<Found<'_>> {
    let design = compared.design;
    let mut all = Vec::new();
    for asked in &design.flips {
        let Some(axis) = design.axes.get(asked.axis) else { continue };
        let first = axis.values.first();
        let settings = design.settings();
        all.extend(
            settings
                .into_iter()
                .filter(|setting| setting.get(asked.axis) == first)
                .map(|setting| found(compared, asked, &setting)),
        );
    }
    all
}

fn found<'a>(compared: Compared<'a>, asked: &'a Flip, setting: &[String]) -> Found<'a> {
    let values = &compared.design.axes[asked.axis].values;
    let mut tested: Vec<Tested> = values
        .iter()
        .zip(&asked.positions)
        .filter_map(|(value, &at)| {
            let mut setting = setting.to_vec();
            setting[asked.axis].clone_from(value);
            let [first, second] =
                [0, 1].map(|index: usize| compared.variant(&asked.between[index], &setting));
            let estimate = compared.combined(&asked.outcome, &[(1.0, first?), (-1.0, second?)])?;
            Some(Tested { at, mean: estimate.mean, half_width: estimate.half_width })
        })
        .collect();
    tested.sort_by(|one, other| one.at.total_cmp(&other.at));
    let others = compared
        .design
        .axes
        .iter()
        .zip(setting)
        .enumerate()
        .filter(|(index, _)| *index != asked.axis)
        .map(|(_, (axis, value))| format!("{} = {value}", axis.name));
    let others = others.collect::<Vec<_>>().join(", ");
    Found { asked, others, crossings: crossings(&tested), tested }
}
