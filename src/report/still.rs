//! Who still waits, beside a wait of those whose turn came.
//!
//! A wait at a stage is that of services that began. Whoever still waits is not in it: under newest first, or while a line
//! grows, it may fall as the oldest wait on. So no such wait is shown alone.

use super::Variant;
use super::caution::Caution;
use super::document::Lang;
use super::headline::{Headline, headlines_in};
use super::pairing::{Paired, counterpart, paired};
use super::say::{Key, Speech};
use crate::experiment::{Figure, StationFigure};
use crate::legend::{Better, Statistic, WaitName};

/// For each ten whose wait is in a figure there may be this many tenths who still wait and have waited longer: from there on the
/// figure misleads.
const MANY: f64 = 0.1;

/// What is told of those whose turn came.
pub(super) const fn of_started(statistic: Statistic) -> StationFigure {
    match statistic {
        Statistic::Mean => StationFigure::WaitMean,
        Statistic::Median => StationFigure::WaitMedian,
        Statistic::P90 => StationFigure::WaitP90,
    }
}

/// How many still wait who have waited longer than that.
pub(super) const fn beyond(statistic: Statistic) -> StationFigure {
    match statistic {
        Statistic::Mean => StationFigure::StillBeyondMean,
        Statistic::Median => StationFigure::StillBeyondMedian,
        Statistic::P90 => StationFigure::StillBeyondP90,
    }
}

/// Whom a wait leaves out: means over futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOut {
    /// The wait of those whose turn came \[days\].
    pub wait: f64,
    /// How many those are \[cases\].
    pub started: f64,
    /// Those who wait at the end \[cases\].
    pub waiting: f64,
    /// Those of them who have already waited longer than that \[cases\].
    pub beyond: f64,
    /// How long those who wait at the end have waited so far, on average \[days\].
    pub so_far: f64,
}

impl LeftOut {
    /// Whom a wait leaves out; `None` where in no future anybody waits at the end, or anybody's turn came.
    fn of(variant: &Variant, wait: WaitName) -> Option<Self> {
        let station = u16::try_from(wait.stage).ok()?;
        let mean = |figure| Some(variant.estimate(Figure::Station(station, figure))?.mean);
        Some(Self {
            wait: mean(of_started(wait.statistic))?,
            started: mean(StationFigure::Started)?,
            waiting: mean(StationFigure::WaitingAtEnd)?,
            beyond: mean(beyond(wait.statistic))?,
            so_far: mean(StationFigure::StillWaitedMean)?,
        })
    }

    /// Whether those who have already waited longer are at least a tenth as many as those whose turn came.
    fn misleads(&self) -> bool {
        self.beyond >= 1.0 && self.beyond >= MANY * self.started
    }

    /// How many there are for each whose turn came.
    fn weight(&self) -> f64 {
        self.beyond / self.started
    }
}

/// The waits that mislead: each that is asked for, and of the waits of the other stages the worst.
pub(super) fn misleading(variant: &Variant, lang: Lang) -> Vec<Caution> {
    let t = Speech { lang };
    let label = |wait: WaitName| variant.legend.stages[wait.stage].name.label.clone();
    let mut asked = Vec::new();
    let mut all = Vec::new();
    for headline in headlines_in(variant, lang) {
        for wait in headline.waits {
            asked.push(wait.stage);
            let found = LeftOut::of(variant, wait).filter(LeftOut::misleads);
            let figure = headline.label.clone();
            all.extend(found.map(|found| Caution::WaitLeavesOut { figure, stage: label(wait), found }));
        }
    }
    let served = variant.legend.stages.iter().enumerate().filter(|(_, stage)| stage.served);
    let others = served.map(|(stage, _)| stage).filter(|stage| !asked.contains(stage));
    let of_stage = |stage: usize| {
        let wait = WaitName { stage, statistic: Statistic::Mean };
        Some((wait, LeftOut::of(variant, wait).filter(LeftOut::misleads)?))
    };
    let found: Vec<(WaitName, LeftOut)> = others.filter_map(of_stage).collect();
    let worst = found.iter().max_by(|a, b| a.1.weight().total_cmp(&b.1.weight()));
    all.extend(worst.map(|&(wait, of_worst)| Caution::StageWaitsLeaveOut {
        figure: t.fill(Key::MeanWaitAt, &[("stage", &label(wait))]),
        stage: label(wait),
        found: of_worst,
        others: found.len() - 1,
    }));
    all
}

/// Which waits of a variant are shorter than those of the baseline while more wait at the end, or no fewer and for longer.
pub(super) fn shorter_for_some(variant: &Variant, baseline: &Variant, lang: Lang) -> Vec<Caution> {
    let all = headlines_in(variant, lang).into_iter();
    all.filter_map(|headline| shorter_but(variant, baseline, &headline)).collect()
}

