//! A difference, or a level, in one sentence of plain words.

use super::{Key, Speech};
use crate::report::document::{Gap, Headline, Spread, Unit, Verdict};

impl Speech {
    /// What a policy changes in a headline figure against the baseline.
    pub(in crate::report) fn verdict(
        self,
        headline: &Headline,
        gap: Option<&Gap>,
        baseline: &str,
        level: f64,
    ) -> String {
        let Some(gap) = gap else { return self.say(Key::VerdictAbsent).to_owned() };
        let shown = self.shown(&headline.unit, &gap.spread, gap.spread.mean);
        let (change, mean) = (shown.change(gap.spread.mean), shown.bare(gap.spread.mean));
        let intervals = self.intervals(&headline.unit, gap, level);
        let parts =
            [("change", change.as_str()), ("baseline", baseline), ("intervals", &intervals), ("mean", &mean)];
        let key = match gap.verdict {
            Verdict::Same => Key::VerdictSame,
            Verdict::OneFuture => Key::VerdictOne,
            Verdict::Unclear => Key::VerdictUnclear,
            Verdict::Constant => Key::VerdictConstant,
            Verdict::Clear => Key::VerdictClear,
        };
        self.fill(key, &parts)
    }

    /// The level of a figure where nothing is compared.
    pub(in crate::report) fn standing(self, unit: &Unit, spread: &Spread, level: f64) -> String {
        let shown = self.shown(unit, spread, spread.q95);
        let value = shown.with_unit(spread.mean);
        let Some(half) = spread.half_width else { return self.fill(Key::LevelOne, &[("value", &value)]) };
        if half <= 0.0 {
            return self.fill(Key::LevelConstant, &[("value", &value)]);
        }
        let (level, half) = (self.level(level), shown.bare(half));
        let (low, high) = (shown.bare(spread.q10), shown.bare(spread.q90));
        let parts =
            [("value", value.as_str()), ("level", &level), ("half", &half), ("low", &low), ("high", &high)];
        self.fill(Key::Level, &parts)
    }

    /// Both intervals, each by its name.
    fn intervals(self, unit: &Unit, gap: &Gap, level: f64) -> String {
        let spread = &gap.spread;
        let shown = self.shown(unit, spread, spread.mean);
        let half = spread.half_width.map_or_else(|| "–".to_owned(), |half| shown.bare(half));
        // Where all of the range is below nothing, the sentence has said "fewer": sizes are enough.
        let sizes = gap.verdict == Verdict::Clear && spread.mean < 0.0 && spread.q90 <= 0.0;
        let (low, high) = if sizes { (-spread.q90, -spread.q10) } else { (spread.q10, spread.q90) };
        let (level, low, high) = (self.level(level), shown.bare(low), shown.bare(high));
        self.fill(Key::Intervals, &[("level", &level), ("half", &half), ("low", &low), ("high", &high)])
    }
}

/// Whether a difference is good, in one word: for the eye, beside the sentence.
pub(in crate::report) fn praise(headline: &Headline, gap: &Gap) -> (Key, &'static str) {
    let lower = gap.spread.mean < 0.0;
    match (gap.verdict, headline.better.as_deref()) {
        (Verdict::Constant | Verdict::Clear, Some(_)) if gap.for_some => (Key::BetterForSome, "open"),
        (Verdict::Same, _) => (Key::Equal, "open"),
        (Verdict::Unclear | Verdict::OneFuture, _) => (Key::Open, "open"),
        (_, Some(better)) if (better == "lower") == lower => (Key::Better, "good"),
        (_, Some(_)) => (Key::Worse, "bad"),
        (_, None) => (Key::Different, "plain"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::document::{Background, Document, Lang};
    use super::super::super::sample;
    use super::*;

    fn sentence(lang: Lang, variant: &sample::Sample, baseline: &sample::Sample) -> String {
        let views = [baseline.variant("now"), variant.variant("officers")];
        let document = Document::new(&views, &Background::default());
        let headline = &document.answer.headlines[0];
        Speech { lang }.verdict(headline, headline.gaps[1].as_ref(), "now", 0.95).replace('\u{a0}', " ")
    }

    #[test]
    fn a_clear_difference_is_told_with_both_intervals() {
        let now = sample::with_outcome(100, |number| 1_000_000.0 + 500.0 * number as f64);
        let officers = sample::with_outcome(100, |number| 700_000.0 + number as f64);
        // Differences −300 000 − 499 k, k = 0 … 99: mean −324 700.5, s.e. 1 448, t s.e. 2 873; q10 = −300 000 −
        // 499 · 89.1, q90 = −300 000 − 499 · 9.9.
        assert_eq!(
            sentence(Lang::En, &officers, &now),
            "325,000 fewer cases than now (95 % ± 3,000 from chance in the simulation; 80 % of futures between \
             305,000 and 344,000)"
        );
        let es = sentence(Lang::Es, &officers, &now);
        assert!(es.starts_with("325\u{202f}000 casos menos que now (95 % ± 3\u{202f}000 por azar"), "{es}");
    }

    #[test]
    fn what_cannot_be_told_is_not_told() {
        let now = sample::with_outcome(10, |_| 100.0);
        let unclear = sample::with_outcome(10, |number| [98.0, 103.0][number % 2]);
        assert!(sentence(Lang::En, &unclear, &now).starts_with("no difference can be told from chance"));
        assert_eq!(sentence(Lang::En, &now, &now), "the same as now in every future");
        let one = |value| sample::with_outcome(1, move |_| value);
        assert!(sentence(Lang::En, &one(5.0), &one(3.0)).contains("2 more cases in the one future"));
    }
}
