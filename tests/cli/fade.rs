//! Changes that wear off.

use crate::support::{Court, stdout};

/// A counter that everybody passes at once, with a number of arrivals that is the integral of the rate.
const COUNTER: &str = r#"
caseload = 1
kind  = "model"
title = "A counter"
start = 2019-01-01
end   = 2021-01-01
[class.case]
[arrivals.in]
to      = "desk"
rate    = "1000 /day"
process = "deterministic"
[stage.desk]
service.constant = "1 s"
then = "done"
[exit.done]
kind = "left"
"#;

const SURGE: &str = r#"
caseload = 1
kind    = "policy"
title   = "A surge"
extends = "model.toml"
intent  = ["arrivals.in.rate"]
[param.surge-half-life]
value = "100 days"
range = { min = "50 days", max = "200 days" }
[[change]]
path  = "arrivals.in.rate"
scale = 1.6
from  = 2019-04-11
ramp  = "70 days"
fade  = { half-life = "$surge-half-life", floor = 0.1 }
"#;

const STUDY: &str = r#"
caseload = 1
kind     = "study"
model    = "model.toml"
policies = { now = [], surge = ["surge.toml"] }
axis.fade = { path = "param.surge-half-life", values = ["50 days", "100 days"] }
[replications]
number = 2
"#;

fn court(test: &str) -> Court {
    let court = Court::new(test);
    court.write("model.toml", COUNTER);
    court.write("surge.toml", SURGE);
    court.write("study.toml", STUDY);
    court
}

/// ∫ of what the surge adds, in the closed form of the exponential curve [arrivals].
fn added(half_life: f64) -> f64 {
    // Of the 731 days of 2019 and 2020, 100 come before it and 70 build it up: half a week more than half of it,
    // each week being counted at its middle, the last one in full.
    let (ramp, rest) = (70.0, 731.0 - 170.0);
    let weeks: f64 = (0..10).map(|week| (f64::from(week) * 7.0 + 3.5) / ramp * 7.0).sum();
    let fading = (1.0 - (-rest / half_life).exp2()) * half_life / std::f64::consts::LN_2;
    600.0 * (weeks + 0.1 * rest + 0.9 * fading)
}

#[test]
fn what_a_fading_change_adds_is_the_integral_of_its_curve() {
    let court = court("fade");
    let document = court.json("compare study.toml --format json");
    for (name, half_life) in [("surge, fade=50 days", 50.0), ("surge, fade=100 days", 100.0)] {
        let variant = &document["variants"][name];
        let cases = &variant["difference"]["exits"]["done"]["cases"];
        let (found, expected) = (cases["mean"].as_f64().unwrap(), added(half_life));
        // The last, broken week of the run is counted at the mean of the whole week: below one part in a thousand.
        assert!((found - expected).abs() < 30.0, "{name}: {found} {expected}");
    }
}

#[test]
fn an_axis_leaves_alone_what_has_not_got_its_path() {
    let court = court("fade-axis");
    let document = court.json("compare study.toml --format json");
    let names: Vec<&str> = document["variants"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["now", "surge, fade=50 days", "surge, fade=100 days"]);
}

#[test]
fn a_fade_is_explained() {
    let court = court("fade-explain");
    let text = stdout(&court.run("explain surge.toml arrivals.in.rate"));
    assert!(text.contains("building up over 70 days, fading by { half-life = $surge-half-life"), "{text}");
    assert!(text.contains("arrivals.in.rate (A surge).fade.floor = 0.1"), "{text}");
}
