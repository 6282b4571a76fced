//! Results for programs: one JSON document a run, with the names that do not change without a
//! major version. Numbers that are undefined are null; a figure undefined in all futures is null as a whole.

use super::caution::{Caution, cautions, pairing_cautions};
use super::fan::{self, Fan, QUANTILES};
use super::headline::headlines;
use super::pairing::paired;
use super::path::Path;
use super::{Variant, json_answer, json_detail};
use crate::experiment::{Audit, Figure};
use crate::legend::ResponseName;
use crate::stats::{Difference, Estimate};
use serde_json::{Map, Value, json};

/// The groups of figures, in order; each is there even when empty.
const GROUPS: [&str; 11] = [
    "stages",
    "pools",
    "exits",
    "pending",
    "places",
    "transfers",
    "clocks",
    "responses",
    "conditions",
    "costs",
    "outcomes",
];

/// The document of one variant.
pub fn run(variant: &Variant) -> Value {
    let (legend, outcome) = (variant.legend, variant.outcome);
    let mut document = head("run");
    document.insert(
        "model".to_owned(),
        json!({
            "title": legend.title,
            "start": legend.start.to_string(),
            "end": legend.end.to_string(),
            "hash": legend.hash,
        }),
    );
    document.insert("policy".to_owned(), json!(variant.name));
    document.insert("replications".to_owned(), json!(outcome.replications.len()));
    document.insert("seed".to_owned(), json!(outcome.seed));
    document.insert("events".to_owned(), json!(outcome.events()));
    document.extend(figures(variant));
    for response in &legend.responses {
        for (key, value) in of_response(response) {
            put(&mut document, &["responses".to_owned(), response.name.name.clone(), key.to_owned()], value);
        }
    }
    document.insert("series".to_owned(), series(variant));
    document.insert("audit".to_owned(), audit(variant));
    document.insert("cautions".to_owned(), list(&cautions(variant)));
    let uncertain = if outcome.inputs.is_empty() { "central" } else { "sample" };
    document.insert("inputs-with-range".to_owned(), json!(legend.inputs.len()));
    document.insert("uncertain".to_owned(), json!(uncertain));
    document.insert("certainty".to_owned(), json_answer::certainty(variant));
    document.insert("proxies".to_owned(), json_answer::proxies(variant));
    if let Some(detail) = json_detail::detail(variant) {
        document.insert("detail".to_owned(), detail);
    }
    Value::Object(document)
}

/// The document of a comparison: each variant's run and, for all but the baseline, its paired
/// differences.
pub fn compare(baseline: &Variant, others: &[Variant]) -> Value {
    let intervals = headlines(baseline).len() * others.len();
    let mut variants = Map::new();
    variants.insert(baseline.name.to_owned(), json!({ "run": run(baseline) }));
    for variant in others {
        let compared = json!({
            "run": run(variant),
            "difference": differences(variant, baseline),
            "cautions": list(&pairing_cautions(variant, baseline)),
            "answers": json_answer::answers(variant, baseline, intervals),
        });
        variants.insert(variant.name.to_owned(), compared);
    }
    let mut document = head("compare");
    document.insert("baseline".to_owned(), json!(baseline.name));
    document.insert("replications".to_owned(), json!(baseline.outcome.replications.len()));
    document.insert("seed".to_owned(), json!(baseline.outcome.seed));
    document.insert("variants".to_owned(), Value::Object(variants));
    document.insert("family".to_owned(), json_answer::family(baseline, others));
    document.insert("best".to_owned(), json_answer::winners(baseline, others));
    Value::Object(document)
}

/// Add keys to a document.
pub fn add(document: &mut Value, keys: Map<String, Value>) {
    if let Value::Object(document) = document {
        document.extend(keys);
    }
}

