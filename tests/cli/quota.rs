//! A policy that ends a forced count on a date.

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
