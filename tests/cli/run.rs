//! `caseload run`.

use crate::support::{Court, assert_narrow, code, stderr, stdout};
use std::fs::{self, File};
use std::io::Read;

#[test]
fn a_model_is_told_in_80_columns() {
    let court = Court::new("text");
    assert!(stdout(&court.run("run study.toml")).starts_with("What do more judges change?\n\n"));
    let output = court.run("run model.toml --replications 5");
    assert_eq!((code(&output), stderr(&output).as_str()), (0, ""));
    let text = stdout(&output);
    assert_narrow(&text);
    for part in ["A court", "5 futures", "seed 1", "merits", "Ciudad Juárez", "audit"] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

#[test]
fn json_has_the_names_of_the_contract() {
    let court = Court::new("json");
    let document = court.json("run study.toml --format json");
    assert_eq!((&document["kind"], &document["policy"]), (&"run".into(), &"now".into()));
    assert_eq!((&document["replications"], &document["seed"]), (&8.into(), &7.into()));
    for path in [
        "/stages/merits/waiting/time-average/mean",
        "/stages/merits/wait-days/p90/half-width",
        "/stages/merits/utilization/q95",
        "/pools/judge/staff/time-average/mean",
        "/exits/done/cases/q05",
        "/pending/persons/at-end/mean",
        "/places/juarez/persons/peak/max",
        "/outcomes/end/level",
        "/series/stages/merits/waiting/q50/0",
        "/series/places/juarez/persons/mean/0",
    ] {
        assert!(document.pointer(path).is_some_and(serde_json::Value::is_number), "no number at {path}");
    }
    assert_eq!(document["audit"]["conservation"], "exact");
    assert_eq!(document["audit"]["little"], "exact");
    assert!(document["events"].is_u64());
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let court = Court::new("threads");
    let bytes = |threads| {
        court.run(&format!("run study.toml --replications 7 --format json --threads {threads}")).stdout
    };
    let one = bytes(1);
    assert!(!one.is_empty());
    assert!((2..=3).all(|threads| bytes(threads) == one));
}

#[test]
fn the_environment_changes_neither_a_byte_nor_the_number_of_threads() {
    /// Far more than any machine of a test has cores.
    const ASKED: usize = 1_500;
    let court = Court::new("threads-environment");
    let mut command = court.command("run study.toml -n 60 --out ruled");
    let mut child = command.env("RAYON_NUM_THREADS", ASKED.to_string()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        // The list of its threads is there on Linux alone.
        let tasks = std::fs::read_dir(format!("/proc/{}/task", child.id()));
        most = most.max(tasks.map_or(0, Iterator::count));
    }
    assert_eq!(code(&child.wait_with_output().unwrap()), 0);
    assert!(most < ASKED, "{most} threads");
    assert_eq!(code(&court.run("run study.toml -n 60 --out free")), 0);
    assert_eq!(court.read("ruled/report.json"), court.read("free/report.json"));
}

#[test]
fn a_rate_is_lowered_by_an_amount() {
    let court = Court::new("lowered");
    let policy = |change: &str| {
        court
            .read("more.toml")
            .replace("pool.judge", "arrivals.in")
            .replace("arrivals.in.start", "arrivals.in.rate")
            .replace("scale = 1.5", change)
    };
    court.write("less.toml", &policy("add = \"-5 /day\""));
    court.write("seven.toml", &policy("set = \"7 /day\""));
    let document =
        court.json("compare model.toml --policy less=less.toml --policy seven=seven.toml -n 4 --format json");
    let variants = &document["variants"];
    assert_eq!(variants["less"]["difference"], variants["seven"]["difference"]);
    let fewer = variants["less"]["difference"]["pending"]["cases"]["at-end"]["mean"].as_f64().unwrap();
    assert!(fewer < -500.0, "{fewer}");
}

#[test]
fn more_futures_leave_the_first_ones_as_they_were() {
    let court = Court::new("extend");
    for (number, folder) in [(3, "three"), (6, "six")] {
        assert_eq!(code(&court.run(&format!("run model.toml -n {number} --out {folder}"))), 0);
    }
    let (three, six) = (court.read("three/figures.csv"), court.read("six/figures.csv"));
    assert!(six.len() > three.len() && six.starts_with(&three));
}

#[test]
fn a_policy_of_a_study_is_run_by_its_name() {
    let court = Court::new("policy");
    let now = court.json("run study.toml --format json");
    let more = court.json("run study.toml --policy more --format json");
    assert_eq!(more["policy"], "more");
    let end = |document: &serde_json::Value| document["outcomes"]["end"]["mean"].as_f64().unwrap();
    assert!(end(&more) < end(&now));
    let unknown = court.run("run study.toml --policy mroe");
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("did you mean `more`?"), "{}", stderr(&unknown));
}

