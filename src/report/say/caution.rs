//! What a reader must know before trusting a result, and what to do about it, in words.

use super::{Key, Speech};
use crate::report::caution::Caution;

impl Speech {
    /// What is the matter.
    pub(in crate::report) fn caution(self, caution: &Caution) -> String {
        let level = |cases: f64| self.count(cases.round() as usize);
        let percent = |share: f64, digits: usize| format!("{:.digits$}", share * 100.0);
        match caution {
            Caution::FewReplications { figure, relative, .. } if relative.is_nan() => {
                self.fill(Key::CautionOneFuture, &[("figure", figure)])
            }
            Caution::FewReplications { figure, relative, .. } => {
                self.fill(Key::CautionFew, &[("figure", figure), ("n", &percent(*relative, 0))])
            }
            Caution::Overload { stage, utilization, first, last } => self.fill(
                Key::CautionOverload,
                &[
                    ("stage", stage),
                    ("n", &percent(*utilization, 1)),
                    ("first", &level(*first)),
                    ("last", &level(*last)),
                ],
            ),
            Caution::FluidGap { stage, simulated, fluid } => self.fill(
                Key::CautionFluid,
                &[("stage", stage), ("simulated", &level(*simulated)), ("fluid", &level(*fluid))],
            ),
            Caution::Feedback { response, gain } => {
                self.fill(Key::CautionLoop, &[("response", response), ("gain", &format!("{gain:.2}"))])
            }
            Caution::Unsourced { inputs: 1 } => self.say(Key::CautionUnsourcedOne).to_owned(),
            Caution::Unsourced { inputs } => self.fill(Key::CautionUnsourced, &[("n", &self.count(*inputs))]),
            Caution::PairingDidNotHelp { figure, gain } => {
                self.fill(Key::CautionPairing, &[("figure", figure), ("gain", &format!("{gain:.2}"))])
            }
            Caution::Undefined { figure, without, of } => {
                let parts =
                    [("figure", figure.as_str()), ("n", &self.count(*without)), ("of", &self.futures(*of))];
                self.fill(Key::CautionUndefined, &parts)
            }
            Caution::Interrupted { replications } => {
                self.fill(Key::CautionInterrupted, &[("futures", &self.futures(*replications))])
            }
            Caution::PrecisionNotReached { replications } => {
                self.fill(Key::CautionPrecision, &[("futures", &self.futures(*replications))])
            }
        }
    }

    /// What to do about it.
    pub(in crate::report) fn advice(self, caution: &Caution) -> String {
        let key = match caution {
            Caution::FewReplications { relative, .. } if relative.is_nan() => Key::AdviceOneFuture,
            Caution::FewReplications { needed, .. } => {
                let (shown, plain) = (self.count(*needed as usize), needed.to_string());
                return self.fill(Key::AdviceFew, &[("shown", &shown), ("n", &plain)]);
            }
            Caution::Overload { .. } => Key::AdviceOverload,
            Caution::FluidGap { .. } => Key::AdviceFluid,
            Caution::Feedback { .. } => Key::AdviceLoop,
            Caution::Unsourced { .. } => Key::AdviceUnsourced,
            Caution::PairingDidNotHelp { .. } => Key::AdvicePairing,
            Caution::Undefined { .. } => Key::AdviceUndefined,
            Caution::Interrupted { .. } => Key::AdviceInterrupted,
            Caution::PrecisionNotReached { .. } => Key::AdvicePrecision,
        };
        self.say(key).to_owned()
    }

    /// `1 future`, `2 futures`.
    pub(in crate::report) fn futures(self, number: usize) -> String {
        let key = if number == 1 { Key::FuturesOne } else { Key::FuturesMany };
        self.fill(key, &[("n", &self.count(number))])
    }
}
