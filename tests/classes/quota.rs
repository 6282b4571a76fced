//! Forced counts: so many a month go one way, first come first taken, all where fewer come.

use crate::support::{network, scenario};
use caseload::engine::{Observer, Occurrence, Plan, Simulation};
use caseload::random::Streams;
use caseload::units::{DAY, SimTime};

/// First days of the months of 2020 after its start, and of 2021 \[days\].
const MONTHS: [i64; 24] = [
    31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366, 397, 425, 456, 486, 517, 547, 578, 609, 639,
    670, 700, 731,
];

/// Cases and persons who left by the first exit and by the second, by month.
#[derive(Default)]
struct Left {
    cases: [[u64; 24]; 2],
    persons: [[u64; 24]; 2],
    families_by_second: u64,
}

impl Observer for Left {
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        let Occurrence::Departed { case, exit, at, .. } = occurrence else { return };
        let month = MONTHS.iter().position(|end| at < SimTime::from_seconds(end * DAY));
        let Some(month) = month else { return };
        self.cases[usize::from(exit)][month] += 1;
        self.persons[usize::from(exit)][month] += u64::from(case.persons);
        self.families_by_second += u64::from(exit == 1 && case.persons > 1);
    }
}

fn run(test: &str, quota: &str, table: &str) -> Left {
    // Single adults evenly, so that there is one in every piece of a budget; families by chance.
    let text = r#"
[arrivals.singles]
to = "border"
class = "mexico+single+weak"
rate = "10 /day"
process = "deterministic"
[arrivals.families]
to = "border"
class = "mexico+family+weak"
rate = "10 /day"
[stage.border]
service.constant = "1 hour"
then = { done = 1.0 }
[[stage.border.quota]]
to = "other"
"#;
    let network = network(&scenario(test, &format!("{text}{quota}"), table));
    let plan = Plan::new(&network);
    Simulation::new(&network, &plan, Streams::new(21, 0), Left::default()).run()
}

/// A table of counts a month: 0, 40, 80 and so on in 2020, then none.
fn table() -> String {
    let row = |month: i64| {
        let count = if month < 12 { 40 * month } else { 0 };
        format!("{}-{:02}-01,{count}\n", 2020 + month / 12, month % 12 + 1)
    };
    format!("date,n\n{}", (0..24).map(row).collect::<String>())
}

#[test]
fn a_table_takes_exactly_its_count_a_month_or_all_there_are() {
    let left = run("quota-table", "of = \"single\"\ncsv = \"joint.csv\"\ncolumn = \"n\"", &table());
    assert_eq!(left.families_by_second, 0);
    let families = |month: usize| left.persons[0][month] - left.cases[0][month];
    for month in 0..24 {
        let wanted = if month < 12 { 40 * month as u64 } else { 0 };
        let singles = 10 * (MONTHS[month] - if month == 0 { 0 } else { MONTHS[month - 1] }) as u64;
        // One who comes at the last minute of a month is done in the next.
        let taken = left.cases[1][month];
        if wanted < singles - 10 {
            assert_eq!(taken, wanted, "month {month}");
        } else {
            assert!(wanted > singles && taken.abs_diff(singles) <= 1, "month {month}: {taken} of {singles}");
        }
        assert!(families(month) > 0);
    }
}

#[test]
fn persons_are_counted_where_the_unit_is_persons() {
    let left = run("quota-persons", "csv = \"joint.csv\"\ncolumn = \"n\"\nunit = \"persons\"", &table());
    // A budget may be overdrawn by one case, and what is too much comes off the next month; a case that is not there
    // for its last person leaves that one to lapse.
    let mut asked = 0;
    for month in 0..12 {
        asked += 40 * month as u64;
        let taken: u64 = left.persons[1][..=month].iter().sum();
        assert!(taken + month as u64 >= asked && taken <= asked + 20, "month {month}: {taken} of {asked}");
    }
}

#[test]
fn a_rate_takes_so_many_a_day_and_policies_scale_it() {
    let left = run("quota-rate", "rate = \"5 /day\"\nafter = \"2 days\"\nscale = 0.5", "");
    let taken: u64 = left.cases[1].iter().sum();
    // 2.5 a day for 731 days, less those still on their way for two days.
    assert!((taken as f64 - 2.5 * 729.0).abs() <= 2.0, "{taken}");
}