#[test]
fn a_folder_gets_every_file_and_nothing_else() {
    let court = Court::new("out");
    let output = court.run("run study.toml --format json --out deep/result");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut names: Vec<_> = fs::read_dir(court.path().join("deep/result"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["figures.csv", "manifest.json", "report.json", "run.json", "series.csv"]);
    assert_eq!(court.read("deep/result/run.json"), stdout(&output));
    let figures = court.read("deep/result/figures.csv");
    assert!(figures.starts_with("variant,replication,kind,name,figure,value\nnow,0,stages,merits,"));
    let manifest: serde_json::Value = serde_json::from_str(&court.read("deep/result/manifest.json")).unwrap();
    assert_eq!((&manifest["seed"], &manifest["replications"]), (&7.into(), &8.into()));
    let inputs: Vec<_> = manifest["inputs"].as_array().unwrap().iter().map(|input| &input["path"]).collect();
    assert_eq!(inputs, ["model.toml", "more.toml", "study.toml"]);
}

#[test]
fn a_folder_that_cannot_be_is_told_before_the_run() {
    let court = Court::new("blocked");
    court.write("taken", "a file");
    fs::create_dir_all(court.path().join("odd/series.csv")).unwrap();
    for folder in ["taken", "taken/below", "odd"] {
        // A run of so many futures would take hours.
        let output = court.run(&format!("run model.toml --replications 100000000 --out {folder}"));
        assert_eq!(code(&output), 1, "{folder}");
        assert!(stderr(&output).contains(folder) && stdout(&output).is_empty());
    }
}

#[test]
fn precision_that_is_not_reached_has_a_code_of_its_own() {
    let court = Court::new("precision");
    let rule =
        |width| format!("min = 4\nmax = 8\nstop = [{{ outcome = \"end\", half-width = \"{width} %\" }}]");
    court.replace("study.toml", "number = 8", &rule("0.001"));
    let output = court.run("run study.toml");
    assert_eq!(code(&output), 3);
    assert!(stdout(&output).contains("precision"), "{}", stdout(&output));
    court.replace("study.toml", "0.001 %", "50 %");
    let document = court.json("run study.toml --format json");
    assert_eq!(document["replications"], 4);
}

#[test]
fn wrong_arguments_and_wrong_files_end_with_2() {
    let court = Court::new("wrong");
    court.replace("model.toml", "start = 20\n", "start = 20\nretention = 3\n");
    for arguments in ["run", "run model.toml --replications 0", "run nowhere.toml", "run model.toml", "frob"]
    {
        let output = court.run(arguments);
        assert_eq!(code(&output), 2, "{arguments}");
        assert!(stdout(&output).is_empty() && !stderr(&output).is_empty(), "{arguments}");
    }
    assert_eq!(code(&court.run("--help")), 0);
}

#[test]
fn a_reader_who_leaves_early_is_no_trouble() {
    let court = Court::new("pipe");
    let mut child = court.command("run model.toml -n 5 --format json").spawn().unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
#[cfg(target_os = "linux")]
fn full_streams_are_failures_and_not_panics() {
    let court = Court::new("full");
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let output = court.command("run model.toml -n 2").stdout(full()).output().unwrap();
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("No space left"), "{}", stderr(&output));
    let output = court.command("run nowhere.toml").stderr(full()).output().unwrap();
    assert_eq!(code(&output), 2);
}

#[test]
#[cfg(target_os = "linux")]
fn a_path_that_is_not_unicode_is_a_path_like_others() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let court = Court::new("unicode");
    let odd = court.path().join(OsStr::from_bytes(b"b\xffd.toml"));
    fs::copy(court.path().join("model.toml"), &odd).unwrap();
    let output = court.command("run -n 2 --out result").arg(&odd).output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

#[test]
#[cfg(unix)]
fn an_interruption_keeps_what_is_finished() {
    let court = Court::new("interrupt");
    for (arguments, kind) in [("run model.toml", "run"), ("compare study.toml", "compare")] {
        let long = format!("{arguments} --replications 10000000 --threads 1 --format json");
        let child = court.command(&long).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_secs(2));
        let signalled = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(signalled.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), 130, "{}", stderr(&output));
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["kind"], kind);
        assert!(document["replications"].as_u64().unwrap() > 0);
        assert!(stdout(&output).contains("interrupted"));
    }
}

