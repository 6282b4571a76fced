//! How long cases wait: by stage, by month of filing, and of those still waiting.

use super::super::Variant as View;
use super::Background;
use super::burden::named;
use super::curves::{Curve, curves};
use super::number::{Row, Spread, Unit};
use super::words::{Name, Words};
use crate::asylum::Disposition;
use crate::experiment::{AgeAt, CohortResult, Figure, StationFigure, Within};
use crate::report::detail;
use crate::report::proxy::{clearances, inventory_days};
use serde::{Deserialize, Serialize};

/// Waits.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Waits {
    /// Waits of the services that started, by served stage.
    pub stages: Vec<StageWait>,
    /// What became of those who filed in one period.
    pub cohorts: Vec<Cohort>,
    /// How those who filed in a few of these periods went out through time.
    pub curves: Vec<Curve>,
    /// Ages of the cases pending.
    pub ages: Vec<Age>,
}

/// Waits at a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StageWait {
    /// The stage.
    pub stage: Name,
    /// Mean, median and 90 % quantile of the waits of services that started in the window \[days\]; those who still wait at the end,
    /// and how long so far; what authorities publish as waits.
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
    /// The kind of end, as in the files, or `open`.
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
        let rates: Vec<Rates> = views.iter().map(clearances).collect();
        let stages = names.into_iter().map(|name| StageWait::of(name, (views, &rates), background)).collect();
        let (cohorts, (curves, ages)) =
            rayon::join(|| cohorts(views), || rayon::join(|| curves(views), || ages(views, background)));
        Self { stages, cohorts, curves, ages }
    }
}

