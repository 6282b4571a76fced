//! What the programs for the Rust rivals share: the numbers of the three workloads, draws, tallies,
//! arguments and the line of JSON that each prints.
//!
//! All rivals draw from the same fast generator by the same methods, so that engines are compared and
//! not generators. Time is in days.

mod draws;
mod tally;

pub use draws::Draws;
pub use tally::{Court, Line, Queue};

use std::sync::atomic::{AtomicU64, Ordering};

/// Customers a day, W1.
pub const CUSTOMERS_PER_DAY: f64 = 47.5;
/// Servers, W1.
pub const DESKS: usize = 50;
/// Mean service, W1.
pub const DESK_SERVICE: f64 = 1.0;

/// End of W2 and W3.
pub const HORIZON: f64 = 3650.0;
/// Mean service at screening (A) and at a master hearing (B).
pub const SERVICE: [f64; 2] = [0.04, 0.08];
/// Mean and coefficient of variation of a merits hearing (C).
pub const MERITS: (f64, f64) = (0.5, 0.8);
/// Share of master hearings that are continued, and the mean time until the next.
pub const CONTINUED: (f64, f64) = (0.4, 60.0);
/// Share of cases that are detained.
pub const DETAINED: f64 = 0.15;
/// Mean time until a case that waits at C is withdrawn.
pub const PATIENCE: f64 = 1500.0;

/// The quantities of W2 that grow with its size.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Mean time between arrivals from outside.
    pub gap: f64,
    /// Servers at A, B, C.
    pub servers: [usize; 3],
    /// Cases that wait at C at the start.
    pub backlog: usize,
}

impl Size {
    /// W2 times `scale`.
    pub fn new(scale: f64) -> Self {
        let times = |base: f64| (base * scale).round() as usize;
        Self { gap: 1.0 / (2000.0 * scale), servers: [times(100.0), times(300.0), times(400.0)], backlog: times(200_000.0) }
    }
}

/// What a rival offers.
pub struct Rival {
    /// W1 with that many customers and that seed.
    pub mmc: fn(u64, u64) -> Queue,
    /// W2 at that scale with that seed.
    pub court: fn(f64, u64) -> Court,
    /// W2 with the deadline kept with the case instead of a timer, where the rival's program has it.
    pub lazy: Option<fn(f64, u64) -> Court>,
    /// W3: replications of W2, seeds by number, on all cores.
    pub replicate: fn(fn(f64, u64) -> Court, std::ops::Range<u64>) -> Vec<Court>,
}

/// Runs what the arguments ask for and prints one line of JSON:
/// `mmc [CUSTOMERS [SEED]] | court [SCALE [SEED]] | mc [REPLICATIONS [SEED]] | court-lazy … | mc-lazy …`.
pub fn main(rival: &Rival) {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize, default: f64| arguments.get(at).map_or(default, |text| text.parse().expect("a number"));
    let seed = number(3, 1.0) as u64;
    let workload = arguments.get(1).map_or("", String::as_str);
    let lazy = || rival.lazy.expect("this program has no lazy withdrawal");
    match workload {
        "mmc" => {
            let customers = number(2, 5e6) as u64;
            (rival.mmc)(customers, seed).print(customers);
        }
        "court" => Court::print(&[(rival.court)(number(2, 1.0), seed)]),
        "court-lazy" => Court::print(&[lazy()(number(2, 1.0), seed)]),
        "mc" | "mc-lazy" => {
            let court = if workload == "mc" { rival.court } else { lazy() };
            let first = seed * 1000;
            Court::print(&(rival.replicate)(court, first..first + number(2, 64.0) as u64));
        }
        _ => panic!("workloads: mmc court court-lazy mc mc-lazy"),
    }
}

/// Replications at a hundredth of the size, spread over the cores by hand.
pub fn on_all_cores(court: fn(f64, u64) -> Court, seeds: std::ops::Range<u64>) -> Vec<Court> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicU64::new(seeds.start);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return done;
            }
            done.push(court(0.01, seed));
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker ends")).collect()
    })
}
