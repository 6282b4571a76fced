//! A folder with a small model, its policies and studies, and the program run in it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Two years of a court that gets more cases than it can hear: 12 a day, 20 judges who hear 150 a year.
const MODEL: &str = r#"
caseload = 1
kind  = "model"
title = "A court"
start = 2019-06-07
end   = 2020-06-07
[class.case]
[pool.judge]
start = 20
[arrivals.in]
to    = "merits"
class = "case"
rate  = "12 /day"
[stage.merits]
pool = "judge"
rate = "150 /yr"
withdraw = { hazard = "4 %/yr" }
withdrawn-to = "gone"
place = "juarez"
then = { done = 0.7, merits = { p = 0.3, after = "9 days" } }
[initial.merits]
cases = 2000
class = "case"
ages.constant = "100 days"
[place.juarez]
label = "Ciudad Juárez"
capacity = "2500 persons"
[exit.done]
kind = "relief"
[exit.gone]
kind = "withdrawn"
"#;

const POLICY: &str = r#"
caseload = 1
kind    = "policy"
title   = "More judges"
extends = "model.toml"
intent  = ["pool.judge"]
[[change]]
path  = "pool.judge.start"
scale = 1.5
from  = 2019-12-01
why   = "hiring"
"#;

const STUDY: &str = r#"
caseload = 1
kind     = "study"
question = "What do more judges change?"
model    = "model.toml"
baseline = "now"
policies = { now = [], same = [], more = ["more.toml"] }
[replications]
seed   = 7
number = 8
[outcome]
end = { waiting = "merits", at = 2020-06-07, better = "lower", label = "waiting for a hearing" }
"#;

/// A folder of one test, removed at its end.
pub(crate) struct Court {
    path: PathBuf,
}

impl Court {
    /// A folder with `model.toml`, `more.toml` and `study.toml`.
    pub(crate) fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("caseload-cli-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let court = Self { path };
        court.write("model.toml", MODEL);
        court.write("more.toml", POLICY);
        court.write("study.toml", STUDY);
        court
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path.join(name), text).unwrap();
    }

    /// Put another text in the place of one that stands in a file.
    pub(crate) fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert!(text.contains(old), "{name} has no `{old}`");
        self.write(name, &text.replace(old, new));
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path.join(name)).unwrap()
    }

    /// The program with these arguments, to be run here.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caseload"));
        command.current_dir(&self.path).args(arguments.split_whitespace());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What comes of running it.
    pub(crate) fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Its JSON document, when it ends well.
    pub(crate) fn json(&self, arguments: &str) -> Value {
        let output = self.run(arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for Court {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Whether a text keeps to 80 columns.
pub(crate) fn assert_narrow(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
}
