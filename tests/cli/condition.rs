//! Changes that wait for a condition.

use crate::support::{Court, code, stderr, stdout};
use serde_json::Value;

/// A policy that hires when the line is long at one of two dates.
const WAITING: &str = r#"
caseload = 1
kind    = "policy"
title   = "More judges if need be"
extends = "model.toml"
intent  = ["pool.judge"]
[[change]]
path  = "pool.judge.start"
scale = 1.5
from  = { when = "CONDITION", tested = [2019-08-01, 2019-12-01], after = "10 days" }
"#;

const DATED: &str = r#"
caseload = 1
kind    = "policy"
title   = "More judges"
extends = "model.toml"
intent  = ["pool.judge"]
[[change]]
path  = "pool.judge.start"
scale = 1.5
from  = 2019-12-11
"#;

fn court(test: &str, condition: &str) -> Court {
    let court = Court::new(test);
    court.write("more.toml", &WAITING.replace("CONDITION", condition));
    court.write("dated.toml", DATED);
    court.replace("study.toml", "same = []", "same = [], dated = [\"dated.toml\"]");
    court
}

/// What a variant of a comparison has become, without what tells the two apart.
fn numbers(document: &Value, variant: &str) -> Value {
    let mut run = document["variants"][variant]["run"].clone();
    for key in ["model", "policy", "conditions", "cautions", "audit", "inputs-with-range"] {
        run.as_object_mut().unwrap().remove(key);
    }
    run
}

fn begun(document: &Value, condition: &str) -> (f64, Option<f64>) {
    let figures = &document["variants"]["more"]["run"]["conditions"][condition];
    (figures["begun"]["mean"].as_f64().unwrap(), figures["days-after-start"]["mean"].as_f64())
}

#[test]
fn a_change_begins_at_the_first_date_at_which_its_condition_holds() {
    // Twelve a day come and 0.3 of 8.2 come back, 8.2 are heard and 0.2 withdraw: the line grows by about six a day, from
    // 1,980 to 2,310 ± 40 on 1 August and 3,040 ± 70 on 1 December.
    let condition = "waiting(merits) > 2_650";
    let document = court("condition-date", condition).json("compare study.toml --format json");
    // 2019-12-11 is 187 days after the start.
    assert_eq!(begun(&document, condition), (1.0, Some(187.0)));
    assert_eq!(numbers(&document, "more"), numbers(&document, "dated"));
}

#[test]
fn where_it_never_holds_nothing_changes() {
    let condition = "arrived(in, 30 days) > 10_000";
    let document = court("condition-never", condition).json("compare study.toml --format json");
    assert_eq!(begun(&document, condition), (0.0, None));
    assert_eq!(numbers(&document, "more"), numbers(&document, "now"));
}

#[test]
fn a_condition_may_be_held_against_the_baseline() {
    // Up to the change both are the same, so it is below 1.01 times and not below 0.99 times the baseline.
    let holds = "wait(merits) < 1.01 * baseline";
    let document = court("condition-baseline", holds).json("compare study.toml --format json");
    // 2019-08-11 is 65 days after the start.
    assert_eq!(begun(&document, holds), (1.0, Some(65.0)));
    let fails = "arrived(merits, 30 days) < 0.99 * baseline";
    let document = court("condition-beside", fails).json("compare study.toml --format json");
    assert_eq!(begun(&document, fails).0, 0.0);
}

#[test]
fn in_some_futures_it_holds_and_in_others_not() {
    let condition = "arrived(in, 30 days) > 365";
    let court = court("condition-some", condition);
    let document = court.json("compare study.toml -n 24 --format json");
    let (share, _) = begun(&document, condition);
    assert!(share > 0.2 && share < 1.0, "{share}");
    let alone = court.json("run study.toml --policy more -n 24 --threads 1 --format json");
    assert_eq!(document["variants"]["more"]["run"], alone);
    let text = stdout(&court.run("run study.toml --policy more -n 24"));
    assert!(text.contains("Conditions") && text.contains(condition), "{text}");
}

#[test]
fn a_condition_that_is_none_is_refused() {
    for (condition, message) in [
        ("waiting(merits)", "`waiting(merits)` is not a condition"),
        ("waiting(merit) > 5", "unknown stage `merit`"),
        ("wait(merits) > 5", "`wait(merits) > 5` is not a condition"),
        ("arrived(in) > 5", "`arrived(in)` is not a signal"),
    ] {
        let refused = court("condition-wrong", condition).run("run study.toml --policy more");
        assert_eq!(code(&refused), 2, "{condition}");
        assert!(stderr(&refused).contains(message), "{}", stderr(&refused));
    }
    let court = court("condition-untested", "pending > 5");
    court.replace("more.toml", "[2019-08-01, 2019-12-01]", "[2018-08-01]");
    let refused = court.run("run study.toml --policy more");
    assert!(stderr(&refused).contains("tested outside the run"), "{}", stderr(&refused));
}

