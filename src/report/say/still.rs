//! Those who still wait, in the sentence that stands beside a wait.

use super::{Key, Speech};
use crate::report::document::{Spread, Still, Unit};

impl Speech {
    /// Who still waits under a variant, and under the baseline where that is another; begins with a blank, as it follows what
    /// is told of those whose turn came. Nothing where the figure is no wait.
    pub(in crate::report) fn still(self, all: &[Still], variant: usize, baseline: Option<&str>) -> String {
        let sentence = |still: &Still| self.one_line(still, variant, baseline).map(|text| format!(" {text}"));
        all.iter().filter_map(sentence).collect()
    }

    fn one_line(self, still: &Still, variant: usize, baseline: Option<&str>) -> Option<String> {
        let stage = self.words(&still.label);
        let shown = |of: &[Option<Spread>], unit: &Unit, variant: usize| {
            let spread = of.get(variant).and_then(Option::as_ref);
            spread.map_or_else(
                || self.say(Key::Undefined).to_owned(),
                |spread| self.shown(unit, spread, spread.mean).bare(spread.mean),
            )
        };
        let cases = |of: &[Option<Spread>], variant| shown(of, &Unit::Cases, variant);
        let days = |of: &[Option<Spread>], variant| shown(of, &Unit::Days, variant);
        let waiting = still.waiting.get(variant)?.as_ref()?;
        let (n, so_far) = (cases(&still.waiting, variant), days(&still.so_far, variant));
        if let Some(baseline) = baseline {
            let (before, earlier) = (cases(&still.waiting, 0), days(&still.so_far, 0));
            let parts = [
                ("stage", stage),
                ("n", &n),
                ("days", &so_far),
                ("baseline", baseline),
                ("before", &before),
                ("earlier", &earlier),
            ];
            return Some(self.fill(Key::StillCompared, &parts));
        }
        if waiting.mean <= 0.0 {
            return Some(self.fill(Key::StillNobody, &[("stage", stage)]));
        }
        let (beyond, wait) = (cases(&still.beyond, variant), days(&still.wait, variant));
        let parts = [("stage", stage), ("n", &n), ("days", &so_far), ("beyond", &beyond), ("wait", &wait)];
        Some(self.fill(Key::StillAlone, &parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Lang, Words};

    fn spread(mean: f64) -> Option<Spread> {
        Spread::of(&[mean; 4], 1, 0.95)
    }

    fn still(waiting: [f64; 2]) -> Still {
        Still {
            stage: "desk".to_owned(),
            label: Words::both("desk", "ventanilla"),
            wait: vec![spread(30.0), spread(20.0)],
            waiting: waiting.map(spread).to_vec(),
            so_far: vec![spread(45.0), None],
            beyond: vec![spread(7.0), spread(0.0)],
        }
    }

    #[test]
    fn a_wait_does_not_stand_alone() {
        let (en, es) = (Speech { lang: Lang::En }, Speech { lang: Lang::Es });
        let all = [still([1_000.0, 0.0])];
        assert_eq!(
            en.still(&all, 0, None),
            " Still waiting at desk at the end: 1,000 cases, 45 days so far on average; 7 of them for longer than the 30 days of \
             those whose turn came."
        );
        assert_eq!(en.still(&all, 1, None), " Nobody is left waiting at desk at the end.");
        assert_eq!(
            en.still(&all, 1, Some("now")),
            " Still waiting at desk at the end: 0 cases, – days so far on average; under now 1,000 cases, 45 days."
        );
        assert!(
            es.still(&all, 0, None)
                .starts_with(" Siguen esperando en ventanilla al final: 1\u{202f}000 casos")
        );
        assert_eq!(en.still(&[], 0, None), "");
    }
}
