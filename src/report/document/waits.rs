//! How long cases wait: by stage, by month of filing, and of those still waiting.

use super::super::Variant as View;
use super::Background;
use super::number::{Row, Spread, Unit};
use super::words::{Name, Words};
use crate::experiment::{Figure, StationFigure};
use serde::{Deserialize, Serialize};

/// Waits.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Waits {
    /// Waits of the services that started, by served stage.
    pub stages: Vec<StageWait>,
    /// What became of those who filed in one period.
    pub cohorts: Vec<Cohort>,
    /// Ages of the cases pending.
    pub ages: Vec<Age>,
}

/// Waits at a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StageWait {
    /// The stage.
    pub stage: Name,
    /// Mean, median and 90 % quantile of the waits of services that started in the window \[days\].
    pub rows: Vec<Row>,
}

/// Those who filed in one period, in one variant: by when how large a share was out in which way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cohort {
    /// Number of the variant.
    pub variant: usize,
    /// First day of the period of filing.
    pub from: String,
    /// Day after its last.
    pub until: String,
    /// Cases in it.
    pub cases: Option<Spread>,
    /// Shares out by each way within each time, competing risks, censored at the horizon.
    pub shares: Vec<CohortShare>,
    /// Median time to a decision of those who filed \[days\]; absent where fewer than half are decided.
    pub median: Option<Spread>,
    /// Mean wait of those of them who were decided: what is usually published \[days\].
    pub completed_mean: Option<Spread>,
}

/// The share of a cohort that is out in one way within a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CohortShare {
    /// `decided`, `withdrawn`, `removed`, `other`, `open`.
    pub way: String,
    /// Within so many days of filing.
    pub within_days: f64,
    /// What the length is called, such as 45 working days.
    pub within: Words,
    /// Share of those who filed; absent where the horizon comes before.
    pub share: Option<Spread>,
}

/// Ages of what is pending at a date, in one variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Age {
    /// Number of the variant.
    pub variant: usize,
    /// The date.
    pub date: String,
    /// What is pending: a stage, or the whole.
    pub of: Name,
    /// Median age \[days\].
    pub median: Option<Spread>,
    /// 90 % quantile of the ages \[days\].
    pub p90: Option<Spread>,
    /// Shares older than so many days.
    pub older: Vec<(f64, Option<Spread>)>,
}

impl Waits {
    pub(super) fn of(views: &[View<'_>], background: &Background) -> Self {
        let legend = views[0].legend;
        let mut names: Vec<&str> = Vec::new();
        for view in views {
            let served = view.legend.stages.iter().filter(|stage| stage.served);
            names.extend(served.map(|stage| stage.name.name.as_str()));
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        let order = |name: &&str| legend.stages.iter().position(|stage| stage.name.name == *name);
        names.sort_by_key(|name| order(name).unwrap_or(usize::MAX));
        let stages = names.into_iter().map(|name| StageWait::of(name, views, background)).collect();
        Self { stages, cohorts: Vec::new(), ages: Vec::new() }
    }
}

impl StageWait {
    fn of(name: &str, views: &[View<'_>], background: &Background) -> Self {
        let figures = [
            ("mean", StationFigure::WaitMean, Words::both("mean", "media")),
            ("median", StationFigure::WaitMedian, Words::both("median", "mediana")),
            (
                "p90",
                StationFigure::WaitP90,
                Words::both("nine in ten waited less than", "nueve de diez esperaron menos de"),
            ),
        ];
        let row = |(key, figure, label): (&str, StationFigure, Words)| Row {
            key: format!("stages.{name}.wait-days.{key}"),
            label,
            unit: Unit::Days,
            values: views.iter().map(|view| wait(view, name, figure)).collect(),
        };
        let known = views.iter().flat_map(|view| &view.legend.stages).find(|stage| stage.name.name == name);
        let label = background.labels.get(&format!("stage.{name}")).cloned();
        Self {
            stage: Name {
                key: name.to_owned(),
                label: label.unwrap_or_else(|| known.map_or(name, |stage| stage.name.label.as_str()).into()),
            },
            rows: figures.into_iter().map(row).collect(),
        }
    }
}

fn wait(view: &View<'_>, name: &str, figure: StationFigure) -> Option<Spread> {
    let index = view.legend.stages.iter().position(|stage| stage.name.name == name)?;
    Spread::of_figure(view, Figure::Station(index as u16, figure))
}
