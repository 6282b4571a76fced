//! The command line of caseload.

use caseload::cli::{args::Arguments, execute};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    execute(&Arguments::parse()).into()
}
