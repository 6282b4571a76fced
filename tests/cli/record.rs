//! `caseload record`, and outcomes made of others.

use crate::support::{Court, assert_narrow, code, stderr, stdout};

/// Two cases a day, evenly, for ten days, each out after an hour by one of two ways: 19 in all.
const CLOCKWORK: &str = r#"
caseload = 1
kind  = "model"
title = "Clockwork"
start = 2020-01-01
end   = 2020-01-11
sources = "sources.toml"
[class.case]
[arrivals.in]
to    = "door"
rate  = { value = "2 /day", source = { ref = "young" } }
process = "deterministic"
[stage.door]
service.constant = { value = "1 hour", source = { ref = "young", as-of = 2020-01-05 } }
then = { left = { p = { value = 0.5, source = { ref = "young", as-of = 2019-12-31 } } }, right = "rest" }
[exit.left]
kind = "relief"
[exit.right]
kind = "denial"
"#;

const SOURCES: &str = r#"
[young]
title = "A count of 2020"
date  = "2020-02"
url   = "https://example.org/count"
"#;

const RECORD: &str = r#"
caseload = 1
kind  = "record"
title = "Clockwork beside its count"
model = "clockwork.toml"
[replications]
seed   = 3
number = 20
[outcome]
left  = { exits = "left" }
right = { exits = "right" }
[row.all]
label     = "All who left"
model     = { sum = ["left", "right"] }
published = 19
also      = [19.5]
role      = "fitted"
source    = { ref = "young", at = "p. 1" }
[row.balance]
label     = "More to the left than to the right"
model     = { difference = ["left", "right"] }
role      = "assumed"
[row.share]
label     = "Share to the left"
model     = { ratio = ["left", "right"] }
published = 4.5
role      = "predicted"
known-until = 2020-01-05
source    = "young"
"#;

fn clockwork(test: &str) -> Court {
    let court = Court::new(test);
    court.write("clockwork.toml", CLOCKWORK);
    court.write("sources.toml", SOURCES);
    court.write("record.toml", RECORD);
    court
}

#[test]
fn a_sum_is_taken_in_each_future() {
    let court = clockwork("record-sum");
    let rows = &court.json("record record.toml --format json")["rows"];
    // left and right vary, and their sum does not: intervals are of the sums, not sums of intervals.
    let all = &rows["all"]["model"];
    let whole = all["mean"].as_f64().unwrap();
    assert_eq!((whole, all["sd"].as_f64(), all["min"].as_f64()), (19.0, Some(0.0), Some(19.0)));
    let balance = &rows["balance"]["model"];
    assert!(balance["sd"].as_f64().unwrap() > 1.0, "{balance}");
    assert_eq!((&rows["balance"]["verdict"], &rows["balance"]["span"]), (&().into(), &().into()));
}

#[test]
fn a_ratio_is_the_mean_of_ratios_of_futures() {
    let court = clockwork("record-ratio");
    let study = r#"
caseload = 1
kind  = "study"
model = "clockwork.toml"
[replications]
seed = 3
number = 1
[outcome]
left  = { exits = "left" }
right = { exits = "right" }
all   = { sum = ["left", "right"] }
part  = { ratio = ["left", "all"] }
less  = { difference = ["all", "left"] }
"#;
    court.write("study.toml", study);
    let outcomes = &court.json("run study.toml --format json")["outcomes"];
    let mean = |name: &str| outcomes[name]["mean"].as_f64().unwrap();
    assert_eq!(mean("all"), mean("left") + mean("right"));
    assert_eq!(mean("part"), mean("left") / mean("all"));
    assert_eq!(mean("less"), mean("right"));
    let text = stdout(&court.run("run study.toml"));
    assert!(text.contains("part [%]") && text.contains("less [cases]"), "{text}");
}

