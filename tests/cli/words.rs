//! What reports say of inputs and changes, in both languages.

use crate::support::{Court, assert_narrow, code, stderr, stdout};

/// A surge that builds up and wears off, an uncertain date, and judges who come if the line is long.
const POLICY: &str = r#"
caseload = 1
kind    = "policy"
title   = { en = "All kinds of change", es = "Cambios de toda clase" }
extends = "model.toml"
intent  = ["pool.judge", "arrivals.in", "stage.merits"]
[param.diverted]
value = 0.15
[param.half]
value = "10 weeks"
role  = "uncertain"
range = { min = "5 weeks", max = "20 weeks" }
[[change]]
path  = "stage.merits.then.done"
set   = "exit.gone"
share = "$diverted"
from  = 2019-09-01
[[change]]
path  = "arrivals.in.rate"
scale = 1.5
from  = 2019-09-01
ramp  = "60 days"
fade  = { half-life = "$half", floor = 0.2 }
[[change]]
path  = "stage.merits.rate"
scale = 1.1
from  = { choice = [ { date = 2019-10-01, p = 0.7 }, { date = 2020-04-01, p = 0.3 } ] }
[[change]]
path  = "pool.judge.start"
scale = 1.5
from  = { when = "waiting(merits) > 2_650", tested = [2019-08-01, 2019-12-01], after = "10 days" }
"#;

fn court(test: &str) -> Court {
    let court = Court::new(test);
    court.write("more.toml", POLICY);
    court.replace(
        "model.toml",
        "place = \"juarez\"",
        "place = \"juarez\"\nlabel = { en = \"Merits hearing\", es = \"Audiencia de fondo\" }",
    );
    court
}

fn written(court: &Court, arguments: &str, file: &str) -> String {
    let output = court.run(arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    court.read(file).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn every_kind_of_change_is_told_in_words() {
    let court = court("change-words");
    let page = written(&court, "compare study.toml -n 2 --out run --report en.html", "en.html");
    for sentence in [
        "From 1 September 2019, 15 % ($diverted) of those on the way Merits hearing (stage.merits.then.done) go to exit.gone",
        "From 1 September 2019, arrivals.in.rate is multiplied by 1.5, building up over 60 days, then wearing off towards 20 % of itself, by half of the rest every 10 weeks ($half)",
        "From 1 October 2019 (70 %) or 1 April 2020 (30 %), Merits hearing (stage.merits.rate) is multiplied by 1.1",
        "Once the number of cases waiting at Merits hearing is above 2,650 (looked at on 1 August 2019 and 1 December 2019), 10 days later, pool.judge.start is multiplied by 1.5",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    let page = written(&court, "report run --lang es -o es.html", "es.html");
    for sentence in [
        "arrivals.in.rate se multiplica por 1.5, con una fase de aumento de 60 días, y luego se atenúa hacia 20 % de sí, a la mitad del resto cada 10 semanas ($half)",
        "Desde 1.º de octubre de 2019 (70 %) o 1.º de abril de 2020 (30 %), Audiencia de fondo",
        "Cuando el número de casos en espera en Audiencia de fondo supere 2 650 (se mira el 1.º de agosto de 2019 y 1.º de diciembre de 2019), 10 días después, pool.judge.start",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    assert_eq!(code(&court.run("verify en.html")), 0);
}

#[test]
fn the_account_of_methods_knows_what_policies_bring() {
    let court = court("methods");
    let appeal = r#"
[[change]]
insert = "stage.appeal"
table  = { label = { en = "Appeal", es = "Apelación" }, service.constant = "60 days", then = { done = 1.0 } }
[[change]]
path = "stage.merits.then.done"
set  = "stage.appeal"
from = 2019-12-01
"#;
    court.write(
        "more.toml",
        &(POLICY.replace("\"stage.merits\"]", "\"stage.merits\", \"stage.appeal\"]") + appeal),
    );
    let page = written(&court, "compare study.toml -n 4 --report en.md", "en.md");
    for line in [
        "| 2.3 Logic of the scenarios | 1 policy file laid over the model;",
        "| 2.5.2 Activities | Merits hearing, Appeal |",
        "What each stage did. Policies under which",
    ] {
        assert!(page.contains(line), "{line} is not in {page}");
    }
    assert!(page.contains(", 2 inputs with a range;"), "a parameter and a date: {page}");
    assert!(page.contains("start (All kinds of change).from.after"));
    let page = written(&court, "compare study.toml -n 4 --report es.md --lang es", "es.md");
    assert!(page.contains("| 2.5.2 Actividades | Audiencia de fondo, Apelación |"), "{page}");
}

#[test]
fn inputs_held_at_their_central_values_are_told() {
    let court = court("held");
    let words = |arguments: &str| {
        let text = stdout(&court.run(arguments));
        assert_narrow(&text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let note = "Inputs are at their central values here: the range of futures covers chance alone. Of them 2 have a range: `--uncertain sample` lets them vary. audit:";
    assert!(words("compare study.toml").contains(note));
    let one = "run study.toml --policy more -n 4";
    assert!(words(one).contains("Of them 2 have a range"));
    assert!(!words(&format!("{one} --uncertain sample")).contains("central values"));
    assert!(!words("run study.toml").contains("central values"));
    let told = |arguments: &str| {
        let document = court.json(&format!("{arguments} --format json"));
        (document["uncertain"].as_str().unwrap().to_owned(), document["inputs-with-range"].as_u64().unwrap())
    };
    assert_eq!(told(one), ("central".to_owned(), 2));
    assert_eq!(told(&format!("{one} --uncertain sample")), ("sample".to_owned(), 2));
    assert_eq!(told("run study.toml"), ("central".to_owned(), 0));
}

#[test]
fn one_thing_is_told_as_one() {
    let court = court("singular");
    court.replace(
        "more.toml",
        "from  = { choice = [ { date = 2019-10-01, p = 0.7 }, { date = 2020-04-01, p = 0.3 } ] }",
        "",
    );
    let page =
        written(&court, "compare study.toml -n 4 --uncertain sample --report es.html --lang es", "es.html");
    assert!(page.contains("cubre el azar y la única entrada con rango"), "{page}");
}

#[test]
fn tables_are_the_same_in_every_language() {
    let court = Court::new("table-language");
    let english = written(&court, "run study.toml --out run --report en.csv", "en.csv");
    assert_eq!(english, written(&court, "report run --lang es -o es.csv", "es.csv"));
    assert!(english.starts_with("section,key,label,unit,variant,date,statistic,value\n"));
    assert!(!english.lines().any(|line| line.ends_with(",-0")));
    for help in ["run --help", "report --help"] {
        let told = stdout(&court.run(help)).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("the same in every language"), "{told}");
    }
}
