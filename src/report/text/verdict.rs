//! A difference in one sentence of plain words.

use super::super::Variant;
use super::super::headline::Headline;
use super::super::pairing::Paired;
use super::super::rounding::Rounding;
use super::super::still::shorter_but;
use super::super::unit::Unit;
use super::line::{error, percent};
use crate::legend::Better;

/// A shorter wait while more wait at the end.
const BETTER_FOR_SOME: &str = ", which is better for those whose turn came";

/// What `variant` changes against `baseline` in a headline figure, in words.
pub(super) fn verdict(variant: &Variant, baseline: &Variant, headline: &Headline, found: &Paired) -> String {
    let shown = Shown::of(found, baseline, &headline.unit);
    let for_some = shorter_but(variant, baseline, headline).is_some();
    let praise = headline.better.map_or("", |better| praise(better, found.difference.mean));
    let praise = if for_some && !praise.is_empty() { BETTER_FOR_SOME } else { praise };
    let sentence = if found.is_nothing() {
        format!("the same as {} in every future", baseline.name)
    } else if found.pairs < 2 {
        format!("{} in the one future there is; one alone cannot tell chance apart", shown.change())
    } else if !found.is_clear() {
        format!("no difference can be told from chance in the simulation ({})", shown.intervals())
    } else if found.is_constant() {
        format!("{} than {} in every future{praise}", shown.change(), baseline.name)
    } else {
        format!("{} than {}{praise} ({})", shown.change(), baseline.name, shown.intervals())
    };
    format!("{}: {sentence}.", variant.name)
}

fn praise(better: Better, mean: f64) -> &'static str {
    if (better == Better::Lower) == (mean < 0.0) { ", which is better" } else { ", which is worse" }
}

/// The numbers of a difference as they are shown.
struct Shown<'a> {
    found: &'a Paired,
    unit: Unit,
    rounding: Rounding,
}

impl<'a> Shown<'a> {
    fn of(found: &'a Paired, baseline: &Variant, unit: &Unit) -> Self {
        let unit = unit.clone().for_numbers_to(found.difference.mean);
        let error = error(&found.estimate, found.pairs, baseline.outcome.per_cluster);
        let rounding = Rounding::of(found.difference.mean * unit.factor(), error * unit.factor());
        Self { found, unit, rounding }
    }

    fn number(&self, value: f64) -> String {
        self.rounding.show(value * self.unit.factor())
    }

    fn change(&self) -> String {
        let mean = self.found.difference.mean;
        self.unit.change(&self.number(mean.abs()), mean < 0.0)
    }

    fn intervals(&self) -> String {
        let difference = &self.found.difference;
        format!(
            "{}\u{a0}±\u{a0}{} from chance in the simulation; 90\u{a0}% of futures between {} and {}",
            percent(difference.level),
            self.number(difference.half_width),
            self.number(difference.q05),
            self.number(difference.q95),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::headline::headlines;
    use super::super::super::pairing::paired;
    use super::super::super::sample::{self, Sample};
    use super::*;

    fn sentence(variant: &Sample, baseline: &Sample) -> String {
        let (variant, baseline) = (variant.variant("officers"), baseline.variant("now"));
        let headline = &headlines(&variant)[0];
        let found = paired(&variant, &baseline, headline.figure).unwrap();
        verdict(&variant, &baseline, headline, &found).replace('\u{a0}', " ")
    }

    #[test]
    fn a_clear_difference_is_told_with_both_intervals() {
        let now = sample::with_outcome(100, |number| 1_000_000.0 + 500.0 * number as f64);
        let officers = sample::with_outcome(100, |number| 700_000.0 + number as f64);
        // Differences −300 000 − 499 k, k = 0 … 99: mean −324 700.5, s = 499 · 29.0115 = 14 477, s.e. 1 448,
        // t(0.975, 99) s.e. = 2 873; q05 = −300 000 − 499 · 94.05, q95 = −300 000 − 499 · 4.95.
        assert_eq!(
            sentence(&officers, &now),
            "officers: 325,000 fewer cases than now, which is better (95 % ± 3,000 from chance in the \
             simulation; 90 % of futures between -347,000 and -302,000)."
        );
        assert!(sentence(&now, &officers).contains("325,000 more cases than now, which is worse"));
    }

    #[test]
    fn a_difference_within_its_error_is_not_told() {
        let now = sample::with_outcome(10, |_| 100.0);
        let officers = sample::with_outcome(10, |number| [98.0, 103.0][number % 2]);
        let text = sentence(&officers, &now);
        assert!(text.starts_with("officers: no difference can be told from chance"), "{text}");
    }

    #[test]
    fn two_that_are_alike_are_called_the_same() {
        let now = sample::with_outcome(10, |number| number as f64);
        assert_eq!(sentence(&now, &now), "officers: the same as now in every future.");
    }

    #[test]
    fn a_constant_difference_is_not_called_the_same() {
        let now = sample::with_outcome(10, |number| number as f64);
        let officers = sample::with_outcome(10, |number| number as f64 - 3.0);
        assert_eq!(
            sentence(&officers, &now),
            "officers: 3 fewer cases than now in every future, which is better."
        );
    }

    #[test]
    fn one_future_cannot_tell() {
        let (now, officers) = (sample::with_outcome(1, |_| 5.0), sample::with_outcome(1, |_| 3.0));
        assert!(sentence(&officers, &now).contains("2 fewer cases in the one future there is"));
    }
}
