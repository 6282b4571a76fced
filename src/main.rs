//! The command line of caseload.

use caseload::cli::{args::Arguments, execute, exit::Exit};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A panic is a bug: its message stands on stderr already, and what is left is to end as bugs do.
    std::panic::catch_unwind(|| execute(&arguments)).unwrap_or(Exit::Failed).into()
}
