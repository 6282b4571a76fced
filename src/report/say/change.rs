//! Differences in words, and policies as readable differences.

use super::{Key, Shown, Speech};
use crate::report::document::{Alteration, Beginning, Fade, Unit};

impl Shown<'_> {
    /// A difference in words: `310,000 fewer cases`, `USD 5 million more`.
    pub(in crate::report) fn change(&self, mean: f64) -> String {
        let below = mean < 0.0;
        let number = format!("{}{}", self.bare(mean.abs()), self.million());
        let pick =
            |one: [Key; 2], many: [Key; 2]| if number == "1" { one } else { many }[usize::from(!below)];
        let key = match self.unit {
            Unit::Cases => pick([Key::FewerCasesOne, Key::MoreCasesOne], [Key::FewerCases, Key::MoreCases]),
            Unit::Persons => {
                pick([Key::FewerPersonsOne, Key::MorePersonsOne], [Key::FewerPersons, Key::MorePersons])
            }
            Unit::Days => pick([Key::FewerDaysOne, Key::MoreDaysOne], [Key::FewerDays, Key::MoreDays]),
            Unit::Share => {
                pick([Key::LowerShareOne, Key::HigherShareOne], [Key::LowerShare, Key::HigherShare])
            }
            Unit::Money(_) => pick([Key::LessMoney, Key::MoreMoney], [Key::LessMoney, Key::MoreMoney]),
            Unit::Servers | Unit::Number => pick([Key::Fewer, Key::More], [Key::Fewer, Key::More]),
        };
        self.speech.fill(key, &[("n", &number), ("unit", self.speech.unit(self.unit))])
    }
}

impl Speech {
    /// One change of a policy as a sentence: `From 1 October 2019, 80 % of those on the way … go to …`.
    pub(in crate::report) fn alteration(self, change: &Alteration) -> String {
        let what = self.what(change);
        let value = change.target.as_ref().map(|target| self.words(target).to_owned());
        let measured = |text: &Option<String>| text.as_deref().map(|text| self.measure(text));
        let value = value.or_else(|| measured(&change.value)).unwrap_or_default();
        let before = measured(&change.before).unwrap_or_default();
        let share = change.share.as_deref().map(|share| self.share(share));
        let share = share.unwrap_or_else(|| self.say(Key::DiffDivertAll).to_owned());
        // The words say which way.
        let amount = if change.operation == "add" { value.trim_start_matches(['-', ' ']) } else { &value };
        let parts = [("what", what.as_str()), ("value", amount), ("before", &before), ("share", &share)];
        let key = match change.operation.as_str() {
            "scale" => Key::DiffScale,
            "add" if value.starts_with('-') => Key::DiffTakeAway,
            "add" => Key::DiffAdd,
            "divert" => Key::DiffDivert,
            "insert" => Key::DiffInsert,
            "remove" => Key::DiffRemove,
            _ if change.before.is_some() => Key::DiffSetFrom,
            _ => Key::DiffSet,
        };
        let ramp = measured(&change.ramp).map(|ramp| self.fill(Key::DiffRamp, &[("ramp", &ramp)]));
        let fade = change.fade.as_ref().map(|fade| self.fade(fade)).unwrap_or_default();
        let what = self.fill(key, &parts) + &ramp.unwrap_or_default() + &fade;
        capital(&(self.when(change) + &what))
    }

    /// What is changed: its label with the path, which is what the files say. Of what is taken away from a thing that
    /// stays the path comes first.
    fn what(self, change: &Alteration) -> String {
        let part = change.operation == "remove" && change.path.matches('.').count() > 1;
        match &change.label {
            Some(label) if part => format!("{} ({})", change.path, self.words(label)),
            Some(label) => format!("{} ({})", self.words(label), change.path),
            None => change.path.clone(),
        }
    }

