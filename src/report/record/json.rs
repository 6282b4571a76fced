//! The record for programs.

use super::super::Variant;
use super::super::json::of_estimate;
use super::{Finding, Verdict, counts};
use crate::legend::OutcomeUnit;
use crate::legend::record::Record;
use serde_json::{Map, Value, json};

/// The document of a record: rows by name, counts by role, the log of labels and the late inputs.
pub fn record(record: &Record, variant: &Variant, findings: &[Finding]) -> Value {
    let (legend, outcome) = (variant.legend, variant.outcome);
    let rows: Map<String, Value> =
        findings.iter().map(|found| (found.row.name.clone(), row(found))).collect();
    let counts: Map<String, Value> = counts(findings)
        .iter()
        .map(|count| {
            let value = json!({ "hit": count.hits, "miss": count.misses, "no-verdict": count.open });
            (count.group.key().to_owned(), value)
        })
        .collect();
    json!({
        "caseload": env!("CARGO_PKG_VERSION"),
        "kind": "record",
        "title": record.title,
        "model": {
            "title": legend.title,
            "start": legend.start.to_string(),
            "end": legend.end.to_string(),
            "hash": legend.hash,
        },
        "replications": outcome.replications.len(),
        "seed": outcome.seed,
        "counts": counts,
        "rows": rows,
        "changed": record.changed.iter().map(|change| json!({
            "date": change.date.to_string(),
            "row": change.row,
            "from": change.from.name(),
            "to": change.to.name(),
            "known-until": change.known_until.map(|date| date.to_string()),
            "why": change.why,
        })).collect::<Vec<_>>(),
        "late-inputs": record.late.iter().map(|late| json!({
            "path": late.path,
            "source": late.source,
            "date": late.date,
            "counts-as": late.counts_as,
        })).collect::<Vec<_>>(),
    })
}

fn row(found: &Finding) -> Value {
    let row = found.row;
    let verdict = if found.verdict == Verdict::Open { Value::Null } else { json!(found.verdict.name()) };
    json!({
        "label": found.name.name.label,
        "unit": unit(found.unit),
        "role": row.role.name(),
        "known-until": row.known_until.map(|date| date.to_string()),
        "youngest": row.youngest.as_ref().map(|late| json!({
            "path": late.path,
            "source": late.source,
            "date": late.date,
        })),
        "model": found.estimate.as_ref().map(of_estimate),
        "q10": found.band[0],
        "q90": found.band[1],
        "published": row.published,
        "span": found.span,
        "tolerance": row.tolerance,
        "off": found.off,
        "verdict": verdict,
        "close": found.close,
        "band-covers": found.covers,
        "source": row.source.as_ref().map(|source| json!({
            "ref": source.id,
            "title": source.title,
            "url": source.url,
            "at": source.at,
        })),
        "miss": row.miss,
        "note": row.note,
    })
}

const fn unit(unit: OutcomeUnit) -> &'static str {
    match unit {
        OutcomeUnit::Cases => "cases",
        OutcomeUnit::Persons => "persons",
        OutcomeUnit::Days => "days",
        OutcomeUnit::Share => "share",
        OutcomeUnit::Money => "money",
        OutcomeUnit::Ratio => "ratio",
    }
}
