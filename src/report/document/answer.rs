//! The headline figures, and what each policy changes in them.

use super::super::Variant as View;
use super::super::best;
use super::super::headline::{Headline as Asked, headlines, headlines_in};
use super::super::pairing::{Paired, counterpart, paired};
use super::Background;
use super::number::{Spread, Unit, defined};
use super::still::Still;
use super::words::{Lang, Words};
use crate::legend::Better;
use crate::report::quantiles::{quantile_gaps, resamples};
use crate::report::still::shorter_but;
use crate::stats::{QuantileDifference, Resamples};
use serde::{Deserialize, Serialize};

/// The figures that the report is about.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answer {
    /// The outcomes asked for, or the standard figures where nothing was asked.
    pub headlines: Vec<Headline>,
}

/// A headline figure in all variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Headline {
    /// Its name in the study, or its path.
    pub key: String,
    /// What it is.
    pub label: Words,
    /// What it counts.
    pub unit: Unit,
    /// `lower` or `higher`, where the study says which is better.
    pub better: Option<String>,
    /// Where it is a wait of those whose turn came: those who still wait.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still: Vec<Still>,
    /// For each variant.
    pub values: Vec<Option<Spread>>,
    /// For each variant, what it changes against the baseline; absent for the baseline itself.
    pub gaps: Vec<Option<Gap>>,
    /// For each variant, the share of futures in which it is the best, ties counted in parts; empty where the
    /// study does not say what is better.
    pub best: Vec<Option<f64>>,
    /// For each variant, whether it could be the best on average (subset selection); empty where nobody asked.
    pub candidates: Vec<bool>,
}

/// A paired difference, variant − baseline in the same future.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Gap {
    /// The difference with its two intervals.
    pub spread: Spread,
    /// Share of futures in which the variant is below the baseline.
    pub below: f64,
    /// Share of futures in which it is above.
    pub above: f64,
    /// How many times more futures unpaired variants would need; absent where the difference does not vary.
    pub gain: Option<f64>,
    /// What can be said of it.
    pub verdict: Verdict,
    /// Whether it is a shorter wait while more wait at the end, or as many for longer.
    #[serde(default, skip_serializing_if = "is_no")]
    pub for_some: bool,
    /// How far the quantiles of the futures move: at 10, 50 and 90 %.
    pub quantiles: Vec<QuantileGap>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
const fn is_no(flag: &bool) -> bool {
    !*flag
}

/// A quantile of the futures of a variant less that of the baseline: not the quantile of the differences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct QuantileGap {
    /// Which one, 0 to 1.
    pub p: f64,
    /// The difference.
    pub difference: f64,
    /// Its interval from chance in the simulation (bootstrap of pairs); absent where there are too few futures.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

/// What can be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing, in every future.
    Same,
    /// One future cannot tell it from chance.
    OneFuture,
    /// It cannot be told from chance in the simulation.
    Unclear,
    /// The same difference in every future.
    Constant,
    /// Its sign is clear.
    Clear,
}

impl Verdict {
    fn of(found: &Paired) -> Self {
        if found.is_nothing() {
            Self::Same
        } else if found.pairs < 2 {
            Self::OneFuture
        } else if !found.is_clear() {
            Self::Unclear
        } else if found.is_constant() {
            Self::Constant
        } else {
            Self::Clear
        }
    }
}

impl Answer {
    pub(super) fn of(views: &[View<'_>], background: &Background) -> Self {
        let asked = headlines(&views[0]);
        let legend = background.in_spanish(views[0].legend);
        let spanish = headlines_in(&View { legend: &legend, ..views[0] }, Lang::Es);
        let both = asked.iter().zip(spanish);
        let resamples = resamples(&views[0]);
        let headline = |(asked, spanish): (&Asked, Asked)| {
            let label = Words::both(&asked.label, spanish.label);
            Headline::of(asked, label, (views, &resamples), background)
        };
        Self { headlines: both.map(headline).collect() }
    }
}

impl Headline {
    fn of(
        asked: &Asked,
        standard: Words,
        (views, resamples): (&[View<'_>], &Resamples),
        background: &Background,
    ) -> Self {
        let (baseline, key) = (&views[0], asked.key.clone());
        let own = |view: &View<'_>| counterpart(view, baseline, asked.figure);
        let better = asked.better.map(|better| if better == Better::Lower { "lower" } else { "higher" });
        let label = background.labels.get(&format!("outcome.{key}")).cloned();
        Self {
            label: label.unwrap_or(standard),
            key,
            unit: Unit::of(asked.kind, baseline.legend),
            better: better.map(str::to_owned),
            still: Still::all(views, asked, background),
            values: views.iter().map(|view| Spread::of_figure(view, own(view)?)).collect(),
            gaps: views.iter().skip(1).map(|view| Gap::of(view, baseline, asked, resamples)).collect(),
            best: asked.better.map_or_else(Vec::new, |better| best::best(views, asked.figure, better)),
            candidates: asked
                .better
                .map_or_else(Vec::new, |better| best::candidates(views, asked.figure, better)),
        }
        .with_baseline()
    }

    /// The baseline does not differ from itself.
    fn with_baseline(mut self) -> Self {
        self.gaps.insert(0, None);
        self
    }
}

impl Gap {
    fn of(view: &View<'_>, baseline: &View<'_>, asked: &Asked, resamples: &Resamples) -> Option<Self> {
        let own = asked.in_variant(view, baseline)?;
        let figure = own.figure;
        let found = paired(view, baseline, figure)?;
        let (ours, theirs) = (view.values(figure), baseline.values(counterpart(baseline, view, figure)?));
        let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
        let above = differences.iter().filter(|difference| **difference > 0.0).count();
        Some(Self {
            spread: Spread::of(&differences, baseline.outcome.per_cluster, baseline.outcome.level)?,
            below: found.difference.share_below_zero,
            above: above as f64 / found.pairs as f64,
            gain: defined(found.difference.gain),
            verdict: Verdict::of(&found),
            for_some: shorter_but(view, baseline, &own).is_some(),
            quantiles: quantile_gaps(resamples, &ours, &theirs, baseline.outcome.level)
                .into_iter()
                .map(QuantileGap::of)
                .collect(),
        })
    }
}

impl QuantileGap {
    fn of(found: QuantileDifference) -> Self {
        Self { p: found.p, difference: found.difference, low: defined(found.low), high: defined(found.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    #[test]
    fn a_tie_is_shared_between_the_best() {
        let now = sample::with_outcome(4, |number| number as f64);
        let lower = sample::with_outcome(4, |number| [0.0, 0.0, 3.0, 1.0][number]);
        let views = [now.variant("now"), lower.variant("lower")];
        let answer = Answer::of(&views, &Background::default());
        let headline = &answer.headlines[0];
        assert_eq!((headline.key.as_str(), headline.better.as_deref()), ("end", Some("lower")));
        // Futures: tie, lower, now, lower.
        assert_eq!(headline.best, [Some(1.5 / 4.0), Some(2.5 / 4.0)]);
        let gap = headline.gaps[1].as_ref().unwrap();
        assert_eq!((gap.below, gap.above, gap.spread.mean), (0.5, 0.25, -0.5));
        assert_eq!(headline.gaps[0], None);
    }
}
