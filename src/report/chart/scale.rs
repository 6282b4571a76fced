//! From numbers and dates to places on an axis.

use crate::report::say::Speech;
use jiff::civil::Date;

/// A scale of numbers from nothing up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// The number at the top.
    pub(super) top: f64,
    /// Where lines are drawn.
    pub(super) ticks: Vec<f64>,
}

impl Scale {
    /// From zero to at least `largest`, with about four lines at round numbers.
    pub(super) fn to(largest: f64) -> Self {
        let largest = if largest > 0.0 { largest } else { 1.0 };
        let rough = largest / 4.0;
        let decade = libm::exp10(libm::log10(rough).floor());
        let step =
            [1.0, 2.0, 2.5, 5.0, 10.0].map(|m| m * decade).into_iter().find(|step| *step >= rough * 0.999);
        let step = step.unwrap_or(10.0 * decade);
        let count = (largest / step * 0.999).ceil().max(1.0);
        Self { top: count * step, ticks: (0..=count as u32).map(|number| f64::from(number) * step).collect() }
    }
}

/// A number short enough for an axis: `250,000`, `1.5 M`.
pub(super) fn short(speech: Speech, value: f64) -> String {
    const MILLION: f64 = 1e6;
    const BILLION: f64 = 1e9;
    match value.abs() {
        size if size >= BILLION => format!("{}\u{a0}{}", value / MILLION, "M"),
        size if size >= MILLION => format!("{}\u{a0}M", (value / 1e4).round() / 100.0),
        size if size >= 1e4 => speech.number(value),
        // The shortest writing: ticks are round.
        _ => speech.grouped(&format!("{}", (value * 1e6).round() / 1e6)),
    }
}

/// A scale of dates.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dates {
    days: Vec<f64>,
    first: Date,
}

impl Dates {
    /// Of dates in order; `None` without two readable ones.
    pub(super) fn of(dates: &[String]) -> Option<Self> {
        let read: Option<Vec<Date>> = dates.iter().map(|date| date.parse().ok()).collect();
        let read = read?;
        let &first = read.first()?;
        let days: Vec<f64> = read.iter().map(|date| f64::from((*date - first).get_days())).collect();
        (days.last()? > &0.0).then_some(Self { days, first })
    }

    fn length(&self) -> f64 {
        self.days.last().copied().unwrap_or(1.0)
    }

    /// Where date number `number` stands, 0 to 1.
    pub(super) fn place(&self, number: usize) -> f64 {
        self.days.get(number).copied().unwrap_or(0.0) / self.length()
    }

    /// Where any date stands; `None` outside.
    pub(super) fn place_of(&self, date: &str) -> Option<f64> {
        let date: Date = date.parse().ok()?;
        let place = f64::from((date - self.first).get_days()) / self.length();
        (0.0..=1.0).contains(&place).then_some(place)
    }

    /// Lines at the first of January or July, of every year or every few, with their labels.
    pub(super) fn ticks(&self, speech: Speech) -> Vec<(f64, String)> {
        let years = self.length() / 365.25;
        let apart = if years <= 1.2 {
            3
        } else if years <= 2.7 {
            6
        } else {
            12 * (years / 7.0).ceil() as i32
        };
        let mut ticks: Vec<(f64, String)> = Vec::new();
        let mut month = i32::from(self.first.year()) * 12;
        let last = month + (years * 12.0) as i32 + 24;
        while month <= last {
            let (year, number) = (month.div_euclid(12), month.rem_euclid(12) + 1);
            let iso = format!("{year:04}-{number:02}-01");
            if let Some(place) = self.place_of(&iso) {
                let label = if apart >= 12 { year.to_string() } else { speech.month(&iso) };
                ticks.push((place, label));
            }
            month += apart;
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Lang;

    #[test]
    fn lines_stand_at_round_numbers() {
        assert_eq!(Scale::to(380_000.0).ticks, [0.0, 100_000.0, 200_000.0, 300_000.0, 400_000.0]);
        assert_eq!(Scale::to(9.0).top, 10.0);
        assert_eq!(Scale::to(0.0).ticks.len(), 5);
        let speech = Speech { lang: Lang::En };
        assert_eq!(
            [1.5e6, 250_000.0, 3e9, 7_500.0, 2.0, 0.5].map(|value| short(speech, value)),
            ["1.5\u{a0}M", "250,000", "3000\u{a0}M", "7,500", "2", "0.5"]
        );
    }

    #[test]
    fn dates_are_marked_by_half_year_or_year() {
        let speech = Speech { lang: Lang::Es };
        let dates = Dates::of(&["2019-06-07".into(), "2020-06-07".into(), "2022-06-07".into()]).unwrap();
        let labels: Vec<String> = dates.ticks(speech).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["2020", "2021", "2022"]);
        let short = Dates::of(&["2019-06-07".into(), "2020-06-07".into()]).unwrap();
        assert_eq!(short.ticks(speech)[0].1, "jul\u{a0}2019");
        assert_eq!((dates.place(0), dates.place(2)), (0.0, 1.0));
        let long = Dates::of(&["2000-01-01".into(), "2024-01-01".into()]).unwrap();
        assert!(long.ticks(speech).iter().all(|(_, label)| label.len() == 4));
        assert_eq!(Dates::of(&["2000-01-01".into()]), None);
        assert_eq!(Dates::of(&["x".into(), "y".into()]), None);
    }
}