#[test]
fn a_page_holds_the_model_beside_the_published_figures() {
    let court = clockwork("record-page");
    let output = court.run("record record.toml");
    assert_eq!(code(&output), 0);
    let page = stdout(&output);
    for part in [
        "# Clockwork beside its count\n\nMade by `caseload record record.toml`: Clockwork, 2020-01-01 to 2020-01-11, 20 \
         futures, seed 3.\n",
        "| All who left [cases] | fitted |",
        "| 19 | 0 | 19 | 19 to 19.5 | within | hit | yes | 2020-01-05 (young) |\n",
        "| **miss** |",
        "| predicted | 0 | 0 | 0 |\n| predicted from a later date | 0 | 1 | 0 |\n| fitted | 1 | 0 | 0 |\n| assumed | 0 | 0 | 1 |\n",
        "- Share to the left: no reason is given.\n",
        "- All who left: [A count of 2020](https://example.org/count), p. 1\n",
        "- young (2020-01-05): `stage.door`\n",
    ] {
        assert!(page.contains(part), "no `{part}` in:\n{page}");
    }
    let told = stderr(&output);
    assert!(told.contains("warning: row `share` misses and does not say why"), "{told}");
    court.replace("record.toml", "published = 4.5", "published = 4.5\nmiss = \"as it was meant to\"");
    let output = court.run("record record.toml --out page/of.md");
    assert!(!stderr(&output).contains("does not say why") && stdout(&output).is_empty());
    let page = court.read("page/of.md");
    assert!(page.contains("- Share to the left: as it was meant to\n"), "{page}");
    let text = stdout(&court.run("record record.toml --format text"));
    assert_narrow(&text);
    assert!(text.contains("why: as it was meant to"), "{text}");
}

#[test]
fn a_record_takes_its_number_and_seed_from_the_command_line_and_no_byte_from_threads() {
    let court = clockwork("record-threads");
    let page = |options: &str| stdout(&court.run(&format!("record record.toml {options}")));
    assert_eq!(page("--threads 1"), page("--threads 2"));
    assert!(page("-n 4 --seed 9").contains("4 futures, seed 9."));
    assert_ne!(page("--seed 9"), page(""));
}

/// A hall before the door, and what a prediction may know of it; a yard behind the hall.
const BEFORE: &str = r#"
[arrivals.more]
to   = "hall"
rate = "1 /day"
process = "deterministic"
[stage.hall]
service.constant = "1 hour"
then = { door = 0.5, yard = "rest" }
source = { ref = "young"COUNTS }
[stage.yard]
service.constant = "1 hour"
then = { aside = 1 }
source = "young"
[exit.aside]
kind = "denial"
"#;

#[test]
fn predicted_rows_are_held_against_the_dates_of_what_they_rest_on() {
    let court = clockwork("record-late");
    assert_eq!(code(&court.run("check record.toml")), 0);
    // The door is known to 5 January; the arrivals may be known, and the share is of before the start.
    court.replace("record.toml", "known-until = 2020-01-05\n", "");
    let output = court.run("check record.toml");
    assert_eq!(code(&output), 2);
    let text = stderr(&output);
    assert!(
        text.contains("row `share` is called predicted and rests on figures of after 2020-01-01"),
        "{text}"
    );
    assert!(text.contains("rests on stage.door (young, 2020-01-05)\n"), "{text}");
    court.replace("record.toml", "\"predicted\"", "\"fitted\"");
    assert_eq!(code(&court.run("check record.toml")), 0);
}

#[test]
fn a_row_rests_on_what_leads_to_it_and_no_further_than_recorded_arrivals() {
    let errors = |test: &str, counts: &str| {
        let court = clockwork(test);
        let model = format!("{CLOCKWORK}{}", BEFORE.replace("COUNTS", counts));
        court.write("clockwork.toml", &model);
        stderr(&court.run("check record.toml"))
    };
    // The hall leads to the door; the yard does not.
    let text = errors("record-upstream", "");
    assert!(text.contains("rests on stage.hall (young, 2020-02)\n"), "{text}");
    assert_eq!(errors("record-counts-as", ", counts-as = \"arrivals\""), "");
}

#[test]
fn an_input_that_begins_after_a_row_is_not_beneath_it() {
    let court = clockwork("record-begins");
    let later =
        "[[stage.door.step]]\nfrom = 2020-01-08\nservice.constant = \"2 hours\"\nsource = \"young\"\n";
    court.write("clockwork.toml", &format!("{CLOCKWORK}{later}"));
    assert_eq!(code(&court.run("check record.toml")), 2);
    court.replace(
        "record.toml",
        "left  = { exits = \"left\" }",
        "left  = { exits = \"left\", until = 2020-01-07 }",
    );
    court.replace(
        "record.toml",
        "right = { exits = \"right\" }",
        "right = { exits = \"right\", until = 2020-01-07 }",
    );
    let output = court.run("check record.toml");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let rows = &court.json("record record.toml --format json")["rows"];
    assert_eq!(rows["share"]["known-until"], "2020-01-05");
    assert_eq!(rows["share"]["youngest"]["path"], "stage.door.service.constant");
}

