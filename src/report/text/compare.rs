//! The report of a comparison: a block for each headline figure.

use super::super::Variant;
use super::super::caution::{Caution, cautions, pairing_cautions};
use super::super::document::{Background, Still};
use super::super::headline::{Headline, headlines};
use super::super::pairing::{Paired, counterpart, paired};
use super::super::rounding::Rounding;
use super::super::say::Speech;
use super::super::table::{Table, cut, wrap};
use super::verdict::verdict;
use super::{audit, detail, header, held, line, listed, say};

/// What the others change against the baseline, on the same futures.
pub fn compare(baseline: &Variant, others: &[Variant]) -> String {
    let mut text = header(baseline, &format!("baseline {}", baseline.name));
    let headlines = headlines(baseline);
    for headline in &headlines {
        text.push('\n');
        text.push_str(&block(headline, baseline, others));
    }
    text.push('\n');
    text.push_str(&detail::ledger(baseline, others));
    text.push_str(&wrap(&notes(headlines.len() * others.len(), baseline), 2));
    let all: Vec<&Variant> = [baseline].into_iter().chain(others).collect();
    text.push_str(&held(&all));
    text.push_str(&audit(&all));
    text + &listed(&all_cautions(baseline, others))
}

fn notes(intervals: usize, baseline: &Variant) -> String {
    let notes = "Differences are paired: variant − baseline in the same future. ± MC: Monte Carlo error of \
         the mean. 90 % of futures: the range nine in ten lie in. Gain: how many times more \
         replications unpaired variants would need.";
    if intervals < 2 {
        return notes.to_owned();
    }
    let alone = format!("{notes} Each of the {intervals} intervals is for itself");
    let wider = say::widening(baseline, intervals);
    if wider.is_nan() {
        return format!("{alone}, not adjusted for their number.");
    }
    let level = line::percent(baseline.outcome.level);
    format!("{alone}; for all of them to hold together at {level}, take ± MC {wider:.1} times (Bonferroni).")
}

/// A headline figure of all variants: estimates, differences, and a sentence for each.
fn block(headline: &Headline, baseline: &Variant, others: &[Variant]) -> String {
    let largest = baseline.estimate(headline.figure).map_or(0.0, |estimate| estimate.max);
    let headline = &Headline { unit: headline.unit.clone().for_numbers_to(largest), ..headline.clone() };
    let level = line::percent(baseline.outcome.level);
    let mut table = Table::new(&["", "mean", &format!("± MC {level}"), "90 % of futures", "below 0", "gain"]);
    let mut sentences = String::new();
    let views: Vec<Variant> = [*baseline].into_iter().chain(others.iter().copied()).collect();
    let left = Still::all(&views, headline, &Background::default());
    estimate_row(&mut table, baseline, baseline, headline);
    for (number, variant) in (1..).zip(others) {
        estimate_row(&mut table, variant, baseline, headline);
        match own(variant, baseline, headline) {
            Some((own, found)) => {
                difference_row(&mut table, baseline, headline, &found);
                let still = Speech::ENGLISH.still(&left, number, Some(baseline.name));
                sentences += &wrap(&(verdict(variant, baseline, &own, &found) + &still), 2);
            }
            None => sentences += &wrap(&format!("{}: has no such figure in any future.", variant.name), 2),
        }
    }
    sentences += &say::winner(headline, baseline, others);
    sentences += &say::spread(headline, baseline, others);
    let title = wrap(&format!("{} [{}]", headline.label, headline.unit.name()), 2);
    title + &table.show() + &sentences
}

/// The headline as the variant numbers it, with its difference.
fn own(variant: &Variant, baseline: &Variant, headline: &Headline) -> Option<(Headline, Paired)> {
    let own = headline.in_variant(variant, baseline)?;
    let found = paired(variant, baseline, own.figure)?;
    Some((own, found))
}

fn estimate_row(table: &mut Table, variant: &Variant, baseline: &Variant, headline: &Headline) {
    let figure = counterpart(variant, baseline, headline.figure);
    let cells = figure.map_or_else(
        || ["–", "–", "–"].map(str::to_owned),
        |figure| line::figure_cells(variant, figure, headline.unit.factor()),
    );
    table.row([format!("  {}", variant.name)].into_iter().chain(cells));
}

fn difference_row(table: &mut Table, baseline: &Variant, headline: &Headline, found: &Paired) {
    let error = line::error(&found.estimate, found.pairs, baseline.outcome.per_cluster);
    let cells = line::cells(&found.estimate, error, headline.unit.factor());
    let below = format!("{:.0} %", found.difference.share_below_zero * 100.0);
    let gain = found.difference.gain;
    let gain = Rounding::of(gain, gain / 20.0).show(gain);
    let label = format!("    − {}", cut(baseline.name, 24));
    table.row([label].into_iter().chain(cells).chain([below, gain]));
}

/// The cautions of all variants, each with the name of its variant; what holds for all is told once.
fn all_cautions(baseline: &Variant, others: &[Variant]) -> Vec<(String, Caution)> {
    let mut all: Vec<(String, Caution)> = Vec::new();
    for variant in [baseline].into_iter().chain(others) {
        let paired =
            if std::ptr::eq(variant, baseline) { Vec::new() } else { pairing_cautions(variant, baseline) };
        for caution in cautions(variant).into_iter().chain(paired) {
            // Waits of stages that nobody asked for are not shown here.
            let shown = !matches!(caution, Caution::StageWaitsLeaveOut { .. });
            if shown && !all.iter().any(|(_, told)| *told == caution) {
                all.push((variant.name.to_owned(), caution));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    #[test]
    fn a_block_shows_each_variant_and_its_difference() {
        let now = sample::with_outcome(100, |number| 1_000_000.0 + 500.0 * number as f64);
        let officers = sample::with_outcome(100, |number| 700_000.0 + number as f64);
        let text = compare(&now.variant("now"), &[officers.variant("officers"), now.variant("same")]);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains("\nend: waiting at the end [cases]\n"), "{text}");
        let words: Vec<String> =
            text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let has = |line: &str| assert!(words.iter().any(|words| words == line), "{line}\n{text}");
        has("mean ± MC 95 % 90 % of futures below 0 gain");
        has("− now -325,000 3,000 -347,000 to -302,000 100 % 1.0");
        has("same: the same as now in every future.");
        assert!(words.join(" ").contains("Each of the 4 intervals is for itself"), "{text}");
        assert!(text.contains("audit: conservation exact, Little exact in all 300 futures"));
    }

    #[test]
    fn without_outcomes_the_stages_places_and_exits_are_compared() {
        let (mut now, mut more) = (sample::baseline(), sample::with_inserted_stage());
        now.legend.outcomes.clear();
        more.legend.outcomes.clear();
        let text = compare(&now.variant("now"), &[more.variant("more")]);
        assert!(text.contains("more: 10 fewer cases than now in every future."), "{text}");
        assert!(text.contains("Ciudad Juárez: persons there at end [persons]\n"));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn names_of_any_length_keep_the_width() {
        let (now, more) = (sample::baseline(), sample::with_inserted_stage());
        let long = "officers and judges, pool.ij.start=600, stage.merits.order=newest-first";
        let text = compare(&now.variant(long), &[more.variant(&long.repeat(2))]);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn a_caution_of_all_variants_is_told_once() {
        let now = sample::baseline();
        let unsourced = |name| Variant { unsourced: 2, ..now.variant(name) };
        let text = compare(&unsourced("a"), &[unsourced("b")]);
        assert_eq!(text.matches("2 inputs have no source").count(), 1);
    }
}
