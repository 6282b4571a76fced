//! The record as a page.

use super::super::Variant;
use super::super::caution::{Caution, cautions, futures};
use super::super::unit::Unit;
use super::{
    EVIDENCE, Finding, Verdict, counts, covers_cell, model_cells, off_cell, published_cell, verdict_cell,
    youngest_cell,
};
use crate::legend::record::{LateInput, Record, standing};
use std::fmt::Write as _;

/// The page; `command` is what makes it.
pub fn record(record: &Record, variant: &Variant, findings: &[Finding], command: &str) -> String {
    let mut page = head(record, variant, command);
    page += &summary(findings);
    page += &rows(variant, findings);
    page += &remarks(findings);
    page += &sources(findings);
    page += &log(record);
    page += &late(record, variant);
    // Each row shows its Monte Carlo error itself.
    for caution in cautions(variant).iter().filter(|one| shown(one)) {
        let _ = writeln!(page, "\nCaution: {caution} → {}", caution.advice());
    }
    page
}

fn head(record: &Record, variant: &Variant, command: &str) -> String {
    let (legend, outcome) = (variant.legend, variant.outcome);
    let title = record.title.as_ref().unwrap_or(&legend.title);
    let mut head = format!(
        "# {title}\n\nMade by `{command}`: {}, {} to {}, {}, seed {}.\n",
        legend.title,
        legend.start,
        legend.end,
        futures(outcome.replications.len()),
        outcome.seed
    );
    if let Some(note) = &record.note {
        let _ = writeln!(head, "\n{}", note.trim());
    }
    head
}

fn summary(findings: &[Finding]) -> String {
    let mut text = format!("\n## Hits and misses\n\n{EVIDENCE}\n\n");
    text += "| role | hits | misses | no verdict |\n| --- | ---: | ---: | ---: |\n";
    for count in counts(findings) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            count.group.label(),
            count.hits,
            count.misses,
            count.open
        );
    }
    text + "\nA miss: the model's mean lies beyond the span of the published figures by more than the row's tolerance \
        (15 % where none is named). The band is where the middle 80 % of futures lie, and does not shrink with more of \
        them; ± is the Monte Carlo error of the mean, which does.\n"
}

fn rows(variant: &Variant, findings: &[Finding]) -> String {
    let level = (variant.outcome.level * 1000.0).round() / 10.0;
    let mut text = format!(
        "\n## Rows\n\n| row | role | model | ± {level} % | 80 % of futures | published | beyond | verdict | band covers it | youngest figure beneath |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- | --- |\n"
    );
    for found in findings {
        let unit = unit(found, variant);
        let [mean, error, band] = model_cells(found, &unit);
        let _ = writeln!(
            text,
            "| {} [{}] | {} | {mean} | {error} | {band} | {} | {} | {} | {} | {} |",
            cell(&found.name.name.label),
            unit.name(),
            found.row.standing(),
            published_cell(found, &unit),
            off_cell(found),
            strong(found),
            covers_cell(found),
            youngest_cell(found, variant.legend.start),
        );
    }
    text
}

/// The unit of a row, in millions where its numbers are long.
pub(super) fn unit(found: &Finding, variant: &Variant) -> Unit {
    let largest = found.estimate.map_or(0.0, |estimate| estimate.max);
    let largest = found.span.map_or(largest, |[_, high]| largest.max(high));
    Unit::of(found.unit, variant.legend).for_numbers_to(largest)
}

fn strong(found: &Finding) -> String {
    let verdict = verdict_cell(found);
    if found.verdict == Verdict::Miss { format!("**{verdict}**") } else { verdict }
}

/// Why misses miss, and what else there is to know of rows.
fn remarks(findings: &[Finding]) -> String {
    let misses: Vec<String> = findings
        .iter()
        .filter(|found| found.verdict == Verdict::Miss)
        .map(|found| {
            let why = found.row.miss.as_deref().unwrap_or("no reason is given.");
            format!("- {}: {why}\n", found.name.name.label)
        })
        .collect();
    let notes: Vec<String> = findings
        .iter()
        .filter_map(|found| Some(format!("- {}: {}\n", found.name.name.label, found.row.note.as_ref()?)))
        .collect();
    section("Why the misses miss", &misses) + &section("Notes", &notes)
}

