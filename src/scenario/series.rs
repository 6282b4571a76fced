//! The dates at which the system is shown.

use super::study::Period;
use jiff::ToSpan;
use jiff::civil::Date;

/// The start, the first day of every period within the run, and the end.
pub(super) fn dates(start: Date, end: Date, period: Period) -> Vec<Date> {
    let mut dates = vec![start];
    let mut next = match period {
        Period::Week => start.checked_add(7.days()),
        Period::Month => start.first_of_month().checked_add(1.month()),
        Period::Year => start.first_of_year().checked_add(1.year()),
    };
    while let Ok(date) = next
        && date < end
    {
        dates.push(date);
        next = match period {
            Period::Week => date.checked_add(7.days()),
            Period::Month => date.checked_add(1.month()),
            Period::Year => date.checked_add(1.year()),
        };
    }
    dates.push(end);
    dates
}