/// The caution that belongs to one wait of a variant, if any.
pub(super) fn shorter_but(variant: &Variant, baseline: &Variant, headline: &Headline) -> Option<Caution> {
    let shorter = |found: &Paired| clearly(found) && found.difference.mean < 0.0;
    if headline.waits.is_empty() || headline.better == Some(Better::Higher) {
        return None;
    }
    paired(variant, baseline, headline.figure).filter(shorter)?;
    let hidden = |wait: &&WaitName| more_wait(variant, baseline, wait.stage);
    let wait = *headline.waits.iter().find(hidden)?;
    let of = |view: &Variant, figure| Some(view.estimate(figure)?.mean);
    let both = |figure| {
        let own = Figure::Station(wait.stage as u16, figure);
        let before = counterpart(baseline, variant, own).and_then(|twin| of(baseline, twin));
        [of(variant, own).unwrap_or(0.0), before.unwrap_or(0.0)]
    };
    Some(Caution::ShorterWaitLongerLine {
        figure: headline.label.clone(),
        stage: variant.legend.stages[wait.stage].name.label.clone(),
        baseline: baseline.name.to_owned(),
        waiting: both(StationFigure::WaitingAtEnd),
        so_far: both(StationFigure::StillWaitedMean),
    })
}

/// Whether more wait at a stage of the variant at the end than in the baseline; or no fewer, and those for longer.
fn more_wait(variant: &Variant, baseline: &Variant, stage: usize) -> bool {
    let change = |figure| {
        let found = paired(variant, baseline, Figure::Station(stage as u16, figure))?;
        clearly(&found).then_some(found.difference.mean)
    };
    let waiting = change(StationFigure::WaitingAtEnd).unwrap_or(0.0);
    let so_far = change(StationFigure::StillWaitedMean).unwrap_or(0.0);
    waiting > 0.0 || (waiting >= 0.0 && so_far > 0.0)
}

/// Whether a difference is more than chance in the simulation.
fn clearly(found: &Paired) -> bool {
    !found.is_nothing() && (found.is_clear() || found.is_constant())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Sample};
    use super::*;

    /// The sample of so many futures whose first outcome is the mean wait at the desk: so many days, with so many who wait at
    /// the end, so long so far, of whom so many have waited longer than the wait, beside 1,000 whose turn came.
    fn desk(wait: f64, waiting: f64, so_far: f64, beyond: f64) -> Sample {
        let mut sample = sample::with_outcome(20, |number| wait + number as f64 * 0.01);
        sample.legend.outcomes[0].waits = vec![WaitName { stage: 0, statistic: Statistic::Mean }];
        let figures = [
            (StationFigure::WaitMean, wait),
            (StationFigure::Started, 1_000.0),
            (StationFigure::WaitingAtEnd, waiting),
            (StationFigure::StillWaitedMean, so_far),
            (StationFigure::StillBeyondMean, beyond),
        ];
        for (figure, value) in figures {
            sample.set(Figure::Station(0, figure), |_| value);
        }
        sample
    }

    #[test]
    fn a_wait_misleads_from_one_in_ten_on() {
        let found = |beyond| misleading(&desk(30.0, 400.0, 60.0, beyond).variant("now"), Lang::En);
        assert_eq!(found(99.0), []);
        let cautions = found(100.0);
        assert_eq!(cautions.len(), 1);
        assert_eq!(cautions[0].kind(), "wait-leaves-out");
        assert_eq!(
            cautions[0].to_string(),
            "\"end: waiting at the end\" leaves out those who still wait: of 400 at front desk at the end (60 days so far on \
             average) 100 have already waited longer than the 30 days of the 1,000 whose turn came"
        );
    }

    #[test]
    fn waits_that_nobody_asked_for_are_told_once() {
        let mut sample = desk(30.0, 400.0, 60.0, 100.0);
        sample.legend.outcomes[0].waits.clear();
        let cautions = misleading(&sample.variant("now"), Lang::Es);
        assert_eq!(cautions.iter().map(Caution::kind).collect::<Vec<_>>(), ["wait-leaves-out"]);
        assert!(matches!(&cautions[0], Caution::StageWaitsLeaveOut { others: 0, .. }), "{cautions:?}");
    }

    #[test]
    fn a_shorter_wait_with_more_who_wait_is_told() {
        let now = desk(30.0, 400.0, 60.0, 0.0);
        let kinds = |policy: &Sample| -> Vec<&str> {
            let found = shorter_for_some(&policy.variant("newest"), &now.variant("now"), Lang::En);
            found.iter().map(Caution::kind).collect()
        };
        let told = ["shorter-wait-longer-line"];
        assert_eq!(kinds(&desk(20.0, 401.0, 60.0, 0.0)), told);
        // As many, for longer; fewer, for longer: those are what is left when many were served.
        assert_eq!(kinds(&desk(20.0, 400.0, 61.0, 0.0)), told);
        assert_eq!(kinds(&desk(20.0, 399.0, 61.0, 0.0)), Vec::<&str>::new());
        assert_eq!(kinds(&desk(31.0, 500.0, 61.0, 0.0)), Vec::<&str>::new());
        assert_eq!(kinds(&now), Vec::<&str>::new());
        let found =
            shorter_for_some(&desk(20.0, 500.0, 90.0, 0.0).variant("newest"), &now.variant("now"), Lang::En);
        assert_eq!(
            found[0].to_string(),
            "\"end: waiting at the end\" is shorter for those whose turn came, but 500 still wait at front desk at the end, \
             90 days so far on average; under now 400, 60 days"
        );
    }
}
