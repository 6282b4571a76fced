//! What a comparison says about its outcomes for programs: which variant is best, what makes the spread, and the
//! intervals that hold together.

use super::Variant;
use super::best::{Superiority, best, candidates};
use super::certainty::{Inputs, differences, input_share};
use super::headline::{Headline, headlines};
use super::pairing::counterpart;
use super::proxy::inventory_days;
use super::quantiles::{quantile_gaps, resamples};
use super::still::beyond;
use crate::experiment::{Figure, StationFigure};
use crate::legend::{Better, WaitName};
use crate::stats::{Estimate, QuantileDifference, wilson_share};
use serde_json::{Map, Value, json};

/// For each outcome of which the study says what is better: in which share of the futures each variant is the best, and
/// which could be on average.
pub(super) fn winners(baseline: &Variant, others: &[Variant]) -> Value {
    let views: Vec<Variant> = std::iter::once(*baseline).chain(others.iter().copied()).collect();
    let row = |headline: Headline| {
        let better = headline.better?;
        let (shares, could) =
            (best(&views, headline.figure, better), candidates(&views, headline.figure, better));
        let each = views.iter().zip(shares.into_iter().zip(could));
        let each = each.map(|(view, (share, could))| {
            (view.name.to_owned(), json!({ "share-of-futures": share, "could-be-best": could }))
        });
        Some((headline.key, Value::Object(each.collect())))
    };
    Value::Object(headlines(baseline).into_iter().filter_map(row).collect())
}

/// The family of intervals of a comparison: how many there are, and the level of each at which all hold together.
pub(super) fn family(baseline: &Variant, others: &[Variant]) -> Value {
    let intervals = headlines(baseline).len() * others.len();
    json!({ "intervals": intervals, "adjusted-level": adjusted_level(baseline, intervals) })
}

/// Bonferroni: α shared by all.
pub(super) fn adjusted_level(baseline: &Variant, intervals: usize) -> f64 {
    1.0 - (1.0 - baseline.outcome.level) / intervals.max(1) as f64
}

/// For each headline figure of a variant: what makes the spread, how often it is better than the baseline, how far its quantiles
/// are from those of the baseline, and the half-width at which the intervals of all of them hold together.
pub(super) fn answers(variant: &Variant, baseline: &Variant, intervals: usize) -> Value {
    let (inputs, resamples) = (Inputs::of(variant), resamples(baseline));
    let row = |headline: Headline| {
        let own = counterpart(variant, baseline, headline.figure)?;
        let (ours, theirs) = (variant.values(own), baseline.values(headline.figure));
        let found = differences(&ours, &theirs);
        let (per_cluster, level) = (baseline.outcome.per_cluster, adjusted_level(baseline, intervals));
        let adjusted = Estimate::clustered(&found, per_cluster, level)?.half_width;
        let mut row = causes(variant, inputs.as_ref(), &found);
        row.insert("half-width-adjusted".to_owned(), json!(adjusted));
        let gaps = quantile_gaps(&resamples, &ours, &theirs, baseline.outcome.level);
        row.insert("quantiles".to_owned(), Value::Object(gaps.iter().map(of_quantile).collect()));
        if let Some(better) = headline.better {
            row.insert("superiority".to_owned(), superiority(&found, baseline, better));
        }
        Some((headline.key, Value::Object(row)))
    };
    Value::Object(headlines(baseline).into_iter().filter_map(row).collect())
}

/// A difference of quantiles by the name of the quantile, as `q10`.
fn of_quantile(gap: &QuantileDifference) -> (String, Value) {
    let value = json!({ "difference": gap.difference, "low": gap.low, "high": gap.high });
    (format!("q{:.0}", 100.0 * gap.p), value)
}

