//! The program: arguments, commands, and what stands between them and the outside world.
//!
//! Data go to stdout, all else to stderr. Only this module writes, asks for the time, or ends the
//! process.

pub mod args;
mod check;
mod command;
mod detail;
pub mod exit;
mod explain;
mod future;
mod gains;
mod limits;
pub mod output;
mod pick;
pub mod progress;
mod record;
mod report;
mod run;
pub mod schema;
mod simulate;
mod threads;
mod twin;
mod validate;
mod verify;

use args::{Arguments, Command};
use exit::Exit;

/// Carry out what the arguments ask: print the result, or say on stderr why there is none.
pub fn execute(arguments: &Arguments) -> Exit {
    threads::spread();
    let result = match &arguments.command {
        Command::Run(args) => run::run(args),
        Command::Compare(args) => run::compare(args),
        Command::Record(args) => record::record(args),
        Command::Check(args) => check::check(args),
        Command::Explain(args) => explain::explain(args),
        Command::Schema(args) => schema::schemas(args),
        Command::Validate(args) => validate::validate(args),
        Command::Report(args) => report::report(args),
        Command::Verify(args) => verify::verify(args),
    };
    match result.and_then(|(text, exit)| output::print(&text).map(|()| exit)) {
        Ok(exit) => exit,
        Err(failure) => {
            output::tell(&failure.message);
            failure.exit
        }
    }
}

/// So many things of a kind, for people: `1 variant`, `3 variants`.
fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
