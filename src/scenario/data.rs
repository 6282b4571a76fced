//! Tables of data beside a model: CSV with declared columns.

use super::counts::{self, Counts};
use super::tree::read_text;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Files, Place};
use jiff::civil::Date;
use std::path::Path;

/// A band of ages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Band {
    /// Youngest, in units of the table.
    pub from: f64,
    /// Oldest.
    pub until: f64,
    /// Class, where the table has one.
    pub class: Option<String>,
    /// How many.
    pub cases: f64,
}

/// A table read: its file, where its columns are, and its rows with their lines.
struct Rows {
    file: FileId,
    header: csv::StringRecord,
    records: Vec<(Place, csv::StringRecord)>,
    columns: Vec<Option<usize>>,
}

/// Read a table of counts by period.
pub(super) fn dated(
    path: &Path,
    date: &str,
    column: &str,
    at: &Place,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Counts> {
    let table = read(path, &[Some(date), Some(column)], at, files, found)?;
    let mut rows: Vec<(Date, f64)> = Vec::new();
    let mut sound = true;
    for (place, record) in &table.records {
        let cell =
            |number: usize| table.columns[number].and_then(|column| record.get(column)).unwrap_or("").trim();
        let (date, count) = (cell(0).parse::<Date>(), cell(1).replace('_', "").parse::<f64>());
        let problem = match (&date, &count) {
            (Err(_), _) => Some(format!("`{}` is not a date", cell(0))),
            (_, Err(_)) => Some(format!("`{}` is not a number", cell(1))),
            (_, Ok(count)) if !count.is_finite() || *count < 0.0 => Some(format!("`{count}` is not a count")),
            (Ok(date), Ok(_)) => out_of_order(&rows, *date),
        };
        if let Some(problem) = problem {
            found.push(bad_row(&problem, place, &table, files));
            sound = false;
        } else if let (Ok(date), Ok(count)) = (date, count) {
            rows.push((date, count));
        }
    }
    if !sound {
        return None;
    }
    if let Some(row) = counts::after_a_gap(&rows) {
        let problem = format!("there is a gap between {} and {}", rows[row - 1].0, rows[row].0);
        found.push(bad_row(&problem, &table.records[row].0, &table, files));
        return None;
    }
    Some(Counts::new(rows))
}

/// Periods must follow each other.
fn out_of_order(rows: &[(Date, f64)], date: Date) -> Option<String> {
    let &(last, _) = rows.last()?;
    (date <= last).then(|| format!("{date} is not after {last}"))
}

/// Read a column of lengths of time.
pub(super) fn lengths(
    path: &Path,
    column: &str,
    at: &Place,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Vec<f64>> {
    let table = read(path, &[Some(column)], at, files, found)?;
    let mut values = Vec::new();
    for (place, record) in &table.records {
        let cell = table.columns[0].and_then(|column| record.get(column)).unwrap_or("").trim();
        match cell.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => values.push(value),
            _ => {
                found.push(bad_row(&format!("`{cell}` is not a length of time"), place, &table, files));
                return None;
            }
        }
    }
    Some(values)
}

/// Read a table of ages.
pub(super) fn bands(
    path: &Path,
    (age, class, n): (&str, Option<&str>, &str),
    at: &Place,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Vec<Band>> {
    let table = read(path, &[Some(age), class, Some(n)], at, files, found)?;
    let mut rows = Vec::new();
    let mut sound = true;
    for (place, record) in &table.records {
        let cell =
            |number: usize| table.columns[number].and_then(|column| record.get(column)).unwrap_or("").trim();
        let number = |text: &str| {
            text.replace('_', "").parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0)
        };
        match (number(cell(0)), number(cell(2))) {
            (Some(age), Some(cases)) => rows.push((age, class.map(|_| cell(1).to_owned()), cases)),
            _ => {
                found.push(bad_row(
                    &format!("`{}`, `{}` are not an age and a number", cell(0), cell(2)),
                    place,
                    &table,
                    files,
                ));
                sound = false;
            }
        }
    }
    sound.then(|| spread(rows))
}

/// A row of a table of shares.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct JointRow {
    /// Where it stands.
    pub at: Place,
    /// From when on it holds, where the table has dates.
    pub from: Option<Date>,
    /// The values in it, joined by `+`.
    pub selector: String,
    /// Its share.
    pub share: f64,
}

