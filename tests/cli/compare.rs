//! `caseload compare`.

use crate::support::{Court, assert_narrow, code, stderr, stdout};

#[test]
fn a_study_is_told_in_80_columns_with_a_verdict() {
    let court = Court::new("verdict");
    court.replace("study.toml", "What do", &format!("{}What do", "Of all that could be asked: ".repeat(5)));
    let output = court.run("compare study.toml");
    assert_eq!((code(&output), stderr(&output).as_str()), (0, ""));
    let text = stdout(&output);
    assert_narrow(&text);
    for part in ["waiting for a hearing", "fewer cases", "which is better", "What do more"] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

#[test]
fn an_identical_policy_differs_by_exactly_nothing() {
    let court = Court::new("identical");
    let document = court.json("compare study.toml --format json");
    let same = &document["variants"]["same"]["difference"]["outcomes"]["end"];
    for number in ["mean", "half-width", "sd", "q05", "q95", "share-below-zero"] {
        assert_eq!(same[number], 0, "{number}");
    }
}

#[test]
fn json_has_the_names_of_the_contract() {
    let court = Court::new("names");
    let document = court.json("compare study.toml --format json");
    assert_eq!((&document["kind"], &document["baseline"]), (&"compare".into(), &"now".into()));
    let more = &document["variants"]["more"];
    assert_eq!(more["run"]["policy"], "more");
    let difference = &more["difference"];
    assert!(difference["outcomes"]["end"]["mean"].as_f64().unwrap() < 0.0);
    assert!(difference["outcomes"]["end"]["gain"].as_f64().unwrap() > 1.0);
    assert!(difference["stages"]["merits"]["waiting"]["at-end"]["share-below-zero"].is_number());
    assert!(difference["places"]["juarez"]["persons"]["peak"]["q50"].is_number());
}

#[test]
fn a_variant_runs_as_it_does_alone() {
    let court = Court::new("alone");
    let alone = court.json("run study.toml --policy more --format json");
    let compared = court.json("compare study.toml --format json");
    assert_eq!(compared["variants"]["more"]["run"], alone);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let court = Court::new("compare-threads");
    let bytes = |threads| court.run(&format!("compare study.toml --format json --threads {threads}")).stdout;
    let one = bytes(1);
    assert!(!one.is_empty());
    assert!((2..=3).all(|threads| bytes(threads) == one));
}

#[test]
fn a_model_is_compared_with_policies_of_the_command_line() {
    let court = Court::new("named");
    let document = court.json("compare model.toml --policy more=more.toml -n 4 --format json");
    assert_eq!(document["baseline"], "baseline");
    let merits = &document["variants"]["more"]["difference"]["stages"]["merits"];
    assert!(merits["waiting"]["at-end"]["mean"].as_f64().unwrap() < 0.0);
    let output = court.run("compare model.toml -n 4");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--policy"), "{}", stderr(&output));
}

#[test]
fn a_folder_gets_the_document_of_the_comparison() {
    let court = Court::new("compare-out");
    let output = court.run("compare study.toml --format json --out result");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(court.read("result/compare.json"), stdout(&output));
    let series = court.read("result/series.csv");
    assert!(series.starts_with("variant,date,kind,name,measure,mean,q05,q25,q50,q75,q95\n"));
    for variant in ["now", "same", "more"] {
        assert!(series.contains(&format!("\n{variant},2020-06-01,stages,merits,waiting,")), "{variant}");
    }
}

#[test]
fn a_policy_made_of_others_is_all_of_them_in_their_order() {
    let court = Court::new("made-of");
    let policy = |scale: &str, from: &str| {
        format!(
            "caseload = 1\nkind = \"policy\"\ntitle = \"More\"\nextends = \"model.toml\"\nintent = [\"pool.judge\"]\n\
             [[change]]\npath = \"pool.judge.start\"\nscale = {scale}\nfrom = {from}\nwhy = \"hiring\"\n"
        )
    };
    court.write("first.toml", &policy("1.5", "2019-09-01"));
    court.write("second.toml", &policy("2", "2020-01-01"));
    court.write(
        "both.toml",
        "caseload = 1\nkind = \"policy\"\ntitle = \"Both\"\nextends = \"model.toml\"\nmade-of = [\"first.toml\", \"second.toml\"]\n",
    );
    court.replace(
        "study.toml",
        "more = [\"more.toml\"]",
        "listed = [\"first.toml\", \"second.toml\"], made = [\"both.toml\"]",
    );
    let document = court.json("compare study.toml --format json");
    let variants = &document["variants"];
    assert_eq!(variants["listed"]["difference"], variants["made"]["difference"]);
    let difference = variants["made"]["difference"]["outcomes"]["end"]["mean"].as_f64().unwrap();
    assert!(difference < -100.0, "{difference}");
}

/// A policy that is only other policies.
fn made_of(parts: &str) -> String {
    format!(
        "caseload = 1\nkind = \"policy\"\ntitle = \"Made of {}\"\nextends = \"model.toml\"\nmade-of = [{parts}]\n",
        parts.replace('"', "")
    )
}

#[test]
fn a_policy_is_laid_once() {
    let court = Court::new("laid-once");
    court.write("other.toml", &court.read("more.toml").replace("2019-12-01", "2020-03-01"));
    court.write("one.toml", &made_of("\"more.toml\""));
    court.write("two.toml", &made_of("\"./more.toml\", \"other.toml\""));
    court.replace(
        "study.toml",
        "more = [\"more.toml\"]",
        "plain = [\"more.toml\", \"other.toml\"], both = [\"one.toml\", \"two.toml\"]",
    );
    let document = court.json("compare study.toml --format json");
    let variants = &document["variants"];
    assert_eq!(variants["plain"]["difference"], variants["both"]["difference"]);
}

#[test]
fn a_policy_named_twice_is_refused_with_both_places() {
    let court = Court::new("laid-twice");
    court.write("one.toml", &made_of("\"more.toml\""));
    court.write("twice.toml", &made_of("\"more.toml\", \"./more.toml\""));
    let refused = |arguments: &str, parts: &[&str]| {
        let output = court.run(arguments);
        assert_eq!(code(&output), 2, "{arguments}");
        for part in parts {
            assert!(stderr(&output).contains(part), "{arguments}, {part}: {}", stderr(&output));
        }
        assert_eq!(stderr(&output).matches("error: ").count(), 1, "{}", stderr(&output));
    };
    let again = "error: policy `more.toml` is named twice";
    refused("run model.toml --policy x=more.toml,more.toml -n 1", &[again]);
    refused(
        "run model.toml --policy x=twice.toml -n 1",
        &["is named twice", "twice.toml:5", "named first here"],
    );
    let beside = "error: policy `more.toml` is named beside `one.toml`, which is made of it";
    refused("run model.toml --policy x=one.toml,more.toml -n 1", &[beside, "a part here"]);
    refused("run model.toml --policy x=more.toml,one.toml -n 1", &[beside, "one.toml:5"]);
    court.replace("study.toml", "more = [\"more.toml\"]", "more = [\"more.toml\", \"more.toml\"]");
    court.replace(
        "study.toml",
        "[replications]",
        "[axis.judges]\npath = \"pool.judge.start\"\nvalues = [20, 30]\n[replications]",
    );
    refused("check study.toml", &[again, "study.toml:7", "named first here"]);
}

#[test]
fn every_variant_has_a_name_of_its_own_and_files() {
    let court = Court::new("variant-names");
    let refused = |arguments: &str, part: &str| {
        let output = court.run(arguments);
        assert_eq!(code(&output), 2, "{arguments}");
        assert!(stderr(&output).contains(part), "{arguments}: {}", stderr(&output));
    };
    refused("compare model.toml --policy baseline=more.toml", "two variants are called `baseline`");
    refused("run model.toml --policy baseline=more.toml", "two variants are called `baseline`");
    refused("compare study.toml --policy more=more.toml", "two variants are called `more`");
    refused("compare model.toml --policy a=more.toml --policy a=more.toml", "two variants are called `a`");
    for nothing in ["=more.toml", "x=", "x=more.toml,"] {
        refused(
            &format!("compare model.toml --policy {nothing}"),
            &format!("`--policy {nothing}` is not a name and its files"),
        );
    }
}

#[test]
fn a_policy_file_without_a_name_is_told_how_to_get_one() {
    let court = Court::new("nameless-policy");
    let refused = court.run("run model.toml --policy more.toml -n 1");
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("--policy NAME=more.toml"), "{}", stderr(&refused));
}
