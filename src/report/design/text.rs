//! Sweeps, interactions and flips for people.

use super::super::document::Lang;
use super::super::rounding::{Rounding, exact};
use super::super::say::{Key, Speech};
use super::super::table::{Table, wrap};
use super::super::text::line;
use super::super::unit::Unit;
use super::{Compared, flip, interaction, sweep};
use crate::stats::{Estimate, Tested};

/// What a study with axes, interactions or flips says beyond the comparison of its variants; else nothing.
pub fn design(compared: Compared, lang: Lang) -> String {
    let t = Speech { lang };
    let mut text = sweeps(compared, t);
    for found in interaction::interactions(compared) {
        text.push('\n');
        text += &told_interaction(compared, &found, t);
    }
    for found in flip::flips(compared) {
        text.push('\n');
        text += &told_flip(compared, &found, t);
    }
    text
}

/// The heading of the Monte Carlo errors.
fn error_heading(compared: Compared, t: Speech) -> String {
    let level = compared.variants.first().map_or(f64::NAN, |variant| variant.outcome.level);
    t.fill(Key::Error, &[("level", &line::percent(level))])
}

/// Mean, Monte Carlo error and range of futures as shown, rounded by the error.
fn cells(compared: Compared, estimate: &Estimate, factor: f64, t: Speech) -> [String; 3] {
    let rounding = Rounding::of(estimate.mean * factor, compared.error(estimate) * factor);
    let show = |value: f64| t.figures(&rounding.show(value * factor));
    let (low, high) = (show(estimate.q05), show(estimate.q95));
    let range = if low == high { low } else { t.fill(Key::To, &[("low", &low), ("high", &high)]) };
    [show(estimate.mean), show(estimate.half_width), range]
}

/// A table for each outcome: a block for each setting, a row for each policy.
fn sweeps(compared: Compared, t: Speech) -> String {
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
        let title = [("outcome", headline.label.as_str()), ("unit", &unit.name_in(t))];
        text.push('\n');
        text += &wrap(&t.fill(Key::SweepTitle, &title), 2);
        text += &sweep_table(compared, &stops, (name, unit.factor()), t).show();
    }
    text + &wrap(t.say(Key::SweepAgainst), 2)
}

fn sweep_table(compared: Compared, stops: &[sweep::Stop], (name, factor): (&str, f64), t: Speech) -> Table {
    let error = error_heading(compared, t);
    let [mean, difference, range] = [Key::Mean, Key::Difference, Key::Range90Plain].map(|key| t.say(key));
    let mut table = Table::new(&["", mean, &error, difference, &error, range]);
    let mut last: Option<&[String]> = None;
    for stop in stops {
        if last != Some(&stop.setting) {
            table.row([compared.design.told(&stop.setting)]);
            last = Some(&stop.setting);
        }
        table.row(sweep_row(compared, stop, (name, factor), t));
    }
    table
}

fn index(figure: crate::experiment::Figure) -> usize {
    if let crate::experiment::Figure::Measure(index) = figure { index } else { 0 }
}

fn sweep_row(compared: Compared, stop: &sweep::Stop, (name, factor): (&str, f64), t: Speech) -> Vec<String> {
    let mut row = vec![format!("  {}", stop.policy)];
    let found = stop.outcome(compared, name);
    let dashes = || ["–", "–", "–"].map(str::to_owned);
    let cells = |estimate: &Estimate| cells(compared, estimate, factor, t);
    let own = found.as_ref().map_or_else(dashes, |(own, _)| cells(own));
    let difference =
        found.as_ref().and_then(|(_, difference)| difference.as_ref()).map_or_else(dashes, cells);
    row.extend(own.into_iter().take(2));
    row.extend(difference);
    row
}

fn told_interaction(compared: Compared, found: &interaction::Found, t: Speech) -> String {
    let Some((label, unit)) = compared.outcome(&found.asked.outcome) else { return String::new() };
    let unit = unit.for_numbers_to(found.alone.iter().map(|one| one.max.abs()).fold(0.0, f64::max));
    let at = if found.setting.is_empty() {
        String::new()
    } else {
        format!(", {}", compared.design.told(&found.setting))
    };
    let asked = format!("{}{at}", found.asked.label);
    let title = [("label", asked.as_str()), ("outcome", label), ("unit", &unit.name_in(t))];
    let error = t.fill(Key::Error, &[("level", &line::percent(found.beyond.level))]);
    let mut table = Table::new(&["", t.say(Key::Mean), &error, t.say(Key::Range90Plain)]);
    let mut row = |name: String, estimate: &Estimate| {
        table.row([name].into_iter().chain(cells(compared, estimate, unit.factor(), t)));
    };
    let baseline = compared.baseline();
    for (policy, estimate) in found.asked.policies.iter().zip(&found.alone) {
        row(format!("  {policy} − {baseline}"), estimate);
    }
    row(format!("  {}", t.say(Key::Together)), &found.beyond);
    wrap(&t.fill(Key::InteractionTitle, &title), 2)
        + &table.show()
        + &wrap(&interaction_sentence(compared, found, &unit, t), 2)
}

