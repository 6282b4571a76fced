//! What a reader must know before trusting a result, with advice. A caution never changes the exit code.

use super::Variant;
use super::document::Lang;
use super::headline::{Headline, headlines_in};
use super::pairing::paired;
use super::say::Speech;
use super::still::{self, LeftOut};
use crate::experiment::{Figure, FluidLevel, StationFigure};
use crate::legend::ResponseName;
use crate::stats::Estimate;
use std::fmt;

/// A half-width beyond this share of the mean is called wide.
const WIDE: f64 = 0.05;
/// A gap to the fluid beyond this share is called wide (`statistics.md` §11, identity 5).
const WIDE_GAP: f64 = 0.05;
/// From this utilization on, a stage has no time to catch up.
const BUSY: f64 = 0.99;
/// Growth of a waiting line over the series beyond which it is called lasting.
const GROWTH: f64 = 1.2;
/// Least factor by which pairing should lower the variance of a difference.
const LEAST_GAIN: f64 = 1.2;

/// A warning that belongs to a result.
#[derive(Debug, Clone, PartialEq)]
pub enum Caution {
    /// The Monte Carlo error of a headline figure is more than 5 % of its mean, or unknown.
    FewReplications {
        /// The headline figure with the largest relative error.
        figure: String,
        /// Its half-width ÷ its mean; NaN where one future leaves the error unknown.
        relative: f64,
        /// Replications that would bring the error to 5 %.
        needed: u64,
    },
    /// A stage is busy all the time and its line grows.
    Overload {
        /// Label of the stage.
        stage: String,
        /// Its mean utilization.
        utilization: f64,
        /// Mean number waiting at the first date of the series \[cases\].
        first: f64,
        /// Mean number waiting at the end \[cases\].
        last: f64,
    },
    /// A long line of the simulation is not that of the network as a fluid.
    FluidGap {
        /// Label of the stage.
        stage: String,
        /// Simulated mean number waiting at the end \[cases\].
        simulated: f64,
        /// The same in the fluid \[cases\].
        fluid: f64,
    },
    /// What answers to a signal feeds itself by it.
    Feedback {
        /// What answers to what.
        response: String,
        /// Gain of the loop.
        gain: f64,
    },
    /// Inputs without a source.
    Unsourced {
        /// How many.
        inputs: usize,
    },
    /// Common random numbers lowered the variance of a difference too little.
    PairingDidNotHelp {
        /// The figure.
        figure: String,
        /// Variance of the difference if the two were independent ÷ its variance.
        gain: f64,
    },
    /// A wait of those whose turn came, beside many who still wait and have waited longer already.
    WaitLeavesOut {
        /// The headline figure.
        figure: String,
        /// Label of the stage.
        stage: String,
        /// Whom it leaves out.
        found: LeftOut,
    },
    /// The same of waits of stages that nobody asked for: the worst of them.
    StageWaitsLeaveOut {
        /// What the wait is called.
        figure: String,
        /// Label of the stage.
        stage: String,
        /// Whom it leaves out.
        found: LeftOut,
        /// At how many other stages it is likewise.
        others: usize,
    },
    /// A wait is shorter than in the baseline while more wait at the end, or as many for longer.
    ShorterWaitLongerLine {
        /// The headline figure.
        figure: String,
        /// Label of the stage.
        stage: String,
        /// Name of the baseline.
        baseline: String,
        /// Mean number waiting at the end, and in the baseline \[cases\].
        waiting: [f64; 2],
        /// How long those have waited so far on average, and in the baseline \[days\].
        so_far: [f64; 2],
    },
    /// A headline figure that some futures do not have.
    Undefined {
        /// The figure.
        figure: String,
        /// Futures without it.
        without: usize,
        /// All futures.
        of: usize,
    },
    /// The run was stopped before it was done.
    Interrupted {
        /// Replications that were finished.
        replications: usize,
    },
    /// The largest number of replications was made before the precision asked for was reached.
    PrecisionNotReached {
        /// Replications that were made.
        replications: usize,
    },
}

impl Caution {
    /// The word for it in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::FewReplications { .. } => "few-replications",
            Self::Overload { .. } => "overload",
            Self::FluidGap { .. } => "fluid-gap",
            Self::Feedback { .. } => "loop-gain",
            Self::Unsourced { .. } => "unsourced-inputs",
            Self::PairingDidNotHelp { .. } => "pairing-did-not-help",
            Self::WaitLeavesOut { .. } | Self::StageWaitsLeaveOut { .. } => "wait-leaves-out",
            Self::ShorterWaitLongerLine { .. } => "shorter-wait-longer-line",
            Self::Undefined { .. } => "undefined-figure",
            Self::Interrupted { .. } => "interrupted",
            Self::PrecisionNotReached { .. } => "precision-not-reached",
        }
    }

    /// What to do about it.
    pub fn advice(&self) -> String {
        Speech::ENGLISH.advice(self)
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Speech::ENGLISH.caution(self))
    }
}

/// `1 future`, `2 futures`.
pub(super) fn futures(number: usize) -> String {
    Speech::ENGLISH.futures(number)
}

