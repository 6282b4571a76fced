//! Calendars of stages and transfers of those waiting, from the file to the figures.

use super::support::{Court, code, stderr};
use serde_json::Value;

/// A hearing list with ten slots a day for a year, and far more cases than it can call; a hearing takes no time.
const LIST: &str = r#"
caseload = 1
kind  = "model"
title = "A hearing list"
start = 2019-01-01
end   = 2020-01-01
[class.case]
[arrivals.in]
to    = "merits"
rate  = "1 /day"
[stage.merits]
slots = "10 /day"
service.constant = "0 days"
then = { done = 1.0 }
[initial.merits]
cases = 20_000
ages.constant = "0 days"
[exit.done]
kind = "relief"
"#;

fn list(test: &str, stage: &str) -> Court {
    let court = Court::new(test);
    court.write("list.toml", &LIST.replace("[initial.merits]", &format!("{stage}\n[initial.merits]")));
    court
}

fn mean(run: &Value, figure: &str) -> f64 {
    run["stages"]["merits"][figure]["mean"].as_f64().unwrap()
}

fn figures(court: &Court) -> [f64; 3] {
    let run = court.json("run list.toml -n 4 --format json");
    ["started", "no-shows", "cancelled"].map(|figure| mean(&run, figure))
}

#[test]
fn slots_follow_a_table_and_what_is_said_of_its_end() {
    let court = Court::new("slots-table");
    let slots = r#"slots = { csv = "slots.csv", column = "n", extend = "hold" }"#;
    court.write("list.toml", &LIST.replace(r#"slots = "10 /day""#, slots));
    court.write("slots.csv", "date,n\n2019-01-01,31\n2019-02-01,280\n");
    // 31 in January, 280 in February and in each of the ten months after it.
    assert_eq!(figures(&court), [31.0 + 11.0 * 280.0, 0.0, 0.0]);
}

#[test]
fn a_policy_scales_a_table_of_slots() {
    let court = Court::new("slots-policy");
    let slots = r#"slots = { csv = "slots.csv", column = "n", extend = "hold" }"#;
    court.write("list.toml", &LIST.replace(r#"slots = "10 /day""#, slots));
    court.write("slots.csv", "date,n\n2019-01-01,310\n");
    court.write(
        "half.toml",
        "caseload = 1\nkind = \"policy\"\ntitle = \"Half\"\nintent = [\"stage.merits\"]\n[[change]]\npath = \"stage.merits.slots\"\nscale = 0.5\nwhy = \"fewer\"\n",
    );
    let run = court.json("run list.toml --policy half=half.toml -n 1 --format json");
    assert_eq!(mean(&run, "started"), 155.0 * 12.0);
}

#[test]
fn a_closure_takes_exactly_its_share_of_the_slots() {
    // 3650 slots; 300 of them in the thirty days closed, of which nine tenths are lost.
    let closed = |share: &str, more: &str| {
        format!("closed = [{{ from = 2019-03-01, until = 2019-03-31, share = {share}{more} }}]")
    };
    assert_eq!(figures(&list("closed-part", &closed("0.9", ""))), [3650.0 - 270.0, 0.0, 0.0]);
    assert_eq!(figures(&list("closed-whole", &closed("1.0", ""))), [3350.0, 0.0, 0.0]);
    let to_end = closed("1.0", ", scheduled = \"end-of-line\"");
    assert_eq!(figures(&list("closed-end", &to_end)), [3350.0, 0.0, 300.0]);
}

#[test]
fn a_closed_stage_without_slots_starts_nobody_and_goes_on_at_once_when_it_opens() {
    let court = Court::new("closed-pool");
    let pool = "[pool.judge]\nstart = 5\n[stage.merits]\npool = \"judge\"\nclosed = [{ from = 2019-01-01, until = 2019-12-31 }]";
    let text = LIST.replace("[stage.merits]\nslots = \"10 /day\"", pool);
    court.write("list.toml", &text.replace("0 days\"\nthen", "5 days\"\nthen"));
    // Nobody starts for all but the last day, and then as many as there are servers.
    assert_eq!(figures(&court), [5.0, 0.0, 0.0]);
}

#[test]
fn who_has_waited_longer_misses_more_hearings_and_the_slot_is_used_or_goes_to_the_next() {
    // The first 1000 slots are within 100 days, when nobody misses; after that everybody does.
    let by_wait = |slot: &str| {
        format!(
            "no-show-to = \"done\"\nno-show = {{ p = 0.0, by-wait = [{{ after = \"100 days\", p = 1.0 }}], slot = \"{slot}\" }}"
        )
    };
    // The thousandth slot is at the hundredth midnight, to the second, and so is the wait of those called.
    // Of those who came later few are called: 20 000 have come before them.
    assert_eq!(figures(&list("used", &by_wait("used"))), [999.0, 2651.0, 0.0]);
    // At that slot all of the others there at the start are called; from then on only those who came later.
    let [started, missed, _] = figures(&list("next", &by_wait("next")));
    assert!(missed >= 19_001.0 && started > 999.0, "{missed} missed, {started} started");
}

#[test]
fn a_no_show_who_is_replaced_is_not_called_twice_at_one_slot() {
    // Nobody ever comes: each slot calls everybody in line once, and leaves them in line.
    let court = list("nobody-comes", "no-show = { p = 1.0, slot = \"next\" }");
    court.replace("list.toml", "20_000", "10");
    court.replace("list.toml", "2020-01-01", "2019-01-03");
    court.replace("list.toml", "rate  = \"1 /day\"", "rate  = \"0 /day\"");
    assert_eq!(figures(&court), [0.0, 200.0, 0.0]);
}

#[test]
fn those_who_withdraw_may_go_to_a_stage() {
    let court = Court::new("withdrawn-to-stage");
    let stage = "withdraw.constant = \"10 days\"\nwithdrawn-to = \"leaving\"";
    let text = LIST.replace("[initial.merits]", &format!("{stage}\n[initial.merits]"));
    let leaving =
        "[stage.leaving]\nservice.constant = \"1 day\"\nthen = \"gone\"\n[exit.gone]\nkind = \"withdrawn\"\n";
    court.write("list.toml", &(text + leaving));
    let run = court.json("run list.toml -n 2 --format json");
    let left = run["stages"]["leaving"]["completed"]["mean"].as_f64().unwrap();
    // All but those called in the first ten days: the slot at the tenth midnight comes after the withdrawals.
    assert!(left >= 20_000.0 - 100.0, "{left} left by way of the stage");
    assert!((mean(&run, "withdrawn") - left).abs() <= 2.0);
    assert_eq!(run["exits"]["gone"]["cases"]["mean"].as_f64(), Some(left));
}

#[test]
fn a_policy_can_close_a_stage() {
    let court = list("policy-closes", "");
    court.write(
        "shut.toml",
        "caseload = 1\nkind = \"policy\"\ntitle = \"Shut\"\nintent = [\"stage.merits\"]\n[[change]]\ninsert = \"stage.merits.closed\"\nvalue = [{ from = 2019-02-01, until = 2019-02-11, scheduled = \"end-of-line\" }]\nwhy = \"shutdown\"\n",
    );
    let run = court.run("run list.toml --policy shut=shut.toml -n 1 --format json");
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let run: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!((mean(&run, "started"), mean(&run, "cancelled")), (3550.0, 100.0));
}

const BULK: &str = r#"
[class.other]
[exit.closed]
kind = "closed"
[transfer.review]
label = "File review"
"#;

fn moved(court: &Court) -> [f64; 3] {
    let run = court.json("run list.toml -n 2 --format json");
    let taken = run["transfers"]["review"]["cases"]["mean"].as_f64().unwrap();
    let closed = run["exits"]["closed"]["cases"]["mean"].as_f64().unwrap();
    [taken, closed, mean(&run, "transferred")]
}

/// The list, of whose cases half are of another class, with a transfer.
fn review(test: &str, takes: &str) -> Court {
    let court = Court::new(test);
    let mixed = LIST.replace("20_000\n", "20_000\nmix = { case = 0.5, other = 0.5 }\n");
    let mixed = mixed.replace("rate  =", "class = \"case\"\nrate  =");
    court.write("list.toml", &format!("{mixed}{BULK}from-stage = \"merits\"\nto = \"closed\"\n{takes}\n"));
    court
}

#[test]
fn a_transfer_takes_so_many_a_day_or_all_on_a_date() {
    let rate = "rate = \"500 /day\"\nfrom = 2019-02-01\nuntil = 2019-02-11";
    assert_eq!(moved(&review("bulk-rate", rate)), [5_000.0; 3]);
    // A slot is called before noon of the last day, so that no more than all but those called are left.
    let all = moved(&review("bulk-all", "date = 2019-01-02"));
    assert!((19_985.0..=20_001.0).contains(&all[0]) && all == [all[0]; 3], "{all:?}");
    let off = "date = 2019-01-02\nenabled = false";
    assert_eq!(moved(&review("bulk-off", off)), [0.0; 3]);
}

#[test]
fn a_transfer_takes_the_class_it_names() {
    let all = moved(&review("bulk-class", "date = 2019-01-02\nof = \"other\""));
    // Half of 20 000, give or take five standard deviations and the ten called on the first day.
    assert!((all[0] - 10_000.0).abs() < 5.0 * 71.0 + 10.0, "{all:?}");
}

#[test]
fn an_outcome_counts_those_moved_between_dates_and_a_report_shows_them() {
    let court = review("bulk-outcome", "rate = \"500 /day\"\nfrom = 2019-02-01\nuntil = 2019-02-11");
    let outcome = "[outcome]\nfew = { transferred = \"review\", from = 2019-01-01, until = 2019-02-03 }\n";
    court.write(
        "ask.toml",
        &format!(
            "caseload = 1\nkind = \"study\"\nmodel = \"list.toml\"\n[replications]\nnumber = 2\n{outcome}"
        ),
    );
    let run = court.json("run ask.toml --format json");
    assert_eq!(run["outcomes"]["few"]["mean"].as_f64(), Some(1_000.0));
    let text = super::support::stdout(&court.run("run list.toml -n 2"));
    let line = text.lines().find(|line| line.starts_with("File review [cases]")).unwrap();
    assert!(line.contains("5,000"), "{line}");
}

#[test]
fn visits_of_those_who_left_and_what_they_cost() {
    let court = list("visits", "no-show = { p = 0.2 }");
    court.replace(
        "list.toml",
        "[class.case]",
        "[class.case]\npersons = 2\n[cost.\"visit(merits)\"]\nper-visit = \"USD 30\"\nunit = \"persons\"",
    );
    court.replace("list.toml", "then = { done = 1.0 }", "then = { done = 0.5, merits = 0.5 }");
    court.replace("list.toml", "20_000", "500");
    court.write("ask.toml", "caseload = 1\nkind = \"study\"\nmodel = \"list.toml\"\n[replications]\nnumber = 8\n[outcome]\nvisits = { visits = \"merits\" }\n");
    let run = court.json("run ask.toml --format json");
    // A slot ends it with probability 0.8 · 0.5: 2.5 visits on average, with variance 0.6 / 0.4². Of eight times
    // some 850 cases the mean is within four standard errors; those still there are few.
    let visits = run["outcomes"]["visits"]["mean"].as_f64().unwrap();
    assert!((visits - 2.5).abs() < 4.0 * (3.75_f64 / 6_800.0).sqrt(), "{visits} visits");
    let cost = run["costs"]["visit(merits)"]["mean"].as_f64().unwrap();
    let made = mean(&run, "started") + mean(&run, "no-shows");
    assert!((cost - 2.0 * 30.0 * made).abs() < 1e-6 * cost, "{cost} for {made} visits");
}

#[test]
fn a_clock_that_is_suspended_gives_the_days_back() {
    let within = |test: &str, suspended: &str| {
        let court = Court::new(test);
        let text = LIST
            .replace("slots = \"10 /day\"\nservice.constant = \"0 days\"", "service.constant = \"15 days\"");
        let clock = "[clock.term]\nfrom = \"filed(merits)\"\nto = \"decided(merits)\"\nlimit = \"10 days\"";
        court.write(
            "list.toml",
            &format!("{}\n{clock}\n{suspended}\n", text.replace("\"1 /day\"", "\"0 /day\"")),
        );
        court.json("run list.toml -n 1 --format json")["clocks"]["term"]["within-share"]["mean"].as_f64()
    };
    assert_eq!(within("clock-plain", ""), Some(0.0));
    let ten_days = "suspended = [{ from = 2018-12-20, until = 2019-01-11 }]";
    assert_eq!(within("clock-suspended", ten_days), Some(1.0));
    let four_days = "suspended = [{ from = 2019-01-03, until = 2019-01-07 }]";
    assert_eq!(within("clock-short", four_days), Some(0.0));
}
