//! Every number that a report shows as typed columns: the table of `csv::document` for programs that want types.

use super::document::Document;
use super::numbers::{Number, numbers};
use super::parquet::{Cells, Column, file};

/// The columns `section, key, label, unit, variant, date, statistic, value` as a Parquet file; `variant` and `date`
/// are missing where a number has none, and dates are dates.
pub fn parquet(document: &Document) -> Vec<u8> {
    let numbers = numbers(document);
    let text = |of: &dyn Fn(&Number) -> String| Cells::Text(numbers.iter().map(of).collect());
    let variant = |number: &Number| Some(document.variants.get(number.variant?)?.name.clone());
    let columns = [
        ("section", text(&|number| number.section.to_owned())),
        ("key", text(&|number| number.key.clone())),
        ("label", text(&|number| number.label.clone())),
        ("unit", text(&|number| number.unit.word().to_owned())),
        ("variant", Cells::MaybeText(numbers.iter().map(variant).collect())),
        ("date", Cells::MaybeDate(numbers.iter().map(|number| number.date.parse().ok()).collect())),
        ("statistic", text(&|number| number.statistic.clone())),
        ("value", Cells::Number(numbers.iter().map(|number| number.value).collect())),
    ];
    file(&columns.map(|(name, cells)| Column { name, cells }))
}
