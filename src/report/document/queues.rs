//! Levels through time, by stage and place.

use super::super::Variant as View;
use super::super::fan::{Row, levels};
use super::Background;
use super::number::{Series, Unit};
use super::words::Words;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

/// What is drawn through time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Queues {
    /// The dates, as 2019-07-01.
    pub dates: Vec<String>,
    /// A chart for each thing; the whole first.
    pub charts: Vec<Chart>,
}

/// One thing through time in all variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Chart {
    /// Its path, such as `stages.desk.waiting`.
    pub key: String,
    /// Kind of thing.
    pub subject: Subject,
    /// What the thing is called.
    pub label: Words,
    /// What is counted.
    pub unit: Unit,
    /// Persons that a place can shelter.
    pub capacity: Option<f64>,
    /// For each variant; absent where the variant has no such thing.
    pub series: Vec<Option<Series>>,
    /// Figures that were published of the same thing.
    pub published: Vec<Published>,
}

/// Kinds of thing that are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// All open cases.
    Pending,
    /// Several stages together, or persons in line: what a record has published figures of.
    Level,
    /// Cases waiting at a stage.
    Waiting,
    /// Persons at a place.
    Place,
}

/// A published figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Published {
    /// Its date.
    pub date: String,
    /// The figure.
    pub value: f64,
    /// What it is.
    pub label: Words,
    /// Id of its source.
    pub source: Option<String>,
}

impl Queues {
    pub(super) fn of(views: &[View<'_>], background: &Background) -> Self {
        let legend = views[0].legend;
        let dates = legend.series.iter().filter_map(|&date| legend.dates.get(date));
        let rows: Vec<Vec<Row<'_>>> = views.par_iter().map(levels).collect();
        let mut charts: Vec<Chart> = Vec::new();
        for (number, view) in rows.iter().enumerate() {
            for row in view.iter().filter(|row| !row.fan.is_undefined()) {
                let key = key(row);
                let place = charts.iter().position(|chart| chart.key == key).unwrap_or_else(|| {
                    charts.push(Chart::new(row, key, &views[number], views.len(), background));
                    charts.len() - 1
                });
                charts[place].series[number] = Some(Series::of(&row.fan));
            }
        }
        charts.sort_by_key(|chart| chart.subject as u8);
        charts.retain(|chart| !chart.is_empty());
        Self { dates: dates.map(ToString::to_string).collect(), charts }
    }
}

/// `stages.desk.waiting`, `pending.cases`.
fn key(row: &Row<'_>) -> String {
    [Some(row.kind), row.name, Some(row.measure)].into_iter().flatten().collect::<Vec<_>>().join(".")
}

impl Chart {
    fn new(row: &Row<'_>, key: String, view: &View<'_>, variants: usize, background: &Background) -> Self {
        let subject = match (row.kind, row.measure) {
            ("stages", _) => Subject::Waiting,
            ("places", _) => Subject::Place,
            ("levels", _) => Subject::Level,
            _ => Subject::Pending,
        };
        let name = row.name.unwrap_or_default();
        let place = view.legend.places.iter().find(|place| place.name.name == name);
        let published = background.published.iter().filter(|(of, _)| *of == key);
        Self {
            published: published.map(|(_, published)| published.clone()).collect(),
            label: label(row, view, background),
            unit: if row.measure == "persons" { Unit::Persons } else { Unit::Cases },
            capacity: place.filter(|_| subject == Subject::Place).and_then(|place| place.capacity),
            series: vec![None; variants],
            subject,
            key,
        }
    }

    /// Whether there is never anything to see: a pure delay has no line, and some exits are never taken.
    fn is_empty(&self) -> bool {
        let nothing = |series: &Series| {
            series.q95.iter().chain(&series.mean).all(|value| value.is_none_or(|value| value <= 0.0))
        };
        self.published.is_empty() && self.series.iter().flatten().all(nothing)
    }
}

/// What the file calls the thing, in its languages.
fn label(row: &Row<'_>, view: &View<'_>, background: &Background) -> Words {
    let Some(name) = row.name else {
        return Words::both("All open cases", "Todos los casos abiertos");
    };
    let legend = view.legend;
    let (group, known) = match row.kind {
        "stages" => ("stage", legend.stages.iter().map(|stage| &stage.name).find(|stage| stage.name == name)),
        "places" => ("place", legend.places.iter().map(|place| &place.name).find(|place| place.name == name)),
        "levels" => ("level", legend.levels.iter().map(|level| &level.name).find(|level| level.name == name)),
        _ => ("exit", legend.exits.iter().map(|exit| &exit.name).find(|exit| exit.name == name)),
    };
    let given = background.labels.get(&format!("{group}.{name}")).cloned();
    given.unwrap_or_else(|| known.map_or(name, |known| known.label.as_str()).into())
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    #[test]
    fn a_stage_that_one_variant_lacks_has_no_series_there() {
        let (now, more) = (sample::baseline(), sample::with_inserted_stage());
        let queues = Queues::of(&[now.variant("now"), more.variant("more")], &Background::default());
        assert_eq!(queues.dates, ["2019-07-01", "2019-08-01"]);
        let keys: Vec<&str> = queues.charts.iter().map(|chart| chart.key.as_str()).collect();
        assert_eq!(keys[..3], ["pending.cases", "stages.desk.waiting", "stages.screening.waiting"]);
        let screening = &queues.charts[2];
        assert!(screening.series[0].is_none() && screening.series[1].is_some());
        let place = queues.charts.iter().find(|chart| chart.subject == Subject::Place).unwrap();
        assert_eq!((place.capacity, &place.unit), (Some(2500.0), &Unit::Persons));
    }
}