/// Read a table of shares, with those of the columns `terms` that it has.
pub(super) fn joint(
    path: &Path,
    (share, date, terms): (&str, Option<&str>, &[&str]),
    at: &Place,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Vec<JointRow>> {
    let table = read(path, &[Some(share), date], at, files, found)?;
    let columns: Vec<usize> =
        (0..table.header.len()).filter(|&column| terms.contains(&table.header[column].trim())).collect();
    if columns.is_empty() {
        let message = format!("no column of `{}` is named after a dimension", path.display());
        let help = format!("name its columns of values: {}", terms.join(", "));
        found.push(Diagnostic::error(message, at, "this table").help(help));
        return None;
    }
    let mut rows = Vec::new();
    let mut sound = true;
    for (place, record) in &table.records {
        let cell = |column: usize| record.get(column).unwrap_or("").trim();
        let wanted = |number: usize| table.columns[number].map_or("", cell);
        let share = wanted(0).replace('_', "").parse::<f64>().ok();
        let share = share.filter(|share| share.is_finite() && *share >= 0.0);
        let from = date.map(|_| wanted(1).parse::<Date>()).transpose();
        let values: Vec<&str> =
            columns.iter().map(|&column| cell(column)).filter(|cell| !cell.is_empty()).collect();
        match (share, from) {
            (Some(share), Ok(from)) => {
                rows.push(JointRow { at: place.clone(), from, selector: values.join("+"), share });
            }
            (None, _) => {
                found.push(bad_row(&format!("`{}` is not a share", wanted(0)), place, &table, files));
                sound = false;
            }
            (_, Err(_)) => {
                found.push(bad_row(&format!("`{}` is not a date", wanted(1)), place, &table, files));
                sound = false;
            }
        }
    }
    sound.then_some(rows)
}

/// Each row reaches from its age to the next larger one; the oldest is as wide as the one before it.
fn spread(rows: Vec<(f64, Option<String>, f64)>) -> Vec<Band> {
    let mut ages: Vec<f64> = rows.iter().map(|row| row.0).collect();
    ages.sort_by(f64::total_cmp);
    ages.dedup();
    let width = ages.windows(2).last().map_or(1.0, |pair| pair[1] - pair[0]);
    rows.into_iter()
        .map(|(from, class, cases)| {
            let until = ages.iter().copied().find(|age| *age > from).unwrap_or(from + width);
            Band { from, until, class, cases }
        })
        .collect()
}

fn read(
    path: &Path,
    wanted: &[Option<&str>],
    at: &Place,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Rows> {
    let mut problems = Diagnostics::default();
    let Some((file, text)) = read_text(path, files, &mut problems) else {
        found.push(
            Diagnostic::error(format!("the table `{}` cannot be read", path.display()), at, "this table")
                .help("give the path of a CSV file, relative to the model, that exists and is UTF-8"),
        );
        return None;
    };
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().ok()?.clone();
    let position = |name: &str| header.iter().position(|column| column.trim() == name);
    if let Some(name) = wanted.iter().flatten().find(|name| position(name).is_none()) {
        let known = header.iter().collect::<Vec<_>>().join(", ");
        found.push(
            Diagnostic::error(
                format!("the table `{}` has no column `{name}`", path.display()),
                at,
                "this table",
            )
            .help(format!("its columns: {known}")),
        );
        return None;
    }
    let twice = |name: &&&str| header.iter().filter(|column| column.trim() == **name).count() > 1;
    if let Some(name) = wanted.iter().flatten().find(twice) {
        let message = format!("the table `{}` has several columns `{name}`", path.display());
        found.push(Diagnostic::error(message, at, "this table").help("give each column a name of its own"));
        return None;
    }
    let columns = wanted.iter().map(|name| name.and_then(position)).collect();
    let mut records = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let start = record.position().map_or(0, |position| position.byte() as usize);
                let end = start + text[start.min(text.len())..].find('\n').unwrap_or(0);
                records.push((Place::new(file, start..end), record));
            }
            Err(error) => {
                found.push(
                    Diagnostic::error(
                        format!("a row cannot be read: {error}"),
                        &Place::whole(file),
                        "in this table",
                    )
                    .help("mend the row"),
                );
                return None;
            }
        }
    }
    if records.is_empty() {
        found.push(
            Diagnostic::error(format!("the table `{}` is empty", path.display()), at, "this table")
                .help("give it rows"),
        );
        return None;
    }
    let table = Rows { file, header, records, columns };
    if let Some(problem) = too_long(&table, files) {
        found.push(problem);
        return None;
    }
    Some(table)
}

/// A row with more fields than there are columns, as one whose number has a comma in it.
fn too_long(table: &Rows, files: &Files) -> Option<Diagnostic> {
    let columns = table.header.len();
    let (place, record) = table.records.iter().find(|(_, record)| record.len() > columns)?;
    let message = format!(
        "a row of {} fields where there are {columns} columns (line {})",
        record.len(),
        files.line(place)
    );
    Some(
        Diagnostic::error(message, place, "this row")
            .help("write numbers without a comma: 28.5, 1_000; and put text with one in quotes"),
    )
}

fn bad_row(problem: &str, place: &Place, table: &Rows, files: &Files) -> Diagnostic {
    let line = files.line(place);
    debug_assert_eq!(place.file, table.file);
    Diagnostic::error(format!("{problem} (line {line})"), place, "this row")
        .help("mend the row: a date such as 2019-06-01 and a count that is not negative, in order of dates")
}
