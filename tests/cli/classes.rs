//! Outcomes of some classes only, and comings by streams of arrivals.

use crate::support::Court;
use serde_json::Value;

/// Two dimensions; people wait for a desk and then for slots, withdraw, miss slots, and some come again.
const MODEL: &str = r#"
caseload = 1
kind  = "model"
title = "Two lines"
start = 2020-01-01
end   = 2021-01-01
[dimension.unit.value.family]
persons.shifted-geometric = { mean = 2.5, min = 2 }
[dimension.unit.value.single]
[dimension.claim.value.strong]
[dimension.claim.value.weak]
[class.migrant]
dimensions = ["unit", "claim"]
[class.plain]
[arrivals.north]
to   = "desk"
rate = "6 /day"
mix  = { unit = { family = 0.4, single = "rest" }, claim = { strong = 0.3, weak = "rest" } }
[arrivals.desk]
to    = "desk"
rate  = "2 /day"
class = "plain"
[pool.clerk]
start = 5
[stage.desk]
pool = "clerk"
service.exponential = { mean = "1 day" }
withdraw = { hazard = "200 %/yr" }
withdrawn-to = "gone"
then = { hearing = 0.9, gone = "rest" }
[initial.desk]
cases = 40
mix   = { unit = { family = 0.4, single = "rest" }, claim = { strong = 0.3, weak = "rest" } }
ages.uniform = { min = "0 days", max = "30 days" }
[stage.hearing]
service.constant = "2 hours"
slots   = "3 /day"
no-show = { p = 0.2, slot = "used" }
then    = { done = 0.7, desk = { p = 0.3, after = "5 days" } }
[[stage.hearing.closed]]
from  = 2020-03-01
until = 2020-04-01
share = 0.5
scheduled = "end-of-line"
[exit.done]
kind = "relief"
[exit.gone]
kind = "left"
returns = { to = "desk", p = 0.3, after = "20 days" }
"#;

/// Where nothing leads back each station is worked through on its own.
fn without_returns() -> String {
    MODEL
        .replace("returns = { to = \"desk\", p = 0.3, after = \"20 days\" }\n", "")
        .replace("desk = { p = 0.3, after = \"5 days\" }", "gone = 0.3")
        .replace("slots   = \"3 /day\"\nno-show = { p = 0.2, slot = \"used\" }\n", "pool = \"judge\"\n")
        .replace("service.constant = \"2 hours\"", "service.constant = \"7 hours\"")
        .replace("scheduled = \"end-of-line\"\n", "")
        .replace("share = 0.5", "share = 1")
        + "[pool.judge]\nstart = 1\n"
}

const STUDY: &str = r#"
caseload = 1
kind  = "study"
model = "model.toml"
[replications]
seed = 5
number = 3
"#;

/// An outcome of all, and the same of each of three selectors that divide the classes.
fn outcomes() -> String {
    let kinds = [
        ("waiting", "waiting = [\"desk\", \"hearing\"], at = 2020-03-20"),
        ("desk", "waiting = \"desk\", at = 2020-01-02, unit = \"persons\""),
        ("mean", "waiting = \"hearing\", average = true, unit = \"persons\""),
        ("pending", "pending = true, at = 2020-07-01"),
        ("heads", "pending = true, at = 2020-01-01, unit = \"persons\""),
        ("end", "pending = true, at = 2021-01-01, unit = \"persons\""),
        ("came", "arrived = [\"north\", \"desk\"], from = 2020-02-01, until = 2020-08-01"),
        ("streams", "arrived = [\"arrivals.desk\", \"arrivals.north\"], unit = \"persons\""),
    ];
    let line = |(name, what): &(&str, &str)| {
        let of = ["family+strong", "family+weak", "single", "plain"]
            .map(|of| format!("{name}-{} = {{ {what}, of = \"{of}\" }}\n", of.replace('+', "-")));
        format!("{name} = {{ {what} }}\n{}", of.concat())
    };
    format!("[outcome]\n{}", kinds.iter().map(line).collect::<String>())
}

fn means(test: &str, model: &str) -> (Value, [&'static str; 8]) {
    let court = Court::new(test);
    court.write("model.toml", model);
    court.write("study.toml", &format!("{STUDY}{}", outcomes()));
    let document = court.json("run study.toml --format json");
    (document, ["waiting", "desk", "mean", "pending", "heads", "end", "came", "streams"])
}

fn check(test: &str, model: &str) -> Value {
    let (document, names) = means(test, model);
    let mean = |name: &str| document["outcomes"][name]["mean"].as_f64().unwrap();
    for name in names {
        let parts =
            ["family-strong", "family-weak", "single", "plain"].map(|of| mean(&format!("{name}-{of}")));
        let sum: f64 = parts.iter().sum();
        assert!((sum - mean(name)).abs() <= 1e-9 * sum.max(1.0), "{name}: {parts:?} are not {}", mean(name));
        assert!(mean(name) > 0.0, "{name} tells nothing");
    }
    // Initial cases do not come by a stream; a line grows from them on the first day.
    assert_eq!(mean("heads-plain"), 0.0);
    assert!(mean("heads-single") >= 10.0);
    document
}

#[test]
fn classes_add_up_to_all_of_them() {
    let document = check("of-classes", MODEL);
    let mean = |name: &str| document["outcomes"][name]["mean"].as_f64().unwrap();
    assert!(mean("streams-plain") > 600.0 && mean("streams-plain") < 860.0, "{}", mean("streams-plain"));
}

#[test]
fn classes_add_up_where_stations_are_worked_through_one_by_one() {
    check("of-classes-feed", &without_returns());
}