fn head(kind: &str) -> Map<String, Value> {
    let mut document = Map::new();
    document.insert("caseload".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    document.insert("kind".to_owned(), json!(kind));
    document
}

fn groups() -> Map<String, Value> {
    GROUPS.iter().map(|&group| (group.to_owned(), json!({}))).collect()
}

fn figures(variant: &Variant) -> Map<String, Value> {
    let mut document = groups();
    for (index, &figure) in variant.outcome.figures.iter().enumerate() {
        if let Some(path) = Path::of(figure, variant.legend) {
            let estimate = variant.outcome.estimate(index);
            let mut value = estimate.map_or(Value::Null, |estimate| of_estimate(&estimate));
            if let (Value::Object(value), Some((low, high))) =
                (&mut value, json_answer::probability(variant, figure))
            {
                value.insert("wilson".to_owned(), json!([low, high]));
            }
            if let (Value::Object(value), Figure::Measure(outcome)) = (&mut value, figure) {
                value.extend(json_answer::still_waiting(variant, outcome));
            }
            put(&mut document, &path.0, value);
        }
    }
    document
}

/// Figures that the baseline has too; one that is undefined in either, in all futures, is null.
fn differences(variant: &Variant, baseline: &Variant) -> Value {
    let known: Vec<Path> =
        baseline.outcome.figures.iter().filter_map(|&figure| Path::of(figure, baseline.legend)).collect();
    let mut document = groups();
    for &figure in &variant.outcome.figures {
        if let Some(path) = Path::of(figure, variant.legend).filter(|path| known.contains(path)) {
            let found = paired(variant, baseline, figure);
            put(&mut document, &path.0, found.map_or(Value::Null, |found| of_difference(&found.difference)));
        }
    }
    Value::Object(document)
}

pub(super) fn of_estimate(estimate: &Estimate) -> Value {
    json!({
        "mean": estimate.mean,
        "half-width": estimate.half_width,
        "level": estimate.level,
        "sd": estimate.sd,
        "min": estimate.min,
        "max": estimate.max,
        "q05": estimate.q05,
        "q25": estimate.q25,
        "q50": estimate.q50,
        "q75": estimate.q75,
        "q95": estimate.q95,
    })
}

/// What a response is, beside the factor it had.
fn of_response(response: &ResponseName) -> [(&'static str, Value); 7] {
    [
        ("label", json!(response.name.label)),
        ("signal", json!(response.signal)),
        ("reference", response.reference.map_or_else(|| json!("baseline"), |level| json!(level))),
        ("elasticity", json!(response.elasticity)),
        ("lag-days", json!(response.lag_days)),
        ("bounds", json!([response.bounds.0, response.bounds.1])),
        ("loop-gain", json!(response.loop_gain.map(|gain| gain.0))),
    ]
}

fn of_difference(difference: &Difference) -> Value {
    json!({
        "mean": difference.mean,
        "half-width": difference.half_width,
        "level": difference.level,
        "sd": difference.sd,
        "q05": difference.q05,
        "q50": difference.q50,
        "q95": difference.q95,
        "share-below-zero": difference.share_below_zero,
        "gain": difference.gain,
    })
}

fn series(variant: &Variant) -> Value {
    let legend = variant.legend;
    let dates = legend.series.iter().filter_map(|&index| legend.dates.get(index));
    let mut document = Map::new();
    document.insert("dates".to_owned(), dates.map(|date| json!(date.to_string())).collect());
    for group in ["stages", "places", "exits", "pending"] {
        document.insert(group.to_owned(), json!({}));
    }
    for row in fan::rows(variant).into_iter().filter(|row| !row.fan.is_undefined()) {
        let keys: Vec<String> =
            [Some(row.kind), row.name, Some(row.measure)].into_iter().flatten().map(str::to_owned).collect();
        put(&mut document, &keys, of_fan(&row.fan));
    }
    Value::Object(document)
}

fn of_fan(fan: &Fan) -> Value {
    let mut bands = Map::new();
    bands.insert("mean".to_owned(), json!(fan.mean));
    for ((name, _), row) in QUANTILES.iter().zip(&fan.quantiles) {
        bands.insert((*name).to_owned(), json!(row));
    }
    Value::Object(bands)
}

/// Whether the identities hold in every future, or in which one the first breach is and how large.
fn audit(variant: &Variant) -> Value {
    let check = |unit: &str, gap: fn(&Audit) -> i128| {
        let broken = variant.outcome.replications.iter().find(|replication| gap(&replication.audit) != 0);
        broken.map_or_else(
            || json!("exact"),
            |found| json!(format!("off by {} {unit} in future {}", gap(&found.audit), found.number)),
        )
    };
    let mut audit = json!({
        "conservation": check("cases", |audit| i128::from(audit.conservation)),
        "little": check("case-seconds", |audit| audit.little),
        "busy": check("server-seconds", |audit| audit.busy),
    });
    if let Value::Object(audit) = &mut audit
        && !variant.outcome.fluid.is_empty()
    {
        audit.insert("fluid-gap".to_owned(), fluid_gaps(variant));
    }
    audit
}

/// Each line at the end beside that of the network as a fluid; the gap only of lines that are long without chance.
fn fluid_gaps(variant: &Variant) -> Value {
    let named = variant.outcome.fluid.iter().filter_map(|level| {
        let stage = variant.legend.stages.get(usize::from(level.station))?;
        let gap = level.is_long().then(|| level.gap());
        let value = json!({ "simulated": level.simulated, "fluid": level.fluid, "gap": gap });
        Some((stage.name.name.clone(), value))
    });
    Value::Object(named.collect())
}

fn list(cautions: &[Caution]) -> Value {
    let of_caution = |caution: &Caution| json!({ "kind": caution.kind(), "message": caution.to_string(), "advice": caution.advice() });
    cautions.iter().map(of_caution).collect()
}

/// Put a value at the end of a path of keys, with the objects that lead to it.
fn put(document: &mut Map<String, Value>, path: &[String], value: Value) {
    let [first, others @ ..] = path else { return };
    if others.is_empty() {
        document.insert(first.clone(), value);
    } else if let Value::Object(inner) = document.entry(first.clone()).or_insert_with(|| json!({})) {
        put(inner, others, value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::experiment::StationFigure;

    fn keys(value: &Value) -> Vec<&str> {
        value.as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn a_run_has_the_keys_of_the_contract() {
        let now = sample::baseline();
        let run = run(&now.variant("now"));
        // contract.md §2; responses, costs and cautions are beyond it.
        let head = ["caseload", "kind", "model", "policy", "replications", "seed", "events"];
        let rest = ["responses", "conditions", "costs", "outcomes", "series", "audit", "cautions"];
        let rest = [rest.as_slice(), &["inputs-with-range", "uncertain", "certainty", "proxies"]].concat();
        let groups = ["stages", "pools", "exits", "pending", "places", "transfers", "clocks"];
        assert_eq!(keys(&run), [head.as_slice(), &groups, &rest].concat());
        assert_eq!(keys(&run["model"]), ["title", "start", "end", "hash"]);
        assert_eq!(run["model"]["start"], "2019-06-07");
        assert_eq!((&run["policy"], &run["seed"], &run["events"]), (&json!("now"), &json!(7), &json!(3000)));
        assert_eq!(run["audit"], json!({ "conservation": "exact", "little": "exact", "busy": "exact" }));
    }

    #[test]
    fn figures_nest_as_in_the_contract() {
        let now = sample::baseline();
        let run = run(&now.variant("now"));
        let desk = &run["stages"]["desk"];
        let of_stage =
            ["waiting", "in-service", "wait-days", "still-waiting", "delayed-share", "utilization"];
        assert_eq!(
            keys(desk),
            [
                of_stage.as_slice(),
                &["started", "completed", "withdrawn", "no-shows", "cancelled", "transferred"]
            ]
            .concat()
        );
        assert_eq!(keys(&desk["waiting"]), ["time-average", "at-end", "persons-at-end"]);
        assert_eq!(keys(&desk["in-service"]), ["time-average"]);
        assert_eq!(keys(&desk["wait-days"]), ["mean", "median", "p90"]);
        let still = ["days-so-far", "beyond-mean", "beyond-median", "beyond-p90"];
        assert_eq!(keys(&desk["still-waiting"]), still);
        assert_eq!(keys(&run["pools"]["clerk"]), ["staff", "busy", "utilization"]);
        assert_eq!(keys(&run["exits"]["done"]), ["cases", "persons", "days-in-system"]);
        assert_eq!(keys(&run["pending"]["persons"]), ["at-end"]);
        let of_place = ["time-average", "at-end", "peak", "beyond-capacity"];
        assert_eq!(keys(&run["places"]["ciudad-juarez"]["persons"]), of_place);
        assert_eq!(keys(&run["clocks"]["comar"]), ["within-share"]);
        let estimate = ["mean", "half-width", "level", "sd", "min", "max", "q05", "q25", "q50", "q75", "q95"];
        assert_eq!(keys(&run["outcomes"]["end"]), estimate);
        assert_eq!(run["outcomes"]["end"]["mean"], 1010.0);
    }

    #[test]
    fn series_show_the_dates_of_the_legend() {
        let now = sample::baseline();
        let series = &run(&now.variant("now"))["series"];
        assert_eq!(series["dates"], json!(["2019-07-01", "2019-08-01"]));
        let band = &series["stages"]["desk"]["waiting"];
        assert_eq!(keys(band), ["mean", "q05", "q25", "q50", "q75", "q95"]);
        assert_eq!(band["mean"], json!([110.0, 220.0]));
        assert_eq!(series["places"]["ciudad-juarez"]["persons"]["q95"], json!([9.0, 9.0]));
        assert_eq!(series["pending"]["cases"]["mean"], json!([110.0, 110.0]));
        assert_eq!(series["exits"]["done"]["cases"]["mean"], json!([4.0, 8.0]));
    }

    #[test]
    fn a_broken_identity_says_where_and_how_much() {
        let mut now = sample::baseline();
        now.outcome.replications[2].audit.little = -5;
        let audit = &run(&now.variant("now"))["audit"];
        assert_eq!((&audit["conservation"], &audit["busy"]), (&json!("exact"), &json!("exact")));
        assert_eq!(audit["little"], "off by -5 case-seconds in future 2");
    }

    #[test]
    fn what_is_undefined_is_null() {
        let mut now = sample::baseline();
        now.set(Figure::Station(0, StationFigure::Utilization), |_| f64::NAN);
        now.outcome.replications.truncate(1);
        let run = run(&now.variant("now"));
        assert_eq!(run["stages"]["desk"]["utilization"], Value::Null);
        assert_eq!(run["outcomes"]["end"]["half-width"], Value::Null);
    }

    #[test]
    fn a_probability_has_its_own_interval() {
        // Of 50 futures none: Wilson's upper end is z² / (50 + z²) = 0.0713; a share that is no yes or no has none.
        let never = sample::with_outcome(50, |_| 0.0);
        let interval = &run(&never.variant("now"))["outcomes"]["end"]["wilson"];
        assert!((interval[1].as_f64().unwrap() - 0.0713).abs() < 1e-4, "{interval}");
        assert_eq!(run(&sample::baseline().variant("now"))["outcomes"]["end"].get("wilson"), None);
    }

    #[test]
    fn a_comparison_answers_what_is_better_and_how_sure() {
        let now = sample::with_outcome(100, |number| 1_000.0 + (number % 9) as f64);
        let fewer = sample::with_outcome(100, |number| 990.0 + (number % 9 + number % 2) as f64);
        let document = compare(&now.variant("now"), &[fewer.variant("fewer")]);
        // Two outcomes of one variant: each at 97.5 % to hold together at 95 %.
        assert_eq!(document["family"], json!({ "intervals": 2, "adjusted-level": 0.975 }));
        let winner = &document["best"]["end"]["fewer"];
        assert_eq!(*winner, json!({ "share-of-futures": 1.0, "could-be-best": true }));
        assert_eq!(document["best"]["end"]["now"]["could-be-best"], false);
        assert_eq!(document["best"].get("decided"), None);
        let answer = &document["variants"]["fewer"]["answers"]["end"];
        assert_eq!(answer["superiority"]["share"], 1.0);
        let plain = &document["variants"]["fewer"]["difference"]["outcomes"]["end"]["half-width"];
        // t(0.9875; 99) / t(0.975; 99) = 2.276 / 1.984.
        let ratio = answer["half-width-adjusted"].as_f64().unwrap() / plain.as_f64().unwrap();
        assert!((ratio - 2.276 / 1.984).abs() < 1e-3, "{ratio}");
    }

    #[test]
    fn a_comparison_lists_the_baseline_without_a_difference() {
        let (now, more) = (sample::baseline(), sample::with_inserted_stage());
        let document = compare(&now.variant("now"), &[more.variant("more")]);
        let head = ["caseload", "kind", "baseline", "replications", "seed", "variants", "family", "best"];
        assert_eq!(keys(&document), head);
        assert_eq!(keys(&document["variants"]), ["now", "more"]);
        assert_eq!(keys(&document["variants"]["now"]), ["run"]);
        let difference = &document["variants"]["more"]["difference"];
        assert_eq!(keys(difference), GROUPS);
        let end = &difference["stages"]["desk"]["waiting"]["at-end"];
        let all = ["mean", "half-width", "level", "sd", "q05", "q50", "q95", "share-below-zero", "gain"];
        assert_eq!(keys(end), all);
        assert_eq!((&end["mean"], &end["share-below-zero"]), (&json!(-10.0), &json!(1.0)));
        assert_eq!(difference["stages"].get("screening"), None);
    }
}