fn interaction_sentence(compared: Compared, found: &interaction::Found, unit: &Unit, t: Speech) -> String {
    let [first, second, both] = &found.asked.policies;
    let beyond = &found.beyond;
    let rounding = Rounding::of(beyond.mean * unit.factor(), compared.error(beyond) * unit.factor());
    let show = |value: f64| t.figures(&rounding.show(value * unit.factor()));
    let interval = format!("{} ± {}", line::percent(beyond.level), show(beyond.half_width));
    let key = if beyond.min.abs() <= 0.0 && beyond.max.abs() <= 0.0 {
        Key::InteractionExact
    } else if beyond.mean.abs() > beyond.half_width {
        // An unknown error compares as not greater.
        Key::InteractionClear
    } else {
        Key::InteractionUnclear
    };
    let parts = [
        ("first", first.as_str()),
        ("second", second),
        ("both", both),
        ("change", &unit.change_in(t, &show(beyond.mean.abs()), beyond.mean < 0.0)),
        ("mean", &show(beyond.mean)),
        ("interval", &interval),
    ];
    t.fill(key, &parts)
}

fn told_flip(compared: Compared, found: &flip::Found, t: Speech) -> String {
    let Some((label, unit)) = compared.outcome(&found.asked.outcome) else { return String::new() };
    let [one, other] = &found.asked.between;
    let others = if found.others.is_empty() { String::new() } else { format!(", {}", found.others) };
    let asked = format!("{}{others}", found.asked.label);
    let title = [
        ("label", asked.as_str()),
        ("outcome", label),
        ("one", one),
        ("other", other),
        ("unit", &unit.name_in(t)),
    ];
    let axis = &compared.design.axes[found.asked.axis].name;
    let mut table = Table::new(&[axis.as_str(), t.say(Key::Difference), &error_heading(compared, t), ""]);
    for tested in &found.tested {
        table.row(flip_row(found, tested, &unit, t));
    }
    wrap(&t.fill(Key::FlipTitle, &title), 2) + &table.show() + &wrap(&flip_sentence(compared, found, t), 2)
}

fn flip_row(found: &flip::Found, tested: &Tested, unit: &Unit, t: Speech) -> [String; 4] {
    let factor = unit.factor();
    // Two standard errors are about a half-width.
    let rounding = Rounding::of(tested.mean * factor, tested.half_width * factor / 2.0);
    let show = |value: f64| t.figures(&rounding.show(value * factor));
    let sign = match tested.mean {
        _ if tested.is_open() => Key::SignOpen,
        mean if mean < 0.0 => Key::SignBelow,
        _ => Key::SignAbove,
    };
    let at = format!("  {}", value(found, tested.at, t));
    [at, show(tested.mean), show(tested.half_width), t.say(sign).to_owned()]
}

/// A value of the axis with its unit, as the file writes it.
fn value(found: &flip::Found, at: f64, t: Speech) -> String {
    format!("{} {}", t.figures(&exact(at)), found.asked.unit).trim_end().to_owned()
}

fn flip_sentence(compared: Compared, found: &flip::Found, t: Speech) -> String {
    let axis = &compared.design.axes[found.asked.axis].name;
    let about = |at: f64| value(found, (at * 100.0).round() / 100.0, t);
    if found.crossings.is_empty() {
        return no_flip(found, axis, t);
    }
    let told = found.crossings.iter().map(|crossing| {
        let from = crossing.from.map_or_else(|| t.say(Key::FlipBelowLeast).to_owned(), about);
        let until = crossing.until.map_or_else(|| t.say(Key::FlipBeyondGreatest).to_owned(), about);
        let parts =
            [("axis", axis.as_str()), ("at", &about(crossing.at)), ("from", &from), ("until", &until)];
        t.fill(Key::FlipAt, &parts)
    });
    told.collect::<Vec<_>>().join(" ")
}

/// That the sign turns nowhere, and how sure that is.
fn no_flip(found: &flip::Found, axis: &str, t: Speech) -> String {
    let (Some(least), Some(most)) = (found.tested.first(), found.tested.last()) else {
        return t.say(Key::FlipUndefined).to_owned();
    };
    let open = found.tested.iter().filter(|tested| tested.is_open()).count();
    let certain = match open {
        0 => String::new(),
        open => t.fill(Key::FlipOpen, &[("n", &open.to_string())]),
    };
    let above = found.tested.iter().any(|tested| tested.mean > 0.0);
    let [one, other] = &found.asked.between;
    let parts = [
        ("axis", axis),
        ("least", &value(found, least.at, t)),
        ("most", &value(found, most.at, t)),
        ("one", one),
        ("other", other),
        ("open", &certain),
    ];
    t.fill(if above { Key::FlipNeverBelow } else { Key::FlipNeverAbove }, &parts)
}
