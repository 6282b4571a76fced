//! What `--out` looks at in detail, and the fluid twin in the audit.

use crate::support::{Court, code, stdout};
use serde_json::Value;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// The detail of the court's study, and the whole document.
fn detailed(court: &Court) -> Value {
    assert_eq!(code(&court.run("run study.toml --out found")), 0);
    parsed(court, "found/run.json")
}

fn parsed(court: &Court, file: &str) -> Value {
    serde_json::from_str(&court.read(file)).expect("JSON")
}

#[test]
fn detail_is_there_where_a_folder_is_asked_for_and_changes_no_number() {
    let court = Court::new("detail");
    let mut with = detailed(&court);
    let without = court.json("run study.toml --format json");
    assert!(without.get("detail").is_none());
    with.as_object_mut().expect("an object").remove("detail");
    assert_eq!(with, without);
}

#[test]
fn cohorts_ages_and_flows_agree_with_the_figures() {
    let court = Court::new("cohorts");
    let run = detailed(&court);
    let detail = &run["detail"];
    // Whoever waited at the start had waited for 100 days; the median is known to 2 %.
    let first = &detail["ages"][0];
    assert_eq!((first["of"].as_str(), first["date"].as_str()), (Some("pending"), Some("2019-06-07")));
    assert_eq!((number(&first["cases"]["mean"]), number(&first["mean-days"]["mean"])), (2_000.0, 100.0));
    // Shares of a cohort are probabilities that grow with the limit; beyond the horizon nothing is known.
    let cohort = &detail["cohorts"][1];
    assert_eq!((cohort["of"].as_str(), cohort["from"].as_str()), (Some("all"), Some("2019-07-01")));
    let gone = &cohort["shares"]["withdrawn"];
    assert!(number(&gone["45 working days"]["mean"]) <= number(&gone["180 days"]["mean"]));
    assert!(gone["5 years"].is_null());
    // Moves into the exits are the departures, and nobody is lost: streams = exits + pending.
    let flows = detail["flows"].as_array().expect("flows");
    let sum = |is_it: &dyn Fn(&Value) -> bool| -> f64 {
        flows.iter().filter(|flow| is_it(flow)).map(|flow| number(&flow["cases"])).sum()
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-6 * b.max(1.0), "{a} and {b}");
    for exit in ["done", "gone"] {
        let departed = number(&run["exits"][exit]["cases"]["mean"]);
        close(sum(&|flow| flow["to"] == format!("exit.{exit}").as_str()), departed);
    }
    let entered = sum(&|flow| {
        flow["from"]
            .as_str()
            .is_some_and(|from| from.starts_with("arrivals.") || from.starts_with("initial."))
    });
    let out = sum(&|flow| flow["to"].as_str().is_some_and(|to| to.starts_with("exit.")));
    close(entered - out, number(&run["pending"]["cases"]["at-end"]["mean"]));
    let withdrew = sum(&|flow| flow["how"] == "withdrew");
    close(withdrew, number(&run["stages"]["merits"]["withdrawn"]["mean"]));
}

#[test]
fn the_fluid_twin_stands_in_the_audit() {
    let court = Court::new("twin");
    let run = court.json("run study.toml --format json");
    let gap = &run["audit"]["fluid-gap"]["merits"];
    // 3.8 cases a day more than are heard, 2,000 at the start: a long line, on which the two agree within 3 %.
    assert!(number(&gap["fluid"]) > 2_500.0 && number(&gap["gap"]).abs() < 0.03, "{gap}");
    let text = stdout(&court.run("run study.toml"));
    assert!(text.contains("of the fluid twin (farthest: merits)"), "{text}");
}

#[test]
fn the_number_of_threads_changes_no_detail() {
    let court = Court::new("detail-threads");
    let bytes = |threads: u8| {
        assert_eq!(code(&court.run(&format!("compare study.toml --out t{threads} --threads {threads}"))), 0);
        parsed(&court, &format!("t{threads}/compare.json"))
    };
    let one = bytes(1);
    assert!(one["variants"]["more"]["run"]["detail"]["flows"].is_array());
    assert_eq!(one, bytes(3));
}

