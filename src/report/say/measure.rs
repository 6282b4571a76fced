//! Numbers with their units, as files write them, in the language of the reader.

use super::Speech;
use crate::report::document::Lang;

/// Units as files write them, and in Spanish: one of them, several of them.
const UNITS: [(&[&str], &str, &str); 9] = [
    (&["s", "second", "seconds"], "segundo", "segundos"),
    (&["min", "minute", "minutes"], "minuto", "minutos"),
    (&["h", "hour", "hours"], "hora", "horas"),
    (&["d", "day", "days"], "día", "días"),
    (&["week", "weeks"], "semana", "semanas"),
    (&["month", "months"], "mes", "meses"),
    (&["yr", "year", "years"], "año", "años"),
    (&["case", "cases"], "caso", "casos"),
    (&["person", "persons", "people"], "persona", "personas"),
];

impl Speech {
    /// `60 days`, `47.5 /day` or `4 %/yr` in the language; what is no such measure, as it is written.
    pub(super) fn measure(self, written: &str) -> String {
        match self.lang {
            Lang::En => written.to_owned(),
            Lang::Es => spanish(written).unwrap_or_else(|| written.to_owned()),
        }
    }
}

fn spanish(written: &str) -> Option<String> {
    let number = written.find(|letter: char| !letter.is_ascii_digit() && !"._-+".contains(letter))?;
    let (number, rest) = written.split_at(number);
    let rest = rest.trim_start();
    let (unit, after) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
    let word = unit.trim_start_matches(['%', '/']);
    let per = &unit[..unit.len() - word.len()];
    let (_, one, many) = UNITS.iter().find(|(words, ..)| words.contains(&word))?;
    let word = if per.is_empty() && number != "1" { many } else { one };
    (!number.is_empty()).then(|| format!("{number} {per}{word}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_those_of_the_language() {
        let told = |written: &str| Speech { lang: Lang::Es }.measure(written);
        for (written, expected) in [
            ("60 days", "60 días"),
            ("1 month", "1 mes"),
            ("47.5/day", "47.5 /día"),
            ("4 %/yr", "4 %/año"),
            ("10 months ($half)", "10 meses ($half)"),
            ("USD 5", "USD 5"),
            ("days", "days"),
            ("45 working days", "45 working days"),
            ("417", "417"),
        ] {
            assert_eq!(told(written), expected);
            assert_eq!(Speech::ENGLISH.measure(written), written);
        }
    }
}