/// A policy of two changes, each with a beginning of its own.
fn two(title: &str, beginnings: [&str; 2]) -> String {
    format!(
        r#"
caseload = 1
kind    = "policy"
title   = "{title}"
extends = "model.toml"
intent  = ["pool.judge"]
[[change]]
path  = "pool.judge.start"
scale = 1.5
from  = {}
[[change]]
path  = "pool.judge.start"
add   = 20
from  = {}
"#,
        beginnings[0], beginnings[1]
    )
}

/// Two changes that begin in `found` ways are those that begin at `dates`.
fn begin_alike(test: &str, found: [&str; 2], dates: [&str; 2]) -> Value {
    let court = Court::new(test);
    court.write("more.toml", &two("More judges by and by", found));
    court.write("dated.toml", &two("More judges", dates));
    court.replace("study.toml", "same = []", "same = [], dated = [\"dated.toml\"]");
    let document = court.json("compare study.toml --format json");
    assert_eq!(numbers(&document, "more"), numbers(&document, "dated"));
    document
}

#[test]
fn changes_that_wait_for_one_condition_begin_each_at_its_time_after_it() {
    let found = [
        r#"{ when = "pending > 5", tested = [2019-08-01] }"#,
        r#"{ when = "pending > 5", tested = [2019-08-01], after = "100 days" }"#,
    ];
    let document = begin_alike("condition-twice", found, ["2019-08-01", "2019-11-09"]);
    // 2019-08-01 is 55 days after the start.
    assert_eq!(begun(&document, "pending > 5"), (1.0, Some(55.0)));
    let later = "pending > 5 (More judges by and by, 100 days later)";
    assert_eq!(begun(&document, later), (1.0, Some(155.0)));
}

#[test]
fn changes_of_one_value_have_each_its_choice_of_dates() {
    let found =
        ["{ choice = [{ date = 2019-08-01, p = 1 }] }", "{ choice = [{ date = 2019-11-09, p = 1 }] }"];
    begin_alike("choice-twice", found, ["2019-08-01", "2019-11-09"]);
}

/// Two streams of which as many come until a policy ends both, at one of two dates.
const TWINS: &str = r#"
caseload = 1
kind  = "model"
title = "Twins"
start = 2020-01-01
end   = 2021-01-01
[class.case]
[arrivals.a]
to = "door"
class = "case"
rate = "10 /day"
process = "deterministic"
[arrivals.b]
to = "door"
class = "case"
rate = "10 /day"
process = "deterministic"
[stage.door]
service.constant = "1 day"
then = { out = 1.0 }
[exit.out]
kind = "closed"
"#;

const ENDED: &str = r#"
caseload = 1
kind    = "policy"
title   = "Both ended"
extends = "model.toml"
intent  = ["arrivals"]
[[change]]
path  = "arrivals.a.rate"
scale = 0.0
from  = { choice = [{ date = 2020-03-01, p = 0.5 }, { date = 2020-09-01, p = 0.5 }] }
[[change]]
path  = "arrivals.b.rate"
scale = 0.0
from  = { choice = [{ date = 2020-03-01, p = 0.5 }, { date = 2020-09-01, p = 0.5 }] }
"#;

const DIFFERENCE: &str = r#"
caseload = 1
kind     = "study"
model    = "model.toml"
title    = "Do they end together?"
question = "Do they end together?"
baseline = "now"
policies = { now = [], ended = ["ended.toml"], apart = ["a.toml", "b.toml"] }
[replications]
number    = 40
seed      = 3
uncertain = "sample"
per-draw  = 1
[outcome]
a   = { arrived = "a" }
b   = { arrived = "b" }
gap = { difference = ["a", "b"] }
"#;

#[test]
fn changes_of_one_policy_with_the_same_choice_of_dates_begin_together() {
    let court = Court::new("choice-together");
    court.write("model.toml", TWINS);
    court.write("ended.toml", ENDED);
    let (head, changes) = ENDED.split_once("[[change]]").unwrap();
    let (a, b) = changes.split_once("[[change]]").unwrap();
    court.write("a.toml", &format!("{head}[[change]]{a}"));
    court.write("b.toml", &format!("{head}[[change]]{b}").replace("Both ended", "Both ended on paper"));
    court.write("study.toml", DIFFERENCE);
    let document = court.json("compare study.toml --format json");
    let figure = |name: &str| &document["variants"]["ended"]["run"]["outcomes"][name];
    let apart = &document["variants"]["apart"]["run"]["outcomes"]["gap"];
    assert_eq!([&figure("gap")["min"], &figure("gap")["max"]].map(Value::as_f64), [Some(0.0); 2]);
    // Those of two policies are two draws: the streams end six months apart in about half of the futures.
    assert!(apart["min"].as_f64() < Some(-1_800.0) && apart["max"].as_f64() > Some(1_800.0), "{apart}");
    // 60 or 244 days of ten a day: both occur in forty futures but for a chance of 2⁻³⁹.
    assert!(figure("a")["min"].as_f64() < Some(610.0) && figure("a")["max"].as_f64() > Some(2_430.0));
    // One date that is drawn for `ended`, and one for each of the other two.
    assert_eq!(code(&court.run("compare study.toml --report report.md")), 0);
    let report = court.read("report.md");
    assert!(report.contains("chance and the 3 inputs that have a range"), "{report}");
}