    fn when(self, change: &Alteration) -> String {
        let from = |from: &str| self.fill(Key::DiffFrom, &[("from", from)]);
        let begins = match &change.from {
            None => String::new(),
            Some(Beginning::On(date)) => from(&self.date(date)),
            Some(Beginning::OneOf(dates)) => {
                let part = |(date, p): &(String, String)| format!("{} ({})", self.date(date), self.share(p));
                from(&self.joined(&dates.iter().map(part).collect::<Vec<_>>(), Key::Or))
            }
            Some(Beginning::Once(condition)) => self.once(condition),
        };
        let until =
            change.until.as_deref().map(|until| self.fill(Key::DiffUntil, &[("until", &self.date(until))]));
        begins + &until.unwrap_or_default()
    }

    /// How a change wears off.
    fn fade(self, fade: &Fade) -> String {
        let half = self.measure(&fade.half_life);
        match &fade.floor {
            None => self.fill(Key::DiffFade, &[("half", &half)]),
            Some(floor) => self.fill(Key::DiffFadeTo, &[("half", &half), ("floor", &self.share(floor))]),
        }
    }

    /// A share as written, with or without the name of its parameter: 0.8 is 80 %.
    fn share(self, written: &str) -> String {
        let (number, name) = written.split_at(written.find(' ').unwrap_or(written.len()));
        match number.parse() {
            Ok(share) if !name.starts_with(" %") => self.percent(share) + name,
            _ => written.to_owned(),
        }
    }
}

/// The first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Lang, Words};

    #[test]
    fn a_diversion_reads_as_a_sentence() {
        let change = Alteration {
            operation: "divert".to_owned(),
            path: "stage.referral.then.master".to_owned(),
            target: Some(Words::both("Officer's decision", "Decisión del oficial")),
            share: Some("0.8".to_owned()),
            from: Some(Beginning::On("2019-10-01".to_owned())),
            ..Alteration::default()
        };
        let en = Speech { lang: Lang::En }.alteration(&change).replace('\u{a0}', " ");
        assert_eq!(
            en,
            "From 1 October 2019, 80 % of those on the way stage.referral.then.master go to Officer's decision"
        );
        let es = Speech { lang: Lang::Es }.alteration(&change).replace('\u{a0}', " ");
        assert!(es.starts_with("Desde 1.º de octubre de 2019, 80 % de quienes"), "{es}");
    }

    #[test]
    fn what_is_taken_away_is_told_so() {
        let told = |lang, operation: &str, path: &str, value: Option<&str>| {
            Speech { lang }.alteration(&Alteration {
                operation: operation.to_owned(),
                path: path.to_owned(),
                label: Some("court".into()),
                value: value.map(str::to_owned),
                ..Alteration::default()
            })
        };
        let hazard = "stage.court.withdraw.hazard";
        assert_eq!(
            told(Lang::En, "add", hazard, Some("-1 %/yr")),
            "Court (stage.court.withdraw.hazard) falls by 1 %/yr"
        );
        assert_eq!(
            told(Lang::Es, "add", hazard, Some("-1 %/yr")),
            "Court (stage.court.withdraw.hazard) disminuye en 1 %/año"
        );
        assert_eq!(
            told(Lang::En, "add", hazard, Some("1 %/yr")),
            "Court (stage.court.withdraw.hazard) rises by 1 %/yr"
        );
        assert_eq!(
            told(Lang::En, "remove", hazard, None),
            "Stage.court.withdraw.hazard (court) is taken away"
        );
        assert_eq!(told(Lang::En, "remove", "stage.court", None), "Court (stage.court) is taken away");
    }

    #[test]
    fn a_change_of_a_number_names_both_values() {
        let change = Alteration {
            operation: "set".to_owned(),
            path: "pool.ij.start".to_owned(),
            before: Some("417".to_owned()),
            value: Some("600".to_owned()),
            ramp: Some("12 months".to_owned()),
            ..Alteration::default()
        };
        assert_eq!(
            Speech { lang: Lang::En }.alteration(&change),
            "Pool.ij.start goes from 417 to 600, building up over 12 months"
        );
    }
}
