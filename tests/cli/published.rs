//! Published history under the charts of a report.

use crate::support::{Court, code, stderr, stdout};
use serde_json::Value;

fn ran(court: &Court, arguments: &str) -> String {
    let output = court.run(arguments);
    assert_eq!(code(&output), 0, "{arguments}: {}", stderr(&output));
    stdout(&output)
}

#[test]
fn published_figures_of_a_record_stand_in_the_chart_of_the_same_thing() {
    let court = Court::new("published");
    court.write(
        "record.toml",
        "caseload = 1\nkind = \"record\"\nmodel = \"model.toml\"\n\
         [row.line]\nlabel = { en = \"Counted <by hand>\", es = \"Contado a mano\" }\n\
         model = { waiting = \"merits\", at = 2020-01-01 }\npublished = 2150\nalso = [2300]\nrole = \"predicted\"\n\
         [row.flow]\nmodel = { exits = \"done\" }\npublished = 99\nrole = \"predicted\"\n",
    );
    court.replace("study.toml", "baseline = \"now\"", "baseline = \"now\"\nrecord = \"record.toml\"");
    ran(&court, "compare study.toml --report a.html --out run");
    let page = court.read("a.html");
    assert_eq!(page.matches("<circle class=\"published\"").count(), 2);
    assert!(
        page.contains("Counted &lt;by hand&gt;") && page.contains("published – 1\u{a0}January\u{a0}2020")
    );
    assert!(ran(&court, "report run --format csv").contains(",,2020-01-01,published,2150\n"));
    assert_eq!(code(&court.run("verify a.html")), 0);
    court.replace("study.toml", "record.toml", "nowhere.toml");
    assert_eq!(code(&court.run("check study.toml")), 2);
}

/// A record of persons in line, of a sum, and of a difference, at two dates.
const RECORD: &str = r#"
caseload = 1
kind     = "record"
model    = "model.toml"
[outcome.merits-new-year]
pending-at = "merits"
at = 2020-01-01
unit = "persons"
[outcome.juarez-new-year]
population = "juarez"
at = 2020-01-01
[row.line-new-year]
label     = "Persons in line, 1 January"
chart     = { en = "Persons <in> line", es = "Personas en fila" }
model     = { pending-at = ["merits"], at = 2020-01-01, unit = "persons" }
published = 2150
role      = "predicted"
[row.line-spring]
label     = "Persons in line, 1 April"
model     = { pending-at = ["merits"], at = 2020-04-01, unit = "persons" }
published = 2200
role      = "predicted"
[row.both]
label     = "Counted twice"
model     = { sum = ["merits-new-year", "juarez-new-year"] }
published = 4300
role      = "predicted"
[row.neither]
label     = "Here and not there"
model     = { difference = ["merits-new-year", "juarez-new-year"] }
published = 0
role      = "predicted"
[row.share]
model     = { ratio = ["merits-new-year", "juarez-new-year"] }
published = 1
role      = "predicted"
"#;

#[test]
fn sums_and_persons_in_line_have_charts_of_their_own() {
    let court = Court::new("levels");
    court.write("record.toml", RECORD);
    court.replace("model.toml", "[class.case]", "[class.case]\npersons = 2");
    ran(&court, "compare study.toml --out before");
    court.replace("study.toml", "baseline = \"now\"", "baseline = \"now\"\nrecord = \"record.toml\"");
    ran(&court, "compare study.toml --report a.html --out run");
    let document: Value = serde_json::from_str(&court.read("run/report.json")).unwrap();
    let charts = document["queues"]["charts"].as_array().unwrap();
    let chart = |key: &str| charts.iter().find(|chart| chart["key"] == key).unwrap_or(&Value::Null);
    let line = chart("levels.line-new-year.persons");
    assert_eq!((&line["label"]["en"], &line["subject"]), (&"Persons <in> line".into(), &"level".into()));
    assert_eq!(line["published"].as_array().unwrap().len(), 2);
    // All persons of the one stage are at its place: the same line, a sum twice as high, a difference of nothing.
    let place = chart("places.juarez.persons");
    for variant in 0..3 {
        for (date, there) in place["series"][variant]["q50"].as_array().unwrap().iter().enumerate() {
            let of = |key: &str| chart(key)["series"][variant]["q50"][date].as_f64().unwrap();
            let there = there.as_f64().unwrap();
            assert_eq!(of("levels.line-new-year.persons"), there);
            assert!((of("levels.both.persons") - 2.0 * there).abs() <= 1.0);
            assert_eq!(of("levels.neither.persons"), 0.0);
        }
    }
    assert_eq!(chart("levels.share.persons"), &Value::Null);
    let page = court.read("a.html");
    assert!(page.contains("Persons &lt;in&gt; line") && page.contains("Counted twice"));
    assert!(ran(&court, "report run --lang es").contains("Personas en fila"));
    assert!(
        ran(&court, "report run --format csv")
            .contains("levels.both.persons,Counted twice,persons,,2020-01-01,published,4300\n")
    );
    assert!(court.read("run/series.csv").contains(",levels,both,persons,"));
    assert_eq!(code(&court.run("verify a.html")), 0);
    // What is looked at changes nothing that is simulated.
    let (before, after) = (court.read("before/figures.csv"), court.read("run/figures.csv"));
    assert_eq!(before, after);
}

#[test]
fn a_variant_without_the_stages_of_a_record_has_no_line_in_its_chart() {
    let court = Court::new("levels-missing");
    court.write("record.toml", RECORD);
    court.replace(
        "model.toml",
        "[exit.done]",
        "[stage.desk]\nservice.constant = \"9 days\"\nthen = { done = 1.0 }\n[exit.done]",
    );
    court.replace("model.toml", "then = { done = 0.7,", "then = { desk = 0.7,");
    court.replace(
        "record.toml",
        "pending-at = [\"merits\"], at = 2020-01-01, unit",
        "pending-at = [\"merits\", \"desk\"], at = 2020-01-01, unit",
    );
    court.write(
        "short.toml",
        "caseload = 1\nkind = \"policy\"\ntitle = \"Short\"\nextends = \"model.toml\"\nintent = [\"stage\"]\n\
         [[change]]\npath = \"stage.merits.then\"\nset = { done = 0.7, merits = { p = 0.3, after = \"9 days\" } }\n\
         [[change]]\nremove = \"stage.desk\"\n",
    );
    court.replace("study.toml", "same = []", "same = [\"short.toml\"]");
    court.replace("study.toml", "baseline = \"now\"", "baseline = \"now\"\nrecord = \"record.toml\"");
    ran(&court, "compare study.toml --out run");
    let document: Value = serde_json::from_str(&court.read("run/report.json")).unwrap();
    let charts = document["queues"]["charts"].as_array().unwrap();
    let chart = charts.iter().find(|chart| chart["key"] == "levels.line-new-year.persons").unwrap();
    let known: Vec<bool> = chart["series"].as_array().unwrap().iter().map(Value::is_object).collect();
    assert_eq!(known, [true, false, true]);
}
