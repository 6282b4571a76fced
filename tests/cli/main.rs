//! The program from outside: exit codes, streams and files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asked;
mod classes;
mod compare;
mod condition;
mod design;
mod detail;
mod fade;
mod options;
mod parquet;
mod places;
mod published;
mod quota;
mod record;
mod report;
mod response;
mod returns;
mod run;
mod stages;
mod support;
mod waits;
mod words;