#[test]
fn a_changed_label_is_logged_on_the_page() {
    let court = clockwork("record-changed");
    let log = "\n[[changed]]\ndate = 2026-11-24\nrow = \"all\"\nfrom = \"predicted\"\nto = \"fitted\"\nwhy = \"its rate is of 2020\"\n";
    court.write("record.toml", &format!("{RECORD}{log}"));
    let page = stdout(&court.run("record record.toml"));
    assert!(page.contains("- 2026-11-24, `all`: predicted became fitted: its rate is of 2020\n"), "{page}");
    let changed = &court.json("record record.toml --format json")["changed"][0];
    assert_eq!((&changed["to"], &changed["row"]), (&"fitted".into(), &"all".into()));
}

#[test]
fn policies_of_a_record_are_laid_over_its_model() {
    let court = clockwork("record-policies");
    let policy = "caseload = 1\nkind = \"policy\"\ntitle = \"Twice\"\nintent = [\"arrivals.in\"]\n[[change]]\npath = \"arrivals.in.rate\"\nscale = 2\nwhy = \"a test\"\n";
    court.write("twice.toml", policy);
    let all = |court: &Court| {
        court.json("record record.toml --format json")["rows"]["all"]["model"]["mean"].as_f64().unwrap()
    };
    let before = all(&court);
    court.replace(
        "record.toml",
        "model = \"clockwork.toml\"",
        "model = \"clockwork.toml\"\npolicies = [\"twice.toml\"]",
    );
    let after = all(&court);
    assert!((after - 2.0 * before).abs() <= 1.0, "{before} {after}");
}

#[test]
fn what_is_no_record_is_refused() {
    let court = clockwork("record-kind");
    let output = court.run("record study.toml");
    assert_eq!((code(&output), stdout(&output).as_str()), (2, ""));
    assert_eq!(
        stderr(&output),
        "error: `study.toml` is not a record\n  = help: give a file with kind = \"record\"; a study is run by `caseload compare`\n"
    );
}

#[test]
fn a_row_is_explained_by_its_model() {
    let court = clockwork("record-explain");
    let output = court.run("explain record.toml stage.door.then");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("source young"), "{}", stdout(&output));
}

#[test]
fn those_at_a_stage_are_those_who_came_less_those_who_left() {
    let court = Court::new("pending-at");
    let study = r#"
caseload = 1
kind  = "study"
model = "model.toml"
[replications]
seed = 3
number = 4
[outcome]
waiting   = { waiting = "merits", at = 2020-01-01 }
there     = { pending-at = "merits", at = 2020-01-01 }
persons   = { pending-at = ["merits"], at = 2020-01-01, unit = "persons" }
before    = { pending-at = "merits", at = 2019-06-07 }
came      = { arrived = "merits", until = 2020-01-01 }
served    = { completed = "merits", until = 2020-01-01 }
heads     = { completed = "merits", until = 2020-01-01, unit = "persons" }
gone      = { exits = "gone", until = 2020-01-01 }
place     = { population = "juarez", at = 2020-01-01 }
come      = { sum = ["before", "came"] }
left      = { sum = ["served", "gone"] }
balance   = { difference = ["come", "left"] }
nothing   = { difference = ["balance", "there"] }
"#;
    court.write("study.toml", study);
    let document = court.json("run study.toml --format json");
    let outcomes = &document["outcomes"];
    let mean = |name: &str| outcomes[name]["mean"].as_f64().unwrap();
    assert_eq!([&outcomes["nothing"]["min"], &outcomes["nothing"]["max"]], [0, 0]);
    // Twenty judges have work all the time, and cases are of one person.
    assert_eq!(mean("there"), mean("waiting") + 20.0);
    assert_eq!(
        [mean("persons"), mean("place"), mean("heads")],
        [mean("there"), mean("there"), mean("served")]
    );
    assert_eq!(mean("before"), 2000.0);
    assert!(mean("came") > 208.0 * 12.0, "those sent back to the stage come again: {}", mean("came"));
}
