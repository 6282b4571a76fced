//! Sweeps, interactions and flips: what a study asks of several variants at once.

use crate::support::{Court, assert_narrow, code, stderr, stdout};
use serde_json::Value;

/// Streams that come evenly for ten days, each case out after an hour: at n a day, 10 n − 1 are out.
const MODEL: &str = r#"
caseload = 1
kind  = "model"
title = "Clockwork"
start = 2020-01-01
end   = 2020-01-11
[param.more]
value = "2 /day"
range = { min = "1 /day", max = "4 /day" }
[class.case]
[arrivals.in]
to    = "door"
rate  = "$more"
process = "deterministic"
[arrivals.other]
to    = "door"
rate  = "0 /day"
process = "deterministic"
[stage.door]
service.constant = "1 hour"
then = { out = 1.0 }
[exit.out]
kind = "relief"
"#;

fn policy(title: &str, change: &str) -> String {
    format!(
        "caseload = 1\nkind = \"policy\"\ntitle = \"{title}\"\nintent = [\"arrivals\"]\n[[change]]\n{change}\nwhy = \"a test\"\n"
    )
}

const STUDY: &str = r#"
caseload = 1
kind     = "study"
model    = "clockwork.toml"
baseline = "now"
[replications]
number    = 2
uncertain = "sample"
[outcome]
out = { exits = "out", label = "All out" }
"#;

fn court(test: &str, more: &str) -> Court {
    let court = Court::new(test);
    court.write("clockwork.toml", MODEL);
    court.write("one-more.toml", &policy("one more", "path = \"arrivals.in.rate\"\nadd = \"1 /day\""));
    court.write("twice.toml", &policy("twice", "path = \"arrivals.in.rate\"\nscale = 2"));
    let fixed = policy("fixed", "path = \"arrivals.other.rate\"\nset = \"2.5 /day\"")
        + "[[change]]\npath = \"arrivals.in.rate\"\nscale = 0\nwhy = \"a test\"\n";
    court.write("fixed.toml", &fixed);
    let (top, tables) = more.split_once("\n\n").unwrap();
    court.write(
        "study.toml",
        &format!("{}{tables}", STUDY.replace("[replications]", &format!("{top}\n[replications]"))),
    );
    court
}

const INTERACTION: &str = r#"policies = { now = [], add = ["one-more.toml"], twice = ["twice.toml"], both = ["one-more.toml", "twice.toml"] }

[interaction.two]
label  = "more × twice"
of     = "out"
first  = "add"
second = "twice"
both   = "both"
"#;

