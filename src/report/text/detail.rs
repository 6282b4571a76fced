//! What was looked at in detail, in sentences: what became of a cohort, and what a policy moved.

use super::super::Variant;
use super::super::detail::{date, length, spread};
use super::super::document::{Background, Lang, Ledger, LedgerRow, Spread};
use super::super::rounding::Rounding;
use super::super::table::wrap;
use crate::experiment::CohortResult;

/// Things of the ledger that a sentence names.
const MOVED: usize = 6;
/// Limits that a sentence names, by their place: 180 days, and the longest that is known.
const SOON: usize = 1;

/// What became of those who came in the first whole month; nothing where it was not looked at.
pub(super) fn cohort(variant: &Variant) -> String {
    let Some(plan) = variant.outcome.detail.as_ref() else { return String::new() };
    let period = usize::from(plan.filings.len() > 2);
    let ways = plan.decisions.len();
    let number = |of: &dyn Fn(&CohortResult) -> f64| {
        spread(variant, |detail| detail.filings.get(period).map_or(f64::NAN, of))
    };
    let out = |limit: usize| {
        number(&|cohort| {
            cohort.shares[limit * ways..(limit + 1) * ways].iter().map(|&share| f64::from(share)).sum()
        })
    };
    let within = |limit: usize| {
        let share = out(limit)?;
        Some(format!(
            "{:.0} % were out within {}",
            share.mean * 100.0,
            length(&plan.limits[limit]).get(Lang::En)
        ))
    };
    let longest = (SOON + 1..plan.limits.len()).rev().find(|&limit| out(limit).is_some());
    let shares: Vec<String> = [Some(SOON), longest].into_iter().flatten().filter_map(within).collect();
    let (Some(cases), false) = (number(&|cohort| f64::from(cohort.cases)), shares.is_empty()) else {
        return String::new();
    };
    let half = number(&|cohort| f64::from(cohort.median));
    let half = half.map_or_else(
        || "fewer than half are known to have been decided".to_owned(),
        |half| format!("half were decided within {} days", shown(&half)),
    );
    let (from, until) = (date(variant, plan.filings[period]), date(variant, plan.filings[period + 1]));
    wrap(
        &format!(
            "Of the {} cases that came from {from} to before {until}, {}; {half}.",
            shown(&cases),
            shares.join(", ")
        ),
        2,
    )
}

/// Where the cases that a policy moved are at the end; nothing where moves were not counted.
pub(super) fn ledger(baseline: &Variant, others: &[Variant]) -> String {
    let views: Vec<Variant> = std::iter::once(*baseline).chain(others.iter().copied()).collect();
    let Some(ledger) = Ledger::of(&views, &Background::default()) else { return String::new() };
    let of_variant = |(place, variant): (usize, &Variant)| {
        let mut moved: Vec<(&LedgerRow, Spread)> =
            ledger.rows.iter().filter_map(|row| Some((row, row.moved[place]?))).collect();
        // What cannot be told from chance in the simulation is not told.
        moved.retain(|(_, moved)| moved.mean.abs() >= 0.5_f64.max(moved.half_width.unwrap_or(0.0)));
        moved.sort_by(|a, b| b.1.mean.abs().total_cmp(&a.1.mean.abs()));
        let (rows, rest) = moved.split_at(moved.len().min(MOVED));
        let say = |(row, moved): &(&LedgerRow, Spread)| {
            let more = if moved.mean > 0.0 { "more" } else { "fewer" };
            let number = Rounding::of(moved.mean, moved.error.unwrap_or(0.0)).show(moved.mean.abs());
            let place = if row.node.starts_with("exit.") { "out by" } else { "at" };
            let place = if row.node == "on-the-way" { "" } else { place };
            format!("{number} {more} {place} {}", row.label.get(Lang::En)).replace("  ", " ")
        };
        let mut parts: Vec<String> = rows.iter().map(say).collect();
        if !rest.is_empty() {
            parts.push(format!("{} smaller changes", rest.len()));
        }
        let parts = if parts.is_empty() { "nothing moved".to_owned() } else { parts.join("; ") };
        wrap(&format!("{}, cases by {} against {}: {parts}.", variant.name, ledger.until, baseline.name), 2)
    };
    others.iter().enumerate().map(of_variant).collect()
}

fn shown(spread: &Spread) -> String {
    Rounding::of(spread.mean, spread.error.unwrap_or(0.0)).show(spread.mean)
}
