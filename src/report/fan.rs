//! A number through time, over all futures: the mean and pointwise quantiles at every date.

use super::Variant;
use crate::experiment::{Outcome, Replication};
use crate::legend::OutcomeUnit;
use crate::stats::quantile;

/// The quantiles of a fan with their names.
pub(super) const QUANTILES: [(&str, f64); 5] =
    [("q05", 0.05), ("q25", 0.25), ("q50", 0.5), ("q75", 0.75), ("q95", 0.95)];

/// Mean and quantiles at each date of the series that reports show.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fan {
    pub(super) mean: Vec<f64>,
    /// In the order of [`QUANTILES`].
    pub(super) quantiles: [Vec<f64>; 5],
}

impl Fan {
    /// Whether it is undefined at every date: of something that the variant has not got.
    pub(super) fn is_undefined(&self) -> bool {
        self.mean.iter().all(|mean| mean.is_nan())
    }
}

/// One row of the series: what it is of, and its fan.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'a> {
    /// `stages`, `places`, `exits`, `pending`, `levels`.
    pub(super) kind: &'static str,
    /// Name of the stage, place or exit; none for the whole.
    pub(super) name: Option<&'a str>,
    /// `waiting`, `completed`, `persons`, `cases`.
    pub(super) measure: &'static str,
    pub(super) fan: Fan,
}

/// All series of a variant: waiting and completed by stage, persons by place, departures by exit,
/// pending cases, and the levels that a record has figures of.
///
/// Flows (completed, departures) are sums since the date before in the series.
pub(super) fn rows<'a>(variant: &Variant<'a>) -> Vec<Row<'a>> {
    rows_with(variant, true)
}

/// The same without flows: what is drawn.
pub(super) fn levels<'a>(variant: &Variant<'a>) -> Vec<Row<'a>> {
    rows_with(variant, false)
}

fn rows_with<'a>(variant: &Variant<'a>, flows: bool) -> Vec<Row<'a>> {
    let (legend, series) =
        (variant.legend, Series { outcome: variant.outcome, dates: &variant.legend.series });
    let mut rows = Vec::new();
    for (index, stage) in legend.stages.iter().enumerate() {
        let name = Some(stage.name.name.as_str());
        let waiting = series.levels(|replication| replication.series.waiting.get(index));
        rows.push(Row { kind: "stages", name, measure: "waiting", fan: waiting });
        if flows {
            let completed = series.flows(|replication| replication.series.completed.get(index));
            rows.push(Row { kind: "stages", name, measure: "completed", fan: completed });
        }
    }
    for (index, place) in legend.places.iter().enumerate() {
        let fan = series.levels(|replication| replication.series.place_persons.get(index));
        rows.push(Row { kind: "places", name: Some(&place.name.name), measure: "persons", fan });
    }
    for (index, exit) in legend.exits.iter().enumerate().filter(|_| flows) {
        let fan = series.flows(|replication| replication.series.departed.get(index));
        rows.push(Row { kind: "exits", name: Some(&exit.name.name), measure: "cases", fan });
    }
    let fan = series.levels(|replication| Some(&replication.series.pending));
    rows.push(Row { kind: "pending", name: None, measure: "cases", fan });
    for (index, level) in legend.levels.iter().enumerate() {
        let measure = if level.unit == OutcomeUnit::Persons { "persons" } else { "cases" };
        let fan = series.sums(|replication| replication.series.shown.get(index));
        rows.push(Row { kind: "levels", name: Some(&level.name.name), measure, fan });
    }
    rows
}

/// The dates to look at, and where.
#[derive(Clone, Copy)]
struct Series<'a> {
    outcome: &'a Outcome,
    dates: &'a [usize],
}

impl<'a> Series<'a> {
    /// The fan of a number that stands at each date.
    fn levels(self, row: impl Fn(&'a Replication) -> Option<&'a Vec<u32>>) -> Fan {
        self.fan(|replication, place| {
            row(replication)
                .and_then(|row| row.get(self.dates[place]))
                .map_or(f64::NAN, |&level| f64::from(level))
        })
    }

    /// The fan of a sum of levels, which may be undefined.
    fn sums(self, row: impl Fn(&'a Replication) -> Option<&'a Vec<f64>>) -> Fan {
        self.fan(|replication, place| {
            row(replication).and_then(|row| row.get(self.dates[place])).copied().unwrap_or(f64::NAN)
        })
    }

    /// The fan of what happened since the date before.
    fn flows(self, row: impl Fn(&'a Replication) -> Option<&'a Vec<u32>>) -> Fan {
        self.fan(|replication, place| {
            let after = if place == 0 { 0 } else { self.dates[place - 1] + 1 };
            let span = row(replication).and_then(|row| row.get(after..=self.dates[place]));
            span.map_or(f64::NAN, |span| span.iter().map(|&flow| f64::from(flow)).sum())
        })
    }

    fn fan(self, value: impl Fn(&'a Replication, usize) -> f64) -> Fan {
        let mut fan = Fan { mean: Vec::new(), quantiles: Default::default() };
        // Future by future, as the numbers of one lie together, and those of a date in thousands of places.
        let mut by_date = vec![Vec::with_capacity(self.outcome.replications.len()); self.dates.len()];
        for replication in &self.outcome.replications {
            for (place, values) in by_date.iter_mut().enumerate() {
                values.push(value(replication, place));
            }
        }
        for mut values in by_date {
            values.retain(|value| !value.is_nan());
            values.sort_unstable_by(f64::total_cmp);
            fan.mean.push(values.iter().sum::<f64>() / values.len() as f64);
            for (row, (_, p)) in fan.quantiles.iter_mut().zip(QUANTILES) {
                row.push(if values.is_empty() { f64::NAN } else { quantile(&values, p) });
            }
        }
        fan
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_fan_is_taken_over_futures_at_each_date() {
        let now = sample::baseline();
        let variant = now.variant("now");
        let rows = rows(&variant);
        // Futures have 100, 110 and 120 waiting at the first date shown, twice that at the second.
        let fan = &rows[0].fan;
        assert_eq!((rows[0].measure, &fan.mean), ("waiting", &vec![110.0, 220.0]));
        assert_eq!(fan.quantiles[2], [110.0, 220.0]);
        assert_eq!(fan.quantiles[0], [101.0, 202.0]);
    }

    #[test]
    fn flows_add_up_between_the_dates_shown() {
        let now = sample::baseline();
        let variant = now.variant("now");
        // 5 a date; the series shows dates 0 and 2 of three.
        assert_eq!(rows(&variant)[1].fan.mean, [5.0, 10.0]);
    }
}