fn superiority(differences: &[f64], baseline: &Variant, better: Better) -> Value {
    let sign = if better == Better::Lower { -1.0 } else { 1.0 };
    let good: Vec<f64> = differences.iter().map(|difference| sign * difference).collect();
    let found = Superiority::of(&good, baseline.outcome.per_cluster, baseline.outcome.level);
    found.map_or(Value::Null, |found| {
        json!({ "share": found.share, "low": found.interval.0, "high": found.interval.1, "ties": found.ties })
    })
}

/// What makes the spread of each headline figure of one variant; nothing where inputs keep their values.
pub(super) fn certainty(variant: &Variant) -> Value {
    let inputs = Inputs::of(variant);
    let row = |headline: Headline| {
        let found = causes(variant, inputs.as_ref(), &variant.values(headline.figure));
        (!found.is_empty()).then(|| (headline.key, Value::Object(found)))
    };
    Value::Object(headlines(variant).into_iter().filter_map(row).collect())
}

fn causes(variant: &Variant, inputs: Option<&Inputs>, values: &[f64]) -> Map<String, Value> {
    let mut row = Map::new();
    let Some(found) = input_share(variant, values) else { return row };
    let share = json!({ "share": found.share, "low": found.interval.0, "high": found.interval.1 });
    row.insert("inputs".to_owned(), share);
    let level = variant.outcome.level;
    let driver = |driving: super::certainty::Driving| {
        let (low, high) = driving.index.interval(level);
        json!({
            "input": variant.legend.inputs[driving.input].name,
            "share": driving.index.share,
            "low": low,
            "high": high,
            "correlation": driving.correlation,
        })
    };
    let drivers = inputs.map_or_else(Vec::new, |inputs| inputs.drivers(values));
    row.insert("drivers".to_owned(), drivers.into_iter().map(driver).collect());
    row
}

/// The Wilson interval of a figure that is yes or no in every future; `None` of any other. Futures that share their
/// inputs count as one trial.
pub(super) fn probability(variant: &Variant, figure: Figure) -> Option<(f64, f64)> {
    let values = variant.values(figure);
    let yes_or_no =
        |value: &f64| value.to_bits() == 0.0_f64.to_bits() || value.to_bits() == 1.0_f64.to_bits();
    let asked = matches!(figure, Figure::Measure(_)) && !values.is_empty() && values.iter().all(yes_or_no);
    asked.then(|| {
        let trials = values.len().div_ceil(variant.outcome.per_cluster.max(1)) as f64;
        wilson_share(values.iter().sum::<f64>() / values.len() as f64, trials, variant.outcome.level)
    })
}

/// Where an outcome is a wait of those whose turn came: means of those who still wait at the end.
pub(super) fn still_waiting(variant: &Variant, outcome: usize) -> Option<(String, Value)> {
    let waits = &variant.legend.outcomes.get(outcome)?.waits;
    let row = |wait: &WaitName| {
        let of = |figure| variant.estimate(Figure::Station(wait.stage as u16, figure));
        let mean = |figure| of(figure).map(|estimate| estimate.mean);
        json!({
            "stage": variant.legend.stages[wait.stage].name.name,
            "cases": mean(StationFigure::WaitingAtEnd),
            "days-so-far": mean(StationFigure::StillWaitedMean),
            "beyond": mean(beyond(wait.statistic)),
        })
    };
    (!waits.is_empty()).then(|| ("still-waiting".to_owned(), waits.iter().map(row).collect()))
}

/// Inventory ÷ output of the last year of every stage with a line \[days\].
pub(super) fn proxies(variant: &Variant) -> Value {
    let (per_cluster, level) = (variant.outcome.per_cluster, variant.outcome.level);
    let served = variant.legend.stages.iter().enumerate().filter(|(_, stage)| stage.served);
    let row = |(index, stage): (usize, &crate::legend::StageName)| {
        let found = Estimate::clustered(&inventory_days(variant, index), per_cluster, level)?;
        let value = json!({ "mean": found.mean, "q05": found.q05, "q95": found.q95 });
        Some((stage.name.name.clone(), json!({ "inventory-over-output-days": value })))
    };
    Value::Object(served.filter_map(row).collect())
}
