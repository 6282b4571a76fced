//! Money, persons over shelter capacity, legal time limits.

use super::super::Variant as View;
use super::super::pairing::counterpart;
use super::super::path::Path;
use super::Background;
use super::number::{Row, Spread, Unit};
use super::words::{Name, Words};
use crate::experiment::{Figure, PlaceFigure};
use crate::legend::{OutcomeUnit, PlaceName};
use serde::{Deserialize, Serialize};

/// Money and burden.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Burden {
    /// Cost items.
    pub costs: Vec<Row>,
    /// Places where people wait.
    pub places: Vec<Place>,
    /// Share in time of each clock.
    pub clocks: Vec<Row>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Place {
    /// The place.
    pub place: Name,
    /// Persons it can shelter, where the file says so.
    pub capacity: Option<f64>,
    /// Average, peak and end.
    pub rows: Vec<Row>,
    /// For each variant, the share of futures whose peak is over the capacity.
    pub over: Vec<Option<f64>>,
}

impl Burden {
    pub(super) fn of(views: &[View<'_>], background: &Background) -> Self {
        let legend = views[0].legend;
        let cost = |(item, cost): (usize, &crate::legend::Name)| {
            let unit = Unit::of(OutcomeUnit::Money, legend);
            row(
                views,
                Figure::Cost(item),
                named(&format!("cost.{}", cost.name), &cost.label, background),
                unit,
            )
        };
        let clock = |(index, clock): (usize, &crate::legend::Name)| {
            let label = named(&format!("clock.{}", clock.name), &clock.label, background);
            row(views, Figure::Clock(index as u16), label, Unit::Share)
        };
        Self {
            costs: legend.costs.iter().enumerate().map(cost).collect(),
            places: (0..legend.places.len()).map(|index| Place::of(index, views, background)).collect(),
            clocks: legend.clocks.iter().enumerate().map(clock).collect(),
        }
    }
}

/// What the files call a thing, or its label.
pub(super) fn named(path: &str, label: &str, background: &Background) -> Words {
    background.labels.get(path).cloned().unwrap_or_else(|| label.into())
}

/// A figure of the baseline in all variants.
pub(super) fn row(views: &[View<'_>], figure: Figure, label: Words, unit: Unit) -> Row {
    let key = Path::of(figure, views[0].legend).map_or_else(String::new, |path| path.0.join("."));
    let value = |view: &View<'_>| Spread::of_figure(view, counterpart(view, &views[0], figure)?);
    Row { key, label, unit, values: views.iter().map(value).collect() }
}

impl Place {
    fn of(index: usize, views: &[View<'_>], background: &Background) -> Self {
        let known = &views[0].legend.places[index];
        let figure = |figure| Figure::Place(index as u16, figure);
        let rows = [
            (PlaceFigure::PersonsAverage, Words::both("there on average", "en promedio")),
            (PlaceFigure::PersonsPeak, Words::both("there at the peak", "en el máximo")),
            (PlaceFigure::PersonsAtEnd, Words::both("there at the end", "al final")),
        ];
        let beyond_on_average = known.capacity.map(|_| {
            let label = Words::both("beyond the capacity on average", "por encima del cupo en promedio");
            row(views, figure(PlaceFigure::BeyondCapacity), label, Unit::Persons)
        });
        Self {
            place: Name {
                key: known.name.name.clone(),
                label: named(&format!("place.{}", known.name.name), &known.name.label, background),
            },
            capacity: known.capacity,
            rows: rows
                .into_iter()
                .map(|(of, label)| row(views, figure(of), label, Unit::Persons))
                .chain(beyond_on_average)
                .chain(beyond(known, views, figure(PlaceFigure::PersonsPeak)))
                .collect(),
            over: views.iter().map(|view| over(view, &views[0], figure(PlaceFigure::PersonsPeak))).collect(),
        }
    }
}

/// How many persons more than its capacity are at a place at the worst moment; none where it has no capacity.
fn beyond(place: &PlaceName, views: &[View<'_>], peak: Figure) -> Option<Row> {
    place.capacity?;
    let value = |view: &View<'_>| {
        let (capacity, peaks) = held(view, &views[0], peak)?;
        let beyond: Vec<f64> = peaks.iter().map(|peak| (peak - capacity).max(0.0)).collect();
        Spread::of(&beyond, view.outcome.per_cluster, view.outcome.level)
    };
    Some(Row {
        key: format!("places.{}.persons.peak-beyond-capacity", place.name.name),
        label: Words::both("most persons beyond the capacity", "máximo de personas por encima del cupo"),
        unit: Unit::Persons,
        values: views.iter().map(value).collect(),
    })
}

/// The capacity that a place has in a variant, and its peak in every future.
fn held(view: &View<'_>, baseline: &View<'_>, peak: Figure) -> Option<(f64, Vec<f64>)> {
    let own = counterpart(view, baseline, peak)?;
    let Figure::Place(index, _) = own else { return None };
    Some((view.legend.places.get(usize::from(index))?.capacity?, view.values(own)))
}

/// The share of futures whose peak is over the capacity that the variant has.
fn over(view: &View<'_>, baseline: &View<'_>, peak: Figure) -> Option<f64> {
    let (capacity, peaks) = held(view, baseline, peak)?;
    let over = peaks.iter().filter(|&&peak| peak > capacity).count();
    (!peaks.is_empty()).then(|| over as f64 / peaks.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    #[test]
    fn a_place_is_held_against_its_capacity() {
        let mut now = sample::baseline();
        let peak = Figure::Place(0, PlaceFigure::PersonsPeak);
        now.set(peak, |number| [2499.0, 2500.0, 2501.0][number]);
        let burden = Burden::of(&[now.variant("now")], &Background::default());
        assert_eq!(burden.places[0].over, [Some(1.0 / 3.0)]);
        assert_eq!(burden.places[0].rows[1].key, "places.ciudad-juarez.persons.peak");
        // 0, 0 and 1 beyond it.
        assert_eq!(burden.places[0].rows[3].key, "places.ciudad-juarez.persons.beyond-capacity");
        assert_eq!(burden.places[0].rows[4].values[0].unwrap().mean, 0.333);
        assert_eq!(burden.costs[0].values[0].unwrap().mean, 1010.0);
        assert_eq!(burden.clocks[0].unit, Unit::Share);
    }
}
