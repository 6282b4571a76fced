//! What the flags of a command line say: refused where nothing can come of it, told where it is read otherwise.

use crate::support::{Court, code, stderr, stdout};

#[test]
fn a_number_below_nothing_is_told_as_that() {
    let court = Court::new("below");
    for (flag, number) in [("--replications", "-1"), ("--threads", "-2"), ("--seed", "-3")] {
        let output = court.run(&format!("run model.toml {flag} {number}"));
        assert_eq!(code(&output), 2);
        let told = stderr(&output);
        assert!(told.contains(&format!("invalid value '{number}'")) && told.contains(flag), "{told}");
    }
}

#[test]
fn a_language_needs_a_report() {
    let court = Court::new("language");
    let output = court.run("run model.toml -n 2 --lang es --out out");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--report <FILE>"), "{}", stderr(&output));
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_the_run() {
    let court = Court::new("no-report");
    court.write("taken", "a file");
    std::fs::create_dir_all(court.path().join("odd.html")).unwrap();
    for report in ["taken/report.html", "odd.html"] {
        // A run of so many futures would take hours.
        let output = court.run(&format!("run model.toml --replications 100000000 --report {report}"));
        assert_eq!(code(&output), 1, "{report}");
        let place = report.split('/').next().unwrap();
        assert!(stderr(&output).contains(place) && stdout(&output).is_empty(), "{}", stderr(&output));
    }
}

#[test]
fn futures_are_rounded_up_to_whole_draws_and_that_is_told() {
    let court = Court::new("whole-draws");
    court.replace(
        "model.toml",
        "rate  = \"12 /day\"",
        "rate.value = \"12 /day\"\nrate.range = { min = \"10 /day\", max = \"14 /day\" }",
    );
    court.replace("study.toml", "number = 8", "number = 8\nuncertain = \"sample\"\nper-draw = 4");
    let futures = |arguments: &str| {
        let output = court.run(&format!("run study.toml {arguments} --format json"));
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (document["replications"].as_u64().unwrap(), stderr(&output))
    };
    let (rounded, told) = futures("-n 5");
    assert_eq!(rounded, 8);
    assert!(told.contains("8 futures are run where 5 were asked for"), "{told}");
    assert_eq!(futures("-n 4"), (4, String::new()));
    assert_eq!(futures("-n 5 --uncertain central"), (5, String::new()));
}
