//! Counts by period as rates, and what holds after the last of them.

use jiff::ToSpan;
use jiff::civil::Date;

/// Counts of consecutive periods, each by its first day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counts {
    rows: Vec<(Date, f64)>,
    period: Period,
}

/// What holds after the last row of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Extension {
    /// The last row.
    Hold,
    /// The row of a year before.
    RepeatSeason,
    /// That row, grown by this share a year; the last row, grown since, while the table knows no year before.
    Growth(f64),
}

/// What holds after the last row, if anything does.
pub(super) type Extend = Option<Extension>;

/// How long the last period is, and each that follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    Months(i32),
    Days(i32),
}

impl Period {
    /// Of a table: the distance of its rows, if they are all as many months or days apart; else as long as the last but one.
    /// One row alone is a month.
    fn of(rows: &[(Date, f64)]) -> Self {
        let pairs = || rows.windows(2).map(|pair| (pair[0].0, pair[1].0));
        let Some((before, last)) = pairs().next_back() else { return Self::Months(1) };
        match months(before, last) {
            Some(apart) if pairs().all(|(from, until)| months(from, until) == Some(apart)) => {
                Self::Months(apart)
            }
            _ => Self::Days((last - before).get_days()),
        }
    }

    /// The first day after a period that begins on a date.
    fn end(self, date: Date) -> Option<Date> {
        match self {
            Self::Months(months) => date.checked_add(months.months()).ok(),
            Self::Days(days) => date.checked_add(days.days()).ok(),
        }
    }
}

/// How many whole months lie between two dates, if nothing else does.
fn months(from: Date, until: Date) -> Option<i32> {
    let apart = (i32::from(until.year()) - i32::from(from.year())) * 12 + i32::from(until.month())
        - i32::from(from.month());
    (from.checked_add(apart.months()).ok()? == until).then_some(apart)
}

/// The first row that does not follow the one before it: in a table of months, one that is further away.
pub(super) fn after_a_gap(rows: &[(Date, f64)]) -> Option<usize> {
    let apart: Vec<Option<i32>> = rows.windows(2).map(|pair| months(pair[0].0, pair[1].0)).collect();
    let monthly = apart.contains(&Some(1)) && apart.iter().all(Option::is_some);
    apart.iter().position(|&apart| monthly && apart != Some(1)).map(|before| before + 1)
}

impl Counts {
    /// Rows in order of time, at least one.
    pub(super) fn new(rows: Vec<(Date, f64)>) -> Self {
        Self { period: Period::of(&rows), rows }
    }

    /// Things per second by date, from the period that holds at `start` until `end`; else the first date
    /// that the table says nothing of, and what to do.
    pub(super) fn rates(
        &self,
        extend: Extend,
        start: Date,
        end: Date,
    ) -> Result<Vec<(Date, f64)>, (Date, String)> {
        let first = self.rows[0].0;
        if first > start {
            return Err((start, format!("add rows before {first}, or start the model later")));
        }
        let mut rows = self.rows.clone();
        let mut next = self.end_of(rows[rows.len() - 1].0, end);
        while next < end {
            let extension = extend.ok_or_else(|| (next, how_to_go_on(next)))?;
            let count = self.extended(&rows, next, extension)?;
            rows.push((next, count));
            next = self.end_of(next, end);
        }
        let ends = rows.iter().skip(1).map(|row| row.0).chain([next]);
        let rate = |((from, count), until): (&(Date, f64), Date)| {
            (*from, count / (f64::from((until - *from).get_days()) * 86_400.0))
        };
        Ok(rows.iter().zip(ends).map(rate).filter(|(from, _)| *from < end).collect())
    }

    /// The end of the period that begins on a date; that of the run, where no calendar knows it.
    fn end_of(&self, date: Date, end: Date) -> Date {
        self.period.end(date).unwrap_or(end)
    }

    /// The count of a period after the last row, where `rows` are all before it.
    fn extended(
        &self,
        rows: &[(Date, f64)],
        date: Date,
        extension: Extension,
    ) -> Result<f64, (Date, String)> {
        let (last_date, last) = self.rows[self.rows.len() - 1];
        let year_before = date.checked_sub(1.year()).unwrap_or(date);
        let season = || rows.iter().rev().find(|(from, _)| *from <= year_before).map(|row| row.1);
        match extension {
            Extension::Hold => Ok(last),
            Extension::RepeatSeason => season().ok_or_else(|| {
                let help = format!(
                    "add a row for {year_before}, a year before, or write extend = \"hold\" or {{ growth = \"3 %/yr\" }}"
                );
                (date, help)
            }),
            Extension::Growth(share) => Ok(season().map_or_else(
                || last * libm::pow(1.0 + share, f64::from((date - last_date).get_days()) / 365.25),
                |season| season * (1.0 + share),
            )),
        }
    }
}

