//! Those who still wait, beside a wait of those whose turn came.

use super::super::Variant as View;
use super::super::headline::Headline as Asked;
use super::super::still::{beyond, of_started};
use super::Background;
use super::burden::named;
use super::number::Spread;
use super::words::Words;
use crate::experiment::{Figure, StationFigure};
use serde::{Deserialize, Serialize};

/// Whom a wait leaves out: those who still wait at its stage at the end. Absent where a variant has no such wait, or nobody
/// waits there in any future.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Still {
    /// Name of the stage.
    pub stage: String,
    /// Its label.
    pub label: Words,
    /// For each variant, the wait of those whose turn came \[days\].
    pub wait: Vec<Option<Spread>>,
    /// Those who wait at the end \[cases\].
    pub waiting: Vec<Option<Spread>>,
    /// How long they have waited so far, on average \[days\].
    pub so_far: Vec<Option<Spread>>,
    /// Those of them who have already waited longer than that wait \[cases\].
    pub beyond: Vec<Option<Spread>>,
}

impl Still {
    /// For each wait that a headline figure of the first view is, or is made of.
    pub(in crate::report) fn all(views: &[View<'_>], asked: &Asked, background: &Background) -> Vec<Self> {
        let own: Vec<Option<Asked>> = views.iter().map(|view| asked.in_variant(view, &views[0])).collect();
        let of_wait = |(place, wait): (usize, &crate::legend::WaitName)| {
            let stage = &views[0].legend.stages[wait.stage].name;
            let each = |figure: &dyn Fn(crate::legend::Statistic) -> StationFigure| {
                let of_view = |(view, asked): (&View<'_>, &Option<Asked>)| {
                    let wait = asked.as_ref()?.waits.get(place)?;
                    Spread::of_figure(view, Figure::Station(wait.stage as u16, figure(wait.statistic)))
                };
                views.iter().zip(&own).map(of_view).collect()
            };
            Self {
                label: named(&format!("stage.{}", stage.name), &stage.label, background),
                stage: stage.name.clone(),
                wait: each(&of_started),
                waiting: each(&|_| StationFigure::WaitingAtEnd),
                so_far: each(&|_| StationFigure::StillWaitedMean),
                beyond: each(&beyond),
            }
        };
        asked.waits.iter().enumerate().map(of_wait).collect()
    }
}
