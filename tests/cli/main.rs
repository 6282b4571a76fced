//! The program from outside: exit codes, streams and files.

mod compare;
mod run;
mod support;
