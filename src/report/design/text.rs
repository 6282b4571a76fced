//! Sweeps, interactions and flips for people.

use super::super::rounding::{Rounding, exact};
use super::super::table::{Table, wrap};
use super::super::text::line;
use super::super::unit::Unit;
use super::{Compared, flip, interaction, sweep};
use crate::stats::{Estimate, Tested};

/// What a study with axes, interactions or flips says beyond the comparison of its variants; else nothing.
pub fn design(compared: Compared) -> String {
    let mut text = sweeps(compared);
    for found in interaction::interactions(compared) {
        text.push('\n');
        text += &told_interaction(compared, &found);
    }
    for found in flip::flips(compared) {
        text.push('\n');
        text += &told_flip(compared, &found);
    }
    text
}

fn level(compared: Compared) -> String {
    line::percent(compared.variants.first().map_or(f64::NAN, |variant| variant.outcome.level))
}

/// A table for each outcome: a block for each setting, a row for each policy.
fn sweeps(compared: Compared) -> String {
    let stops = sweep::stops(compared);
    if stops.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    for headline in compared.outcomes() {
        let name = &compared.variants[0].legend.outcomes[index(headline.figure)].name.name;
        let largest =
            stops.iter().filter_map(|stop| Some(stop.outcome(compared, name)?.0.max)).fold(0.0, f64::max);
        let unit = headline.unit.clone().for_numbers_to(largest);
        let error = format!("± MC {}", level(compared));
        let mut table = Table::new(&["", "mean", &error, "difference", &error, "90 % of futures"]);
        let mut last: Option<&[String]> = None;
        for stop in &stops {
            if last != Some(&stop.setting) {
                table.row([compared.design.told(&stop.setting)]);
                last = Some(&stop.setting);
            }
            table.row(sweep_row(compared, stop, name, unit.factor()));
        }
        text.push('\n');
        text += &wrap(&format!("Sweep: {} [{}]", headline.label, unit.name()), 2);
        text += &table.show();
    }
    let against = "Difference: from the baseline's policy at the same value; for that policy itself, from the baseline.";
    text + &wrap(against, 2)
}

fn index(figure: crate::experiment::Figure) -> usize {
    if let crate::experiment::Figure::Measure(index) = figure { index } else { 0 }
}

fn sweep_row(compared: Compared, stop: &sweep::Stop, name: &str, factor: f64) -> Vec<String> {
    let mut row = vec![format!("  {}", stop.policy)];
    let found = stop.outcome(compared, name);
    let dashes = || ["–", "–", "–"].map(str::to_owned);
    let cells = |estimate: &Estimate| line::cells(estimate, compared.error(estimate), factor);
    let own = found.as_ref().map_or_else(dashes, |(own, _)| cells(own));
    let difference =
        found.as_ref().and_then(|(_, difference)| difference.as_ref()).map_or_else(dashes, cells);
    row.extend(own.into_iter().take(2));
    row.extend(difference);
    row
}

fn told_interaction(compared: Compared, found: &interaction::Found) -> String {
    let Some((label, unit)) = compared.outcome(&found.asked.outcome) else { return String::new() };
    let unit = unit.for_numbers_to(found.alone.iter().map(|one| one.max.abs()).fold(0.0, f64::max));
    let at = if found.setting.is_empty() {
        String::new()
    } else {
        format!(", {}", compared.design.told(&found.setting))
    };
    let title = format!("Interaction {}{at}: {label} [{}]", found.asked.label, unit.name());
    let mut table = line::table("", found.beyond.level);
    let mut row = |name: String, estimate: &Estimate| {
        let cells = line::cells(estimate, compared.error(estimate), unit.factor());
        table.row([name].into_iter().chain(cells));
    };
    let baseline = compared.baseline();
    for (policy, estimate) in found.asked.policies.iter().zip(&found.alone) {
        row(format!("  {policy} − {baseline}"), estimate);
    }
    row("  together, beyond the sum".to_owned(), &found.beyond);
    wrap(&title, 2) + &table.show() + &wrap(&interaction_sentence(compared, found, &unit), 2)
}

