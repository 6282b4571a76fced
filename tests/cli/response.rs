//! Behaviour that answers to signals, from outside.

use crate::support::{Court, assert_narrow, code, stderr, stdout};
use serde_json::Value;

const ARRIVALS: &str = r#"[[arrivals.in.responds]]
signal     = "wait(merits)"
elasticity = -0.5
lag        = "2 months"
cap        = 2.0
"#;

const STAGE: &str = r#"[[stage.merits.responds]]
route      = "merits"
signal     = "pending"
elasticity = 0.4
cap        = 1.5
[[stage.merits.responds]]
what       = "withdraw"
signal     = "population(juarez)"
elasticity = 0.7
cap        = 1.5
"#;

const BRINGS: &str = r#"
[[change]]
insert = "arrivals.more"
table  = { to = "merits", class = "case", rate = "1 /day", responds = [{ signal = "pending", elasticity = 0.2, cap = 1.5 }] }
"#;

/// The court of all tests, where people answer to how it is.
fn court(test: &str) -> Court {
    let court = Court::new(test);
    court.replace("model.toml", "[stage.merits]", &format!("{ARRIVALS}[stage.merits]"));
    court.replace("model.toml", "[initial.merits]", &format!("{STAGE}[initial.merits]"));
    court
}

fn without(mut document: Value, keys: &[&str]) -> Value {
    let object = document.as_object_mut().unwrap();
    for key in keys {
        object.remove(*key);
    }
    document
}

#[test]
fn a_baseline_has_the_numbers_it_has_without_responses() {
    let (plain, answering) = (Court::new("response-plain"), court("response-baseline"));
    let run =
        |court: &Court| without(court.json("run model.toml -n 4 --format json"), &["responses", "model"]);
    assert_eq!(run(&plain), run(&answering));
}

#[test]
fn what_is_switched_off_is_as_if_it_were_not_there() {
    let (plain, off) = (Court::new("response-none"), court("response-off"));
    off.write("model.toml", &off.read("model.toml").replace("signal ", "enabled = false\nsignal "));
    let compare = |court: &Court| {
        let mut document = court.json("compare study.toml -n 4 --format json");
        for (_, variant) in document["variants"].as_object_mut().unwrap() {
            variant["run"] = without(variant["run"].take(), &["model"]);
        }
        document
    };
    assert_eq!(compare(&plain), compare(&off));
}

#[test]
fn a_policy_is_answered_and_one_that_changes_nothing_is_not() {
    let court = court("response-policy");
    let document = court.json("compare study.toml --format json");
    let mut numbers = Vec::new();
    let mut open = vec![&document["variants"]["same"]["difference"]];
    while let Some(value) = open.pop() {
        if let Value::Object(object) = value {
            numbers.extend(object.get("mean").and_then(Value::as_f64));
            open.extend(object.values());
        }
    }
    assert!(numbers.len() > 30 && numbers.iter().all(|&number| number == 0.0), "{numbers:?}");
    let factor = |variant: &str, response: &str| {
        document["variants"][variant]["run"]["responses"][response]["factor"]["mean"].as_f64().unwrap()
    };
    for response in ["arrivals.in.responds.0", "stage.merits.responds.0", "stage.merits.responds.1"] {
        assert_eq!((factor("now", response), factor("same", response)), (1.0, 1.0));
    }
    // Half as many judges again shorten the line: more come, fewer hearings are continued, fewer give up.
    assert!(factor("more", "arrivals.in.responds.0") > 1.05);
    assert!(factor("more", "stage.merits.responds.0") < 0.99);
    assert!(factor("more", "stage.merits.responds.1") < 0.99);
}

#[test]
fn a_variant_alone_gives_what_it_gives_beside_others_at_any_number_of_threads() {
    let court = court("response-threads");
    let alone = court.json("run study.toml --policy more --format json --threads 2");
    let compare =
        |threads| court.run(&format!("compare study.toml --format json --threads {threads}")).stdout;
    let one = compare(1);
    assert!((2..=3).all(|threads| compare(threads) == one));
    let together: Value = serde_json::from_slice(&one).unwrap();
    assert_eq!(together["variants"]["more"]["run"], alone);
}

#[test]
fn a_response_says_what_it_is() {
    let court = court("response-shown");
    let document = court.json("run study.toml --policy more --format json");
    let response = &document["responses"]["arrivals.in.responds.0"];
    assert_eq!(response["label"], "arrivals of in, by wait(merits)");
    assert_eq!((&response["signal"], &response["reference"]), (&"wait(merits)".into(), &"baseline".into()));
    assert_eq!((response["elasticity"].as_f64(), response["lag-days"].as_f64()), (Some(-0.5), Some(60.875)));
    let bounds: Vec<_> = response["bounds"].as_array().unwrap().iter().map(Value::as_f64).collect();
    assert_eq!(bounds, [Some(0.5), Some(2.0)]);
    let text = stdout(&court.run("run study.toml --policy more"));
    assert_narrow(&text);
    for part in ["Responses", "arrivals of in, by wait(merits)", "factor on average"] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

#[test]
fn a_policy_may_set_what_a_response_is() {
    let court = court("response-set");
    let set = "[[change]]\npath = \"arrivals.in.responds.0.elasticity\"\nset = 0\n";
    court.write(
        "more.toml",
        &(court.read("more.toml").replace("[\"pool.judge\"]", "[\"pool.judge\", \"arrivals.in.responds\"]")
            + set),
    );
    let document = court.json("run study.toml --policy more --format json");
    let factor = &document["responses"]["arrivals.in.responds.0"]["factor"];
    assert_eq!((factor["mean"].as_f64(), factor["sd"].as_f64()), (Some(1.0), Some(0.0)));
}

#[test]
fn a_policy_cannot_be_held_against_what_the_baseline_has_not_got() {
    let court = Court::new("response-new-stage");
    let new = r#"
[[change]]
insert = "stage.appeal"
table  = { pool = "judge", rate = "900 /yr", then = "done" }
[[change]]
path  = "stage.merits.then.done"
set   = "stage.appeal"
share = 0.1
[[change]]
insert = "arrivals.in.responds"
value  = [{ signal = "wait(appeal)", elasticity = 0.1, cap = 2 }]
"#;
    court.replace("more.toml", "intent  = [\"pool.judge\"]", "intent = [\"pool\", \"stage\", \"arrivals\"]");
    court.write("more.toml", &(court.read("more.toml") + new));
    let refused = court.run("run study.toml --policy more");
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("the baseline has no `wait(appeal)`"), "{}", stderr(&refused));
    court.replace("more.toml", "\"wait(appeal)\",", "\"wait(appeal)\", reference = \"30 days\",");
    assert_eq!(code(&court.run("run study.toml --policy more -n 2")), 0);
}

