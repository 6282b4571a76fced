//! Results for people: tables and sentences within 80 columns.
//!
//! Each table has three columns of numbers under three names: the mean over futures, its Monte Carlo
//! error (which more replications make smaller) and the range that nine futures in ten lie in
//! (which they do not).

mod compare;
mod detail;
pub(super) mod line;
mod picture;
mod run;
mod say;
mod verdict;

pub use compare::compare;
pub use picture::picture;
pub use run::run;

use super::Variant;
use super::caution::{Caution, futures};
use super::rounding::count;
use super::say::Speech;
use super::table::{NO_BREAK, wrap};

/// Title and what was run; `policy` as it is to be called.
pub(super) fn header(variant: &Variant, policy: &str) -> String {
    let (legend, outcome) = (variant.legend, variant.outcome);
    let facts = [
        format!("{} to {}", legend.start, legend.end),
        policy.to_owned(),
        futures(outcome.replications.len()),
        format!("seed {}", outcome.seed),
        format!("{} events", count(outcome.events())),
    ];
    let facts = facts.map(|fact| fact.replace(' ', &NO_BREAK.to_string())).join(" · ");
    wrap(&legend.title, 2) + &wrap(&facts, 2)
}

/// What a study asks, as the head of its report; nothing where it asks nothing.
pub fn asked(question: Option<&str>) -> String {
    question.map_or_else(String::new, |question| wrap(question, 0) + "\n")
}

/// That inputs with a range were held at their central values; nothing where none was.
fn held(variants: &[&Variant]) -> String {
    let most = variants.iter().map(|variant| variant.held()).max().unwrap_or(0);
    Speech::ENGLISH.held(most).map_or_else(String::new, |note| wrap(&note, 2))
}

/// What was checked: the identities, and the long lines against the network as a fluid.
fn audit(variants: &[&Variant]) -> String {
    let replications = || variants.iter().flat_map(|variant| &variant.outcome.replications);
    let broken = replications().filter(|replication| !replication.audit.is_exact()).count();
    let number = futures(replications().count());
    if broken == 0 {
        let twin = fluid(variants);
        wrap(&format!("audit: conservation exact, Little exact in all {number}{twin}"), 2)
    } else {
        wrap(&format!("audit: BROKEN in {} of {number}; this is a bug", count(broken as u64)), 2)
    }
}

/// How far the simulated long lines are from those of the fluid; nothing where no line is long.
fn fluid(variants: &[&Variant]) -> String {
    let levels = variants.iter().flat_map(|variant| {
        variant.outcome.fluid.iter().filter(|level| level.is_long()).map(move |level| (variant, level))
    });
    let farthest = levels.max_by(|(_, a), (_, b)| a.gap().abs().total_cmp(&b.gap().abs()));
    farthest.map_or_else(String::new, |(variant, level)| {
        let percent = level.gap().abs() * 100.0;
        let stage = &variant.legend.stages[usize::from(level.station)].name.label;
        format!("; long lines within {percent:.1} % of the fluid twin (farthest: {stage})")
    })
}

/// The cautions, each with its advice; nothing where there are none.
fn listed(cautions: &[(String, Caution)]) -> String {
    let line = |(name, caution): &(String, Caution)| {
        let of = if name.is_empty() { String::new() } else { format!(" ({name})") };
        wrap(&format!("caution{of}: {caution}"), 2)
            + &wrap(&format!("{NO_BREAK}{NO_BREAK}→ {}", caution.advice()), 4)
    };
    let lines: String = cautions.iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}
