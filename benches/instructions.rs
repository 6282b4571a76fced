//! Instructions of one replication of each workload, made small: the same number on a noisy machine as on
//! a quiet one. `benches/instructions` runs this and holds the numbers against the recorded ones.

#![allow(missing_docs, reason = "the macros make undocumented items")]

use caseload::compile::compile;
use caseload::engine::Plan;
use caseload::experiment::{Replication, replicate};
use caseload::network::Network;
use caseload::scenario::{Draw, Request, load};
use caseload::units::{DAY, SimTime};
use gungraun::{library_benchmark, library_benchmark_group, main};
use std::hint::black_box;
use std::path::Path;

/// A workload cut off after `days`, with its plan.
fn network(name: &str, days: i64) -> Network {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/workloads/{name}.toml"));
    let study = load(&path, &Request::default()).study.expect("the workload is sound");
    let scenario = &study.variants[0].scenario;
    let mut network = compile(scenario, &Draw::central(&scenario.parameters));
    network.horizon = SimTime::from_seconds(days * DAY);
    network.dates.retain(|&date| date <= network.horizon);
    network
}

fn fast(name: &str, days: i64) -> (Network, Plan) {
    let network = network(name, days);
    let plan = Plan::new(&network);
    (network, plan)
}

fn general(name: &str, days: i64) -> (Network, Plan) {
    let network = network(name, days);
    let plan = Plan::reference(&network);
    (network, plan)
}

#[library_benchmark]
#[bench::mmc(args = ("mmc", 1_000), setup = fast)]
#[bench::court(args = ("court-hundredth", 3_650), setup = fast)]
#[bench::court_by_events(args = ("court-hundredth", 3_650), setup = general)]
fn replication((network, plan): (Network, Plan)) -> Replication {
    black_box(replicate(black_box(&network), &plan, 1, 0))
}

library_benchmark_group!(name = replications, benchmarks = replication);
main!(library_benchmark_groups = replications);
