//! What a figure is shown in.

use super::say::{Key, Speech};
use crate::legend::{Legend, OutcomeUnit};

/// From this size on, numbers are shown in millions.
const TOO_LONG: f64 = 1e9;

/// The unit of a column of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    kind: OutcomeUnit,
    currency: String,
    millions: bool,
}

impl Unit {
    /// The unit of figures of this kind.
    pub(super) fn of(kind: OutcomeUnit, legend: &Legend) -> Self {
        let currency = legend.currency.clone().unwrap_or_else(|| "money".to_owned());
        Self { kind, currency, millions: false }
    }

    /// The same in millions where a number as large as `largest` would be too long to read.
    pub(super) fn for_numbers_to(mut self, largest: f64) -> Self {
        self.millions = largest.abs() >= TOO_LONG;
        self
    }

    /// As in a heading: `cases`, `%`, `USD million`.
    pub(super) fn name(&self) -> String {
        self.name_in(Speech::ENGLISH)
    }

    /// The same in a language.
    pub(super) fn name_in(&self, t: Speech) -> String {
        let name = match self.kind {
            OutcomeUnit::Cases => t.say(Key::Cases),
            OutcomeUnit::Persons => t.say(Key::Persons),
            OutcomeUnit::Days => t.say(Key::Days),
            OutcomeUnit::Share => t.say(Key::Share),
            OutcomeUnit::Money => &self.currency,
            OutcomeUnit::Ratio => t.say(Key::Ratio),
        };
        if self.millions { format!("{name} {}", t.say(Key::Million)) } else { name.to_owned() }
    }

    /// Shown number ÷ number of the figure.
    pub(super) fn factor(&self) -> f64 {
        match self.kind {
            OutcomeUnit::Share => 100.0,
            _ if self.millions => 1e-6,
            _ => 1.0,
        }
    }

    /// A difference in words, such as `310,000 fewer cases`; `size` is its shown size without sign.
    pub(super) fn change(&self, size: &str, below: bool) -> String {
        self.change_in(Speech::ENGLISH, size, below)
    }

    /// The same in a language.
    pub(super) fn change_in(&self, t: Speech, size: &str, below: bool) -> String {
        let size = if self.millions { format!("{size} {}", t.say(Key::Million)) } else { size.to_owned() };
        let [fewer, more] = match self.kind {
            OutcomeUnit::Cases => [Key::FewerCases, Key::MoreCases],
            OutcomeUnit::Persons => [Key::FewerPersons, Key::MorePersons],
            OutcomeUnit::Days => [Key::FewerDays, Key::MoreDays],
            OutcomeUnit::Share => [Key::LowerShare, Key::HigherShare],
            OutcomeUnit::Money => [Key::LessMoney, Key::MoreMoney],
            OutcomeUnit::Ratio => [Key::LowerNumber, Key::HigherNumber],
        };
        t.fill(if below { fewer } else { more }, &[("n", &size), ("unit", &self.currency)])
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Lang;
    use super::super::sample;
    use super::*;

    #[test]
    fn changes_read_as_people_say_them() {
        let legend = sample::legend();
        let change = |kind, below| Unit::of(kind, &legend).change("12", below);
        assert_eq!(change(OutcomeUnit::Cases, true), "12 fewer cases");
        assert_eq!(change(OutcomeUnit::Persons, false), "12 more persons");
        assert_eq!(change(OutcomeUnit::Days, true), "12 fewer days");
        assert_eq!(change(OutcomeUnit::Share, false), "12 percentage points higher");
        assert_eq!(change(OutcomeUnit::Money, true), "USD 12 less");
        assert_eq!(change(OutcomeUnit::Ratio, false), "12 higher");
        let spanish = Speech { lang: Lang::Es };
        let unit = Unit::of(OutcomeUnit::Money, &legend).for_numbers_to(2e9);
        assert_eq!(unit.change_in(spanish, "12", true), "USD 12 millones menos");
        assert_eq!(unit.name_in(spanish), "USD millones");
    }

    #[test]
    fn long_sums_are_shown_in_millions() {
        let unit = Unit::of(OutcomeUnit::Money, &sample::legend()).for_numbers_to(-5.1e9);
        assert_eq!((unit.name().as_str(), unit.factor()), ("USD million", 1e-6));
        assert_eq!(unit.change("5,100", true), "USD 5,100 million less");
    }
}
