//! The detail of a run for programs: cohorts, waits by stage, ages, and which way cases went.

use super::Variant;
use super::detail::{date, leaving, length, origin, target, values};
use super::moves::{Way, means};
use super::proxy::clearances;
use crate::asylum::Disposition;
use crate::experiment::{AgeAt, CohortResult, Detail, DetailPlan};
use crate::stats::{Estimate, quantile};
use serde_json::{Map, Value, json};

/// The ways out of a line, as the detail numbers them.
const OUT_OF_LINE: [&str; 3] = ["started", "withdrew", "left"];

/// Everything that was looked at in detail; `None` where nothing was.
pub(super) fn detail(variant: &Variant) -> Option<Value> {
    let plan = variant.outcome.detail.as_ref()?;
    Some(json!({
        "cohorts": cohorts(variant, plan),
        "joined": joined(variant, plan),
        "ages": ages(variant, plan),
        "flows": flows(variant, plan),
        "clearance-rates": rates(variant),
    }))
}

/// Mean and range of nine futures in ten; null where the number is undefined in all.
fn brief(variant: &Variant, of: impl Fn(&Detail) -> f64) -> Value {
    let mut found = values(variant, of);
    found.retain(|value| !value.is_nan());
    if found.is_empty() {
        return Value::Null;
    }
    let mean = found.iter().sum::<f64>() / found.len() as f64;
    found.sort_unstable_by(f64::total_cmp);
    json!({ "mean": mean, "q05": quantile(&found, 0.05), "q95": quantile(&found, 0.95) })
}

/// Those who came from outside: all, then by stream, by period.
fn cohorts(variant: &Variant, plan: &DetailPlan) -> Value {
    let streams =
        plan.streams.iter().map(|&stream| variant.legend.streams[usize::from(stream)].name.as_str());
    let ways: Vec<&str> = Disposition::ALL.iter().map(|kind| kind.word()).collect();
    let periods = plan.filings.len().saturating_sub(1);
    let of_group = |(group, of): (usize, &str)| {
        let row = |period: usize| {
            let place = group * periods + period;
            let mut row = cohort(variant, (&ways, plan), |detail| detail.filings.get(place));
            row.insert("of".to_owned(), json!(of));
            row.insert("from".to_owned(), json!(date(variant, plan.filings[period])));
            row.insert("until".to_owned(), json!(date(variant, plan.filings[period + 1])));
            Value::Object(row)
        };
        (0..periods).map(row).collect::<Vec<_>>()
    };
    std::iter::once("all").chain(streams).enumerate().flat_map(of_group).collect()
}

/// Those who came to each stage with a line, by period: how long until they began, or left the line otherwise.
fn joined(variant: &Variant, plan: &DetailPlan) -> Value {
    let periods = plan.joinings.len().saturating_sub(1);
    let served = variant.legend.stages.iter().enumerate().filter(|(_, stage)| stage.served);
    let of_stage = |(index, stage): (usize, &crate::legend::StageName)| {
        let row = |period: usize| {
            let place = index * periods + period;
            let mut row = cohort(variant, (&OUT_OF_LINE, plan), |detail| detail.joinings.get(place));
            row.insert("stage".to_owned(), json!(stage.name.name));
            row.insert("from".to_owned(), json!(date(variant, plan.joinings[period])));
            row.insert("until".to_owned(), json!(date(variant, plan.joinings[period + 1])));
            Value::Object(row)
        };
        (0..periods).map(row).collect::<Vec<_>>()
    };
    served.flat_map(of_stage).collect()
}

/// One cohort: its size, the share out in each way within each limit, and its times.
fn cohort(
    variant: &Variant,
    (ways, plan): (&[&str], &DetailPlan),
    find: impl Fn(&Detail) -> Option<&CohortResult>,
) -> Map<String, Value> {
    let number =
        |of: &dyn Fn(&CohortResult) -> f64| brief(variant, |detail| find(detail).map_or(f64::NAN, of));
    let mut shares = Map::new();
    for (way, name) in ways.iter().enumerate() {
        let within = plan.limits.iter().enumerate().map(|(limit, length_of)| {
            let share = number(&|cohort| f64::from(cohort.shares[limit * ways.len() + way]));
            (length(length_of).en, share)
        });
        let within: Map<String, Value> = within.collect();
        let any = within.values().any(|share| share["q95"].as_f64().is_some_and(|share| share > 0.0));
        if any {
            shares.insert((*name).to_owned(), Value::Object(within));
        }
    }
    let mut row = Map::new();
    row.insert("cases".to_owned(), number(&|cohort| f64::from(cohort.cases)));
    row.insert("shares".to_owned(), Value::Object(shares));
    row.insert("median-days".to_owned(), number(&|cohort| f64::from(cohort.median)));
    row.insert("mean-days-of-completed".to_owned(), number(&|cohort| f64::from(cohort.decided_mean)));
    row
}

/// Ages of what is pending, of the whole and of those waiting at each stage with a line.
fn ages(variant: &Variant, plan: &DetailPlan) -> Value {
    let rows = 1 + variant.legend.stages.len();
    let row = |(snapshot, row): (usize, usize)| {
        let place = snapshot * rows + row;
        let number =
            |of: &dyn Fn(&AgeAt) -> f64| brief(variant, |detail| detail.ages.get(place).map_or(f64::NAN, of));
        let of = match row {
            0 => "pending",
            row => variant.legend.stages[row - 1].name.name.as_str(),
        };
        let older: Map<String, Value> = AgeAt::OLDER
            .iter()
            .enumerate()
            .map(|(at, days)| (days.to_string(), number(&|age| f64::from(age.older[at]))))
            .collect();
        json!({
            "date": date(variant, plan.snapshots[snapshot]),
            "of": of,
            "cases": number(&|age| f64::from(age.cases)),
            "mean-days": number(&|age| f64::from(age.mean)),
            "median-days": number(&|age| f64::from(age.median)),
            "p90-days": number(&|age| f64::from(age.p90)),
            "share-older-than-days": older,
        })
    };
    let served = |row: &usize| *row == 0 || variant.legend.stages[*row - 1].served;
    let places = (0..plan.snapshots.len()).flat_map(|at| (0..rows).filter(served).map(move |row| (at, row)));
    places.map(row).collect()
}

/// Completed ÷ came in the last year of each stage with a line.
fn rates(variant: &Variant) -> Value {
    let (per_cluster, level) = (variant.outcome.per_cluster, variant.outcome.level);
    let row = |(rates, stage): (Vec<f64>, &crate::legend::StageName)| {
        let found = stage.served.then(|| Estimate::clustered(&rates, per_cluster, level))??;
        let value = json!({ "mean": found.mean, "q05": found.q05, "q95": found.q95 });
        Some((stage.name.name.clone(), value))
    };
    let all = clearances(variant).into_iter().zip(&variant.legend.stages);
    Value::Object(all.filter_map(row).collect())
}

/// Mean cases and persons that went each way, by period.
fn flows(variant: &Variant, plan: &DetailPlan) -> Value {
    let row = |(way, cases, persons): (Way, f64, f64)| {
        json!({
            "from": origin(variant.legend, way.from),
            "how": leaving(way.from),
            "to": target(variant.legend, way.to),
            "until": date(variant, plan.periods[usize::from(way.period)]),
            "cases": cases,
            "persons": persons,
        })
    };
    means(variant).into_iter().map(row).collect()
}
