//! Conditions that changes wait for, in words.

use super::{Key, Speech};
use crate::report::document::Condition;
use crate::report::rounding::exact;

impl Speech {
    /// `Once the number of cases waiting at … is above 400,000 (looked at on …), `.
    pub(super) fn once(self, condition: &Condition) -> String {
        let key = if condition.below { Key::DiffOnceBelow } else { Key::DiffOnceAbove };
        let dates: Vec<String> = condition.tested.iter().map(|date| self.date(date)).collect();
        let after = condition.after.as_deref().map(|after| self.measure(after));
        let after = after.map(|length| self.fill(Key::DiffOnceAfter, &[("length", &length)]));
        let parts = [
            ("signal", self.signal(condition)),
            ("bound", self.bound(&condition.bound)),
            ("dates", self.joined(&dates, Key::And)),
            ("after", after.unwrap_or_default()),
        ];
        self.fill(key, &parts.each_ref().map(|(name, part)| (*name, part.as_str())))
    }

    /// What is looked at; a kind of signal that has no words, as written.
    fn signal(self, condition: &Condition) -> String {
        let of = |place: usize| condition.of.get(place).map(|words| self.measure(self.words(words)));
        let (of, to) = (of(0).unwrap_or_default(), of(1).unwrap_or_default());
        let key = match condition.signal.as_str() {
            "wait" => Key::SignalWait,
            "waiting" => Key::SignalWaiting,
            "share" => Key::SignalShare,
            "population" => Key::SignalPopulation,
            "pending" => Key::SignalPending,
            "arrived" => Key::SignalArrived,
            other => return other.to_owned(),
        };
        self.fill(key, &[("of", &of), ("to", &to)])
    }

    /// A number, a measure, or a multiple of the baseline.
    fn bound(self, written: &str) -> String {
        let number = |text: &str| match text.replace('_', "").parse::<f64>() {
            Ok(number) => self.separated(&exact(number)),
            Err(_) => self.measure(text),
        };
        let Some(factor) = written.strip_suffix("baseline") else { return number(written) };
        match factor.trim().trim_end_matches('*').trim() {
            "" => self.say(Key::OfBaseline).to_owned(),
            factor => self.fill(Key::TimesBaseline, &[("n", &number(factor))]),
        }
    }

    /// Some things in a row, the last behind a word of its own.
    pub(super) fn joined(self, parts: &[String], last: Key) -> String {
        match parts.split_last() {
            Some((end, before)) if !before.is_empty() => before.join(", ") + self.say(last) + end,
            _ => parts.concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Lang, Words};

    #[test]
    fn conditions_are_told_in_both_languages() {
        let condition = Condition {
            signal: "arrived".to_owned(),
            of: vec![Words::both("Border", "Frontera"), "45 days".into()],
            below: false,
            bound: "60_000".to_owned(),
            tested: vec!["2019-07-22".to_owned(), "2019-09-05".to_owned()],
            after: Some("1 day".to_owned()),
        };
        let told = |lang, condition: &Condition| Speech { lang }.once(condition).replace('\u{a0}', " ");
        assert_eq!(
            told(Lang::En, &condition),
            "Once the number of arrivals at Border in 45 days is above 60,000 (looked at on 22 July 2019 and 5 September 2019), 1 day later, "
        );
        assert_eq!(
            told(Lang::Es, &condition),
            "Cuando el número de llegadas a Frontera en 45 días supere 60\u{202f}000 (se mira el 22 de julio de 2019 y 5 de septiembre de 2019), 1 día después, "
        );
        let relative = Condition {
            signal: "wait".to_owned(),
            of: vec!["merits".into()],
            below: true,
            bound: "0.8 * baseline".to_owned(),
            tested: vec!["2020-01-01".to_owned()],
            after: None,
        };
        assert_eq!(
            told(Lang::En, &relative),
            "Once the wait at merits is below 0.8 times the value of the baseline (looked at on 1 January 2020), "
        );
    }
}
