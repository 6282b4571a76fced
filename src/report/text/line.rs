//! One estimate as a row of a table.

use super::super::Variant;
use super::super::rounding::Rounding;
use super::super::table::Table;
use super::super::unit::Unit;
use crate::experiment::Figure;
use crate::stats::Estimate;

/// The columns of every table of estimates.
pub(in crate::report) fn table(title: &str, level: f64) -> Table {
    Table::new(&[title, "mean", &format!("± MC {}", percent(level)), "90 % of futures"])
}

/// A share of one as `95 %`; decimals only where there are any.
pub(in crate::report) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    format!("{tenths} %")
}

/// Mean, Monte Carlo error and range of futures as shown, rounded by the error.
pub(in crate::report) fn cells(estimate: &Estimate, error: f64, factor: f64) -> [String; 3] {
    let rounding = Rounding::of(estimate.mean * factor, error * factor);
    let show = |value: f64| rounding.show(value * factor);
    [show(estimate.mean), show(estimate.half_width), range(&show(estimate.q05), &show(estimate.q95))]
}

fn range(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

/// Standard error of the mean of an estimate over `count` replications.
pub(super) fn error(estimate: &Estimate, count: usize, per_cluster: usize) -> f64 {
    estimate.standard_error(count.div_ceil(per_cluster.max(1)) as f64 - 1.0)
}

/// The cells of a figure; dashes where it is undefined.
pub(super) fn figure_cells(variant: &Variant, figure: Figure, factor: f64) -> [String; 3] {
    let Some(estimate) = variant.estimate(figure) else { return ["–", "–", "–"].map(str::to_owned) };
    let defined = variant.values(figure).iter().filter(|value| !value.is_nan()).count();
    cells(&estimate, error(&estimate, defined, variant.outcome.per_cluster), factor)
}

/// A row of a figure in its unit, named `label [unit]`.
pub(super) fn row(table: &mut Table, label: &str, variant: &Variant, figure: Figure, unit: &Unit) {
    let largest = variant.estimate(figure).map_or(0.0, |estimate| estimate.max);
    let unit = unit.clone().for_numbers_to(largest);
    let label = format!("{label} [{}]", unit.name());
    table.row([label].into_iter().chain(figure_cells(variant, figure, unit.factor())));
}
