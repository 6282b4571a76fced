//! Forced counts that policies end, and departures by class.

use super::support::{Court, code, stderr};

#[test]
fn a_policy_ends_a_forced_count_on_a_date() {
    let court = Court::new("quota");
    court.replace(
        "model.toml",
        "[initial.merits]",
        "[[stage.merits.quota]]\nto = \"gone\"\nrate = \"1 /day\"\nscale = 1\n[initial.merits]",
    );
    court.write(
        "more.toml",
        "caseload = 1\nkind = \"policy\"\ntitle = \"No more\"\nextends = \"model.toml\"\nintent = [\"stage.merits.quota\"]\n\
        [[change]]\npath = \"stage.merits.quota.0.scale\"\nset = 0\nfrom = 2019-12-07\nwhy = \"ended\"\n",
    );
    court.replace("study.toml", "end = {", "gone = { exits = \"gone\" }\nend = {");
    court.replace("model.toml", "withdraw = { hazard = \"4 %/yr\" }", "");
    court.replace("model.toml", "withdrawn-to = \"gone\"\n", "");
    let document = court.json("compare study.toml --format json");
    let gone = |variant: &str| document["variants"][variant]["run"]["outcomes"]["gone"]["mean"].as_f64();
    // One a day for the 366 days of the run, or for its first 183.
    assert!((gone("now").unwrap() - 366.0).abs() <= 1.0, "{:?}", gone("now"));
    assert!((gone("more").unwrap() - 183.0).abs() <= 1.0, "{:?}", gone("more"));
    let explained = court.run("explain study.toml stage.merits.quota.0.scale --policy more");
    assert_eq!(code(&explained), 0, "{}", stderr(&explained));
}

/// A court where a quarter of the cases from outside, and all of those there at the start, are families of three.
fn of_two_classes(name: &str) -> Court {
    let court = Court::new(name);
    court.replace("model.toml", "[class.case]", "[dimension.unit.value.family]\npersons = 3\n[dimension.unit.value.single]\n[class.case]\ndimensions = [\"unit\"]");
    court.replace(
        "model.toml",
        "rate  = \"12 /day\"",
        "mix.unit = { family = 0.25, single = 0.75 }\nrate  = \"12 /day\"",
    );
    court.replace(
        "model.toml",
        "class = \"case\"\nages",
        "class = \"case\"\nmix.unit = { family = 1 }\nages",
    );
    court
}

/// The means of outcomes that ask `question` of all, of families, of singles, of both by the name of their class
/// and of the persons in families.
fn asked_of_classes(court: &Court, question: &str) -> [f64; 5] {
    let of = [
        "",
        ", of = \"family\"",
        ", of = \"single\"",
        ", of = \"case\"",
        ", of = \"family\", unit = \"persons\"",
    ];
    let names = ["all", "families", "singles", "both", "heads"];
    let outcome = |(name, of)| format!("{name} = {{ {question}{of} }}\n");
    let outcomes = names.iter().zip(of).map(outcome).collect::<Vec<String>>().concat();
    // In each future the parts are the whole: what is missing is nought and does not vary.
    let gap = "known = { sum = [\"families\", \"singles\"] }\ngap = { difference = [\"all\", \"known\"] }\n";
    court.replace("study.toml", "end = {", &format!("{outcomes}{gap}end = {{"));
    let document = court.json("run study.toml --format json");
    court.replace("study.toml", &format!("{outcomes}{gap}"), "");
    let outcome = |name: &str, figure: &str| document["outcomes"][name][figure].as_f64().unwrap();
    for figure in ["mean", "sd"] {
        assert!(outcome("gap", figure).abs() < 1e-9, "{question}: {}", document["outcomes"]["gap"]);
    }
    names.map(|name| outcome(name, "mean"))
}

#[test]
fn cases_are_counted_for_the_classes_of_a_selector() {
    let court = of_two_classes("of");
    for question in [
        "exits = [\"done\", \"gone\"]",
        "arrived = \"merits\", from = 2019-09-01, until = 2020-05-01",
        "completed = [\"merits\"], until = 2020-05-01",
        "pending-at = \"merits\", at = 2020-01-01",
    ] {
        let [all, families, singles, both, heads] = asked_of_classes(&court, question);
        assert!(families > 100.0 && all > families, "{question}: {all} {families}");
        assert!((families + singles - all).abs() < 1e-9, "{question}: {all} {families} {singles}");
        assert!((both - all).abs() < 1e-9, "{question}: {all} {both}");
        assert!((3.0 * families - heads).abs() < 1e-9, "{question}: {families} {heads}");
    }
    let at_start = asked_of_classes(&court, "pending-at = \"merits\", at = 2019-06-07");
    assert_eq!(format!("{at_start:?}"), "[2000.0, 2000.0, 0.0, 2000.0, 6000.0]");
    court.replace(
        "study.toml",
        "waiting = \"merits\", at = 2020-06-07",
        "visits = \"merits\", of = \"family\"",
    );
    let refused = court.run("run study.toml");
    assert_eq!(code(&refused), 2);
    let said = stderr(&refused);
    assert!(said.contains("`visits` does not read `of`"), "{said}");
    assert!(said.contains("`visits` reads: label, better"), "{said}");
}
