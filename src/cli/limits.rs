//! What no run could hold or end: refused before the first event.

use super::output::Failure;
use crate::compile::compile;
use crate::network::{Docket, Network, Steps};
use crate::scenario::{Draw, Variant};
use crate::units::DAY;

/// That a run of a variant would end; its network.
pub(super) fn check(variant: &Variant) -> Result<Network, Failure> {
    let network = compile(&variant.scenario, &Draw::central(&variant.scenario.parameters));
    check_loops(variant, &network)?;
    check_staff(variant, &network)?;
    check_slots(variant, &network)?;
    Ok(network)
}

/// The same, and that this machine can hold it in so many threads at once.
pub(super) fn check_here(variant: &Variant, workers: usize) -> Result<(), Failure> {
    check_memory(variant, &check(variant)?, workers)
}

fn check_loops(variant: &Variant, network: &Network) -> Result<(), Failure> {
    let Some(station) = network.endless() else { return Ok(()) };
    let stage = &variant.scenario.stages[usize::from(station)].name;
    Err(Failure::refused(format!(
        "error: in `{}` cases can go round from stage `{stage}` back to it at one instant, for ever\n  = help: give its service, its patience or a way on some time, or lead a part of them to an exit at all dates",
        variant.name
    )))
}

/// Staff of a pool at most, who are followed one by one.
const MOST_STAFF: f64 = 1e6;

fn check_staff(variant: &Variant, network: &Network) -> Result<(), Failure> {
    let highest = |rate: &Steps<f64>| rate.values().iter().copied().fold(0.0, f64::max);
    for (pool, named) in network.pools.iter().zip(&variant.scenario.pools) {
        let hired = pool.roster.hires.as_ref().map_or(0.0, |hires| highest(&hires.rate));
        let staff = highest(&pool.roster.staff) + hired * network.horizon.seconds() as f64;
        if staff > MOST_STAFF {
            return Err(Failure::refused(format!(
                "error: pool `{}` of `{}` would have up to {staff:.0} staff, who are followed one by one: at most {MOST_STAFF:.0} are possible\n  = help: lower `staff`, `start` or `hires`; a stage that serves everybody at once needs no pool",
                named.name, variant.name,
            )));
        }
    }
    Ok(())
}

/// Slots of a stage at most \[1/s\]: time is in whole seconds, so that faster ones could not be told apart. It is 86,400 a
/// day, more than any docket hears.
const MOST_SLOTS: f64 = 1.0;

fn check_slots(variant: &Variant, network: &Network) -> Result<(), Failure> {
    for (station, stage) in network.stations.iter().zip(&variant.scenario.stages) {
        let Some(slots) = &station.slots else { continue };
        let highest = slots.rate.values().iter().copied().fold(0.0, f64::max);
        if highest > MOST_SLOTS {
            return Err(Failure::refused(format!(
                "error: stage `{}` of `{}` would have up to {:.0} slots a day, which come one by one on whole seconds: at most {:.0} are possible\n  = help: lower `slots`, or mend its unit; a stage without a calendar has a pool and a service in place of slots",
                stage.name,
                variant.name,
                highest * DAY as f64,
                MOST_SLOTS * DAY as f64,
            )));
        }
    }
    Ok(())
}

/// Bytes that a case takes at most: its record, its place in line, its timer and what is kept free to grow.
const BYTES_A_CASE: f64 = 160.0;

fn check_memory(variant: &Variant, network: &Network, workers: usize) -> Result<(), Failure> {
    let cases = most_cases(network);
    let needed = cases * BYTES_A_CASE * workers as f64;
    let available = available_memory().unwrap_or(f64::INFINITY);
    if cases < f64::from(u32::MAX) && needed <= available {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "error: `{}` would hold up to {cases:.0} cases at once in each of {workers} futures: about {:.1} GiB, with {:.1} GiB free\n  = help: lower `cases` or the arrival rates, end the model earlier, or use fewer `--threads`",
        variant.name,
        needed / f64::from(1 << 30),
        available / f64::from(1 << 30),
    )))
}

/// Cases there can be at once: those at the start and a fifth of all arrivals, most of whom leave again.
fn most_cases(network: &Network) -> f64 {
    const SHARE_THAT_STAYS: f64 = 0.2;
    let initial: f64 = network
        .initial
        .iter()
        .map(|group| match &group.docket {
            Docket::Law { cases, .. } => *cases as f64,
            Docket::Table(bands) => bands.iter().map(|band| band.cases as f64).sum(),
        })
        .sum();
    let horizon = network.horizon.seconds() as f64;
    let arrivals: f64 = network
        .arrivals
        .iter()
        .map(|stream| {
            let highest = stream.rate.values().iter().copied().fold(0.0, f64::max);
            highest * horizon * stream.batch.mean()
        })
        .sum();
    initial + SHARE_THAT_STAYS * arrivals
}

/// Memory that can still be had, where the system says so \[bytes\].
fn available_memory() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("MemAvailable:"))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024.0)
}