/// What to do where a table ends before the run.
fn how_to_go_on(next: Date) -> String {
    format!(
        "add rows from {next} on, or say what holds after the last one: extend = \"hold\", \"repeat-season\" or {{ growth = \"3 %/yr\" }}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// How many there are in a table from its first row until a date.
    fn total(rows: &[(Date, f64)], extend: Extend, until: Date) -> f64 {
        let rates = Counts::new(rows.to_vec()).rates(extend, rows[0].0, until).unwrap();
        let ends = rates.iter().skip(1).map(|row| row.0).chain([until]);
        rates
            .iter()
            .zip(ends)
            .map(|((from, rate), end)| rate * 86_400.0 * f64::from((end - *from).get_days()))
            .sum()
    }

    /// Rows that begin so many months apart.
    fn every(months: i32, counts: &[f64]) -> Vec<(Date, f64)> {
        (0..)
            .zip(counts)
            .map(|(row, &count)| (date(2021, 1, 1).checked_add((row * months).months()).unwrap(), count))
            .collect()
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9 * expected, "{found} instead of {expected}");
    }

    #[test]
    fn counts_become_rates_and_go_on_as_said() {
        let table = Counts::new(vec![(date(2019, 1, 1), 31.0), (date(2019, 2, 1), 56.0)]);
        let per_day = |extend| {
            let rates = table.rates(extend, date(2019, 1, 10), date(2019, 4, 1));
            rates.map(|rates| rates.iter().map(|(_, rate)| rate * 86_400.0).collect::<Vec<_>>())
        };
        // 31 in January and 56 in February are one and two a day; held at 56, March has 56/31 a day.
        assert_eq!(per_day(Some(Extension::Hold)), Ok(vec![1.0, 2.0, 56.0 / 31.0]));
        assert_eq!(per_day(None).map_err(|(missing, _)| missing), Err(date(2019, 3, 1)));
        assert_eq!(
            per_day(Some(Extension::RepeatSeason)).map_err(|(missing, _)| missing),
            Err(date(2019, 3, 1))
        );
    }

    #[test]
    fn a_row_holds_for_the_period_that_the_table_is_by() {
        let hold = Some(Extension::Hold);
        near(total(&every(12, &[365.0, 730.0]), None, date(2023, 1, 1)), 1_095.0);
        near(total(&every(12, &[365.0, 730.0]), hold, date(2024, 1, 1)), 1_825.0);
        near(total(&every(3, &[90.0, 91.0, 92.0, 920.0]), None, date(2022, 1, 1)), 1_193.0);
        near(total(&every(3, &[90.0, 91.0, 92.0, 920.0]), hold, date(2022, 7, 1)), 1_193.0 + 1_840.0);
        let days = |apart: i64, counts: &[f64]| -> Vec<(Date, f64)> {
            let day = |row: i64| date(2021, 1, 1).checked_add((row * apart).days()).unwrap();
            (0..).zip(counts).map(|(row, &count)| (day(row), count)).collect()
        };
        near(total(&days(1, &[10.0; 10]), hold, date(2021, 1, 21)), 200.0);
        near(total(&days(7, &[7.0, 70.0]), hold, date(2021, 1, 22)), 147.0);
        near(total(&every(1, &[31.0]), hold, date(2021, 3, 1)), 62.0);
    }

    #[test]
    fn growth_is_by_year() {
        let growth = Some(Extension::Growth(0.12));
        let rows = every(1, &[1_000.0; 3]);
        let month = |from: Date, until: Date| total(&rows, growth, until) - total(&rows, growth, from);
        near(month(date(2022, 1, 1), date(2022, 2, 1)), 1_120.0);
        near(month(date(2021, 12, 1), date(2022, 1, 1)), libm::pow(1.12, 275.0 / 365.25) * 1_000.0);
        near(month(date(2023, 1, 1), date(2023, 2, 1)), 1_254.4);
    }

    #[test]
    fn a_month_left_out_is_a_gap() {
        let months = |months: &[i8]| -> Vec<(Date, f64)> {
            months.iter().map(|&month| (date(2021, month, 1), 1.0)).collect()
        };
        assert_eq!(after_a_gap(&months(&[1, 3, 4])), Some(1));
        assert_eq!(after_a_gap(&months(&[1, 2, 3, 6])), Some(3));
        assert_eq!(after_a_gap(&months(&[1, 2, 3])), None);
        assert_eq!(after_a_gap(&months(&[1, 4, 10])), None);
    }
}