impl StageWait {
    fn of(name: &str, (views, rates): (&[View<'_>], &[Rates]), background: &Background) -> Self {
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
            rows: figures
                .into_iter()
                .map(row)
                .chain(still(name, views))
                .chain(proxies(name, views, rates).into_iter().flatten())
                .collect(),
        }
    }
}

/// Those who still wait at the end, beside the waits of those whose turn came; nothing where nobody does.
fn still(name: &str, views: &[View<'_>]) -> Vec<Row> {
    let row = |(key, figure, label, unit)| {
        let values: Vec<Option<Spread>> = views.iter().map(|view| wait(view, name, figure)).collect();
        let some = values.iter().flatten().any(|value| value.q95 > 0.0);
        some.then(|| Row { key: format!("stages.{name}.{key}"), label, unit, values })
    };
    let cases = Words::both("still waiting at the end", "siguen esperando al final");
    let so_far = Words::both(
        "those who still wait at the end: so far, mean",
        "quienes siguen esperando al final: hasta ahora, media",
    );
    [
        ("waiting.at-end", StationFigure::WaitingAtEnd, cases, Unit::Cases),
        ("still-waiting.days-so-far", StationFigure::StillWaitedMean, so_far, Unit::Days),
    ]
    .into_iter()
    .filter_map(row)
    .collect()
}

/// Clearance rates of a variant, by stage and future.
type Rates = Vec<Vec<f64>>;

/// What authorities publish in place of waits: inventory ÷ output, and completed ÷ came; `None` where no variant has it.
fn proxies(name: &str, views: &[View<'_>], rates: &[Rates]) -> [Option<Row>; 2] {
    let row = |key: &str, label: Words, unit: Unit, of: &dyn Fn(usize, usize) -> Vec<f64>| {
        let of_view = |(variant, view): (usize, &View<'_>)| {
            let index = view.legend.stages.iter().position(|stage| stage.name.name == name)?;
            Spread::of(&of(variant, index), view.outcome.per_cluster, view.outcome.level)
        };
        let values: Vec<Option<Spread>> = views.iter().enumerate().map(of_view).collect();
        let known = values.iter().any(Option::is_some);
        known.then(|| Row { key: format!("proxies.{name}.{key}"), label, unit, values })
    };
    let inventory = Words::both(
        "those waiting at the end ÷ output of the last year (no wait, but often published as one)",
        "quienes esperan al final ÷ resoluciones del último año (no es una espera, aunque suele publicarse como tal)",
    );
    let rate = Words::both(
        "completed ÷ came in the last year (clearance rate: below 100 % the stage falls behind)",
        "concluidos ÷ ingresados en el último año (tasa de resolución: por debajo de 100 % la etapa se atrasa)",
    );
    [
        row("inventory-over-output-days", inventory, Unit::Days, &|variant, index| {
            inventory_days(&views[variant], index)
        }),
        row("clearance-rate", rate, Unit::Share, &|variant, index| {
            rates[variant].get(index).cloned().unwrap_or_default()
        }),
    ]
}

fn wait(view: &View<'_>, name: &str, figure: StationFigure) -> Option<Spread> {
    let index = view.legend.stages.iter().position(|stage| stage.name.name == name)?;
    Spread::of_figure(view, Figure::Station(index as u16, figure))
}

/// Cohorts that a document keeps for all variants together, at most, and for each at least.
const COHORTS: usize = 24;
const LEAST_COHORTS: usize = 3;

/// The cohorts of filing, some of them where there are many: the first and others evenly after it, each of all variants.
fn cohorts(views: &[View<'_>]) -> Vec<Cohort> {
    let Some(plan) = views[0].outcome.detail.as_ref() else { return Vec::new() };
    let periods = plan.filings.len().saturating_sub(1);
    let kept = (COHORTS / views.len()).max(LEAST_COHORTS);
    let every = periods.div_ceil(kept).max(1);
    let of_period = |period: usize| {
        views.iter().enumerate().filter_map(move |(variant, view)| Cohort::of(variant, view, period))
    };
    (0..periods).step_by(every).flat_map(of_period).collect()
}

impl Cohort {
    fn of(variant: usize, view: &View<'_>, period: usize) -> Option<Self> {
        let plan = view.outcome.detail.as_ref()?;
        let spread = |of: &dyn Fn(&CohortResult) -> f64| {
            detail::spread(view, |detail| detail.filings.get(period).map_or(f64::NAN, of))
        };
        let ways = plan.decisions.len();
        let mut shares = Vec::new();
        for (way, kind) in Disposition::ALL.iter().enumerate().take(ways) {
            let share = |limit: usize| spread(&|cohort| f64::from(cohort.shares[limit * ways + way]));
            push_way(&mut shares, kind.word(), &plan.limits, share);
        }
        let open = |limit: usize| {
            let out = |cohort: &CohortResult| -> f64 {
                cohort.shares[limit * ways..(limit + 1) * ways].iter().map(|&share| f64::from(share)).sum()
            };
            spread(&|cohort| 1.0 - out(cohort))
        };
        push_way(&mut shares, "open", &plan.limits, open);
        Some(Self {
            variant,
            from: detail::date(view, plan.filings[period]),
            until: detail::date(view, plan.filings[period + 1]),
            cases: spread(&|cohort| f64::from(cohort.cases)),
            shares,
            median: spread(&|cohort| f64::from(cohort.median)),
            completed_mean: spread(&|cohort| f64::from(cohort.decided_mean)),
        })
    }
}

/// The shares of one way within all limits, unless nobody ever goes it.
fn push_way(
    shares: &mut Vec<CohortShare>,
    way: &str,
    limits: &[Within],
    share: impl Fn(usize) -> Option<Spread>,
) {
    let all: Vec<Option<Spread>> = (0..limits.len()).map(share).collect();
    if all.iter().flatten().all(|share| share.mean <= 0.0 && share.q95 <= 0.0) && way != "open" {
        return;
    }
    shares.extend(limits.iter().zip(all).map(|(limit, share)| CohortShare {
        way: way.to_owned(),
        within_days: detail::days(limit),
        within: detail::length(limit),
        share,
    }));
}

/// Ages at the snapshots: of the whole, then of those waiting at each served stage.
fn ages(views: &[View<'_>], background: &Background) -> Vec<Age> {
    let mut all = Vec::new();
    for (variant, view) in views.iter().enumerate() {
        let Some(plan) = view.outcome.detail.as_ref() else { continue };
        let rows = 1 + view.legend.stages.len();
        if plan.snapshots.is_empty() {
            continue;
        }
        for (snapshot, at) in plan.snapshots.iter().enumerate() {
            let whole =
                Name { key: "pending".to_owned(), label: Words::both("all pending", "todos los pendientes") };
            let lines = longest(view, plan.snapshots.len() - 1, rows);
            // Of single lines now and at the end; of the whole at every snapshot.
            let apart = snapshot == 0 || snapshot + 1 == plan.snapshots.len();
            let lines = if apart { lines } else { Vec::new() };
            let stages = view.legend.stages.iter().enumerate().filter(|(index, _)| lines.contains(index));
            let stages = stages.map(|(index, stage)| {
                let label = named(&format!("stage.{}", stage.name.name), &stage.name.label, background);
                (1 + index, Name { key: format!("stage.{}", stage.name.name), label })
            });
            for (row, of) in std::iter::once((0, whole)).chain(stages) {
                all.extend(Age::of((variant, view), snapshot * rows + row, detail::date(view, *at), of));
            }
        }
    }
    all
}

/// Lines whose ages a document keeps, in every variant.
const LINES: usize = 4;

/// The stages at which most wait at a snapshot.
fn longest(view: &View<'_>, snapshot: usize, rows: usize) -> Vec<usize> {
    let waiting = |index: usize| {
        let place = snapshot * rows + 1 + index;
        let cases =
            detail::values(view, |detail| detail.ages.get(place).map_or(0.0, |age| f64::from(age.cases)));
        cases.iter().sum::<f64>()
    };
    let served = view.legend.stages.iter().enumerate().filter(|(_, stage)| stage.served);
    let mut all: Vec<(f64, usize)> = served.map(|(index, _)| (waiting(index), index)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.into_iter().take(LINES).map(|(_, index)| index).collect()
}

impl Age {
    /// The ages in one place of the detail; `None` where nobody is there in any future.
    fn of((variant, view): (usize, &View<'_>), place: usize, date: String, of: Name) -> Option<Self> {
        let spread = |of: &dyn Fn(&AgeAt) -> f64| {
            detail::spread(view, |detail| detail.ages.get(place).map_or(f64::NAN, of))
        };
        let median = spread(&|age| f64::from(age.median))?;
        let older = AgeAt::OLDER
            .iter()
            .enumerate()
            .map(|(number, &days)| (f64::from(days), spread(&|age| f64::from(age.older[number]))));
        Some(Self {
            variant,
            date,
            of,
            median: Some(median),
            p90: spread(&|age| f64::from(age.p90)),
            older: older.collect(),
        })
    }
}
