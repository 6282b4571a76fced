//! Waits, cohorts and ages as tables.

use super::sections::{kind, push};
use super::table::{
    Cell, Group, Line, Table, cell, estimate_caption, estimate_cells, estimate_head, estimates, label,
    largest, short_label,
};
use crate::report::document::{Cohort, Document, Spread, Unit};
use crate::report::say::{Key, Speech};

/// Waits by stage.
pub(super) fn stages(document: &Document, t: Speech) -> Table {
    let mut groups = Vec::new();
    for stage in &document.waits.stages {
        for row in &stage.rows {
            let heading =
                format!("{}: {} [{}]", t.words(&stage.stage.label), t.words(&row.label), t.unit(&row.unit));
            let rows = estimates(document, t, &row.unit, &row.values);
            if !rows.is_empty() {
                groups.push(Group { heading, rows });
            }
        }
    }
    let caption = estimate_caption(document, t, t.say(Key::WaitsLead));
    Table { caption, head: estimate_head(document, t), groups }
}

/// A table for each period of filing: by when how large a share is out in which way.
pub(super) fn cohorts(document: &Document, t: Speech) -> Vec<Table> {
    let mut periods: Vec<(&str, &str)> = Vec::new();
    for cohort in &document.waits.cohorts {
        let period = (cohort.from.as_str(), cohort.until.as_str());
        if !periods.contains(&period) {
            periods.push(period);
        }
    }
    periods.into_iter().map(|(from, until)| cohort_table(document, t, from, until)).collect()
}

fn cohort_table(document: &Document, t: Speech, from: &str, until: &str) -> Table {
    let of_period =
        || document.waits.cohorts.iter().filter(|cohort| cohort.from == from && cohort.until == until);
    let mut lengths: Vec<(f64, String)> = Vec::new();
    for share in of_period().flat_map(|cohort| &cohort.shares) {
        if !lengths.iter().any(|(days, _)| *days == share.within_days) {
            lengths.push((share.within_days, t.words(&share.within).to_owned()));
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for cohort in of_period() {
        let mut ways: Vec<&str> = cohort.shares.iter().map(|share| share.way.as_str()).collect();
        ways.dedup();
        for way in ways {
            if let Some(row) = way_row(t, cohort, way, &lengths) {
                push(&mut groups, label(document, t, cohort.variant), row);
            }
        }
        for (key, spread) in
            [(Key::MedianToDecision, &cohort.median), (Key::CompletedMean, &cohort.completed_mean)]
        {
            if let Some(spread) = spread {
                let text = t.shown(&Unit::Days, spread, 0.0).with_unit(spread.mean);
                let row = Line {
                    variant: Some(cohort.variant),
                    name: t.say(key).to_owned(),
                    cells: vec![cell(text)],
                };
                push(&mut groups, label(document, t, cohort.variant), row);
            }
        }
    }
    let (start, end) = (t.date(from), t.date(until));
    let mut head = vec![String::new()];
    head.extend(lengths.into_iter().map(|(_, length)| format!("{} {length}", t.say(Key::Within))));
    Table { caption: t.fill(Key::CohortsLead, &[("from", &start), ("until", &end)]), head, groups }
}

fn way_row(t: Speech, cohort: &Cohort, way: &str, lengths: &[(f64, String)]) -> Option<Line> {
    let share = |days: f64| cohort.shares.iter().find(|share| share.way == way && share.within_days == days);
    lengths.iter().find_map(|(days, _)| share(*days))?;
    let text = |days: f64| -> Cell {
        let spread = share(days).and_then(|share| share.share.as_ref());
        cell(spread.map_or_else(|| t.say(Key::Undefined).to_owned(), |spread| share_range(t, spread)))
    };
    Some(Line {
        variant: Some(cohort.variant),
        name: if way == "open" { t.say(Key::WayOpen) } else { kind(way).map_or(way, |key| t.say(key)) }
            .to_owned(),
        cells: lengths.iter().map(|(days, _)| text(*days)).collect(),
    })
}

/// A share with the range of nine in ten futures.
fn share_range(t: Speech, spread: &Spread) -> String {
    t.percent_within(spread.mean, (spread.q05, spread.q95))
}

/// Ages of what is pending.
pub(super) fn ages(document: &Document, t: Speech) -> Table {
    let mut groups: Vec<Group> = Vec::new();
    let mut dates: Vec<&str> = document.waits.ages.iter().map(|age| age.date.as_str()).collect();
    dates.sort_unstable();
    dates.dedup();
    // Of the whole docket: now, half way, and at the end. Other dates and single lines are in the table of all numbers.
    let half = dates.len() / 2;
    let shown: Vec<&str> = [0, half, dates.len().saturating_sub(1)]
        .iter()
        .filter_map(|&date| dates.get(date).copied())
        .collect();
    let whole = document.waits.ages.first().map(|age| age.of.key.as_str());
    let of_page = document
        .waits
        .ages
        .iter()
        .filter(|age| shown.contains(&age.date.as_str()) && Some(age.of.key.as_str()) == whole);
    for age in of_page {
        let head = format!("{}, {}", t.words(&age.of.label), t.date(&age.date));
        let older = age
            .older
            .iter()
            .map(|(days, share)| (t.fill(Key::OlderThan, &[("n", &t.number(*days))]), Unit::Share, share));
        let lengths = [(Key::Median, &age.median), (Key::NinetyPercent, &age.p90)];
        let lengths = lengths.map(|(key, spread)| (t.say(key).to_owned(), Unit::Days, spread));
        for (name, unit, spread) in lengths.into_iter().chain(older) {
            let Some(spread) = spread else { continue };
            let row = Line {
                variant: Some(age.variant),
                name: short_label(document, t, age.variant),
                cells: estimate_cells(t, &unit, spread, largest(&[Some(*spread)])),
            };
            push(&mut groups, format!("{head}: {name} [{}]", t.unit(&unit)), row);
        }
    }
    Table { caption: t.say(Key::AgesTitle).to_owned(), head: estimate_head(document, t), groups }
}
