//! caseload: a discrete-event simulator of asylum case backlogs.
//!
//! One pipeline, each arrow a pure function between two named types:
//!
//! ```text
//! text → tree → Scenario → Network + Legend → Replication → Outcome → Document → bytes
//! ```
//!
//! Two halves. The *generic half* (`units`, `random`, `network`, `engine`, `stats`, `analytic`,
//! `experiment`) knows queueing and statistics and has never heard of asylum; the *domain half*
//! (`diagnostic`, `asylum`, `scenario`, `legend`, `compile`, `report`, `dossier`, `cli`) knows asylum, TOML and people.
//! The domain half imports the generic one, never the reverse; a test holds it.

pub mod analytic;
pub mod asylum;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod dossier;
pub mod engine;
pub mod experiment;
pub mod legend;
pub mod network;
pub mod random;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod units;
