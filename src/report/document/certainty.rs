//! How sure the numbers are: chance in the simulation, chance in the world, and unknown inputs.

use super::super::Variant as View;
use super::super::certainty::{Inputs, differences, input_share};
use super::super::headline::headlines;
use super::super::pairing::counterpart;
use serde::{Deserialize, Serialize};

/// What the spread of the headline figures is made of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Certainty {
    /// Futures that were simulated.
    pub futures: usize,
    /// Futures for each draw of the inputs; one where inputs keep their central values.
    pub per_draw: usize,
    /// How much of the spread is unknown inputs, by headline figure and variant.
    pub shares: Vec<Share>,
    /// The inputs that drive a headline figure, the strongest first.
    pub drivers: Vec<Driver>,
}

/// How much of the variance of a headline figure comes from inputs that are not known exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Share {
    /// Key of the headline figure.
    pub headline: String,
    /// Number of the variant; its difference from the baseline where `of_difference`.
    pub variant: usize,
    /// Whether it is the difference from the baseline that is looked at.
    pub of_difference: bool,
    /// Share of the variance that unknown inputs make, 0 to 1; the rest is chance.
    pub inputs: f64,
    /// Interval of that share at the level of the report, where it is known.
    pub interval: Option<(f64, f64)>,
}

/// An input that drives a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Driver {
    /// Key of the headline figure.
    pub headline: String,
    /// Number of the variant.
    pub variant: usize,
    /// Whether it is the difference from the baseline that is looked at.
    pub of_difference: bool,
    /// Name or path of the input.
    pub input: String,
    /// First-order share of the variance, estimated by ranks.
    pub share: f64,
    /// Its interval, where it is known.
    pub interval: Option<(f64, f64)>,
    /// Partial rank correlation: sign and strength, −1 to 1.
    pub correlation: Option<f64>,
}

impl Certainty {
    pub(super) fn of(views: &[View<'_>]) -> Self {
        let outcome = views[0].outcome;
        Self {
            futures: outcome.replications.len(),
            per_draw: outcome.per_cluster,
            shares: Vec::new(),
            drivers: Vec::new(),
        }
        .with_causes(views)
    }

    /// What makes the spread of each headline figure, in every variant and of every difference.
    fn with_causes(mut self, views: &[View<'_>]) -> Self {
        let baseline = &views[0];
        let inputs: Vec<Option<Inputs>> = views.iter().map(Inputs::of).collect();
        for asked in headlines(baseline) {
            let before = baseline.values(asked.figure);
            for (variant, view) in views.iter().enumerate() {
                let Some(own) = counterpart(view, baseline, asked.figure) else { continue };
                let values = view.values(own);
                let about = About { headline: &asked.key, variant, of_difference: false };
                self.add(about, (view, inputs[variant].as_ref()), &values);
                if variant > 0 {
                    let about = About { of_difference: true, ..about };
                    self.add(about, (view, inputs[variant].as_ref()), &differences(&values, &before));
                }
            }
        }
        self
    }

    fn add(&mut self, about: About<'_>, (view, inputs): (&View<'_>, Option<&Inputs>), values: &[f64]) {
        let Some(found) = input_share(view, values) else { return };
        let level = view.outcome.level;
        self.shares.push(Share {
            headline: about.headline.to_owned(),
            variant: about.variant,
            of_difference: about.of_difference,
            inputs: found.share,
            interval: Some(found.interval),
        });
        let drivers = inputs.map_or_else(Vec::new, |inputs| inputs.drivers(values));
        self.drivers.extend(drivers.into_iter().map(|driving| Driver {
            headline: about.headline.to_owned(),
            variant: about.variant,
            of_difference: about.of_difference,
            input: view.legend.inputs[driving.input].name.clone(),
            share: driving.index.share,
            interval: Some(driving.index.interval(level)),
            correlation: driving.correlation,
        }));
    }
}

/// Which figure of which variant is looked at.
#[derive(Clone, Copy)]
struct About<'a> {
    headline: &'a str,
    variant: usize,
    of_difference: bool,
}
