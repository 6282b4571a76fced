//! The figures that a report is about.

use super::Variant;
use super::document::Lang;
use super::pairing::counterpart;
use super::path::Path;
use super::say::{Key, Speech};
use super::unit::Unit;
use crate::experiment::{ExitFigure, Figure, PlaceFigure, StationFigure};
use crate::legend::{Better, Legend, Name, OutcomeName, OutcomeUnit, WaitName};

/// A figure that deserves a sentence.
#[derive(Debug, Clone)]
pub(super) struct Headline {
    pub(super) figure: Figure,
    /// Its name in the study; its path where nothing was asked.
    pub(super) key: String,
    /// What is counted.
    pub(super) kind: OutcomeUnit,
    /// What people call it.
    pub(super) label: String,
    pub(super) unit: Unit,
    pub(super) better: Option<Better>,
    /// The waits of those whose turn came that it is, or is made of, by the numbers of its variant.
    pub(super) waits: Vec<WaitName>,
}

/// The outcomes asked for; where there are none, those waiting at the end at each served stage, the
/// persons at each place and the departures by each exit.
pub(super) fn headlines(variant: &Variant) -> Vec<Headline> {
    headlines_in(variant, Lang::En)
}

/// The same, with the names of standard figures in a language.
pub(super) fn headlines_in(variant: &Variant, lang: Lang) -> Vec<Headline> {
    let legend = variant.legend;
    if legend.outcomes.is_empty() { standard(legend, Speech { lang }) } else { outcomes(legend) }
}

impl Headline {
    /// The same in another variant than that whose it is; `None` where it has none of that name.
    pub(super) fn in_variant(&self, variant: &Variant, own: &Variant) -> Option<Self> {
        let figure = counterpart(variant, own, self.figure)?;
        let waits = match figure {
            Figure::Measure(index) => variant.legend.outcomes.get(index).map(|outcome| outcome.waits.clone()),
            _ => None,
        };
        Some(Self { figure, waits: waits.unwrap_or_default(), ..self.clone() })
    }
}

fn outcomes(legend: &Legend) -> Vec<Headline> {
    let headline = |(index, outcome): (usize, &OutcomeName)| Headline {
        figure: Figure::Measure(index),
        key: outcome.name.name.clone(),
        kind: outcome.unit,
        label: titled(&outcome.name.name, &outcome.name.label),
        unit: Unit::of(outcome.unit, legend),
        better: outcome.better,
        waits: outcome.waits.clone(),
    };
    legend.outcomes.iter().enumerate().map(headline).collect()
}

fn standard(legend: &Legend, t: Speech) -> Vec<Headline> {
    let named = |key, name: &Name| t.fill(key, &[("label", &name.label)]);
    let plain = |figure, label: String, kind| {
        let unit = Unit::of(kind, legend);
        let key = Path::of(figure, legend).map_or_else(String::new, |path| path.0.join("."));
        Headline { figure, key, kind, label, unit, better: None, waits: Vec::new() }
    };
    let stages = legend.stages.iter().enumerate().filter(|(_, stage)| stage.served).map(|(index, stage)| {
        let figure = Figure::Station(index as u16, StationFigure::WaitingAtEnd);
        plain(figure, named(Key::HeadlineWaiting, &stage.name), OutcomeUnit::Cases)
    });
    let places = legend.places.iter().enumerate().map(|(index, place)| {
        let figure = Figure::Place(index as u16, PlaceFigure::PersonsAtEnd);
        plain(figure, named(Key::HeadlinePersons, &place.name), OutcomeUnit::Persons)
    });
    let exits = legend.exits.iter().enumerate().map(|(index, exit)| {
        let figure = Figure::Exit(index as u16, ExitFigure::Cases);
        plain(figure, named(Key::HeadlineOut, &exit.name), OutcomeUnit::Cases)
    });
    stages.chain(places).chain(exits).collect()
}

/// A name with its label, once where the two are one.
fn titled(name: &str, label: &str) -> String {
    if name == label { name.to_owned() } else { format!("{name}: {label}") }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn outcomes_come_before_anything_else() {
        let mut now = sample::baseline();
        let labels = |sample: &sample::Sample| -> Vec<String> {
            headlines(&sample.variant("now")).into_iter().map(|headline| headline.label).collect()
        };
        assert_eq!(labels(&now), ["end: waiting at the end", "decided"]);
        now.legend.outcomes.clear();
        let plain = ["front desk: waiting at end", "Ciudad Juárez: persons there at end", "done: cases out"];
        assert_eq!(labels(&now), plain);
        let spanish = headlines_in(&now.variant("now"), Lang::Es);
        assert_eq!(spanish[0].label, "front desk: en espera al final");
    }
}
