//! What a reader must know before trusting a result, and what to do about it, in words.

use super::{Key, Speech};
use crate::legend::{Answering, Legend, ResponseName};
use crate::report::caution::Caution;
use crate::report::still::LeftOut;

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
            Caution::WaitLeavesOut { figure, stage, found } => self.left_out(figure, stage, found),
            Caution::StageWaitsLeaveOut { figure, stage, found, others } => {
                let more = match others {
                    0 => String::new(),
                    1 => self.say(Key::LikewiseOne).to_owned(),
                    others => self.fill(Key::LikewiseMany, &[("n", &self.count(*others))]),
                };
                self.left_out(figure, stage, found) + &more
            }
            Caution::ShorterWaitLongerLine { figure, stage, baseline, waiting, so_far } => {
                let [n, before] = waiting.map(level);
                let [days, earlier] = so_far.map(|days| self.some_days(days));
                let parts = [
                    ("figure", figure.as_str()),
                    ("stage", stage),
                    ("baseline", baseline),
                    ("n", &n),
                    ("days", &days),
                    ("before", &before),
                    ("earlier", &earlier),
                ];
                self.fill(Key::CautionShorter, &parts)
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

    /// Whom a wait leaves out.
    fn left_out(self, figure: &str, stage: &str, found: &LeftOut) -> String {
        let whole = |number: f64| self.count(number.round() as usize);
        let parts = [
            ("figure", figure),
            ("stage", stage),
            ("wait", &self.some_days(found.wait)),
            ("started", &whole(found.started)),
            ("n", &whole(found.waiting)),
            ("beyond", &whole(found.beyond)),
            ("days", &self.some_days(found.so_far)),
        ];
        self.fill(Key::CautionWait, &parts)
    }

    /// Days, with a tenth where there are few.
    fn some_days(self, days: f64) -> String {
        const FEW: f64 = 10.0;
        if days < FEW { self.grouped(&format!("{days:.1}")) } else { self.count(days.round() as usize) }
    }

    /// What answers to what.
    pub(in crate::report) fn response(self, legend: &Legend, response: &ResponseName) -> String {
        let stage = |number: usize| legend.stages.get(number).map_or("", |stage| stage.name.label.as_str());
        let exit = |number: usize| legend.exits.get(number).map_or("", |exit| exit.name.label.as_str());
        let way = |from: usize, to: &str| self.fill(Key::AnswersWay, &[("from", stage(from)), ("to", to)]);
        let what = match &response.answers {
            Answering::Arrivals(name) => self.fill(Key::AnswersArrivals, &[("name", name)]),
            Answering::WayToStage(from, to) => way(*from, stage(*to)),
            Answering::WayToExit(from, to) => way(*from, exit(*to)),
            Answering::Withdrawals(from) => self.fill(Key::AnswersWithdrawals, &[("from", stage(*from))]),
        };
        let who = response.of.as_ref().map_or_else(String::new, |of| format!(" ({of})"));
        self.fill(Key::AnswersBy, &[("what", &(what + &who)), ("signal", &response.signal)])
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
            Caution::WaitLeavesOut { .. } | Caution::StageWaitsLeaveOut { .. } => Key::AdviceWait,
            Caution::ShorterWaitLongerLine { .. } => Key::AdviceShorter,
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