/// The cautions of one variant alone.
pub fn cautions(variant: &Variant) -> Vec<Caution> {
    cautions_in(variant, Lang::En)
}

/// The same, with the names of standard figures in a language.
pub(super) fn cautions_in(variant: &Variant, lang: Lang) -> Vec<Caution> {
    let replications = variant.outcome.replications.len();
    let mut all = Vec::new();
    if variant.outcome.interrupted {
        all.push(Caution::Interrupted { replications });
    }
    if variant.outcome.precision == Some(false) {
        all.push(Caution::PrecisionNotReached { replications });
    }
    all.extend(few_replications(variant, lang));
    all.extend(headlines_in(variant, lang).into_iter().filter_map(|headline| undefined(variant, headline)));
    all.extend(still::misleading(variant, lang));
    all.extend((0..variant.legend.stages.len()).filter_map(|stage| overload(variant, stage)));
    all.extend(variant.outcome.fluid.iter().filter_map(|level| fluid_gap(variant, level)));
    all.extend(variant.legend.responses.iter().filter_map(feedback));
    if variant.unsourced > 0 {
        all.push(Caution::Unsourced { inputs: variant.unsourced });
    }
    all
}

/// The cautions of a difference: waits that are shorter for some only, and headline figures for which pairing gained too little.
pub fn pairing_cautions(variant: &Variant, baseline: &Variant) -> Vec<Caution> {
    pairing_cautions_in(variant, baseline, Lang::En)
}

/// The same, with the names of standard figures in a language.
pub(super) fn pairing_cautions_in(variant: &Variant, baseline: &Variant, lang: Lang) -> Vec<Caution> {
    let weak = |headline: Headline| {
        let gain = paired(variant, baseline, headline.figure)?.difference.gain;
        (gain < LEAST_GAIN).then_some(Caution::PairingDidNotHelp { figure: headline.label, gain })
    };
    let hidden = still::shorter_for_some(variant, baseline, lang).into_iter();
    hidden.chain(headlines_in(variant, lang).into_iter().filter_map(weak)).collect()
}

/// A long line that is further from the fluid than the bound, by more than the error of the simulated mean.
fn fluid_gap(variant: &Variant, level: &FluidLevel) -> Option<Caution> {
    let error = if level.half_width.is_nan() { 0.0 } else { level.half_width };
    let apart = (level.simulated - level.fluid).abs() - error > WIDE_GAP * level.fluid;
    let stage = variant.legend.stages.get(usize::from(level.station))?;
    (level.is_long() && apart).then(|| Caution::FluidGap {
        stage: stage.name.label.clone(),
        simulated: level.simulated,
        fluid: level.fluid,
    })
}

/// The headline figure with the largest error relative to its mean, if that is wide.
fn few_replications(variant: &Variant, lang: Lang) -> Option<Caution> {
    let wide = |headline: Headline| {
        let estimate = variant.estimate(headline.figure)?;
        let narrow = estimate.half_width <= WIDE * estimate.mean.abs();
        (!narrow).then_some((headline.label, estimate))
    };
    let relative = |estimate: &Estimate| estimate.half_width / estimate.mean.abs();
    // NaN comes last in the total order: an unknown error is the widest.
    let widest = headlines_in(variant, lang)
        .into_iter()
        .filter_map(wide)
        .max_by(|(_, a), (_, b)| relative(a).total_cmp(&relative(b)));
    widest.map(|(figure, estimate)| Caution::FewReplications {
        figure,
        relative: relative(&estimate),
        needed: needed(variant, &estimate),
    })
}

/// Replications after which the error would be small: it falls with the root of their number, and with the t of
/// its interval, which comes down to that of the normal law.
fn needed(variant: &Variant, estimate: &Estimate) -> u64 {
    const MANY: f64 = 1e9;
    // From here on the t is that of the normal law, to the digits of the advice.
    const NORMAL: f64 = 100.0;
    let outcome = variant.outcome;
    let (made, per_cluster) = (outcome.replications.len() as f64, outcome.per_cluster.max(1) as f64);
    let freedom = |replications: f64| (replications / per_cluster).ceil() - 1.0;
    // What the interval has to shrink by if its t is that of so many degrees of freedom.
    let times = |other: f64| {
        let t_ratio = estimate.standard_error(freedom(made)) / estimate.standard_error(other);
        estimate.half_width * t_ratio / estimate.mean.abs() / WIDE
    };
    let mut exact = made * times(MANY) * times(MANY);
    while exact < NORMAL && times(freedom(exact.ceil())) > libm::sqrt(exact.ceil() / made) {
        exact = exact.ceil() + 1.0;
    }
    // Two digits are enough for advice.
    let unit = if exact < 100.0 { 1.0 } else { libm::exp10(libm::log10(exact).floor() - 1.0).round() };
    // Never fewer than there are: the error was found too large with those.
    (((exact / unit).ceil() * unit) as u64).max(outcome.replications.len() as u64 + 1)
}