fn sources(findings: &[Finding]) -> String {
    let line = |found: &Finding| {
        let source = found.row.source.as_ref()?;
        let title = match &source.url {
            Some(url) => format!("[{}]({url})", source.title),
            None => source.title.clone(),
        };
        let at = source.at.as_ref().map_or_else(String::new, |at| format!(", {at}"));
        Some(format!("- {}: {title}{at}\n", found.name.name.label))
    };
    let lines: Vec<String> = findings.iter().filter_map(line).collect();
    section("Sources of the published figures", &lines)
}

fn log(record: &Record) -> String {
    let lines: Vec<String> = record
        .changed
        .iter()
        .map(|change| {
            let (from, to) = (change.from.name(), standing(change.to, change.known_until));
            format!("- {}, `{}`: {from} became {to}: {}\n", change.date, change.row, change.why)
        })
        .collect();
    if lines.is_empty() {
        return "\n## Changed labels\n\nNo label was changed after it had been fixed.\n".to_owned();
    }
    section("Changed labels", &lines)
}

/// Late inputs: those that no prediction from the start may know, then those that count as what it may.
fn late(record: &Record, variant: &Variant) -> String {
    let start = variant.legend.start;
    let (known, unknown): (Vec<&LateInput>, Vec<_>) =
        record.late.iter().partition(|late| late.counts_as.is_some());
    let mut text = "\n## Inputs of after the start\n\n".to_owned();
    if unknown.is_empty() {
        let _ = writeln!(
            text,
            "No row rests on an input dated after {start}, but arrivals, staffing and legal dates."
        );
    } else {
        let _ = writeln!(
            text,
            "These stand on a figure, or at least on a source, dated after {start}. A row that rests on one of them is \
             predicted from a later date at best, and the table of rows names the youngest. Which input a row rests on is \
             worked out from the model: all that leads to what it counts.\n"
        );
        text += &groups(&unknown, |late| format!("{} ({})", late.source, late.date));
    }
    if !known.is_empty() {
        text += "\nThese are of after the start, too, and count as what a prediction may know; arrivals, staff, clocks, \
            initial dockets and forced counts always do.\n\n";
        text += &groups(&known, |late| {
            let counts_as = late.counts_as.as_deref().unwrap_or_default();
            format!("{} ({}), as {counts_as}", late.source, late.date)
        });
    }
    text
}

/// What inputs belong to, a line for each of what they stand on; they are in order of it.
fn groups(inputs: &[&LateInput], stands_on: impl Fn(&LateInput) -> String) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for late in inputs {
        let (name, path) = (stands_on(late), late.path.as_str());
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, paths)) => paths.push(path),
            None => groups.push((name, vec![path])),
        }
    }
    groups.iter().fold(String::new(), |mut text, (name, paths)| {
        let _ = writeln!(text, "- {name}: {}", owners(paths));
        text
    })
}

/// What inputs belong to, such as `stage.merits`, each once, with how many there are of it; inputs are in order.
fn owners(paths: &[&str]) -> String {
    let mut owners: Vec<(String, usize)> = Vec::new();
    for path in paths {
        let owner = path.split('.').take(2).collect::<Vec<_>>().join(".");
        match owners.last_mut() {
            Some((last, count)) if *last == owner => *count += 1,
            _ => owners.push((owner, 1)),
        }
    }
    let told = |(owner, count): &(String, usize)| match count {
        1 => format!("`{owner}`"),
        _ => format!("`{owner}` ({count} numbers)"),
    };
    owners.iter().map(told).collect::<Vec<_>>().join(", ")
}

fn section(title: &str, lines: &[String]) -> String {
    if lines.is_empty() { String::new() } else { format!("\n## {title}\n\n{}", lines.concat()) }
}

