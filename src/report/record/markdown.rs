//! The record as a page.

use super::super::Variant;
use super::super::caution::{Caution, cautions, futures};
use super::super::unit::Unit;
use super::{
    EVIDENCE, Finding, Verdict, counts, covers_cell, model_cells, off_cell, published_cell, verdict_cell,
};
use crate::legend::record::{LateInput, Record};
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
    for caution in cautions(variant).iter().filter(|one| !matches!(one, Caution::FewReplications { .. })) {
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
        let _ =
            writeln!(text, "| {} | {} | {} | {} |", count.role.name(), count.hits, count.misses, count.open);
    }
    text + "\nA miss: the model's mean lies beyond the span of the published figures by more than the row's tolerance \
        (15 % where none is named). The band is where the middle 80 % of futures lie, and does not shrink with more of \
        them; ± is the Monte Carlo error of the mean, which does.\n"
}

fn rows(variant: &Variant, findings: &[Finding]) -> String {
    let level = (variant.outcome.level * 1000.0).round() / 10.0;
    let mut text = format!(
        "\n## Rows\n\n| row | role | model | ± {level} % | 80 % of futures | published | beyond | verdict | band covers it |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |\n"
    );
    for found in findings {
        let unit = unit(found, variant);
        let [mean, error, band] = model_cells(found, &unit);
        let _ = writeln!(
            text,
            "| {} [{}] | {} | {mean} | {error} | {band} | {} | {} | {} | {} |",
            cell(&found.name.name.label),
            unit.name(),
            found.row.role.name(),
            published_cell(found, &unit),
            off_cell(found),
            strong(found),
            covers_cell(found),
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
            let (from, to) = (change.from.name(), change.to.name());
            format!("- {}, `{}`: {from} became {to}: {}\n", change.date, change.row, change.why)
        })
        .collect();
    if lines.is_empty() {
        return "\n## Changed labels\n\nNo label was changed after it had been fixed.\n".to_owned();
    }
    section("Changed labels", &lines)
}

/// Late inputs, grouped by their source.
fn late(record: &Record, variant: &Variant) -> String {
    let start = variant.legend.start;
    if record.late.is_empty() {
        return format!(
            "\n## Inputs of after the start\n\nNo input but arrivals, staffing and legal dates is dated after {start}, as \
             far as its source has a date.\n"
        );
    }
    let mut groups: Vec<(&LateInput, Vec<&str>)> = Vec::new();
    for late in &record.late {
        let path = late.path.as_str();
        match groups.last_mut() {
            Some((first, paths)) if first.source == late.source && first.date == late.date => {
                paths.push(path);
            }
            _ => groups.push((late, vec![path])),
        }
    }
    let mut text = format!(
        "\n## Inputs of after the start\n\nThese stand on a figure, or at least on a source, dated after {start}; arrivals, \
         staffing, legal dates and initial dockets are left out. A row that rests on one of them is no prediction.\n\n"
    );
    for (late, paths) in groups {
        let _ = writeln!(text, "- {} ({}): {}", late.source, late.date, owners(&paths));
    }
    text
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
        let row = "| waiting at the end [cases] | predicted | 100 | 2 | 96 to 104 | 50 to 80 | +25 % | **miss** | no |\n";
        assert!(page.contains(row), "{page}");
        assert!(page.contains(
            "| waiting at the end [cases] | fitted | 100 | 2 | 96 to 104 | 100 | within | hit | yes |\n"
        ));
        for part in [
            "| predicted | 0 | 1 | 0 |\n| fitted | 1 | 0 | 0 |\n| assumed | 0 | 0 | 0 |\n",
            "Only predicted rows count as evidence",
            "## Why the misses miss\n\n- waiting at the end: too few judges.\n",
            "- waiting at the end: A table, p. 3\n",
            "No label was changed",
            "No input but arrivals, staffing and legal dates is dated after 2019-06-07",
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
            why: "its rate is of 2020".to_owned(),
        };
        let late =
            |path: &str| LateInput { path: path.to_owned(), source: "s".to_owned(), date: "2020".to_owned() };
        let record = Record {
            changed: vec![changed],
            late: vec![late("stage.a.p"), late("stage.a.q"), late("stage.b.p")],
            ..Record::default()
        };
        let page = page(&record);
        assert!(
            page.contains("- 2026-11-24, `end`: predicted became fitted: its rate is of 2020\n"),
            "{page}"
        );
        assert!(page.contains("\n- s (2020): `stage.a` (2 numbers), `stage.b`\n"), "{page}");
    }
}
