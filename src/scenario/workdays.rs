//! Working days and holidays.

use crate::units::{CALENDAR_DAYS, DAY, SimTime};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Whose holidays are not working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holidays {
    /// Federal holidays: 5 U.S.C. § 6103; Juneteenth from 2021. On a Saturday they are observed on the
    /// Friday before, on a Sunday on the Monday after.
    UnitedStates,
    /// Days of obligatory rest: Ley Federal del Trabajo, art. 74; the change of government on 1 December of
    /// every sixth year until 2018, on 1 October from 2024.
    Mexico,
}

/// For each day of a run, the midnight that ends the `count`-th working day after it by the Mexican calendar, in whose law
/// the term of a refugee claim is counted (45 of them: `scenarios/us-mx-2019`).
pub fn term_in_working_days(start: Date, end: Date, count: u32) -> Vec<SimTime> {
    Holidays::Mexico.deadlines((start, end), count, &[])
}

impl Holidays {
    /// Whether people work on a date.
    pub(super) fn is_working_day(self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.is_holiday(date)
    }

    /// For each day of a run, the midnight that ends the `count`-th working day after it; days from the first date of a
    /// suspension until before the second do not count.
    pub(super) fn deadlines(
        self,
        (start, end): (Date, Date),
        count: u32,
        suspended: &[(Date, Date)],
    ) -> Vec<SimTime> {
        let days = (end - start).get_days().max(0) + 1;
        // Working days in a row are never rarer than two in seven days, holidays at their densest included.
        let still: i32 = suspended.iter().map(|&(from, until)| (until - from).get_days()).sum();
        let counts = |date: Date| {
            let stands_still = suspended.iter().any(|&(from, until)| from <= date && date < until);
            self.is_working_day(date) && !stands_still
        };
        let needed = i32::try_from(count).unwrap_or(i32::MAX).saturating_mul(4);
        let reach =
            needed.saturating_add(days).saturating_add(still).saturating_add(60).min(CALENDAR_DAYS as i32);
        let working: Vec<i64> = (0..reach)
            .map_while(|day| Some((day, start.checked_add(day.days()).ok()?)))
            .filter(|&(_, date)| counts(date))
            .map(|(day, _)| day)
            .map(i64::from)
            .collect();
        (0..i64::from(days))
            .map(|day| {
                let next = working.partition_point(|&working| working <= day);
                let last =
                    if count == 0 { Some(day) } else { working.get(next + count as usize - 1).copied() };
                last.map_or(SimTime::NEVER, |last| SimTime::from_seconds((last + 1) * DAY))
            })
            .collect()
    }

    fn is_holiday(self, date: Date) -> bool {
        match self {
            Self::UnitedStates => observed_in_the_united_states(date),
            Self::Mexico => is_mexican_holiday(date),
        }
    }
}

fn observed_in_the_united_states(date: Date) -> bool {
    let fixed = |date: Date| {
        let juneteenth = date.year() >= 2021 && (date.month(), date.day()) == (6, 19);
        juneteenth || matches!((date.month(), date.day()), (1, 1) | (7, 4) | (11, 11) | (12, 25))
    };
    let neighbor = |days: i32| date.checked_add(days.days()).is_ok_and(fixed);
    match date.weekday() {
        Weekday::Friday if neighbor(1) => return true,
        Weekday::Monday if neighbor(-1) => return true,
        _ => {}
    }
    fixed(date)
        || is_nth(date, 1, Weekday::Monday, 3)
        || is_nth(date, 2, Weekday::Monday, 3)
        || is_last(date, 5, Weekday::Monday)
        || is_nth(date, 9, Weekday::Monday, 1)
        || is_nth(date, 10, Weekday::Monday, 2)
        || is_nth(date, 11, Weekday::Thursday, 4)
}

fn is_mexican_holiday(date: Date) -> bool {
    let handover = match date.year() {
        year if year >= 2024 => (date.month(), date.day()) == (10, 1) && (year - 2024) % 6 == 0,
        year => (date.month(), date.day()) == (12, 1) && (year - 2018) % 6 == 0,
    };
    handover
        || matches!((date.month(), date.day()), (1 | 5, 1) | (9, 16) | (12, 25))
        || is_nth(date, 2, Weekday::Monday, 1)
        || is_nth(date, 3, Weekday::Monday, 3)
        || is_nth(date, 11, Weekday::Monday, 3)
}

fn is_nth(date: Date, month: i8, weekday: Weekday, nth: i8) -> bool {
    date.month() == month && date.weekday() == weekday && (date.day() - 1) / 7 + 1 == nth
}

fn is_last(date: Date, month: i8, weekday: Weekday) -> bool {
    date.month() == month && date.weekday() == weekday && date.day() + 7 > date.days_in_month()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn holidays_are_those_of_the_laws() {
        // Published calendars of federal holidays (opm.gov) and of article 74 of the Mexican labour law.
        let us = Holidays::UnitedStates;
        for holiday in [
            date(2019, 1, 21),
            date(2019, 5, 27),
            date(2019, 7, 4),
            date(2019, 11, 28),
            date(2021, 6, 18),
            date(2020, 7, 3),
            date(2021, 12, 31),
        ] {
            assert!(!us.is_working_day(holiday), "{holiday}");
        }
        assert!(us.is_working_day(date(2020, 6, 19)));
        let mx = Holidays::Mexico;
        for holiday in
            [date(2019, 2, 4), date(2019, 3, 18), date(2019, 9, 16), date(2019, 11, 18), date(2024, 10, 1)]
        {
            assert!(!mx.is_working_day(holiday), "{holiday}");
        }
        assert!(mx.is_working_day(date(2019, 7, 4)));
    }

    #[test]
    fn a_limit_of_five_working_days_is_a_week_without_a_holiday() {
        // Monday 3 June 2019: the fifth working day after it is Monday 10 June.
        let deadlines = Holidays::Mexico.deadlines((date(2019, 6, 3), date(2019, 7, 1)), 5, &[]);
        assert_eq!(deadlines[0], SimTime::from_seconds(8 * DAY));
        // Filed on Saturday 8 June: Friday 14 June.
        assert_eq!(deadlines[5], SimTime::from_seconds(12 * DAY));
    }

    #[test]
    fn days_of_a_suspension_do_not_count() {
        // Still from Tuesday 24 March until before Thursday 1 October 2020.
        let dates = (date(2020, 3, 20), date(2020, 3, 30));
        let suspended = [(date(2020, 3, 24), date(2020, 10, 1))];
        let deadlines = Holidays::Mexico.deadlines(dates, 3, &suspended);
        let midnight = |date: Date| SimTime::from_seconds(i64::from((date - dates.0).get_days()) * DAY);
        // Friday 20 March: Monday 23 March, then 1 and 2 October.
        assert_eq!(deadlines[0], midnight(date(2020, 10, 3)));
        assert_eq!(deadlines[3], midnight(date(2020, 10, 6)));
        assert_eq!(deadlines[9], deadlines[3]);
    }
}
