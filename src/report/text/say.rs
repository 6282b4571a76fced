//! Sentences on what is best, and on what the spread is made of.

use super::super::Variant;
use super::super::best::{best, candidates};
use super::super::certainty::{Driving, Inputs, differences, input_share};
use super::super::headline::Headline;
use super::super::pairing::counterpart;
use super::super::rounding::grouped;
use super::super::table::wrap;
use crate::stats::interval_widening;

/// Share of the inputs beyond which more futures are of no use.
const ALL_BUT_INPUTS: f64 = 0.9;
/// Inputs that a sentence names.
const NAMED: usize = 2;

fn percent(share: f64) -> String {
    format!("{} %", grouped(&format!("{:.0}", share * 100.0)))
}

/// Which variant is the best in most futures, and which could be on average; nothing where the study does not say what is
/// better.
pub(super) fn winner(headline: &Headline, baseline: &Variant, others: &[Variant]) -> String {
    let Some(better) = headline.better else { return String::new() };
    let views: Vec<Variant> = std::iter::once(*baseline).chain(others.iter().copied()).collect();
    let shares = best(&views, headline.figure, better);
    let top = shares.iter().enumerate().filter_map(|(place, share)| Some((place, (*share)?)));
    let Some((first, share)) = top.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))) else {
        return String::new();
    };
    let could = candidates(&views, headline.figure, better);
    let names: Vec<&str> =
        views.iter().zip(&could).filter(|(_, could)| **could).map(|(view, _)| view.name).collect();
    let (name, share) = (views[first].name, percent(share));
    let whose = if headline.waits.is_empty() { "" } else { ", for those whose turn came" };
    wrap(
        &format!(
            "Best in {share} of futures{whose}: {name}. Could be the best on average: {}.",
            names.join(", ")
        ),
        2,
    )
}

/// How much of the spread of each difference comes from inputs, and from which; nothing where inputs keep their values.
pub(super) fn spread(headline: &Headline, baseline: &Variant, others: &[Variant]) -> String {
    let sentence = |variant: &Variant| {
        let own = counterpart(variant, baseline, headline.figure)?;
        let values = differences(&variant.values(own), &baseline.values(headline.figure));
        let text = made_of(variant, &values, "that difference")?;
        Some(wrap(&format!("{}: {text}", variant.name), 2))
    };
    others.iter().filter_map(sentence).collect()
}

/// What the spread of values over futures is made of; `what` they are.
pub(super) fn made_of(variant: &Variant, values: &[f64], what: &str) -> Option<String> {
    let found = input_share(variant, values)?;
    let (low, high) = (percent(found.interval.0), percent(found.interval.1));
    let drivers = Inputs::of(variant).map_or_else(Vec::new, |inputs| inputs.drivers(values));
    let name = |driving: &Driving| {
        let name = &variant.legend.inputs[driving.input].name;
        format!("{name} {}", percent(driving.index.share))
    };
    let named: Vec<String> = drivers.iter().take(NAMED).map(name).collect();
    let named = if named.is_empty() { String::new() } else { format!(", first {}", named.join(", ")) };
    let enough = if found.share > ALL_BUT_INPUTS { "; more futures would not narrow it" } else { "" };
    Some(format!(
        "unknown inputs make {} ({low} to {high}) of the spread of {what} over futures{named}{enough}.",
        percent(found.share)
    ))
}

/// How many times as wide each of so many intervals is when all are to hold together; NaN where the error is unknown.
pub(super) fn widening(baseline: &Variant, intervals: usize) -> f64 {
    let outcome = baseline.outcome;
    let clusters = outcome.replications.len().div_ceil(outcome.per_cluster.max(1));
    interval_widening(outcome.level, clusters, intervals)
}

#[cfg(test)]
mod tests {
    use super::super::super::headline::headlines;
    use super::super::super::sample;
    use super::*;

    #[test]
    fn the_best_is_named_and_those_who_could_be() {
        let now = sample::with_outcome(40, |number| 100.0 + (number % 3) as f64);
        let fewer = sample::with_outcome(40, |number| 90.0 + (number % 4) as f64);
        let (now, fewer) = (now.variant("now"), fewer.variant("fewer"));
        let headline = &headlines(&now)[0];
        let text = winner(headline, &now, &[fewer]);
        assert_eq!(text, "Best in 100 % of futures: fewer. Could be the best on average: fewer.\n");
        assert_eq!(spread(headline, &now, &[fewer]), "");
    }

    #[test]
    fn the_spread_is_told_apart() {
        let mut now =
            sample::with_outcome(80, |number| 50.0 * (number / 2 * 7 % 40) as f64 + (number % 2) as f64);
        now.outcome.per_cluster = 2;
        now.outcome.inputs = vec![(0..40).map(|draw| f64::from(draw * 7 % 40)).collect()];
        now.legend.inputs = vec![crate::legend::Name { name: "pace".to_owned(), label: "pace".to_owned() }];
        let variant = now.variant("now");
        let values = variant.values(crate::experiment::Figure::Measure(0));
        let text = made_of(&variant, &values, "it").unwrap();
        assert!(
            text.starts_with(
                "unknown inputs make 100 % (100 % to 100 %) of the spread of it over futures, first pace "
            ),
            "{text}"
        );
        assert!(text.ends_with("; more futures would not narrow it."), "{text}");
    }
}
