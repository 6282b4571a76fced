//! The record for terminals: a block for each row.

use super::super::Variant;
use super::super::table::wrap;
use super::super::text::header;
use super::markdown::unit;
use super::{
    EVIDENCE, Finding, Verdict, counts, covers_cell, model_cells, off_cell, published_cell, verdict_cell,
};
use crate::legend::record::Record;

/// Rows with their verdicts, and the counts by role.
pub fn record(record: &Record, variant: &Variant, findings: &[Finding]) -> String {
    let mut text = header(variant, record.title.as_deref().unwrap_or("record"));
    for found in findings {
        text.push('\n');
        text += &block(found, variant);
    }
    text.push('\n');
    for count in counts(findings) {
        let line = format!(
            "{}: {} hit, {} missed, {} without a verdict",
            count.group.label(),
            count.hits,
            count.misses,
            count.open
        );
        text += &wrap(&line, 2);
    }
    text + &wrap(EVIDENCE, 2)
}

fn block(found: &Finding, variant: &Variant) -> String {
    let unit = unit(found, variant);
    let [mean, error, band] = model_cells(found, &unit);
    let title = format!("{} [{}]", found.name.name.label, unit.name());
    let numbers =
        format!("  {mean} ± {error}; 80 % of futures {band}; published {}", published_cell(found, &unit));
    let verdict = format!(
        "  {}, {}; beyond the published figures: {}; covered by the 80 % band: {}",
        found.row.standing(),
        verdict_cell(found),
        off_cell(found),
        covers_cell(found)
    );
    let mut text = wrap(&title, 2) + &wrap(&numbers, 4) + &wrap(&verdict, 4);
    if found.verdict == Verdict::Miss {
        let why = found.row.miss.as_deref().unwrap_or("no reason is given");
        text += &wrap(&format!("  why: {why}"), 4);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::super::finding::tests::row;
    use super::super::findings;
    use super::*;

    #[test]
    fn a_row_is_told_in_80_columns() {
        let sample = sample::with_outcome(11, |number| 95.0 + number as f64);
        let variant = sample.variant("record");
        let record = Record { rows: vec![row(&[50.0])], ..Record::default() };
        let text = super::record(&record, &variant, &findings(&record, &variant));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        for part in [
            "waiting at the end [cases]\n",
            "100 ± 2; 80 % of futures 96 to 104; published 50\n",
            "predicted, miss; beyond the published figures: +100 %;",
            "why: no reason is given\n",
            "\npredicted: 0 hit, 1 missed, 0 without a verdict\n",
        ] {
            assert!(text.contains(part), "no `{part}` in:\n{text}");
        }
    }
}