/// A headline figure that is undefined in some futures; one that the network does not have is not asked for.
fn undefined(variant: &Variant, headline: Headline) -> Option<Caution> {
    let values = variant.values(headline.figure);
    let without = values.iter().filter(|value| value.is_nan()).count();
    (without > 0).then_some(Caution::Undefined { figure: headline.label, without, of: values.len() })
}

fn overload(variant: &Variant, stage: usize) -> Option<Caution> {
    let mean = |figure| variant.estimate(Figure::Station(stage as u16, figure)).map(|estimate| estimate.mean);
    let utilization = mean(StationFigure::Utilization).filter(|&busy| busy > BUSY)?;
    let first = waiting_at_first_date(variant, stage)?;
    let last = mean(StationFigure::WaitingAtEnd).filter(|&last| last > GROWTH * first)?;
    let stage = variant.legend.stages[stage].name.label.clone();
    Some(Caution::Overload { stage, utilization, first, last })
}

/// A response whose loop has a gain of 1 or more.
fn feedback(response: &ResponseName) -> Option<Caution> {
    let gain = response.loop_gain.map(|found| found.0).filter(|&gain| gain >= 1.0)?;
    Some(Caution::Feedback { response: response.name.label.clone(), gain })
}

/// Mean number waiting at a stage at the first date of the series; `None` without dates or replications.
fn waiting_at_first_date(variant: &Variant, stage: usize) -> Option<f64> {
    let &date = variant.legend.series.first()?;
    let replications = &variant.outcome.replications;
    let waiting = |replication: &crate::experiment::Replication| {
        replication.series.waiting.get(stage).and_then(|row| row.get(date)).map(|&waiting| f64::from(waiting))
    };
    let sum: f64 = replications.iter().map(waiting).sum::<Option<f64>>()?;
    (!replications.is_empty()).then(|| sum / replications.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn kinds(cautions: &[Caution]) -> Vec<&'static str> {
        cautions.iter().map(Caution::kind).collect()
    }

    #[test]
    fn a_precise_and_steady_result_needs_no_caution() {
        assert_eq!(cautions(&sample::baseline().variant("now")), []);
    }

    #[test]
    fn a_wide_error_says_how_many_replications_would_do() {
        let sample = sample::with_outcome(4, |number| [80.0, 120.0][number % 2]);
        let found = cautions(&sample.variant("now"));
        assert_eq!(kinds(&found), ["few-replications"]);
        // s = 23.094, t(0.975, 3) = 3.1824: half-width 36.75 % of the mean; t(0.975, 84) = 1.9886:
        // 4 · (1.9886 · 0.11547 / 0.05)² = 84.4. With the 1.96 of the normal law it would be 81.95, which is too few.
        assert_eq!(
            found[0].to_string(),
            "the Monte Carlo error of \"end: waiting at the end\" is 37 % of its mean"
        );
        assert_eq!(found[0].advice(), "about 85 replications would do: `--replications 85`");
    }

    #[test]
    fn a_figure_that_some_futures_lack_is_told() {
        let sample = sample::with_outcome(4, |number| if number == 2 { f64::NAN } else { 100.0 });
        let found = cautions(&sample.variant("now"));
        assert_eq!(kinds(&found), ["undefined-figure"]);
        assert_eq!(
            found[0].to_string(),
            "\"end: waiting at the end\" is undefined in 1 of 4 futures and left out there"
        );
    }

    #[test]
    fn one_future_has_an_unknown_error() {
        let found = cautions(&sample::with_outcome(1, |_| 5.0).variant("now"));
        assert!(found[0].to_string().starts_with("one future alone"), "{found:?}");
    }

    #[test]
    fn a_line_that_grows_before_a_busy_stage_is_an_overload() {
        let mut sample = sample::baseline();
        sample.set(Figure::Station(0, StationFigure::Utilization), |_| 0.999);
        let found = cautions(&sample.variant("now"));
        assert_eq!(kinds(&found), ["overload"]);
        assert!(found[0].to_string().contains("110 waiting at the first date and 1,010 at the end"));
        sample.set(Figure::Station(0, StationFigure::WaitingAtEnd), |_| 132.0);
        assert_eq!(cautions(&sample.variant("now")), []);
    }

    #[test]
    fn pairing_that_gains_nothing_is_told() {
        let values = [100.0, 101.0, 102.0, 103.0];
        let now = sample::with_outcome(4, |number| values[number]);
        let against = sample::with_outcome(4, |number| values[3 - number]);
        let found = pairing_cautions(&against.variant("b"), &now.variant("a"));
        assert_eq!(kinds(&found), ["pairing-did-not-help"]);
        let along = sample::with_outcome(4, |number| values[number] + number as f64 * 0.1);
        assert_eq!(pairing_cautions(&along.variant("b"), &now.variant("a")), []);
    }

    #[test]
    fn how_a_run_ended_is_told_first() {
        let mut sample = sample::baseline();
        sample.outcome.interrupted = true;
        sample.outcome.precision = Some(false);
        let variant = Variant { unsourced: 3, ..sample.variant("now") };
        assert_eq!(kinds(&cautions(&variant)), ["interrupted", "precision-not-reached", "unsourced-inputs"]);
    }
}
