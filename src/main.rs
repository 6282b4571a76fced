//! The command line of caseload.
fn main() {}
