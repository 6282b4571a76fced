//! How a report speaks: words, numbers, dates and sentences in the language of its reader.
//!
//! Spanish follows the *Ortografía* of 2010 for Mexico and Central America: groups of three digits apart by a
//! thin space, a decimal point, a space before `%`.

mod catalogue;
mod caution;
mod change;
mod condition;
mod measure;
mod still;
mod verdict;

pub(super) use catalogue::Key;
pub(super) use verdict::praise;

use super::document::{Lang, Spread, Unit, Words};
use super::rounding::Rounding;

/// From this size on, numbers are shown in millions.
const TOO_LONG: f64 = 1e9;

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

/// Speaks one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Speech {
    pub(super) lang: Lang,
}

/// How the numbers of one figure are shown: unit and digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shown<'a> {
    speech: Speech,
    unit: &'a Unit,
    millions: bool,
    rounding: Rounding,
}

impl Speech {
    /// English, which the terminal speaks.
    pub(super) const ENGLISH: Self = Self { lang: Lang::En };

    /// A text of the catalogue.
    pub(super) const fn say(self, key: Key) -> &'static str {
        catalogue::text(key, self.lang)
    }

    /// The same with its places filled. What is filled in is never looked at for places.
    pub(super) fn fill(self, key: Key, parts: &[(&str, &str)]) -> String {
        let mut rest = self.say(key);
        let mut text = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            text.push_str(before);
            text.push_str(parts.iter().find(|(known, _)| *known == name).map_or("", |(_, part)| part));
            rest = after;
        }
        text + rest
    }

    /// A text with a number in it: the one of a single thing, or the one of `{n}` of them.
    pub(super) fn counted(self, number: usize, one: Key, many: Key) -> String {
        self.fill(if number == 1 { one } else { many }, &[("n", &self.count(number))])
    }

    /// That inputs are held at their central values, and how they would vary; nothing where none is.
    pub(super) fn held(self, inputs: usize) -> Option<String> {
        let how = || self.counted(inputs, Key::HeldOne, Key::HeldMany);
        (inputs > 0).then(|| format!("{} {}", self.say(Key::NotInputsCentral), how()))
    }

    /// Words of a file.
    pub(super) fn words(self, words: &Words) -> &str {
        words.get(self.lang)
    }

    /// A number written in English with the separators of the language, and a minus sign that is one.
    fn separated(self, english: &str) -> String {
        let text = english.replace('-', "\u{2212}");
        match self.lang {
            Lang::En => text,
            Lang::Es => text.replace(',', "\u{202f}"),
        }
    }

    /// A number of the terminal's tables, written in English with the minus sign of a keyboard.
    pub(super) fn figures(self, english: &str) -> String {
        if self.lang == Lang::En { english.to_owned() } else { self.separated(english) }
    }

    /// A plain written number with groups of three digits.
    pub(super) fn grouped(self, plain: &str) -> String {
        self.separated(&super::rounding::grouped(plain))
    }

    /// A whole count.
    pub(super) fn count(self, number: usize) -> String {
        self.separated(&super::rounding::count(number as u64))
    }

    /// A number to `digits` of a unit: as many as its size deserves.
    pub(super) fn number(self, value: f64) -> String {
        self.separated(
            &Rounding::of(value, if value.abs() >= 100.0 { 0.5 } else { value.abs() / 200.0 }).show(value),
        )
    }

    /// A share of one in percent, to the whole percent, or a tenth where it is near nothing or all.
    pub(super) fn percent(self, share: f64) -> String {
        let tenths = (share * 1000.0).round() / 10.0;
        let near_end = (tenths > 0.0 && tenths < 1.0) || (tenths > 99.0 && tenths < 100.0);
        let text = if near_end { format!("{tenths:.1}") } else { format!("{:.0}", share * 100.0) };
        format!("{}\u{a0}%", self.grouped(&text))
    }

    /// The same with its range, where the ends of that differ as written.
    pub(super) fn percent_within(self, share: f64, (low, high): (f64, f64)) -> String {
        let [share, low, high] = [share, low, high].map(|share| self.percent(share));
        if low == high {
            share
        } else {
            format!("{share} ({})", self.fill(Key::To, &[("low", &low), ("high", &high)]))
        }
    }

    /// A level of confidence: `95 %`.
    #[expect(clippy::unused_self, reason = "both languages write it alike, and a third may not")]
    pub(super) fn level(self, level: f64) -> String {
        format!("{}\u{a0}%", (level * 1000.0).round() / 10.0)
    }

    /// A date as 2019-06-07 in words; what is no date, as it is.
    pub(super) fn date(self, iso: &str) -> String {
        let Some((year, month, day)) = parts(iso) else { return iso.to_owned() };
        match self.lang {
            Lang::En => format!("{day}\u{a0}{}\u{a0}{year}", self.month_name(month)),
            Lang::Es => {
                let day = if day == 1 { "1.º".to_owned() } else { day.to_string() };
                format!("{day} de {} de {year}", self.month_name(month))
            }
        }
    }

    /// A date as month and year, short, for axes and columns.
    pub(super) fn month(self, iso: &str) -> String {
        let Some((year, month, _)) = parts(iso) else { return iso.to_owned() };
        format!("{}\u{a0}{year}", self.month_name(month).chars().take(3).collect::<String>())
    }

    fn month_name(self, month: usize) -> &'static str {
        MONTHS[usize::from(self.lang == Lang::Es)][month - 1]
    }

    /// The name of a unit.
    pub(super) fn unit(self, unit: &Unit) -> &str {
        match unit {
            Unit::Cases => self.say(Key::Cases),
            Unit::Persons => self.say(Key::Persons),
            Unit::Days => self.say(Key::Days),
            Unit::Share => self.say(Key::Share),
            Unit::Money(currency) => currency,
            Unit::Servers => self.say(Key::Servers),
            Unit::Number => self.say(Key::Number),
        }
    }

    /// How the numbers of a spread are shown: no digits beyond its error; `largest` decides on millions.
    pub(super) fn shown<'a>(self, unit: &'a Unit, spread: &Spread, largest: f64) -> Shown<'a> {
        let millions = largest.abs() >= TOO_LONG;
        let factor = factor(unit, millions);
        let rounding = Rounding::of(spread.mean * factor, spread.error.unwrap_or(f64::NAN) * factor);
        Shown { speech: self, unit, millions, rounding }
    }
}

