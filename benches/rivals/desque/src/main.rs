//! The workloads on desque: events as boxed values on its list, everything else by hand.

mod court;
mod mmc;

use desque::SimTime;
use workload::Rival;

/// Days since the start, in an order that desque asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Time(f64);

impl Eq for Time {}
impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Time {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
impl SimTime for Time {}

fn main() {
    workload::main(&Rival {
        mmc: mmc::run,
        court: |scale, seed| court::run(scale, seed, false),
        lazy: Some(|scale, seed| court::run(scale, seed, true)),
        replicate: workload::on_all_cores,
    });
}
