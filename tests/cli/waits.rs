//! A wait of those whose turn came never stands alone: beside it stand those who still wait.

use crate::support::{Court, assert_narrow, code, stderr, stdout};

/// A desk that gets 10 cases a day and serves 8: its line grows whatever the order; newest first, the oldest wait on.
const MODEL: &str = r#"
caseload = 1
kind  = "model"
title = { en = "A desk", es = "Una ventanilla" }
start = 2019-01-01
end   = 2019-12-31
[class.case]
[pool.clerk]
start = 8
[arrivals.in]
to    = "desk"
class = "case"
rate  = "10 /day"
[stage.desk]
label = { en = "Front desk", es = "Ventanilla" }
pool  = "clerk"
service.exponential = { mean = "1 day" }
order = "oldest-first"
then  = { done = 1.0 }
[exit.done]
kind = "closed"
"#;

const NEWEST: &str = r#"
caseload = 1
kind    = "policy"
title   = { en = "Newest first", es = "Primero lo último" }
extends = "model.toml"
intent  = ["stage.desk"]
[[change]]
path = "stage.desk.order"
set  = "newest-first"
why  = "who has just come is served at once"
"#;

const STUDY: &str = r#"
caseload = 1
kind     = "study"
model    = "model.toml"
baseline = "oldest"
policies = { oldest = [], newest = ["newest.toml"] }
[replications]
seed   = 7
number = 20
[outcome]
wait = { wait = "desk", label = { en = "Wait of those served", es = "Espera de los atendidos" }, better = "lower" }
"#;

fn desk(test: &str) -> Court {
    let court = Court::new(test);
    court.write("model.toml", MODEL);
    court.write("newest.toml", NEWEST);
    court.write("study.toml", STUDY);
    court
}

#[test]
fn a_wait_that_falls_while_the_line_grows_is_not_called_better() {
    let court = desk("newest-first");
    let output = court.run("compare study.toml");
    assert_eq!((code(&output), stderr(&output).as_str()), (0, ""));
    let text = stdout(&output);
    assert_narrow(&text);
    assert_eq!(text, include_str!("waits/compare.txt"), "{text}");
}

#[test]
fn a_run_shows_who_still_waits_under_each_wait() {
    let court = desk("left-waiting");
    let text = stdout(&court.run("run study.toml --policy newest"));
    assert_narrow(&text);
    assert_eq!(text, include_str!("waits/run.txt"), "{text}");
}

#[test]
fn programs_are_told_too() {
    let court = desk("waits-json");
    let document = court.json("compare study.toml --format json");
    let newest = &document["variants"]["newest"];
    let kinds = |cautions: &serde_json::Value| -> Vec<String> {
        let list = cautions.as_array().expect("a list").iter();
        list.map(|caution| caution["kind"].as_str().expect("a word").to_owned()).collect()
    };
    assert!(kinds(&newest["run"]["cautions"]).contains(&"wait-leaves-out".to_owned()));
    assert_eq!(kinds(&newest["cautions"])[0], "shorter-wait-longer-line");
    let still = &newest["run"]["outcomes"]["wait"]["still-waiting"][0];
    let of_stage = &newest["run"]["stages"]["desk"];
    assert_eq!(still["stage"], "desk");
    assert_eq!(still["cases"], of_stage["waiting"]["at-end"]["mean"]);
    assert_eq!(still["days-so-far"], of_stage["still-waiting"]["days-so-far"]["mean"]);
    assert_eq!(still["beyond"], of_stage["still-waiting"]["beyond-mean"]["mean"]);
    // In balance and served in order, nobody is left behind, and no caution says so.
    court.replace("model.toml", "start = 8", "start = 12");
    let steady = court.json("run model.toml -n 20 --format json");
    assert!(!kinds(&steady["cautions"]).contains(&"wait-leaves-out".to_owned()), "{}", steady["cautions"]);
}

#[test]
fn a_report_says_it_in_both_languages() {
    let court = desk("waits-report");
    let report = |lang: &str| {
        let output = court.run(&format!("compare study.toml --report out-{lang}.md --lang {lang}"));
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        court.read(&format!("out-{lang}.md"))
    };
    let (english, spanish) = (report("en"), report("es"));
    for part in [
        "[better for those whose turn came]: ",
        "Still waiting at Front desk at the end: ",
        "is shorter for those whose turn came, but ",
        "leaves out those who still wait: ",
        "those who still wait at the end: so far, mean",
    ] {
        assert!(english.contains(part), "no `{part}` in\n{english}");
    }
    for part in [
        "mejor para quienes tuvieron su turno",
        "Siguen esperando en Ventanilla al final: ",
        "es menor para quienes tuvieron su turno, pero ",
        "deja fuera a quienes siguen esperando: ",
        "quienes siguen esperando al final: hasta ahora, media",
    ] {
        assert!(spanish.contains(part), "no `{part}` in\n{spanish}");
    }
}