/// Text that does not end a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Whether a caution is about what the page of a record shows: it has no waits of stages, and says itself how many futures it has.
const fn shown(caution: &Caution) -> bool {
    !matches!(caution, Caution::FewReplications { .. } | Caution::StageWaitsLeaveOut { .. })
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::super::finding::tests::row;
    use super::super::findings;
    use super::*;
    use crate::legend::record::{Cited, Relabelled, Role, Row};
    use jiff::civil::date;

    fn page(record: &Record) -> String {
        let sample = sample::with_outcome(11, |number| 95.0 + number as f64);
        let variant = sample.variant("record");
        super::record(record, &variant, &findings(record, &variant), "caseload record r.toml")
    }

    #[test]
    fn a_page_counts_by_role_and_tells_why_a_miss_misses() {
        let source =
            Cited { id: "s".to_owned(), title: "A table".to_owned(), url: None, at: Some("p. 3".to_owned()) };
        let miss =
            Row { miss: Some("too few judges.".to_owned()), source: Some(source), ..row(&[50.0, 80.0]) };
        let fitted = Row { role: Role::Fitted, ..row(&[100.0]) };
        let page = page(&Record { rows: vec![miss, fitted], ..Record::default() });
        // s.e. of 95 … 105 is 1, so that numbers are rounded to ones; t(0.975, 10) = 2.23.
        let row = "| waiting at the end [cases] | predicted | 100 | 2 | 96 to 104 | 50 to 80 | +25 % | **miss** | no | 2019-06-07 |\n";
        assert!(page.contains(row), "{page}");
        assert!(page.contains(
            "| waiting at the end [cases] | fitted | 100 | 2 | 96 to 104 | 100 | within | hit | yes | 2019-06-07 |\n"
        ));
        for part in [
            "| predicted | 0 | 1 | 0 |\n| fitted | 1 | 0 | 0 |\n| assumed | 0 | 0 | 0 |\n",
            "Only predicted rows count as evidence",
            "## Why the misses miss\n\n- waiting at the end: too few judges.\n",
            "- waiting at the end: A table, p. 3\n",
            "No label was changed",
            "No row rests on an input dated after 2019-06-07, but arrivals",
        ] {
            assert!(page.contains(part), "no `{part}` in:\n{page}");
        }
    }

    #[test]
    fn changed_labels_and_late_inputs_are_told() {
        let changed = Relabelled {
            date: date(2026, 11, 24),
            row: "end".to_owned(),
            from: Role::Predicted,
            to: Role::Fitted,
            known_until: None,
            why: "its rate is of 2020".to_owned(),
        };
        let later =
            Relabelled { to: Role::Predicted, known_until: Some(date(2019, 9, 30)), ..changed.clone() };
        let late = |path: &str, counts_as: Option<&str>| LateInput {
            source: "s".to_owned(),
            path: path.to_owned(),
            date: "2020".to_owned(),
            counts_as: counts_as.map(str::to_owned),
        };
        let record = Record {
            changed: vec![changed, later],
            late: vec![
                late("stage.a.p", None),
                late("stage.a.q", None),
                late("stage.a.r", Some("law")),
                late("stage.b.p", None),
            ],
            ..Record::default()
        };
        let page = page(&record);
        assert!(
            page.contains("- 2026-11-24, `end`: predicted became fitted: its rate is of 2020\n"),
            "{page}"
        );
        assert!(page.contains("`end`: predicted became predicted from 2019-09-30: its rate is of 2020\n"));
        assert!(page.contains("\n- s (2020): `stage.a` (2 numbers), `stage.b`\n"), "{page}");
        assert!(page.contains("\n- s (2020), as law: `stage.a`\n"), "{page}");
    }

    #[test]
    fn predictions_from_a_later_date_are_counted_apart() {
        let later = Row { known_until: Some(date(2019, 9, 30)), ..row(&[100.0]) };
        let page = page(&Record { rows: vec![row(&[50.0]), later], ..Record::default() });
        assert!(
            page.contains("| predicted | 0 | 1 | 0 |\n| predicted from a later date | 1 | 0 | 0 |\n"),
            "{page}"
        );
        assert!(page.contains("| predicted from 2019-09-30 | 100 |"), "{page}");
    }
}