#[test]
fn lengths_and_numbers_beyond_all_measure_end_a_run_with_a_word() {
    let court = Court::new("beyond-measure");
    let clock = "[clock.term]\nfrom = \"filed(merits)\"\nto = \"decided(merits)\"\nlimit = \"1e12 working days\"\ncalendar = \"us\"\n";
    court.replace("model.toml", "[exit.done]", &format!("{clock}[exit.done]"));
    assert_eq!(code(&court.run("run model.toml -n 2")), 0);
    for service in ["exponential = { mean = \"100_000 yr\" }", "constant = \"1e300 yr\""] {
        court.write(
            "long.toml",
            &court.read("model.toml").replace("rate = \"150 /yr\"", &format!("service.{service}")),
        );
        assert_eq!(code(&court.run("run long.toml -n 2")), 0, "{service}");
    }
    court.replace("model.toml", "[pool.judge]\nstart = 20", "[pool.judge]\nstart = 100_000_000");
    let refused = court.run("run model.toml -n 2");
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("would have up to 100000000 staff"), "{}", stderr(&refused));
}

/// One case a day at a desk that takes no time, and so goes on at once.
const AT_ONCE: &str = r#"
caseload = 1
kind  = "model"
title = "At once"
start = 2021-01-01
end   = 2021-03-01
[class.case]
[pool.clerk]
start = 1
[arrivals.in]
to   = "desk"
rate = "1 /day"
[stage.desk]
service.constant = "0 days"
then = { line = 0.5, done = 0.5 }
[stage.line]
pool = "clerk"
service.constant = "1 day"
withdraw.constant = "0 days"
withdrawn-to = "gone"
then = { done = 1.0 }
[exit.done]
kind = "closed"
[exit.gone]
kind = "withdrawn"
"#;

#[test]
fn a_loop_in_which_no_time_passes_is_refused() {
    let court = Court::new("at-once");
    court.write("at-once.toml", AT_ONCE);
    assert_eq!(code(&court.run("run at-once.toml -n 2")), 0);
    let endless = [
        // From a date on everybody goes back to the desk; the line leads back to itself.
        ("[exit.done]", "[[stage.desk.step]]\nfrom = 2021-02-01\nthen = { desk = 1.0 }\n[exit.done]", "desk"),
        ("withdrawn-to = \"gone\"", "withdrawn-to = \"line\"", "line"),
    ];
    for (before, after, stage) in endless {
        court.write("loop.toml", &AT_ONCE.replace(before, after));
        for command in ["run loop.toml -n 2", "check loop.toml"] {
            let refused = court.run(command);
            assert_eq!(code(&refused), 2, "{command}: {after}");
            let said = stderr(&refused);
            assert!(said.contains(&format!("from stage `{stage}` back to it at one instant")), "{said}");
        }
    }
    // Some leave at every turn, or wait for a moment: that ends.
    for (before, after) in [
        ("then = { line = 0.5, done = 0.5 }", "then = { desk = 0.9, line = 0.05, done = 0.05 }"),
        (
            "then = { line = 0.5, done = 0.5 }",
            "then = { desk = { p = 0.5, after = \"1 hour\" }, line = 0.5 }",
        ),
    ] {
        court.write("loop.toml", &AT_ONCE.replace(before, after));
        assert_eq!(code(&court.run("run loop.toml -n 2")), 0, "{after}");
    }
}