fn factor(unit: &Unit, millions: bool) -> f64 {
    match unit {
        Unit::Share => 100.0,
        _ if millions => 1e-6,
        _ => 1.0,
    }
}

/// Year, month 1 to 12, day of 2019-06-07.
fn parts(iso: &str) -> Option<(&str, usize, u32)> {
    let (year, rest) = iso.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some((year, month, day.parse().ok()?))
}

impl Shown<'_> {
    /// The bare number.
    pub(super) fn bare(&self, value: f64) -> String {
        self.speech.separated(&self.rounding.show(value * factor(self.unit, self.millions)))
    }

    /// The number with its unit.
    pub(super) fn with_unit(&self, value: f64) -> String {
        let number = self.bare(value);
        match self.unit {
            Unit::Money(currency) => format!("{currency}\u{a0}{number}{}", self.million()),
            Unit::Number => number,
            _ => format!("{number}\u{a0}{}", self.speech.unit(self.unit)),
        }
    }

    /// The heading of a column: `cases`, `USD million`.
    pub(super) fn heading(&self) -> String {
        format!("{}{}", self.speech.unit(self.unit), self.million())
    }

    fn million(&self) -> String {
        if self.millions { format!("\u{a0}{}", self.speech.say(Key::Million)) } else { String::new() }
    }

    /// Two ends of a range.
    pub(super) fn range(&self, low: f64, high: f64) -> String {
        let (low, high) = (self.bare(low), self.bare(high));
        if low == high { low } else { self.speech.fill(Key::To, &[("low", &low), ("high", &high)]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Speech = Speech { lang: Lang::En };
    const ES: Speech = Speech { lang: Lang::Es };

    #[test]
    fn dates_and_numbers_are_written_as_the_language_does() {
        assert_eq!(EN.date("2019-06-07"), "7\u{a0}June\u{a0}2019");
        assert_eq!(ES.date("2019-06-07"), "7 de junio de 2019");
        assert_eq!(ES.date("2020-01-01"), "1.º de enero de 2020");
        assert_eq!(
            (EN.month("2020-03-01"), ES.month("2020-01-01")),
            ("Mar\u{a0}2020".into(), "ene\u{a0}2020".into())
        );
        assert_eq!(
            (EN.count(1_234_567), ES.count(1_234_567)),
            ("1,234,567".into(), "1\u{202f}234\u{202f}567".into())
        );
        assert_eq!(
            (EN.percent(0.5), EN.percent(0.999), EN.percent(0.0)),
            ("50\u{a0}%".into(), "99.9\u{a0}%".into(), "0\u{a0}%".into())
        );
        assert_eq!(
            (EN.percent(0.0004), EN.percent(0.004), EN.percent(0.9997)),
            ("0\u{a0}%".into(), "0.4\u{a0}%".into(), "100\u{a0}%".into())
        );
        assert_eq!(EN.percent_within(0.0, (0.0, 0.0004)), "0\u{a0}%");
        assert_eq!(EN.percent_within(0.2, (0.0, 0.3)), "20\u{a0}% (0\u{a0}% to 30\u{a0}%)");
        assert_eq!((EN.percent(-0.004), EN.percent(-0.12)), ("0\u{a0}%".into(), "\u{2212}12\u{a0}%".into()));
        assert_eq!(EN.date("soon"), "soon");
        assert_eq!((EN.number(1234.5), EN.number(1.0 / 3.0)), ("1,235".into(), "0.333".into()));
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(EN.fill(Key::Period, &[("start", "{end}"), ("end", "x")]), "{end} to x");
    }
}