fn interaction_sentence(compared: Compared, found: &interaction::Found, unit: &Unit) -> String {
    let [first, second, both] = &found.asked.policies;
    let beyond = &found.beyond;
    let rounding = Rounding::of(beyond.mean * unit.factor(), compared.error(beyond) * unit.factor());
    let show = |value: f64| rounding.show(value * unit.factor());
    if beyond.min.abs() <= 0.0 && beyond.max.abs() <= 0.0 {
        return format!(
            "{both} changes exactly the sum of what {first} and {second} change, in every future."
        );
    }
    let interval = format!("{} ± {}", line::percent(beyond.level), show(beyond.half_width));
    // An unknown error compares as not greater.
    if beyond.mean.abs() > beyond.half_width {
        let change = unit.change(&show(beyond.mean.abs()), beyond.mean < 0.0);
        format!(
            "{both} leaves {change} than the sum of {first} and {second} would ({interval} from chance in the simulation)."
        )
    } else {
        format!(
            "No interaction of {first} and {second} can be told from chance in the simulation ({}, {interval}).",
            show(beyond.mean)
        )
    }
}

fn told_flip(compared: Compared, found: &flip::Found) -> String {
    let Some((label, unit)) = compared.outcome(&found.asked.outcome) else { return String::new() };
    let [one, other] = &found.asked.between;
    let others = if found.others.is_empty() { String::new() } else { format!(", {}", found.others) };
    let title = format!("Flip {}{others}: {label}, {one} − {other} [{}]", found.asked.label, unit.name());
    let axis = &compared.design.axes[found.asked.axis].name;
    let mut table = Table::new(&[axis.as_str(), "difference", &format!("± MC {}", level(compared)), ""]);
    for tested in &found.tested {
        table.row(flip_row(found, tested, &unit));
    }
    wrap(&title, 2) + &table.show() + &wrap(&flip_sentence(compared, found), 2)
}

fn flip_row(found: &flip::Found, tested: &Tested, unit: &Unit) -> [String; 4] {
    let factor = unit.factor();
    // Two standard errors are about a half-width.
    let rounding = Rounding::of(tested.mean * factor, tested.half_width * factor / 2.0);
    let show = |value: f64| rounding.show(value * factor);
    let sign = match tested.mean {
        _ if tested.is_open() => "sign open",
        mean if mean < 0.0 => "below 0",
        _ => "above 0",
    };
    [format!("  {}", value(found, tested.at)), show(tested.mean), show(tested.half_width), sign.to_owned()]
}

/// A value of the axis with its unit.
fn value(found: &flip::Found, at: f64) -> String {
    format!("{} {}", exact(at), found.asked.unit).trim_end().to_owned()
}

fn flip_sentence(compared: Compared, found: &flip::Found) -> String {
    let (Some(least), Some(most)) = (found.tested.first(), found.tested.last()) else {
        return "The outcome is undefined in every future.".to_owned();
    };
    let axis = &compared.design.axes[found.asked.axis].name;
    let [one, other] = &found.asked.between;
    let about = |at: f64| value(found, (at * 100.0).round() / 100.0);
    if found.crossings.is_empty() {
        let open = found.tested.iter().filter(|tested| tested.is_open()).count();
        let certain = if open == 0 {
            String::new()
        } else {
            format!("; at {open} of them chance leaves the sign open")
        };
        let above = found.tested.iter().any(|tested| tested.mean > 0.0);
        return format!(
            "No flip in the range: at no {axis} tested from {} to {} is {one} {} {other}{certain}.",
            value(found, least.at),
            value(found, most.at),
            if above { "below" } else { "above" }
        );
    }
    let told = found.crossings.iter().map(|crossing| {
        let from = crossing.from.map_or_else(|| "below the least tested".to_owned(), about);
        let until = crossing.until.map_or_else(|| "beyond the greatest tested".to_owned(), about);
        format!(
            "The sign turns at {axis} = {} (between tested values the difference is taken as linear); chance leaves it open from {from} to {until}.",
            about(crossing.at)
        )
    });
    told.collect::<Vec<_>>().join(" ")
}
