//! What outcomes read: each key or a message, and the time that is left out.

use crate::support::{Court, code, stderr};

/// An outcome of every kind, with the keys that it reads beside those that stand there.
const KINDS: [(&str, &str, &[&str]); 18] = [
    ("`waiting`", r#"waiting = "merits", at = 2020-01-01"#, &["unit", "of", "average"]),
    ("`waiting` with `average = true`", r#"waiting = "merits", average = true"#, &["unit", "of"]),
    ("`population`", r#"population = "juarez", at = 2020-01-01"#, &["average", "peak"]),
    ("`population` with `peak = true`", r#"population = "juarez", peak = true"#, &[]),
    ("`population` with `average = true`", r#"population = "juarez", average = true"#, &[]),
    ("`pending`", "pending = true, at = 2020-01-01", &["unit", "of"]),
    ("`pending-at`", r#"pending-at = "merits", at = 2020-01-01"#, &["unit", "of"]),
    ("`arrived`", r#"arrived = "merits""#, &["from", "until", "unit", "of"]),
    ("`exits`", r#"exits = "done""#, &["from", "until", "unit", "of"]),
    ("`completed`", r#"completed = "merits""#, &["from", "until", "unit", "of"]),
    ("`transferred`", r#"transferred = "moved""#, &["from", "until", "unit"]),
    ("`visits`", r#"visits = "merits""#, &[]),
    ("`wait`", r#"wait = "merits""#, &["statistic"]),
    ("`probability`", r#"probability = "waiting(merits) > 9", by = 2020-01-01"#, &["unit"]),
    ("the probability of a population", r#"probability = "population(juarez) > 9", by = 2020-01-01"#, &[]),
    ("`share-within`", r#"share-within = "9 days", cohort = 2020-01-01"#, &["filed", "until"]),
    ("`clock`", r#"clock = "term""#, &[]),
    ("`cost`", r#"cost = "total""#, &[]),
];

/// A further key, and what it says.
const FURTHER: [(&str, &str); 12] = [
    ("from", "2019-09-01"),
    ("filed", ""),
    ("until", "2020-03-01"),
    ("unit", "\"persons\""),
    ("of", "\"case\""),
    ("statistic", "\"median\""),
    ("at", "2020-02-01"),
    ("average", "false"),
    ("peak", "false"),
    ("by", "2020-02-01"),
    ("cohort", "2020-02-01"),
    ("better", "\"lower\""),
];

const REST: &str = r#"
[clock.term]
from = "filed(merits)"
to = "decided(merits)"
limit = "10 days"
[transfer.moved]
from-stage = "merits"
to = "gone"
rate = "1 /day"
[cost]
"staff(judge)" = { per-day = "USD 1" }
"#;

#[test]
fn a_key_that_an_outcome_does_not_read_is_refused_and_every_other_counts() {
    let court = Court::new("unread-keys");
    court.write("model.toml", &(court.read("model.toml") + REST));
    let (mut refused, mut read, mut expected) = (String::new(), String::new(), Vec::new());
    for (number, (called, asked, reads)) in KINDS.into_iter().enumerate() {
        for (key, value) in FURTHER {
            if asked.contains(&format!("{key} = ")) {
                continue;
            }
            let key_and_value =
                if key == "filed" { "from = \"filed\"".to_owned() } else { format!("{key} = {value}") };
            let line = format!("o{number}-{key} = {{ {asked}, {key_and_value} }}\n");
            if key == "better" || reads.contains(&key) {
                read += &line;
            } else if key == "filed" && reads.contains(&"from") || key == "from" && reads.contains(&"filed") {
                // The word for dates and dates for the word have their own message.
            } else {
                refused += &line;
                let key = if key == "filed" { "from" } else { key };
                expected.push(format!("error: {called} does not read `{key}`"));
            }
        }
    }
    let study = |outcomes: &str| {
        format!("caseload = 1\nkind = \"study\"\nmodel = \"model.toml\"\n[outcome]\n{outcomes}")
    };
    court.write("refused.toml", &study(&refused));
    court.write("read.toml", &study(&read));
    let sound = court.run("check read.toml");
    assert_eq!((code(&sound), stderr(&sound).as_str()), (0, ""));
    let output = court.run("check refused.toml");
    assert_eq!(code(&output), 2);
    let told = stderr(&output);
    let told: Vec<&str> = told.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(told, expected);
}

/// Ten a day come at even distances, and each is served for the same time: no chance anywhere, and nobody is done at a midnight.
const STEADY: &str = r#"
caseload = 1
kind  = "model"
title = "A desk"
start = 2021-01-01
end   = 2022-01-01
[class.case]
[arrivals.in]
to = "desk"
rate = "10 /day"
process = "deterministic"
[stage.desk]
service.constant = "1.05 days"
then = { done = 1.0 }
[exit.done]
kind = "closed"
"#;

const COUNTS: &str = r#"
caseload = 1
kind  = "study"
model = "model.toml"
[replications]
number  = 2
warm-up = "300 days"
[outcome]
arrived   = { arrived = "desk" }
by-stream = { arrived = "in" }
completed = { completed = "desk" }
exits     = { exits = "done" }
of-class  = { completed = "desk", of = "case" }
from      = { completed = "desk", from = 2021-01-01 }
until     = { completed = "desk", until = 2021-11-07 }
early     = { probability = "waiting(desk) < 1", by = 2021-12-31 }
"#;

#[test]
fn what_is_counted_without_a_date_is_counted_after_the_warm_up() {
    let court = Court::new("warm-up-counts");
    court.write("model.toml", STEADY);
    court.write("counts.toml", COUNTS);
    let figures = |document: &serde_json::Value| {
        let asked = ["arrived", "by-stream", "completed", "exits", "of-class", "from", "until"];
        asked.map(|name| document["outcomes"][name]["mean"].as_f64().unwrap())
    };
    let document = court.json("run counts.toml --format json");
    // 65 days are left; from the start, those of the first 363.95 days are done; 28 October to 7 November are 10 days.
    assert_eq!(figures(&document), [650.0, 650.0, 650.0, 650.0, 650.0, 3639.0, 100.0]);
    assert_eq!(document["stages"]["desk"]["completed"]["mean"], 650.0);
    assert_eq!(document["exits"]["done"]["cases"]["mean"], 650.0);
    // A warm-up that ends within a day is counted from the next midnight.
    court.replace("counts.toml", "300 days", "299.5 days");
    let document = court.json("run counts.toml --format json");
    assert_eq!(figures(&document), [650.0, 650.0, 650.0, 650.0, 650.0, 3639.0, 100.0]);
    assert_eq!(document["stages"]["desk"]["completed"]["mean"], 655.0);
    court.replace("counts.toml", "warm-up = \"299.5 days\"", "");
    let document = court.json("run counts.toml --format json");
    assert_eq!(figures(&document), [3650.0, 3650.0, 3639.0, 3639.0, 3639.0, 3639.0, 3089.0]);
}

#[test]
fn a_probability_looks_at_no_date_within_the_warm_up() {
    let court = Court::new("warm-up-ever");
    court.write(
        "model.toml",
        &STEADY.replace("[stage.desk]", "[pool.clerk]\nstart = 1\n[stage.desk]\npool = \"clerk\""),
    );
    court.write("counts.toml", COUNTS);
    let ever =
        |court: &Court| court.json("run counts.toml --format json")["outcomes"]["early"]["mean"].clone();
    // Nine a day are left over: the desk had an empty line at the start only.
    assert_eq!(ever(&court), 0.0);
    court.replace("counts.toml", "warm-up = \"300 days\"", "");
    assert_eq!(ever(&court), 1.0);
}