#[test]
fn an_interaction_is_the_difference_of_differences() {
    let court = court("interaction", INTERACTION);
    let document = court.json("compare study.toml --uncertain central --format json");
    // 2, 3, 4 and (2 + 1) · 2 a day: 19, 29, 39 and 59 are out.
    let found = &document["interactions"]["two"][0];
    let mean = |value: &Value| value["mean"].as_f64().unwrap();
    let effects = ["first", "second", "both"].map(|key| mean(&found[key]["difference"]));
    assert_eq!((effects, mean(&found["interaction"])), ([10.0, 20.0, 40.0], 10.0));
    assert_eq!((&found["of"], &found["both"]["policy"]), (&"out".into(), &"both".into()));
    let text = stdout(&court.run("compare study.toml --uncertain central"));
    assert_narrow(&text);
    assert!(text.contains("Interaction more × twice: All out [cases]\n"), "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("both leaves 10 more cases than the sum of add and twice would (95 % ± 0"),
        "{text}"
    );
}

#[test]
fn an_interaction_is_taken_future_by_future() {
    let court = court("interaction-sampled", INTERACTION);
    let found = &court.json("compare study.toml -n 8 --format json")["interactions"]["two"][0];
    // At m a day the four are about 10 m, 10 (m + 1), 20 m and 20 (m + 1): ten more, whatever m is.
    let beyond = &found["interaction"];
    assert!((beyond["mean"].as_f64().unwrap() - 10.0).abs() <= 2.0, "{beyond}");
    assert!(found["second"]["difference"]["sd"].as_f64().unwrap() > 2.0, "{found}");
    assert!(beyond["sd"].as_f64().unwrap() < 2.0, "{beyond}");
}

const SWEEP: &str = r#"policies = { now = [], fixed = ["fixed.toml"] }

[axis.more]
path   = "param.more.value"
values = ["1 /day", "2 /day", "4 /day", "3 /day"]
[flip.turn]
label   = "more or fixed"
axis    = "more"
outcome = "out"
between = ["now", "fixed"]
"#;

#[test]
fn a_sweep_holds_each_policy_against_the_baseline_at_the_same_value() {
    let court = court("sweep", SWEEP);
    let document = court.json("compare study.toml --format json");
    let sweep = document["sweep"].as_array().unwrap();
    let numbers: Vec<_> = sweep
        .iter()
        .map(|stop| {
            let out = &stop["outcomes"]["out"];
            let mean = |value: &Value| value["mean"].as_f64();
            (
                stop["axes"]["more"].as_str().unwrap(),
                mean(&out["estimate"]).unwrap(),
                mean(&out["difference"]),
            )
        })
        .collect();
    // Though the study samples its inputs, the axis says what this one is.
    let expected = [
        ("1 /day", 9.0, None),
        ("1 /day", 24.0, Some(15.0)),
        ("2 /day", 19.0, Some(10.0)),
        ("2 /day", 24.0, Some(5.0)),
        ("4 /day", 39.0, Some(30.0)),
        ("4 /day", 24.0, Some(-15.0)),
        ("3 /day", 29.0, Some(20.0)),
        ("3 /day", 24.0, Some(-5.0)),
    ];
    assert_eq!(numbers, expected);
    let text = stdout(&court.run("compare study.toml"));
    assert_narrow(&text);
    for part in ["Sweep: out: All out [cases]\n", "more = 4 /day\n"] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

#[test]
fn a_flip_is_where_the_sign_of_the_difference_turns() {
    let court = court("flip", SWEEP);
    let flip = &court.json("compare study.toml --format json")["flips"]["turn"][0];
    let tested: Vec<_> =
        flip["tested"].as_array().unwrap().iter().map(|one| one["mean"].as_f64().unwrap()).collect();
    assert_eq!(tested, [-15.0, -5.0, 5.0, 15.0]);
    assert_eq!(flip["flips"], serde_json::json!([{ "at": 2.5, "from": 2.5, "until": 2.5 }]));
    let text = stdout(&court.run("compare study.toml"));
    assert_narrow(&text);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Flip more or fixed: All out, now − fixed [cases]"), "{text}");
    assert!(words.contains("The sign turns at more = 2.5 /day"), "{text}");
}

#[test]
fn no_flip_is_said_plainly() {
    let court = court("no-flip", &SWEEP.replace("\"1 /day\", \"2 /day\", ", ""));
    let flip = &court.json("compare study.toml --format json")["flips"]["turn"][0];
    assert_eq!(flip["flips"], serde_json::json!([]));
    let text = stdout(&court.run("compare study.toml"));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("No flip in the range: at no more tested from 3 /day to 4 /day is now below fixed."),
        "{text}"
    );
}

#[test]
fn each_setting_of_the_other_axes_has_its_own_flip() {
    let other = "[axis.twice]\npath = \"stage.door.service.constant\"\nvalues = [\"1 hour\", \"2 hours\"]\n[flip.turn]";
    let court = court("flip-two-axes", &SWEEP.replace("[flip.turn]", other));
    let flips = &court.json("compare study.toml --format json")["flips"]["turn"];
    let others: Vec<_> =
        flips.as_array().unwrap().iter().map(|flip| flip["others"].as_str().unwrap()).collect();
    assert_eq!(others, ["twice = 1 hour", "twice = 2 hours"]);
}

#[test]
fn a_study_without_axes_says_nothing_more() {
    let court = Court::new("plain-design");
    let output = court.run("compare study.toml --format json");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(!text.contains("\"sweep\"") && !text.contains("\"flips\"") && !text.contains("\"interactions\""));
}
