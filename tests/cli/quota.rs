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

#[test]
fn departures_are_counted_for_the_classes_of_a_selector() {
    let court = Court::new("of");
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
    let asked = |name: &str, of: &str| format!("{name} = {{ exits = [\"done\", \"gone\"]{of} }}\n");
    let outcomes = [
        asked("all", ""),
        asked("families", ", of = \"family\""),
        asked("singles", ", of = \"single\""),
        asked("heads", ", of = \"family\", unit = \"persons\""),
    ];
    court.replace("study.toml", "end = {", &format!("{}end = {{", outcomes.concat()));
    let document = court.json("run study.toml --format json");
    let mean = |name: &str| document["outcomes"][name]["mean"].as_f64().unwrap();
    assert!(mean("families") > 100.0 && mean("singles") > 100.0, "{}", document["outcomes"]);
    assert!((mean("families") + mean("singles") - mean("all")).abs() < 1e-9);
    assert!((3.0 * mean("families") - mean("heads")).abs() < 1e-9);
    court.replace("study.toml", "waiting = \"merits\"", "waiting = \"merits\", of = \"family\"");
    let refused = court.run("run study.toml");
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("`waiting` is not counted by class"), "{}", stderr(&refused));
}

#[test]
fn a_policy_names_forced_counts_by_where_they_lead() {
    let court = Court::new("quota-target");
    court.replace(
        "model.toml",
        "[initial.merits]",
        "[[stage.merits.quota]]\nto = \"gone\"\nrate = \"1 /day\"\n\
        [[stage.merits.quota]]\nto = \"gone\"\nrate = \"2 /day\"\n[initial.merits]",
    );
    let policy = |target: &str| {
        format!(
            "caseload = 1\nkind = \"policy\"\ntitle = \"Half\"\nextends = \"model.toml\"\nintent = [\"stage.merits.quota\"]\n\
            [[change]]\npath = \"stage.merits.quota.{target}.scale\"\nscale = 0.5\nfrom = 2019-12-07\nwhy = \"fewer\"\n"
        )
    };
    court.write("more.toml", &policy("gone"));
    court.replace("study.toml", "end = {", "gone = { exits = \"gone\" }\nend = {");
    court.replace("model.toml", "withdraw = { hazard = \"4 %/yr\" }", "");
    court.replace("model.toml", "withdrawn-to = \"gone\"\n", "");
    let document = court.json("compare study.toml --format json");
    let gone = |variant: &str| document["variants"][variant]["run"]["outcomes"]["gone"]["mean"].as_f64();
    // Three a day for 366 days; half of them for the last 183.
    assert!((gone("now").unwrap() - 1098.0).abs() <= 2.0, "{:?}", gone("now"));
    assert!((gone("more").unwrap() - 823.5).abs() <= 2.0, "{:?}", gone("more"));

    court.write("more.toml", &policy("done"));
    let refused = court.run("compare study.toml");
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("did you mean `gone`?"), "{}", stderr(&refused));
}
