//! Numbers with their units, as people write them, in base units: seconds, per second, shares of one.

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// A length of time \[s\].
    Length,
    /// Things per time \[1/s\].
    Rate,
    /// A share of those present per time \[1/s\].
    Hazard,
    /// A share or probability, 0 to 1.
    Share,
    /// A number of things, not negative.
    Count,
    /// A factor, not negative.
    Factor,
    /// A number that may be negative.
    Number,
    /// Units of money.
    Money,
    /// A length in working days \[days\].
    WorkingDays,
    /// Hours worked in a week, as a share of its 168 hours.
    Hours,
}

impl Dimension {
    /// What is expected, with an example.
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Length => "a length of time with its unit, such as \"90 min\" or \"45 days\"",
            Self::Rate => "a rate with its unit, such as \"560 /yr\" or \"47.5 /day\"",
            Self::Hazard => "a share per time, such as \"4 %/yr\" or \"0.5 %/day\"",
            Self::Share => "a share between 0 and 1, such as 0.28 or \"28 %\"",
            Self::Count => "a number that is not negative, such as 850_000",
            Self::Factor => "a factor that is not negative, such as 1.5",
            Self::Number => "a number",
            Self::Money => "an amount of money with its currency, such as \"USD 1_200_000\"",
            Self::WorkingDays => "a number of working days, such as \"45 working days\"",
            Self::Hours => "hours worked a week, such as \"40 /week\"",
        }
    }

    /// Whether a bare number is legal.
    pub(super) const fn is_bare(self) -> bool {
        matches!(self, Self::Share | Self::Count | Self::Factor | Self::Number)
    }
}

/// Seconds in one of the named units of time.
fn unit(word: &str) -> Option<f64> {
    let day = 86_400.0;
    Some(match word {
        "s" | "second" | "seconds" => 1.0,
        "min" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3_600.0,
        "day" | "days" | "d" => day,
        "week" | "weeks" => 7.0 * day,
        "month" | "months" => 30.4375 * day,
        "yr" | "year" | "years" => 365.25 * day,
        _ => return None,
    })
}

/// A bare number of `dimension`, in base units; else what is wrong with it.
pub(super) fn from_number(number: f64, dimension: Dimension) -> Result<f64, String> {
    if dimension.is_bare() {
        bounded(number, dimension, &number.to_string())
    } else {
        Err(format!("`{number}` has no unit"))
    }
}

/// A number with its unit, in base units; else what is wrong with it.
pub(super) fn from_text(text: &str, dimension: Dimension) -> Result<f64, String> {
    let (money, rest) = match dimension {
        Dimension::Money => currency(text)?,
        _ => (false, text.trim()),
    };
    let (number, word) = split(rest).ok_or_else(|| format!("`{text}` does not begin with a number"))?;
    let wrong = || format!("`{text}` is not {}", dimension.expected().split(',').next().unwrap_or_default());
    let value = match dimension {
        Dimension::Length => number * unit(word).ok_or_else(wrong)?,
        Dimension::Rate => {
            number / unit(word.strip_prefix('/').ok_or_else(wrong)?.trim()).ok_or_else(wrong)?
        }
        Dimension::Hazard => hazard(number, word).ok_or_else(wrong)?,
        Dimension::Share => match word {
            "" => number,
            "%" => number / 100.0,
            _ => return Err(wrong()),
        },
        Dimension::Count if word.is_empty() || ["persons", "cases", "places", "people"].contains(&word) => {
            number
        }
        Dimension::Factor | Dimension::Number if word.is_empty() => number,
        Dimension::Factor if word == "%" => number / 100.0,
        Dimension::Money if money && word.is_empty() => number,
        Dimension::WorkingDays if word == "working days" || word == "working day" => number,
        Dimension::Hours if ["/week", "/ week", "hours/week", "h/week"].contains(&word) => number / 168.0,
        _ => return Err(wrong()),
    };
    bounded(value, dimension, text.trim())
}

/// The currency that leads an amount, as `USD`.
pub(super) fn currency_of(text: &str) -> Option<&str> {
    let code = text.trim().get(..3)?;
    code.bytes().all(|byte| byte.is_ascii_uppercase()).then_some(code)
}

