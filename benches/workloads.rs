//! The standard workloads, from the file to the figures of a replication.

use caseload::compile::compile;
use caseload::engine::Plan;
use caseload::experiment::{Figure, figures, replicate};
use caseload::network::Network;
use caseload::scenario::{Draw, Request, load};
use std::path::Path;

fn main() {
    divan::main();
}

fn network(name: &str) -> Network {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/workloads/{name}.toml"));
    let study = load(&path, &Request::default()).study.expect("the workload is sound");
    let scenario = &study.variants[0].scenario;
    compile(scenario, &Draw::central(&scenario.parameters))
}

#[divan::bench(args = ["court-hundredth", "court"], sample_count = 3)]
fn replication(bencher: divan::Bencher, name: &str) {
    let network = network(name);
    let plan = Plan::new(&network);
    // A bench of something broken measures nothing: the docket must be near its fluid limit.
    let pending = figures(&network).iter().position(|figure| *figure == Figure::PendingCases);
    let first = replicate(&network, &plan, 1, 0);
    let limit = if name == "court" { 1.74e6 } else { 1.74e4 };
    assert!((first.figures[pending.expect("every network has it")] / limit - 1.0).abs() < 0.05);
    bencher.bench_local(|| replicate(&network, &plan, 1, 0));
}

#[divan::bench(args = ["mmc", "court"])]
fn load_and_compile(name: &str) -> Network {
    network(name)
}