#[test]
fn the_text_says_what_became_of_a_cohort_and_what_was_moved() {
    let court = Court::new("told");
    let run = stdout(&court.run("run study.toml --out one"));
    assert!(run.contains("cases that came from 2019-07-01 to before 2019-08-01,"), "{run}");
    let compared = stdout(&court.run("compare study.toml --out two"));
    let words = compared.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("more, cases by 2020-06-07 against now:"), "{compared}");
    assert!(words.contains("fewer at merits"), "{compared}");
    assert!(words.contains("same, cases by 2020-06-07 against now: nothing moved."), "{compared}");
    crate::support::assert_narrow(&run);
    crate::support::assert_narrow(&compared);
}

#[test]
fn the_ledger_sums_to_nothing_where_the_arrivals_are_the_same() {
    let court = Court::new("ledger");
    assert_eq!(code(&court.run("compare study.toml --out found")), 0);
    let report = parsed(&court, "found/report.json");
    let ledger = &report["flows"]["ledger"]["rows"];
    let more = |row: &Value| number(&row["moved"][1]["mean"]);
    let rows = ledger.as_array().expect("a ledger");
    let sum: f64 = rows.iter().map(more).sum();
    assert!(sum.abs() < 1e-6 && rows.iter().any(|row| more(row) < -100.0), "{ledger}");
    assert!(report["waits"]["cohorts"].as_array().is_some_and(|cohorts| cohorts.len() > 3));
    assert!(report["waits"]["ages"].as_array().is_some_and(|ages| !ages.is_empty()));
    assert!(report["audit"]["fluid"][0]["fluid"].is_number());
}

#[test]
fn curves_make_the_whole_and_meet_the_shares() {
    let court = Court::new("curves");
    assert_eq!(code(&court.run("run study.toml -n 1 --out one --report numbers.csv")), 0);
    let report = parsed(&court, "one/report.json");
    let curves = report["waits"]["curves"].as_array().expect("curves");
    let of_period =
        |from: &str| -> Vec<&Value> { curves.iter().filter(|curve| curve["from"] == from).collect() };
    let first = of_period("2019-07-01");
    let days: Vec<u64> =
        first[0]["days"].as_array().expect("days").iter().filter_map(Value::as_u64).collect();
    // In one future, whoever is not out in any way is open: at every time all shares together are a hundred.
    for place in 0..days.len() {
        let sum: f64 = first.iter().map(|curve| number(&curve["traces"][0]["q50"][place])).sum();
        assert!((sum - 100.0).abs() < 0.03, "{sum} after {} days", days[place]);
    }
    assert_eq!((first[0]["way"].as_str(), number(&first[0]["traces"][0]["q50"][0])), (Some("open"), 100.0));
    // The period ends 312 days before the run does: nobody is told of for longer.
    assert!(days.iter().all(|&day| day <= 312) && days.contains(&180), "{days:?}");
    let cohorts = report["waits"]["cohorts"].as_array().expect("cohorts");
    let cohort = cohorts.iter().find(|cohort| cohort["from"] == "2019-07-01").expect("the same period");
    let shares = cohort["shares"].as_array().expect("shares").iter();
    let open = shares.clone().find(|share| share["way"] == "open" && share["within-days"] == 180.0);
    let place = days.iter().position(|&day| day == 180).expect("a limit");
    let share = 100.0 * number(&open.expect("a share")["share"]["mean"]);
    assert!((share - number(&first[0]["traces"][0]["q50"][place])).abs() < 0.006, "{share}");
    // Every number is in the table of all numbers.
    let row = "curves,open,2019-08-01,share,now,2019-07-01,q50 within 180 days,";
    assert!(court.read("numbers.csv").contains(row), "no {row}");
}