fn currency(text: &str) -> Result<(bool, &str), String> {
    match currency_of(text) {
        Some(_) => Ok((true, text.trim()[3..].trim())),
        None => Err(format!("`{text}` has no currency")),
    }
}

fn hazard(number: f64, word: &str) -> Option<f64> {
    match word.strip_prefix('%') {
        Some(per) => Some(number / 100.0 / unit(per.trim().strip_prefix('/')?.trim())?),
        None => Some(number / unit(word.strip_prefix('/')?.trim())?),
    }
}

/// The number a text begins with, and the word behind it, whatever it is.
pub(super) fn number_and_word(text: &str) -> Option<(f64, &str)> {
    split(text.trim()).filter(|(number, _)| number.is_finite())
}

/// The number a text begins with, and the word behind it.
fn split(text: &str) -> Option<(f64, &str)> {
    let number_like = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '+' | 'e' | 'E');
    let mut end = text.find(|c| !number_like(c)).unwrap_or(text.len());
    loop {
        match text[..end].replace('_', "").parse() {
            Ok(number) => return Some((number, text[end..].trim())),
            // The `e` of a word such as "5 each" written without a blank.
            Err(_) if end > 1 => end -= 1,
            Err(_) => return None,
        }
    }
}

/// A value if it is legal; else what is wrong with it, as it was written.
fn bounded(value: f64, dimension: Dimension, written: &str) -> Result<f64, String> {
    if !value.is_finite() {
        return Err(format!("`{written}` is not a finite number"));
    }
    if value < 0.0 && dimension != Dimension::Number {
        return Err(format!("`{written}` is negative"));
    }
    match dimension {
        Dimension::Share if value > 1.0 => Err(format!("`{written}` is more than 1")),
        Dimension::Hours if value > 1.0 => Err(format!("`{written}` is more than the 168 hours of a week")),
        _ => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_units_become_base_units() {
        // One year is 365.25 days, one month a twelfth of it (the contract of the language).
        for (text, dimension, expected) in [
            ("45 days", Dimension::Length, 45.0 * 86_400.0),
            ("3.5 hours", Dimension::Length, 12_600.0),
            ("1 month", Dimension::Length, 2_629_800.0),
            ("560 /yr", Dimension::Rate, 560.0 / 31_557_600.0),
            ("47.5/day", Dimension::Rate, 47.5 / 86_400.0),
            ("5 %/day", Dimension::Hazard, 0.05 / 86_400.0),
            ("28 %", Dimension::Share, 0.28),
            ("0.28", Dimension::Share, 0.28),
            ("2500 persons", Dimension::Count, 2500.0),
            ("USD 1_200_000", Dimension::Money, 1.2e6),
            ("45 working days", Dimension::WorkingDays, 45.0),
            ("42 /week", Dimension::Hours, 0.25),
        ] {
            let value = from_text(text, dimension).unwrap();
            assert!((value - expected).abs() <= 1e-12 * expected, "{text}: {value}");
        }
    }

    #[test]
    fn wrong_units_are_refused_with_the_reason() {
        for (text, dimension, message) in [
            ("5", Dimension::Length, "`5` is not a length of time with its unit"),
            ("5 parsecs", Dimension::Length, "`5 parsecs` is not a length of time with its unit"),
            ("many days", Dimension::Length, "`many days` does not begin with a number"),
            ("560 yr", Dimension::Rate, "`560 yr` is not a rate with its unit"),
            ("120 %", Dimension::Share, "`120 %` is more than 1"),
            ("-3 days", Dimension::Length, "`-3 days` is negative"),
            ("1200", Dimension::Money, "`1200` has no currency"),
        ] {
            assert_eq!(from_text(text, dimension), Err(message.to_owned()), "{text}");
        }
        assert_eq!(from_number(5.0, Dimension::Length), Err("`5` has no unit".to_owned()));
        assert_eq!(from_number(f64::NAN, Dimension::Share), Err("`NaN` is not a finite number".to_owned()));
    }
}