/// Eight servers and twelve cases a day, each of whom takes one of them a day: the line grows by four a day.
const GROWING: &str = r#"
caseload = 1
kind  = "model"
title = "A desk"
start = 2019-01-01
end   = 2021-01-01
[class.case]
[pool.clerk]
start = 8
[arrivals.in]
to   = "desk"
rate = "12 /day"
[[arrivals.in.responds]]
signal     = "waiting(desk)"
elasticity = 0.5
cap        = 2
[[arrivals.in.responds]]
signal     = "wait(desk)"
elasticity = -0.1
cap        = 2
[stage.desk]
pool = "clerk"
service.constant = "1 day"
then = "done"
[exit.done]
kind = "relief"
"#;

#[test]
fn a_loop_that_feeds_itself_is_told() {
    let court = Court::new("response-gain");
    court.write("model.toml", GROWING);
    let document = court.json("run model.toml -n 2 --format json");
    // The line is (λ − 8)·T: a hundredth more arrivals make it 12/4 = 3 hundredths longer, and the wait, too.
    let gain = |number: usize| {
        document["responses"][format!("arrivals.in.responds.{number}")]["loop-gain"].as_f64().unwrap()
    };
    assert!((gain(0) - 1.5).abs() < 0.01 && (gain(1) + 0.3).abs() < 0.01, "{} {}", gain(0), gain(1));
    let cautions = document["cautions"].as_array().unwrap();
    assert_eq!(cautions.iter().filter(|caution| caution["kind"] == "loop-gain").count(), 1);
    for text in [stdout(&court.run("run model.toml -n 2")), stdout(&court.run("check model.toml"))] {
        assert!(text.contains("loop gain 1.50") && text.contains("loop gain -0.30"), "{text}");
    }
}

#[test]
fn a_policy_is_checked_for_the_answers_that_it_brings() {
    let court = court("response-of-policy");
    assert_eq!(stdout(&court.run("check model.toml")).matches("loop gain").count(), 3);
    assert!(!stdout(&court.run("check more.toml")).contains("loop gain"));
    court.replace("more.toml", "[\"pool.judge\"]", "[\"pool.judge\", \"arrivals.more\"]");
    court.write("more.toml", &(court.read("more.toml") + BRINGS));
    let output = court.run("check more.toml");
    assert_eq!(stdout(&output).matches("loop gain").count(), 1, "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn a_loop_gain_knows_of_forced_counts() {
    let court = Court::new("response-gain-quota");
    court.write("model.toml", &GROWING.replace("to   = \"desk\"", "to   = \"door\""));
    court.replace(
        "model.toml",
        "[exit.done]",
        "[stage.door]\nservice.constant = \"1 hour\"\nthen = \"desk\"\n[[stage.door.quota]]\nto = \"done\"\nrate = \"2 /day\"\n[exit.done]",
    );
    // Two a day never come to the desk: its line is (λ − 2 − 8)·T, and a hundredth more arrivals make it 12/2 hundredths longer.
    let document = court.json("run model.toml -n 2 --format json");
    let gain = document["responses"]["arrivals.in.responds.0"]["loop-gain"].as_f64().unwrap();
    assert!((gain - 3.0).abs() < 0.02, "{gain}");
    assert!(stdout(&court.run("check model.toml")).contains("loop gain 3.0"));
    // The baseline does not answer, and is held against the fluid, forced counts and all.
    assert!(document["audit"]["fluid-gap"]["desk"].is_object(), "{}", document["audit"]);
}

#[test]
fn the_gain_of_a_response_that_a_policy_changes_is_its_own() {
    let court = Court::new("response-gain-policy");
    court.write("model.toml", GROWING);
    court.write(
        "other.toml",
        "caseload = 1\nkind = \"policy\"\ntitle = \"Other\"\nextends = \"model.toml\"\nintent = [\"arrivals\"]\n\
        [[change]]\npath = \"arrivals.in.responds.0.elasticity\"\nset = 0.25\nwhy = \"a test\"\n",
    );
    let document = court.json("compare model.toml --policy other=other.toml -n 2 --format json");
    let gain = |variant: &str, number: usize| {
        let responses = &document["variants"][variant]["run"]["responses"];
        responses[format!("arrivals.in.responds.{number}")]["loop-gain"].as_f64().unwrap()
    };
    assert_eq!(gain("other", 1), gain("baseline", 1));
    assert!((gain("other", 0) - gain("baseline", 0) / 2.0).abs() < 1e-12, "{document}");
}
